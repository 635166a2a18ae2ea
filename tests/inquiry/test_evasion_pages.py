"""Evasion from the bank's statement to the judge's verdict and the bundle: stored once, sealed, reversible."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from inquiry_world import RESIDENT_ID, World, account, result

from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Entry
from zhixing.gateway.domain.assets import Counterparty, Transaction
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.inquiry.models import EvidenceBundle, Flow, Lead, Material, Packet
from zhixing.kernel.clock import now, today
from zhixing.platform import files, scope

ACCOUNT = "6228480631234567890"
SISTER = {"who": "马小妹", "kind": "person", "name": "马小妹", "id_no": RESIDENT_ID[:-1] + "9"}


def login(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(world: World) -> str:
    return login(world, "judge").get(f"/cases/{world.case.pk}/evasion/").content.decode()


def paid(serial: str, days: int, yuan: str, **more: Any) -> Transaction:
    """Booked some days ago, to the sister."""
    at = f"{today() - timedelta(days=days):%Y-%m-%d} 10:00:00"
    other = Counterparty(name="马小妹", account_no="6217000000000001234", id_no=SISTER["id_no"])
    return Transaction(
        **{"serial": serial, "direction": Coded.of("out"), "amount": Amount.of(yuan), "time": When.parse(at), "counterparty": other} | more
    )  # fmt: skip


def told() -> Any:
    """The bank's answer with three lines, one of which cannot be read."""
    lines = (paid("1", 5, "90000.00"), paid("2", 4, "60000.00"), paid("3", 3, "1", amount=Amount(raw="很多")))
    return result(replace(account(ACCOUNT, "80000.00"), transactions=lines))


@pytest.fixture
def opened(world: World, answered: Callable[..., Packet]) -> World:
    """The packet is open; the sister and the day of the debt are on file."""
    packet = answered(abc=told())
    with scope.system("test"):
        from zhixing.inquiry.packets import packet_open

        packet_open(packet, moment=now())
    enter(world, "people", SISTER)
    enter(world, "ties", {"a": world.obligor.name, "b": "马小妹", "kind": "sibling"})
    enter(
        world,
        "cases",
        {
            "debt_on": str(today() - timedelta(days=300)),
            "sued_on": str(today() - timedelta(days=200)),
        },
    )
    return world


def enter(world: World, topic: str, detail: dict[str, Any]) -> None:
    world.submit("judge", "inquiry.evasion_material", {"topic": topic, "detail": detail, "source": "婚姻登记查询"})  # fmt: skip


def test_statement_lines_are_stored_once_and_sealed(world: World, answered: Callable[..., Packet]) -> None:
    packet = answered(abc=told())
    rows = list(Flow.objects.order_by("place"))
    assert [(row.place, str(row.amount), row.fault) for row in rows] == [
        (1, "90000.00", ""),
        (2, "60000.00", ""),
        (3, "None", "金额“很多”不是大于零的数。"),
    ]
    assert {row.packet_id for row in rows} == {packet.pk}
    assert not any("马小妹".encode() in bytes(row.detail_sealed) for row in rows)
    with scope.using(world.scope("judge")):
        assert Flow.objects.count() == 0  # sealed until he opens
    with scope.system("test"):
        from zhixing.inquiry.packets import packet_open

        packet_open(packet, moment=now())
    with scope.using(world.scope("judge")):
        assert Flow.objects.count() == 3
    with scope.using(world.scope("other")):
        assert Flow.objects.count() == 0


def test_leads_are_found_once_and_the_page_tells_the_innocent_explanation(opened: World) -> None:
    """150,000 to the sister; 8,000 are the household's month, so 142,000 (both days in one month) or 134,000."""
    for _ in range(2):
        opened.submit("judge", "inquiry.evasion_search", {})
    lead = Lead.objects.get()
    assert (lead.code, lead.strength) == ("EVA-08", "strong")
    assert str(lead.amount) in ("142000.00", "134000.00")
    told_page = page(opened)
    assert "归还债务发生前的真实借款" in told_page
    assert "借条、出借时的转账流水" in told_page
    assert "线索不是认定" in told_page
    assert "<svg" in told_page
    assert "另有 1 笔无法读出" in told_page
    assert ACCOUNT not in told_page
    assert SISTER["id_no"] not in told_page
    entries = Entry.objects.filter(code="inquiry.evasion_search")
    assert not any("马小妹" in json.dumps(entry.body, ensure_ascii=False) for entry in entries)


def test_a_loan_note_makes_the_lead_vanish_and_its_withdrawal_brings_it_back(opened: World) -> None:
    opened.submit("judge", "inquiry.evasion_search", {})
    loan = {"kind": "loan", "on": "2020-01-01", "debtor": opened.obligor.name, "other": "马小妹", "price": "150000"}  # fmt: skip
    enter(opened, "dealings", loan)
    opened.submit("judge", "inquiry.evasion_search", {})
    assert not Lead.objects.get().is_current
    note = Material.objects.get(topic="dealings")
    opened.submit("judge", "inquiry.evasion_withdraw", {"material": note.pk, "reason": "登记有误"})
    opened.submit("judge", "inquiry.evasion_search", {})
    assert Lead.objects.get().is_current


