"""One answer through the sieve (去伪存真): records in, verdicts with their reasons out. Where it cannot know it abstains (PRIV-06)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from zhixing.inquiry.domain.records import Kind, Record, asked_holder
from zhixing.inquiry.domain.sieve import ITEMS, KNOWN, Settings, frame, sentence, sift
from zhixing.inquiry.domain.sieve.classes import with_classes
from zhixing.inquiry.domain.sieve.things import with_keys
from zhixing.law.schemas import Exemption


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the case knows about the person asked about, confirmed values only.

    Attributes:
        strong: identity numbers and organisation codes.
        former: names borne before.
        others: identity numbers of the other parties of the case.
    """

    name: str
    strong: frozenset[str]
    former: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    def rows(self) -> list[dict[str, Any]]:
        """For the sieve."""
        mine = {
            "id": self.strong, "name": {self.name}, "former_name": self.former, "phone": self.phones,
            "address": self.addresses, "account": self.accounts,
        }  # fmt: skip
        rows = [
            {"ask": 1, "kind": kind, "value": value, "whose": "self"}
            for kind, values in mine.items() for value in values
        ]  # fmt: skip
        return rows + [{"ask": 1, "kind": "id", "value": value, "whose": "party"} for value in self.others]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieved:
    """Verdict on one record.

    Attributes:
        verdict: own, other, unclear, duplicate, stale, malformed, empty or error.
        rule: the rule that decided; `reasons` says it in words.
        is_strong: a check-digit-valid number stands behind an own record.
        exempt, exempt_action: kind of protected money, "" when none.
        hold: code of why no measure may follow at once (`hold_sentence`); "" when it may.
        thing: position of the first record of this answer that must be controlled together with it.
    """

    record: Record
    verdict: str
    rule: str
    reasons: tuple[str, ...]
    is_strong: bool = False
    kind: Kind = Kind.OTHER
    exempt: str = ""
    exempt_action: str = ""
    hold: str = ""
    thing: int = 0
    available: Decimal | None = field(default=None)


def key_of(record: Record) -> str:
    """What makes a record the same thing as another; the sieve makes it of the same parts."""
    return f"{record.kind}:{record.number}"


def sieve(
    records: Iterable[Record],
    *,
    known: Known,
    seen: Mapping[str, Decimal | None],
    on: date,
    stale_days: int,
    exemptions: Sequence[Exemption] = (),
) -> list[Sieved]:
    """Judge the records of one answer in order.

    Args:
        seen: balance by `key_of` of own records that other answers told before.
        on: day of receipt.
        exemptions: table of protected money on that day.
    """
    held = list(records)
    if not held:
        return []
    items = frame(
        [line_of(no, asked_holder(record, known.strong, {known.name}), on) for no, record in enumerate(held)],
        ITEMS,
    )
    told = [
        {"ask": 1, "order": 0, "kind": str(record.kind), "number": record.number, "balance_fen": _fen(seen[key_of(record)])}
        for record in held if key_of(record) in seen
    ]  # fmt: skip
    before = with_keys(frame(told, {"ask": pl.Int64, "order": pl.Int64, "kind": pl.String, "number": pl.String,
                                    "balance_fen": pl.Int64})).unique("key")  # fmt: skip
    judged = sift(items, frame(known.rows(), KNOWN), before, settings=Settings(stale_days=stale_days))
    rows = with_classes(judged, exemptions).iter_rows(named=True)
    return [_sieved(record, row) for record, row in zip(held, rows, strict=True)]


def line_of(no: int, record: Record, on: date) -> dict[str, Any]:
    """A record as a line of the sieve; ask, order and version are 1 until somebody who knows says otherwise."""
    prior = sum((m.amount.value for m in record.prior if m.amount and m.amount.value), Decimal(0))
    return {
        "item": no, "ask": 1, "order": 1, "version": 1, "received": on, "kind": str(record.kind),
        "number": record.number, "linked": record.linked, "main": record.main, "label": record.label, "category": record.category,
        "status": record.status, "holder_name": record.holder.name, "holder_id": record.holder.id_no,
        "phone": record.phone, "address": record.address, "share": record.holder.share,
        "holders": 1 if record.holder.is_sole else 2, "balance": record.told.balance,
        "available": record.told.available, "currency": record.told.currency, "as_of": record.told.as_of,
        "prior": _fen(prior), "secured": _fen(record.secured), "remark": record.remark,
    }  # fmt: skip


def _sieved(record: Record, row: Mapping[str, Any]) -> Sieved:
    reasons = [sentence(row["rule"])]
    if row["verdict"] not in ("own", "other", "unclear") and row["person"] != "P18":
        reasons.append(sentence(row["person"]))
    return Sieved(
        record=record, verdict=row["verdict"], rule=row["rule"], reasons=tuple(reasons), is_strong=row["is_strong"],
        kind=Kind(row["class"]), exempt=row["exempt"] or "", exempt_action=row["exempt_action"] or "",
        hold=row["hold"] or "", thing=row["thing"],
        available=None if row["available_fen"] is None else Decimal(row["available_fen"]) / 100,
    )  # fmt: skip


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else int((amount * 100).to_integral_value())
