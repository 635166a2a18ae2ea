"""The door of our own format: only fresh, whole, known signatures come in; everything else is refused alike."""

from __future__ import annotations

import base64
import json
import logging
import time
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client, override_settings
from rest_client import JsonAgency, reply_holds

from zhixing.gateway import door, rest_views, signatures
from zhixing.gateway.agencies import public_key_add
from zhixing.gateway.domain.messages import NoBody
from zhixing.gateway.models import AgencySecret, CallCount, Inbound, Order, Outbound
from zhixing.gateway.profiles.base import Credentials
from zhixing.gateway.profiles.registry import profile_get
from zhixing.kernel.clock import court_date, now
from zhixing.law.book import book
from zhixing.platform import files, scope

LIST = "/gateway/v1/inquiries"
FEED = "/gateway/v1/feedback/inquiries"


@pytest.fixture
def system(db):
    with scope.system("test"):
        yield


@pytest.fixture
def agency(system):
    return JsonAgency(Client())


def answer(number: str, plate: str = "冀J00001") -> dict:
    return {
        "type": "inquiry_feedback",
        "results": [
            {
                "request_no": number,
                "outcome": "found",
                "assets": [{"kind": "vehicle", "seq": "1", "detail": {"plate_no": plate}}],
            }
        ],
    }


def test_a_request_goes_out_and_its_answer_comes_in_once(agency):
    number = agency.order()
    listed = agency.get(LIST)
    assert listed.status_code == 200
    told = listed.json()
    assert [row["request_no"] for row in told["requests"]] == [number]
    assert told["requests"][0]["subject"]["name"] == "郑小北"
    assert "zx.phone.1" not in listed.content.decode()
    first = agency.post(FEED, answer(number))
    again = agency.post(FEED, answer(number))
    other = agency.post(FEED, answer(number, plate="冀J99999"))
    results = [reply.json()["acks"][0]["result"] for reply in (first, again, other)]
    assert results == ["success", "already", "fail"]
    assert Order.objects.get(request_no=number).state == "answered"
    kept = Inbound.objects.get(request_no=number, outcome="accepted")
    assert json.loads(files.get(kept.sha256)) == answer(number)


def test_a_call_shows_that_the_agency_is_there(agency):
    from zhixing.gateway.models import AgencyHealth

    AgencyHealth.objects.update(last_seen_at=None)
    agency.client.get(LIST, headers={"signature": "none"})
    assert not AgencyHealth.objects.exclude(last_seen_at=None).exists()
    assert agency.get(LIST).status_code == 200
    assert AgencyHealth.objects.exclude(last_seen_at=None).count() == 1


def test_what_carried_an_order_out_is_recorded_and_an_empty_poll_is_not(agency):
    number = agency.order()
    first, again = agency.get(LIST), agency.get(LIST)
    row = Outbound.objects.get(requests__contains=[number])
    assert (row.operation, files.get(row.sha256)) == ("inquiries", first.content)
    assert again.json()["requests"]
    assert Outbound.objects.filter(agency=agency.agency).count() == 1


def test_the_court_signs_its_answers_over_the_call(agency):
    pem = agency.client.get("/gateway/v1/keys").json()["keys"][0]["pem"]
    public = serialization.load_pem_public_key(pem.encode())
    headers = agency.headers("GET", LIST)
    reply = agency.client.get(LIST, headers=headers)
    reply_holds(reply, public, headers["Signature"])
    refused = agency.client.get(LIST)
    assert refused.status_code == 401
    reply_holds(refused, public, "")


@pytest.mark.parametrize(
    "changes",
    [
        {"created": int(time.time()) - 400},
        {"created": int(time.time()) + 4000},
        {"nonce": "short"},
        {"keyid": "unknown.1"},
        {"keyid": "x" * 5000},
        {"key": Ed25519PrivateKey.generate()},
        {"covered": ["@method"]},
        {"covered": ["@target-uri"]},
    ],
)
def test_wrong_signatures_are_refused_alike(agency, changes):
    refused = agency.get(LIST, **changes)
    assert refused.status_code == 401
    assert refused.content == agency.client.get(LIST).content


