"""Ways of review that hang on facts: added parties, supervision, the court that hears an objection, who may sit.

PT-35 (变更追加规定第二十八条至第三十二条), SV-22 (法发〔2023〕4号), CC-14 (异议复议规定第四条), separation of powers (§9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import Clock, clock, points
from zhixing.law.measures.conditions import Condition, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

_SUIT, _PARTIES = "suit", "parties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """How a ruling on an added party is attacked. way: suit (执行异议之诉) or reconsider (复议)."""

    way: Literal["suit", "reconsider"]
    title: str
    clocks: tuple[Clock, ...]


def party_change_remedy(
    article: str, served_on: date, *, asked_on: date | None = None, law_book: LawBook | None = None
) -> Remedy:
    """The remedy against a ruling that adds or changes a party (PT-35).

    Args:
        article: article of 变更追加规定 on which the ruling rests, e.g. ``17`` or ``14.2``.
        served_on: day on which the ruling was served. asked_on: reconsideration was asked for.

    Raises:
        NoRuleInForce: before 2016-12-01.
    """
    law_book = law_book or book()
    rows = points(law_book, _PARTIES, _SUIT, served_on)
    if article in rows:
        found = clock(law_book, served_on, "parties.sue")
        return Remedy(way="suit", title=rows[article].title, clocks=(found,))
    clocks = [clock(law_book, served_on, "parties.reconsider")]
    if asked_on:
        clocks.append(clock(law_book, asked_on, "parties.reconsider_decide"))
    return Remedy(way="reconsider", title="向上一级法院申请复议", clocks=tuple(clocks))


def supervision_request(
    *,
    on: date,
    reconsidered_on: date | None = None,
    missed_on: date | None = None,
    supervised: bool = False,
    law_book: LawBook | None = None,
) -> Verdict:
    """Whether an application for supervision (执监) is accepted, and until when (SV-22).

    Args:
        on: day of the application.
        reconsidered_on: the reconsideration ruling took effect.
        missed_on: last day of the missed time for objection or reconsideration, when there was no ruling.
        supervised: a supervision ruling was made already; then only the prosecutor is left.

    Raises:
        ValueError: neither or both days.
    """
    start = reconsidered_on or missed_on
    if start is None or (reconsidered_on and missed_on):
        raise ValueError("exactly one of reconsidered_on and missed_on")
    law_book = law_book or book()
    found = clock(law_book, start, "supervise.apply")
    event = "复议裁定生效" if reconsidered_on else "异议、复议期限届满"
    conditions = (
        Condition(
            text=f"自{event}（{start.isoformat()}）起六个月内提出，至 {found.due.isoformat()}",
            met=on <= found.due,
            law="supervise4",
        ),
        Condition(text="没有作出过执行监督裁定", met=not supervised, law="supervise4"),
    )
    allowed = all(one.met for one in conditions)
    refused = "不予受理；可以向检察机关申请监督" if supervised else "不予受理，已受理的终结审查"
    return Verdict(
        title="申请执行监督核对单",
        allowed=allowed,
        outcome="予以受理" if allowed else refused,
        conditions=conditions,
        due=found.due,
        book_hash=law_book.hash,
    )


def disposal_barred_until(rejected_served_on: date | None, law_book: LawBook | None = None) -> date | None:
    """Last day on which a thing may not be disposed of because of an outsider's objection (PT-33).

    Args:
        rejected_served_on: the rejection was served; None while the objection is under review.

    Returns: the last day; None without an end, while the objection is under review.
    """
    if rejected_served_on is None:
        return None
    return clock(law_book or book(), rejected_served_on, "outsider.no_disposal").due


def objection_court(former: int, present: int, *, present_is_below: bool) -> int:
    """Key of the court that hears an objection to an act of the former court (CC-14).

    After 指定, 提级 or 委托 it is the court now in charge, unless that one is subordinate to the former.
    """
    return former if present_is_below else present


def panel_faults(
    panel: Collection[str], handled: Collection[str], on: date, law_book: LawBook | None = None
) -> tuple[str, ...]:
    """What is wrong with a panel that reviews an objection: too few, or one who handled the enforcement himself."""
    least = int((law_book or book()).at(on).value("approval.numbers.panel_least"))
    faults = [f"{name} 办理过本案的执行实施，不得参与审查" for name in sorted(set(panel) & set(handled))]
    if len(set(panel)) < least:
        faults.append(f"合议庭 {len(set(panel))} 人，少于 {least} 人")
    return tuple(faults)


def discussion_enough(officers: Collection[str], on: date, law_book: LawBook | None = None) -> bool:
    """Whether enough officers discussed a major matter, before the president approves it (执行规定第五条)."""
    return len(set(officers)) >= int(
        (law_book or book()).at(on).value("approval.numbers.major_officers_least")
    )
