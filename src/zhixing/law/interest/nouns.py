"""What a claim with interest consists of. All days are court dates; amounts are Decimal with two places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

PartKind = Literal["principal", "costs", "damages", "penalty"]
PaidBy = Literal["voluntary", "transfer", "auction"]
Tier = Literal["m6", "y1", "y3", "y5", "over5"]
PART_WORDS = {"principal": "本金", "costs": "费用", "damages": "赔偿金", "penalty": "违约金"}
PAID_WORDS = {
    "voluntary": "债务人履行",
    "transfer": "人民法院划拨、提取",
    "auction": "成交或者抵债裁定生效",
}
TIER_WORDS = {
    "m6": "六个月以内",
    "y1": "六个月至一年",
    "y3": "一年至三年",
    "y5": "三年至五年",
    "over5": "五年以上",
}
ORDER_WORDS = {
    "costs": "费用",
    "interest": "一般债务利息",
    "principal": "本金",
    "damages": "赔偿金",
    "penalty": "违约金",
    "extra": "加倍部分债务利息",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtPart:
    """One sum fixed by the title, or one instalment of it. due: last day of its period for performance."""

    id: str
    kind: PartKind
    amount: Decimal
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate as the title words it.

    Attributes:
        base: empty for a fixed rate, else LPR1Y, LPR5Y or benchmark.
        amount: fixed rate as a fraction (0.0005 for 0.05 %), for `per`; with a base what is added a year (may be < 0).
        times: multiple of the base.
        fixed_on: the base is read on this day once for all; None: it follows each change.
        tier: term of a benchmark loan; None: by the length of the interest period.
        year_base: days of a year by convention, 360 or 365; None: the setting.
    """

    raw: str
    per: Literal["day", "month", "year"]
    base: Literal["", "LPR1Y", "LPR5Y", "benchmark"] = ""
    amount: Decimal = Decimal(0)
    times: Decimal = Decimal(1)
    fixed_on: date | None = None
    tier: Tier | None = None
    year_base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LendingCap:
    """Asks that a rate be held under the cap for private lending (INT-30).

    contract: day the loan was made. filed: day the suit was filed; needed when the loan is older than 2020-08-20.
    """

    contract: date
    filed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralInterest:
    """Interest the title fixes on a part. first, last: first and last day that bear it; last None: until paid."""

    on: str
    rate: Rate
    first: date
    last: date | None = None
    cap: LendingCap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Days without the doubled part (INT-06), first and last both excluded."""

    first: date
    last: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money for the creditor. Its day counts as a day of delay still.

    Attributes:
        day: what `by` says: day of performance, of the court's transfer, or on which the ruling took effect (INT-05);
            days that the money then lies with the court do not run.
        amount: None for everything that is owed at the end of the day.
    """

    day: date
    amount: Decimal | None
    by: PaidBy = "voluntary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The middle rate of a day: yuan for one unit of the foreign currency (INT-08)."""

    day: date
    rate: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the law leaves open; defaults stand in the law table `interest` and are shown as such.

    Attributes:
        order: words of ORDER_WORDS, first paid first; damages and penalty go with the principal unless named,
            `extra` comes last unless named (then the parties agreed otherwise, INT-07).
        include_costs: costs belong to the base of the doubled part (INT-03).
        year_base: days of a year for every clause that names none; None: published and agreed have their own.
        old_tier: benchmark tier under the rule of 2009; None: by the length of the delay.
        changed: names of the fields that the input set.
    """

    order: tuple[str, ...]
    include_costs: bool
    year_base_published: int
    year_base_agreed: int
    highest_tier: Tier
    general_beside_old: bool
    excluded_under_old: bool
    bankruptcy_day_counts: bool
    year_base: int | None = None
    old_tier: Tier | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestClaim:
    """A claim up to and including the day `as_of`. bankruptcy_accepted: day the petition was accepted (INT-14)."""

    parts: tuple[DebtPart, ...]
    as_of: date
    general: tuple[GeneralInterest, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    payments: tuple[Payment, ...] = ()
    settings: Settings
    bankruptcy_accepted: date | None = None
    currency: str = "CNY"
    conversions: tuple[Conversion, ...] = ()
