"""What a distribution plan is made from. Amounts are yuan with two places, never negative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.money import ZERO

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

DEBTORS = {"person": "公民", "other_organisation": "其他组织（非企业法人）", "enterprise": "企业法人"}
BANKRUPTCY = {
    "none": "没有移送破产（未询问或者均不同意）",
    "agreed": "已有一方同意移送破产",
    "accepted": "破产申请已受理",
    "declared": "已宣告破产",
    "refused": "不予受理破产申请",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeds:
    """Money from one thing: what it brought and what bringing it cost (评估费、拍卖辅助费 …)."""

    id: str
    amount: Decimal
    costs: Decimal = ZERO
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A measure of a creditor (preservation or enforcement). asset: empty for all the money. place: 1 is first."""

    asset: str = ""
    on: date | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim.

    Attributes:
        kind: code of ``distribution_ranks`` (ordinary, mortgage, wages …).
        asset: the thing on which a priority right lies.
        rank: place among rights of the same kind on the same thing; equal ones share.
        title: whether there is an enforceable document (执行依据).
        principal: money debt without interest; ``interest``: general interest; ``doubled``: doubled part.
        pending: preserved claim not fixed yet; its share is reserved, not paid.
    """

    id: str
    kind: str
    asset: str = ""
    rank: int = 1
    title: bool = True
    principal: Decimal = ZERO
    interest: Decimal = ZERO
    doubled: Decimal = ZERO
    pending: bool = False

    @property
    def money(self) -> Decimal:
        """Principal and general interest together."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """A creditor. applied_on: day he applied to take part; None for the applicant of a case here."""

    id: str
    name: str
    claims: tuple[Claim, ...]
    applied_on: date | None = None
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """Part of a share that is in a suit about the plan; it is deposited (提存)."""

    creditor: str
    claim: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the plan chooses where the law leaves it open.

    Attributes:
        bonus: share of the money for ordinary claims that the first sealer gets beforehand.
        include_doubled: doubled parts share with the other claims; otherwise they come after all of them.
        livelihood_first: wages, support and medical costs before other ordinary claims.
        interest_first: within one claim interest is paid before principal.
        cut_off_on: last day on which an application to take part is in time.
        stated: names of the choices that the input itself made; the others come from the law tables.
    """

    bonus: Decimal
    include_doubled: bool
    livelihood_first: bool
    interest_first: bool
    cut_off_on: date
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Days that start the clocks of the plan; None: not yet."""

    plan_on: date | None = None
    objection_told_on: date | None = None
    opposition_told_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributionInput:
    """All of it.

    Attributes:
        on: day of the plan, whose law applies.
        insolvent: the debtor's property does not suffice for all creditors.
        one_title: all creditors stand in one document (一份法律文书).
        criminal: the debtor is also criminally liable.
        fee: enforcement fee to take; None: computed from the scale.
        started_on: first day of enforcement; an earlier application is too early.
    """

    debtor: Literal["person", "other_organisation", "enterprise"]
    on: date
    proceeds: tuple[Proceeds, ...]
    creditors: tuple[Creditor, ...]
    choices: Choices
    insolvent: bool = True
    one_title: bool = False
    criminal: bool = False
    bankruptcy: str = "none"
    fee: Decimal | None = None
    started_on: date | None = None
    disputed: tuple[Disputed, ...] = ()
    served: Served = Served()
