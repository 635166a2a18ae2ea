"""A second calculator of claims since 2014-08-01, written from the statute, day by day, in exact fractions. Slow and plain."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

EXTRA = Fraction(175, 1_000_000)  # 日万分之一点七五


def cents(value: Fraction) -> int:
    """Half up."""
    return int(value * 100 + Fraction(1, 2)) if value >= 0 else -cents(-value)


def by_day(claim: dict[str, Any]) -> dict[str, Any]:
    """parts: principal and costs; general_interest: fixed rates a day or a year (settings.year_base); payments in yuan or "all"."""
    parts = {part["id"]: Fraction(part["amount"]) for part in claim["parts"]}
    kinds = {part["id"]: part["kind"] for part in claim["parts"]}
    dues = {part["id"]: date.fromisoformat(part.get("due") or claim["due"]) for part in claim["parts"]}
    stays = [(date.fromisoformat(e["from"]), date.fromisoformat(e["to"])) for e in claim.get("excluded", [])]
    payments = sorted(claim.get("payments", []), key=lambda paid: paid["date"])
    last = date.fromisoformat(claim["as_of"])
    before = after = extra = Fraction(0)
    paid_general = paid_extra = surplus = 0
    starts = [date.fromisoformat(g["from"]) for g in claim.get("general_interest", [])]
    day = min([*dues.values(), *starts])
    while day <= last:
        for part, left in parts.items():
            for clause in claim.get("general_interest", []):
                if clause["on"] == part and date.fromisoformat(clause["from"]) <= day:
                    share = Fraction(clause["rate"].rstrip("%")) / 100
                    grown = left * (
                        share if clause["per"] == "day" else share / claim["settings"]["year_base"]
                    )
                    if day <= dues[part]:
                        before += grown
                    else:
                        after += grown
            if day > dues[part] and not any(first <= day <= end for first, end in stays):
                extra += left * EXTRA
        for paid in payments:
            if paid["date"] != day.isoformat():
                continue
            general_due = cents(before) + cents(after) - paid_general
            extra_due = cents(extra) - paid_extra
            whole = sum(cents(left) for left in parts.values()) + general_due + extra_due
            rest = whole if paid["amount"] == "all" else cents(Fraction(paid["amount"]))
            order = sorted(parts, key=lambda part: dues[part])
            for part in [part for part in order if kinds[part] == "costs"]:
                rest = _settle(parts, part, rest)
            taken = min(rest, general_due)
            paid_general, rest = paid_general + taken, rest - taken
            for part in [part for part in order if kinds[part] != "costs"]:
                rest = _settle(parts, part, rest)
            taken = min(rest, extra_due)
            paid_extra, rest = paid_extra + taken, rest - taken
            surplus += rest
        day += timedelta(days=1)
    left = sum(cents(amount) for amount in parts.values())
    open_ = left + cents(before) + cents(after) - paid_general + cents(extra) - paid_extra
    told = {
        "before": cents(before),
        "after": cents(after),
        "extra": cents(extra),
        "open": open_,
        "surplus": surplus,
    }
    return {name: f"{Decimal(value) / 100:.2f}" for name, value in told.items()}


def _settle(parts: dict[str, Fraction], part: str, rest: int) -> int:
    taken = min(rest, cents(parts[part]))
    parts[part] -= Fraction(taken, 100)
    return rest - taken