def test_a_call_cannot_be_replayed_nor_its_body_changed(agency):
    headers = agency.headers("GET", LIST)
    assert agency.client.get(LIST, headers=headers).status_code == 200
    assert agency.client.get(LIST, headers=headers).status_code == 401
    number = agency.order()
    body = json.dumps(answer(number)).encode()
    signed = agency.headers("POST", FEED, body)
    changed = body.replace(b"00001", b"00002")
    for sent, headers in (
        (changed, signed),
        (body, {k: v for k, v in agency.headers("POST", FEED, body).items() if k != "Content-Digest"}),
        (body, agency.headers("POST", FEED, body, covered=["@method", "@target-uri"])),
        (body, agency.headers("POST", "/gateway/v1/feedback/controls", body)),
    ):
        refused = agency.client.post(FEED, data=sent, content_type="application/json", headers=headers)
        assert refused.status_code == 401
    assert not Inbound.objects.filter(request_no=number).exists()


def test_keys_of_expired_secrets_inactive_agencies_and_other_formats_do_not_hold(agency):
    secret = AgencySecret.objects.filter(name=agency.key_id)
    secret.update(valid_until=now() - timedelta(seconds=1))
    assert agency.get(LIST).status_code == 401
    secret.update(valid_until=None)
    for columns in ({"is_active": False}, {"profile": "bank-soap-gbk", "is_active": True}):
        type(agency.agency).objects.filter(pk=agency.agency.pk).update(**columns)
        assert agency.get(LIST).status_code == 401


def test_all_problems_of_a_message_come_back_as_problem_json(agency):
    number = agency.order()
    told = answer(number)
    told["results"][0] |= {"outcome": "perhaps", "responded_at": 20260304}
    refused = agency.post(FEED, told)
    assert refused.status_code == 400
    assert refused.headers["Content-Type"].startswith("application/problem+json")
    assert [(p["code"], p["where"]) for p in refused.json()["problems"]] == [
        ("bad_code", "/results/0/outcome"),
        ("not_text", "/results/0/responded_at"),
    ]
    kept = Inbound.objects.get(request_no=number)
    assert (kept.outcome, kept.agency_id) == ("malformed", agency.agency.pk)
    assert Order.objects.get(request_no=number).state == "queued"


def test_nobody_fetches_or_answers_what_is_anothers(agency):
    number = agency.order()
    stranger = JsonAgency(Client())
    refused = stranger.get(f"/gateway/v1/requests/{number}/documents")
    assert refused.status_code == 404
    acks = stranger.post(FEED, answer(number)).json()["acks"]
    assert acks[0]["result"] == "fail"
    assert Order.objects.get(request_no=number).state == "queued"


def test_networks_behind_a_proxy_bind_an_agency(agency):
    type(agency.agency).objects.filter(pk=agency.agency.pk).update(networks=["10.9.0.0/16"])

    def call(**meta):
        return agency.client.get(LIST, headers=agency.headers("GET", LIST), **meta).status_code

    assert call() == 401
    assert call(REMOTE_ADDR="10.9.1.2") == 200
    assert call(HTTP_X_FORWARDED_FOR="10.9.1.2") == 401
    with override_settings(GATEWAY_TRUSTED_PROXIES=["127.0.0.0/8"]):
        assert call(HTTP_X_FORWARDED_FOR="10.9.1.2") == 200
        assert call(HTTP_X_FORWARDED_FOR="10.9.1.2, 192.0.2.7") == 401
        assert call(HTTP_X_FORWARDED_FOR="192.0.2.7, 10.9.1.2") == 200
        assert call(HTTP_X_FORWARDED_FOR="garbage\x7f") == 401


