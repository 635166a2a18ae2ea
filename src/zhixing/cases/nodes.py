"""Nodes follow from acts: which act opens, which closes, by when. Nobody types a node in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection

from zhixing.acts.kinds import Act, ActContext
from zhixing.cases.models import Node
from zhixing.law.nodes import nodes_closed_by, nodes_opened_by
from zhixing.law.terms import deadline


def nodes_derive(act: Act, ctx: ActContext, seq: int, result: dict[str, Any]) -> None:
    """After an act took effect: close what it closes, open what it opens. Runs in the act's transaction."""
    if ctx.case is None:
        return
    nodes_write(
        code=act.code,
        case_id=ctx.case.pk,
        court_key=ctx.court_key or ctx.case.court_key,
        day=ctx.today,
        seq=seq,
        due=result.get("node_due", {}),
    )


def nodes_write(*, code: str, case_id: int, court_key: int, day: date, seq: int, due: dict[str, str]) -> None:
    """The derivation itself; also used by the rebuild. `due` overrides a term by a date the act fixed itself."""
    closes = [node.code for node in nodes_closed_by(code)]
    if closes:
        Node.objects.filter(case_id=case_id, code__in=closes, closed_on=None).update(
            closed_on=day, closed_seq=seq
        )
    opens = nodes_opened_by(code)
    if not opens:
        return
    already = set(
        Node.objects.filter(case_id=case_id, code__in=[n.code for n in opens], closed_on=None).values_list(
            "code", flat=True
        )
    )
    Node.objects.bulk_create(
        [
            Node(
                case_id=case_id,
                court_key=court_key,
                code=node.code,
                opened_on=day,
                opened_seq=seq,
                tier=node.tier,
                due_on=_due(node, day, due),
                closed_on=day if code in node.closed_by else None,
                closed_seq=seq if code in node.closed_by else None,
            )
            for node in opens
            if node.code not in already
        ],
        ignore_conflicts=True,
    )


def _due(node: Any, day: date, due: dict[str, str]) -> date | None:
    if node.code in due:
        return date.fromisoformat(due[node.code])
    return deadline(day, node.term).due if node.term else None


def due_from(origin: str, day: date, *, code: str) -> dict[str, str]:
    """Due days of the nodes that an act opens and whose clock began with an earlier event, for `node_due` of its result.

    Args:
        origin: event of the node table, such as APP (receipt of the application).
        day: day of that event.
        code: the act that opens the nodes.
    """
    return {
        node.code: deadline(day, node.term).due.isoformat()
        for node in nodes_opened_by(code)
        if node.origin == origin and node.term
    }


def nodes_rebuild(*, case_id: int | None = None) -> int:
    """Recompute nodes from the journal, all in scope or one case. Returns the number of entries read."""
    import json

    from zhixing.acts.models import Entry, EntryKind
    from zhixing.kernel.clock import court_date

    rows = Entry.objects.filter(kind=EntryKind.EFFECT, chain__gt=0).order_by("chain", "seq")
    if case_id is not None:
        rows = rows.filter(chain=case_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM cases_node WHERE %(case)s::bigint IS NULL OR case_id = %(case)s", {"case": case_id}
        )
    count = 0
    for entry in rows.iterator(chunk_size=2000):
        due = json.loads(entry.body).get("result", {}).get("node_due", {})
        nodes_write(
            code=entry.code,
            case_id=entry.chain,
            court_key=entry.court_key,
            day=court_date(entry.moment),
            seq=entry.seq,
            due=due,
        )
        count += 1
    return count
