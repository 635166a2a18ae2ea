"""What the page of leads shows: forms for facts, time line, graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zhixing.cases.models import Case
from zhixing.inquiry.domain.evasion.reading import DEALING_KINDS
from zhixing.inquiry.domain.evasion.relations import CLOSE
from zhixing.inquiry.evasion import LeadLine
from zhixing.inquiry.evasion_source import DAYS, material_words
from zhixing.inquiry.models import Flow, Material
from zhixing.platform.crypto import unseal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One input of the form: kind is text, date, money, number, check or select."""

    name: str
    label: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""


TOPICS = {
    "dealings": "交易、处分",
    "ties": "人物关系",
    "people": "人员证件",
    "accounts": "账户",
    "cases": "关键日期",
}
_BOXES: Mapping[str, tuple[Box, ...]] = {
    "dealings": (
        Box(name="kind", label="行为", kind="select", choices=tuple(DEALING_KINDS.items())), Box(name="on", label="日期", kind="date"),
        Box(name="debtor", label="被执行人"), Box(name="other", label="相对人"), Box(name="label", label="标的、合同"),
        Box(name="price", label="价款（元）", kind="money"), Box(name="market", label="市场价（元）", kind="money"),
        Box(name="assumed", label="受让人承担的债务（元）", kind="money"), Box(name="paid", label="另有凭证的付款（元）", kind="money"),
        Box(name="years", label="租期（年）", kind="number"), Box(name="signed_on", label="合同载明日期", kind="date"),
        Box(name="occupied_on", label="实际占有最早凭证", kind="date"), Box(name="due_on", label="出资期限", kind="date"),
        Box(name="kept", label="分割后债务人所占比例，如 0.3"), Box(name="no_flow", label="没有相应资金往来", kind="check"),
        Box(name="at_once", label="即时达成调解、裁决", kind="check"), Box(name="is_public", label="司法或者公开拍卖", kind="check"),
        Box(name="is_settled", label="卷内有材料说明正当理由", kind="check"),
    ),
    "ties": (
        Box(name="a", label="一方"), Box(name="b", label="另一方"), Box(name="kind", label="关系", kind="select", choices=tuple(CLOSE.items())),
        Box(name="since", label="自", kind="date"), Box(name="until", label="至", kind="date"),
    ),
    "people": (
        Box(name="who", label="在本案中的称呼"), Box(name="name", label="姓名或者名称"), Box(name="id_no", label="证件号码"),
        Box(name="kind", label="类别", kind="select", choices=(("person", "自然人"), ("company", "单位"))),
    ),
    "accounts": (
        Box(name="account", label="账号"), Box(name="owner", label="户主"), Box(name="opened", label="开户日", kind="date"),
        Box(name="purpose", label="账户性质"), Box(name="is_declared", label="已报告", kind="check"),
    ),
    "cases": (
        Box(name="debt_on", label="债务发生", kind="date"), Box(name="sued_on", label="起诉", kind="date"), Box(name="judged_on", label="裁判", kind="date"),
        Box(name="sealed_on", label="查封、冻结", kind="date"), Box(name="restricted_on", label="限制消费", kind="date"),
        Box(name="bankruptcy_on", label="受理破产申请", kind="date"),
    ),
}  # fmt: skip


def boxes_of(topic: str, entered: Mapping[str, Any] | None = None) -> list[Box]:
    """Inputs of a topic with what was entered."""
    entered = entered or {}
    return [replace(box, value=str(entered.get(box.name, ""))) for box in _BOXES[topic]]


def detail_posted(topic: str, posted: Mapping[str, str]) -> dict[str, Any]:
    """Posted texts as values; empty ones are left out."""
    told: dict[str, Any] = {}
    for box in _BOXES[topic]:
        text = posted.get(box.name, "").strip()
        if not text:
            continue
        told[box.name] = True if box.kind == "check" else int(text) if box.kind == "number" and text.isascii() and text.isdigit() else text  # fmt: skip
    return told


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine:
    """One fact for the list."""

    id: int
    topic: str
    words: str
    source: str
    row: Material


