"""The offline desk and results of the conformance kit as pages. Nothing is stored, nothing is logged."""

from __future__ import annotations

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.gateway.conformance.shown import result_read
from zhixing.gateway.profiles.registry import UnknownProfile
from zhixing.gateway.wiredesk.report import Report, message_look
from zhixing.gateway.wiredesk.tables import formats_offered

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 500


OPERATORS = (Role.ADMIN, Role.INQUIRY_OFFICER, Role.COMMAND_STAFF)


# Protected below, once uploads are told to stay in memory: the check itself would read the form before.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(*OPERATORS)
def desk(request: HttpRequest) -> HttpResponse:
    """The form, and below it what the message says. Personal data is always masked here."""
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES * 3 // 2:
        return render(request, "gateway/wire.html", _context(fault=_too_large()), status=413)
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _desk(request)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@staff_only(*OPERATORS)
def conformance(request: HttpRequest) -> HttpResponse:
    """A result file of the kit, shown rule by rule."""
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES * 3 // 2:
        return render(request, "gateway/conformance.html", {"fault": _too_large_result()}, status=413)
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _conformance(request)


def message_shown(
    request: HttpRequest, content: bytes, profile: str, dialect: str, operation: str
) -> HttpResponse:
    """A kept message at the desk. The caller has checked the right and journalled the reading."""
    try:
        report = message_look(content, profile=profile, dialect=dialect, operation=operation)
    except UnknownProfile:
        report = None
    fault = "" if report else "本机没有这份报文的格式，请下载原文后查看。"
    given = {"format": f"{profile}|{dialect}", "operation": operation}
    response = render(request, "gateway/wire.html", _context(report=report, fault=fault, given=given))
    response["Cache-Control"] = "no-store"
    return response


@csrf_protect
def _conformance(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "gateway/conformance.html", {})
    upload = request.FILES.get("file")
    raw = upload.read(MOST_BYTES + 1) if upload else b""
    result = result_read(raw) if raw and len(raw) <= MOST_BYTES else None
    fault = "" if result else "没有收到检验结果。请选择检验命令写出的 result.json。"
    if len(raw) > MOST_BYTES:
        fault = _too_large_result()
    context = {"result": result, "fault": fault}
    return render(request, "gateway/conformance.html", context, status=422 if fault else 200)


def _too_large_result() -> str:
    return f"文件超过 {MOST_BYTES // 1024 // 1024} MB，没有读取。请选择检验命令写出的 result.json。"


@csrf_protect
def _desk(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "gateway/wire.html", _context())
    given = {key: request.POST.get(key, "").strip()[:80] for key in ("format", "operation")}
    pasted = request.POST.get("pasted", "")
    upload = request.FILES.get("file")
    raw = upload.read(MOST_BYTES + 1) if upload else pasted.strip().encode()
    fault = "" if raw else "没有收到报文。请粘贴报文，或者选择文件。"
    report = None
    if len(raw) > MOST_BYTES:
        fault = _too_large()
    elif raw:
        profile, _, dialect = given["format"].partition("|")
        try:
            report = message_look(
                raw, profile=profile, dialect=dialect, operation=given["operation"], most_bytes=MOST_BYTES
            )
        except UnknownProfile:
            fault = "没有这种报文格式，请在列表中改选。"
    context = _context(report=report, fault=fault, given=given, pasted="" if upload else pasted)
    return render(request, "gateway/wire.html", context, status=422 if fault else 200)


def _context(
    *, report: Report | None = None, fault: str = "", given: dict[str, str] | None = None, pasted: str = ""
) -> dict[str, object]:
    formats = [
        (f"{item.name}|{dialect}", f"{item.name}　{dialect}")
        for item in formats_offered()
        for dialect in item.dialects
    ]
    return {
        "formats": formats,
        "report": report,
        "rows": report.fields[:MOST_ROWS] if report else (),
        "more_rows": max(0, len(report.fields) - MOST_ROWS) if report else 0,
        "fault": fault,
        "given": given or {},
        "pasted": pasted,
        "most_bytes": MOST_BYTES,
    }


def _too_large() -> str:
    return f"报文超过 {MOST_BYTES // 1024 // 1024} MB，没有读取。较大的报文请在服务器上用命令 zhixing wire decode 拆看。"
