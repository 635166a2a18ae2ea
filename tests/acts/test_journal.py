"""The journal: chained by the database, append-only, checked in one statement and offline."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from acts_world import World, probe, world_make

from zhixing.acts.journal import chain_of, chains_verify, entries_export
from zhixing.acts.models import Entry
from zhixing.acts.offline import Report, lines_check
from zhixing.platform import scope


def test_chain_of_a_case_holds_in_the_database_and_offline(world: World) -> None:
    for _ in range(3):
        probe(world)
    chains, entries, faults = chains_verify(chain=world.case.pk)
    assert (chains, entries, faults) == (1, 3, [])
    assert [e.seq for e in Entry.objects.filter(chain=world.case.pk).order_by("seq")] == [1, 2, 3]
    assert lines_check(entries_export(chain=world.case.pk)) == Report(chains=1, entries=3, faults=[])


def test_acts_of_a_court_have_a_chain_of_their_own() -> None:
    assert chain_of(case_id=None, court_key=130930) == -130931
    assert chain_of(case_id=7, court_key=130930) == 7


def test_exported_lines_changed_removed_or_reordered_are_found(world: World) -> None:
    for _ in range(3):
        probe(world)
    lines = list(entries_export(chain=world.case.pk))
    assert [
        f.what for f in lines_check([lines[0], lines[1].replace("drafted", "effect "), lines[2]]).faults
    ] == ["hash"]
    assert [(f.seq, f.what) for f in lines_check([lines[0], lines[2]]).faults] == [(3, "gap"), (3, "link")]
    assert {f.what for f in lines_check([lines[1], lines[0], lines[2]]).faults} == {"gap", "link"}
    assert [f.what for f in lines_check([lines[0], "{not json"]).faults] == ["unreadable"]


@pytest.fixture
def committed(transactional_db: None, probe_kind: Any) -> int:
    """Two drafts, really committed."""
    with scope.system("test"):
        world = world_make()
        probe(world)
        probe(world)
        return world.case.pk


def test_row_changed_behind_the_trigger_is_found(committed: int, db_owner: psycopg.Connection[Any]) -> None:
    """Only the owner of the table can do this at all, and only by switching the trigger off."""
    with pytest.raises(psycopg.errors.RaiseException):
        db_owner.execute(
            "UPDATE acts_entry SET actor_name = actor_name, body = '{}' WHERE chain = %s AND seq = 1",
            [committed],
        )
    db_owner.rollback()
    for table in db_owner.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'acts_entry'::regclass"
    ).fetchall():
        db_owner.execute(f"ALTER TABLE {table[0]} DISABLE TRIGGER USER")
    db_owner.execute(
        "UPDATE acts_entry SET body = replace(body, '86300.00', '99999.00') WHERE chain = %s AND seq = 1",
        [committed],
    )
    db_owner.commit()
    with scope.system("test"):
        _, _, faults = chains_verify(chain=committed)
        offline = lines_check(entries_export(chain=committed))
    assert [(f.seq, f.what) for f in faults] == [(1, "hash")]
    assert [(f.seq, f.what) for f in offline.faults] == [(1, "hash")]


def test_row_taken_out_is_found(committed: int, db_owner: psycopg.Connection[Any]) -> None:
    for table in db_owner.execute(
        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'acts_entry'::regclass"
    ).fetchall():
        db_owner.execute(f"ALTER TABLE {table[0]} DISABLE TRIGGER USER")
    db_owner.execute("DELETE FROM acts_entry WHERE chain = %s AND seq = 1", [committed])
    db_owner.commit()
    with scope.system("test"):
        _, _, faults = chains_verify(chain=committed)
    assert (faults[0].seq, faults[0].what) == (2, "gap")
