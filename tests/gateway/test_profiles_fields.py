"""Every field of every table, there and back; and that no field of the formats is missing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from profile_samples import filled

from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as bank_answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as bank_orders
from zhixing.gateway.profiles.bank_soap_gbk.dialect import (
    GENERATION_2016,
    GENERATION_2017PLUS,
    POINT_TO_POINT,
    POINT_TO_POINT_DIALECT,
    STAR,
)
from zhixing.gateway.profiles.context import Dialect, Reading, Style, Writing
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.realty_soap_utf8 import feedback_tables as realty_answers
from zhixing.gateway.profiles.realty_soap_utf8 import request_tables as realty_orders
from zhixing.gateway.profiles.realty_soap_utf8.dialect import PLAIN_LEAVES
from zhixing.gateway.profiles.records import read_record, write_record
from zhixing.gateway.profiles.styles import ATTRIBUTES, ELEMENTS

GBK = Layer(charset="gbk", is_base64=True)
CLEAR = Layer(charset="utf-8", is_base64=False)
WRAPPED = Layer(charset="utf-8", is_base64=True)
EVERYTHING = Dialect(name="everything", features=frozenset({STAR, POINT_TO_POINT}))

HEADER = "BDHM LB XZ XM ZJLX DSRZJHM FYMC FYDM CBR YHDH AH GZZBH GWZBH CKH"
OLD = "GJ FZJG JGHM"
RIGHT_TAIL = "DJJG DQDM YWH BEIZ"
# Typed from the tables of the format description, not from the code.
BANK = [
    (bank_orders.CXQQ, f"{HEADER} CKKSSJ CKJSSJ WSBH {OLD}"),
    (bank_orders.KZQQ, f"{HEADER} LXFS BEIZ {OLD}"),
    (
        bank_orders.KZZH,
        (
            "CCXH KZLX KZCS KZNR KHZH GLZHHM CCLB KHWD KHWDDM ZCMC ZCLX JLDW CPXSZL DQH JRCPBH LCZH ZJHKZH BZ JE SE KSRQ "
            "JSRQ SFJH CKWH ZXKZHHM ZXKZHKHH ZXKZHKHHHH ZXKZHZH ZXKZHLX YDJAH YDJDH"
        ),
    ),
    (bank_orders.WS, "WSBH BDHM XH WJMC WJLX WSLB WSNR MD5"),
    (bank_orders.ZJ, "BDHM XH ZJMC GZZBM GZZWJGS GZZ GWZBM GWZWJGS GWZ"),
    (bank_orders.JG, "bdhm result msg"),
    (
        bank_answers.ZHXX,
        "BDHM CCXH KHZH CCLB ZHZT KHWD KHWDDM KHRQ XHRQ BZ YE KYYE GLZJZH FKSJ TXDZ YZBM LXDH BEIZ SFTZ",
    ),
    (
        bank_answers.JRXX,
        (
            "ZCXH ZCMC ZCLX CPXSZL DQH JRCPBH LCZH ZJHKZH ZCGLR ZCKFJY ZCJYXZ XZXCRQ ZYQR TGR SYR CLR SHR TGZH JLDW BZ ZCDWJG "
            "SE KYSE ZCZJE BEIZ"
        ),
    ),
    (bank_answers.DJXX, "CSXH ZCXH JRCPBH DJJZRQ DJJG DJWH DJJE BEIZ SFBDJ"),
    (
        bank_answers.WLXX,
        "WLXH JYZL ZJLX BZ JE JYSJ JYLSH ZCKZXM ZCKZH ZCKZHKHH JYDSYHHH JYDSZJLX JYDSZJHM JYDSTXDZ JYDSYZBM JYDSLXDH BEIZ",
    ),
    (bank_answers.QLXX, "XH ZCXH JRCPBH QLLX QLR QLJE QLRDZ QLRLXFS BEIZ"),
    (bank_answers.GLXX, "GLXH ZKHZH GLZHLB GLZHHM BZ YE KYYE BEIZ GLZHMC"),
    (
        bank_answers.KZXX,
        "BDHM CCXH KHZH JRCPBH LCZH KZNR KZZT YE KYYE CSKSRQ CSJSRQ DJXE SKJE SKSE CESKJE WNKZYY BEIZ",
    ),
    (bank_answers.HZXX, "BDHM WJMC WJLX WSLB WSNR MD5"),
    (bank_answers.HTXX, "BDHM XCHTYY XCHTBZ XCHTR XCHTDH"),
]
REALTY = [
    (realty_orders.HEAD, "CREATETIME DIGITALSIGN RESPONSECODE RESPONSEINFO"),
    (realty_orders.BDCCXQQ, "CXQQDH LB XZ XM GJ ZJZL ZJH FZJG FYMC CBR AH GZZBH GWZBH CKH WSBH"),
    (realty_orders.BDCKZQQ, "CXQQDH LB XZ XM GJ ZJZL ZJH FZJG FYMC CBR AH CKH"),
    (
        realty_orders.BDCQL,
        "KZQQDH KZCS BDCQLLX BDCDYH ZL BDCQZH CKWH KSRQ JSRQ YDJAH YDJDH YWH YCFYWH DJJG",
    ),
    (realty_orders.GHDX, "DXXH DXXM DXZJLX DXSFZHM"),
    (realty_orders.WSINFO, "CXQQDH XH WJMC WJLX DJR DJRQ WSNR"),
    (realty_orders.ZJINFO, "CXQQDH XH GZZBM GZZWJGS GZZ GWZBM GWZWJGS GWZ"),
    (realty_orders.JG, "CXQQDH RESULT MSG"),
    (realty_answers.BDCCXJG, "CXQQDH RESULT MESSAGE"),
    (realty_answers.RIGHTS["TDSYQ"], f"BDCDYH ZL ZDMJ MJDW YT QLXZ BDCQZH {RIGHT_TAIL}"),
    (realty_answers.RIGHTS["JSYDSYQ"], f"BDCDYH ZL YT SYQMJ SYQQSSJ SYQJSSJ QLXZ BDCQZH {RIGHT_TAIL}"),
    (
        realty_answers.RIGHTS["FDCQ"],
        f"BDCDYH FDZL JZMJ ZYJZMJ FTJZMJ GHYT FWXZ JGSJ TDSYQSSJ TDSYJSSJ BDCQZH ZCS {RIGHT_TAIL}",
    ),
    (
        realty_answers.RIGHTS["HYSYQ"],
        f"BDCDYH XMMC YHWZSM YHLXA YHLXB HDMC HDWZ HDYT SYQMJ SYQQSSJ SYQJSSJ BDCQZH {RIGHT_TAIL}",
    ),
    (
        realty_answers.RIGHTS["GJZWSYQ"],
        f"BDCDYH ZL GJZWGHYT GJZWMJ TDHYSYQSSJ TDHYSYJSSJ BDCQZH {RIGHT_TAIL}",
    ),
    (realty_answers.RIGHTS["LQ"], f"BDCDYH ZL SYQMJ LDSYQSSJ LDSYJSSJ LDSYQXZ BDCQZH {RIGHT_TAIL}"),
    (
        realty_answers.RIGHTS["DYAQ"],
        f"BDCDYH DYBDCLX ZL DYR DYFS BDBZZQSE ZWLXQSSJ ZWLXJSSJ BDCDJZMH DYQR {RIGHT_TAIL}",
    ),
    (realty_answers.RIGHTS["YGDJ"], f"BDCDYH YGDJZL ZL GHYT JZMJ BDCDJZMH {RIGHT_TAIL}"),
    (realty_answers.RIGHTS["CFDJ"], f"BDCDYH ZL CFJG CFLX CFWH CFQSSJ CFJSSJ CFYWH {RIGHT_TAIL}"),
    (
        realty_answers.QLRXX,
        (
            "BDCDYH SXH QLRMC BDCQZH QZYSXLH SFCZR ZJZL ZJH FZJG SSHY GJ HJSZSS XB DH DZ YB GZDW DZYJ QLRLX QLBL GYFS GYQK BZ "
            "YWH QSZT BDCLX"
        ),
    ),
    (realty_answers.BDCKZJG, "CXQQDH RESULT MESSAGE"),
    (realty_answers.KZXX, "BDCQLLX BDCDYH BDCQZH KZZT CSKSRQ CSJSRQ WNKZYY BEIZ YWH CFYWH"),
    (realty_answers.HZXX, "CXQQDH WJMC WJLX WSLB WSNR"),
]
STAR_CODES = "CPXSZL DQH JRCPBH LCZH ZJHKZH ZYQR TGR SYR CLR SHR TGZH ZCZJE"


def there_and_back(
    record: Record, obj: Any, layer: Layer, style: Style, dialect: Dialect
) -> tuple[Any, list[Any]]:
    writing = Writing(layer=layer, dialect=dialect, style=style, date_separator="-", can_escape=layer is GBK)
    element = etree.fromstring(etree.tostring(write_record(record, obj, None, writing), encoding="UTF-8"))
    reading = Reading(layer=layer, dialect=dialect, style=style)
    back = read_record(record, element, reading)
    return back, [problem for problem in (*writing.problems, *reading.problems) if problem.level == "error"]


@pytest.mark.parametrize(("record", "codes"), [*BANK, *REALTY], ids=lambda value: getattr(value, "name", ""))
def test_table_has_exactly_the_fields_of_the_format(record: Record, codes: str) -> None:
    assert sorted(item.code for item in record.fields) == sorted(codes.split())
    assert len({item.path for item in record.fields}) == len(record.fields), "two fields fill one attribute"


@pytest.mark.parametrize(
    ("record", "code"), [(record, code) for record, codes in BANK for code in codes.split()]
)
def test_bank_field_alone_there_and_back(record: Record, code: str) -> None:
    obj = filled(record, only=code)
    back, errors = there_and_back(record, obj, GBK, ATTRIBUTES, EVERYTHING)
    assert back == obj
    assert not [problem for problem in errors if problem.code != "missing_field"]


@pytest.mark.parametrize("layer", [CLEAR, WRAPPED], ids=["clear", "base64"])
@pytest.mark.parametrize(
    ("record", "code"), [(record, code) for record, codes in REALTY for code in codes.split()]
)
def test_realty_field_alone_there_and_back(record: Record, code: str, layer: Layer) -> None:
    obj = filled(record, only=code)
    back, errors = there_and_back(record, obj, layer, ELEMENTS, PLAIN_LEAVES)
    assert back == obj
    assert not [problem for problem in errors if problem.code != "missing_field"]


@pytest.mark.parametrize("record", [record for record, _ in BANK], ids=lambda record: record.name)
def test_bank_row_with_all_fields_and_lists_there_and_back(record: Record) -> None:
    obj = filled(record)
    back, errors = there_and_back(record, obj, GBK, ATTRIBUTES, EVERYTHING)
    assert (back, errors) == (obj, [])


@pytest.mark.parametrize("record", [record for record, _ in REALTY], ids=lambda record: record.name)
def test_realty_row_with_all_fields_and_lists_there_and_back(record: Record) -> None:
    obj = filled(record)
    back, errors = there_and_back(record, obj, CLEAR, ELEMENTS, PLAIN_LEAVES)
    assert (back, errors) == (obj, [])


def test_star_fields_are_those_of_the_larger_generation() -> None:
    starred = {item.code for item in bank_answers.JRXX.fields if item.feature == STAR}
    assert starred == set(STAR_CODES.split())


def test_generation_2016_leaves_star_fields_out_and_says_so() -> None:
    obj = filled(bank_answers.JRXX, features=frozenset({STAR}))
    writing = Writing(
        layer=GBK, dialect=GENERATION_2016, style=ATTRIBUTES, date_separator="-", can_escape=True
    )
    element = write_record(bank_answers.JRXX, obj, None, writing)
    assert not set(STAR_CODES.split()) & set(element.attrib)
    told = {problem.where for problem in writing.problems if problem.code == "not_in_dialect"}
    assert told == set(STAR_CODES.split())


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [(GENERATION_2017PLUS, False), (POINT_TO_POINT_DIALECT, True)],
    ids=lambda v: str(v)[:20],
)
def test_point_to_point_names_are_written_only_in_that_dialect(dialect: Dialect, expected: bool) -> None:
    for record, code in [
        (bank_answers.ZHXX, "SFTZ"),
        (bank_answers.DJXX, "SFBDJ"),
        (bank_answers.GLXX, "GLZHMC"),
        (bank_orders.CXQQ, "JGHM"),
    ]:
        writing = Writing(layer=GBK, dialect=dialect, style=ATTRIBUTES, date_separator="-", can_escape=True)
        assert (code in write_record(record, filled(record), None, writing).attrib) is expected


# What XML and GBK can hold between them; other characters have tests of their own.
TEXTS = st.text(
    st.one_of(
        st.characters(codec="gbk", exclude_categories=("Cc", "Cs")), st.sampled_from("㐂𠮷·&<>\"'\n\t ")
    ),
    max_size=30,
).filter(lambda text: text.strip() != "")


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
@pytest.mark.parametrize("record", [bank_orders.KZZH, bank_answers.ZHXX], ids=lambda record: record.name)
def test_bank_any_text_there_and_back(record: Record, text: str) -> None:
    obj = filled(record, text=text)
    back, errors = there_and_back(record, obj, GBK, ATTRIBUTES, EVERYTHING)
    assert (back, errors) == (obj, [])


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
@pytest.mark.parametrize("layer", [CLEAR, WRAPPED], ids=["clear", "base64"])
def test_realty_any_text_there_and_back(layer: Layer, text: str) -> None:
    obj = filled(realty_answers.RIGHTS["FDCQ"], text=text)
    back, errors = there_and_back(realty_answers.RIGHTS["FDCQ"], obj, layer, ELEMENTS, PLAIN_LEAVES)
    assert (back, errors) == (obj, [])
