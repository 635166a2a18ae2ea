"""The input of the pay-out clock and its output as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from zhixing.law.book import LawBook, book
from zhixing.law.funds import Delay, PayoutClock, grounds, payout_clock
from zhixing.law.reading import Reader
from zhixing.law.steps import steps_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_KEYS = {"told_on", "releasable_on", "delays"}
_DELAY = {"ground", "since", "until", "approved"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutInput:
    """Arguments of `payout_clock`."""

    told_on: date
    releasable_on: date | None = None
    delays: tuple[Delay, ...] = ()

    def clock(self, law_book: LawBook | None = None) -> PayoutClock:
        """The clock. Raises as `payout_clock`."""
        return payout_clock(
            told_on=self.told_on, releasable_on=self.releasable_on, delays=self.delays, law_book=law_book
        )


def payout_read(given: Mapping[str, object], law_book: LawBook | None = None) -> PayoutInput:
    """Read ``{"told_on": …, "releasable_on": …, "delays": [{"ground", "since", "until", "approved"}]}``.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_KEYS)
    told, ready = reader.day("told_on", required=True), reader.day("releasable_on")
    first = min(row.since for row in law_book.all_rows("funds_rules") if row.code == "payout")
    if told and told < first:
        reader.fault(
            "told_on",
            "funds.before_law",
            f"{told} 早于案款管理规定的施行日，",
            f"请填写 {first} 及以后的日期。",
            "casefunds",
        )
    known = {row.code: row.title for row in grounds("delay", max(told or first, first), law_book)}
    delays = []
    for row in reader.rows("delays", allowed=_DELAY, required=False):
        since, until = row.day("since", required=True), row.day("until")
        if since and until and until < since:
            row.fault(
                "until", "funds.delay_order", f"延缓的结束日 {until} 早于开始日 {since}，", "请核对日期。"
            )
        delays.append((row.choice("ground", known), since, until, row.flag("approved")))
    reader.finish()
    return PayoutInput(
        told_on=cast("date", told),
        releasable_on=ready,
        delays=tuple(
            Delay(ground=ground, since=cast("date", since), until=until, approved=approved)
            for ground, since, until, approved in delays
        ),
    )


def payout_json(clock: PayoutClock, law_book: LawBook | None = None) -> dict[str, Any]:
    """The clock as plain values; ``due`` and ``target`` are null while an approved delay lasts."""
    law_book = law_book or book()
    return {
        "due": clock.due.isoformat() if clock.due else None,
        "target": clock.target.isoformat() if clock.target else None,
        "alerts": [day.isoformat() for day in clock.alerts],
        "lines": [
            {
                "term": line.code, "title": line.title, "from": line.start.isoformat(), "due": line.due.isoformat(),
                "binding": line.binding, "law": law_book.short(*line.law),
            }
            for line in clock.lines
        ],
        "steps": steps_printed(clock.steps, law_book),
        "warnings": [str(problem) for problem in clock.problems],
        "book_hash": clock.book_hash,
    }  # fmt: skip
