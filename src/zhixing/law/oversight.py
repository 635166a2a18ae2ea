"""What supervision can see by itself: passive and selective enforcement, odd operations, clips (SV-01, SV-03, SV-16, SV-18, SV-21).

Each finding is a lead for a person who asks; the numbers behind SV-16, SV-18 and SV-21 are settings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from zhixing.law.book import LawBook, book
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.terms import add_months

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from zhixing.law.schemas import Point

SETTINGS, DISPATCH = "supervision.settings", "supervision.dispatch"
_LAW = "procedure.10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A creditor of one debtor. seized_on: his measure; paid_on: None when not yet paid; reason: recorded ground."""

    name: str
    seized_on: date
    paid_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One entry of the log. at: local court time. kind: payment, entry or approval.

    account: payer's account of a payment. case: its case. group: cases that belong together, empty when none.
    payee_is_party: for a payment out. late_days: days between the event and its entry.
    """

    at: datetime
    kind: str
    person: str = ""
    account: str = ""
    case: str = ""
    group: str = ""
    payee_is_party: bool = True
    late_days: int = 0


def passive_enforcement(
    *,
    on: date,
    creditor_due: date,
    property_available: bool,
    act_obligation: bool,
    measures_taken: bool,
    enforceable: bool = True,
    completed: bool = False,
    law_book: LawBook | None = None,
) -> Verdict:
    """Whether enforcement is passive in the sense of 民诉法第二百三十七条 (SV-01): `allowed` says that it is.

    Args:
        on: day of judging. creditor_due: last day of the creditor's six months, by his own clock (`law.clocks`, PT-17).
        property_available: property was there at filing or found later. act_obligation: the duty is to do something.
        measures_taken: some measure was taken for a duty to act. enforceable: otherwise fit to be enforced.
        completed: performed in full.
    """
    over = on > creditor_due
    ground = (
        property_available or (act_obligation and not measures_taken) or (enforceable and not act_obligation)
    )
    conditions = (
        Condition(text=f"超过六个月（扣除后至 {creditor_due.isoformat()}）", met=over, law="cpl.237"),
        Condition(
            text="有可供执行的财产、行为义务未采取措施，或者其他有条件执行的情形", met=ground, law=_LAW
        ),
        Condition(text="尚未执行完毕", met=not completed, law=_LAW),
    )
    passive = all(one.met for one in conditions)
    return Verdict(
        title="消极执行核对单",
        allowed=passive,
        outcome="属于消极执行，申请执行人可以向上一级法院申请执行" if passive else "不属于消极执行",
        conditions=conditions,
        book_hash=(law_book or book()).hash,
    )


def selective_leads(creditors: Sequence[Paid]) -> tuple[str, ...]:
    """Creditors paid before one whose measure came first, without a recorded reason (SV-03); sentences."""
    found: list[str] = []
    for one in creditors:
        if one.paid_on is None or one.reason:
            continue
        for other in creditors:
            if other.seized_on < one.seized_on and (other.paid_on is None or other.paid_on > one.paid_on):
                found.append(
                    f"{one.name}（{one.seized_on} 查封）先于 {other.name}（{other.seized_on} 查封）受偿，没有记录理由"
                )
    return tuple(found)


def odd_operations(
    operations: Sequence[Operation], on: date, law_book: LawBook | None = None
) -> tuple[str, ...]:
    """What looks odd in a log (SV-21); sentences without names of parties.

    Raises:
        NoRuleInForce: before 2021-12-06.
    """
    rules = (law_book or book()).at(on)
    found: list[str] = []
    cases: dict[str, set[str]] = defaultdict(set)
    for one in operations:
        if one.kind == "payment" and one.account:
            cases[one.account].add(one.group or one.case)
    many = int(rules.value(f"{SETTINGS}.payer_cases_least"))
    found += [
        f"同一账户为 {len(paid)} 个无关案件付款" for _, paid in sorted(cases.items()) if len(paid) >= many
    ]
    found += ["收款人不是案件当事人" for one in operations if not one.payee_is_party]
    limit = int(rules.term("case.deduction_enter").amount or 0)
    late = Counter(
        (one.person, one.at.date()) for one in operations if one.kind == "entry" and one.late_days > limit
    )
    bulk = int(rules.value(f"{SETTINGS}.bulk_entries_least"))
    found += [f"{day} 成批补录 {times} 条" for (_, day), times in sorted(late.items()) if times >= bulk]
    start, end = (int(rules.value(f"{SETTINGS}.{name}")) for name in ("night_from_hour", "night_until_hour"))
    found += [
        f"{one.at:%Y-%m-%d %H:%M} 夜间审批"
        for one in operations
        if one.kind == "approval" and (one.at.hour >= start or one.at.hour < end)
    ]
    return tuple(found)


def near_period_end(closed_on: date, law_book: LawBook | None = None) -> bool:
    """Whether a closing by 终本 lies in the last days of a quarter (SV-16); the number of days is a setting."""
    days = int((law_book or book()).at(closed_on).value(f"{SETTINGS}.period_end_days"))
    quarter = (closed_on.month - 1) // 3 * 3 + 3
    next_first = date(closed_on.year + quarter // 12, quarter % 12 + 1, 1)
    return closed_on >= next_first - timedelta(days=days)


def must_resume(found_value: Decimal, on: date, law_book: LawBook | None = None) -> bool:
    """Whether property found after 终本 is worth taking the case up again (SV-18); the amount is a setting."""
    return found_value >= (law_book or book()).at(on).value(f"{SETTINGS}.resume_threshold")


def clip_kept_until(
    recorded_on: date, *, linked: bool, grave: bool, law_book: LawBook | None = None
) -> date | None:
    """Until when a clip is kept (AV-05, AV-06); None: with its case file, or for good.

    Args:
        linked: it belongs to a case. grave: it shows obstruction, injury or a petition.
    """
    months = int((law_book or book()).at(recorded_on).value(f"{SETTINGS}.clip_unlinked_months"))
    return None if linked or grave else add_months(recorded_on, months)


def dispatch_next(state: str, on: date, law_book: LawBook | None = None) -> tuple[str, ...]:
    """The states that a command message may go to (CC-06); empty when it is closed. Raises UnknownRule."""
    row = cast("Point", (law_book or book()).at(on).row(DISPATCH, state))
    return tuple(way[0] for way in row.ways)


def devices_least(on: date, law_book: LawBook | None = None) -> int:
    """How many recorders go to a seizure, search or eviction (AV-03)."""
    return int((law_book or book()).at(on).value(f"{SETTINGS}.clip_devices_least"))
