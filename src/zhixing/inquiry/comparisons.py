"""Declared-versus-found table of a packet: made when it is opened, decided by the judge."""

from __future__ import annotations

import uuid
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
    # A later packet of the same person compares only what no earlier packet has found.
    paired = Comparison.objects.filter(case_id=packet.case_id, item__declaration__in=declarations).exclude(
        finding=None
    )
    items = list(
        DeclaredItem.objects.filter(declaration__in=declarations)
        .exclude(pk__in=paired.values("item_id"))
        .order_by("id")
    )
    findings = list(Finding.objects.filter(packet=packet, is_current=True, screen=Screen.OWN).order_by("id"))
    subject = packet.case.subject
    lines = compare(
        [_declared(item, subject) for item in items],
        [_found(row) for row in findings],
        tolerance=rules.value("inquiry.amount_tolerance"),
        threshold=rules.value("inquiry.material_gap"),
        has_report=bool(declarations),
    )
    Comparison.objects.bulk_create(
        [
            Comparison(
                packet=packet,
                case_id=packet.case_id,
                court_key=packet.court_key,
                finding_id=line.found,
                item_id=line.declared,
                proposed=line.verdict,
                reasons=list(line.reasons),
                is_material=line.is_material,
                judge_id=packet.judge_id,
            )
            for line in lines
        ]
    )
    return len(lines)


def finding_join(finding: Finding, *, on: date) -> None:
    """A record that the judge found to be the debtor's own joins the table: beside an item still without a record, or as omitted."""
    if Comparison.objects.filter(finding=finding).exists():
        return
    rules, subject = book().at(on), finding.packet.case.subject
    waiting = {
        row.item_id: row
        for row in Comparison.objects.filter(packet=finding.packet, finding=None, decided="").select_related(
            "item"
        )
    }
    line = next(
        line
        for line in compare(
            [_declared(row.item, subject) for row in waiting.values()],
            [_found(finding)],
            tolerance=rules.value("inquiry.amount_tolerance"),
            threshold=rules.value("inquiry.material_gap"),
            has_report=Declaration.objects.filter(
                case_id=finding.case_id, party_id=finding.party_id
            ).exists(),
        )
        if line.found == finding.pk
    )
    told = {
        "finding": finding,
        "proposed": line.verdict,
        "reasons": list(line.reasons),
        "is_material": line.is_material,
    }
    if line.declared is not None:
        Comparison.objects.filter(pk=waiting[line.declared].pk).update(**told)
        return
    Comparison.objects.create(
        packet=finding.packet,
        case_id=finding.case_id,
        court_key=finding.court_key,
        judge_id=finding.judge_id,
        **told,
    )


def _declared(item: DeclaredItem, subject: uuid.UUID) -> Declared:
    return Declared(
        id=item.pk,
        kind=Kind(item.category),
        number=bytes(item.number_index) if item.number_index else None,
        tail=item.number_tail,
        place=normalise(unseal_text(subject, item.place_sealed)),
        amount=item.amount,
    )


def _found(row: Finding) -> Found:
    label = unseal_text(row.subject, row.label_sealed)
    return Found(
        id=row.pk,
        kind=Kind(row.category),
        number=bytes(row.asset_index),
        amount=row.balance,
        tail=_tail(label),
        place=normalise(f"{row.agency_name}{label}"),
    )


def _tail(label: str) -> str:
    return label.rsplit("尾号 ", 1)[-1].strip()[:4] if "尾号 " in label else ""
