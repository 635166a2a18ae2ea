"""Pays the tiers one after another out of the pots; a tier gets nothing before the one above it is full."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.money import ZERO, allocate, round_half_up, yuan
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from zhixing.law.distribution.admission import Entry
    from zhixing.law.distribution.inputs import DistributionInput, Seal

ORDINARY, DOUBLED = "ordinary", "doubled"
Part = Literal["money", "doubled", "both"]  # of a claim: what takes part in a tier


@dataclass(slots=True, kw_only=True)
class Pot:
    """What is left of the money from one thing. Changed only here."""

    asset: str
    left: Decimal


class Sharing:
    """One run over the tiers. Entries and pots come in their settled order and are changed."""

    def __init__(
        self,
        given: DistributionInput,
        entries: list[Entry],
        pots: list[Pot],
        orders: dict[str, int],
        scheme: str,
    ) -> None:
        """Take what is to be shared. orders: code of a rank → its place."""
        self.given, self.entries, self.pots, self.scheme = given, entries, pots, scheme
        self._orders = orders
        self.steps: list[Step] = []

    def run(self) -> None:
        """Pay everything that can be paid."""
        for order in sorted({entry.order for entry in self.entries} | set(self._orders.values())):
            if order == self._orders[DOUBLED]:
                self._common(order, doubled=True, title="加倍部分债务利息")
            elif order == self._orders[ORDINARY]:
                self._ordinary(order)
            else:
                self._secured(order)
                self._common(order, doubled=False)

    def _secured(self, order: int) -> None:
        for pot in self.pots:
            tier = [e for e in self.entries if e.secured and e.order == order and e.claim.asset == pot.asset]
            for rank, group in groupby(
                sorted(tier, key=lambda e: (e.claim.rank, e.key)), lambda e: e.claim.rank
            ):
                wanting = [entry for entry in group if entry.money_left]
                if not wanting:
                    continue
                title = wanting[0].rank.title + (f"（第 {rank} 顺位）" if len(tier) > 1 else "")
                paid = self._pay(wanting, pot.left, title, pot.asset)
                pot.left -= paid
                self._tell(title, wanting, paid, wanting[0].rank.source, pot.asset)

    def _common(self, order: int, *, doubled: bool, title: str = "") -> None:
        if doubled:
            tier = [entry for entry in self.entries if entry.common and entry.doubled_left]
        else:
            tier = [
                e for e in self.entries if e.common and not e.secured and e.order == order and e.money_left
            ]
        if not tier:
            return
        title = title or "、".join(dict.fromkeys(entry.rank.title for entry in tier))
        law = ("interest.4",) if doubled else tier[0].rank.source
        part: Part = "doubled" if doubled else "money"
        if self.scheme == "sealing" and doubled:
            self._by_seal(tier, title, law, part)
        else:
            self._rata(tier, title, law, part)

    def _ordinary(self, order: int) -> None:
        """Ordinary claims, and what a priority did not cover of claims with a title."""
        both = self.given.choices.include_doubled
        tier = [e for e in self.entries if e.common and (e.order == order or e.secured)]
        tier = [e for e in tier if e.money_left or (both and e.doubled_left)]
        if not tier:
            return
        if self.scheme == "sealing":
            law = ("cpli.514",) if self.given.debtor == "enterprise" else ("work.55",)
            self._by_seal(tier, "普通债权", law, "both" if both else "money")
            return
        law = ("work.55",) if self.scheme == "one_title" else ("cpli.508",)
        self._bonus(tier)
        self._rata(tier, "普通债权", law, "both" if both else "money")

    def _bonus(self, tier: list[Entry]) -> None:
        """The first sealer's extra, where a court has one: a share of the money, at most his claims."""
        ratio = self.given.choices.bonus
        places = {e.key: place for e in tier if (place := first_place(e.creditor.seals, None)) is not None}
        if not ratio or not places:
            return
        first = [entry for entry in tier if places.get(entry.key) == min(places.values())]
        pool = self._pool()
        extra = min(round_half_up(pool * ratio), sum((entry.money_left for entry in first), ZERO))
        paid = self._pay(first, extra, "首先查封债权人多分部分")
        self._draw(paid)
        text = f"首先查封债权人先行分得可供普通债权分配款 {yuan(pool)} 元的 {(ratio * 100).normalize():f}%（本院设定）"
        self.steps.append(Step(text=text, value=yuan(paid), law=("setting", "cpli.508")))

    def _rata(self, tier: Sequence[Entry], title: str, law: tuple[str, ...], part: Part) -> None:
        paid = self._pay(tier, self._pool(), title, part=part, tell=law)
        self._draw(paid)

    def _by_seal(self, tier: Sequence[Entry], title: str, law: tuple[str, ...], part: Part) -> None:
        for pot in self.pots:
            by_place: dict[tuple[date, int], list[Entry]] = defaultdict(list)
            for entry in tier:
                place = first_place(entry.creditor.seals, pot.asset)
                if place is not None:
                    by_place[place].append(entry)
            for no, place in enumerate(sorted(by_place), start=1):
                name = f"{title}（查封第 {no} 顺位）"
                pot.left -= self._pay(by_place[place], pot.left, name, pot.asset, part=part, tell=law)

    def _pay(
        self,
        tier: Sequence[Entry],
        most: Decimal,
        title: str,
        asset: str = "",
        *,
        part: Part = "money",
        tell: tuple[str, ...] = (),
    ) -> Decimal:
        """Pay a group of equals out of at most so much, in proportion; returns what was paid.

        part: what of the claims takes part; of both, the doubled part of a claim is paid last.
        """
        asks = [
            (ZERO if part == "doubled" else entry.money_left)
            + (ZERO if part == "money" else entry.doubled_left)
            for entry in tier
        ]
        whole = sum(asks, ZERO)
        paid = min(most, whole)
        parts = asks if paid == whole else allocate(paid, asks)
        for entry, got in zip(tier, parts, strict=True):
            to_money = ZERO if part == "doubled" else min(got, entry.money_left)
            entry.money_left -= to_money
            entry.doubled_left -= got - to_money
            if got:
                entry.lines.append((title, asset, got))
        if tell and whole:
            self.steps.append(Step(text=_words(title, whole, most, asset), value=yuan(paid), law=tell))
            self.steps += [
                Step(text=f"{entry.creditor.name}：债权 {yuan(ask)} 元", value=yuan(got), law=tell)
                for entry, ask, got in zip(tier, asks, parts, strict=True)
                if ask
            ]
        return paid

    def _tell(
        self, title: str, tier: Sequence[Entry], paid: Decimal, law: tuple[str, ...], asset: str
    ) -> None:
        names = "、".join(entry.creditor.name for entry in tier)
        self.steps.append(Step(text=f"{title}（财产 {asset}）：{names}优先受偿", value=yuan(paid), law=law))

    def _pool(self) -> Decimal:
        return sum((pot.left for pot in self.pots), ZERO)

    def _draw(self, amount: Decimal) -> None:
        """Take common payments out of all pots in proportion to what they hold."""
        if amount:
            for pot, part in zip(self.pots, allocate(amount, [pot.left for pot in self.pots]), strict=True):
                pot.left -= part


def first_place(seals: Sequence[Seal], asset: str | None) -> tuple[date, int] | None:
    """The earliest place of a creditor on a thing (None: on anything); None when he has no measure on it.

    By place when the plan states places, else by day; equal places share.
    """
    fit = [seal for seal in seals if asset is None or seal.asset in ("", asset)]
    places = [(date.min, seal.place) if seal.place is not None else (seal.on or date.max, 0) for seal in fit]
    return min(places, default=None)


def _words(title: str, whole: Decimal, most: Decimal, asset: str) -> str:
    of = f"（财产 {asset}）" if asset else ""
    if most >= whole:
        return f"{title}{of}共 {yuan(whole)} 元，可供分配 {yuan(most)} 元，全额受偿"
    ratio = round_half_up(most / whole * 100, 4).normalize()
    return f"{title}{of}共 {yuan(whole)} 元，可供分配 {yuan(most)} 元，受偿比例 {ratio:f}%"
