"""A paper answer: one clerk types it beside the scan, another person compares it, then it is an answer like any other."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from inquiry_world import ABC, KEY, World

from zhixing.acts.models import Draft, DraftState, Entry
from zhixing.courts.models import Staff
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.gateway.models import Agency, Inbound, Order, OrderState, Outbound
from zhixing.platform import files

PDF = b"%PDF-1.4 invented answer on paper"


@pytest.fixture
def order(world: World) -> Order:
    """An order to a vehicle office without an interface."""
    request = world.released()
    Agency.objects.filter(pk=ABC).update(profile="manual", kind="vehicle")
    return Order.objects.get(reference=request.pk, agency_id=ABC)


def assistant() -> Staff:
    return staff_create(
        username="paper-assistant",
        password="test-only",
        name="李想",
        title="法官助理",
        court_key=KEY,
        roles={Role.ASSISTANT},
        phone="13800000000",
        email="assistant@court.test",
        since=date(2020, 1, 1),
    )


def browser(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def typed(client: Client, order: Order, **more: str):
    """Upload the scan, then type the answer."""
    address = f"/manual/{order.request_no}/"
    kept = client.post(address, {"paper": SimpleUploadedFile("a.pdf", PDF)})
    assert kept.status_code == 302
    page = client.get(kept.url)
    assert "号牌号码" in page.content.decode()
    token = kept.url.partition("?scan=")[2]
    assert client.get(f"/manual/scan/{token}/").content == PDF
    return client.post(address, {"scan": token, "assets": "1", "idempotency_key": "k1"} | more)


def test_one_types_another_compares_and_the_answer_is_taken(world: World, order: Order) -> None:
    clerk, other = browser(world.staff["clerk"]), browser(assistant())
    assert order.request_no in clerk.get("/manual/").content.decode()
    assert clerk.get(f"/manual/{order.request_no}/papers.zip").content.startswith(b"PK")
    clerk.post(f"/manual/{order.request_no}/handed/")
    order.refresh_from_db()
    assert (order.state, Outbound.objects.filter(requests__contains=[order.request_no]).count()) == (
        OrderState.LISTED,
        1,
    )
    done = typed(
        clerk,
        order,
        **{"outcome": "found", "asset-1-plate_no": "冀J00001", "measure-1-authority": "沧州市新华区人民法院"},
    )
    assert done.status_code == 302
    draft = Draft.objects.get(code="gateway.enter_answer")
    assert draft.state == DraftState.PENDING
    assert "冀J00001" not in json.dumps(draft.payload)
    assert not Inbound.objects.exists()

    address = f"/manual/check/{draft.pk}/"
    own = clerk.post(address, {"decision": "approve"})
    assert own.status_code == 422
    page = other.get(address).content.decode()
    assert "冀J00001" in page
    assert "沧州市新华区人民法院" in page
    assert other.post(address, {"decision": "approve"}).status_code == 302
    message = Inbound.objects.get(order=order)
    told = json.loads(files.get(message.sha256))
    assert (message.profile, message.operation, message.outcome) == (
        "manual",
        "feedback-inquiries",
        "accepted",
    )
    assert told["results"][0]["assets"][0]["detail"] == {"plate_no": "冀J00001"}
    assert files.get(told["results"][0]["paper"]) == PDF
    order.refresh_from_db()
    assert order.state == OrderState.ANSWERED
    assert "冀J00001" not in str(list(Entry.objects.filter(code="gateway.enter_answer").values()))
    assert order.request_no not in clerk.get("/manual/").content.decode()


def test_a_returned_answer_changes_nothing_and_can_be_typed_again(world: World, order: Order) -> None:
    clerk, other = browser(world.staff["clerk"]), browser(assistant())
    typed(clerk, order, outcome="not_found")
    draft = Draft.objects.get(code="gateway.enter_answer")
    assert (
        other.post(f"/manual/check/{draft.pk}/", {"decision": "return", "opinion": "日期不符"}).status_code
        == 302
    )
    assert not Inbound.objects.exists()
    assert typed(clerk, order, outcome="not_found", idempotency_key="k2").status_code == 302


def test_what_does_not_read_is_told_in_the_words_of_the_form(world: World, order: Order) -> None:
    clerk = browser(world.staff["clerk"])
    refused = typed(
        clerk, order, **{"outcome": "found", "asset-1-registered": "去年", "responded_at": "2026/3/4"}
    )
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "注册登记日：2026-03-05" in page
    assert "反馈时间：" in page
    assert "去年" in page
    assert not Draft.objects.filter(code="gateway.enter_answer").exists()


def test_scans_of_the_wrong_kind_and_foreign_references_are_refused(world: World, order: Order) -> None:
    clerk = browser(world.staff["clerk"])
    address = f"/manual/{order.request_no}/"
    assert clerk.post(address, {"paper": SimpleUploadedFile("a.html", b"<html>")}).status_code == 422
    assert "上传" in clerk.get(f"{address}?scan=forged").content.decode()
    assert clerk.get("/manual/scan/forged/").status_code == 404
    assert clerk.get("/manual/20260101130930999999/").status_code == 404
    assert browser(world.staff["first"]).get("/manual/").status_code == 403
