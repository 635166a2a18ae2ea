"""The comparison table in words, for the page and for export: what was declared, what was found, what is proposed and decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhixing.documents.domain.closing import Verdict as PaperVerdict
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.inquiry.models import Category, Comparison, Declaration, Packet, Verdict
from zhixing.kernel.clock import court_date
from zhixing.platform.crypto import unseal_text

COLUMNS = (
    Column(title="财产类别", width=12),
    Column(title="财产", width=36),
    Column(title="报告内容", width=30),
    Column(title="报告金额（元）", kind=Kind.MONEY),
    Column(title="查询结果", width=30),
    Column(title="查询金额（元）", kind=Kind.MONEY),
    Column(title="查询来源", width=24),
    Column(title="建议结论", width=10),
    Column(title="理由", width=40),
    Column(title="承办人认定", width=10),
    Column(title="认定人", width=12),
)
PAPER_VERDICTS = {
    Verdict.MATCH: PaperVerdict.AGREES,
    Verdict.OMITTED: PaperVerdict.OMITTED,
    Verdict.UNDERSTATED: PaperVerdict.DIFFERS,
    Verdict.OVERSTATED: PaperVerdict.DIFFERS,
    Verdict.NOT_FOUND: PaperVerdict.NOT_FOUND,
    Verdict.DOUBT: PaperVerdict.OPEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. declared, found: words, empty when there is nothing on that side; amounts in yuan."""

    id: int
    category: str
    title: str
    declared: str
    declared_amount: Decimal | None
    found: str
    found_amount: Decimal | None
    source: str
    as_of: datetime | None
    proposed: Verdict
    decided: Verdict | None
    decided_by: str
    decided_at: datetime | None
    reasons: tuple[str, ...]
    is_material: bool

    @property
    def verdict(self) -> Verdict:
        """The judge's verdict, else the proposal."""
        return self.decided or self.proposed


def lines_of(packet: Packet) -> list[Line]:
    """Lines of an opened packet: undecided first, then by how grave they are. One statement, besides keys."""
    rows = Comparison.objects.filter(packet=packet).select_related("finding", "item")
    order = [
        Verdict.OMITTED,
        Verdict.UNDERSTATED,
        Verdict.OVERSTATED,
        Verdict.DOUBT,
        Verdict.NOT_FOUND,
        Verdict.MATCH,
    ]
    return sorted(
        (_line(row, packet.case.subject) for row in rows),
        key=lambda line: (line.decided is not None, order.index(line.verdict), line.id),
    )


def _line(row: Comparison, subject: Any) -> Line:
    finding, item = row.finding, row.item
    declared = unseal_text(subject, item.text_sealed) if item else ""
    return Line(
        id=row.pk,
        category=str(Category((finding or item).category).label),
        title=unseal_text(finding.subject, finding.label_sealed)
        if finding
        else _declared_title(subject, item, declared),
        declared=declared,
        declared_amount=item.amount if item else None,
        found=_found(finding),
        found_amount=finding.balance if finding else None,
        source=finding.agency_name if finding else "",
        as_of=finding.as_of if finding else None,
        proposed=Verdict(row.proposed),
        decided=Verdict(row.decided) if row.decided else None,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        reasons=tuple(row.reasons),
        is_material=row.is_material,
    )


def _declared_title(subject: Any, item: Any, declared: str) -> str:
    place = unseal_text(subject, item.place_sealed)
    tail = f"　尾号 {item.number_tail}" if item.number_tail else ""
    return f"{place or declared}{tail}"


def _found(finding: Any) -> str:
    if finding is None:
        return ""
    parts = []
    if finding.balance is not None:
        unit = "" if finding.currency == "CNY" else f" {finding.currency}"
        parts.append(
            f"{'余额' if finding.category == Category.CASH else '价值'} {finding.balance:,.2f}{unit}"
        )
    if finding.available is not None and finding.available != finding.balance:
        parts.append(f"可用 {finding.available:,.2f}")
    if finding.prior_count:
        parts.append(f"在先措施 {finding.prior_count} 项")
    if finding.exempt_action:
        parts.append("受限制财产")
    return "，".join(parts) or "登记在被执行人名下"


def comparison_xlsx(packet: Packet, *, note: str) -> bytes:
    """The table as Excel."""
    rows = (
        (
            line.category,
            line.title,
            line.declared or "未报告",
            line.declared_amount,
            line.found or "没有查到",
            line.found_amount,
            line.source,
            str(line.proposed.label),
            "；".join(line.reasons),
            str(line.decided.label) if line.decided else "",
            line.decided_by,
        )
        for line in lines_of(packet)
    )
    return xlsx_table(title="报告与查询比对", columns=COLUMNS, rows=rows, note=note)


def comparison_paper(packet: Packet) -> dict[str, Any]:
    """Content of 财产报告与查询结果比对表."""
    case, party = packet.case, packet.request.party
    report = Declaration.objects.filter(case=case, party=party).order_by("-received_on").first()
    return {
        "case_number": case.number,
        "debtor": party.name,
        "order_received_on": case.notice_served_on,
        "declared_on": report.received_on if report else None,
        "found_until": court_date(packet.sealed_at),
        "rows": [
            {
                "group": line.category,
                "item": line.title,
                "declared": line.declared or None,
                "declared_amount": line.declared_amount,
                "found": line.found or None,
                "found_amount": line.found_amount,
                "source": line.source or None,
                "verdict": PAPER_VERDICTS[line.verdict],
            }
            for line in lines_of(packet)
        ],
    }
