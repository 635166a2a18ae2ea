"""A short look at every format with generated malformed messages; `make fuzz` looks longer."""

from __future__ import annotations

import os

import pytest
from fuzz_checks import run, wires

from zhixing.gateway.profiles.registry import profiles_known

SMOKE = 300
MESSAGES = int(os.environ.get("MESSAGES", "20000"))


@pytest.mark.parametrize("profile", profiles_known())
def test_a_few_hundred_malformed_messages(profile: str) -> None:
    malformed, done = run(profile, messages=SMOKE, seconds=5.0)
    assert malformed
    # Some damage leaves a message sound, but a generator that mostly fails to damage would prove nothing.
    assert malformed * 4 > done


@pytest.mark.fuzz
@pytest.mark.timeout(0)
@pytest.mark.parametrize(("profile", "dialect"), wires())
def test_many_malformed_messages(profile: str, dialect: str) -> None:
    assert run(profile, dialect, messages=MESSAGES, seed=MESSAGES)[0] == MESSAGES
