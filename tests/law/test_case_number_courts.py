"""Courts behind case numbers, reserved digits, remarks (CN-01 to CN-09)."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.law.book import book
from zhixing.law.case_numbers import (
    case_number_json,
    case_number_problems,
    case_number_sheet,
    court_of,
    court_place,
    parse,
)


@pytest.mark.parametrize(
    ("code", "level", "division", "reserved"),
    [
        ("最高法", "supreme", "", ""),
        ("冀", "high", "", ""),
        ("冀09", "intermediate", "09", ""),
        ("冀0930", "basic", "0930", ""),
        ("津71", "intermediate", "", "铁路运输法院"),
        ("津72", "intermediate", "", "海事法院"),
        ("京73", "intermediate", "", "知识产权法院"),
        ("黑74", "intermediate", "", "油田法院"),
        ("黑75", "intermediate", "", "林区法院"),
        ("黑80", "intermediate", "", "林区法院"),
        ("黑81", "intermediate", "", "农垦法院"),
        ("黑85", "intermediate", "", "农垦法院"),
        ("黑86", "intermediate", "86", ""),
        ("京87", "intermediate", "", "跨行政区划法院"),
        ("京95", "intermediate", "", "跨行政区划法院"),
        ("冀96", "intermediate", "", "为省内部分县设立的中级法院"),
        ("冀0990", "basic", "0990", ""),
        ("冀0991", "basic", "", "开发区基层法院"),
        ("冀0999", "basic", "", "开发区基层法院"),
    ],
)
def test_court_code(code: str, level: str, division: str, reserved: str) -> None:
    place = court_place(code)
    assert (place.level, place.division, place.reserved) == (level, division, reserved)


def test_development_zones_are_a_setting() -> None:
    assert court_place("冀0991").is_setting
    assert not court_place("津72").is_setting


def test_court_by_the_published_table() -> None:
    court = court_of("冀0930", date(2026, 3, 4))
    assert court is not None
    assert court.name == "孟村回族自治县人民法院"
    assert court_of("冀0930", date(2015, 12, 31)) is None, "the day before the first row"
    assert court_of("冀0930", date(2016, 1, 1)) is not None
    assert court_of("冀0888") is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("（2026）冀0930执123号", []),
        ("（2027）冀0930执123号", ["case_number.year_ahead"]),
        ("（2026）冀0888执123号", ["case_number.court_unknown"]),
        ("（2026）苏0102执123号", []),  # no table of that province: nothing is said
        ("（2015）苏0102执123号", ["case_number.before_rules"]),
    ],
)
def test_remarks_are_warnings(text: str, codes: list[str]) -> None:
    found = case_number_problems(parse(text), date(2026, 3, 4))
    assert [problem.code for problem in found] == codes
    assert all(problem.override for problem in found)


def test_type_codes_have_at_most_three_signs() -> None:
    """CN-04."""
    assert all(len(row.code) <= 3 for row in book().all_rows("case_types"))


def test_sheet_takes_the_number_apart() -> None:
    results = dict(case_number_sheet("(2026)冀0930执恢5号之一").results)
    assert results["法院"] == "孟村回族自治县人民法院"
    assert results["案件类型"] == "恢复执行"
    assert results["规范形式"] == "（2026）冀0930执恢5号"
    assert results["文书序号"] == "之一"
    assert dict(case_number_sheet("（2014）孟执字第123号").results)["写法"] == "二〇一六年以前的案号"
    assert case_number_sheet("乱写").problems


def test_json() -> None:
    printed = case_number_json("(2026)冀09执复12号")
    assert printed["court"] == "河北省沧州市中级人民法院"
    assert printed["family"] == "review"
    assert printed["problems"] == []
