"""Where agencies call in our own format: signed calls, signed answers, every problem told at once (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from zhixing.gateway import desk, inbox, signatures
from zhixing.gateway.agencies import agency_seen
from zhixing.gateway.domain.messages import Body, CertificateList, DocumentList, KeyQuery, NoBody
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.door import (
    Came,
    address_admits,
    agency_admits,
    came_of,
    failure_note,
    is_locked,
)
from zhixing.gateway.models import Agency, CourtKey
from zhixing.gateway.outbound import sent_record
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.zhixing_rest_json.openapi import openapi
from zhixing.gateway.profiles.zhixing_rest_json.operations import BY_NAME, NAME, Endpoint
from zhixing.gateway.signatures import SignedCall, SignedReply
from zhixing.gateway.views import RETRY_SECONDS, TOO_LARGE, TOO_OFTEN, body_read
from zhixing.kernel.clock import now
from zhixing.platform import scope

_TITLES = {
    400: "报文有误",
    401: "签名无效",
    404: "没有这一请求",
    405: "方法不对",
    413: "报文过长",
    429: "调用过于频繁",
    500: "法院端文书无法编码",
}
_UNSIGNED = "签名无效、已过期、已使用过，或者该单位没有以此方式接入。请核对公钥、时间和签名范围后重试。"


@csrf_exempt
def serve(request: HttpRequest, name: str, request_no: str = "") -> HttpResponse:
    """One operation of the interface. The answer is signed whatever it says."""
    endpoint, moment, came = BY_NAME[name], now(), came_of(request)
    call = signed_call(request)
    if request.method != endpoint.method:
        return _problem(call, 405, f"请使用 {endpoint.method}。", extra={"Allow": endpoint.method})
    if not address_admits(came.address, moment):
        return _problem(call, 429, TOO_OFTEN, extra={"Retry-After": RETRY_SECONDS})
    body = body_read(request)
    if body is None:
        return _problem(call, 413, TOO_LARGE)
    agency = _signer(call, body, came, moment)
    if agency is None:
        return _problem(call, 401, _UNSIGNED)
    if not agency_admits(agency, moment):
        return _problem(call, 429, TOO_OFTEN, extra={"Retry-After": RETRY_SECONDS})
    with scope.system(f"gateway.{NAME}"):
        agency_seen(agency, moment)
        return _served(call, endpoint, agency, body, request_no, moment)


def described(request: HttpRequest) -> HttpResponse:
    """The interface document; open to all."""
    return JsonResponse(openapi(origin(request)), json_dumps_params={"ensure_ascii": False})


def keys(request: HttpRequest) -> HttpResponse:
    """Public keys of the court, newest first, for checking its signatures; open to all."""
    signatures.court_key()
    rows = [
        {
            "keyid": row.name,
            "alg": "ed25519",
            "pem": bytes(row.public).decode(),
            "from": row.made_at.isoformat(),
        }
        for row in CourtKey.objects.all()[:10]
    ]
    return JsonResponse({"keys": rows})


def origin(request: HttpRequest) -> str:
    """The origin agencies know this installation by."""
    return settings.GATEWAY_ORIGIN or f"{request.scheme}://{request.get_host()}"


def signed_call(request: HttpRequest) -> SignedCall:
    """The request as its signature covers it."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    return SignedCall(
        method=request.method or "GET", url=f"{origin(request)}{request.get_full_path()}", headers=headers
    )


def _signer(call: SignedCall, body: bytes, came: Came, moment: datetime) -> Agency | None:
    name = signatures.key_id_of(call.headers)
    if is_locked(came.address, name, moment):
        return None
    agency = signatures.call_signer(call, body, profile=NAME, moment=moment)
    if agency is not None and came.admits(agency):
        return agency
    failure_note(came.address, name)
    return None


def _served(
    call: SignedCall, endpoint: Endpoint, agency: Agency, raw: bytes, request_no: str, moment: datetime
) -> HttpResponse:
    wire = wire_get(NAME, agency.dialect)
    operation = endpoint.operation
    body: Body | None = KeyQuery(key=request_no) if request_no else NoBody()
    numbers: Sequence[str] = ()
    if endpoint.sends:
        read = wire.decode(raw, operation=operation.name, limits=inbox.LIMITS)
        body, numbers = read.body, read.request_numbers
        if body is None:
            desk.unreadable_keep(
                profile_name=NAME,
                operation_name=operation.name,
                raw=raw,
                numbers=numbers,
                errors=read.errors,
                agency=agency,
                moment=moment,
            )
            return _problem(call, 400, "没有受理，请改正全部问题后重新发送。", read.errors)
    assert body is not None  # noqa: S101 — told above
    served = desk.operation_serve(
        agency=agency,
        profile_name=NAME,
        operation=operation,
        body=body,
        numbers=numbers,
        raw=raw,
        moment=moment,
    )
    if isinstance(served.body, DocumentList | CertificateList) and served.body.error_message:
        return _problem(call, 404, served.body.error_message)
    written = wire.encode(served.body)
    if written.errors:
        return _problem(call, 500, "法院端文书无法按本格式编码，已转人工处理。", written.errors)
    sent_record(agency, NAME, operation.name, served.carried, written.content, moment=moment)
    return _signed(call, written.content, 200, "application/json")


def _problem(
    call: SignedCall,
    status: int,
    detail: str,
    problems: Sequence[WireProblem] = (),
    extra: dict[str, str] | None = None,
) -> HttpResponse:
    told = {
        "type": "about:blank",
        "title": _TITLES[status],
        "status": status,
        "detail": detail,
        "problems": [
            {"code": p.code, "where": p.where, "came": p.came, "expected": p.expected, "mend": p.mend}
            for p in problems
        ],
    }
    content = json.dumps(told, ensure_ascii=False).encode()
    return _signed(call, content, status, "application/problem+json", extra)


def _signed(
    call: SignedCall, content: bytes, status: int, content_type: str, extra: dict[str, str] | None = None
) -> HttpResponse:
    reply = SignedReply(status_code=status, request=call)
    headers = signatures.reply_sign(reply, content) | (extra or {})
    return HttpResponse(
        content, status=status, content_type=f"{content_type}; charset=utf-8", headers=headers
    )