def test_a_certificate_told_by_the_proxy_binds_an_agency(agency):
    type(agency.agency).objects.filter(pk=agency.agency.pk).update(settings={"certificates": ["ab" * 32]})

    def call(**meta):
        return agency.client.get(LIST, headers=agency.headers("GET", LIST), **meta).status_code

    assert call(HTTP_X_CLIENT_CERT="ab" * 32) == 401
    with override_settings(
        GATEWAY_CERTIFICATE_HEADER="X-Client-Cert", GATEWAY_TRUSTED_PROXIES=["127.0.0.1/32"]
    ):
        assert call(HTTP_X_CLIENT_CERT="ab" * 32) == 200
        assert call(HTTP_X_CLIENT_CERT="cd" * 32) == 401
        assert call(REMOTE_ADDR="10.0.0.1", HTTP_X_CLIENT_CERT="ab" * 32) == 401


def test_an_agency_that_calls_too_often_is_told_to_wait(agency):
    type(agency.agency).objects.filter(pk=agency.agency.pk).update(calls_per_minute=2)
    statuses = [agency.get(LIST).status_code for _ in range(4)]
    # The window may turn once while the test runs.
    assert statuses in (
        [200, 200, 429, 429],
        [200, 200, 200, 200],
        [200, 200, 200, 429],
        [200, 200, 429, 200],
    )
    assert JsonAgency(Client()).get(LIST).status_code == 200


def test_wrong_tries_lock_the_name_at_that_address_only(agency):
    CallCount.objects.all().delete()
    for _ in range(10):
        assert agency.get(LIST, key=Ed25519PrivateKey.generate()).status_code == 401
    assert agency.get(LIST).status_code == 401
    elsewhere = agency.client.get(LIST, headers=agency.headers("GET", LIST), REMOTE_ADDR="10.0.0.9")
    assert elsewhere.status_code == 200
    assert JsonAgency(Client()).get(LIST).status_code == 200


def test_an_address_that_only_fails_is_shut_out(agency):
    for _ in range(100):
        door.failure_note("192.0.2.44", "anybody")
    shut = agency.client.get(LIST, headers=agency.headers("GET", LIST), REMOTE_ADDR="192.0.2.44")
    assert shut.status_code == 429
    assert shut.headers["Retry-After"]


@pytest.mark.parametrize("claimed", [str(21 * 1024 * 1024), "9" * 40, "x", "-1"])
@pytest.mark.parametrize(
    "path", [FEED, "/gateway/bank-soap-gbk/SyyhConvertDataService", "/gateway/statement/"]
)
def test_a_body_that_claims_to_be_too_large_is_never_read(agency, path, claimed):
    reply = agency.client.generic("POST", path, b"x", CONTENT_LENGTH=claimed)
    assert reply.status_code in (400, 413)


def test_a_method_that_does_not_fit_and_the_open_pages(agency):
    assert agency.client.delete(LIST).status_code == 405
    assert agency.client.get("/gateway/v1/openapi.json").json()["openapi"] == "3.1.0"


def test_counts_and_nonces_of_the_past_are_deleted(agency):
    agency.get(LIST)
    CallCount.objects.create(who="from:old", since=now() - timedelta(hours=2), calls=1)
    assert door.counts_prune(now()) == 1