def test_a_verdict_needs_a_reason_stays_and_can_be_taken_back(opened: World) -> None:
    opened.submit("judge", "inquiry.evasion_search", {})
    lead = Lead.objects.get()
    with pytest.raises(ActRefused) as refused:
        opened.submit("judge", "inquiry.evasion_decide", {"lead": lead.pk, "verdict": "explained"})
    assert [p.code for p in refused.value.problems] == ["lead.reason"]
    say = {"lead": lead.pk, "verdict": "explained", "reason": "已核对借条和流水"}
    opened.submit("judge", "inquiry.evasion_decide", say)
    opened.submit("judge", "inquiry.evasion_search", {})
    lead.refresh_from_db()
    assert lead.verdict == "explained"
    opened.submit("judge", "inquiry.evasion_decide", say | {"verdict": "", "reason": "借条系补写"})
    lead.refresh_from_db()
    assert lead.verdict == ""
    with pytest.raises(ActRefused):
        opened.submit("other", "inquiry.evasion_decide", say)


def test_the_bundle_for_the_applicant_holds_the_least(opened: World) -> None:
    opened.submit("judge", "inquiry.evasion_search", {})
    lead = Lead.objects.get()
    payload = {"leads": [lead.pk], "audience": "applicant"}
    with pytest.raises(ActRefused) as refused:
        opened.submit("judge", "inquiry.evasion_bundle", payload)
    assert [p.code for p in refused.value.problems] == ["bundle.not_pursued"]
    opened.submit("judge", "inquiry.evasion_decide", {"lead": lead.pk, "verdict": "pursue", "reason": "询问后没有解释"})  # fmt: skip
    for audience in ("court", "applicant"):
        opened.submit("judge", "inquiry.evasion_bundle", payload | {"audience": audience})
    parts = {}
    for bundle in EvidenceBundle.objects.all():
        with zipfile.ZipFile(io.BytesIO(files.get(bundle.sha256))) as packed:
            parts[bundle.audience] = {name: packed.read(name) for name in packed.namelist()}
    for inside in parts.values():
        assert sorted(inside) == ["leads.json", "leads.pdf", "leads.xlsx", "sha256.txt"]
        assert inside["leads.pdf"][:4] == b"%PDF"
        for line in inside["sha256.txt"].decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(inside[name]).hexdigest() == digest
    data = json.loads(parts["applicant"]["leads.json"])
    assert data["leads"][0]["evidence"] == ["银行流水 2 项", "关系登记 1 项"]
    assert "尾号" not in parts["applicant"]["leads.json"].decode()
    assert len(json.loads(parts["court"]["leads.json"])["leads"][0]["evidence"]) == 3
    client = login(opened, "judge")
    bundle = EvidenceBundle.objects.first()
    assert bundle is not None
    got = client.get(f"/cases/{opened.case.pk}/evasion/{bundle.pk}.zip")
    assert got.content[:2] == b"PK"
    assert login(opened, "other").get(f"/cases/{opened.case.pk}/evasion/{bundle.pk}.zip").status_code == 404


def test_forms_of_the_page_keep_what_was_entered(opened: World) -> None:
    client, base = login(opened, "judge"), f"/cases/{opened.case.pk}/evasion"
    bad = client.post(f"{base}/material/", {"topic": "ties", "a": "马立群", "kind": "spouse", "since": "昨天", "source": "民政局"})  # fmt: skip
    text = bad.content.decode()
    assert bad.status_code == 422
    assert "没有填写“b”" in text
    assert "“昨天”不是日期" in text
    assert 'value="民政局"' in text
    good = {"topic": "ties", "a": opened.obligor.name, "b": "周某", "kind": "spouse", "source": "民政局"}
    assert client.post(f"{base}/material/", good).status_code == 302
    assert client.post(f"{base}/search/").status_code == 302
    lead = Lead.objects.get()
    assert client.post(f"{base}/decide/", {"lead": lead.pk, "verdict": "pursue", "reason": "询问后没有解释"}).status_code == 302  # fmt: skip
    assert client.post(f"{base}/nothing/").status_code == 404
    assert "据以处理" in page(opened)
    assert login(opened, "other").get(f"{base}/").status_code == 404
    assert login(opened, "clerk").get(f"{base}/").status_code in (302, 403)


def test_statements_of_the_page_do_not_grow_with_the_rows(opened: World, django_assert_max_num_queries: Any) -> None:  # fmt: skip
    opened.submit("judge", "inquiry.evasion_search", {})
    client = login(opened, "judge")
    client.get(f"/cases/{opened.case.pk}/evasion/")
    with django_assert_max_num_queries(60):
        client.get(f"/cases/{opened.case.pk}/evasion/")
