"""Identifiers taken apart, and what a bare number can be (ID-01 to ID-15)."""

from __future__ import annotations

from datetime import date

import pytest

from zhixing.law import identifiers
from zhixing.law.identifiers import check, division_name
from zhixing.law.identifiers.identify import identify, identify_json, identify_sheet


@pytest.mark.parametrize(
    ("kind", "value", "part", "expected"),
    [
        ("resident_id", "11010519491231002X", "division_name", "北京市朝阳区"),
        ("resident_id", "11010519491231002X", "sex", "女"),
        ("residence_permit", "810000199001010005", "document", "香港居民居住证"),
        ("residence_permit", "830000199001010005", "document", "台湾居民居住证"),
        ("foreigner_residence", "CHN123456789012", "nationality", "CHN"),
        ("uscc", "91110000101623741K", "authority", "市场监督管理部门"),
        ("uscc", "91110000101623741K", "body", "企业"),
        ("uscc", "91110000101623741K", "org_code_check", "相符"),
        ("passport", "E12345678", "document", "普通护照（电子）"),
        ("passport", "DE1234567", "document", "外交护照（电子）"),
        ("passport", "D1234567", "document", "外交护照"),
        ("hk_permit", "M1234567802", "holder", "澳门居民"),
        ("hk_permit", "M1234567802", "issue", "02"),
        ("plate", "冀J12345", "energy", "普通"),
        ("plate", "冀JD12345", "size", "小型"),
        ("plate", "冀JD12345", "drive", "纯电动"),
        ("plate", "冀J12345F", "size", "大型"),
        ("plate", "冀J12345F", "drive", "非纯电动"),
        ("plate", "冀J12345F", "authority_name", "河北沧州"),
        ("plate", "粤BA12345", "drive", "纯电动"),  # letters beyond D and F are a setting
        ("landline", "12368", "document", "人民法院诉讼服务热线"),
        ("realty_unit", "130930001002GB00003F00010001", "division_name", "河北省沧州市孟村回族自治县"),
        ("realty_unit", "130930001002GB00003F00010001", "district", "001"),
        ("realty_unit", "130930001002GB00003F00010001", "ownership", "国家所有"),
        ("realty_unit", "130930001002JC00003F00010001", "right", "宅基地使用权宗地"),
        ("realty_unit", "130930001002GB00003F00010001", "fixture_name", "房屋等建筑物、构筑物"),
        ("realty_certificate", "冀(2024)孟村县不动产权第0001234号", "registry", "孟村县"),
        ("vin", "1M8GDM9AXKP042788", "check_digit", "相符"),  # the standard's own worked example
        ("vin", "1M8GDM9A1KP042788", "check_digit", "不符（仅供参考）"),
    ],
)  # fmt: skip
def test_part(kind: str, value: str, part: str, expected: str) -> None:
    found = check(kind, value)
    assert found.ok
    assert found.parts[part] == expected


def test_unit_without_building_names_none() -> None:
    assert "building" not in check("realty_unit", "130930001002GB00003W00000000").parts


def test_vin_check_digit_is_information_only() -> None:
    found = check("vin", "1M8GDM9A1KP042788")
    assert found.clean
    assert found.checksum_ok is None


def test_letter_outside_the_setting_is_no_plate() -> None:
    assert not check("plate", "冀JZ12345").ok


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("13", "河北省"),
        ("130900", "河北省沧州市"),
        ("130930", "河北省沧州市孟村回族自治县"),
        ("110105", "北京市朝阳区"),
        ("139999", "河北省"),
        ("990000", ""),
    ],
)
def test_division_name_as_far_as_known(code: str, name: str) -> None:
    assert division_name(code) == name


def test_permit_of_another_division_is_no_permit() -> None:
    assert not check("residence_permit", "110105194912310021").ok


def test_old_number_is_converted_for_matching_only() -> None:
    found = check("resident_id_15", "110105491231002")
    assert found.normalised == "11010519491231002X"
    assert found.checksum_ok is None
    assert "仅供比对" in str(found.problems[0])


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("11010519491231002X", ["resident_id", "uscc"]),
        ("91110000101623741K", ["uscc"]),
        ("4539578763621486", ["bank_card", "foreign_passport", "bank_account"]),
        ("13800006621", ["mobile", "alipay", "foreign_passport", "bank_account", "qq"]),
        ("E12345678", ["passport", "org_code", "foreign_passport", "wechat"]),
        ("冀J·12345", ["plate"]),
        ("?", []),
    ],
)
def test_all_kinds_a_number_can_be(code: str, kinds: list[str]) -> None:
    """The surest first: a sound check digit, a form of its own, a loose form."""
    found = [one.kind for one in identify(code)]
    assert sorted(found) == sorted(kinds)
    assert found[:1] == kinds[:1]


def test_impossible_birthday_is_told_before_weaker_readings() -> None:
    found = identify("110105194902300020")
    assert found[0].kind == "resident_id"
    assert not found[0].ok


def test_birthday_ahead_is_refused_by_the_day() -> None:
    assert identify("110105203001010018", on=date(2026, 3, 4))[0].ok is False


def test_sheet_names_kind_parts_and_verdict() -> None:
    sheet = identify_sheet("91110000101623741K")
    assert ("最可能的种类", "统一社会信用代码") in sheet.results
    assert ("行政区划", "北京市") in sheet.results
    assert sheet.results[-1] == ("校验结果", "格式和校验位均相符")
    assert sheet.sources() == ("gb32100",)
    assert identify_sheet("?").results == (("结果", "不符合任何已知的号码格式"),)


def test_case_number_is_recognised_too() -> None:
    assert identify_sheet("（2026）冀0930执恢5号之一").kind == "case_number"
    printed = identify_json("(2026)冀0930执123号")
    assert printed["case_number"] is True


def test_every_kind_has_a_check() -> None:
    for kind in identifiers.kinds():
        assert not check(kind, "？").ok
