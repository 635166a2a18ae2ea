"""Restriction of consumption and exit ban: when, whom, what, and when they are lifted (DET-20 to DET-26, DET-30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import KINDS, DeterrenceAnswer, approvers, named, points
from zhixing.law.steps import Step
from zhixing.law.terms import add_months, term_days

if TYPE_CHECKING:
    from datetime import date

TABLE, CHAIN, CHAIN_TEMPORARY = (
    "deterrence.consumption",
    "deterrence.consumption",
    "deterrence.consumption_temporary",
)
SANCTIONS, EXIT_CHAIN = "deterrence.sanctions", "deterrence.exit_ban"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumptionInput:
    """on: day of the order. perform_by: last day of the notice's period. listed: on the dishonest list."""

    on: date
    kind: str
    perform_by: date
    listed: bool = False
    performed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftInput:
    """A request to lift a measure. grounds: codes of the topic lift (consumption) or exit_lift (exit ban)."""

    on: date
    measure: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporaryInput:
    """A request to lift for a short time. ground: topic temporary; until: last day asked for."""

    on: date
    ground: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitBanInput:
    """on: day of the decision. applied: creditor's written application; necessary: ex officio.

    capable: full legal capacity of a natural person.
    """

    on: date
    kind: str
    applied: bool = False
    necessary: bool = False
    performed: bool = False
    capable: bool = True


