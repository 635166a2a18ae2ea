"""The lists of the hall and of one case: money, feed, stages, cases, movement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F

from zhixing.acts.registry import act
from zhixing.cases.models import Case, CaseState
from zhixing.command import selectors
from zhixing.command.stages import StageSpan, stage_spans
from zhixing.courts.models import Court
from zhixing.funds.models import Reason
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.law.nodes import stages
from zhixing.ui.parts import BarPart


def money_lines(court: Court, *, day: date) -> list[dict[str, Any]]:
    """Today's money by what happened to it, in the order of its road."""
    found = {reason: (count, amount) for reason, count, amount in selectors.money_of(court, day=day)}
    return [
        {
            "title": reason.label,
            "count": found[reason.value][0],
            "amount": found[reason.value][1],
        }
        for reason in Reason
        if reason.value in found
    ]


def feed_lines(court: Court, *, day: date) -> list[dict[str, Any]]:
    """Latest acts in words; titles and case numbers only."""
    return [
        {"moment": moment, "title": _title(code), "court": short, "case_id": case_id, "number": number}
        for moment, code, short, case_id, number in selectors.feed_of(court, day=day)
    ]


def stage_lines(court: Court, *, day: date, link: str = "") -> list[dict[str, Any]]:
    """Open cases by the stage they stand at, all nine in order. link: address to which `&stage=code` is added, or nothing."""
    found = {
        rank: (count, median, longest) for rank, count, median, longest in selectors.stages_of(court, day=day)
    }
    most = max((row[0] for row in found.values()), default=0)
    lines = []
    for stage in stages():
        count, median, longest = found.get(stage.order, (0, None, None))
        lines.append(
            {
                "code": stage.code,
                "title": stage.title,
                "count": count,
                "median": median,
                "longest": longest,
                "most": most,
                "parts": (BarPart(value=count, kind="c-all", label=stage.title),) if count else (),
                "href": f"{link}&stage={stage.code}" if link and count else "",
            }
        )
    return lines


def case_lines(
    court: Court, *, day: date, page: int, size: int, rank: int | None = None
) -> list[dict[str, Any]]:
    """Which step each case is at, how long each step took, and who holds it. One statement.

    `scale` is the longest case of the page in days, so that the bars of one page can be compared.
    """
    rows = selectors.cases_page(court, day=day, limit=size, offset=(page - 1) * size, rank=rank)
    lines = []
    for pk, number, cause, state, docketed, closed, handler, first_done, last, late in rows:
        days = {code: court_date(datetime.fromisoformat(text)) for code, text in (first_done or {}).items()}
        spans = stage_spans(days, until=closed or day, is_open=state == CaseState.OPEN)
        lines.append(
            {
                "id": pk,
                "number": number,
                "cause": cause,
                "state": state,
                "docketed_on": docketed,
                "handler": handler,
                "now": spans[-1] if spans else None,
                "spans": spans,
                "parts": span_parts(spans, is_late=bool(late)),
                "total": sum(span.days for span in spans),
                "words": "，".join(f"{span.title} {span.days} 天" for span in spans),
                "late": late,
                "quiet_days": (day - court_date(last)).days if last else None,
            }
        )
    scale = max((line["total"] for line in lines), default=0)
    return [line | {"scale": max(scale, 1)} for line in lines]


def span_parts(spans: Sequence[StageSpan], *, is_late: bool) -> tuple[BarPart, ...]:
    """A piece per stage that took time; the one where the case stands has its own colour, red when a term has passed."""
    here = "c-late" if is_late else "c-now"
    return tuple(
        BarPart(value=span.days, kind=here if span.is_now else f"c-{no % 3}", label=span.title)
        for no, span in enumerate(spans)
        if span.days
    )


def track_of(case: Case, *, day: date) -> list[dict[str, Any]]:
    """All nine stages of one case: passed with days, where it stands, still to come."""
    spans = {span.code: span for span in spans_of(case, day=day)}
    most = max((span.days for span in spans.values()), default=0)
    last = max((stage.order for stage in stages() if stage.code in spans), default=0)
    lines = []
    for stage in stages():
        span = spans.get(stage.code)
        state = "next" if stage.order > last else "skip" if span is None else "now" if span.is_now else "done"
        lines.append(
            {
                "title": stage.title,
                "state": state,
                "span": span,
                "most": max(most, 1),
                "parts": (BarPart(value=span.days, kind="c-now" if span.is_now else "c-all", label=""),)
                if span and span.days
                else (),
            }
        )
    return lines


def waiting(case: Case) -> list[dict[str, Any]]:
    """Open nodes of an open case, the earliest last day first; nodes without a term come last. One statement."""
    if case.state != CaseState.OPEN:
        return []
    rows = case.nodes.filter(closed_on=None).order_by(F("due_on").asc(nulls_last=True), "code")
    titles = {node.code: node.title for node in book().at(date.max).nodes()}
    return [{"title": titles.get(row.code, row.code), "due_on": row.due_on, "tier": row.tier} for row in rows]


def spans_of(case: Case, *, day: date) -> list[StageSpan]:
    """How long each stage of one case took."""
    first_done: dict[str, date] = {}
    for _, moment, code in selectors.moves_of(case.pk):
        first_done.setdefault(code, court_date(moment))
    return stage_spans(first_done, until=case.closed_on or day, is_open=case.state == CaseState.OPEN)


def moves(case_id: int) -> list[dict[str, Any]]:
    """What was done in one case, newest first. The same thing done again on the same day is one line with a count.

    days: court days since the line before; None for the first one.
    """
    lines: list[dict[str, Any]] = []
    for seq, moment, code in selectors.moves_of(case_id):
        day = court_date(moment)
        if lines and lines[-1]["code"] == code and lines[-1]["day"] == day:
            lines[-1] |= {"seq": seq, "moment": moment, "times": lines[-1]["times"] + 1}
            continue
        days = max(0, (day - lines[-1]["day"]).days) if lines else None
        lines.append(
            {
                "seq": seq,
                "moment": moment,
                "code": code,
                "title": _title(code),
                "day": day,
                "times": 1,
                "days": days,
            }
        )
    return lines[::-1]


def _title(code: str) -> str:
    try:
        return act(code).title
    except KeyError:
        return "已停用的事项"
