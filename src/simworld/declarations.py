"""What a debtor writes when he is ordered to report his property, compared with what is true."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from simworld.catalog import BY_KEY
from simworld.records import Account, Company, Declaration, DeclaredItem, Person, Unit


def declare(owner: Person | Company, accounts: list[Account], units: list[Unit], *, seed: int) -> Declaration:
    """The report of one debtor.

    Honest: everything as it is. Incomplete: the most valuable thing and some others are left out.
    False: the most valuable is left out, one house is said to be sold, or one balance is given as a tenth.
    """
    if owner.key in ("P-HERO", "C-HERO"):
        return _hero(owner, accounts, units)
    rng = Random(f"{seed}:declaration:{owner.key}")
    everything: list[Account | Unit] = [*accounts, *units]
    everything.sort(key=_worth, reverse=True)
    left_out: list[str] = []
    misstated: list[str] = []
    if owner.honesty != "honest":
        left_out = [reference(a) for n, a in enumerate(everything) if n == 0 or rng.random() < 0.3]
    items = []
    for asset in everything:
        if reference(asset) in left_out:
            continue
        item = _item(asset)
        if owner.honesty == "false" and not misstated:
            misstated.append(item.reference)
            item = _bent(item)
        items.append(item)
    if isinstance(owner, Person) and owner.plate:
        items.append(
            DeclaredItem(kind="vehicle", reference=owner.plate, label="小型轿车", amount="", note="本人名下")
        )
    return Declaration(
        owner=owner.key, honesty=owner.honesty, items=items, left_out=left_out, misstated=misstated
    )


def reference(asset: Account | Unit) -> str:
    """What an asset is called in a declaration: account number or certificate number."""
    return asset.number if isinstance(asset, Account) else asset.owners[0].certificate


def _worth(asset: Account | Unit) -> Decimal:
    return Decimal(asset.balance if isinstance(asset, Account) else asset.worth)


def _item(asset: Account | Unit) -> DeclaredItem:
    if isinstance(asset, Unit):
        note = "唯一住房，自住" if asset.sole_residence else ""
        if asset.mortgage:
            note = f"{note}；抵押给{asset.mortgage.mortgagee}".lstrip("；")
        return DeclaredItem(
            kind="realty",
            reference=reference(asset),
            label=f"{asset.location}，{asset.area}平方米",
            amount=asset.worth,
            note=note,
        )
    bank = BY_KEY[asset.bank].plain_name
    return DeclaredItem(
        kind="wealth" if asset.kind == "wealth" else "deposit",
        reference=asset.number,
        label=f"{bank}{asset.product_name or asset.category}",
        amount=asset.balance,
        note="",
    )


def _bent(item: DeclaredItem) -> DeclaredItem:
    if item.kind == "realty":
        item.note = "已于去年卖给他人，尚未过户"
    else:
        item.amount = f"{Decimal(item.amount) / 10:.2f}"
    return item


def _hero(owner: Person | Company, accounts: list[Account], units: list[Unit]) -> Declaration:
    """The fixed first case: two bank assets kept back, one shop said to be sold."""
    left_out = [
        a.number for a in accounts if a.number.endswith("7719") or a.kind in ("wealth", "cash_return")
    ]
    items, misstated = [], []
    for asset in [*accounts, *units]:
        item = _item(asset)
        if item.reference in left_out:
            continue
        if isinstance(asset, Unit) and asset.use == "商业服务":
            item.note = "2025年3月已卖给刘某，价款620000元"
            misstated.append(item.reference)
        items.append(item)
    return Declaration(
        owner=owner.key, honesty=owner.honesty, items=items, left_out=left_out, misstated=misstated
    )
