"""Old and new article numbers (LAW-2, LAW-3): the rule book's own map, both ways, and the edges of what it maps."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.numbering import article_on, article_renumbered, texts_of

# 2012/2017, 2021, 2023, as the rule book prints them by topic
MAP = [
    (111, 114, 114), (114, 117, 117), (115, 118, 118), (116, 119, 119), (225, 232, 236), (226, 233, 237), (227, 234, 238),
    (239, 246, 250), (240, 247, 251), (241, 248, 252), (242, 249, 253), (243, 250, 254), (244, 251, 255), (245, 252, 256),
    (247, 254, 258), (248, 255, 259), (253, 260, 264), (254, 261, 265), (255, 262, 266), (257, 264, 268),
]  # fmt: skip


@pytest.mark.parametrize(("old", "middle", "new"), MAP)
def test_map_of_the_code_both_ways(old: int, middle: int, new: int) -> None:
    for text in ("2012", "2017"):
        assert article_renumbered("cpl", old, given=text, wanted="2023").number == new
        assert article_renumbered("cpl", old, given=text, wanted="2021").number == middle
        assert article_renumbered("cpl", new, given="2023", wanted=text).number == old
    assert article_renumbered("cpl", middle, given="2021", wanted="2023").number == new


@pytest.mark.parametrize(
    ("old", "new"), [(487, 485), (508, 506), (510, 508), (516, 514), (518, 516), (519, 517)]
)
def test_map_of_the_interpretation(old: int, new: int) -> None:
    assert article_renumbered("cpli", old, given="2015", wanted="2022").number == new
    assert article_renumbered("cpli", new, given="2022", wanted="2015").number == old


@pytest.mark.parametrize(
    ("number", "ok"), [(230, False), (231, True), (265, True), (266, False), (103, True), (108, True)]
)
def test_first_and_last_article_of_a_stretch(number: int, ok: bool) -> None:
    if ok:
        assert article_renumbered("cpl", number, given="2021", wanted="2023").settled
    else:
        with pytest.raises(UnknownRule):
            article_renumbered("cpl", number, given="2021", wanted="2023")


def test_only_steps_checked_against_both_texts_are_settled() -> None:
    assert article_renumbered("cpl", 249, given="2021", wanted="2023").settled
    assert not article_renumbered("cpl", 242, given="2012", wanted="2023").settled


@pytest.mark.parametrize(
    ("day", "number"),
    [("2013-01-01", 242), ("2021-12-31", 242), ("2022-01-01", 249), ("2023-12-31", 249), ("2024-01-01", 253)],
)
def test_number_on_a_day(day: str, number: int) -> None:
    assert article_on("cpl.253", date.fromisoformat(day)).number == number


def test_before_the_oldest_text_and_unknown_text() -> None:
    with pytest.raises(NoRuleInForce):
        article_on("cpl.253", date(2012, 12, 31))
    with pytest.raises(UnknownRule):
        article_renumbered("cpl", 253, given="2020", wanted="2023")
    assert texts_of("cpl") == ("2012", "2017", "2021", "2023")
