"""The workbench: everything that waits for one person today, by kind of event."""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.entry.workbench import events, nodes, side
from zhixing.entry.workbench.rows import KINDS, Person, Row
from zhixing.ui.parts import BarPart, TwoClocks

__all__ = ["KINDS", "Bench", "Group", "Person", "Row", "bench_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines of one kind. more: what is left out here. tail: a word about it."""

    kind: str
    title: str
    rows: list[Row]
    tail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The whole page. late, today, warn: lines by urgency."""

    groups: list[Group]
    clocks: list[TwoClocks]
    parts: list[BarPart]
    open_cases: int
    team: list[side.Member]

    @property
    def rows(self) -> list[Row]:
        """All lines in order."""
        return [row for group in self.groups for row in group.rows]

    def counted(self, urgency: int) -> int:
        """Lines of one urgency."""
        return sum(row.urgency == urgency for row in self.rows)


def bench_of(person: Person) -> Bench:
    """Read everything; a constant number of statements."""
    due, more_due = nodes.node_lines(person)
    ending, later = events.measure_lines(person)
    lines = {
        "node": due,
        "back": [*events.packet_lines(person), *events.receipt_lines(person)],
        "approval": events.approval_lines(person),
        "measure": ending,
        "funds": events.funds_lines(person),
    }
    tails = {
        "node": f"另有 {more_due} 项" if more_due else "",
        "measure": f"60 日内另有 {later} 项" if later else "",
    }
    parts, total = side.stage_bar(person)
    groups = [
        Group(
            kind=kind,
            title=title,
            rows=sorted(lines[kind], key=lambda r: (r.urgency, r.order)),
            tail=tails.get(kind, ""),
        )
        for kind, title in KINDS.items()
    ]
    return Bench(
        groups=groups, clocks=side.clocks(person), parts=parts, open_cases=total, team=side.team(person)
    )
