"""Workbooks of results."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font

from zhixing.inquiry.models import Answer, Category, Finding, Packet, Screen
from zhixing.platform.crypto import unseal_text

HEAD = (
    "协助单位",
    "筛查",
    "类别",
    "财产",
    "余额或价值（元）",
    "可用（元）",
    "在先措施",
    "限制",
    "反馈时点",
    "理由",
)


def packet_workbook(packet: Packet) -> bytes:
    """All records of a packet with the sieve's verdicts, and every agency's answer. Excel bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("查询结果")
    sheet.append(HEAD)
    for row in Finding.objects.filter(packet=packet).order_by("screen", "category", "id"):
        sheet.append(
            (
                row.agency_name,
                str(Screen(row.screen).label),
                str(Category(row.category).label),
                unseal_text(row.subject, row.label_sealed),
                row.balance,
                row.available,
                row.prior_count or None,
                row.exempt_rule or None,
                row.as_of.replace(tzinfo=None) if row.as_of else None,
                "；".join(row.reasons),
            )
        )
    answers = book.create_sheet("各单位反馈")
    answers.append(("协助单位", "结果", "说明", "收到时间"))
    for row in Answer.objects.filter(request=packet.request_id).order_by("agency_code", "version"):
        answers.append(
            (row.agency_name, row.get_outcome_display(), row.note, row.received_at.replace(tzinfo=None))
        )
    for page in book.worksheets:
        page.freeze_panes = "A2"
        for cell in page[1]:
            cell.font = Font(bold=True)
        for column in "ABCDEFGHIJ":
            page.column_dimensions[column].width = 20
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
