"""Who disposes of a thing sealed by several courts (法释〔2016〕6号、财产保全规定第二十一条; DUR-18, DUR-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from zhixing.law.book import LawBook, book
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.terms import add_months, deadline

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalFacts:
    """Facts on the request of another court for the right to dispose.

    Attributes:
        route: priority (优先债权执行法院) or preservation (在先轮候的执行法院).
        sealed: day of the first seal. as_of: day on which it is judged.
        in_enforcement: the asking court's claim is in enforcement.
        priority_right: that claim has a prior security or priority right on the thing (priority only).
        first_waiting: the asking court is the first one waiting (preservation only).
        notice_published: the first court has published an auction notice or entered sale, or dealt with the thing.
        disputed_thing: the thing itself is what the parties dispute about (preservation only).
        requested: day on which the request letter reached the first court.
    """

    route: Literal["priority", "preservation"]
    sealed: date
    as_of: date
    in_enforcement: bool
    priority_right: bool = False
    first_waiting: bool = False
    notice_published: bool = False
    disputed_thing: bool = False
    requested: date | None = None


def disposal_transfer(facts: DisposalFacts, law_book: LawBook | None = None) -> Verdict:
    """Whether the right to dispose goes over to the asking court, from when, and by when the letter is due.

    Raises:
        NoRuleInForce: the seal is older than the rule.
    """
    law_book = law_book or book()
    code = "first_seal.idle" if facts.route == "priority" else "preservation.idle"
    first = idle_since(facts.sealed, code, law_book)
    conditions = _priority(facts, first) if facts.route == "priority" else _preservation(facts, first)
    allowed = all(one.met for one in conditions)
    due = deadline(facts.requested, "first_seal.transfer", law_book).due if facts.requested else None
    outcome = "可以商请移送处分权，首封法院应当出具移送函；首封债权未定的，按其数额预留份额"
    if facts.route == "preservation":
        outcome = "可以商请保全法院移送处分权"
    return Verdict(
        title="查封财产处分权移送核对单",
        allowed=allowed,
        outcome=outcome if allowed else "不具备移送条件，由首先查封法院处分；有争议的报共同上级法院决定",
        conditions=conditions,
        first_day=first,
        due=due if facts.route == "priority" else None,
        book_hash=law_book.hash,
    )


def idle_since(sealed: date, code: str, law_book: LawBook) -> date:
    """First day on which more than the period has passed since the seal (the day of sealing does not count)."""
    term = law_book.at(sealed).term(code)
    length = term.amount or 0
    last = sealed + length * _DAY if term.unit == "days" else add_months(sealed, 12 * length)
    return last + _DAY


def _priority(facts: DisposalFacts, first: date) -> tuple[Condition, ...]:
    return (
        Condition(text="商请法院的债权已进入执行程序", met=facts.in_enforcement, law="firstseal.1"),
        Condition(
            text="该债权对查封财产有顺位在先的担保物权或者优先权", met=facts.priority_right, law="firstseal.1"
        ),
        Condition(
            text=f"自首先查封之日起已超过规定期间（{first.isoformat()} 起）",
            met=facts.as_of >= first,
            law="firstseal.1",
        ),
        Condition(
            text="首先查封法院没有就该财产发布拍卖公告，也没有进入变卖程序",
            met=not facts.notice_published,
            law="firstseal.1",
        ),
    )


def _preservation(facts: DisposalFacts, first: date) -> tuple[Condition, ...]:
    law = "preservation.21"
    return (
        Condition(
            text="商请法院是在先轮候的执行法院", met=facts.first_waiting and facts.in_enforcement, law=law
        ),
        Condition(
            text=f"自首先查封之日起已超过规定期间（{first.isoformat()} 起）",
            met=facts.as_of >= first,
            law=law,
        ),
        Condition(text="保全法院没有对该财产进行处分", met=not facts.notice_published, law=law),
        Condition(text="该财产不是争议标的", met=not facts.disputed_thing, law=law),
    )
