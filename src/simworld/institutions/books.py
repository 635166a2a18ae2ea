"""An institution's own books: one SQLite file each, every act in one transaction, readable from outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# shared by banks and the registry
_COMMON = """
create table if not exists orders(
  request_no text not null, item text not null, action text not null, amount text not null, at text not null,
  target text not null, controlled integer not null, reason text not null,
  primary key (request_no, item)
);
create table if not exists requests(
  kind text not null, request_no text not null, content text not null, refusal text not null,
  state text not null check (state in ('open','answered','done')),
  seen_at text not null, due_at real not null, fault text not null, done_at real, resent integer not null default 0,
  primary key (kind, request_no)
);
create table if not exists deliveries(
  id integer primary key autoincrement, kind text not null, request_no text not null, operation text not null,
  body text not null, is_final integer not null, due_at real not null, attempts integer not null default 0,
  state text not null default 'pending' check (state in ('pending','sent','rejected')), answer text not null default ''
);
create index if not exists deliveries_pending on deliveries(state, due_at);
"""
_BANK = """
create table if not exists accounts(
  number text primary key, holder_name text not null, holder_id text not null, kind text not null,
  category text not null, status text not null, branch text not null, branch_code text not null, opened text not null,
  balance_fen integer not null check (balance_fen >= 0), linked text not null, product_name text not null,
  product_no text not null, product_type text not null, units text not null, unit_price text not null,
  closed_until text not null, co_owner text not null, secured_party text not null, subaccount text not null,
  subaccount_fen integer not null, phone text not null, address text not null
);
create index if not exists accounts_holder on accounts(holder_name);
create table if not exists freezes(
  id integer primary key autoincrement, account text not null references accounts(number), authority text not null,
  case_no text not null, doc_no text not null, request_no text not null, item text not null,
  limit_fen integer not null check (limit_fen >= 0), frozen_fen integer not null check (frozen_fen >= 0),
  start text not null, until text not null, days integer not null,
  state text not null check (state in ('effective','waiting','lifted','expired','deducted')), at text not null
);
create unique index if not exists freezes_once on freezes(request_no, item) where request_no <> '';
create index if not exists freezes_account on freezes(account, state);
create table if not exists transfers(
  serial text primary key, request_no text not null, item text not null, account text not null, payer text not null,
  payee_account text not null, amount_fen integer not null check (amount_fen > 0), memo text not null,
  at text not null, state text not null default 'pending' check (state in ('pending','accepted')),
  unique (request_no, item)
);
create table if not exists movements(
  account text not null, serial text not null, at text not null, direction text not null, amount_fen integer not null,
  name text not null, counter_account text not null, bank text not null, memo text not null,
  primary key (account, serial)
);
"""
_REALTY = """
create table if not exists units(
  number text primary key, location text not null, use text not null, area text not null, floors text not null,
  completed text not null, land_until text not null, registered text not null, business_no text not null,
  mortgagee text not null, mortgage_fen integer not null, mortgage_cert text not null, mortgage_from text not null,
  mortgage_until text not null, mortgagor text not null, locked_by text not null default ''
);
create table if not exists holders(
  unit text not null references units(number), place integer not null, name text not null, id_no text not null,
  id_kind text not null, share text not null, certificate text not null, primary key (unit, place)
);
create index if not exists holders_name on holders(name);
create index if not exists holders_id on holders(id_no);
create table if not exists seizures(
  id integer primary key autoincrement, unit text not null references units(number), authority text not null,
  case_no text not null, doc_no text not null, request_no text not null, item text not null, seizure_no text not null,
  start text not null, until text not null, days integer not null,
  state text not null check (state in ('effective','waiting','lifted','expired','rejected')), at text not null
);
create unique index if not exists seizures_once on seizures(request_no, item) where request_no <> '';
create index if not exists seizures_unit on seizures(unit, state);
"""

_HOLDINGS = """
create table if not exists holdings(
  number text primary key, holder_name text not null, holder_id text not null, detail text not null,
  worth_fen integer not null check (worth_fen >= 0)
);
create index if not exists holdings_holder on holdings(holder_name);
create table if not exists holds(
  id integer primary key autoincrement, holding text not null references holdings(number), authority text not null,
  doc_no text not null, request_no text not null, item text not null, limit_fen integer not null,
  start text not null, until text not null, state text not null check (state in ('effective','waiting','lifted')),
  at text not null
);
create unique index if not exists holds_once on holds(request_no, item) where request_no <> '';
create index if not exists holds_holding on holds(holding, state);
"""
_SCHEMAS = {"bank": _BANK, "realty": _REALTY}


class Books:
    """One institution's file. Used by one thread; others may read beside it."""

    def __init__(self, path: Path, kind: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        # FULL: what was told to the court must survive a power cut, not only a crash
        self.db.executescript("pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;")
        self.db.executescript(_COMMON + _SCHEMAS.get(kind, _HOLDINGS))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; takes the write lock at once."""
        self.db.execute("begin immediate")
        try:
            yield self.db
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Read rows."""
        return self.db.execute(sql, values).fetchall()

    def is_empty(self, table: str) -> bool:
        """Has the table no row yet? `table` is one of ours, never from outside."""
        return self.db.execute(f"select 1 from {table} limit 1").fetchone() is None  # noqa: S608

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def insert(db: sqlite3.Connection, table: str, **values: object) -> None:
    """Insert one row; names are ours, values are bound."""
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    db.execute(f"insert into {table}({names}) values ({marks})", tuple(values.values()))  # noqa: S608


def dump(path: Path) -> dict[str, list[dict]]:
    """Orders, freezes, transfers, seizures and open deliveries of one file, for checks from outside.

    Amounts in `*_fen` columns are fen. Message bodies are left out.
    """
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    db.row_factory = sqlite3.Row
    try:
        tables = {r[0] for r in db.execute("select name from sqlite_master where type='table'")}
        found: dict[str, list[dict]] = {}
        for table in ("orders", "freezes", "transfers", "seizures", "holds"):
            if table in tables:
                found[table] = [dict(r) for r in db.execute(f"select * from {table} order by rowid")]  # noqa: S608
        found["requests"] = [
            dict(r)
            for r in db.execute("select kind, request_no, state, refusal, fault from requests order by rowid")
        ]
        found["deliveries"] = [
            dict(r)
            for r in db.execute(
                "select id, kind, request_no, operation, is_final, attempts, state from deliveries order by id"
            )
        ]
        return found
    finally:
        db.close()
