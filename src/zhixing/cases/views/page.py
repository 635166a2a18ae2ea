"""The case page, and the check of its journal chain."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from zhixing.acts.journal import chains_verify
from zhixing.acts.models import DraftState, EntryKind, StepState
from zhixing.acts.registry import act
from zhixing.acts.selectors import drafts_of_case
from zhixing.acts.web import actor_of
from zhixing.cases import history, page
from zhixing.cases.access import CASE_ROLES
from zhixing.cases.clues import clue_counts
from zhixing.cases.models import Case, CaseState, Paper
from zhixing.cases.offers import offers
from zhixing.cases.selectors import case_load, nodes_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.documents.selectors import documents_of_case
from zhixing.kernel.clock import now

SHORT = 12


@staff_only(*CASE_ROLES)
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything about one case that this person may know, and the next thing to do."""
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    viewer = page.Viewer(
        actor=actor_of(request),
        moment=now(),
        is_home=case.court_key == request.staff.court_id,
        is_judge=case.handler_id == request.staff.pk,
    )
    documents, nodes = list(documents_of_case(case.pk)), list(nodes_of(case.pk))
    offered = offers(case, actor=viewer.actor, moment=viewer.moment)
    upper, everything = page.upper_of(case, viewer), request.GET.get("history") == "all"
    lines = history.history_lines(case.pk, documents={str(d.pk): d for d in documents}, everything=everything)
    return render(
        request,
        "cases/case.html",
        {
            "case": case,
            "viewer": viewer,
            "today": viewer.today,
            "upper": upper,
            "next": upper.next,
            "parties": page.party_rows(case.pk),
            "clocks": page.case_clocks(case, today=viewer.today),
            "stages": page.stage_line(case, nodes, today=viewer.today),
            "nodes": page.node_rows(nodes),
            "offers": [
                offer
                for offer in offered
                if offer.is_for_now and (upper.next is None or offer.act.code != upper.next.code)
            ],
            "offers_other": [offer for offer in offered if not offer.is_for_now],
            "pending": _pending(case),
            "lines": lines if everything else lines[:SHORT],
            "more_lines": 0 if everything else max(0, len(lines) - SHORT),
            "line_count": history.history_count(case.pk),
            "documents": documents,
            "clues": clue_counts(case.pk),
            "papers": Paper.objects.filter(case=case).order_by("id"),
            "related": page.related_cases(case),
            "archived": case.state == CaseState.ARCHIVED,
            "team": _team(case),
            "may_see_clues": viewer.is_home
            and bool(request.roles & {Role.JUDGE, Role.ASSISTANT, Role.CLERK, Role.BUREAU_CHIEF}),
        },
    )


@staff_only(*CASE_ROLES)
def chain(request: HttpRequest, case_id: int) -> HttpResponse:
    """Whether the journal of this case holds, recomputed now from its first entry."""
    case = case_load(case_id, False)
    if case is None:
        raise Http404
    _, entries, faults = chains_verify(chain=case.pk)
    words = {"hash": "内容与校验值不符", "link": "与前一条接不上", "gap": "序号不连续"}
    return render(
        request,
        "cases/chain.html",
        {
            "case": case,
            "entries": entries,
            "faults": [(f.seq, words[f.what]) for f in faults],
            "moment": now(),
            "lines": history.history_lines(case.pk, documents={}, everything=True),
            "effect": EntryKind.EFFECT,
        },
    )


def _pending(case: Case) -> list[dict[str, object]]:
    """Acts of the case that wait for approval. Two statements."""
    rows = []
    for draft in drafts_of_case(case.pk).filter(state=DraftState.PENDING):
        step = next((step for step in draft.steps.all() if step.state == StepState.OPEN), None)
        rows.append(
            {
                "title": act(draft.code).title,
                "by": draft.drafter["name"],
                "at": draft.created_at,
                "waits": f"等{ROLE_NAMES[Role(step.role)]}{step.name}" if step else "",
            }
        )
    return rows


def _team(case: Case) -> list[tuple[str, str]]:
    pairs = ((case.handler, "承办法官"), (case.assistant, "法官助理"), (case.clerk, "书记员"))
    return [(person.name, role) for person, role in pairs if person is not None]
