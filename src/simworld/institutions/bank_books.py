"""A bank's books: opened from the ground truth, searched by name and number, kept in step with freezes."""

from __future__ import annotations

import re
import sqlite3
from datetime import datetime

from simworld.catalog import Agency
from simworld.identifiers import same_resident
from simworld.institutions.books import Books, insert
from simworld.institutions.clock import days_between, end_of, plus_days, stamp, start_of
from simworld.institutions.freezing import fen, share_out
from simworld.population import World
from simworld.records import Account

LIVE = ("effective", "waiting")


def open_books(books: Books, agency: Agency, world: World) -> None:
    """Fill an empty file from the ground truth; a file in use is left as it is."""
    if not books.is_empty("accounts"):
        return
    with books.transaction() as db:
        for account in world.accounts:
            if account.bank == agency.key:
                _open_account(db, agency, world, account)


def _open_account(db: sqlite3.Connection, agency: Agency, world: World, account: Account) -> None:
    owner = world.owner(account.owner)
    co_owner = world.owner(account.co_owner) if account.co_owner else None
    insert(
        db,
        "accounts",
        number=account.number,
        holder_name=owner.name,
        holder_id=account.holder_id,
        kind=account.kind,
        category=account.category,
        status="正常",
        branch=account.branch,
        branch_code=agency.code[:14],
        opened=f"{account.opened} 10:00:00",
        balance_fen=fen(account.balance),
        linked=account.linked,
        product_name=account.product_name,
        product_no=account.product_no,
        product_type=account.product_type,
        units=account.units,
        unit_price=account.unit_price,
        closed_until=account.closed_until,
        co_owner=f"{co_owner.name}|{co_owner.address}|{co_owner.mobile}" if co_owner else "",
        secured_party=account.secured_party,
        subaccount=account.subaccount,
        subaccount_fen=fen(account.subaccount_balance),
        phone=owner.mobile,
        address=owner.address,
    )
    for freeze in account.freezes:
        start, until = start_of(freeze.start, datetime(2000, 1, 1)), end_of(freeze.end)
        insert(
            db,
            "freezes",
            account=account.number,
            authority=freeze.authority,
            case_no=freeze.doc_no,
            doc_no=freeze.doc_no,
            request_no="",
            item="",
            limit_fen=fen(freeze.limit),
            frozen_fen=0,
            start=start,
            until=until,
            days=days_between(start, until),
            state="effective",
            at=start,
        )
    for m in account.movements:
        insert(
            db,
            "movements",
            account=account.number,
            serial=m.serial,
            at=m.at,
            direction=m.direction,
            amount_fen=fen(m.amount),
            name=m.name,
            counter_account=m.account,
            bank=m.bank,
            memo=m.memo,
        )


def plain_name(name: str) -> str:
    """A name for comparing: no spaces, one form of the dot in long names, one form of brackets."""
    text = re.sub(r"\s+", "", name)
    return re.sub(r"[·•・．‧]", "·", text).replace("(", "（").replace(")", "）")


def is_holder(row: sqlite3.Row, name: str, id_no: str) -> bool:
    """Is the account's holder this person or company? Name and number must both agree."""
    if plain_name(row["holder_name"]) != plain_name(name):
        return False
    held, asked = row["holder_id"].upper(), re.sub(r"[\s-]", "", id_no).upper()
    # a company's old record carries the organisation code, characters 9 to 17 of the credit code
    if len(held) == 9 and len(asked) == 18:
        return asked[8:17] == held
    return same_resident(held, asked)


def accounts_of(db: sqlite3.Connection, name: str, id_no: str) -> list[sqlite3.Row]:
    """Accounts of one holder, oldest record first."""
    rows = db.execute(
        "select * from accounts where holder_name in (?, ?) order by rowid", (name, plain_name(name))
    ).fetchall()
    return [row for row in rows if is_holder(row, name, id_no)]


def namesakes_of(db: sqlite3.Connection, name: str, id_no: str) -> list[sqlite3.Row]:
    """Accounts of others with the same name: what a careless search would return."""
    rows = db.execute("select * from accounts where holder_name = ? order by rowid", (name,)).fetchall()
    return [row for row in rows if not is_holder(row, name, id_no)]


def live_freezes(db: sqlite3.Connection, account: str) -> list[sqlite3.Row]:
    """Freezes in force or waiting on an account, by rank."""
    return db.execute(
        "select * from freezes where account = ? and state in ('effective', 'waiting') order by id",
        (account,),
    ).fetchall()


def settle(db: sqlite3.Connection, account: str, now: datetime) -> None:
    """Bring the freezes of one account in step with its balance and the day.

    Expired ones end; each of the rest takes what earlier ones leave; a waiting one that now holds money, or has become
    the first, takes effect, and its time starts to run.
    """
    db.execute(
        "update freezes set state = 'expired', frozen_fen = 0"
        " where account = ? and state = 'effective' and until < ?",
        (account, stamp(now)),
    )
    balance = db.execute("select balance_fen from accounts where number = ?", (account,)).fetchone()[0]
    rows = live_freezes(db, account)
    claims = share_out(balance, [row["limit_fen"] for row in rows])
    for place, (row, claim) in enumerate(zip(rows, claims, strict=True)):
        state, start, until = row["state"], row["start"], row["until"]
        if state == "waiting" and (place == 0 or not claim.is_waiting):
            state, start = "effective", stamp(now)
            until = plus_days(start, row["days"])
        db.execute(
            "update freezes set frozen_fen = ?, state = ?, start = ?, until = ? where id = ?",
            (claim.frozen, state, start, until, row["id"]),
        )


def available(db: sqlite3.Connection, account: str) -> int:
    """Balance less everything frozen, in fen, after `settle`."""
    return db.execute(
        "select a.balance_fen - coalesce((select sum(frozen_fen) from freezes f where f.account = a.number"
        " and f.state = 'effective'), 0) from accounts a where a.number = ?",
        (account,),
    ).fetchone()[0]
