"""Agencies for administrators: health, secrets and their change; and the messages of one request."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from zhixing.acts.web import act_post
from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.gateway import exchange, wire_views
from zhixing.gateway.agencies import password_digest
from zhixing.kernel.clock import now


@staff_only(Role.ADMIN, Role.COMMAND_STAFF)
def board(request: HttpRequest) -> HttpResponse:
    """All agencies; only administrators may change secrets."""
    return render(request, "gateway/agencies.html", _context(request))


@staff_only(Role.ADMIN)
@require_POST
def rotate(request: HttpRequest, code: str) -> HttpResponse:
    """A new password, shown once on the answer to this post and kept nowhere; or a new public key."""
    payload, password = {"agency": code, "kind": "public_key"}, ""
    if request.POST.get("kind") == "password":
        password = secrets.token_urlsafe(24)
        salt, digest = password_digest(password)
        payload = {"agency": code, "kind": "password", "salt": salt.hex(), "digest": digest.hex()}
    else:
        payload |= {
            "name": request.POST.get("name", "").strip(),
            "public": request.POST.get("public", "").strip(),
        }
    done = act_post(request, "gateway.rotate_secret", payload=payload)
    if done.draft is None:
        problems = [f"{p.sentence}{p.mend}" for p in done.problems]
        return render(request, "gateway/agencies.html", _context(request, problems=problems), status=422)
    if not password:
        messages.success(request, "已登记新公钥，旧公钥在过渡期内继续有效。")
        return redirect("gateway:agencies")
    response = render(request, "gateway/agencies.html", _context(request, shown=code, password=password))
    response["Cache-Control"] = "no-store"
    return response


@staff_only(Role.ADMIN)
@require_POST
def rotate_court(request: HttpRequest) -> HttpResponse:
    """The court signs by a new key from now."""
    done = act_post(
        request, "gateway.rotate_court_key", payload={"reason": request.POST.get("reason", "").strip()}
    )
    if done.draft is None:
        problems = [f"{p.sentence}{p.mend}" for p in done.problems]
        return render(request, "gateway/agencies.html", _context(request, problems=problems), status=422)
    messages.success(request, "已改用新的签名密钥，协助单位按公钥编号取得新公钥。")
    return redirect("gateway:agencies")


@staff_only(Role.ADMIN, Role.COMMAND_STAFF, Role.INQUIRY_OFFICER)
def exchanged(request: HttpRequest) -> HttpResponse:
    """Messages of one request number, without content."""
    number = request.GET.get("no", "").strip()[:60]
    context = {
        "number": number,
        "lines": exchange.messages_of(number),
        "may_read": Role.ADMIN in request.roles,
    }
    return render(request, "gateway/exchange.html", context)


@staff_only(Role.ADMIN, Role.COMMAND_STAFF, Role.INQUIRY_OFFICER, Role.JUDGE)
def of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Messages of all requests of one case, without content; row-level security tells which cases."""
    context = {
        "case_id": case_id,
        "lines": exchange.messages_of_case(case_id),
        "may_read": Role.ADMIN in request.roles,
        "of_case": True,
    }
    return render(request, "gateway/exchange_case.html", context)


@staff_only(Role.ADMIN)
@require_POST
def raw(request: HttpRequest) -> HttpResponse:
    """The bytes of one message, once the reading is in the journal: to keep, or laid open at the desk and masked."""
    told = {name: request.POST.get(name, "") for name in ("way", "message", "reason")}
    done = act_post(request, "gateway.read_message", payload=told)
    if done.draft is None:
        for problem in done.problems:
            messages.error(request, f"{problem.sentence}{problem.mend}")
        return redirect(f"/exchange/?no={request.POST.get('no', '')[:60]}")
    content = exchange.message_bytes(told["way"], int(told["message"])) or b""
    if request.POST.get("look"):
        return wire_views.message_shown(
            request, content, *exchange.message_form(told["way"], int(told["message"]))
        )
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{told["way"]}-{int(told["message"])}.bin"'
    response["Cache-Control"] = "no-store"
    return response


def _context(request: HttpRequest, **more: object) -> dict[str, object]:
    return {
        "lines": exchange.agency_lines(moment=now()),
        "court_key": exchange.court_key_line(),
        "may_change": Role.ADMIN in request.roles,
    } | more
