"""The desk as a page: who may, what it shows, what it never keeps."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "acts"))

from acts_world import World, world_make
from profile_samples import bank_call
from test_wiredesk import ANSWER, PERSONAL

from zhixing.courts.models import StaffRole
from zhixing.courts.roles import Role
from zhixing.gateway.models import Inbound
from zhixing.platform import scope


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with scope.system("test"):
        yield world_make()


def client_as(world: World, role: Role) -> Client:
    """Somebody who has this role only."""
    who = world.staff["officer"]
    StaffRole.objects.filter(staff=who).update(role=role)
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


FORM = {"format": "bank-soap-gbk|2017plus", "operation": ""}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMIN, 200),
        (Role.INQUIRY_OFFICER, 200),
        (Role.COMMAND_STAFF, 200),
        (Role.JUDGE, 403),
        (Role.FUNDS_MANAGER, 403),
    ],
)
def test_operators_only(world: World, role: Role, status: int) -> None:
    assert client_as(world, role).get("/wire/").status_code == status


def test_a_stranger_logs_in_first(world: World) -> None:
    assert Client().get("/wire/").status_code == 302


def test_a_pasted_message_is_taken_apart_and_masked(world: World) -> None:
    client = client_as(world, Role.INQUIRY_OFFICER)
    kept = Inbound.objects.count()
    answer = client.post("/wire/", {**FORM, "pasted": bank_call("shfeedXzcxInfo", ANSWER).decode()})
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "6228****4567" in told
    assert "results[0].assets[0].detail.account_no" in told
    shown = told[told.index('id="result"') :]
    assert [value for value in PERSONAL if value in shown] == []
    assert Inbound.objects.count() == kept
    assert "no-store" in answer["Cache-Control"]


def test_an_uploaded_file_is_taken_apart_and_not_pasted_back(world: World) -> None:
    held = SimpleUploadedFile("feedback.xml", bank_call("shfeedXzcxInfo", ANSWER))
    told = client_as(world, Role.ADMIN).post("/wire/", {**FORM, "file": held}).content.decode()
    assert "可以受理" in told
    assert ANSWER not in told


def test_broken_and_empty_messages_are_told(world: World) -> None:
    client = client_as(world, Role.COMMAND_STAFF)
    assert client.post("/wire/", FORM).status_code == 422
    assert client.post("/wire/", {**FORM, "format": "x|y", "pasted": "<a/>"}).status_code == 422
    told = client.post("/wire/", {**FORM, "pasted": "<a/>"}).content.decode()
    assert "不能受理" in told
    assert "SOAP 1.1 或 1.2 信封" in told


def test_what_is_too_large_is_not_read(world: World) -> None:
    client = client_as(world, Role.ADMIN)
    assert (
        client.post("/wire/", {**FORM, "file": SimpleUploadedFile("a.xml", b"x" * 4_000_000)}).status_code
        == 413
    )
    answer = client.post("/wire/", {**FORM, "file": SimpleUploadedFile("a.xml", b"x" * 2_500_000)})
    assert answer.status_code == 422


def test_without_the_token_nothing_is_read(world: World) -> None:
    who = world.staff["officer"]
    client = Client(enforce_csrf_checks=True)
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/wire/", {**FORM, "pasted": "<a/>"}).status_code == 403


RESULT = {
    "kit": 1, "profile": "bank-soap-gbk", "dialect": "2017plus", "role": "court", "target": "127.0.0.1:1", "started_at": "t",
    "seconds": 3, "is_passed": True,
    "rules": [
        {"id": "B-01", "says": "甲", "place": "1.2", "is_advice": False, "state": "passed", "note": "", "exchanges": []},
        {"id": "B-02", "says": "乙", "place": "1.2", "is_advice": False, "state": "failed", "note": "<b>", "exchanges": [
            {"no": 1, "operation": "x", "files": ["0001-x-request.xml"], "request": "<a>", "response": ""}]},
    ],
}  # fmt: skip


def test_a_result_of_the_kit_is_shown_and_judged_again(world: World) -> None:
    client = client_as(world, Role.COMMAND_STAFF)
    held = SimpleUploadedFile("result.json", json.dumps(RESULT).encode())
    told = client.post("/wire/conformance/", {"file": held}).content.decode()
    # The file says it passed; a rule says otherwise.
    assert "不符合" in told
    assert "0001-x-request.xml" in told
    assert "&lt;b&gt;" in told


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[", b'{"kit": 1, "rules": 7}', b'{"kit": 1, "rules": [1]}', b"[" * 9000]
)
def test_what_is_no_result_is_told(world: World, raw: bytes) -> None:
    client = client_as(world, Role.ADMIN)
    answer = client.post("/wire/conformance/", {"file": SimpleUploadedFile("result.json", raw or b" ")})
    assert answer.status_code == 422
    assert client_as(world, Role.JUDGE).get("/wire/conformance/").status_code == 403
