"""Opening a sealed paper, and the public check of one."""

from __future__ import annotations

import time
import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from zhixing.acts.services import read_record
from zhixing.acts.web import actor_of
from zhixing.documents import selectors
from zhixing.documents.engine.seals.authority import SealMissing
from zhixing.documents.engine.seals.verification import Verification, fingerprint, verify
from zhixing.documents.services import authority, document_content
from zhixing.kernel.clock import now
from zhixing.kernel.errors import Problem
from zhixing.kernel.ids import read_verification_code

# A code has 58 bits of chance, so guessing is hopeless anyway; the limit keeps a page from being used as a load test.
ATTEMPTS, WINDOW_SECONDS = 30, 600


@never_cache
@require_GET
def file(request: HttpRequest, document_id: uuid.UUID) -> HttpResponse:
    """The final PDF, inline or as a download (?download=1). Each opening is an entry of the journal."""
    if not request.user.is_authenticated:
        return redirect(f"/login/?next={request.get_full_path()}")
    if request.staff is not None:
        document = selectors.document_for_staff(document_id, roles=request.roles)
    else:
        document = selectors.document_for_party(document_id)
    if document is None:
        raise Http404
    content = document_content(document)
    read_record(
        code=selectors.code_of(document), actor=actor_of(request), case_id=document.case_id, moment=now(),
        court_key=document.court_key, told={"document": str(document.pk), "sha256": document.sha256},
    )  # fmt: skip
    response = HttpResponse(content, content_type="application/pdf")
    how = "attachment" if request.GET.get("download") else "inline"
    name = quote(f"{document.title}_{document.number}.pdf")
    response["Content-Disposition"] = f"{how}; filename=\"{document.code}.pdf\"; filename*=UTF-8''{name}"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def verify_start(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; open to everybody."""
    if request.method == "POST":
        return _verify_file(request)
    typed = request.GET.get("code", "").strip()
    if not typed:
        return render(request, "documents/verify.html", {})
    code = read_verification_code(typed)
    if code is None:
        return _answer(request, typed=typed, problem=Problem(
            code="verify.not_a_code", sentence="这不是文书核验码。", mend="核验码印在文书页脚，共 12 位，形如 7F3K-9QX2-M4TD。",
        ))  # fmt: skip
    return redirect("documents:verify_code", code=code)


@never_cache
@require_GET
def verify_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the register says of this code; the address printed as a QR code on each paper."""
    if (refused := _too_many(request)) is not None:
        return refused
    known = read_verification_code(code)
    facts = selectors.public_facts(code=known) if known else None
    if facts is None:
        return _answer(request, typed=code, status=404, problem=Problem(
            code="verify.unknown", sentence="没有查到这个核验码对应的文书。",
            mend="请核对后重新输入；确认无误仍查不到的，请向文书上载明的法院核实。",
        ))  # fmt: skip
    return render(request, "documents/verify.html", {"facts": facts, "typed": facts.code})


def _verify_file(request: HttpRequest) -> HttpResponse:
    if (refused := _too_many(request)) is not None:
        return refused
    upload = request.FILES.get("file")
    problem = _unfit(upload)
    if upload is None or problem is not None:
        return _answer(request, problem=problem)
    content = upload.read()
    checked: Verification = verify(content, _roots())
    digest = fingerprint(content)
    facts = selectors.public_facts(sha256=digest)
    return render(request, "documents/verify.html", {
        "checked": checked, "digest": digest, "facts": facts, "is_genuine": checked.valid and facts is not None,
    })  # fmt: skip


def _roots() -> list[bytes]:
    """The root of our seals; none before the first seal was ever made, and then no file can be genuine."""
    try:
        return [authority().root_certificate()]
    except SealMissing:
        return []


def _unfit(upload: UploadedFile | None) -> Problem | None:
    if upload is None:
        return Problem(code="verify.no_file", sentence="没有选择文件。", mend="请选择法院送达的 PDF 文书。")
    limit = settings.PAPER_MAX_BYTES
    if upload.size > limit:
        return Problem(
            code="verify.too_large",
            sentence=f"文件超过 {limit // 1048576} MB。",
            mend="法院文书不会这么大，请核对是否选错文件。",
        )
    head = upload.read(1024)
    upload.seek(0)
    if b"%PDF-" not in head:
        return Problem(
            code="verify.not_pdf",
            sentence="这不是 PDF 文件。",
            mend="请选择原始 PDF，截图、照片和转换过的文件都不能核验。",
        )
    return None


def _answer(
    request: HttpRequest, *, problem: Problem | None, typed: str = "", status: int = 422
) -> HttpResponse:
    context: dict[str, Any] = {"problem": problem, "typed": typed}
    return render(request, "documents/verify.html", context, status=status)


def _too_many(request: HttpRequest) -> HttpResponse | None:
    """Counts attempts of a session in a moving window."""
    moment = time.time()
    recent = [at for at in request.session.get("verify_attempts", []) if at > moment - WINDOW_SECONDS]
    if len(recent) >= ATTEMPTS:
        return _answer(request, status=429, problem=Problem(
            code="verify.too_many", sentence=f"十分钟内已核验 {ATTEMPTS} 次。", mend="请稍后再试。",
        ))  # fmt: skip
    request.session["verify_attempts"] = [*recent, moment]
    return None
