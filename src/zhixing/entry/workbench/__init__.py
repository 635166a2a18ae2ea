"""The workbench: everything that waits for one person today, by kind of event."""

from __future__ import annotations

from dataclasses import dataclass, replace

from zhixing.entry.workbench import events, nodes, side
from zhixing.entry.workbench.rows import KINDS, Person, Row
from zhixing.ui.parts import BarPart, TwoClocks

__all__ = ["KINDS", "Bench", "Group", "Person", "Row", "bench_of"]


# All kinds stay in sight at once: of each only the most urgent lines are drawn, the rest is one click away.
BRIEF = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lines of one kind. tail: a word about what is not counted here; limit: how many lines are drawn, None = all."""

    kind: str
    title: str
    rows: list[Row]
    tail: str = ""
    limit: int | None = None

    @property
    def shown(self) -> list[Row]:
        """The lines that are drawn. One left-over line is drawn too: a link would take the same room."""
        return (
            self.rows if self.limit is None or len(self.rows) <= self.limit + 1 else self.rows[: self.limit]
        )

    @property
    def hidden(self) -> int:
        """Lines that are not drawn."""
        return len(self.rows) - len(self.shown)

    @property
    def hidden_late(self) -> int:
        """Late lines among those."""
        return sum(row.urgency == 0 for row in self.rows[len(self.shown) :])

    def brief(self) -> Group:
        """The same with only its most urgent lines drawn."""
        return replace(self, limit=BRIEF)


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


def kinds_for(person: Person) -> list[tuple[str, str]]:
    """Kinds in the order of the page: who approves for a whole court sees first what waits for his decision."""
    kinds = list(KINDS.items())
    return sorted(kinds, key=lambda kind: kind[0] != "approval") if person.court_wide else kinds


def bench_of(person: Person) -> Bench:
    """Read everything; a constant number of statements."""
    due, more_due = nodes.node_lines(person)
    ending, later = events.measure_lines(person)
    lines = {
        "node": due,
        "back": [
            *events.packet_lines(person),
            *events.repeat_lines(person),
            *events.receipt_lines(person),
        ],
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
        for kind, title in kinds_for(person)
    ]
    return Bench(
        groups=groups, clocks=side.clocks(person), parts=parts, open_cases=total, team=side.team(person)
    )
