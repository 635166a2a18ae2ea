"""Nodes that are due, joined by the act that closes them: one line a case and act, not one a node."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhixing.acts.models import Draft, DraftState
from zhixing.acts.registry import act
from zhixing.cases.models import CaseState, Node
from zhixing.cases.node_rules import codes_workable, node_act, node_law, node_rule, term_rule, term_words
from zhixing.courts.roles import Role
from zhixing.entry.links import page
from zhixing.entry.workbench.rows import BINDING, HORIZON_DAYS, Person, Row, term_look
from zhixing.inquiry.models import Packet, Request

LIMIT = 60
# Told by their own lines: sealed packets, measures that end, money that waits.
ELSEWHERE = ("N11", "N16", "N32", "N34")
GENERAL = ("cases.assign", "cases.notice", "cases.close")


def node_lines(person: Person) -> tuple[list[Row], int]:
    """Due nodes as lines, most urgent first, and how many more there are. A constant number of statements."""
    nodes = list(_due(person).select_related("case").defer("case__search")[: LIMIT * 3])
    ids = {node.case_id for node in nodes}
    asked = set(Request.objects.filter(case_id__in=ids).values_list("case_id", flat=True))
    packets = dict(Packet.objects.filter(case_id__in=ids).order_by("no").values_list("case_id", "pk"))
    found: dict[tuple[int, str], Row] = {}
    for node in nodes:
        code = node_act(node.code)
        if (
            code is None
            or (node.code == "N10" and node.case_id in asked)
            or not _concerns(person, node, code)
        ):
            continue
        key = (node.case_id, code)
        if key in found:
            found[key] = _joined(found[key], node)
        else:
            found[key] = _line(person, node, code, packets)
    rows = sorted(found.values(), key=lambda row: (row.urgency, row.order, row.number))
    return rows[:LIMIT], max(0, len(rows) - LIMIT)


def _due(person: Person) -> QuerySet[Node]:
    """Open nodes of open cases that end within the horizon, of the cases this person looks at."""
    rows = Node.objects.filter(
        closed_on=None,
        due_on__lte=person.today + timedelta(days=HORIZON_DAYS),
        case__state=CaseState.OPEN,
        court_key=person.staff.court_id,
        code__in=codes_workable(),
    ).exclude(code__in=ELSEWHERE)
    waiting = Draft.objects.filter(
        case_id=OuterRef("case_id"), state=DraftState.PENDING, code="inquiry.request"
    )
    rows = rows.exclude(Q(code="N10") & Exists(waiting)).order_by("due_on", "pk")
    if person.court_wide:
        late = Q(due_on__lte=person.today, tier__in=BINDING)
        return rows.filter(late | Q(case__handler=None))
    mine = Q(case__handler=person.staff) | Q(case__assistant=person.staff) | Q(case__clerk=person.staff)
    return rows.filter(mine | Q(case__handler=None) if person.has(Role.CLERK) else mine)


def _concerns(person: Person, node: Node, code: str) -> bool:
    """Those who can do the act see it; judges and chiefs also see what is late in their cases."""
    if person.actor.roles & set(act(code).drafters):
        return True
    if code == "inquiry.release" and person.has(Role.JUDGE):
        return True
    return (person.court_wide or node.case.handler_id == person.staff.pk) and node.due_on <= person.today


def _joined(row: Row, node: Node) -> Row:
    """A second node that the same act closes."""
    title = node_rule(node.code).title
    if title in row.why or title in row.title:
        return row
    joint = "、" if "；一并办：" in row.why else "；一并办："
    return replace(row, why=f"{row.why}{joint}{title}")


def _line(person: Person, node: Node, code: str, packets: dict[int, Any]) -> Row:
    rule, case = node_rule(node.code), node.case
    button, href = _action(person, node, code, packets)
    since = term_rule(rule.term, node.opened_on).runs_from if rule.term else "起算"
    return Row(
        kind="node",
        title=act(code).title if code in GENERAL else rule.title,
        button=button,
        href=href,
        case_id=case.pk,
        number=case.number,
        parties=case.parties_text,
        why=f"{since} {node.opened_on.month}月{node.opened_on.day}日",
        law=node_law(node.code),
        law_words=term_words(node.code, node.opened_on),
        **term_look(node.due_on, node.tier, person.today),
    )


def _action(person: Person, node: Node, code: str, packets: dict[int, Any]) -> tuple[str, str]:
    """The one thing to press."""
    look = ("打开案件", page("cases:case", node.case_id))
    if code == "inquiry.release":
        return ("选择查询", page("inquiry:new", node.case_id)) if person.has(Role.JUDGE) else look
    if not person.actor.roles & set(act(code).drafters):
        return look
    if code == "inquiry.declare":
        return "登记报告", page("inquiry:declare", node.case_id)
    if code == "control.freeze" and node.case_id in packets:
        return "看控制方案", page("processes:packet", packets[node.case_id]) or look[1]
    words = {"cases.assign": "分案", "cases.notice": "核对并发出"}
    return (words[code], page("cases:act", node.case_id, code)) if code in words else look
