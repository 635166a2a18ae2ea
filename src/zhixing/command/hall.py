"""What the hall shows, put together from the selectors: numbers, tiles, charts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from zhixing.command import selectors
from zhixing.courts.models import Court
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book

# Shares of late cases at which a tile changes its colour; shown in the legend, never used to rank.
LATE_STEPS = (Decimal("0.005"), Decimal("0.01"), Decimal("0.02"))
# Names of nodes short enough for the foot of a chart; the full title stands in the table behind it.
NODE_SHORT = {
    "N01": "立案审查",
    "N02": "移送执行",
    "N03": "分案",
    "N04": "承办接收",
    "N05": "执行通知",
    "N06": "报告令",
    "N07": "征集线索",
    "N08": "送达",
    "N09": "财产报告",
    "N10": "发起查控",
    "N11": "反馈分析",
    "N12": "线上控制",
    "N16": "续行控制",
    "N32": "案款认领",
    "N34": "案款发放",
    "N37": "结案归档",
}


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
        "at": f"{moment.astimezone(COURT_ZONE):%H:%M}",
    }


def charts_of(court: Court, *, day: date, tiles: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Charts by the id of their JSON."""
    return {
        "d-flow": _flow(court, day),
        "d-expiry": _expiry(court, day),
        "d-heat": _heat(court, day, tiles),
        "d-tree": _tree(court, day),
    }


def _tree_label(percent: int) -> dict[str, Any]:
    """What fits into a field that takes so much of the chart."""
    if percent >= 8:
        return {}
    return {"show": percent >= 3, "formatter": "{b}\n{c}", "fontSize": 13, "padding": 0, "overflow": "break"}


def _tree(court: Court, day: date) -> dict[str, Any]:
    """Area by open cases. A small field shows less, the smallest nothing; its tooltip names it, and the tiles do."""
    rows = selectors.leaves_of(court, day=day)
    total = sum(row[2] for row in rows)
    return {
        "items": [
            {
                "name": short,
                "value": open_cases,
                "note": f"超期 {late}",
                "level": level_of(open_cases, late),
                "href": _link(court, key),
                "label": _tree_label(open_cases * 100 // total),
            }
            for key, short, open_cases, late in rows
        ]
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
        "x": [f"{row[0].month}月{row[0].day}日" for row in rows],
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
        "series": [{"values": [row[1] for row in rows], "tone": "ink2"}],
        "totals": [f"{row[1]} 件　{wan(row[2])} 万元" if row[1] else "0" for row in rows],
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
        "x": [NODE_SHORT.get(node.code, node.title) for node in nodes],
        "cells": cells,
        "y": ["本院" if key == court.key and len(courts) > 1 else short for key, short in courts],
    }


def tables_of(charts: dict[str, Any]) -> dict[str, Any]:
    """The same figures in words, for the tables behind the charts."""
    flow, expiry, heat = charts["d-flow"], charts["d-expiry"], charts["d-heat"]
    return {
        "flow": list(zip(flow["x"], *(series["values"] for series in flow["series"]), strict=True)),
        "expiry_any": any(expiry["series"][0]["values"]),
        "expiry": list(zip(expiry["y"], expiry["totals"], strict=True)),
        "heat": [(heat["y"][y], heat["titles"][x], words) for x, y, step, _, words in heat["cells"] if step],
    }
