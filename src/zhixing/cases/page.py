"""What the case page shows of this room, and the place where rooms above put in theirs.

The room lies below inquiry, control and funds and may not ask them; they register here in `apps.ready`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from zhixing.acts.actors import Actor
from zhixing.acts.models import Entry, EntryKind
from zhixing.cases.clues import kind_title
from zhixing.cases.models import Case, CaseState, Identifier, Node
from zhixing.cases.node_rules import node_law, node_rule, term_words
from zhixing.cases.selectors import identifiers_of, parties_of
from zhixing.kernel.clock import court_date
from zhixing.law.book import book
from zhixing.law.nodes import stage_after, stages
from zhixing.law.terms import deadline
from zhixing.ui.parts import Clock, Stage

BINDING = ("T1", "T2")
STRONG = ("resident_id", "uscc", "passport")


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """The next thing to do. button empty: one waits for somebody else. law: citation keys."""

    title: str
    text: str = ""
    button: str = ""
    href: str = ""
    law: tuple[str, ...] = ()
    due: date | None = None
    tier: str = ""
    by: str = ""
    code: str = ""


@dataclass(slots=True, kw_only=True)
class Viewer:
    """Who looks: the actor, and whether the case is his court's and his own to handle."""

    actor: Actor
    moment: datetime
    is_home: bool
    is_judge: bool

    @property
    def today(self) -> date:
        """The day in court time."""
        return court_date(self.moment)


