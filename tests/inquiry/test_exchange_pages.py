"""Pages for administrators: secrets change without a gap and are shown once; raw bytes leave a trace in the journal."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from inquiry_world import ABC, KEY, World

from zhixing.acts.models import Draft, Entry
from zhixing.courts.roles import Role
from zhixing.courts.services import staff_create
from zhixing.gateway.agencies import agency_known
from zhixing.gateway.models import Agency, AgencySecret, CourtKey, Order
from zhixing.gateway.outbound import sent_record
from zhixing.gateway.signatures import public_pem
from zhixing.kernel.clock import now


@pytest.fixture
def admin(world: World) -> Client:
    staff = staff_create(
        username="exchange-admin",
        password="test-only",
        name="管理员甲",
        title="系统管理员",
        court_key=KEY,
        roles={Role.ADMIN},
        phone="13800000000",
        email="admin@court.test",
        since=date(2020, 1, 1),
    )
    client = Client()
    client.force_login(staff.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def known(password: str, moment=None) -> bool:
    return bool(
        agency_known(username="A0", password=password, profile="bank-soap-gbk", moment=moment or now())
    )


def test_a_password_changes_without_a_gap_and_is_shown_once(admin: Client) -> None:
    page = admin.post(f"/agencies/{ABC}/rotate/", {"kind": "password"})
    assert page.headers["Cache-Control"] == "no-store"
    password = re.search(r'class="strong">([^<]{32})<', page.content.decode())[1]
    assert known(password)
    assert known("test-only")
    assert not known("test-only", now() + timedelta(hours=73))
    assert known(password, now() + timedelta(days=364))
    assert not known(password, now() + timedelta(days=366))
    assert password not in admin.get("/agencies/").content.decode()
    stored = str(list(Draft.objects.values())) + str(list(Entry.objects.values()))
    assert password not in stored
    assert "rotate_secret" in stored
    assert password not in repr(AgencySecret.objects.filter(agency_id=ABC).first())


def test_an_end_that_comes_near_is_shown(admin: Client) -> None:
    AgencySecret.objects.filter(agency_id=ABC).update(valid_until=now() + timedelta(days=20))
    assert "请尽快更换" in admin.get("/agencies/").content.decode()
    AgencySecret.objects.filter(agency_id=ABC).update(valid_until=now() - timedelta(days=1))
    assert "没有有效的口令或者公钥" in admin.get("/agencies/").content.decode()


def test_a_new_public_key_is_taken_and_nonsense_is_told(admin: Client) -> None:
    Agency.objects.filter(pk=ABC).update(profile="zhixing-rest-json")
    bad = admin.post(f"/agencies/{ABC}/rotate/", {"kind": "public_key", "name": "k 1", "public": "x"})
    assert bad.status_code == 422
    pem = public_pem(Ed25519PrivateKey.generate().public_key()).decode()
    done = admin.post(f"/agencies/{ABC}/rotate/", {"kind": "public_key", "name": "k.1", "public": pem})
    assert done.status_code == 302
    assert AgencySecret.objects.get(name="k.1").valid_until is not None


def test_messages_of_a_request_and_their_bytes_with_a_trace(admin: Client, world: World) -> None:
    order = Order.objects.get(reference=world.released().pk, agency_id=ABC)
    sent_record(order.agency, "bank-soap-gbk", "getXzcxList", [order.request_no], b"<sent/>", moment=now())
    page = admin.get("/exchange/", {"no": order.request_no}).content.decode()
    assert "getXzcxList" in page
    row = re.search(r'name="message" value="(\d+)"', page)[1]
    asked = {"way": "out", "message": row, "no": order.request_no}
    assert admin.post("/exchange/raw/", asked | {"reason": ""}).status_code == 302
    assert not Entry.objects.filter(code="gateway.read_message", kind="effect").exists()
    assert admin.post("/exchange/raw/", asked | {"reason": "核对字符集故障"}).content == b"<sent/>"
    assert Entry.objects.filter(code="gateway.read_message").exists()
    assert "没有这一单号的报文" in admin.get("/exchange/", {"no": "1"}).content.decode()


def test_only_the_right_people_open_them(world: World) -> None:
    client = Client()
    client.force_login(world.staff["judge"].account, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/agencies/", "/exchange/", "/manual/"):
        assert client.get(address).status_code == 403
    client.force_login(world.staff["first"].account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/exchange/").status_code == 200
    assert client.post("/exchange/raw/", {}).status_code == 403
    assert client.post(f"/agencies/{ABC}/rotate/", {"kind": "password"}).status_code == 403


def test_all_messages_of_a_case_where_the_officer_sees_its_orders(admin: Client, world: World) -> None:
    inquiry = world.released()
    order, other = Order.objects.filter(reference=inquiry.pk).order_by("request_no")[:2]
    both = [order.request_no, other.request_no]
    sent_record(order.agency, "bank-soap-gbk", "getXzcxList", both, b"<sent/>", moment=now())
    officer = Client()
    officer.force_login(world.staff["first"].account, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/exchange/case/{order.case_id}/"
    assert address in officer.get(f"/inquiry/{inquiry.pk}/agencies/").content.decode()
    page = officer.get(address).content.decode()
    digest = hashlib.sha256(b"<sent/>").hexdigest()
    for told in (*both, digest[:32], digest[32:], "getXzcxList"):
        assert told in page
    # Who works on the case sees that a message went, not what it says.
    assert "记录并下载" not in page
    assert "记录并下载" in admin.get(address).content.decode()
    assert "本案还没有往来报文" in officer.get("/exchange/case/999999/").content.decode()


def test_a_message_is_opened_at_the_desk_masked_and_with_a_trace(admin: Client, world: World) -> None:
    order = Order.objects.get(reference=world.released().pk, agency_id=ABC)
    told = '{"type":"inquiry_feedback","results":[{"request_no":"1","outcome":"not_found","note":"郑小北13093019900101001X"}]}'
    sent_record(
        order.agency,
        "zhixing-rest-json",
        "feedback-inquiries",
        [order.request_no],
        told.encode(),
        moment=now(),
    )
    row = re.search(
        r'name="message" value="(\d+)"', admin.get("/exchange/", {"no": order.request_no}).content.decode()
    )[1]
    asked = {"way": "out", "message": row, "no": order.request_no, "look": "1"}
    assert admin.post("/exchange/raw/", asked | {"reason": ""}).status_code == 302
    shown = admin.post("/exchange/raw/", asked | {"reason": "核对字段"})
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    assert "逐层拆看" in shown.content.decode()
    assert "13093019900101001X" not in shown.content.decode()
    assert Entry.objects.filter(code="gateway.read_message").exists()


def test_the_courts_own_key_is_changed_by_an_administrator_and_journalled(
    admin: Client, world: World
) -> None:
    assert admin.post("/agencies/court-key/", {"reason": ""}).status_code == 422
    assert admin.post("/agencies/court-key/", {"reason": "年度更换"}).status_code == 302
    first = CourtKey.objects.first()
    assert admin.post("/agencies/court-key/", {"reason": "怀疑泄露"}).status_code == 302
    assert CourtKey.objects.first().name != first.name
    entry = Entry.objects.filter(code="gateway.rotate_court_key", kind="effect").last()
    assert entry is not None
    assert bytes(first.sealed).hex() not in str(list(Entry.objects.values()))
    officer = Client()
    officer.force_login(world.staff["first"].account, backend="django.contrib.auth.backends.ModelBackend")
    assert officer.post("/agencies/court-key/", {"reason": "年度更换"}).status_code == 403
