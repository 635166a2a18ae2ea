"""The right column: two clocks, where the open cases stand, the team."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case as When_
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Value, When

from zhixing.acts.models import Entry, EntryKind
from zhixing.cases.models import Case, CaseState, Node
from zhixing.cases.page import case_clocks
from zhixing.courts.models import Staff
from zhixing.entry.links import page
from zhixing.entry.workbench.rows import BINDING, Person
from zhixing.law.nodes import stages
from zhixing.ui.parts import BarPart, TwoClocks

NEAREST = 6
# Nine stages in six shades.
SHADES = (
    ("b1", "立案分案", ("docket", "assign")),
    ("b2", "通知报告", ("notice", "declare")),
    ("b3", "网络查询", ("inquiry",)),
    ("b4", "反馈比对", ("compare",)),
    ("b5", "冻结查封", ("control",)),
    ("b6", "处置发放", ("realise", "close")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One colleague with his open and late cases."""

    name: str
    role: str
    open: int
    late: int


def own_cases(person: Person) -> QuerySet[Case]:
    """Open cases that this person looks at."""
    rows = Case.objects.filter(state=CaseState.OPEN, court_key=person.staff.court_id)
    if person.court_wide:
        return rows
    return rows.filter(Q(handler=person.staff) | Q(assistant=person.staff) | Q(clerk=person.staff))


def clocks(person: Person) -> list[TwoClocks]:
    """The open cases whose term of enforcement ends first. One statement."""
    found = []
    for case in own_cases(person).order_by("docketed_on", "pk")[:NEAREST]:
        upper, lower = case_clocks(case, today=person.today)
        found.append(
            TwoClocks(
                case_no=case.number,
                parties=case.parties_text,
                href=page("cases:case", case.pk),
                upper=upper,
                lower=lower,
            )
        )
    return found


def stage_bar(person: Person) -> tuple[list[BarPart], int]:
    """Open cases by stage, and how many there are. One statement."""
    whens = [When(code__in=stage.entered_by, then=Value(stage.order)) for stage in reversed(stages())]
    reached = (
        Entry.objects.filter(chain__in=own_cases(person).values("pk"), kind=EntryKind.EFFECT)
        .values("chain")
        .annotate(furthest=Max(When_(*whens, default=Value(1), output_field=IntegerField())))
        .values_list("furthest", flat=True)
    )
    by_order = {stage.order: stage.code for stage in stages()}
    counts = dict.fromkeys(by_order.values(), 0)
    for order in reached:
        counts[by_order[order]] += 1
    parts = [
        BarPart(value=sum(counts[code] for code in codes), kind=kind, label=label)
        for kind, label, codes in SHADES
    ]
    return parts, sum(counts.values())


def team(person: Person) -> list[Member]:
    """For a judge his assistant and clerk, for a chief the judges; open and late cases of each. Two statements."""
    late = Exists(
        Node.objects.filter(case=OuterRef("pk"), closed_on=None, due_on__lt=person.today, tier__in=BINDING)
    )
    fields = (
        (("handler", "承办法官"),)
        if person.court_wide
        else (("handler", "承办法官"), ("assistant", "法官助理"), ("clerk", "书记员"))
    )
    found = []
    for name, role in fields:
        rows = (
            own_cases(person)
            .exclude(**{name: None})
            .exclude(**{name: person.staff})
            .order_by()
            .values(name)
            .annotate(open=Count("pk"), late=Count("pk", filter=Q(late)))
            .values_list(name, "open", "late")
        )
        found += [(pk, role, total, bad) for pk, total, bad in rows]
    names = dict(Staff.objects.filter(pk__in={pk for pk, *_ in found}).values_list("pk", "name"))
    return [
        Member(name=names[pk], role=role, open=total, late=bad)
        for pk, role, total, bad in sorted(found, key=lambda r: -r[2])
    ]
