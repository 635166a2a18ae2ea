"""What the hall shows, put together from the selectors: numbers, tiles, charts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from zhixing.acts.registry import act
from zhixing.cases.models import Case, CaseState
from zhixing.command import selectors
from zhixing.command.stages import StageSpan, stage_spans
from zhixing.courts.models import Court
from zhixing.funds.models import Reason
from zhixing.kernel.clock import court_date
from zhixing.law.book import book

# Shares of late cases at which a tile changes its colour; shown in the legend, never used to rank.
LATE_STEPS = (Decimal("0.005"), Decimal("0.01"), Decimal("0.02"))


def level_of(open_cases: int, late: int) -> int:
    """Colour step 0…3 of a court by the share of its cases with a late node."""
    share = Decimal(late) / open_cases if open_cases else Decimal(0)
    return sum(share > step for step in LATE_STEPS)


def wan(amount: Decimal) -> str:
    """Ten-thousands of yuan with separators."""
    return f"{amount / 10000:,.2f}"


def numbers_of(court: Court, *, moment: datetime) -> dict[str, str]:
    """Live numbers by name."""
    k = selectors.kpis_of(court, day=court_date(moment), moment=moment)
    return {
        "open": f"{k.open:,}",
        "docketed": f"{k.docketed:,}",
        "closed": f"{k.closed:,}",
        "late": f"{k.late:,}",
        "warned": f"{k.warned:,}",
        "inflight": f"{k.inflight:,}",
        "overdue": f"{k.overdue_answers:,}",
        "controlled": wan(k.controlled),
        "measures": f"{k.measures:,}",
        "received": wan(k.received),
        "paid": wan(k.paid),
    }


def charts_of(court: Court, *, day: date, tiles: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Charts by the id of their JSON."""
    return {
        "d-flow": _flow(court, day),
        "d-expiry": _expiry(court, day),
        "d-heat": _heat(court, day, tiles),
        "d-tree": {
            "items": [
                {
                    "name": short,
                    "value": open_cases,
                    "note": f"超期 {late}",
                    "level": level_of(open_cases, late),
                    "href": _link(court, key),
                }
                for key, short, _, open_cases, late in tiles
                if open_cases
            ]
        },
    }


def tile_lines(court: Court, tiles: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Tiles as the page draws them; the court's own cases come first under 本院."""
    return [
        {
            "href": _link(court, key),
            "short": "本院" if key == court.key else short,
            "name": name,
            "open": open_cases,
            "late": late,
            "level": level_of(open_cases, late),
        }
        for key, short, name, open_cases, late in tiles
    ]


def _link(court: Court, key: int) -> str:
    return f"{reverse('command:overview')}?court={key}" + ("&own=1" if key == court.key else "")


def _flow(court: Court, day: date) -> dict[str, Any]:
    rows = selectors.flow_of(court, day=day)
    return {
        "x": [f"{row[0].month}-{row[0].day}" for row in rows],
        "series": [
            {"name": "立案", "values": [row[1] for row in rows], "tone": "ink", "area": True},
            {"name": "结案", "values": [row[2] for row in rows], "tone": "brass"},
        ],
    }


def _expiry(court: Court, day: date) -> dict[str, Any]:
    ladder = sorted(book().at(day).value("control.alert_ladder"))
    rows = selectors.expiry_of(court, day=day, ladder=list(ladder))
    return {
        "y": [f"{row[0]} 日内" for row in rows],
        "series": [{"name": "件", "values": [row[1] for row in rows], "tone": "ink2"}],
        "totals": [f"{row[1]}　{wan(row[2])} 万元" for row in rows],
    }


def _heat(court: Court, day: date, tiles: list[tuple[Any, ...]]) -> dict[str, Any]:
    nodes = [node for node in book().at(day).nodes() if not node.later]
    courts = [(key, short) for key, short, *_ in tiles] or [(court.key, court.short)]
    found = {(key, code): (late, warned) for key, code, late, warned in selectors.heat_of(court, day=day)}
    cells = []
    for x, node in enumerate(nodes):
        for y, (key, _) in enumerate(courts):
            late, warned = found.get((key, node.code), (0, 0))
            count, kind = (late, "red") if late else (warned, "amber")
            cells.append([x, y, min(4, count), kind, f"{'超期' if late else '预警'} {count} 件"])
    return {
        "titles": [node.title for node in nodes],
        "x": [node.title[:6] for node in nodes],
        "cells": cells,
        "y": ["本院" if key == court.key and len(courts) > 1 else short for key, short in courts],
    }


def tables_of(charts: dict[str, Any]) -> dict[str, Any]:
    """The same figures in words, for the tables behind the charts."""
    flow, expiry, heat = charts["d-flow"], charts["d-expiry"], charts["d-heat"]
    return {
        "flow": list(zip(flow["x"], *(series["values"] for series in flow["series"]), strict=True)),
        "expiry": list(zip(expiry["y"], expiry["totals"], strict=True)),
        "heat": [(heat["y"][y], heat["titles"][x], words) for x, y, step, _, words in heat["cells"] if step],
    }


def money_lines(court: Court, *, day: date) -> list[dict[str, Any]]:
    """Today's money by what happened to it, in the order of its road."""
    found = {reason: (count, amount) for reason, count, amount in selectors.money_of(court, day=day)}
    return [
        {
            "title": reason.label,
            "count": found.get(reason.value, (0, 0))[0],
            "amount": found.get(reason.value, (0, Decimal(0)))[1],
        }
        for reason in Reason
    ]


def feed_lines(court: Court, *, day: date) -> list[dict[str, Any]]:
    """Latest acts in words; titles and case numbers only."""
    return [
        {"moment": moment, "title": _title(code), "court": short, "case_id": case_id, "number": number}
        for moment, code, short, case_id, number in selectors.feed_of(court, day=day)
    ]


def case_lines(court: Court, *, day: date, page: int, size: int) -> list[dict[str, Any]]:
    """Which step each case is at, how long each step took, and who holds it. One statement."""
    rows = selectors.cases_page(court, day=day, limit=size, offset=(page - 1) * size)
    lines = []
    for pk, number, cause, state, docketed, closed, handler, first_done, last, late in rows:
        days = {code: court_date(datetime.fromisoformat(text)) for code, text in (first_done or {}).items()}
        spans = stage_spans(days, until=closed or day, is_open=state == "open")
        lines.append(
            {
                "id": pk,
                "number": number,
                "cause": cause,
                "state": state,
                "docketed_on": docketed,
                "handler": handler or "未分案",
                "stage": spans[-1].title if spans else "—",
                "spans": spans,
                "late": late,
                "quiet_days": (day - court_date(last)).days if last else None,
            }
        )
    return lines


def spans_of(case: Case, *, day: date) -> list[StageSpan]:
    """How long each stage of one case took."""
    first_done: dict[str, date] = {}
    for _, moment, code in selectors.moves_of(case.pk):
        first_done.setdefault(code, court_date(moment))
    return stage_spans(first_done, until=case.closed_on or day, is_open=case.state == CaseState.OPEN)


def moves(case_id: int) -> list[dict[str, Any]]:
    """Acts of one case with the days since the one before."""
    lines, before = [], None
    for seq, moment, code in selectors.moves_of(case_id):
        lines.append(
            {
                "seq": seq,
                "moment": moment,
                "title": _title(code),
                "days": (moment - before).days if before else None,
            }
        )
        before = moment
    return lines


def _title(code: str) -> str:
    try:
        return act(code).title
    except KeyError:
        return code
