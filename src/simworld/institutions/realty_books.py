"""The land registry's books: units, holders, mortgages, seizures and their rank."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime

from simworld.identifiers import same_resident
from simworld.institutions.bank_books import plain_name
from simworld.institutions.books import Books, insert
from simworld.institutions.clock import days_between, end_of, plus_days, stamp, start_of
from simworld.institutions.freezing import fen
from simworld.population import World
from simworld.records import Person, Unit

ORGANISATION_TYPES = {"6", "7", "8"}


def open_books(books: Books, world: World) -> None:
    """Fill an empty file from the ground truth."""
    fill_books(books, world, world.units)


def fill_books(books: Books, world: World, units: list[Unit]) -> None:
    """Fill an empty file with these units."""
    if not books.is_empty("units"):
        return
    with books.transaction() as db:
        for place, unit in enumerate(units, start=1):
            _open_unit(db, world, unit, place)


def _open_unit(db: sqlite3.Connection, world: World, unit: Unit, place: int) -> None:
    mortgage = unit.mortgage
    first = world.owner(unit.owners[0].owner)
    insert(
        db,
        "units",
        number=unit.number,
        location=unit.location,
        use=unit.use,
        area=unit.area,
        floors=unit.floors,
        completed=unit.completed,
        land_until=unit.land_until,
        registered=unit.completed,
        business_no=f"DJ{unit.completed[:4]}{place:06d}",
        mortgagee=mortgage.mortgagee if mortgage else "",
        mortgage_fen=fen(mortgage.amount) if mortgage else 0,
        mortgage_cert=mortgage.certificate if mortgage else "",
        mortgage_from=mortgage.start if mortgage else "",
        mortgage_until=mortgage.end if mortgage else "",
        mortgagor=first.name if mortgage else "",
    )
    for number, share in enumerate(unit.owners, start=1):
        owner = world.owner(share.owner)
        is_person = isinstance(owner, Person)
        insert(
            db,
            "holders",
            unit=unit.number,
            place=number,
            name=owner.name,
            id_no=(owner.old_id or owner.resident_id) if is_person else owner.uscc,
            id_kind="1" if is_person else "8",
            share=share.share,
            certificate=share.certificate,
        )
    for number, seizure in enumerate(unit.seizures, start=1):
        start, until = start_of(seizure.start, datetime(2000, 1, 1)), end_of(seizure.end)
        insert(
            db,
            "seizures",
            unit=unit.number,
            authority=seizure.authority,
            case_no=seizure.doc_no,
            doc_no=seizure.doc_no,
            request_no="",
            item="",
            seizure_no=f"CF{seizure.start[:4]}{place:05d}{number}",
            start=start,
            until=until,
            days=days_between(start, until),
            state="effective" if number == 1 else "waiting",
            at=start,
        )


def units_of(db: sqlite3.Connection, name: str, id_no: str, id_kind: str) -> list[str]:
    """Unit numbers held by a person (name and number) or an organisation (number or name)."""
    asked = re.sub(r"[\s-]", "", id_no).upper()
    rows = db.execute(
        "select * from holders where name in (?, ?) or id_no = ? order by rowid",
        (name, plain_name(name), asked),
    ).fetchall()
    found = []
    for row in rows:
        same_name = plain_name(row["name"]) == plain_name(name)
        same_number = same_resident(row["id_no"], asked)
        is_match = (
            (same_name or same_number) if id_kind in ORGANISATION_TYPES else (same_name and same_number)
        )
        if is_match:
            found.append(row["unit"])
    return list(dict.fromkeys(found))


def units_of_namesakes(db: sqlite3.Connection, name: str, id_no: str) -> list[str]:
    """Units of other people with the same name."""
    rows = db.execute("select unit, id_no from holders where name = ? order by rowid", (name,)).fetchall()
    return list(dict.fromkeys(r["unit"] for r in rows if not same_resident(r["id_no"], id_no)))


def live_seizures(db: sqlite3.Connection, unit: str) -> list[sqlite3.Row]:
    """Seizures in force or waiting, by rank."""
    return db.execute(
        "select * from seizures where unit = ? and state in ('effective', 'waiting') order by id", (unit,)
    ).fetchall()


def settle(db: sqlite3.Connection, unit: str, now: datetime) -> None:
    """End what has expired; the first waiting one then takes effect and its time starts to run."""
    db.execute(
        "update seizures set state = 'expired' where unit = ? and state = 'effective' and until < ?",
        (unit, stamp(now)),
    )
    rows = live_seizures(db, unit)
    if rows and rows[0]["state"] == "waiting":
        start = stamp(now)
        db.execute(
            "update seizures set state = 'effective', start = ?, until = ? where id = ?",
            (start, plus_days(start, rows[0]["days"]), rows[0]["id"]),
        )
