"""Ordinary life of debtors that looks like hiding property: families, shops, groups of companies, banks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from simworld.accuracy.evasion_case import TODAY, Case


def household(case: Case) -> None:
    """Money for the home every month, more around the new year. A company has no home."""
    if case.is_company:
        wages(case)
        return
    who, rng = case.relative(), case.rng
    start, each = case.before("sued_on", 60), rng.uniform(2_000, 7_000)
    moved = [
        case.move(min(start + timedelta(days=30 * no), TODAY), each * (1.6 if no % 12 == 7 else rng.uniform(0.8, 1.1)), other=who, remark=rng.choice(("生活费", "家用", "")))
        for no in range(rng.randint(6, 18))
    ]  # fmt: skip
    case.note("household", *moved, evasive=False)


def fair_sale(case: Case) -> None:
    """A flat to a relative or a stranger at the market, paid."""
    rng, worth = case.rng, case.money(100_000, 2_500_000)
    to_kin = rng.random() < 0.5
    who = case.close() if to_kin else case.stranger()
    price = worth * (rng.uniform(0.92, 1.12) if to_kin else rng.uniform(0.72, 1.12))
    day, parts = case.after(rng.choice(("sued_on", "judged_on")), 150), rng.randint(1, 3)
    moved = [
        case.move(min(day + timedelta(days=9 * no), TODAY), price / parts, other=who, out=False, remark="购房款")
        for no in range(parts)
    ]  # fmt: skip
    case.note(
        "fair_sale",
        case.deal("sale", day, who["who"], price=price, market=worth, label="出售房屋"),
        *moved,
        evasive=False,
    )


def mortgaged_sale(case: Case) -> None:
    """The buyer takes over the loan on the house."""
    worth, rng = case.money(500_000, 2_500_000), case.rng
    debts = worth * rng.uniform(0.4, 0.6)
    price = worth * rng.uniform(0.95, 1.05) - debts
    who = case.close() if rng.random() < 0.4 else case.stranger()
    day = case.after("sued_on", 200)
    paid = case.move(day, price, other=who, out=False, remark="购房款")
    case.note("mortgaged_sale", case.deal("sale", day, who["who"], price=price, assumed=debts, market=worth, label="带押转让房屋"), paid, evasive=False)  # fmt: skip


def auction(case: Case) -> None:
    """Sold by another court at the second round."""
    worth = case.money(200_000, 2_000_000)
    case.note("auction", case.deal("sale", case.after("sued_on", 300), case.stranger()["who"], price=worth * case.rng.uniform(0.5, 0.69), market=worth, is_public=True, label="司法拍卖"), evasive=False)  # fmt: skip


def damaged(case: Case) -> None:
    """Cheap for a reason on paper."""
    worth = case.money(50_000, 600_000)
    case.note("damaged", case.deal("sale", case.after("sued_on", 300), case.stranger()["who"], price=worth * case.rng.uniform(0.4, 0.69), market=worth, is_settled=True, label="转让事故车"), evasive=False)  # fmt: skip


def old_loan(case: Case) -> None:
    """A loan from before the debt goes back to the family; for one in eight the note is not in the file."""
    who, amount = case.relative(), case.money(60_000, 500_000)
    lent = case.before("debt_on", 400, 30)
    records = []
    if case.rng.random() < 0.875:
        records.append(case.deal("loan", lent, who["who"], price=amount, label="借款合同"))
    elif case.rng.random() < 0.6:
        records.append(case.move(lent, amount, other=who, out=False, remark="借款"))
    records.append(case.move(case.after("sued_on", 250), amount * case.rng.uniform(0.6, 1), other=who, remark="还款"))  # fmt: skip
    case.note("old_loan", *records, evasive=False)


def short_loan(case: Case) -> None:
    """A friend or brother helps out for weeks and gets his money back."""
    who = case.relative() if case.rng.random() < 0.7 else case.stranger()
    amount, day = case.money(30_000, 300_000), case.after("sued_on", 200)
    into = case.move(day, amount, other=who, out=False, remark="借款")
    back = case.move(
        min(day + timedelta(days=case.rng.randint(3, 90)), TODAY), amount, other=who, remark="还款"
    )
    case.note("short_loan", into, back, evasive=False)


def tuition(case: Case) -> None:
    """Fees to the school, or to the child who pays them."""
    rng = case.rng
    if "child" in case.kin and rng.random() < 0.5:
        who, amount = case.named("child"), rng.uniform(6_000, 60_000)
    else:
        who, amount = (
            {"name": "某某大学", "id_no": "12130000000000000X", "who": "school"},
            rng.uniform(6_000, 90_000),
        )
    case.note(
        "tuition", case.move(case.after("sued_on", 300), amount, other=who, remark="学费"), evasive=False
    )


def abroad(case: Case) -> None:
    """A year of studies abroad, paid through the child; the papers are at home, not in the file."""
    who = case.named("child") if "child" in case.kin else case.relative()
    case.note("abroad", case.move(case.after("sued_on", 300), case.money(80_000, 260_000), other=who, remark="留学学费"), evasive=False)  # fmt: skip


def medical(case: Case) -> None:
    """Hospital bills, directly or through a relative."""
    rng = case.rng
    hospital = {"name": "某县医院", "id_no": "12130000000000001X", "who": "hospital"}
    who = hospital if rng.random() < 0.7 or "parent" not in case.kin else case.named("parent")
    moved = [
        case.move(case.after("sued_on", 300), rng.uniform(3_000, 45_000), other=who, remark="住院费")
        for _ in range(rng.randint(1, 3))
    ]
    case.note("medical", *moved, evasive=False)


def product(case: Case) -> None:
    """A wealth product bought and redeemed within days."""
    amount, day = case.money(60_000, 500_000), case.after("sued_on", 300)
    bank = {"name": "某银行理财", "id_no": "", "who": f"x{len(case.people)}"}
    case.people.append(bank | {"kind": "company", "is_debtor": False})
    pool = case.account(bank["who"])
    out = case.move(day, amount, other=bank, to=pool, remark="理财申购")
    back = case.move(min(day + timedelta(days=case.rng.randint(1, 6)), TODAY), amount * 0.999, account=pool, other=case.debtor, to=case.home, remark="理财赎回")  # fmt: skip
    case.flows[-1]["at"] = case.flows[-1]["at"].replace(hour=22)
    case.note("product", out, back, evasive=False)


def pooling(case: Case) -> None:
    """A group sweeps the accounts of its companies every week and lends back; the agreement is in three files of four."""
    if not case.firms:
        fair_sale(case)
        return
    firm, rng = case.named(case.firms[0]), case.rng
    start, balance, moved = case.after("sued_on", 60), 0.0, []
    for week in range(rng.randint(6, 14)):
        day, amount = min(start + timedelta(days=7 * week), TODAY), case.money(20_000, 150_000)
        out = balance <= 0 or rng.random() < 0.5
        if not out:
            amount = balance * rng.uniform(0.8, 1.05)
        balance += amount if out else -amount
        moved.append(case.move(day, amount, other=firm, out=out, remark="资金归集" if out else "资金下拨"))
    if balance > 0:
        moved.append(case.move(min(start + timedelta(days=110), TODAY), balance * 0.97, other=firm, out=False, remark="资金下拨"))  # fmt: skip
    paper = (
        [case.deal("pooling", case.before("debt_on"), firm["who"], label="资金归集协议")]
        if rng.random() < 0.75
        else []
    )
    case.note("pooling", *moved, *paper, evasive=False)


def wages(case: Case) -> None:
    """A relative works for the debtor and is paid by contract."""
    who, each = case.relative(), case.rng.uniform(4_000, 14_000)
    start = case.after("sued_on", 40)
    paper = case.deal(
        "employment",
        case.before("debt_on", 700),
        who["who"],
        price=each * case.rng.uniform(1, 1.1),
        label="劳动合同",
    )
    moved = [
        case.move(min(start + timedelta(days=30 * no), TODAY), each * case.rng.uniform(0.9, 1.0), other=who, remark="工资")
        for no in range(case.rng.randint(4, 14))
    ]  # fmt: skip
    case.note("wages", paper, *moved, evasive=False)


def goods(case: Case) -> None:
    """Goods from the family's company, with an invoice."""
    who, amount = case.close(), case.money(50_000, 600_000)
    day = case.after("sued_on", 250)
    paper = case.deal(
        "trade", day - timedelta(days=20), who["who"], price=amount, label="购销合同、发票、送货单"
    )
    case.note("goods", paper, case.move(day, amount * case.rng.uniform(0.9, 1), other=who, remark="货款"), evasive=False)  # fmt: skip


