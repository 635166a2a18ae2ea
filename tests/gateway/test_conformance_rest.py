"""The conformance kit for our own JSON format: the simulated agencies pass it, and each way to err breaks its rule."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions import signed_json
from simworld.institutions.faults import FaultSettings
from simworld.institutions.holdings import DRAWN
from simworld.institutions.json_agency import JsonAgency
from simworld.institutions.soap import CourtUnreachableError
from zhixing.gateway.conformance.report import outcome_save, outcome_text
from zhixing.gateway.conformance.rest_court import RestCourtPlayed
from zhixing.gateway.conformance.rest_json import RULES, script_rest
from zhixing.gateway.conformance.rules import Outcome, State, judge_all
from zhixing.gateway.conformance.run import Plan, WrongTarget, run_plan
from zhixing.gateway.conformance.samples import Person
from zhixing.gateway.conformance.signed import Call, headers_lower, public_pem
from zhixing.gateway.profiles.registry import wire_get

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
KEY_TEXT = base64.b64encode(KEY.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())).decode()


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=60)


@pytest.fixture
def made(world: World, tmp_path: Path) -> Callable[..., JsonAgency]:
    """Builds a simulated agency that signs by KEY."""

    def make(key: str, court: str) -> JsonAgency:
        agency = BY_KEY[key]
        credentials = Credentials(
            code=agency.code, name=agency.name, kind=agency.kind, username="kit.1", password="", private_key=KEY_TEXT
        )  # fmt: skip
        settings = Settings(
            poll_seconds=0.02, delay_seconds=(0.0, 0.0), backoff_cap_seconds=0.02, faults=FaultSettings(scale=0.0)
        )  # fmt: skip
        return JsonAgency(agency, credentials, court=court, home=tmp_path, world=world, settings=settings)

    return make


def holder(world: World, agency: JsonAgency) -> Person:
    """Somebody who has something here on which nothing rests."""
    row = agency.books.rows("select * from holdings where number not in (select holding from holds) limit 1")[
        0
    ]
    owner = next(person for person in world.persons if person.resident_id == row["holder_id"])
    return Person(name=owner.name, id_no=owner.resident_id)


@pytest.mark.parametrize("key", sorted(DRAWN))
def test_the_simulated_agencies_conform_over_a_socket(
    key: str, world: World, made: Callable[..., JsonAgency], tmp_path: Path
) -> None:
    stop, threads = threading.Event(), []
    person = holder(world, made(key, "http://127.0.0.1:9"))

    def begin(line: str) -> None:
        if line.startswith("检验用法院已启动"):
            port = line.partition("http://127.0.0.1:")[2].partition("/")[0]
            client = made(key, f"http://127.0.0.1:{port}")
            threads.append(threading.Thread(target=client.run, args=(stop,), daemon=True))
            threads[0].start()

    plan = Plan(
        profile="zhixing-rest-json", target="127.0.0.1:0", person=person, seconds=25.0, username="kit.1",
        public_key=public_pem(KEY.public_key()),
    )  # fmt: skip
    outcome = run_plan(plan, begin)
    stop.set()
    threads[0].join(5)
    assert wrong(outcome) == []
    assert outcome.is_passed
    told = outcome_save(outcome, tmp_path / "out")
    assert "结论：符合" in outcome_text(told)
    assert all(
        (tmp_path / "out" / name).stat().st_size for item in told["exchanges"] for name in item["files"]
    )


def wrong(outcome: Outcome) -> list[str]:
    return [
        f"{item.id} {item.verdict.state} {item.verdict.note}"
        for item in outcome.judged
        if item.verdict.state is not State.PASSED
    ]


# --- clients that err are found out -----------------------------------------------------------------------


def played(client: JsonAgency, person: Person | None = None) -> RestCourtPlayed:
    """A court of the kit that the client reaches without a socket."""
    script = script_rest(stamp="20260304120000", person=person, moment=NOON)
    court = RestCourtPlayed(wire_get("zhixing-rest-json"), script, key_id="kit.1", public=KEY.public_key())

    def reached(request: httpx.Request) -> httpx.Response:
        headers = headers_lower(dict(request.headers))
        answer = court.serve_call(
            Call(method=request.method, url=str(request.url), headers=headers, body=request.read())
        )
        if answer is None:
            raise httpx.ReadError("dropped")
        return httpx.Response(answer.status, headers=answer.headers, content=answer.content)

    client.caller._client = httpx.Client(transport=httpx.MockTransport(reached))
    return court


def work(client: JsonAgency, rounds: int = 8) -> None:
    for _ in range(rounds):
        client.pause.until = 0.0
        client.step()
    client.close()


def state(court: RestCourtPlayed, rule: str) -> State:
    return next(item.verdict.state for item in judge_all(RULES, court) if item.id == rule)


def failures(court: RestCourtPlayed) -> set[str]:
    return {item.id for item in judge_all(RULES, court) if item.verdict.state is State.FAILED}


@pytest.fixture
def vehicle(made: Callable[..., JsonAgency]) -> JsonAgency:
    return made("vehicle", "http://court.test")


def test_a_wrong_key_is_found_out(vehicle: JsonAgency) -> None:
    court = played(vehicle)
    vehicle.caller._key = Ed25519PrivateKey.generate()
    work(vehicle, 3)
    assert state(court, "J-02") is State.FAILED
    assert not any(card.answers for card in court.script.cards)


def test_a_clock_that_is_wrong_is_told_as_such(vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch) -> None:
    court = played(vehicle)
    right = signed_json.ticks
    monkeypatch.setattr(signed_json, "ticks", lambda: right() - 900)
    work(vehicle, 3)
    assert state(court, "J-02") is State.PASSED
    found = next(item for item in judge_all(RULES, court) if item.id == "J-03")
    assert found.verdict.state is State.FAILED
    assert "-90" in found.verdict.note


@pytest.mark.parametrize("nonce", ["short", "always-the-same-nonce"])
def test_a_nonce_that_is_short_or_used_again_is_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch, nonce: str
) -> None:
    court = played(vehicle)
    monkeypatch.setattr(signed_json.secrets, "token_urlsafe", lambda size: nonce)
    work(vehicle, 3)
    assert (state(court, "J-02"), state(court, "J-04")) == (State.PASSED, State.FAILED)


def test_a_client_that_believes_unsigned_answers_is_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = played(vehicle)
    monkeypatch.setattr(vehicle.caller, "_is_signed", lambda answer, asked_with: True)
    work(vehicle)
    # It never looks at a signature, so it never asks for keys again either.
    assert {"J-09", "J-10"} <= failures(court)


def test_a_client_that_never_fetches_keys_again_is_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = played(vehicle)
    asked = vehicle.caller._court_key

    def first_only(name: str) -> Any:
        return asked(name) if name == "kit-1" else None

    monkeypatch.setattr(vehicle.caller, "_court_key", first_only)
    work(vehicle)
    assert state(court, "J-10") is State.FAILED
    assert state(court, "J-09") is State.PASSED


def test_a_client_that_answers_without_papers_is_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = played(vehicle)
    monkeypatch.setattr(
        vehicle, "refusal_of", lambda taken: "" if taken.content["subject"].get("id_no") else "缺少证件号码"
    )
    work(vehicle)
    assert {"J-11", "J-22", "J-23", "J-24"} <= failures(court)


def test_a_client_that_gives_up_after_a_lost_answer_is_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = played(vehicle)
    sent = vehicle.send

    def given_up(operation: str, body: str, request_no: str) -> tuple[bool, str]:
        try:
            return sent(operation, body, request_no)
        except CourtUnreachableError:
            return True, ""

    monkeypatch.setattr(vehicle, "send", given_up)
    work(vehicle)
    assert state(court, "J-12") is State.FAILED


def test_a_second_different_answer_and_a_float_are_found_out(
    vehicle: JsonAgency, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = played(vehicle)
    sent = vehicle.send

    def twice(operation: str, body: str, request_no: str) -> tuple[bool, str]:
        told = sent(operation, body, request_no)
        if operation.endswith("inquiries"):
            changed = json.loads(body)
            changed["results"][0]["note"] = "又查了一次"
            sent(operation, json.dumps(changed), request_no)
            changed["results"][0]["note"] = 12.5
            monkeypatch.setattr(vehicle, "send", sent)
            sent(operation, json.dumps(changed), request_no)
        return told

    monkeypatch.setattr(vehicle, "send", twice)
    work(vehicle)
    assert {"J-01", "J-51"} <= failures(court)


def test_an_address_that_is_not_in_the_document_is_found_out(vehicle: JsonAgency) -> None:
    court = played(vehicle)
    vehicle.caller.court = "http://court.test/elsewhere"
    with pytest.raises(CourtUnreachableError):
        vehicle.caller.get("/inquiries")
    assert state(court, "J-01") is State.FAILED
    assert state(court, "J-06") is State.FAILED


@pytest.mark.parametrize("key", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_a_run_without_a_public_key_is_refused(key: bytes) -> None:
    with pytest.raises(WrongTarget, match="公钥"):
        run_plan(Plan(profile="zhixing-rest-json", target="127.0.0.1:0", public_key=key), lambda line: None)
