"""What a judge may take from his own opened packet; each export is on record."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse

from zhixing.courts.access import staff_only
from zhixing.courts.roles import Role
from zhixing.documents.domain.kinds import paper_build
from zhixing.documents.services import press
from zhixing.inquiry.comparison_lines import comparison_paper, comparison_xlsx
from zhixing.inquiry.models import Packet
from zhixing.kernel.clock import now, today
from zhixing.platform import files
from zhixing.processes.views.packets import own_packet, read_note

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff_only(Role.JUDGE)
def packet_zip(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """The encrypted file that also went to his mailbox; the password is on his phone."""
    found = own_packet(request, packet_id)
    read_note(request, found, "zip")
    return _download(
        files.get(found.zip_sha256), "application/zip", f"packet-{found.sealed_at:%Y%m%d}-{found.no}.zip"
    )


@staff_only(Role.JUDGE)
def comparison_excel(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """The comparison as Excel."""
    found = _opened(request, packet_id)
    read_note(request, found, "xlsx")
    note = f"{found.case.number} 第 {found.no} 包　{request.staff.name} {today()} 导出，仅供本案使用"
    return _download(
        comparison_xlsx(found, note=note), XLSX, f"comparison-{found.case.serial}-{found.no}.xlsx"
    )


@staff_only(Role.JUDGE)
def comparison_pdf(request: HttpRequest, packet_id: uuid.UUID) -> HttpResponse:
    """财产报告与查询结果比对表, for the file."""
    found = _opened(request, packet_id)
    read_note(request, found, "pdf")
    head = {"court": found.case.court.name, "number": found.case.number, "issued_on": today()}
    paper = paper_build("comparison_table", head | comparison_paper(found))
    content = press().render(paper, moment=now().replace(microsecond=0))
    return _download(content, "application/pdf", f"comparison-{found.case.serial}-{found.no}.pdf")


def _opened(request: HttpRequest, packet_id: uuid.UUID) -> Packet:
    found = own_packet(request, packet_id)
    if found.opened_at is None:
        raise Http404
    return found


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