def supplier(case: Case) -> None:
    """A supplier is paid and pays his own men on the next day; one of them is a cousin of the debtor."""
    first, amount, day = (
        case.stranger(is_company=True),
        case.money(60_000, 400_000),
        case.after("sued_on", 200),
    )
    middle, who = case.account(first["who"]), case.relative()
    paper = case.deal("trade", day - timedelta(days=30), first["who"], price=amount, label="购销合同、发票")
    out = case.move(day, amount, other=first, to=middle, remark="货款")
    on = case.move(
        min(day + timedelta(days=1), TODAY),
        amount * case.rng.uniform(0.3, 0.95),
        account=middle,
        other=who,
        remark="劳务费",
    )
    case.note("supplier", paper, out, on, evasive=False)


def namesake(case: Case) -> None:
    """A creditor with the name of a relative."""
    like = case.relative()
    other = {"name": like["name"], "id_no": f"13{case.rng.randrange(10**15):015d}1", "who": "namesake"}
    case.note(
        "namesake",
        case.move(
            case.after("sued_on", 250),
            case.money(60_000, 400_000),
            other=other,
            number_told=0.8,
            remark="货款",
        ),
        evasive=False,
    )


def own_money(case: Case) -> None:
    """From one reported account to the other."""
    other = case.account("d", declared=True, covered=True)
    case.note("own_money", case.move(case.after("sued_on", 250), case.money(50_000, 500_000), other=case.debtor, to=other), evasive=False)  # fmt: skip


