"""How much a told value resembles what the case knows. Only values that do not simply agree come here, each pair once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import polars as pl
from pypinyin import Style, lazy_pinyin

_MASKS = frozenset("*＊?X")


def relations(
    items: pl.DataFrame, ours: pl.DataFrame, *, column: str, kind: str, judge: Callable[[str, str], str]
) -> pl.DataFrame:
    """The best relation of each (ask, told value) to the values of that kind the ask knows: frame ask, column, relation.

    judge(told, known) names the relation; the alphabetically first name wins, so names are chosen to sort best first.
    """
    known = ours.filter((pl.col("kind") == kind) & (pl.col("whose") == "self")).select("ask", "value")
    pairs = items.select("ask", column).unique().join(known, on="ask")
    judged = [judge(told, value) for _, told, value in pairs.iter_rows()]
    return (
        pairs.with_columns(pl.Series("relation", judged, dtype=pl.String))
        .group_by("ask", column)
        .agg(pl.col("relation").min())
    )


def name_relation(told: str, known: str) -> str:
    """a_sounds: same reading; b_near: one sign different in a name of three or more; c_differs."""
    if _reading(told) == _reading(known):
        return "a_sounds"
    if len(told) >= 3 and _is_one_step(told, known):
        return "b_near"
    return "c_differs"


def id_relation(told: str, known: str) -> str:
    """a_near: one slip of the pen; b_fits: what a masked number shows agrees; c_masked: it does not; d_far."""
    if sum(sign in _MASKS for sign in told[:-1]) >= 2:
        agrees = len(told) == len(known) and all(
            sign in _MASKS or sign == other for sign, other in zip(told, known, strict=True)
        )
        return "b_fits" if agrees else "c_masked"
    return "a_near" if _is_one_step(told, known) else "d_far"


def address_relation(told: str, known: str) -> str:
    """a_same: one contains the other; b_differs."""
    return "a_same" if told in known or known in told else "b_differs"


@lru_cache(maxsize=65536)
def _reading(name: str) -> str:
    return " ".join(lazy_pinyin(name, style=Style.NORMAL))


def _is_one_step(one: str, other: str) -> bool:
    """One sign replaced, left out or doubled, or two neighbours exchanged."""
    if len(one) == len(other):
        odd = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        exchanged = (
            len(odd) == 2
            and odd[1] == odd[0] + 1
            and one[odd[0]] == other[odd[1]]
            and one[odd[1]] == other[odd[0]]
        )
        return len(odd) == 1 or exchanged
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
