"""Leads on evasion: the page, the facts that feed it, verdicts, bundles. For the judge of the case alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhixing.acts.services import read_record
from zhixing.acts.web import Submission, act_post, actor_of
from zhixing.cases.models import Case
from zhixing.cases.selectors import case_load
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.inquiry import evasion_page as page
from zhixing.inquiry.evasion import lead_lines
from zhixing.inquiry.evasion_source import source_of
from zhixing.inquiry.models import EvidenceBundle, LeadVerdict
from zhixing.kernel.clock import now, today
from zhixing.platform import files

READ_CODE = "inquiry.evasion_search"
_TOLD = {
    "evasion_search": "已查找。线索不是认定，请逐条核实。",
    "evasion_material": "材料已登记，再查找一次即可用上。",
    "evasion_withdraw": "材料已撤回。",
    "evasion_decide": "已以您的名义处理，可以改正。",
    "evasion_bundle": "材料已制成，可以下载。",
}


@staff_only(Role.JUDGE)
def evasion(request: HttpRequest, case_id: int) -> HttpResponse:
    """The page; each look is on record."""
    return _page(request, own_case(request, case_id))


@require_POST
@staff_only(Role.JUDGE)
def evasion_act(request: HttpRequest, case_id: int, verb: str) -> HttpResponse:
    """One of the acts of the page."""
    case = own_case(request, case_id)
    code = f"evasion_{verb}"
    if code not in _TOLD:
        raise Http404
    done = act_post(request, f"inquiry.{code}", case_id=case.pk, payload=_payload(request, verb))
    if done.draft is None:
        return _page(request, case, done)
    messages.success(request, _TOLD[code])
    return redirect("inquiry:evasion", case_id=case.pk)


@staff_only(Role.JUDGE)
def evasion_bundle(request: HttpRequest, case_id: int, bundle_id: uuid.UUID) -> HttpResponse:
    """Download; on record."""
    case = own_case(request, case_id)
    bundle = EvidenceBundle.objects.filter(pk=bundle_id, case=case).first()
    if bundle is None:
        raise Http404
    _read(request, case, "bundle")
    name = f"leads-{case.year}-{case.serial}-{bundle.audience}.zip"
    return HttpResponse(
        files.get(bundle.sha256),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def own_case(request: HttpRequest, case_id: int) -> Case:
    """A case of this judge. Raises Http404 for every other, so that nothing is told about it."""
    case = case_load(case_id, False)
    if case is None or case.handler_id != request.staff.pk:
        raise Http404
    return case


def _payload(request: HttpRequest, verb: str) -> dict[str, Any]:
    posted = request.POST
    match verb:
        case "material":
            topic = posted.get("topic", "")
            detail = page.detail_posted(topic, posted) if topic in page.TOPICS else {}
            return {
                "topic": topic,
                "detail": detail,
                "source": posted.get("source", ""),
                "sha256": posted.get("sha256", ""),
            }
        case "withdraw":
            return {"material": posted.get("material", ""), "reason": posted.get("reason", "")}
        case "decide":
            return {name: posted.get(name, "") for name in ("lead", "verdict", "reason")}
        case "bundle":
            return {"leads": posted.getlist("leads"), "audience": posted.get("audience", "court")}
    return {}


def _read(request: HttpRequest, case: Case, what: str) -> None:
    read_record(
        code=READ_CODE, actor=actor_of(request), case_id=case.pk, court_key=case.court_key, moment=now(), told={"what": what}
    )  # fmt: skip


def _page(request: HttpRequest, case: Case, done: Submission | None = None) -> HttpResponse:
    _read(request, case, "page")
    lines, entered = lead_lines(case, on=today()), (done.values if done else None) or {}
    topic = entered.get("topic") or request.GET.get("topic", "dealings")
    topic = topic if topic in page.TOPICS else "dealings"
    days = source_of(case, on=today()).tables["cases"][0]
    read, apart = page.statement_counts(case)
    context = {
        "case": case,
        "lines": lines,
        "open": sum(line.is_open for line in lines),
        "verdicts": [(value, label) for value, label in LeadVerdict.choices if value],
        "moments": page.time_line(days, lines),
        "no_debt_day": not days.get("debt_on"),
        "graph": page.graph_of(lines),
        "materials": page.material_lines(case),
        "topics": page.TOPICS,
        "topic": topic,
        "boxes": page.boxes_of(topic, entered.get("detail")),
        "entered": entered,
        "problems": done.problems if done else (),
        "bundles": EvidenceBundle.objects.filter(case=case).order_by("-made_at"),
        "read": read,
        "apart": apart,
        "key": str(uuid.uuid4()),
    }
    return render(request, "inquiry/evasion.html", context, status=422 if done else 200)
