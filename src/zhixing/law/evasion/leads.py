"""The tests: each event against its pattern; what speaks for a lead and what may explain it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from zhixing.kernel.money import yuan
from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import Clock, clock, points
from zhixing.law.evasion.inputs import KIND_WORDS, PATTERNS, TABLE, EvasionInput, Event
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhixing.law.schemas import Point

INNOCENT, TESTS = "deterrence.evasion_innocent", "deterrence.evasion_tests"
_REVOCABLE = ("EVA-01", "EVA-02", "EVA-03", "EVA-04", "EVA-05", "EVA-09")
_ALWAYS = ("related_account", "capital", "mixing", "report")  # the kind itself is the indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An event that looks like evasion.

    Attributes:
        code: EVA-01 to EVA-17. why: the indicator, complete in itself. law: the hooks.
        innocent: what may explain it. clocks: until when a revocation suit is open.
    """

    code: str
    title: str
    event: Event
    why: str
    law: tuple[str, ...]
    innocent: tuple[str, ...]
    clocks: tuple[Clock, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvasionView:
    """All leads, in the order of the events; events without one are not named."""

    given: EvasionInput
    leads: tuple[Lead, ...]
    steps: tuple[Step, ...]
    book_hash: str

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values."""
        law_book = law_book or book()
        return {
            "leads": [
                {
                    "code": lead.code, "label": lead.event.label, "why": lead.why, "innocent": list(lead.innocent),
                    "law": law_book.short(*lead.law), "due": {c.title: c.due.isoformat() for c in lead.clocks},
                }
                for lead in self.leads
            ],
            "steps": steps_printed(self.steps, law_book),
            "book_hash": self.book_hash,
        }  # fmt: skip

    def sheet(self) -> Sheet:
        """The sheet for the person who asks and decides."""
        rows = tuple(
            (lead.code, lead.event.label, lead.why, "；".join(lead.innocent) or "—") for lead in self.leads
        )
        return Sheet(
            kind="evasion",
            title="规避执行线索核对表",
            given=(("核对日", self.given.on.isoformat()), ("行为", str(len(self.given.events)))),
            results=(("线索", f"{len(self.leads)} 条"),),
            tables=(SheetTable(title="线索", columns=("编号", "行为", "指标", "可能的正当解释"), rows=rows),),
            steps=self.steps,
            notes=("线索不是认定；由承办人询问、核实后决定。",),
            book_hash=self.book_hash,
        )


def evasion_leads(given: EvasionInput, law_book: LawBook | None = None) -> EvasionView:
    """Hold every event against its pattern.

    Raises:
        NoRuleInForce: a pattern or a test is not yet in force on the day of judging.
    """
    law_book = law_book or book()
    leads: list[Lead] = []
    for event in given.events:
        why = _why(event, given, law_book)
        row = cast("Point", law_book.at(given.on).row(TABLE, PATTERNS[event.kind]))
        if not why:
            continue
        leads.append(
            Lead(
                code=row.code,
                title=row.title,
                event=event,
                why=why,
                law=row.source,
                innocent=tuple(r.title for r in points(law_book, INNOCENT, row.code, given.on).values()),
                clocks=_clocks(row.code, event, given, law_book),
            )
        )
    steps = tuple(
        Step(text=f"{lead.event.on} {lead.event.label}：{lead.why}", value=lead.code, law=lead.law)
        for lead in leads
    )
    return EvasionView(given=given, leads=tuple(leads), steps=steps, book_hash=law_book.hash)


def _why(event: Event, given: EvasionInput, law_book: LawBook) -> str:
    """The indicator in a sentence; empty: nothing speaks for evasion."""
    if event.kind in _ALWAYS:
        return f"{KIND_WORDS[event.kind]}，须核实"
    if event.kind in ("sale", "purchase", "barter", "set_off", "licence"):
        return _price(event, given, law_book)
    if event.kind == "lease":
        return _lease(event, given, law_book)
    since, name = _window(event, given, law_book)
    if since is None or event.on < since:
        return ""
    if event.kind == "title" and not (event.related and (event.no_flow or event.at_once)):
        return ""
    if (event.kind == "deregistration" and event.liquidated) or (
        event.kind == "free_taking" and event.price is not None and event.price > 0
    ):
        return ""
    if (
        event.kind in ("single_payment", "voidable")
        and given.bankruptcy_on
        and event.on > given.bankruptcy_on
    ):
        return ""
    return f"{KIND_WORDS[event.kind]}，发生在{name}（{since.isoformat()} 起）"


def _window(event: Event, given: EvasionInput, law_book: LawBook) -> tuple[date | None, str]:
    """First day on which an event of this kind is a lead, and what that day is."""
    if event.kind in ("gift", "waiver", "extension", "guarantee"):
        return deadline(given.notice_received, "declaration.look_back", law_book).due, "财产报告的回溯期内"
    if event.kind in ("partition", "title"):
        started = given.sued_on or given.docketed_on or given.notice_received
        return deadline(started, "declaration.look_back", law_book).due, "起诉或者执行前一年起"
    if event.kind in ("deregistration", "free_taking"):
        return given.docketed_on, "执行立案后"
    if event.kind == "control_drop":
        return given.sealed_on, "查封、冻结后"
    if event.kind == "consumption":
        return given.restricted_on, "限制消费后"
    if given.bankruptcy_on is None:
        return None, ""
    months = "受理破产申请前六个月内" if event.kind == "single_payment" else "受理破产申请前一年内"
    return deadline(given.bankruptcy_on, f"bankruptcy.{event.kind}", law_book).due, months


def _price(event: Event, given: EvasionInput, law_book: LawBook) -> str:
    """Below or above the bounds; between related parties the bounds do not bind."""
    if event.price is None or not event.market:
        return ""
    rules = law_book.at(given.on)
    low, high = rules.value(f"{TESTS}.low_price"), rules.value(f"{TESTS}.high_price")
    share = event.price / event.market
    text = f"价格 {yuan(event.price)} 元，为市场价 {yuan(event.market)} 元的 {_percent(share)}"
    if event.kind != "purchase" and share < low:
        return f"{text}，低于 {_percent(low)}"
    if event.kind != "sale" and share > high:
        return f"{text}，高于 {_percent(high)}"
    off = share < 1 if event.kind == "sale" else share > 1 if event.kind == "purchase" else share != 1
    return f"{text}，交易对方是关联人，不受比例限制" if event.related and off else ""


def _lease(event: Event, given: EvasionInput, law_book: LawBook) -> str:
    rules = law_book.at(given.on)
    most = rules.value(f"{TESTS}.long_lease_years")
    signs: list[str] = []
    if given.sealed_on and event.on >= given.sealed_on:
        signs.append("查封后出租")
    if event.years is not None and event.years > most:
        signs.append(f"租期 {event.years} 年，超过 {most} 年（本院设定）")
    if (
        event.price is not None
        and event.market
        and event.price / event.market < rules.value(f"{TESTS}.low_price")
    ):
        signs.append(f"租金为市场租金的 {_percent(event.price / event.market)}")
    if event.no_flow:
        signs.append("称租金已付而没有流水")
    return "；".join(signs)


def _clocks(code: str, event: Event, given: EvasionInput, law_book: LawBook) -> tuple[Clock, ...]:
    """A revocation suit: one year from knowing, five years from the act at most."""
    if code not in _REVOCABLE:
        return ()
    most = clock(law_book, event.on, "revocation.most")
    known = (clock(law_book, given.known_on, "revocation.sue"),) if given.known_on else ()
    return (*known, most)


def _percent(share: Decimal) -> str:
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"
