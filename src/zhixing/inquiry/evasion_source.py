"""What a case has in the database, as tables of the search: parties, answers, statements, reports, facts entered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhixing.cases.documents import ID_KIND_NAMES
from zhixing.cases.models import Case, PartyRole
from zhixing.cases.selectors import confirmed_of_parties
from zhixing.gateway.domain.assets import Deposit
from zhixing.gateway.domain.storage import from_json
from zhixing.inquiry.domain.evasion.reading import material_read
from zhixing.inquiry.models import Comparison, Declaration, DeclaredItem, Finding, Flow, Material, Screen
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform.crypto import unseal_text

HOLDS: list[Callable[[Case], list[dict[str, Any]]]] = []
"""Rooms that keep measures tell rows of the table HOLDS, each with `label`: what stands beside it as evidence."""
DAYS = "cases"


@dataclass(slots=True)
class Source:
    """Tables of one case, and what each record is in words with its digest, by evidence id."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, table: str, row: dict[str, Any], *, evidence: str = "", words: str = "", sha256: str = "", source: str = "") -> None:  # fmt: skip
        """One row, and what it is as evidence."""
        self.tables.setdefault(table, []).append(row)
        if evidence:
            self.records[evidence] = {"words": words, "sha256": sha256, "source": source}


def source_of(case: Case, *, on: date) -> Source:
    """Everything that is known; eight statements, however much there is. People are known by their names."""
    source = Source()
    days: dict[str, Any] = {"on": on, "docketed_on": case.docketed_on, "notice_on": case.notice_served_on}
    parties = _parties(case, source)
    materials = _materials(case)
    for row, values in materials:
        if row.topic == DAYS:
            days |= values
        else:
            _material(case, source, row, values)
    _accounts(case, source, parties)
    _flows(case, source, parties)
    _reports(case, source, parties)
    for told in HOLDS:
        for row in told(case):
            words = row.pop("label", "")
            source.add("holds", row, evidence=f"hold:{row['hold']}", words=words, source="控制措施")
    if "sealed_on" not in days and source.tables.get("holds"):
        days["sealed_on"] = min(row["since"] for row in source.tables["holds"])
    source.tables["cases"] = [days]
    for table in source.tables.values():
        for row in table:
            row["case"] = str(case.pk)
    return source


def _parties(case: Case, source: Source) -> dict[int, str]:
    rows = [row for row in case.parties.order_by("pk") if row.role == PartyRole.OBLIGOR]
    marks = confirmed_of_parties([row.pk for row in rows])
    for row in rows:
        number = next((mark.value for mark in marks[row.pk] if mark.kind in ID_KIND_NAMES), "")
        kind = "person" if row.kind == "person" else "company"
        source.add(
            "people",
            {"who": row.name, "kind": kind, "name": row.name, "id_no": number, "is_debtor": True},
        )
    return {row.pk: row.name for row in rows}


def _materials(case: Case) -> list[tuple[Material, dict[str, Any]]]:
    rows = Material.objects.filter(case=case, withdrawn_at=None).order_by("pk")
    return [(row, _values(row, json.loads(unseal_text(case.subject, row.detail_sealed)))) for row in rows]


def _values(row: Material, told: dict[str, Any]) -> dict[str, Any]:
    if row.topic == DAYS:
        return {name: date.fromisoformat(value) for name, value in told.items() if value}
    return material_read(row.topic, told)


_KEYS = {"ties": "tie", "dealings": "dealing", "holds": "hold", "accounts": "account"}


def _material(case: Case, source: Source, row: Material, values: dict[str, Any]) -> None:
    known = {person["who"] for person in source.tables.get("people", [])}
    for side in ("who", "a", "b", "debtor", "other", "owner"):
        name = values.get(side)
        if name and name not in known and row.topic != "people":
            known.add(name)
            source.add("people", {"who": name, "name": name, "kind": "person", "id_no": ""})
    if row.topic == "people":
        source.tables["people"] = [
            person for person in source.tables.get("people", []) if person["who"] != values["who"]
        ]
        source.add("people", values)
        return
    if row.topic != "accounts":
        values[_KEYS[row.topic]] = f"m{row.pk}"  # what was entered may bear any number, or the same one twice
    evidence = f"{_KEYS[row.topic]}:{values[_KEYS[row.topic]]}"
    source.add(
        row.topic, values, evidence=evidence, words=material_words(row.topic, values), sha256=row.sha256,
        source=unseal_text(case.subject, row.source_sealed),
    )  # fmt: skip