def alimony(case: Case) -> None:
    """Duties from a judgment before the debt, towards a former spouse."""
    who = case.person(f"ex{len(case.people)}")
    ended = case.before("debt_on", 1500, 500)
    case.tie("d" if not case.is_company else case.kin[0], who["who"], "spouse", until=ended)
    moved = [
        case.move(case.after("sued_on", 300), case.money(5_000, 60_000), other=who, remark="抚养费")
        for _ in range(3)
    ]
    case.note("alimony", case.deal("obligation", ended, who["who"], price=200_000.0, label="离婚判决确定的抚养费"), *moved, evasive=False)  # fmt: skip


def old_lease(case: Case) -> None:
    """Let long before any seal; the tenant lives there."""
    rng = case.rng
    signed = case.before("debt_on", 1500)
    if rng.random() < 0.5:
        told = case.deal("lease", signed, case.stranger()["who"], years=rng.randint(3, 20), signed_on=signed, occupied_on=signed + timedelta(days=20), label="出租厂房")  # fmt: skip
    else:
        day = case.days["debt_on"] + timedelta(days=rng.randint(1, 60))
        told = case.deal("lease", day, case.stranger()["who"], years=rng.randint(1, 9), occupied_on=day + timedelta(days=15), price=60_000 * rng.uniform(0.75, 1.1), market=60_000.0, label="出租房屋")  # fmt: skip
    case.note("old_lease", told, evasive=False)


def honest_divorce(case: Case) -> None:
    """Before the debt, or halves."""
    if case.rng.random() < 0.5:
        day, kept = case.before("debt_on", 900), case.rng.choice((0.0, 0.3, 0.5))
    else:
        day, kept = case.after("sued_on", 250), case.rng.uniform(0.4, 0.6)
    other = "spouse" if "spouse" in case.kin else case.stranger()["who"]
    case.note("honest_divorce", case.deal("partition", day, other, kept=f"{kept:.2f}", market=case.money(300_000, 3_000_000), label="离婚协议"), evasive=False)  # fmt: skip


def honest_equity(case: Case) -> None:
    """Paid in full, or the term runs for years."""
    rng = case.rng
    unpaid, due = (0.0, None) if rng.random() < 0.6 else (case.money(100_000, 900_000), TODAY + timedelta(days=rng.randint(200, 3000)))  # fmt: skip
    case.note("honest_equity", case.deal("capital", case.after("sued_on", 250), case.stranger()["who"], price=unpaid, due_on=due, label="转让股权"), evasive=False)  # fmt: skip


def shareholder_loan(case: Case) -> None:
    """A shareholder lends to his company and gets it back."""
    if not case.is_company:
        short_loan(case)
        return
    who, amount, day = case.relative(), case.money(50_000, 400_000), case.before("debt_on", 300, 60)
    into = case.move(day, amount, other=who, out=False, remark="股东借款")
    back = case.move(day + timedelta(days=case.rng.randint(5, 60)), amount, other=who, remark="归还股东借款")
    case.note("shareholder_loan", into, back, evasive=False)


