"""The conformance kit against an agency's server: the simulated registry passes it, and servers that err are found out."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simworld import World
from zhixing.gateway.adapters.caller import CallFault
from zhixing.gateway.conformance.called import RULES, AgencyCalled
from zhixing.gateway.conformance.rules import State, judge_all
from zhixing.gateway.conformance.run import Plan, WrongTarget, run_plan
from zhixing.gateway.conformance.samples import Person
from zhixing.gateway.profiles.called import Access, Call
from zhixing.gateway.profiles.registry import called_get

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
WIRE = called_get("realty-rest-json")
OK, FAILED, BAD_CREDENTIALS, BAD_TOKEN = "0000", "1000", "2000", "2010"


class Registry:
    """A registry written by hand, without a socket. `faults`: in what it errs."""

    def __init__(self, *faults: str) -> None:
        self.faults, self.calls = set(faults), 0

    def __call__(self, call: Call) -> tuple[int, bytes]:
        self.calls += 1
        if call.path.endswith("-conformance"):
            return (200, self.said(OK)) if "any address" in self.faults else (404, b"")
        try:
            told = json.loads(call.content)
        except ValueError:
            if "drops" in self.faults:
                raise CallFault("接口连不上：ReadError") from None
            return (200, self.said(OK)) if "takes nonsense" in self.faults else (400, b"")
        head = told["head"]
        if call.operation == "getToken":
            right = head["password"] == "right" or "any password" in self.faults
            data = {"token": "T1", "expires": "600"} if right else {}
            return 200, self.said(OK if right else BAD_CREDENTIALS, data)
        if head["token"] != "T1" and "any token" not in self.faults:
            return 200, self.said(BAD_TOKEN)
        if call.operation.startswith("lock"):
            return 200, self.said(OK if "locks air" in self.faults else FAILED)
        if "silent" in self.faults:
            return 200, b"<html/>"
        return 200, self.said(FAILED if "failing" in self.faults else OK, {})

    @staticmethod
    def said(code: str, data: Any = None) -> bytes:
        return json.dumps(
            {"head": {"code": code, "msg": "无"}, "data": data or {}}, ensure_ascii=False
        ).encode()


def played(*faults: str) -> dict[str, State]:
    registry = Registry(*faults)
    access = Access(username="court", password="right", moment=NOON)
    run = AgencyCalled(WIRE, access, registry, "20260304120000", None, lambda seconds: None)
    run.work()
    return {item.id: item.verdict.state for item in judge_all(RULES, run)}


def test_a_registry_that_errs_in_nothing_breaks_no_rule() -> None:
    states = played()
    assert [key for key, state in states.items() if state is State.FAILED and key != "S-34"] == []


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ("any password", "S-02"),
        ("any token", "S-03"),
        ("silent", "S-11"),
        ("failing", "S-13"),
        ("takes nonsense", "S-31"),
        ("drops", "S-32"),
        ("any address", "S-33"),
    ],
)
def test_each_fault_breaks_its_rule(fault: str, rule: str) -> None:
    assert played()[rule] is not State.FAILED
    assert played(fault)[rule] is State.FAILED


def test_neither_password_nor_token_is_kept_in_the_folder() -> None:
    access = Access(username="court", password="right", moment=NOON)
    run = AgencyCalled(WIRE, access, Registry(), "20260304120000", None, lambda seconds: None)
    run.work()
    kept = b"".join(item.request + item.response for item in run.tape.exchanges)
    assert b'"right"' not in kept
    assert b'"T1"' not in kept
    assert "right" not in repr(run.access)


@pytest.mark.parametrize("target", ["127.0.0.1:1", "http://127.0.0.1:9/api", "http://registry.test/api"])
def test_an_address_where_nobody_answers_is_told(target: str) -> None:
    with pytest.raises(WrongTarget):
        run_plan(
            Plan(profile="realty-rest-json", target=target, settings={"seconds": "1"}), lambda line: None
        )


def test_the_simulated_registry_conforms_over_a_socket(tmp_path: Path) -> None:
    helper: Any = pytest.importorskip("called_registry")
    with helper.registry_running(tmp_path, World(seed=1, size=60)) as registry:
        helper.house_give(registry, helper.NAME, helper.RESIDENT_ID)
        plan = Plan(
            profile="realty-rest-json", target=registry.url, username="court", password=helper.PASSWORD,
            person=Person(name=helper.NAME, id_no=helper.RESIDENT_ID),
        )  # fmt: skip
        outcome = run_plan(plan, lambda line: None)
    assert outcome.is_passed
    # It does not look at the content type, which the kit only advises.
    assert [item.id for item in outcome.judged if item.verdict.state is not State.PASSED] == ["S-34"]
