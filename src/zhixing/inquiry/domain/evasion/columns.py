"""Tables of the search for evasion. Amounts in cents (fen), never rounded; `case` keeps any number of cases apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from zhixing.law.book import Rules

CASES: Mapping[str, Any] = {
    "case": pl.String,
    "on": pl.Date,  # day of the search
    "debt_on": pl.Date,  # the debt came into being; null: not known
    "sued_on": pl.Date,
    "judged_on": pl.Date,
    "docketed_on": pl.Date,
    "notice_on": pl.Date,  # the enforcement notice was received
    "sealed_on": pl.Date,
    "restricted_on": pl.Date,
    "bankruptcy_on": pl.Date,
}
PEOPLE: Mapping[str, Any] = {
    "case": pl.String,
    "who": pl.String,
    "kind": pl.String,  # person, company
    "name": pl.String,
    "id_no": pl.String,
    "is_debtor": pl.Boolean,
}
TIES: Mapping[str, Any] = {
    "case": pl.String,
    "tie": pl.String,
    "a": pl.String,
    "b": pl.String,
    "kind": pl.String,  # key of relations.CLOSE
    "since": pl.Date,
    "until": pl.Date,
}
ACCOUNTS: Mapping[str, Any] = {
    "case": pl.String,
    "account": pl.String,
    "owner": pl.String,
    "opened": pl.Date,
    "purpose": pl.String,  # as the bank names it
    "is_declared": pl.Boolean,
    "replaces": pl.String,  # account it took the place of
    "from": pl.Date,  # its statement is known from … to; null: none
    "to": pl.Date,
}
FLOWS: Mapping[str, Any] = {
    "case": pl.String,
    "flow": pl.String,
    "account": pl.String,
    "direction": pl.String,  # in, out
    "fen": pl.Int64,
    "at": pl.Datetime("us"),
    "other_account": pl.String,
    "other_name": pl.String,
    "other_id": pl.String,
    "remark": pl.String,
}
DEALINGS: Mapping[str, Any] = {
    "case": pl.String,
    "dealing": pl.String,
    "kind": pl.String,  # a kind of law.evasion, or a ground: see reading.GROUNDS
    "on": pl.Date,
    "debtor": pl.String,
    "other": pl.String,
    "label": pl.String,
    "price": pl.Int64,  # capital: the part not paid; a lease: rent of a year; employment: wage of a month
    "market": pl.Int64,
    "assumed": pl.Int64,  # debts on the thing that the buyer took over: part of the price
    "paid": pl.Int64,  # payment that a voucher outside the statements proves
    "years": pl.Int64,
    "signed_on": pl.Date,  # day the contract bears
    "occupied_on": pl.Date,  # first proof that the lessee was in possession
    "due_on": pl.Date,  # capital: last day for paying it in
    "kept": pl.Int64,  # partition: thousandths of the common property left to the debtor
    "no_flow": pl.Boolean,
    "at_once": pl.Boolean,
    "is_public": pl.Boolean,  # sold by a court or in a public auction
    "is_settled": pl.Boolean,  # a paper in the file shows the lawful reason of its kind
}
HOLDS: Mapping[str, Any] = {
    "case": pl.String,
    "hold": pl.String,
    "account": pl.String,
    "fen": pl.Int64,
    "balance": pl.Int64,  # on the account when it was frozen
    "since": pl.Date,
    "until": pl.Date,
}
TABLES: Mapping[str, Mapping[str, Any]] = {
    "cases": CASES, "people": PEOPLE, "ties": TIES, "accounts": ACCOUNTS, "flows": FLOWS, "dealings": DEALINGS,
    "holds": HOLDS,
}  # fmt: skip

FOUND: Mapping[str, Any] = {
    "case": pl.String,
    "rule": pl.String,  # key of words.RULES
    "strength": pl.String,  # strong, medium; unclear: not a lead before somebody has asked
    "debtor": pl.String,
    "other": pl.String,
    "on": pl.Date,
    "fen": pl.Int64,
    "evidence": pl.List(pl.String),  # "flow:…", "dealing:…", "tie:…", "hold:…", "account:…"
    "signs": pl.List(pl.String),  # what speaks for it, keys of words.SIGNS
    "number": pl.Float64,  # share or count that the sentence names
}
"""What the search gives, one line a lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Thresholds of the law and settings of the court. Shares in thousandths, amounts in cents, spans in days."""

    low: int
    high: int
    related_low: int
    related_high: int
    household: int
    material: int
    near: int
    relay_days: int
    relay_share: int
    capital_days: int
    capital_share: int
    kept: int
    new_account: int
    paid: int
    lease_years: int

    @classmethod
    def of(cls, rules: Rules) -> Limits:
        """Read them from the law book of the day."""

        def share(name: str) -> int:
            return int(rules.value(f"deterrence.evasion_tests.{name}") * 1000)

        def fen(name: str) -> int:
            return int(rules.value(f"deterrence.evasion_tests.{name}") * 100)

        def whole(name: str) -> int:
            return int(rules.value(f"deterrence.evasion_tests.{name}"))

        return cls(
            low=share("low_price"),
            high=share("high_price"),
            related_low=share("related_low"),
            related_high=share("related_high"),
            household=fen("household_month"),
            material=fen("material_transfer"),
            near=whole("near_days"),
            relay_days=whole("relay_days"),
            relay_share=share("relay_share"),
            capital_days=whole("capital_back_days"),
            capital_share=share("capital_back_share"),
            kept=share("partition_kept"),
            new_account=fen("new_account"),
            paid=share("paid_share"),
            lease_years=whole("long_lease_years"),
        )


def frames(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pl.DataFrame]:
    """Lists of rows as frames; what a row leaves out is null, texts are empty, marks are false."""
    return {
        name: pl.DataFrame(
            [{key: row.get(key) for key in columns} for row in rows.get(name, [])], schema=dict(columns)
        ).with_columns(
            pl.selectors.string().fill_null(""),
            pl.selectors.boolean().fill_null(value=False),
        )
        for name, columns in TABLES.items()
    }