def new_account(case: Case) -> None:
    """A new account for pay, one that was reported, a new card for an old one, or a few hundred yuan."""
    rng = case.rng
    way = rng.choice(("pay", "declared", "card", "small"))
    replaces = {"replaces": case.home} if way == "card" else {}
    purpose = {"purpose": rng.choice(("代发工资户", "工资卡"))} if way == "pay" else {}
    account = case.account("d", opened=case.after("notice_on", 60), declared=way == "declared", covered=True, **replaces, **purpose)  # fmt: skip
    top = 4_000 if way == "small" else 9_000 if way == "pay" else 60_000
    moved = [
        case.move(case.after("notice_on", 140, 61), rng.uniform(top / 3, top), account=account, other=case.stranger(is_company=True), out=False, remark="工资" if way == "pay" else "")
        for _ in range(rng.randint(1, 2 if way == "small" else 4))
    ]  # fmt: skip
    case.note("new_account", f"account:{account}", *moved, evasive=False)


def kept_hold(case: Case) -> None:
    """Under a freeze: what is beyond it is used, a court takes its share, a booking is reversed."""
    rng = case.rng
    account = case.account("d", declared=True, covered=True)
    balance = case.money(60_000, 500_000)
    held = balance * rng.uniform(0.3, 0.7)
    case.holds.append({"hold": f"h{len(case.holds)}", "account": account, "fen": f"{held:.2f}", "balance": f"{balance:.2f}", "since": case.days["sealed_on"].isoformat()})  # fmt: skip
    day, records = case.after("sealed_on", 60), [f"hold:{case.holds[-1]['hold']}"]
    records.append(
        case.move(day, (balance - held) * rng.uniform(0.2, 0.95), account=account, other=case.stranger())
    )
    if rng.random() < 0.6:
        court = {"name": rng.choice(("某某人民法院", "某某市税务局")), "id_no": "", "who": "court"}
        records.append(case.move(min(day + timedelta(days=20), TODAY), held * rng.uniform(0.5, 1), account=account, other=court, remark="扣划"))  # fmt: skip
    if rng.random() < 0.3:
        records.append(case.move(min(day + timedelta(days=30), TODAY), 20_000, account=account, other=case.stranger(), remark="错账冲正"))  # fmt: skip
    case.note("kept_hold", *records, evasive=False)


def real_title(case: Case) -> None:
    """A relative sues for money that he really lent."""
    told = case.deal("title", case.after("sued_on", 250), case.relative()["who"], price=case.money(100_000, 900_000), at_once=case.rng.random() < 0.3, label="民间借贷判决书")  # fmt: skip
    case.note("real_title", told, evasive=False)


def settled(case: Case) -> None:
    """What the law allows, with the paper in the file."""
    rng = case.rng
    kind, name = rng.choice((("waiver", "sued_on"), ("guarantee", "sued_on"), ("deregistration", "docketed_on"), ("consumption", "restricted_on"),
                             ("mixing", "sued_on"), ("related_account", "sued_on"), ("gift", "sued_on")))  # fmt: skip
    who = case.stranger() if kind == "waiver" else case.relative()
    case.note("settled", case.deal(kind, case.after(name, 150), who["who"], price=case.money(3_000, 500_000), is_settled=True, label="有凭证的行为"), evasive=False)  # fmt: skip


def long_ago(case: Case) -> None:
    """Gifts and sales from before the debt."""
    kind, worth = case.rng.choice(("gift", "sale", "guarantee")), case.money(50_000, 900_000)
    case.note("long_ago", case.deal(kind, case.before("debt_on", 900, 5), case.relative()["who"], price=worth * 0.4, market=worth, label="早年处分"), evasive=False)  # fmt: skip


HONEST: tuple[tuple[Callable[[Case], None], float], ...] = (
    (household, 4), (fair_sale, 3), (mortgaged_sale, 0.8), (auction, 0.7), (damaged, 0.5), (old_loan, 2), (short_loan, 2), (tuition, 2),
    (abroad, 0.4), (medical, 1.5), (product, 1.5), (pooling, 1), (wages, 1.5), (goods, 1.5), (supplier, 1), (namesake, 0.8), (own_money, 1),
    (alimony, 0.6), (old_lease, 1.5), (honest_divorce, 1), (honest_equity, 1), (shareholder_loan, 0.7), (new_account, 1.5), (kept_hold, 1.2),
    (real_title, 0.6), (settled, 1.5), (long_ago, 1),
)  # fmt: skip
"""Look-alike and weight."""
