"""Leads as a sealed paper with JSON, Excel and digests. Two readers: the court, and the applicant with the least fields."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from zhixing.cases.models import Case
from zhixing.documents.engine.tables.xlsx import Column, Kind, xlsx_table
from zhixing.inquiry.evasion import LeadLine, lead_lines
from zhixing.inquiry.models import EvidenceBundle
from zhixing.law.book import book
from zhixing.platform import files

COLUMNS = (
    Column(title="编号", width=8),
    Column(title="类型", width=28),
    Column(title="情况", width=60),
    Column(title="日期", kind=Kind.DAY),
    Column(title="金额（元）", kind=Kind.MONEY),
    Column(title="法律依据", width=36),
    Column(title="应先核实的正当解释", width=40),
    Column(title="承办人处理", width=12),
)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # so that the same content gives the same bytes


def public_lines(case: Case, leads: Collection[int], *, on: date) -> list[LeadLine]:
    """The chosen leads in their order."""
    return [line for line in lead_lines(case, on=on) if line.lead.pk in leads]


def paper_of(case: Case, lines: list[LeadLine], *, audience: str, on: date) -> dict[str, Any]:
    """Content of the paper 规避执行线索材料."""
    law_book = book()
    return {
        "case_number": case.number,
        "for_applicant": audience == "applicant",
        "searched_on": on,
        "rows": [
            {
                "code": line.lead.code,
                "title": line.title,
                "sentence": line.sentence,
                "law": law_book.short(*line.law),
                "evidence": _evidence(line, audience),
                "innocent": [f"{what}（{how}）" for what, how in line.innocent],
            }
            for line in lines
        ],
    }


def _evidence(line: LeadLine, audience: str) -> list[str]:
    """For the applicant: what kind of record from whom; no accounts, remarks or numbers."""
    if audience == "applicant":
        told: dict[str, int] = {}
        for item in line.evidence:
            kind = {"flow": "银行流水", "dealing": "登记或者书面材料", "tie": "关系登记", "hold": "冻结记录", "account": "账户信息"}[item["id"].split(":")[0]]  # fmt: skip
            told[kind] = told.get(kind, 0) + 1
        return [f"{kind} {count} 项" for kind, count in told.items()]
    return [
        f"{item['words']}（{item.get('source') or '本案记录'}）"
        + (f"　校验值 {item['sha256'][:16]}" if item.get("sha256") else "")
        for item in line.evidence
    ]


def bundle_data(case: Case, lines: list[LeadLine], *, audience: str) -> dict[str, Any]:
    """The same as plain values; whole digests and ids only for the court."""
    law_book = book()
    rows = []
    for line in lines:
        row: dict[str, Any] = {
            "code": line.lead.code, "rule": line.lead.rule, "title": line.title, "sentence": line.sentence, "debtor": line.debtor, "other": line.other,
            "on": None if line.lead.on is None else line.lead.on.isoformat(),
            "amount": None if line.lead.amount is None else f"{line.lead.amount:.2f}",
            "law": law_book.short(*line.law),
            "innocent": [{"explanation": what, "settled_by": how} for what, how in line.innocent],
        }  # fmt: skip
        if audience == "court":
            row |= {"strength": line.strength, "signs": list(line.signs), "evidence": list(line.evidence), "verdict": line.lead.verdict, "reason": line.reason}  # fmt: skip
        else:
            row["evidence"] = _evidence(line, audience)
        rows.append(row)
    return {
        "schema": "zhixing.evasion.1", "case": case.number, "audience": audience,
        "note": "线索不是认定；由承办人询问、核实后决定。", "law_book": law_book.hash, "leads": rows,
    }  # fmt: skip


def bundle_keep(
    case: Case, lines: list[LeadLine], *, audience: str, paper: bytes, by: str, moment: datetime
) -> EvidenceBundle:
    """Write the zip into the file store."""
    data = json.dumps(bundle_data(case, lines, audience=audience), ensure_ascii=False, indent=1)
    law_book = book()
    table = xlsx_table(
        title="规避执行线索",
        columns=COLUMNS,
        rows=(
            (
                line.lead.code, line.title, line.sentence, line.lead.on, line.lead.amount, law_book.short(*line.law),
                "；".join(what for what, _ in line.innocent), str(line.lead.get_verdict_display()),
            )
            for line in lines
        ),
        note=f"{case.number}　线索不是认定，由承办人核实后决定",
    )  # fmt: skip
    content = zip_of({"leads.pdf": paper, "leads.json": data.encode(), "leads.xlsx": table})
    return EvidenceBundle.objects.create(
        case=case,
        court_key=case.court_key,
        audience=audience,
        leads=len(lines),
        sha256=files.put(content),
        made_by=by,
        made_at=moment,
        judge_id=case.handler_id,
    )


def zip_of(parts: dict[str, bytes]) -> bytes:
    """The parts and sha256.txt, a line each as `sha256sum -c` reads them."""
    told = "".join(f"{hashlib.sha256(body).hexdigest()}  {name}\n" for name, body in sorted(parts.items()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in [*sorted(parts.items()), ("sha256.txt", told.encode())]:
            packed.writestr(zipfile.ZipInfo(name, _ZIP_DAY), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
