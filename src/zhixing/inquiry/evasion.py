"""Search a case, keep its leads, show them, hand them out. A lead is a question to a person, never a finding."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhixing.cases.models import Case
from zhixing.inquiry.domain.evasion import Limits, frames, search
from zhixing.inquiry.domain.evasion.words import RULES, SIGNS, STRENGTHS, Facts, sentence
from zhixing.inquiry.evasion_source import Source, source_of
from zhixing.inquiry.models import Lead, LeadVerdict
from zhixing.kernel.clock import court_date
from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import points
from zhixing.platform.crypto import seal, unseal_text

_ORDER = {"strong": 0, "medium": 1, "unclear": 2}


def leads_search(case: Case, *, moment: datetime) -> dict[str, int]:
    """Search anew: new leads are added, known ones refreshed, vanished ones marked; verdicts stay."""
    on = court_date(moment)
    source = source_of(case, on=on)
    found = search(frames(source.tables), Limits.of(book().at(on))).to_dicts()
    known = {lead.key: lead for lead in Lead.objects.filter(case=case)}
    seen, fresh = set(), []
    for row in found:
        lead = _lead(case, row, source, moment)
        if lead.key in seen:
            continue
        seen.add(lead.key)
        old = known.get(lead.key)
        if old is None:
            fresh.append(lead)
            continue
        old.strength, old.amount, old.on = lead.strength, lead.amount, lead.on
        old.told_sealed, old.is_current = lead.told_sealed, True
    gone = [lead for key, lead in known.items() if key not in seen]
    for lead in gone:
        lead.is_current = False
    Lead.objects.bulk_create(fresh)
    Lead.objects.bulk_update(known.values(), ["strength", "amount", "on", "told_sealed", "is_current"])
    return {"found": len(seen), "new": len(fresh), "gone": len(gone)}


def _lead(case: Case, row: dict[str, Any], source: Source, moment: datetime) -> Lead:
    code = RULES[row["rule"]][0]
    records = [name for name in row["evidence"] if not name.startswith("tie:")]
    sides = [row["rule"], row["debtor"], row["other"]]
    # The first record stands for the lead: further payments to the same person make it grow, not double.
    key = hashlib.sha256(json.dumps([*sides, records[:1]], ensure_ascii=False).encode()).hexdigest()
    told = {
        "sentence": sentence(row["rule"], _facts(row, records, source)),
        "debtor": row["debtor"], "other": row["other"], "signs": row["signs"],
        "evidence": [source.records.get(name, {"words": name}) | {"id": name} for name in row["evidence"]],
    }  # fmt: skip
    return Lead(
        case=case,
        court_key=case.court_key,
        key=key,
        code=code,
        rule=row["rule"],
        strength=row["strength"],
        on=row["on"],
        amount=None if row["fen"] is None else Decimal(row["fen"]) / 100,
        told_sealed=seal(case.subject, json.dumps(told, ensure_ascii=False)),
        found_at=moment,
        judge_id=case.handler_id,
    )


def _facts(row: dict[str, Any], records: list[str], source: Source) -> Facts:
    label = next((d.get("label") or "" for d in source.tables.get("dealings", []) if f"dealing:{d['dealing']}" in records), "")  # fmt: skip
    return Facts(
        debtor=row["debtor"],
        other=row["other"],
        on=str(row["on"]),
        fen=row["fen"],
        count=len(records),
        number=row["number"],
        label=label,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One lead as pages and bundles show it. law: citation keys; innocent: explanation and what settles it."""

    lead: Lead
    title: str
    pattern: str
    sentence: str
    debtor: str
    other: str
    strength: str
    signs: tuple[str, ...]
    evidence: tuple[dict[str, str], ...]
    law: tuple[str, ...]
    innocent: tuple[tuple[str, str], ...]
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.lead.verdict


def lead_lines(case: Case, *, on: date, law_book: LawBook | None = None) -> list[LeadLine]:
    """Leads of the last search and all decided ones: open and strong first. One statement."""
    law_book = law_book or book()
    patterns = {row.code: row for row in law_book.at(on).rows("deterrence.evasion")}
    rows = [row for row in Lead.objects.filter(case=case) if row.is_current or row.verdict]
    rows.sort(key=lambda row: (bool(row.verdict), _ORDER[row.strength], row.on or on, row.pk))
    lines = []
    for row in rows:
        told = json.loads(unseal_text(case.subject, row.told_sealed))
        pattern: Any = patterns[row.code]
        explained = points(law_book, "deterrence.evasion_innocent", row.code, on).values()
        lines.append(
            LeadLine(
                lead=row,
                title=RULES[row.rule][1],
                pattern=pattern.title,
                sentence=told["sentence"],
                debtor=told["debtor"],
                other=told["other"],
                strength=STRENGTHS[row.strength],
                signs=tuple(SIGNS[name] for name in told["signs"]),
                evidence=tuple(told["evidence"]),
                law=pattern.source,
                innocent=tuple((point.title, point.detail) for point in explained),
                reason=unseal_text(case.subject, row.reason_sealed) if row.reason_sealed else "",
            )
        )
    return lines


def lead_decide(lead: Lead, *, verdict: LeadVerdict, reason: str, by: str, moment: datetime) -> None:
    """Write or take back a verdict; the journal keeps every earlier one."""
    lead.verdict = verdict
    lead.reason_sealed = seal(lead.case.subject, reason)
    lead.decided_by, lead.decided_at = by, moment
    lead.save(update_fields=["verdict", "reason_sealed", "decided_by", "decided_at"])
