"""Paper answers as pages: what waits, typing beside the scan, comparing with the scan."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.services import step_decide
from zhixing.acts.web import act_post, actor_of
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.gateway import manual
from zhixing.gateway.models import Order, OrderKind
from zhixing.kernel.clock import now
from zhixing.platform import files

CODE = "gateway.enter_answer"
ROLES = (Role.CLERK, Role.ASSISTANT)
SALT = "gateway.scan"
OUTCOMES = (("found", "查到财产"), ("not_found", "没有查到"), ("refused", "不予协助或者退回"))


@staff_only(*ROLES)
def board(request: HttpRequest) -> HttpResponse:
    """Orders that wait for their paper, and typed answers that wait for a second person."""
    drafts = list(
        Draft.objects.filter(code=CODE, state=DraftState.PENDING).order_by("created_at")[: manual.SHOWN]
    )
    typed = {draft.payload["order"]: draft for draft in drafts}
    orders = manual.orders_waiting()
    rows = [(order, typed.get(str(order.pk))) for order in orders]
    return render(request, "gateway/manual.html", {"rows": rows, "staff_id": request.staff.pk})


@staff_only(*ROLES)
def papers(request: HttpRequest, request_no: str) -> HttpResponse:
    """The sealed papers of an order as one file, to be printed and taken along."""
    response = HttpResponse(manual.papers_packed(_order(request_no)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{request_no}.zip"'
    return response


@staff_only(*ROLES)
@require_POST
def hand_over(request: HttpRequest, request_no: str) -> HttpResponse:
    """Note that the papers went to the agency."""
    if manual.order_hand_over(_order(request_no), moment=now()):
        messages.success(request, "已登记送达单位，反馈时间从现在起算。")
    else:
        messages.info(request, "这一请求此前已登记送达，或者现在不在该单位的受理时间。")
    return redirect("gateway:manual")


@staff_only(*ROLES)
def entry(request: HttpRequest, request_no: str) -> HttpResponse:
    """First the scan, then the form beside it."""
    order = _order(request_no)
    token = request.POST.get("scan") or request.GET.get("scan", "")
    scan = _scan_of(token, order)
    if request.method == "POST" and "paper" in request.FILES:
        return _scan_keep(request, order)
    if not scan:
        return render(request, "gateway/manual_scan.html", {"order": order})
    if request.method != "POST":
        return _form(request, order, token, {}, [])
    values = {name: str(value) for name, value in request.POST.items()}
    raw = manual.told_of(order, values, scan=scan, moment=now())
    read = manual.answer_read(order, raw)
    if read.body is None:
        return _form(request, order, token, values, manual.sentences(read.errors), status=422)
    payload = {"order": str(order.pk), "content": files.put(raw), "scan": scan}
    done = act_post(request, CODE, case_id=order.case_id, payload=payload)
    if done.draft is None:
        return _form(request, order, token, values, [p.sentence for p in done.problems], status=422)
    messages.success(request, "已录入，待另一人对照原件复核后采用。")
    return redirect("gateway:manual")


@staff_only(*ROLES)
def check(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """What was typed beside the scan; the second person approves or returns it."""
    draft, order = _draft(draft_id)
    problems: list[str] = []
    if request.method == "POST":
        approve = request.POST.get("decision") == "approve"
        try:
            step_decide(
                draft_id=draft.pk,
                actor=actor_of(request),
                approve=approve,
                opinion=request.POST.get("opinion", "").strip() or ("与原件一致" if approve else ""),
                moment=now(),
                evidence={"scan": draft.payload["scan"]},
            )
        except ActRefused as refused:
            problems = [f"{p.sentence}{p.mend}" for p in refused.problems]
        else:
            messages.success(request, "已复核，反馈按网络反馈同样处理。" if approve else "已退回录入人。")
            return redirect("gateway:manual")
    told = json.loads(files.get(draft.payload["content"]))
    context = {
        "order": order,
        "draft": draft,
        "lines": manual.lines_of(told["results"]),
        "problems": problems,
        "scan_href": reverse("gateway:manual-scan", args=[_token(order, draft.payload["scan"])]),
        "scan_kind": manual.scan_kind(files.get(draft.payload["scan"])),
        "is_own": draft.drafter_staff_id == request.staff.pk,
    }
    return render(request, "gateway/manual_check.html", context, status=422 if problems else 200)


@staff_only(*ROLES)
@xframe_options_sameorigin
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """A scan, for whom the page beside it gave a signed reference."""
    try:
        told = signing.loads(token, salt=SALT, max_age=8 * 3600)
    except signing.BadSignature:
        raise Http404 from None
    if manual.order_by_id(uuid.UUID(told["order"])) is None:
        raise Http404
    content = files.get(told["scan"])
    response = HttpResponse(content, content_type=manual.scan_kind(content) or "application/octet-stream")
    response["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest,
    order: Order,
    token: str,
    values: dict[str, str],
    problems: list[str],
    status: int = 200,
) -> HttpResponse:
    wanted = request.POST.get("assets") or request.GET.get("assets", "1")
    count = min(max(int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 1, 1), manual.MOST_ASSETS)
    context: dict[str, Any] = {
        "order": order,
        "token": token,
        "problems": problems,
        "outcomes": OUTCOMES,
        "values": values,
        "count": count,
        "more": count + 1,
        "assets": [
            (no, manual.asset_fields(order.agency, no, values), _measure(no, values))
            for no in range(1, count + 1)
        ],
        "items": _items(order, values) if order.kind == OrderKind.CONTROL else [],
        "scan_href": reverse("gateway:manual-scan", args=[token]),
        "scan_kind": manual.scan_kind(files.get(_scan_of(token, order))),
    }
    return render(request, "gateway/manual_entry.html", context, status=status)


def _measure(number: int, values: dict[str, str]) -> list[manual.Asked]:
    return [
        manual.Asked(
            name=f"measure-{number}-{name}",
            title=title,
            hint=hint,
            value=values.get(f"measure-{number}-{name}", ""),
        )
        for name, title, hint in (
            ("authority", "在先查封、冻结的机关", "没有的不填"),
            ("doc_no", "在先措施文号", ""),
            ("amount", "在先措施金额", "如 1234.56"),
            ("effective_to", "在先措施届满日", "如 2026-03-05"),
        )
    ]


def _items(order: Order, values: dict[str, str]) -> list[tuple[str, str, list[manual.Asked]]]:
    fields = (
        ("controlled_amount", "实际控制金额", "如 1234.56"),
        ("effective_from", "起始日", "如 2026-03-05"),
        ("effective_to", "届满日", "如 2027-03-04"),
        ("reason", "没有办理的原因", ""),
    )
    return [
        (
            item.seq,
            values.get(f"item-{item.seq}-outcome", ""),
            [
                manual.Asked(
                    name=f"item-{item.seq}-{name}",
                    title=title,
                    hint=hint,
                    value=values.get(f"item-{item.seq}-{name}", ""),
                )
                for name, title, hint in fields
            ],
        )
        for item in manual.order_content(order).items
    ]


def _scan_keep(request: HttpRequest, order: Order) -> HttpResponse:
    upload = request.FILES["paper"]
    problem = ""
    content = b""
    if (upload.size or 0) > settings.PAPER_MAX_BYTES:
        problem = f"扫描件超过 {settings.PAPER_MAX_BYTES // 1024 // 1024} MB，请压缩或者分册后上传。"
    else:
        content = upload.read()
        if not manual.scan_kind(content):
            problem = "只接受 PDF、JPEG、PNG 扫描件，请转换后上传。"
    if problem:
        return render(request, "gateway/manual_scan.html", {"order": order, "problem": problem}, status=422)
    token = _token(order, files.put(content))
    return redirect(f"{reverse('gateway:manual-entry', args=[order.request_no])}?scan={token}")


def _token(order: Order, scan: str) -> str:
    return signing.dumps({"order": str(order.pk), "scan": scan}, salt=SALT)


def _scan_of(token: str, order: Order) -> str:
    try:
        told = signing.loads(token, salt=SALT, max_age=8 * 3600) if token else {}
    except signing.BadSignature:
        return ""
    return told.get("scan", "") if told.get("order") == str(order.pk) else ""


def _order(request_no: str) -> Order:
    order = manual.order_waiting(request_no)
    if order is None:
        raise Http404
    return order


def _draft(draft_id: uuid.UUID) -> tuple[Draft, Order]:
    draft = Draft.objects.filter(pk=draft_id, code=CODE, state=DraftState.PENDING).first()
    order = manual.order_by_id(uuid.UUID(draft.payload["order"])) if draft else None
    if draft is None or order is None:
        raise Http404
    return draft, order
