"""Makes a distribution plan (执行规定第五十五条, 民诉法解释第五百零六条至第五百一十四条; DIST-01 to DIST-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import Problem
from zhixing.kernel.money import ZERO, allocate, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.distribution.admission import Entry, Refusal, entries_of
from zhixing.law.distribution.result import SCHEMES, Plan, Share
from zhixing.law.distribution.sharing import Pot, Sharing
from zhixing.law.fees import execution_fee
from zhixing.law.schemas import ClaimRank
from zhixing.law.steps import Step
from zhixing.law.terms import Deadline, deadline

if TYPE_CHECKING:
    from decimal import Decimal

    from zhixing.law.distribution.inputs import DistributionInput

_STAYED = {
    "agreed": ("中止执行，将执行案件材料移送被执行人住所地法院；对方三十日内告知是否受理", ("cpli.511", "cpli.512")),
    "accepted": ("破产申请已受理：解除保全，中止执行，对个别债权人的清偿无效", ("cpli.513", "bankruptcy.16", "bankruptcy.19")),
    "declared": ("已宣告破产：裁定终结对该被执行人的执行", ("cpli.513",)),
}  # fmt: skip


def distribution_plan(given: DistributionInput, law_book: LawBook | None = None) -> Plan:
    """The plan for the money of a case, by the law of its day.

    Costs and the enforcement fee first, then claims with priority out of the thing they lie on, then the common
    claims: in proportion (participation, or one document for all), or by the order of measures (enterprise, or a
    debtor who can pay all). Cents left by the proportion go to the largest remainders, so that everything adds up.

    Raises:
        NoRuleInForce: the day lies before 2015-02-04.
    """
    law_book = law_book or book()
    rules = law_book.at(given.on)
    scheme, steps = _scheme(given)
    gross = sum((item.amount for item in given.proceeds), ZERO)
    costs = sum((item.costs for item in given.proceeds), ZERO)
    if scheme == "stayed":
        text, law = _STAYED[given.bankruptcy]
        return _plan(
            given, law_book, scheme, gross, ZERO, ZERO, [], ZERO, (), [*steps, Step(text=text, law=law)]
        )
    entries, refused = entries_of(given, rules, scheme)
    pots, fee = _pots(given, entries, gross, costs, steps, law_book)
    orders = {row.code: cast("ClaimRank", row).order for row in rules.rows("distribution_ranks")}
    sharing = Sharing(given, entries, pots, orders, scheme)
    sharing.run()
    surplus = sum((pot.left for pot in pots), ZERO)
    steps += sharing.steps
    if surplus:
        steps.append(Step(text="全部列入的债权受偿后的余款", value=yuan(surplus), law=("work.34",)))
    full = {entry.key for entry in entries if not entry.money_left + entry.doubled_left}
    refused = tuple(r for r in refused if not (r.partly and (r.creditor, r.claim) in full))
    return _plan(given, law_book, scheme, gross, costs, fee, entries, surplus, refused, steps)


def plan_clocks(given: DistributionInput, law_book: LawBook | None = None) -> tuple[Deadline, ...]:
    """The clocks of the plan that run so far: to object, to oppose, to sue (15 days each)."""
    served = given.served
    pairs = (
        (served.plan_on, "plan.objection"),
        (served.objection_told_on, "plan.oppose"),
        (served.opposition_told_on, "plan.sue"),
    )
    return tuple(deadline(day, code, law_book) for day, code in pairs if day is not None)


def _scheme(given: DistributionInput) -> tuple[str, list[Step]]:
    if given.bankruptcy in _STAYED:
        return "stayed", []
    if given.one_title:
        scheme, law = "one_title", ("work.55",)
    elif given.debtor == "enterprise":
        scheme, law = "sealing", ("cpli.514",)
    elif not given.insolvent:
        scheme, law = "sealing", ("work.55",)
    else:
        scheme, law = "participation", ("cpli.506", "cpli.508")
    steps = [Step(text=SCHEMES[scheme], law=law)]
    if given.criminal:
        text = "被执行人同时承担刑事责任：医疗费用、优先债权、退赔、其他民事债务、罚金、没收财产依次执行"
        steps.append(Step(text=text, law=("criminal.13",)))
    return scheme, steps


def _pots(
    given: DistributionInput,
    entries: list[Entry],
    gross: Decimal,
    costs: Decimal,
    steps: list[Step],
    law_book: LawBook,
) -> tuple[list[Pot], Decimal]:
    """What each thing leaves after its costs and its part of the enforcement fee; earlier money first."""
    items = sorted(given.proceeds, key=lambda item: (item.received_on or given.on, item.id))
    steps.append(
        Step(text=f"执行所得 {yuan(gross)} 元，先扣除变价等实际费用", value=yuan(costs), law=("work.34",))
    )
    fee = given.fee
    if fee is None:
        claims = sum((entry.money_left + entry.doubled_left for entry in entries), ZERO)
        base = min(gross, claims)
        computed = execution_fee(base, given.on, law_book)
        fee = computed.amount
        steps.append(
            Step(text=f"执行金额 {yuan(base)} 元的执行申请费", value=yuan(fee), law=("fees.14", "fees.38"))
        )
    nets = [item.amount - item.costs for item in items]
    fee = min(fee, sum(nets, ZERO))
    steps.append(Step(text="扣除执行申请费", value=yuan(fee), law=("fees.20", "cpli.508")))
    parts = allocate(fee, nets) if fee else [ZERO] * len(nets)
    pots = [Pot(asset=item.id, left=net - part) for item, net, part in zip(items, nets, parts, strict=True)]
    left = sum((pot.left for pot in pots), ZERO)
    steps.append(Step(text="可供债权人分配", value=yuan(left), law=("cpli.508",)))
    return pots, fee


def _share(given: DistributionInput, entry: Entry) -> Share:
    claim, amount = entry.claim, entry.share
    disputed = sum((item.amount for item in given.disputed if (item.creditor, item.claim) == entry.key), ZERO)
    held = amount if claim.pending else min(amount, disputed)
    paid = claim.money - entry.money_left
    to_interest = (
        min(paid, claim.interest) if given.choices.interest_first else max(ZERO, paid - claim.principal)
    )
    return Share(
        creditor=entry.creditor.id,
        name=entry.creditor.name,
        claim=claim.id,
        kind=claim.kind,
        claimed=claim.money + claim.doubled,
        lines=tuple(entry.lines),
        amount=amount,
        deposited=held,
        payable=amount - held,
        owed_principal=claim.principal - (paid - to_interest),
        owed_interest=claim.interest - to_interest,
        owed_doubled=entry.doubled_left,
    )


def _plan(
    given: DistributionInput,
    law_book: LawBook,
    scheme: str,
    gross: Decimal,
    costs: Decimal,
    fee: Decimal,
    entries: list[Entry],
    surplus: Decimal,
    refused: tuple[Refusal, ...],
    steps: list[Step],
) -> Plan:
    shares = tuple(_share(given, entry) for entry in entries)
    held = sum((share.deposited for share in shares), ZERO)
    if held:
        steps.append(
            Step(text="争议数额提存、未定债权预留", value=yuan(held), law=("cpli.510", "firstseal.3"))
        )
    clocks = plan_clocks(given, law_book)
    return Plan(
        given=given,
        scheme=scheme,
        gross=gross,
        costs=costs,
        fee=fee,
        shares=shares,
        surplus=surplus if scheme != "stayed" else gross,
        refused=refused,
        clocks=clocks,
        steps=(*steps, *(step for clock in clocks for step in clock.steps)),
        notes=_notes(given, scheme),
        problems=_warnings(surplus),
        book_hash=law_book.hash,
    )


def _notes(given: DistributionInput, scheme: str) -> tuple[str, ...]:
    if scheme == "stayed":
        return ("款项不向个别债权人发放，依破产程序处理。",)
    choices, notes = given.choices, []
    where = "（本方案载明）" if "include_doubled" in choices.stated else "（本院设定，由法院确认）"
    words = "与其他债权一并受偿" if choices.include_doubled else "在全部金钱债权之后受偿"
    notes.append(f"加倍部分债务利息{words}{where}。")
    if choices.bonus:
        notes.append("首先查封债权人多分的比例没有全国性规定，由法院确认。")
    if choices.livelihood_first:
        notes.append("劳动报酬、抚养赡养费、医疗费先行受偿没有全国性规定，由法院确认。")
    if scheme == "participation":
        notes.append(f"参与分配申请的截止日为 {choices.cut_off_on}，各地做法不一，由法院确认。")
    if any(claim.asset for creditor in given.creditors for claim in creditor.claims):
        notes.append("同一财产上各类优先权之间的顺位据一般理解排列，由法院确认。")
    notes.append("分配由首先查封、扣押、冻结的法院主持；该措施为保全的，待其案件审理终结后进行。")
    notes.append("未受偿的部分由被执行人继续清偿，债权人发现其他财产的可以随时请求执行。")
    return tuple(notes)


def _warnings(surplus: Decimal) -> tuple[Problem, ...]:
    if not surplus:
        return ()
    return (
        Problem(
            code="distribution.surplus",
            sentence=f"债权受偿后余款 {yuan(surplus)} 元，",
            mend="退还被执行人前，请核查有无轮候查封和其他执行案件。",
            law="work.34",
            level="warning",
        ),
    )
