"""Case numbers and identifiers: vectors of the rulebook (CN-01 to CN-05, ID-01 to ID-14)."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.law import identifiers
from zhixing.law.case_numbers import CaseNumber, case_numbers_in, parse
from zhixing.law.errors import UnknownRule


@pytest.mark.parametrize(
    ("text", "court", "special", "type_code", "serial", "seq"),
    [
        ("（2026）冀0930执123号", "冀0930", "", "执", 123, ""),
        ("(2026)冀09执复12号", "冀09", "", "执复", 12, ""),
        ("（2025）最高法执监77号", "最高法", "", "执监", 77, ""),
        ("（2026）冀0930执恢5号之一", "冀0930", "", "执恢", 5, "一"),
        ("（2026）冀执协3号", "冀", "", "执协", 3, ""),
        ("（2026）兵0801执异4号", "兵0801", "", "执异", 4, ""),
        ("（2026）最高法知执1号", "最高法", "知", "执", 1, ""),
        ("（２０２６）冀０９３０ 执 １２３ 号", "冀0930", "", "执", 123, ""),
        ("〔2025〕冀0930民初871号", "冀0930", "", "民初", 871, ""),
    ],
)
def test_case_number_is_read(
    text: str, *, court: str, special: str, type_code: str, serial: int, seq: str
) -> None:
    found = parse(text)
    assert found.ok
    assert found.number is not None
    number = found.number
    assert (number.court, number.special, number.type_code, number.serial) == (
        court,
        special,
        type_code,
        serial,
    )
    assert found.document_seq == seq
    assert found.normalised == number.text
    assert parse(number.text).number == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(2026)冀0930执0012号", "zero"),
        ("（2026）冀930执1号", "court"),
        ("2026冀0930执1号", "year"),
        ("（1826）冀0930执1号", "year"),
        ("（2026）冀0930执1", "no_end"),
        ("（2026）冀0930吃1号", "form"),
        ("（2026）孟执字第123号", "legacy"),
        ("", "empty"),
    ],
)
def test_case_number_that_is_wrong_says_how(text: str, code: str) -> None:
    found = parse(text)
    assert not found.ok
    assert found.number is None
    assert [problem.code for problem in found.problems] == [f"case_number.{code}"]


def test_legacy_number_is_kept_as_such() -> None:
    found = parse("(2014)孟执字第123号")
    assert found.ok
    assert found.legacy
    assert found.is_enforcement
    assert found.normalised == "（2014）孟执字第123号"
    assert parse("（2015）孟民初字第9-1号").family == "related"


def test_case_number_is_written_with_full_brackets_and_no_padding() -> None:
    assert (
        CaseNumber(year=2026, court="冀0930", special="", type_code="执恢", serial=5).text
        == "（2026）冀0930执恢5号"
    )


def test_numbers_are_found_in_a_text_at_their_places() -> None:
    text = "依据（2025）冀0930民初871号民事判决书，本案（2026）冀0930执123号，另见（2014）孟执字第8号。"
    assert [text[start:end] for start, end, _ in case_numbers_in(text)] == [
        "（2025）冀0930民初871号",
        "（2026）冀0930执123号",
        "（2014）孟执字第8号",
    ]


def test_resident_id_of_the_standard() -> None:
    found = identifiers.check("resident_id", "11010519491231002x")
    assert found.ok
    assert found.clean
    assert found.checksum_ok
    assert found.normalised == "11010519491231002X"
    assert (found.parts["birth"], found.parts["sex"]) == ("1949-12-31", "女")


def test_wrong_check_digit_is_a_warning_not_an_error() -> None:
    found = identifiers.check("resident_id", "110105194912310021")
    assert found.ok
    assert not found.clean
    assert found.checksum_ok is False
    assert [(p.code, p.level) for p in found.problems] == [("identifier.resident_id.checksum", "warning")]


def test_old_resident_id_is_extended() -> None:
    found = identifiers.check("resident_id", "110105491231002")
    assert found.normalised == "11010519491231002X"
    assert [p.code for p in found.problems] == ["identifier.old_form"]


def test_birthday_that_does_not_exist_or_lies_ahead_is_an_error() -> None:
    assert not identifiers.check("resident_id", "110105194902300020").ok
    assert (
        identifiers.resident_id("110105203001010018", on=date(2026, 3, 4)).problems[0].code
        == "identifier.resident_id.birth"
    )


def test_message_never_repeats_the_number() -> None:
    for number in ("110105194913310020", "110105194912310021"):
        for problem in identifiers.check("resident_id", number).problems:
            assert number[:12] not in str(problem)


@pytest.mark.parametrize(
    ("code", "sound"),
    [("91110000101623741K", True), ("91350211M0000XUF46", False), (" 9111 0000 1016 2374 1k", True)],
)
def test_unified_social_credit_code(code: str, *, sound: bool) -> None:
    found = identifiers.check("uscc", code)
    assert found.ok
    assert found.checksum_ok is sound


def test_unified_code_contains_the_organisation_code() -> None:
    part = identifiers.check("uscc", "91110000101623741K").parts["org_code"]
    assert identifiers.check("org_code", part).checksum_ok


@pytest.mark.parametrize(
    ("number", "sound"), [("4539578763621486", True), ("4539578763621487", False), ("79927398713", None)]
)
def test_bank_card_by_luhn(number: str, *, sound: bool | None) -> None:
    assert identifiers.check("bank_card", number).checksum_ok is sound


@pytest.mark.parametrize(
    ("kind", "value", "ok", "normalised"),
    [
        ("uscc", "91110000I01623741K", False, None),
        ("plate", "冀J12345", True, None),
        ("plate", "冀J·D12345", True, "冀JD12345"),
        ("plate", "冀j12345d", True, "冀J12345D"),
        ("plate", "冀I12345", False, None),
        ("vin", "LSVAA4182E2123456", True, None),
        ("vin", "LSVAA4182O2123456", False, None),
        ("passport", "E12345678", True, None),
        ("passport", "G1234567", False, None),
        ("hk_permit", "H1234567801", True, None),
        ("taiwan_permit", "12345678", True, None),
        ("mobile", "+86 138-0000-6621", True, "13800006621"),
        ("mobile", "12800006621", False, None),
        ("landline", "0317-6721234", True, None),
        ("realty_unit", "130930001002GB00003F00010001", True, None),
        ("realty_unit", "130930001002GB00003F0001000", False, None),
        ("realty_certificate", "冀(2024)孟村县不动产权第0001234号", True, "冀（2024）孟村县不动产权第0001234号"),
        ("wechat", "cyliang81", True, None),
        ("wechat", "81cyl", False, None),
        ("qq", "30124568", True, None),
        ("email", "Zhang@Example.CN", True, "zhang@example.cn"),
        ("alipay", "13800006621", True, None),
        ("alipay", "张三", False, None),
    ],
)  # fmt: skip
def test_forms(kind: str, value: str, *, ok: bool, normalised: str | None) -> None:
    found = identifiers.check(kind, value)
    assert found.ok is ok
    assert found.raw == value
    if ok:
        assert found.normalised == (normalised or value)
    else:
        assert found.problems[0].mend


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownRule):
        identifiers.check("shoe_size", "42")
    assert "resident_id" in identifiers.kinds()
