"""How debtors hide property, as courts describe it. Drawn without a look at any threshold of the search."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from simworld.accuracy.evasion_case import TODAY, Case

_LIES = ("", "", "", "还款", "借款", "货款", "往来", "生活费")


def drain(case: Case) -> None:
    """Money to the family in a few payments around the suit or the judgment."""
    who, rng = case.close(), case.rng
    start = case.after(rng.choice(("sued_on", "judged_on", "notice_on")), 60)
    whole, parts = case.money(60_000, 900_000), rng.randint(1, 4)
    told = rng.choices((1.0, 0.0), (0.93, 0.07))[0]
    note = rng.choice(_LIES)
    moved = [
        case.move(min(start + timedelta(days=4 * no), TODAY), whole / parts, other=who, remark=note, number_told=told)
        for no in range(parts)
    ]  # fmt: skip
    case.note("drain", *moved, evasive=True)


def structured(case: Case) -> None:
    """Money to one of the family in many small payments."""
    who, rng = case.relative(), case.rng
    start, each = case.after("sued_on", 40), rng.uniform(4_000, 19_000)
    moved = [
        case.move(min(start + timedelta(days=rng.randint(5, 9) * no), TODAY), each * rng.uniform(0.8, 1.2), other=who)
        for no in range(rng.randint(10, 25))
    ]  # fmt: skip
    case.note("structured", *moved, evasive=True)


def nominee(case: Case) -> None:
    """Money to a friend who only lends his name: no register tells of him."""
    case.note(
        "nominee",
        case.move(case.after("judged_on", 60), case.money(80_000, 500_000), other=case.stranger()),
        evasive=True,
    )


def relay(case: Case) -> None:
    """Out to a stranger and on to the family, or to an own account that nobody was told of."""
    rng, day, yuan = case.rng, case.after("sued_on", 150), case.money(80_000, 700_000)
    first, who = case.stranger(is_company=rng.random() < 0.5), case.relative()
    middle = case.account(first["who"])
    moved = [case.move(day, yuan, other=first, to=middle)]
    for _ in range(rng.choice((0, 0, 1))):
        further = case.stranger()
        onward = case.account(further["who"])
        day, yuan = day + timedelta(days=rng.randint(0, 4)), yuan * rng.uniform(0.95, 1)
        moved.append(_later(case, day, yuan, account=middle, other=further, to=onward))
        middle = onward
    end = (
        case.account("d")
        if rng.random() < 0.3 and not case.is_company
        else case.account(who["who"], declared=False)
    )
    owner = case.debtor if case.accounts[-1]["owner"] == "d" else who
    day += timedelta(days=rng.choice((0, 1, 1, 2, 3, 5, 9)))
    moved.append(_later(case, day, yuan * rng.uniform(0.94, 1), account=middle, other=owner, to=end))
    case.note("relay", *moved, evasive=True)


def _later(case: Case, day, yuan: float, **more) -> str:
    """Booked in the evening, so that it follows what came in on the same day."""
    told = case.move(min(day, TODAY), yuan, **more)
    case.flows[-1]["at"] = case.flows[-1]["at"].replace(hour=22)
    return told


def cheap_sale(case: Case) -> None:
    """A flat, a car or shares far below the market."""
    rng, worth = case.rng, case.money(100_000, 3_000_000)
    to_kin = rng.random() < 0.6
    who = case.close() if to_kin else case.stranger()
    share = rng.uniform(0.15, 0.85) if to_kin else rng.uniform(0.15, 0.69)
    day, price = case.after(rng.choice(("sued_on", "judged_on", "notice_on")), 90), worth * share
    paid = [case.move(day, price, other=who, out=False, remark="购房款")] if rng.random() < 0.7 else []
    market = None if rng.random() < 0.04 else worth
    case.note(
        "cheap_sale",
        case.deal("sale", day, who["who"], price=price, market=market, label="转让房屋"),
        *paid,
        evasive=True,
    )


def unpaid_sale(case: Case) -> None:
    """A fair price on paper, none on the account; sometimes shown as paid and sent back."""
    rng, worth, who = case.rng, case.money(200_000, 2_000_000), case.relative()
    day = case.after("sued_on", 200)
    records = [case.deal("sale", day, who["who"], price=worth * rng.uniform(0.93, 1.05), market=worth, label="转让房屋")]  # fmt: skip
    if rng.random() < 0.4:
        records.append(case.move(day, worth, other=who, out=False, remark="房款"))
        records.append(case.move(day + timedelta(days=3), worth * 0.99, other=who, remark="往来"))
    case.note("unpaid_sale", *records, evasive=True)


def dear_purchase(case: Case) -> None:
    """Junk for much money."""
    who, worth = case.stranger() if case.rng.random() < 0.5 else case.close(), case.money(50_000, 500_000)
    day, price = case.after("sued_on", 200), worth * case.rng.uniform(1.35, 4)
    paid = case.move(day, price, other=who, remark="货款")
    case.note(
        "dear_purchase",
        case.deal("purchase", day, who["who"], price=price, market=worth, label="购入设备"),
        paid,
        evasive=True,
    )


def gift(case: Case) -> None:
    """Given away, waived or put off."""
    kind = case.rng.choice(("gift", "gift", "waiver", "extension"))
    day, who = case.after("sued_on", 300), case.close()["who"]
    amount = case.money(50_000, 2_000_000)
    case.note("gift", case.deal(kind, day, who, market=amount, label="赠与或者放弃"), evasive=True)


def guarantee(case: Case) -> None:
    """Security for the debts of relatives."""
    told = case.deal("guarantee", case.after("sued_on", 300), case.close()["who"], price=case.money(100_000, 2_000_000), label="提供保证")  # fmt: skip
    case.note("guarantee", told, evasive=True)


def lease(case: Case) -> None:
    """After the seal, dated back, or paid for many years in advance without a trace."""
    rng, who = case.rng, case.close()["who"] if case.rng.random() < 0.6 else case.stranger()["who"]
    way = rng.choice(("after", "back", "long"))
    seal = case.days["sealed_on"]
    if way == "after":
        told = case.deal(
            "lease", case.after("sealed_on", 120), who, years=rng.randint(3, 20), label="出租厂房"
        )
    elif way == "back":
        signed = seal - timedelta(days=rng.randint(20, 300))
        told = case.deal("lease", signed, who, signed_on=signed, occupied_on=case.after("sealed_on", 90), years=rng.randint(5, 20), no_flow=True, label="出租厂房")  # fmt: skip
    else:
        told = case.deal("lease", case.after("sued_on", 100), who, years=rng.randint(12, 20), no_flow=True, price=rng.uniform(0.1, 0.6) * 60_000, market=60_000.0, label="出租房屋")  # fmt: skip
    case.note("lease", told, evasive=True)


def sham_title(case: Case) -> None:
    """A mediation with a relative, about money that never moved."""
    told = case.deal("title", case.after("sued_on", 250), case.close()["who"], price=case.money(200_000, 3_000_000), no_flow=case.rng.random() < 0.92, at_once=case.rng.random() < 0.8, label="民间借贷调解书")  # fmt: skip
    case.note("sham_title", told, evasive=True)


def divorce(case: Case) -> None:
    """Everything to the spouse after the debt."""
    if "spouse" not in case.kin or case.is_company:
        gift(case)
        return
    told = case.deal("partition", case.after("sued_on", 250, -80), "spouse", kept=f"{case.rng.choice((0, 0, 0.1, 0.2, 0.3, 0.38)):.2f}", market=case.money(300_000, 4_000_000), label="离婚协议分割财产")  # fmt: skip
    case.note("divorce", told, evasive=True)


def late_equity(case: Case) -> None:
    """Shares whose capital is due and unpaid go to a man without means."""
    due = case.before("sued_on", 600)
    told = case.deal("capital", case.after("sued_on", 200), case.stranger()["who"], price=case.money(200_000, 5_000_000), due_on=due, label="转让未缴足出资的股权")  # fmt: skip
    case.note("late_equity", told, evasive=True)


def capital_back(case: Case) -> None:
    """Capital paid in for show."""
    if not case.is_company:
        late_equity(case)
        return
    holder = case.stranger()
    case.tie("d", holder["who"], "shareholder", known=0.97)
    day, amount = case.before("debt_on", 300, 60), case.money(300_000, 5_000_000)
    into = case.move(day, amount, other=holder, out=False, remark=case.rng.choice(("投资款", "出资款", "注册资本")))  # fmt: skip
    back = case.move(day + timedelta(days=case.rng.randint(1, 70)), amount * case.rng.uniform(0.6, 1), other=holder, remark=case.rng.choice(("往来款", "")))  # fmt: skip
    case.note("capital_back", into, back, evasive=True)


def hidden_account(case: Case) -> None:
    """A new account after the notice, filled and not reported."""
    account = case.account("d", opened=case.after("notice_on", 60), covered=True)
    moved = [
        case.move(case.after("notice_on", 120, 61), case.money(8_000, 80_000), account=account, other=case.stranger(), out=False, remark=case.rng.choice(("货款", "租金", "")))
        for _ in range(case.rng.randint(1, 5))
    ]  # fmt: skip
    case.note("hidden_account", f"account:{account}", *moved, evasive=True)


def broken_hold(case: Case) -> None:
    """Frozen money is drawn all the same."""
    account = case.account("d", declared=True, covered=True)
    balance = case.money(60_000, 500_000)
    held = balance if case.rng.random() < 0.7 else balance * 0.6
    case.holds.append({"hold": f"h{len(case.holds)}", "account": account, "fen": f"{held:.2f}", "balance": f"{balance:.2f}", "since": case.days["sealed_on"].isoformat()})  # fmt: skip
    gone = case.move(case.after("sealed_on", 120), (balance - held) + held * case.rng.uniform(0.2, 1), account=account, other=case.stranger())  # fmt: skip
    case.note("broken_hold", f"hold:{case.holds[-1]['hold']}", gone, evasive=True)


def routed(case: Case) -> None:
    """Wages or proceeds go to a relative's account."""
    told = case.deal("related_account", case.after("judged_on", 150), case.relative()["who"], price=case.money(20_000, 400_000), label="货款改由亲属账户收取")  # fmt: skip
    case.note("routed", told, evasive=True)


def company_end(case: Case) -> None:
    """Gone without winding up, its things with the shareholder."""
    kind = case.rng.choice(("deregistration", "free_taking", "mixing"))
    told = case.deal(kind, case.after("docketed_on", 150), case.relative()["who"], label="注销登记")
    case.note("company_end", told, evasive=True)


def consumption(case: Case) -> None:
    """High spending under restriction."""
    told = case.deal("consumption", case.after("restricted_on", 150), price=case.money(2_000, 60_000), label="购买机票")  # fmt: skip
    case.note("consumption", told, evasive=True)


SCHEMES: tuple[tuple[Callable[[Case], None], float], ...] = (
    (drain, 5), (structured, 0.5), (nominee, 0.6), (relay, 2), (cheap_sale, 3), (unpaid_sale, 1.5), (dear_purchase, 1),
    (gift, 1.5), (guarantee, 1), (lease, 1.5), (sham_title, 1), (divorce, 1.5), (late_equity, 1), (capital_back, 0.7),
    (hidden_account, 1.2), (broken_hold, 1), (routed, 0.8), (company_end, 0.6), (consumption, 0.8),
)  # fmt: skip
"""Scheme and weight."""
