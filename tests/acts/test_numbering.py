"""Two real connections at once: no number twice, none left out, one key one act."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from acts_world import KEY, World, courts_make, probe, world_make

from zhixing.acts.models import Draft, Entry
from zhixing.cases.services import serial_next
from zhixing.platform import scope


def together(*works: Callable[[], None]) -> None:
    """Run each in a thread with a connection of its own, all starting at once; a failure in one fails the test."""
    from django.db import connections

    barrier, failures = threading.Barrier(len(works)), []

    def run(work: Callable[[], None]) -> None:
        try:
            barrier.wait()
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if failures:
        raise failures[0]


def test_serials_given_to_two_connections_are_all_different_and_without_gap(transactional_db: None) -> None:
    courts_make()
    given: list[int] = []

    def take() -> None:
        for _ in range(15):
            with scope.system("test"):
                given.append(serial_next(court_key=KEY, special="", type_code="执", year=2026))

    together(take, take)
    assert sorted(given) == list(range(1, 31))


def test_serial_of_a_transaction_that_failed_is_given_again(transactional_db: None) -> None:
    courts_make()

    def fail() -> None:
        with scope.system("test"):
            serial_next(court_key=KEY, special="", type_code="执", year=2026)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with scope.system("test"):
        assert serial_next(court_key=KEY, special="", type_code="执", year=2026) == 1


def test_same_key_from_two_connections_makes_one_draft(transactional_db: None, probe_kind: Any) -> None:
    with scope.system("test"):
        world: World = world_make()
    seen: list[Any] = []

    def submit() -> None:
        with scope.system("test"):
            seen.append(probe(world, key="key-twice").pk)

    together(submit, submit)
    assert len(set(seen)) == 1
    with scope.system("test"):
        assert Draft.objects.filter(key="key-twice").count() == 1


def test_entries_of_two_connections_stand_in_one_unbroken_chain(
    transactional_db: None, probe_kind: Any
) -> None:
    with scope.system("test"):
        world: World = world_make()

    def submit() -> None:
        for _ in range(4):
            with scope.system("test"):
                probe(world)

    together(submit, submit)
    with scope.system("test"):
        assert [e.seq for e in Entry.objects.filter(chain=world.case.pk).order_by("seq")] == list(range(1, 9))
