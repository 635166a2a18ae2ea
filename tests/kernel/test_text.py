"""Text: width, search pairs, sorting by family name, masking."""

from __future__ import annotations

import pytest

from zhixing.kernel import text


def test_normalise_folds_width_and_spaces() -> None:
    assert text.normalise("　（２０２６）冀０９３０执１２３号\u200b ") == "(2026)冀0930执123号"


def test_full_to_half_keeps_positions() -> None:
    came = "ＡＢ　１２，尾号"
    assert text.full_to_half(came) == "AB 12,尾号"
    assert len(text.full_to_half(came)) == len(came)


@pytest.mark.parametrize(
    ("came", "pairs"),
    [
        ("马立群", ["立群", "马立"]),
        ("马", ["马"]),
        ("冀0930执", ["09", "0执", "30", "93", "冀0"]),
        ("恒达 恒达", ["恒达"]),
        ("——", []),
    ],
)
def test_bigrams_are_sorted_pairs_each_once(came: str, pairs: list[str]) -> None:
    assert text.bigrams(came) == sorted(pairs)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("单田芳", "shan "),
        ("曾国藩", "zeng "),
        ("仇英", "qiu "),
        ("尉迟恭", "yu chi "),
        ("马立群", "ma li qun"),
        ("任我行", "ren "),
    ],
)
def test_sort_key_reads_family_names_as_family_names(name: str, begins: str) -> None:
    assert text.sort_key(name).startswith(begins)


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (14, "十四"),
        (85, "八十五"),
        (110, "一百一十"),
        (205, "二百零五"),
        (253, "二百五十三"),
        (1001, "一千零一"),
        (1260, "一千二百六十"),
    ],
)
def test_articles_are_counted_in_chinese(number: int, written: str) -> None:
    assert text.chinese_numeral(number) == written


def test_chinese_numeral_refuses_zero() -> None:
    with pytest.raises(ValueError, match="1 to 9999"):
        text.chinese_numeral(0)


def test_identity_number_hides_four_digits_inside_and_the_birthday_outside() -> None:
    number = "130930199003071234"
    assert text.mask_id(number) == "130930199003****34"
    assert text.mask_id(number, public=True) == "1309301990****1234"  # PB-08


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (text.mask_name("马立群"), "马某"),
        (text.mask_name("欧阳修文"), "欧阳某"),
        (text.mask_name("阿依古丽·买买提"), "阿某"),
        (text.mask_account("6217000010001236618"), "6217****6618"),
        (text.mask_phone("13800006621"), "138****6621"),
        (text.mask_handle("cyliang81"), "cyl****1"),
        (text.mask_id("E51234208"), "E5****208"),
        (text.mask_id("12"), "****"),
        (text.mask_account("12345678"), "12****78"),
        (text.mask_account(""), "****"),
    ],
)
def test_masking_always_hides_four_signs(masked: str, expected: str) -> None:
    assert masked == expected
