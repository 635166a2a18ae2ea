"""Where agencies call over SOAP, and where the fund bank posts. No session; credentials in every call; limits first."""

from __future__ import annotations

import json

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from zhixing.gateway.agencies import statement_agency
from zhixing.gateway.desk import TOO_OFTEN, call_answer, call_enter
from zhixing.gateway.door import address_admits, came_of, failure_note
from zhixing.gateway.hooks import statement_receiver
from zhixing.gateway.inbox import MOST_BYTES
from zhixing.gateway.profiles.base import ParsedCall, Profile
from zhixing.gateway.profiles.registry import profile_get
from zhixing.kernel.clock import now
from zhixing.kernel.errors import InvalidInput
from zhixing.platform import scope

log = structlog.get_logger()
TOO_LARGE = f"报文超过 {MOST_BYTES // 1024 // 1024} MB，请分批发送。"
RETRY_SECONDS = "60"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def soap(request: HttpRequest, name: str) -> HttpResponse:
    """A SOAP profile: `?wsdl` describes it, POST serves one call."""
    served, came, moment = profile_get(name), came_of(request), now()
    if not address_admits(came.address, moment):
        return _refused(served, TOO_OFTEN, 429)
    if request.method == "GET":
        return HttpResponse(
            served.wsdl(request.build_absolute_uri(request.path)), content_type="text/xml; charset=utf-8"
        )
    raw = body_read(request)
    if raw is None:
        return _refused(served, TOO_LARGE, 413)
    entered = call_enter(served, raw, came=came, moment=moment)
    with scope.system(f"gateway.{name}"):
        reply = call_answer(entered, moment=moment)
    return HttpResponse(
        reply.content, status=500 if reply.is_fault else 200, content_type="text/xml; charset=utf-8"
    )


def body_read(request: HttpRequest) -> bytes | None:
    """The body, or None when it is longer than any message may be; what it claims to be is judged before reading."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isascii() or not told.isdigit() or int(told[:12]) > MOST_BYTES:
        return None
    raw = request.read(MOST_BYTES + 1)
    return raw if len(raw) <= MOST_BYTES else None


@csrf_exempt
@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    """Statement lines of the court's special account, signed by the bank; a serial counts once."""
    came, moment = came_of(request), now()
    if not address_admits(came.address, moment):
        return JsonResponse({"error": TOO_OFTEN}, status=429, headers={"Retry-After": RETRY_SECONDS})
    body = body_read(request)
    if body is None:
        return JsonResponse({"error": "报文过大，请分批发送。"}, status=413)
    code = request.headers.get("X-Agency", "")[:17]
    agency = statement_agency(code=code, signature=request.headers.get("X-Signature", ""), body=body)
    if agency is None or not came.admits(agency):
        failure_note(came.address, code)
        return JsonResponse({"error": "机构代码或签名不对。"}, status=401)
    try:
        told = json.loads(body)
        lines = [{"account": told.get("account", ""), **line} for line in told["lines"]]
        with scope.system("funds.statement"):
            accepted = statement_receiver()(agency_code=agency.code, lines=lines, moment=moment)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JsonResponse({"error": "报文应为含 lines 的 JSON 对象。"}, status=400)
    except InvalidInput as refused:
        return JsonResponse({"error": [p.sentence for p in refused.problems]}, status=422)
    return JsonResponse({"accepted": accepted})


def _refused(served: Profile, sentence: str, status: int) -> HttpResponse:
    """A call that is not even read, refused in the format's own form: a fault."""
    unread = ParsedCall(profile=served.name, operation=None, credentials=None, body=None)
    headers = {"Retry-After": RETRY_SECONDS} if status == 429 else {}
    content = served.refuse(unread, sentence).content
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8", headers=headers)
