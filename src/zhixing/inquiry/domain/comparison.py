"""Declared against found, item by item (B9, DEC-08). It proposes; the judge finds. It never says "false" by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhixing.inquiry.domain.records import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """One declared item; number is a digest or None, place and text normalised."""

    id: int
    kind: Kind
    number: bytes | None
    tail: str
    place: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding that belongs to the debtor."""

    id: int
    kind: Kind
    number: bytes
    tail: str
    place: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table. verdict: match, omitted, understated, overstated, not_found, doubt."""

    declared: int | None
    found: int | None
    verdict: str
    reasons: tuple[str, ...]
    is_material: bool


def compare(
    declared: list[Declared], found: list[Found], *, tolerance: Decimal, threshold: Decimal, has_report: bool
) -> list[Line]:
    """Pair items with findings and judge each pair.

    tolerance: share of the found amount within which two amounts agree. threshold: yuan from which a gap is material.
    Order: omitted first, then wrong amounts, doubts, not found, matches; stable inside.
    """
    pairs, rest_declared, rest_found = _pair(declared, found)
    lines = [_judge(item, finding, tolerance, threshold) for item, finding in pairs]
    lines += [
        Line(
            declared=None,
            found=finding.id,
            verdict="omitted",
            is_material=_material(finding.amount, threshold),
            reasons=("查得而没有报告" if has_report else "没有提交财产报告，查得的财产均未报告",),
        )
        for finding in rest_found
    ]
    lines += [
        Line(
            declared=item.id,
            found=None,
            verdict="not_found",
            is_material=False,
            reasons=("报告有此项，本次查询没有查到；可能由未查询的单位持有",),
        )
        for item in rest_declared
    ]
    order = ("omitted", "understated", "overstated", "doubt", "not_found", "match")
    return sorted(lines, key=lambda line: order.index(line.verdict))


def _pair(
    declared: list[Declared], found: list[Found]
) -> tuple[list[tuple[Declared, Found]], list[Declared], list[Found]]:
    """Exact number first, then tail with kind, then place with kind where only one of each is left."""
    pairs: list[tuple[Declared, Found]] = []
    left, right = list(declared), list(found)
    tests = (
        lambda d, f: d.number is not None and d.number == f.number,
        lambda d, f: bool(d.tail) and d.kind == f.kind and d.tail == f.tail,
        lambda d, f: (
            d.number is None
            and d.kind == f.kind
            and bool(d.place)
            and (d.place in f.place or f.place in d.place)
            and bool(f.place)
        ),
    )
    for test in tests:
        for item in list(left):
            matches = [finding for finding in right if test(item, finding)]
            if len(matches) == 1:
                pairs.append((item, matches[0]))
                left.remove(item)
                right.remove(matches[0])
    return pairs, left, right


def _judge(item: Declared, finding: Found, tolerance: Decimal, threshold: Decimal) -> Line:
    if item.amount is None or finding.amount is None:
        verdict, reason = "match", "名下确有此项；金额未报或未评估，无法比较"
        return Line(declared=item.id, found=finding.id, verdict=verdict, reasons=(reason,), is_material=False)
    gap = finding.amount - item.amount
    if abs(gap) <= tolerance * max(finding.amount, item.amount):
        return Line(
            declared=item.id,
            found=finding.id,
            verdict="match",
            reasons=("金额在允许差额以内",),
            is_material=False,
        )
    verdict = "understated" if gap > 0 else "overstated"
    words = f"查得 {finding.amount:,.2f} 元，报告 {item.amount:,.2f} 元，相差 {abs(gap):,.2f} 元"
    return Line(
        declared=item.id,
        found=finding.id,
        verdict=verdict,
        reasons=(words,),
        is_material=abs(gap) >= threshold,
    )


def _material(amount: Decimal | None, threshold: Decimal) -> bool:
    return amount is None or amount >= threshold
