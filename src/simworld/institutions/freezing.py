"""How several freezes share one balance. Pure: amounts in fen, no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Claim:
    """What one freeze holds of a balance. All in fen."""

    limit: int
    frozen: int

    @property
    def excess(self) -> int:
        """Part of the limit that later deposits will fill."""
        return self.limit - self.frozen

    @property
    def is_waiting(self) -> bool:
        """Does it hold nothing because earlier freezes take everything? The first freeze never waits."""
        return self.frozen == 0


def share_out(balance: int, limits: Sequence[int]) -> list[Claim]:
    """Let freezes take from a balance in order of registration.

    Each takes what earlier ones leave, up to its limit: avail = max(0, balance − Σ earlier), frozen = min(limit,
    avail), excess = limit − frozen. A later one gains by itself when an earlier one ends or money comes in.

    Source: practice of limit freezes; 查封、扣押、冻结财产规定第二十六条 on waiting orders.
    """
    left, claims = max(0, balance), []
    for limit in limits:
        frozen = min(limit, left)
        left -= frozen
        claims.append(Claim(limit, frozen))
    return claims


def fen(text: str) -> int:
    """Yuan as decimal text → fen. Empty counts as nothing.

    Raises: ValueError: not a number with at most two decimals.
    """
    cleaned = text.replace(",", "").strip()
    if not cleaned:
        return 0
    try:
        value = Decimal(cleaned) * 100
        if value != value.to_integral_value():
            raise InvalidOperation
    except InvalidOperation as error:
        raise ValueError(f"金额“{text}”不是至多两位小数的数字。") from error
    return int(value)


def yuan(amount_fen: int) -> str:
    """Fen → decimal text with two places."""
    sign = "-" if amount_fen < 0 else ""
    return f"{sign}{abs(amount_fen) // 100}.{abs(amount_fen) % 100:02d}"