def consumption_restriction(given: ConsumptionInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether consumption is restricted: must for a listed debtor, may after the notice's period, else not."""
    law_book = law_book or book()
    late = given.on > given.perform_by
    if given.performed:
        answer, reason = "must_not", "义务已经履行"
    elif given.listed:
        answer, reason = "must", "已纳入失信被执行人名单"
    elif late:
        answer, reason = (
            "may",
            f"执行通知书指定的期间于 {given.perform_by.isoformat()} 届满，仍未履行给付义务",
        )
    else:
        answer, reason = "must_not", f"执行通知书指定的期间至 {given.perform_by.isoformat()}，尚未届满"
    items = tuple(row.title for row in points(law_book, TABLE, "item", given.on).values())
    persons = tuple(row.title for row in points(law_book, TABLE, "person", given.on).values())
    steps = [Step(text=reason, law=("consumption.1",))]
    notes: tuple[str, ...] = ()
    applies = answer != "must_not"
    if applies:
        steps.append(
            Step(
                text="限制消费令由院长签发，载明期间、项目和法律后果", law=("consumption.5", "consumption.6")
            )
        )
        if given.kind == "entity":
            steps.append(
                Step(text=f"单位及其{'、'.join(persons)}不得以单位财产实施下列行为", law=("consumption.3",))
            )
            notes = ("相关人员因私以个人财产消费的，可以提出申请并举证，经审查属实的应予准许。",)
    if answer == "may":
        steps.append(
            Step(
                text="决定时应当考虑有无消极履行、规避执行、抗拒执行的行为以及履行能力",
                law=("consumption.2",),
            )
        )
    return DeterrenceAnswer(
        kind="consumption",
        title="限制消费",
        on=given.on,
        answer="must" if answer == "must" else "may" if answer == "may" else "must_not",
        reasons=(reason,),
        since=given.on if applies else None,
        chain=CHAIN if applies else "",
        approvers=approvers(CHAIN, law_book) if applies else (),
        items=items if applies else (),
        given=(("被执行人", KINDS[given.kind]), ("指定期间届满日", given.perform_by.isoformat())),
        steps=tuple(steps),
        notes=notes,
        book_hash=law_book.hash,
    )


def restriction_lift(given: LiftInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether a restriction of consumption or an exit ban is lifted. The gravest ground decides."""
    law_book = law_book or book()
    exit_ban = given.measure == "exit_ban"
    rows = (
        points(law_book, SANCTIONS, "exit_lift", given.on)
        if exit_ban
        else points(law_book, TABLE, "lift", given.on)
    )
    chosen = named(rows, given.grounds)
    must = any(row.effect == "must" for row in chosen)
    chain = EXIT_CHAIN if exit_ban else CHAIN
    return DeterrenceAnswer(
        kind="lift",
        title="解除限制出境" if exit_ban else "解除限制消费",
        on=given.on,
        answer="must" if must else "may" if chosen else "must_not",
        reasons=tuple(row.title for row in chosen) or ("没有法定的解除情形",),
        chain=chain if chosen else "",
        approvers=approvers(chain, law_book) if chosen else (),
        steps=tuple(Step(text=row.title, law=row.source) for row in chosen),
        notes=tuple(row.detail for row in chosen if row.detail),
        book_hash=law_book.hash,
    )


def temporary_lift(given: TemporaryInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether a restriction of consumption is lifted for at most one month."""
    law_book = law_book or book()
    chosen = named(points(law_book, TABLE, "temporary", given.on), (given.ground,))
    months = term_days("consumption.temporary_lift", on=given.on, law_book=law_book)
    latest = add_months(given.on, months)
    in_time = given.on <= given.until <= latest
    if not chosen:
        reasons: tuple[str, ...] = ("不属于可以暂时解除的情形",)
    elif not in_time:
        reasons = (f"申请解除至 {given.until.isoformat()}，最长只能到 {latest.isoformat()}（{months} 个月）",)
    else:
        reasons = tuple(row.title for row in chosen)
    granted = bool(chosen) and in_time
    return DeterrenceAnswer(
        kind="temporary",
        title="暂时解除限制消费",
        on=given.on,
        answer="may" if granted else "must_not",
        reasons=reasons,
        since=given.on if granted else None,
        until=given.until if granted else None,
        chain=CHAIN_TEMPORARY if granted else "",
        approvers=approvers(CHAIN_TEMPORARY, law_book) if granted else (),
        steps=(Step(text=f"暂时解除的期间最长 {months} 个月", value=latest.isoformat(), law=("goodfaith",)),),
        notes=("严格审查，经本院院长批准。",),
        book_hash=law_book.hash,
    )


def exit_ban(given: ExitBanInput, law_book: LawBook | None = None) -> DeterrenceAnswer:
    """Whether leaving the country is barred, for whom, and until when it is reported to the border (a setting)."""
    law_book = law_book or book()
    rows = points(law_book, SANCTIONS, "exit_person", given.on)
    if given.performed:
        reason, granted = "债务已经履行", False
    elif given.applied:
        reason, granted = "申请执行人书面申请", True
    elif given.necessary:
        reason, granted = "法院认为必要，依职权决定", True
    else:
        reason, granted = "没有申请执行人的书面申请，也没有依职权采取的必要", False
    persons: tuple[str, ...] = ("被执行人本人",)
    if given.kind == "entity":
        persons = tuple(row.title for row in rows.values() if row.code != "exit_agent")
    elif not given.capable:
        persons = (rows["exit_agent"].title,)
    months = int(law_book.at(given.on).value("deterrence.limits.exit_ban_months"))
    until = add_months(given.on, months) if granted else None
    steps = [Step(text=reason, law=("cpl.266", "procedure.23"))]
    if granted:
        steps.append(Step(text=f"限制对象：{'、'.join(persons)}", law=("procedure.24",)))
        steps.append(Step(text=f"报备期限 {months} 个月（本院设定）", value=str(until), law=("setting",)))
    return DeterrenceAnswer(
        kind="exit_ban",
        title="限制出境",
        on=given.on,
        answer="may" if granted else "must_not",
        reasons=(reason,),
        since=given.on if granted else None,
        until=until,
        chain=EXIT_CHAIN if granted else "",
        approvers=approvers(EXIT_CHAIN, law_book) if granted else (),
        items=persons if granted else (),
        given=(("被执行人", KINDS[given.kind]),),
        steps=tuple(steps),
        notes=(
            "法律没有规定限制出境的最长期间，审批层级和报备期限由本院确认。",
            "履行全部债务的，应当及时解除。",
        ),
        book_hash=law_book.hash,
    )
