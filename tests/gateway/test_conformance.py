"""The conformance kit: the simulated institutions pass it over real sockets, and clients that err are found out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.bank import Bank
from simworld.institutions.faults import FaultSettings
from simworld.institutions.file_bank import FileBank
from simworld.institutions.realty import Realty
from zhixing.gateway.conformance.agency import RULES as AGENCY_RULES
from zhixing.gateway.conformance.agency import AgencyPlayed
from zhixing.gateway.conformance.bank import SOAP_RULES, script_bank
from zhixing.gateway.conformance.court import CourtPlayed
from zhixing.gateway.conformance.realty import script_realty
from zhixing.gateway.conformance.report import outcome_save, outcome_text
from zhixing.gateway.conformance.rules import Outcome, State, judge_all
from zhixing.gateway.conformance.run import Plan, WrongTarget, run_plan
from zhixing.gateway.conformance.samples import Person
from zhixing.gateway.domain.canonical import Ack, InquiryResult
from zhixing.gateway.domain.canonical import Outcome as Result
from zhixing.gateway.domain.messages import AckList, InquiryFeedback, NoBody
from zhixing.gateway.profiles.base import Credentials as BankCredentials
from zhixing.gateway.profiles.registry import profile_get

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
HERO = Person(name="马立群", id_no="130930197403049617")


@pytest.fixture(scope="module")
def world() -> World:
    return World(seed=1, size=120)


@pytest.fixture
def judged(world: World, tmp_path: Path) -> Iterator[Callable[..., Outcome]]:
    """Runs the kit on a port, with a simulated institution as the client."""
    stop = threading.Event()
    threads: list[threading.Thread] = []

    def run(kind: Any, key: str, profile: str, *, seconds: float = 25.0, **more: Any) -> Outcome:
        def begin(line: str) -> None:
            if not line.startswith("检验用法院已启动"):
                return
            port = line.partition("http://127.0.0.1:")[2].partition("/")[0]
            agency = BY_KEY[key]
            credentials = Credentials(
                code=agency.code, name=agency.name, kind=agency.kind, username="conformance", password="conformance",
                statement_secret="s",
            )  # fmt: skip
            settings = Settings(
                poll_seconds=0.05,
                delay_seconds=(0.0, 0.0),
                backoff_cap_seconds=0.05,
                faults=FaultSettings(scale=0.0),
            )
            court = f"http://127.0.0.1:{port}"
            client = kind(agency, credentials, court=court, home=tmp_path, world=world, settings=settings)
            threads.append(threading.Thread(target=client.run, args=(stop,), daemon=True))
            threads[-1].start()

        plan = Plan(profile=profile, target="127.0.0.1:0", person=HERO, seconds=seconds, **more)
        return run_plan(plan, begin)

    yield run
    stop.set()
    for thread in threads:
        thread.join(5)


def wrong(outcome: Outcome) -> list[str]:
    """Rules that were broken or never tried, with their reasons."""
    return [
        f"{item.id} {item.verdict.state} {item.verdict.note}"
        for item in outcome.judged
        if item.verdict.state is not State.PASSED
    ]


def test_the_simulated_bank_conforms(judged: Callable[..., Outcome], tmp_path: Path) -> None:
    outcome = judged(Bank, "abc", "bank-soap-gbk")
    # The customer had no movements in the year asked about.
    assert wrong(outcome) in ([], ["B-35 not_exercised 没有反馈资金往来"])
    assert outcome.is_passed
    told = outcome_save(outcome, tmp_path / "out")
    assert "结论：符合" in outcome_text(told)
    files = [name for rule in told["rules"] for shown in rule["exchanges"] for name in shown["files"]]
    assert files
    assert all((tmp_path / "out" / name).stat().st_size for name in files)


def test_the_simulated_registry_conforms(judged: Callable[..., Outcome]) -> None:
    outcome = judged(Realty, "realty", "realty-soap-utf8")
    assert wrong(outcome) == []
    assert outcome.is_passed


def test_the_simulated_bank_behind_a_front_machine_conforms(world: World, tmp_path: Path) -> None:
    agency = BY_KEY["czb"]
    credentials = Credentials(
        code=agency.code, name=agency.name, kind="bank", username="u", password="p", statement_secret="s",
        front_machine=str(tmp_path / "front"),
    )  # fmt: skip
    settings = Settings(
        poll_seconds=0.05, delay_seconds=(0.0, 0.0), backoff_cap_seconds=0.05, faults=FaultSettings(scale=0.0)
    )
    owner = next(
        world.owner(a.owner) for a in world.accounts if a.bank == "czb" and not a.holder_id[:1].isalpha()
    )
    stop = threading.Event()

    def begin(line: str) -> None:
        if line.startswith("请求包放在"):
            client = FileBank(
                agency, credentials, court="http://127.0.0.1:9", home=tmp_path, world=world, settings=settings
            )
            threading.Thread(target=client.run, args=(stop,), daemon=True).start()

    plan = Plan(
        profile="bank-file-zip", target=str(tmp_path / "front"), code=agency.code, seconds=30.0,
        person=Person(name=owner.name, id_no=owner.resident_id),
    )  # fmt: skip
    outcome = run_plan(plan, begin)
    stop.set()
    assert wrong(outcome) in ([], ["B-35 not_exercised 没有反馈资金往来"])


# --- clients that err are found out -----------------------------------------------------------------------


BANK_WIRE = profile_get("bank-soap-gbk")


def court_with(*, first: tuple[str, ...] = ()) -> CourtPlayed:
    """A court without a port; its script asks a person whom the client answers as the test likes."""
    script = script_bank(stamp="20260304120000", person=None, moment=NOON)
    return CourtPlayed(BANK_WIRE, script, username="u", password="p", first=first)


def call(court: CourtPlayed, operation: str, body: Any, password: str = "p") -> Any:
    """One call as a client makes it; what the client reads, None when the answer was withheld."""
    named = BANK_WIRE.operations[operation]
    made = BANK_WIRE.build_call(named, BankCredentials(username="u", password=password), body)
    reply, _ = court.serve(made.content)
    return None if reply is None else BANK_WIRE.parse_reply(named, reply).body


def verdict(court: CourtPlayed, rule: str) -> tuple[State, str]:
    found = next(item for item in judge_all(SOAP_RULES, court) if item.id == rule)
    return found.verdict.state, found.verdict.note


def nothing_found(number: str, note: str = "") -> InquiryFeedback:
    return InquiryFeedback(results=(InquiryResult(request_no=number, outcome=Result.NOT_FOUND, note=note),))


def test_a_client_that_answers_without_papers_is_found_out() -> None:
    court = court_with()
    requests = call(court, "getXzcxList", NoBody()).requests
    assert len(requests) == 10
    for request in requests:
        call(court, "shfeedXzcxInfo", nothing_found(request.request_no))
    assert verdict(court, "B-06") == (State.FAILED, f"请求 {requests[0].request_no} 反馈之前没有取法律文书")
    for rule in ("B-21", "B-22", "B-23", "B-24", "B-25"):
        assert verdict(court, rule)[0] is State.FAILED
    assert verdict(court, "B-32")[0] is State.PASSED
    assert verdict(court, "B-03") == (State.FAILED, "没有轮询控制请求列表")


def test_a_client_that_gives_up_after_a_lost_answer_is_found_out() -> None:
    court = court_with()
    number = court.script.card("period").number
    call(court, "getXzcxList", NoBody())
    assert call(court, "shfeedXzcxInfo", nothing_found(number)) is None
    assert verdict(court, "B-08")[0] is State.FAILED
    again = call(court, "shfeedXzcxInfo", nothing_found(number))
    assert "已反馈" in again.acks[0].message
    assert verdict(court, "B-08")[0] is State.PASSED


def test_a_second_different_answer_is_found_out() -> None:
    court = court_with()
    number = court.script.card("plain").number
    call(court, "getXzcxList", NoBody())
    call(court, "shfeedXzcxInfo", nothing_found(number))
    other = InquiryFeedback(results=(InquiryResult(request_no=number, outcome=Result.ERROR),))
    assert call(court, "shfeedXzcxInfo", other).acks[0].result == "fail"
    assert verdict(court, "B-51")[0] is State.FAILED


def test_wrong_passwords_and_unreadable_calls_are_found_out() -> None:
    court = court_with(first=("error", "empty"))
    assert call(court, "getXzcxList", NoBody()).error_message
    assert verdict(court, "B-04") == (State.FAILED, "此后没有再来轮询")
    call(court, "getXzcxList", NoBody(), password="guessed")
    court.serve(b"<a/>")
    assert verdict(court, "B-02")[0] is State.FAILED
    state, note = verdict(court, "B-01")
    assert state is State.FAILED
    assert "SOAP" in note


def test_a_run_that_nobody_called_does_not_pass() -> None:
    outcome = run_plan(Plan(profile="bank-soap-gbk", target="127.0.0.1:0", seconds=0.3), lambda line: None)
    assert not outcome.is_passed


@pytest.mark.parametrize(
    "plan",
    [
        {"profile": "bank-soap-gbk", "target": "nowhere"},
        {"profile": "no-such", "target": "127.0.0.1:0"},
        {"profile": "bank-file-zip", "target": "x", "code": "short"},
    ],
)
def test_a_wrong_target_is_told(plan: dict[str, str]) -> None:
    with pytest.raises(WrongTarget) as refused:
        run_plan(Plan(**plan), lambda line: None)
    assert "应为" in str(refused.value) or "可选" in str(refused.value)


# --- the other direction ----------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["bank-soap-gbk", "realty-soap-utf8"])
def test_a_court_of_the_kit_conforms_to_the_agency_of_the_kit(profile: str) -> None:
    make = script_bank if profile == "bank-soap-gbk" else script_realty
    court = CourtPlayed(
        profile_get(profile),
        make(stamp="20260304120000", person=None, moment=NOON),
        username="u",
        password="p",
        first=(),
    )
    court.script.cards = [card for card in court.script.cards if card.key == "plain"]
    played = AgencyPlayed(
        court.profile, BankCredentials(username="u", password="p"), lambda raw: court.serve(raw)[0] or b""
    )
    played.work()
    judged = {item.id: item.verdict for item in judge_all(AGENCY_RULES, played)}
    assert {key: item.note for key, item in judged.items() if item.state is not State.PASSED} == {}
    # Nothing of the court was answered.
    assert not court.script.card("plain").answers


def test_a_court_that_takes_everything_is_found_out() -> None:
    taken = BANK_WIRE.build_response(
        BANK_WIRE.operations["htInfo"], AckList(acks=(Ack(request_no="1"),))
    ).content
    played = AgencyPlayed(BANK_WIRE, BankCredentials(username="u", password="p"), lambda raw: taken)
    played.work()
    states = {item.id: item.verdict.state for item in judge_all(AGENCY_RULES, played)}
    # Read as documents, the answer is an empty list, and that is all C-04 asks.
    assert [key for key, state in states.items() if state is State.PASSED] == ["C-04"]