def material_words(topic: str, values: dict[str, Any]) -> str:
    """One fact in words, for lists."""
    from zhixing.inquiry.domain.evasion.reading import DEALING_KINDS
    from zhixing.inquiry.domain.evasion.relations import CLOSE

    match topic:
        case "ties":
            return f"{values['a']}与{values['b']}：{CLOSE[values['kind']]}"
        case "dealings":
            price = "" if values.get("price") is None else f"，{values['price'] / 100:,.2f} 元"
            label = values.get("label") or DEALING_KINDS[values["kind"]]
            return (
                f"{values['on']} {label}（{DEALING_KINDS[values['kind']]}）{values.get('other') or ''}{price}"
            )
        case "accounts":
            return f"{values.get('owner') or '户主不明'}的账户，尾号 {values['account'][-4:]}"
        case "holds":
            return f"{values['since']} 起冻结尾号 {values['account'][-4:]} 的账户"
        case "people":
            return f"{values.get('name') or values['who']}"
    return "案件日期"


def _accounts(case: Case, source: Source, parties: dict[int, str]) -> None:
    declared = {
        bytes(index)
        for index in DeclaredItem.objects.filter(case_id=case.pk)
        .exclude(number_index=None)
        .values_list("number_index", flat=True)
    }
    rows = (
        Finding.objects.filter(case_id=case.pk, is_current=True, screen=Screen.OWN, category="cash", is_opened=True)
        .select_related("request")
        .order_by("pk")
    )  # fmt: skip
    known = {row["account"] for row in source.tables.get("accounts", [])}
    for row in rows:
        asset = from_json(unseal_text(row.subject, row.detail_sealed))
        if not isinstance(asset.detail, Deposit) or asset.detail.account_no in known:
            continue
        known.add(asset.detail.account_no)
        opened = asset.detail.opened.value if asset.detail.opened else None
        source.add(
            "accounts",
            {
                "account": asset.detail.account_no, "owner": parties.get(row.party_id, ""), "opened": _day(opened), "purpose": asset.detail.category,
                "is_declared": bytes(row.asset_index) in declared, "from": row.request.period_from, "to": row.request.period_to,
            },
            evidence=f"account:{asset.detail.account_no}",
            words=unseal_text(row.subject, row.label_sealed),
            source=row.agency_name,
        )  # fmt: skip


def _day(value: Any) -> date | None:
    return value.date() if hasattr(value, "date") else value


def _flows(case: Case, source: Source, parties: dict[int, str]) -> None:
    known = {row["account"] for row in source.tables.get("accounts", [])}
    rows = (
        Flow.objects.filter(case_id=case.pk, is_current=True, fault="", is_opened=True)
        .select_related("request")
        .order_by("at", "pk")
    )
    for row in rows:
        told = json.loads(unseal_text(row.subject, row.detail_sealed))
        told.pop("serial", None)
        if told["account"] not in known:
            known.add(told["account"])
            source.add("accounts", {"account": told["account"], "owner": parties.get(row.party_id, ""), "is_declared": True,
                                    "from": row.request.period_from, "to": row.request.period_to})  # fmt: skip
        at = row.at.astimezone(COURT_ZONE).replace(tzinfo=None) if row.at else None
        way = "转出" if told["direction"] == "out" else "转入"
        other = f"{told['other_name'] or '户名未载'}（尾号 {told['other_account'][-4:]}）"
        words = f"{at:%Y-%m-%d %H:%M} 尾号 {told['account'][-4:]} {way} {row.amount:,.2f} 元，对方{other}{'，附言：' + told['remark'] if told['remark'] else ''}"
        source.add(
            "flows",
            told | {"flow": str(row.pk), "fen": int((row.amount or 0) * 100), "at": at},
            evidence=f"flow:{row.pk}", words=words, sha256=row.message_sha256, source=row.agency_name,
        )  # fmt: skip


def _reports(case: Case, source: Source, parties: dict[int, str]) -> None:
    """Reports that came late, and items a judge found untrue: EVA-15 needs no more."""
    for report in Declaration.objects.filter(case=case, is_late=True).select_related("party"):
        _report(source, f"late-{report.pk}", report.received_on, report.party.name, "逾期提交财产报告", None)  # fmt: skip
    rows = Comparison.objects.filter(
        case_id=case.pk, decided__in=["omitted", "understated"], is_material=True
    ).select_related("finding", "packet__request")
    for row in rows:
        amount = None if row.finding is None or row.finding.balance is None else int(row.finding.balance * 100)  # fmt: skip
        day = row.decided_at.astimezone(COURT_ZONE).date() if row.decided_at else None
        _report(source, f"item-{row.pk}", day, parties.get(row.packet.request.party_id, ""), f"承办人认定{row.get_decided_display()}", amount)  # type: ignore[attr-defined]  # fmt: skip


def _report(source: Source, key: str, on: date | None, debtor: str, words: str, price: int | None) -> None:
    row = {"dealing": key, "kind": "report", "on": on, "debtor": debtor, "label": words, "price": price}
    source.add("dealings", row, evidence=f"dealing:{key}", words=f"{on} {words}", source="财产报告核对")
