"""Who takes part in a distribution, with which claim, at which rank; and who does not, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from zhixing.kernel.money import ZERO
from zhixing.law.schemas import ClaimRank

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zhixing.law.book import Rules
    from zhixing.law.distribution.inputs import Claim, Creditor, DistributionInput


@dataclass(slots=True, kw_only=True)
class Entry:
    """A claim at work: what it asks for and what it got so far. Changed only by `sharing`.

    Attributes:
        secured: may be paid out of the thing it lies on.
        common: may be paid out of the common money.
        order: its place in the table; for claims on a thing the place of the right.
        lines: tier title, asset (empty: common money), amount, in the order of payment.
    """

    creditor: Creditor
    claim: Claim
    rank: ClaimRank
    order: int
    secured: bool
    common: bool
    money_left: Decimal
    doubled_left: Decimal
    lines: list[tuple[str, str, Decimal]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """Creditor and claim: the order in which equal things are settled, whatever the order of the input."""
        return (self.creditor.id, self.claim.id)

    @property
    def share(self) -> Decimal:
        """All it got."""
        return sum((amount for _, _, amount in self.lines), ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A claim that is left out, wholly or for the part its priority does not cover."""

    creditor: str
    claim: str
    code: str
    reason: str
    law: tuple[str, ...]
    partly: bool = False


def entries_of(
    given: DistributionInput, rules: Rules, scheme: str
) -> tuple[list[Entry], tuple[Refusal, ...]]:
    """Every claim that takes part, sorted by creditor and claim, and every refusal."""
    ranks = {row.code: cast("ClaimRank", row) for row in rules.rows("distribution_ranks")}
    civil = {ranks["wages"].order, ranks["ordinary"].order}
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    for creditor in given.creditors:
        for claim in creditor.claims:
            rank = ranks[claim.kind]
            secured = rank.basis == "asset"
            order = _order(given, rank, ranks)
            by_measure = scheme == "sealing" and (secured or order in civil)
            refusal = _refused(given, creditor, claim, rank, by_measure=by_measure)
            if refusal:
                refusals.append(refusal)
            if refusal and not refusal.partly:
                continue
            entries.append(
                Entry(
                    creditor=creditor, claim=claim, rank=rank, secured=secured, common=refusal is None,
                    order=order, money_left=claim.money, doubled_left=claim.doubled,
                )
            )  # fmt: skip
    return sorted(entries, key=lambda entry: entry.key), tuple(
        sorted(refusals, key=lambda refusal: (refusal.creditor, refusal.claim))
    )


def _order(given: DistributionInput, rank: ClaimRank, ranks: Mapping[str, ClaimRank]) -> int:
    """Medical costs lead only beside criminal liability; what serves a living leads ordinary claims by choice."""
    if rank.basis == "criminal" and not given.criminal:
        return ranks["wages" if given.choices.livelihood_first else "ordinary"].order
    if rank.basis == "livelihood" and (given.criminal or not given.choices.livelihood_first):
        return ranks["ordinary"].order
    return rank.order


def _refused(
    given: DistributionInput, creditor: Creditor, claim: Claim, rank: ClaimRank, *, by_measure: bool
) -> Refusal | None:
    def refuse(code: str, reason: str, *law: str, partly: bool = False) -> Refusal:
        return Refusal(creditor=creditor.id, claim=claim.id, code=code, reason=reason, law=law, partly=partly)

    secured = rank.basis == "asset"
    applied = creditor.applied_on
    if applied and given.started_on and applied < given.started_on:
        return refuse("too_early", f"{applied} 提出申请，早于执行程序开始之日 {given.started_on}", "cpli.507")
    if applied and applied > given.choices.cut_off_on:
        return refuse("late", f"{applied} 提出申请，晚于截止日 {given.choices.cut_off_on}", "cpli.507")
    if not claim.title and not claim.pending and (rank.needs_title or secured):
        if not secured:
            return refuse("no_title", "没有取得执行依据，也没有优先权或者担保物权", "cpli.506")
        return refuse(
            "no_title",
            "没有执行依据，只就优先受偿的财产受偿，不足部分不列入普通债权",
            "cpli.506",
            partly=True,
        )
    if by_measure and not creditor.seals:
        if secured:
            return refuse(
                "no_measure", "没有查封、扣押、冻结，优先受偿不足的部分不列入", "cpli.514", partly=True
            )
        if given.debtor == "enterprise":
            return refuse(
                "no_participation",
                "被执行人是企业法人，不适用参与分配；按查封、扣押、冻结的先后清偿，该债权人没有采取措施",
                "cpli.514",
            )
        return refuse("no_measure", "按采取执行措施的先后受偿，该债权人没有采取措施", "work.55")
    return None
