"""A world, a court on a socket and quick institutions."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

# test modules are imported by path, so what they share must be on the search path
sys.path.insert(0, str(Path(__file__).resolve().parent))

from simworld_court import SECRET, FakeCourt

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.bank import Bank
from simworld.institutions.faults import FaultSettings
from simworld.institutions.realty import Realty

QUICK = {"poll_seconds": 0.01, "delay_seconds": (0.0, 0.0), "backoff_cap_seconds": 0.05}


@pytest.fixture(scope="session")
def world():
    return World(seed=1, size=120)


@pytest.fixture
def court():
    server = FakeCourt()
    yield server
    server.stop()


@pytest.fixture
def make(tmp_path, world, court):
    """Make an institution; the same key again opens the same books, like a restart."""
    made = []

    def build(key: str, **settings):
        agency = BY_KEY[key]
        credentials = Credentials(
            code=agency.code, name=agency.name, kind=agency.kind, username="YH01", password="秘密",
            statement_secret=SECRET,
        )  # fmt: skip
        kind = Bank if agency.kind == "bank" else Realty
        settings = Settings(**{**QUICK, "faults": FaultSettings(scale=0.0), **settings})
        made.append(kind(agency, credentials, court=court.url, home=tmp_path, world=world, settings=settings))
        return made[-1]

    yield build
    for institution in made:
        institution.close()


@pytest.fixture
def until():
    """Step an institution until a condition holds; fails after five seconds."""

    def wait(institution, condition):
        end = time.monotonic() + 5
        while time.monotonic() < end:
            institution.step()
            if condition():
                return
            time.sleep(0.01)
        raise AssertionError("the condition did not come true within five seconds")

    return wait
