"""The conformance kit: the simulated institutions pass it over real sockets, and clients that err are found out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
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
from zhixing.gateway.conformance.report import outcome_save, outcome_text
from zhixing.gateway.conformance.rules import Outcome, State
from zhixing.gateway.conformance.run import Plan, run_plan
from zhixing.gateway.conformance.samples import Person

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
