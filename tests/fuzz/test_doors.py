"""Malformed calls through the doors themselves: answered in the format's own error form, kept, without any effect."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from fuzz_doors import SOAP_DOORS, effects, odd_paths, rest_calls, rest_problem, soap_call, soap_refusal

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "gateway"))

from rest_client import JsonAgency

from zhixing.gateway.models import CallCount, Inbound
from zhixing.platform import scope

SMOKE = 60
MESSAGES = int(os.environ.get("MESSAGES", "5000"))


@pytest.fixture
def agency(db: None) -> Iterator[JsonAgency]:
    with scope.system("test"):
        yield JsonAgency(Client(raise_request_exception=True))


def rest_run(agency: JsonAgency, messages: int, seed: int) -> None:
    dice, number = Random(seed), agency.order()
    before = effects()
    for no in range(messages):
        if no % 100 == 0:
            CallCount.objects.all().delete()
        rest_problem(rest_calls(agency, dice, number))
    assert effects() == before
    # Every one of them is kept as it came; the same bytes again are counted.
    assert sum(row.repeats + 1 for row in Inbound.objects.filter(outcome="malformed")) == messages


def soap_run(agency: JsonAgency, profile: str, messages: int, seed: int) -> None:
    dice = Random(seed)
    agency.order()
    before = effects()
    for no in range(messages):
        if no % 40 == 0:
            CallCount.objects.all().delete()
        _, reply = soap_call(agency.client, profile, dice)
        soap_refusal(reply)
    assert effects() == before


def test_malformed_calls_of_our_own_format(agency: JsonAgency) -> None:
    rest_run(agency, SMOKE, seed=1)


@pytest.mark.parametrize("profile", SOAP_DOORS)
def test_malformed_calls_over_soap(agency: JsonAgency, profile: str) -> None:
    soap_run(agency, profile, SMOKE, seed=1)


@pytest.mark.parametrize("path", odd_paths())
def test_addresses_that_are_none_are_refused_without_effect(agency: JsonAgency, path: str) -> None:
    before = effects()
    assert agency.get(path).status_code in (401, 404)
    assert effects() == before


@pytest.mark.fuzz
@pytest.mark.timeout(0)
def test_many_malformed_calls_of_our_own_format(agency: JsonAgency) -> None:
    rest_run(agency, MESSAGES, seed=MESSAGES)


@pytest.mark.fuzz
@pytest.mark.timeout(0)
@pytest.mark.parametrize("profile", SOAP_DOORS)
def test_many_malformed_calls_over_soap(agency: JsonAgency, profile: str) -> None:
    soap_run(agency, profile, MESSAGES, seed=MESSAGES)
