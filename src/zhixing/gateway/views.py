"""Where agencies call. No session, no cookie; credentials in every call; a size limit before anything is read."""

from __future__ import annotations

import json

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from zhixing.gateway.agencies import statement_agency
from zhixing.gateway.desk import call_serve
from zhixing.gateway.hooks import statement_receiver
from zhixing.gateway.inbox import MOST_BYTES
from zhixing.gateway.profiles.registry import profile_get
from zhixing.kernel.clock import now
from zhixing.kernel.errors import InvalidInput
from zhixing.platform import scope

log = structlog.get_logger()


@csrf_exempt
@require_http_methods(["GET", "POST"])
def soap(request: HttpRequest, name: str) -> HttpResponse:
    """A SOAP profile: `?wsdl` describes it, POST serves one call."""
    served = profile_get(name)
    if request.method == "GET":
        return HttpResponse(
            served.wsdl(request.build_absolute_uri(request.path)), content_type="text/xml; charset=utf-8"
        )
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(
            f"报文超过 {MOST_BYTES // 1024 // 1024} MB，请分批反馈。",
            status=413,
            content_type="text/plain; charset=utf-8",
        )
    raw = request.read(MOST_BYTES + 1)
    with scope.system(f"gateway.{name}"):
        reply = call_serve(served, raw, moment=now())
    return HttpResponse(
        reply.content, status=500 if reply.is_fault else 200, content_type="text/xml; charset=utf-8"
    )


@csrf_exempt
@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    """Statement lines of the court's special account, signed by the bank; a serial counts once."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"error": "报文过大，请分批发送。"}, status=413)
    body = request.read(MOST_BYTES + 1)
    agency = statement_agency(
        code=request.headers.get("X-Agency", ""), signature=request.headers.get("X-Signature", ""), body=body
    )
    if agency is None:
        return JsonResponse({"error": "机构代码或签名不对。"}, status=401)
    try:
        told = json.loads(body)
        lines = [{"account": told.get("account", ""), **line} for line in told["lines"]]
        with scope.system("funds.statement"):
            accepted = statement_receiver()(agency_code=agency.code, lines=lines, moment=now())
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "报文应为含 lines 的 JSON 对象。"}, status=400)
    except InvalidInput as refused:
        return JsonResponse({"error": [p.sentence for p in refused.problems]}, status=422)
    return JsonResponse({"accepted": accepted})