@dataclass(slots=True, kw_only=True)
class Upper:
    """What rooms above add. sections: template name → context; next: the next act; money: the claim's bar."""

    next: NextAct | None = None
    panes: list[Pane] = field(default_factory=list)
    money: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    @property
    def has_lead(self) -> bool:
        """Whether a pane stands before the history."""
        return any(pane.leads for pane in self.panes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pane:
    """One tab of the case page. leads: it stands first and is open."""

    key: str
    title: str
    count: str
    template: str
    data: Any
    leads: bool = False


_providers: list[Callable[[Case, Viewer], Upper]] = []


def register_upper(provider: Callable[[Case, Viewer], Upper]) -> None:
    """The room that knows all others tells the rest of the page."""
    _providers[:] = [provider]


def upper_of(case: Case, viewer: Viewer) -> Upper:
    """What rooms above add; nothing when none is registered."""
    return _providers[0](case, viewer) if _providers else Upper()


def case_clocks(case: Case, *, today: date) -> list[Clock]:
    """The court's term and the applicant's right to go to the court above."""
    kind = book().at(case.docketed_on).row("case_types", case.type_code)
    term = deadline(case.docketed_on, getattr(kind, "case_term", None) or "case.money")
    right = deadline(case.received_on, "case.creditor_right")
    until = case.closed_on or today
    return [
        Clock(
            label="执行期限", start=case.docketed_on, end=term.due, today=until, tier=term.tier, warn_days=15
        ),
        Clock(
            label="申请执行人六个月",
            start=case.received_on,
            end=right.due,
            today=until,
            tier="T3",
            warn_days=15,
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """One node of the list."""

    title: str
    stage: str
    opened_on: date
    due_on: date | None
    closed_on: date | None
    tier: str
    law: str
    words: str

    @property
    def was_late(self) -> bool:
        """Done after its last day."""
        return bool(self.closed_on and self.due_on and self.closed_on > self.due_on and self.tier in BINDING)


def node_rows(nodes: Sequence[Node]) -> list[NodeRow]:
    """Nodes that have opened, as the list shows them."""
    titles = {stage.code: stage.title for stage in stages()}
    return [_node(node, titles) for node in nodes]


def _node(node: Node, titles: dict[str, str]) -> NodeRow:
    rule = node_rule(node.code)
    return NodeRow(
        title=rule.title,
        stage=titles[rule.stage],
        opened_on=node.opened_on,
        due_on=node.due_on,
        closed_on=node.closed_on,
        tier=node.tier,
        law=node_law(node.code),
        words=term_words(node.code, node.opened_on),
    )


def stage_line(case: Case, opened: Sequence[Node], *, today: date) -> list[Stage]:
    """The nine stops with the days between them. One statement."""
    first = _first_days(case.pk)
    line, reached = list(stages()), stage_after(first)
    here = next(no for no, stage in enumerate(line) if stage.code == reached)
    nodes = {stage.code: [] for stage in line}
    for node in opened:
        nodes[node_rule(node.code).stage].append(node)
    found, before = [], None
    for no, stage in enumerate(line):
        days = [first[act] for act in stage.entered_by if act in first]
        entered = min(days) if days else None
        is_done = no < here or case.state != CaseState.OPEN
        found.append(
            Stage(
                name=stage.title,
                state="done" if is_done else "now" if no == here else "next",
                flag=_flag(nodes[stage.code], today),
                day=_stage_day(
                    entered,
                    nodes[stage.code],
                    is_now=no == here and not is_done,
                    is_next=no > here and not is_done,
                    today=today,
                ),
                leg=f"{(entered - before).days} 天"
                if entered and before and entered >= before and no <= here
                else "",
            )
        )
        before = entered or before
    return found


def _first_days(case_id: int) -> dict[str, date]:
    """First day of each act that took effect."""
    days: dict[str, date] = {}
    for code, moment in (
        Entry.objects.filter(chain=case_id, kind=EntryKind.EFFECT)
        .order_by("seq")
        .values_list("code", "moment")
    ):
        days.setdefault(code, court_date(moment))
    return days


def _flag(nodes: Sequence[Node], today: date) -> Literal["", "late", "latedone"]:
    binding = [node for node in nodes if node.due_on and node.tier in BINDING]
    if any(node.closed_on is None and node.due_on < today for node in binding):
        return "late"
    return "latedone" if any(node.closed_on and node.closed_on > node.due_on for node in binding) else ""


def _stage_day(
    entered: date | None, nodes: Sequence[Node], *, is_now: bool, is_next: bool, today: date
) -> str:
    """Words under a stop."""
    if is_next:
        due = min((node.due_on for node in nodes if node.closed_on is None and node.due_on), default=None)
        return f"{due.month}月{due.day}日前" if due else ""
    if entered is None:
        return ""
    words = (
        f"{entered.month}月{entered.day}日"
        if entered.year == today.year
        else f"{entered.year}年{entered.month}月{entered.day}日"
    )
    if not is_now:
        return words
    days = (today - entered).days
    return f"{words}起 {days} 天" if days else f"{words} 今日"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """A party with its masked identity number."""

    party: Any
    masked: str
    checked: bool
    identifiers: list[tuple[str, Identifier]]


def party_rows(case_id: int) -> list[PartyRow]:
    """Parties with their identifiers, masked. Two statements."""
    marks = list(identifiers_of(case_id))
    rows = []
    for party in parties_of(case_id):
        own = [mark for mark in marks if mark.party_id == party.pk]
        strong = next(
            (mark for kind in STRONG for mark in own if mark.kind == kind and mark.state == "confirmed"), None
        )
        rows.append(
            PartyRow(
                party=party,
                masked=strong.masked if strong else "",
                checked=bool(strong and strong.check_ok),
                identifiers=[(kind_title(mark.kind), mark) for mark in own],
            )
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another case in sight with the same person."""

    case: Case
    name: str
    role: str


def related_cases(case: Case, *, limit: int = 6) -> list[Related]:
    """Cases that share a confirmed strong identifier with this one, newest first. One statement."""
    own = Identifier.objects.filter(case=case, state="confirmed", kind__in=STRONG).values("value_index")
    rows = (
        Identifier.objects.filter(value_index__in=own, state="confirmed", kind__in=STRONG)
        .exclude(case=case)
        .exclude(party=None)
        .select_related("case", "case__court", "party")
        .order_by("-case__docketed_on", "-case_id", "id")
    )
    found: dict[int, Related] = {}
    for row in rows[: limit * 4]:
        found.setdefault(
            row.case_id, Related(case=row.case, name=row.party.name, role=row.party.get_role_display())
        )
    return list(found.values())[:limit]
