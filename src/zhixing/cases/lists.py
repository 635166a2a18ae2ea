"""The case list: filters, counts, stage of each case. A constant number of statements whatever the length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhixing.acts.models import Entry, EntryKind
from zhixing.cases.models import Case, CaseState, Node
from zhixing.cases.node_rules import codes_workable, node_rule
from zhixing.cases.selectors import cases_visible
from zhixing.courts.models import Staff
from zhixing.law.nodes import stage_after, stages
from zhixing.law.terms import deadline

BINDING = ("T1", "T2")
STATES = {"open": "在办", "late": "有超期", "closed": "已结", "archived": "已归档", "": "全部"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked for. state: key of STATES. stage: stage code or empty. handler: staff id or None."""

    text: str = ""
    state: str = "open"
    stage: str = ""
    handler: int | None = None
    court_key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of the list. due, tier: the nearest open node; None when no term runs."""

    case: Case
    stage: str
    due: date | None
    due_title: str
    tier: str
    term_end: date


def cases_filtered(filters: Filters, *, today: date) -> QuerySet[Case]:
    """Cases in scope that fit, newest first."""
    rows = cases_visible(text=filters.text, court_key=filters.court_key)
    if filters.handler is not None:
        rows = rows.filter(
            Q(handler_id=filters.handler) | Q(assistant_id=filters.handler) | Q(clerk_id=filters.handler)
        )
    rows = _in_state(rows, filters.state, today)
    return _in_stage(rows, filters.stage) if filters.stage else rows


def state_counts(filters: Filters, *, today: date) -> dict[str, int]:
    """Cases per segment, for the same text and person. One statement."""
    bare = cases_filtered(
        Filters(
            text=filters.text,
            state="",
            stage=filters.stage,
            handler=filters.handler,
            court_key=filters.court_key,
        ),
        today=today,
    )
    late = Exists(_late(today).filter(case=OuterRef("pk")))
    found = bare.order_by().aggregate(
        open=Count("pk", filter=Q(state=CaseState.OPEN)),
        closed=Count("pk", filter=Q(state=CaseState.CLOSED)),
        archived=Count("pk", filter=Q(state=CaseState.ARCHIVED)),
        all=Count("pk"),
        late=Count("pk", filter=Q(late, state=CaseState.OPEN)),
    )
    return {code: found[code or "all"] for code in STATES}


def case_rows(cases: Sequence[Case]) -> list[CaseRow]:
    """Lines for these cases: stage from the journal, nearest node. Two statements."""
    ids = [case.pk for case in cases]
    done = acts_done(ids)
    nearest: dict[int, Node] = {}
    for node in (
        Node.objects.filter(case_id__in=ids, code__in=codes_workable(), closed_on=None)
        .exclude(due_on=None)
        .order_by("-due_on", "-id")
    ):
        nearest[node.case_id] = node
    return [_row(case, done.get(case.pk, set()), nearest.get(case.pk)) for case in cases]


def _row(case: Case, done: set[str], node: Node | None) -> CaseRow:
    is_open = case.state == CaseState.OPEN
    return CaseRow(
        case=case,
        stage=stage_title(stage_after(done)) if is_open else str(CaseState(case.state).label),
        due=node.due_on if node and is_open else None,
        due_title=node_title(node.code) if node else "",
        tier=node.tier if node else "",
        term_end=deadline(case.docketed_on, "case.money").due,
    )


def acts_done(case_ids: Iterable[int]) -> dict[int, set[str]]:
    """Codes of the acts that took effect, per case. One statement."""
    done: dict[int, set[str]] = {}
    rows = (
        Entry.objects.filter(chain__in=list(case_ids), kind=EntryKind.EFFECT)
        .values_list("chain", "code")
        .distinct()
    )
    for chain, code in rows:
        done.setdefault(chain, set()).add(code)
    return done


def stage_title(code: str) -> str:
    """Name of a stage."""
    return next(stage.title for stage in stages() if stage.code == code)


def node_title(code: str) -> str:
    """Name of a node."""
    return node_rule(code).title


def stage_counts(cases: QuerySet[Case]) -> list[tuple[str, str, int]]:
    """(code, title, cases) per stage, in the order of the line; each case counts at its furthest stage. One statement."""
    wanted = cases.order_by().values("pk")
    codes: dict[int, set[str]] = {}
    rows = (
        Entry.objects.filter(chain__in=wanted, kind=EntryKind.EFFECT).values_list("chain", "code").distinct()
    )
    for chain, code in rows:
        codes.setdefault(chain, set()).add(code)
    found = dict.fromkeys((stage.code for stage in stages()), 0)
    for done in codes.values():
        found[stage_after(done)] += 1
    return [(stage.code, stage.title, found[stage.code]) for stage in stages()]


def _late(today: date) -> QuerySet[Node]:
    """Open nodes past a term that law or the Supreme Court set."""
    return Node.objects.filter(closed_on=None, due_on__lt=today, tier__in=BINDING)


def _in_state(rows: QuerySet[Case], state: str, today: date) -> QuerySet[Case]:
    if state == "late":
        return rows.filter(Exists(_late(today).filter(case=OuterRef("pk"))), state=CaseState.OPEN)
    return rows.filter(state=state) if state else rows


def _in_stage(rows: QuerySet[Case], code: str) -> QuerySet[Case]:
    """Cases whose furthest stage this is: some act enters it, none enters a later one."""
    line = list(stages())
    place = next((no for no, stage in enumerate(line) if stage.code == code), None)
    if place is None:
        return rows
    effects = Entry.objects.filter(chain=OuterRef("pk"), kind=EntryKind.EFFECT)
    beyond = {act for stage in line[place + 1 :] for act in stage.entered_by}
    here = set(line[place].entered_by)
    return rows.filter(Exists(effects.filter(code__in=here - beyond))).exclude(
        Exists(effects.filter(code__in=beyond))
    )


def handlers_of(court_key: int) -> QuerySet[Staff]:
    """Judges of a court who handle cases, for the filter."""
    return Staff.objects.filter(
        pk__in=Case.objects.filter(court_key=court_key).values("handler_id")
    ).order_by("id")
