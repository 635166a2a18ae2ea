"""Fine and detention: within which limits, once per act (民诉法第一百一十八条、第一百一十九条; DET-31 to DET-34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhixing.kernel.money import yuan
from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import KINDS, DeterrenceAnswer, approvers, clock, named, points
from zhixing.law.steps import Step
from zhixing.law.terms import term_days

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

TABLE = "deterrence.sanctions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A sanction already imposed: for which act (its own mark in the case) and which kind."""

    act_id: str
    on: date
    kind: str  # fine or detention


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionInput:
    """What is to be imposed.

    Attributes:
        act: code of the table (topic act). act_id: mark of this very act in the case.
        fine: yuan, None for none. detention_days: None for none.
        earlier: sanctions on the same person in the case.
        served_on: day on which the decision is received; starts the clock of the remedy.
    """

    on: date
    kind: str
    act: str
    act_id: str
    fine: Decimal | None = None
    detention_days: int | None = None
    earlier: tuple[Earlier, ...] = ()
    served_on: date | None = None


def sanction(given: SanctionInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether the fine, the detention, or both may be imposed.

    Days of detention count from the first day, which counts, and are not moved by holidays.
    """
    law_book = law_book or book()
    acts = named(points(law_book, TABLE, "act", given.on), (given.act,))
    steps = [Step(text=f"妨害执行的行为：{row.title}", law=row.source) for row in acts]
    hindrances = [] if acts else ["不属于法定的妨害执行行为"]
    hindrances += _same_act(given, steps) + _fine(given, law_book, steps) + _detention(given, law_book, steps)
    if given.fine is None and given.detention_days is None:
        hindrances.append("没有写明罚款金额或者拘留日数")
    granted = not hindrances
    chain = "deterrence.detention" if given.detention_days else "deterrence.fine"
    until = given.on + timedelta(days=given.detention_days - 1) if granted and given.detention_days else None
    if granted and given.fine is not None and given.detention_days:
        steps.append(Step(text="罚款、拘留合并适用", law=("cpli.183",)))
    return DeterrenceAnswer(
        kind="sanction",
        title="罚款、拘留",
        on=given.on,
        answer="may" if granted else "must_not",
        reasons=tuple(hindrances) or tuple(row.title for row in acts),
        since=given.on if granted else None,
        until=until,
        chain=chain if granted else "",
        approvers=approvers(chain, law_book) if granted else (),
        clocks=(clock(law_book, given.served_on, "sanction.review"),) if granted and given.served_on else (),
        given=(
            ("对象", KINDS[given.kind]),
            ("罚款", f"{yuan(given.fine)} 元" if given.fine is not None else "无"),
            ("拘留", f"{given.detention_days} 日" if given.detention_days is not None else "无"),
        ),
        steps=tuple(steps),
        notes=(
            "制作决定书，经院长批准；确定罚款数额应当考虑行为性质、情节、后果、当地经济水平和标的额。",
            "被拘留人承认并改正错误的，经院长批准可以提前解除拘留。",
        ),
        book_hash=law_book.hash,
    )


def _same_act(given: SanctionInput, steps: list[Step]) -> list[str]:
    same = [earlier for earlier in given.earlier if earlier.act_id == given.act_id]
    if not same:
        return []
    steps.append(Step(text="对同一妨害行为的罚款、拘留不得连续适用", law=("cpli.184",)))
    return [
        f"对同一行为已于 {same[0].on.isoformat()} 作出罚款、拘留决定，不得再次适用；发生新的妨害行为的除外"
    ]


def _fine(given: SanctionInput, law_book: LawBook, steps: list[Step]) -> list[str]:
    if given.fine is None:
        return []
    rules = law_book.at(given.on)
    entity = given.kind == "entity"
    least = rules.value("deterrence.limits.fine_entity_least") if entity else None
    most = rules.value(f"deterrence.limits.fine_{given.kind}_most")
    span = f"{yuan(least)} 元以上 {yuan(most)} 元以下" if least is not None else f"{yuan(most)} 元以下"
    steps.append(
        Step(
            text=f"对{'单位' if entity else '个人'}的罚款为人民币 {span}",
            value=yuan(given.fine),
            law=("cpl.118",),
        )
    )
    if given.fine <= 0 or given.fine > most or (least is not None and given.fine < least):
        return [f"罚款 {yuan(given.fine)} 元不在法定幅度（{span}）内"]
    return []


def _detention(given: SanctionInput, law_book: LawBook, steps: list[Step]) -> list[str]:
    if given.detention_days is None:
        return []
    most = term_days("detention.most", on=given.on, law_book=law_book)
    steps.append(
        Step(text=f"拘留的期限为 {most} 日以下", value=f"{given.detention_days} 日", law=("cpl.118",))
    )
    faults = []
    if not 1 <= given.detention_days <= most:
        faults.append(f"拘留 {given.detention_days} 日不在法定幅度（1 日至 {most} 日）内")
    if given.kind == "entity":
        faults.append("单位不能被拘留，应当对其主要负责人或者直接责任人员决定")
    return faults