def test_no_secret_and_no_person_reaches_the_logs(agency, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    number = agency.order()
    headers = agency.headers("GET", LIST)
    agency.client.get(LIST, headers=headers)
    agency.post(FEED, answer(number))
    agency.post(
        FEED, b'{"type":"inquiry_feedback","results":[{"name":"\xe9\x83\x91\xe5\xb0\x8f\xe5\x8c\x97"}]}'
    )
    agency.get(LIST, key=Ed25519PrivateKey.generate())
    out = capfd.readouterr()
    logs = caplog.text + out.out + out.err
    for secret in (headers["Signature"], "郑小北", "130930199001010010", "冀J00001", agency.key_id):
        assert secret not in logs


def test_an_expired_certificate_is_refused_while_its_successor_holds(agency):
    def call(fingerprint):
        meta = {"HTTP_X_CLIENT_CERT": fingerprint}
        return agency.client.get(LIST, headers=agency.headers("GET", LIST), **meta).status_code

    yesterday, tomorrow = (court_date(now() + timedelta(days=days)).isoformat() for days in (-1, 1))
    registered = [f"{'AB' * 32}@{yesterday}", f"{'cd' * 32}@{tomorrow}", f"{'ef' * 32}@soon"]
    type(agency.agency).objects.filter(pk=agency.agency.pk).update(settings={"certificates": registered})
    with override_settings(
        GATEWAY_CERTIFICATE_HEADER="X-Client-Cert", GATEWAY_TRUSTED_PROXIES=["127.0.0.1/32"]
    ):
        assert [call(two * 32) for two in ("ab", "cd", "ef")] == [401, 200, 401]


def test_a_public_key_that_was_replaced_holds_for_the_overlap_and_then_no_more(agency, monkeypatch):
    old, new = agency.key, Ed25519PrivateKey.generate()
    hours = book().at(court_date(now())).value("gateway_door.secret_overlap_hours")
    public_key_add(
        agency.agency,
        signatures.public_pem(new.public_key()),
        name="second.1",
        moment=now(),
        keep_old=timedelta(hours=hours),
        valid_until=now() + timedelta(days=365),
    )

    def statuses(moment):
        monkeypatch.setattr(rest_views, "now", lambda: moment)
        return [
            agency.get(LIST, key=old).status_code,
            agency.get(LIST, key=new, keyid="second.1").status_code,
        ]

    assert statuses(now() + timedelta(minutes=1)) == [200, 200]
    assert statuses(now() + timedelta(hours=hours, minutes=1)) == [401, 200]


def test_the_court_signs_by_a_new_key_from_one_answer_to_the_next(agency):
    first = agency.get(LIST)
    name = signatures.court_key_add().name
    headers = agency.headers("GET", LIST)
    second = agency.client.get(LIST, headers=headers)
    keys = {row["keyid"]: row["pem"] for row in agency.client.get("/gateway/v1/keys").json()["keys"]}
    assert f'keyid="{name}"' in second.headers["Signature-Input"]
    assert f'keyid="{name}"' not in first.headers["Signature-Input"]
    reply_holds(second, serialization.load_pem_public_key(keys[name].encode()), headers["Signature"])
    # Answers signed before can still be checked.
    assert len(keys) == 2


def test_no_secret_of_any_door_reaches_logs_answers_or_journal(agency, caplog, capfd):
    from zhixing.acts.models import Draft, Entry
    from zhixing.gateway.agencies import password_add

    caplog.set_level(logging.DEBUG)
    password, typed = "Geheim-7f3a9c11e5", "vertippt-55d1c0ffee"
    type(agency.agency).objects.filter(pk=agency.agency.pk).update(
        profile="bank-soap-gbk", username="soap-user"
    )
    password_add(agency.agency, password, moment=now() - timedelta(days=1))
    soap = profile_get("bank-soap-gbk")
    answers = []
    for word in (password, typed):
        call = soap.build_call(
            soap.operations["getXzcxList"], Credentials(username="soap-user", password=word), NoBody()
        ).content
        for body in (call, call[:-40], call.replace(b"getXzcxList", b"noSuch")):
            reply = agency.client.post(
                "/gateway/bank-soap-gbk/SyyhConvertDataService", data=body, content_type="text/xml"
            )
            answers.append(reply.content.decode())
    statement = {"X-Agency": agency.agency.pk, "X-Signature": typed}
    answers.append(
        agency.client.post(
            "/gateway/statement/", data=password, content_type="application/json", headers=statement
        ).content.decode()
    )
    signatures.court_key()
    own = signatures.court_key()[1].private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    out = capfd.readouterr()
    told = caplog.text + out.out + out.err + "".join(answers)
    told += str(list(Draft.objects.values())) + str(list(Entry.objects.values()))
    told += str(list(CallCount.objects.values())) + str(list(Inbound.objects.values()))
    for secret in (password, typed, own.hex(), base64.b64encode(own).decode()):
        assert secret not in told
        assert base64.b64encode(secret.encode()).decode() not in told
