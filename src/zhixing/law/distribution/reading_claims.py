"""Reads the creditors of a distribution plan: claims, priorities, seals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zhixing.kernel.money import ZERO
from zhixing.law.distribution.inputs import Claim, Creditor, Seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhixing.law.reading import Reader
    from zhixing.law.schemas import ClaimRank

CREDITOR = {"id", "name", "applied_on", "seals", "claims"}
_SEAL = {"asset", "on", "place"}
_CLAIM = {"id", "kind", "asset", "rank", "title", "principal", "interest", "doubled", "pending"}


def creditor_read(
    row: Reader, kinds: Mapping[str, ClaimRank], assets: set[str], *, criminal: bool
) -> Creditor:
    """One creditor; faults are noted in the reader. kinds: rows of ``distribution_ranks``; assets: ids of the proceeds."""
    name = row.text("name", required=False)
    identity = row.text("id")
    claims = tuple(
        _claim(item, kinds, assets, index, criminal=criminal)
        for index, item in enumerate(row.rows("claims", allowed=_CLAIM), start=1)
    )
    once(row, "claims", (claim.id for claim in claims))
    seals = tuple(_seal(item, assets) for item in row.rows("seals", allowed=_SEAL, required=False))
    return Creditor(
        id=identity, name=name or identity, claims=claims, seals=seals, applied_on=row.day("applied_on")
    )


def _claim(
    row: Reader, kinds: Mapping[str, ClaimRank], assets: set[str], index: int, *, criminal: bool
) -> Claim:
    kind = row.choice(
        "kind", {code: rank.title for code, rank in kinds.items()}, required=False, default="ordinary"
    )
    basis, asset = kinds[kind].basis, row.text("asset", required=False)
    if basis == "asset" and asset not in assets:
        row.fault(
            "asset",
            "distribution.asset",
            f"“{kinds[kind].title}”没有指明所在的财产，",
            "请填写 proceeds 中的编号。",
        )
    if basis != "asset" and asset:
        row.fault(
            "asset",
            "distribution.asset_unused",
            f"“{kinds[kind].title}”不以特定财产优先受偿，",
            "请去掉 asset。",
        )
    if basis == "criminal" and kind != "medical" and not criminal:
        row.fault(
            "kind", "distribution.criminal", f"“{kinds[kind].title}”只在被执行人同时承担刑事责任时列入，", "请核对 criminal。",
            "criminal.13",
        )  # fmt: skip
    claim = Claim(
        id=row.text("id", required=False, default=str(index)),
        kind=kind,
        asset=asset,
        rank=row.whole("rank", least=1, default=1) or 1,
        title=row.flag("title", default=True),
        principal=row.amount("principal"),
        interest=row.amount("interest", required=False),
        doubled=row.amount("doubled", required=False),
        pending=row.flag("pending"),
    )
    if claim.money + claim.doubled == ZERO:
        row.fault("principal", "distribution.empty", "债权数额为零，", "请填写未受偿的数额，或者删去这一项。")
    return claim


def _seal(row: Reader, assets: set[str]) -> Seal:
    asset = row.text("asset", required=False)
    if asset and asset not in assets:
        row.fault(
            "asset", "distribution.asset", f"财产“{asset}”不在 proceeds 中，", "请填写 proceeds 中的编号。"
        )
    seal = Seal(asset=asset, on=row.day("on"), place=row.whole("place", least=1))
    if seal.on is None and seal.place is None:
        row.fault("on", "distribution.seal", "查封既没有日期也没有顺位，", "请填写 on 或 place。", "cpli.514")
    return seal


def seals_check(reader: Reader, creditors: Iterable[Creditor]) -> None:
    """All seals by place, or all by day: a mixture cannot be put in order."""
    seals = [seal for creditor in creditors for seal in creditor.seals]
    if not all(seal.place for seal in seals) and not all(seal.on for seal in seals):
        reader.fault(
            "creditors",
            "distribution.seal_order",
            "有的查封只有顺位、有的只有日期，无法排序，",
            "请统一填写 place 或 on。",
        )


def once(reader: Reader, name: str, ids: Iterable[str]) -> None:
    """Note every id that stands twice under a list."""
    for identity, times in Counter(ids).items():
        if identity and times > 1:
            reader.fault(
                name, "distribution.twice", f"编号“{identity}”用了 {times} 次，", "请给每一项不同的编号。"
            )