def material_lines(case: Case) -> list[MaterialLine]:
    """Facts in force, newest first. One statement."""
    lines = []
    for row in Material.objects.filter(case=case, withdrawn_at=None).order_by("-pk"):
        told = json.loads(unseal_text(case.subject, row.detail_sealed))
        if row.topic == DAYS:
            names = {box.name: box.label for box in _BOXES["cases"]}
            words = "，".join(f"{names.get(name, name)} {day}" for name, day in told.items())
        else:
            words = material_words(row.topic, _plain(told))
        lines.append(MaterialLine(id=row.pk, topic=TOPICS.get(row.topic, "控制"), words=words,
                                  source=unseal_text(case.subject, row.source_sealed), row=row))  # fmt: skip
    return lines


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    """Amounts in cents, as the words want them."""
    price = told.get("price")
    try:
        return told | ({"price": round(float(price) * 100)} if price else {"price": None})
    except (TypeError, ValueError):
        return told | {"price": None}


def statement_counts(case: Case) -> tuple[int, int]:
    """Booked lines that were read, and those set apart."""
    rows = Flow.objects.filter(case_id=case.pk, is_current=True)
    apart = rows.exclude(fault="").count()
    return rows.count() - apart, apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of the time line; a key day of the case, or a lead."""

    on: date
    words: str
    is_key: bool
    lead: int = 0


def time_line(days: Mapping[str, date | None], lines: list[LeadLine]) -> list[Moment]:
    """Key days and leads by day; key days first on the same day."""
    names = {box.name: box.label for box in _BOXES["cases"]} | {
        "notice_on": "收到执行通知",
        "docketed_on": "执行立案",
    }
    told = [
        Moment(on=day, words=names[name], is_key=True) for name, day in days.items() if day and name in names
    ]
    told += [
        Moment(on=line.lead.on, words=f"{line.title}　{line.other}", is_key=False, lead=line.lead.pk)
        for line in lines
        if line.lead.on
    ]
    return sorted(told, key=lambda item: (item.on, not item.is_key, item.lead))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A person or company; x, y in units of the drawing."""

    name: str
    x: int
    y: int
    is_debtor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A lead between two nodes, with its label in the middle."""

    x1: int
    y1: int
    x2: int
    y2: int
    label: str
    kind: str

    @property
    def lx(self) -> int:
        """Middle, a third towards the debtor, so that labels of one debtor do not meet."""
        return (2 * self.x1 + 3 * self.x2) // 5

    @property
    def ly(self) -> int:
        """Above the line."""
        return (2 * self.y1 + 3 * self.y2) // 5 - 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Debtors on the left, others on the right; the list of leads says the same in words."""

    nodes: list[Node]
    edges: list[Edge]
    width: int
    height: int


_ROW, _LEFT, _RIGHT, _WIDTH = 56, 90, 550, 640


def graph_of(lines: list[LeadLine]) -> Graph | None:
    """The graph of leads that have another side; None when there is none."""
    told = [line for line in lines if line.other and line.debtor]
    if not told:
        return None
    debtors = list(dict.fromkeys(line.debtor for line in told))
    others = [name for name in dict.fromkeys(line.other for line in told) if name not in debtors]
    height = max(len(debtors), len(others), 1) * _ROW + 20
    nodes = {
        name: Node(name=name, x=x, y=(place * 2 + 1) * height // (2 * len(column)), is_debtor=is_debtor)
        for column, x, is_debtor in ((debtors, _LEFT, True), (others, _RIGHT, False))
        for place, name in enumerate(column)
    }
    counted: dict[tuple[str, str], list[LeadLine]] = {}
    for line in told:
        counted.setdefault((line.debtor, line.other), []).append(line)
    edges = [
        Edge(x1=nodes[a].x, y1=nodes[a].y, x2=nodes[b].x, y2=nodes[b].y, kind=_strongest(group),
             label="、".join(dict.fromkeys(one.lead.code for one in group)))
        for (a, b), group in counted.items()
    ]  # fmt: skip
    return Graph(nodes=list(nodes.values()), edges=edges, width=_WIDTH, height=height)


def _strongest(group: list[LeadLine]) -> str:
    told = {one.lead.strength for one in group}
    return next(kind for kind in ("strong", "medium", "unclear") if kind in told)
