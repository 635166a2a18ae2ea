"""Declared-versus-found table of a packet: made when it is opened, decided by the judge."""

from __future__ import annotations

from datetime import date

from zhixing.inquiry.domain.comparison import Declared, Found, compare
from zhixing.inquiry.domain.records import Kind
from zhixing.inquiry.models import Comparison, Declaration, DeclaredItem, Finding, Packet, Screen
from zhixing.kernel.text import normalise
from zhixing.law.book import book
from zhixing.platform.crypto import unseal_text


def comparisons_make(packet: Packet, *, on: date) -> int:
    """Write the proposals for one packet: all reports of the party against all current own findings in it."""
    rules = book().at(on)
    party = packet.request.party_id
    declarations = Declaration.objects.filter(case_id=packet.case_id, party_id=party)
    items = list(DeclaredItem.objects.filter(declaration__in=declarations).order_by("id"))
    findings = list(Finding.objects.filter(packet=packet, is_current=True, screen=Screen.OWN).order_by("id"))
    subject = packet.case.subject
    lines = compare(
        [
            Declared(
                id=item.pk, kind=Kind(item.category), number=bytes(item.number_index) if item.number_index else None,
                tail=item.number_tail, place=normalise(unseal_text(subject, item.place_sealed)), amount=item.amount,
            )
            for item in items
        ],
        [
            Found(
                id=row.pk, kind=Kind(row.category), number=bytes(row.asset_index), amount=row.balance,
                tail=_tail(unseal_text(row.subject, row.label_sealed)),
                place=normalise(f"{row.agency_name}{unseal_text(row.subject, row.label_sealed)}"),
            )
            for row in findings
        ],
        tolerance=rules.value("inquiry.amount_tolerance"), threshold=rules.value("inquiry.material_gap"),
        has_report=bool(declarations),
    )
    Comparison.objects.bulk_create([
        Comparison(
            packet=packet, case_id=packet.case_id, court_key=packet.court_key, finding_id=line.found,
            item_id=line.declared, proposed=line.verdict, reasons=list(line.reasons), is_material=line.is_material,
            judge_id=packet.judge_id,
        )
        for line in lines
    ])
    return len(lines)


def _tail(label: str) -> str:
    return label.rsplit("尾号 ", 1)[-1].strip()[:4] if "尾号 " in label else ""
