"""One rule of extraction at a time, on single sentences."""

from __future__ import annotations

import pytest

from zhixing.cases.domain.extraction import Extraction, Kind, extract

HEAD = "申请执行人：周立民，男。\n被执行人：马国栋，男。\n被执行人：刘玉兰，女。\n"


def _pairs(kind: Kind, text: str) -> list[tuple[str, str | None]]:
    return [(clue.value, clue.party) for clue in extract(text).of(kind)]


def _values(kind: Kind, text: str) -> list[str]:
    return [clue.value for clue in extract(text).of(kind)]


def _nothing(found: Extraction, *kinds: Kind) -> bool:
    return not [clue for clue in found.clues if clue.kind in kinds]


@pytest.mark.parametrize(
    "printed",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1101051949\n1231002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "1101O5I9491231002X",
        "ll010519491231002X",
        "一一零一零五一九四九一二三一零零二X",
    ],
)
def test_resident_id_is_read_however_it_is_printed(printed: str) -> None:
    text = f"被执行人：马国栋，公民身份号码：{printed}，汉族。"
    (clue,) = extract(text).of(Kind.RESIDENT_ID)
    assert clue.value == "11010519491231002X"
    assert clue.check.ok is True
    assert text[clue.span[0] : clue.span[1]] == clue.raw


def test_resident_id_with_wrong_check_digit_is_kept_with_its_problem() -> None:
    (clue,) = extract("被执行人：马国栋，身份证号110105194912310021。").of(Kind.RESIDENT_ID)
    assert clue.check.ok is False
    assert clue.check.problems


@pytest.mark.parametrize("printed", ["1101O5194912310021", "订单号110105194912310021", "110105194912310021"])
def test_lookalikes_and_unlabelled_numbers_count_only_when_the_check_digit_proves_them(printed: str) -> None:
    assert _nothing(extract(f"马国栋，{printed}。"), Kind.RESIDENT_ID)


def test_old_resident_id_is_turned_into_eighteen_digits() -> None:
    # By hand: weights times 13050319670401001 sum to 182, 182 mod 11 = 6, sign number 6 is 6.
    assert _values(Kind.RESIDENT_ID, "被执行人：马国栋，身份证号130503670401001。") == ["130503196704010016"]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("电话13812345678", "13812345678"),
        ("电话：138-1234-5678", "13812345678"),
        ("电话＋86 138 1234 5678", "13812345678"),
        ("手机号１３８１２３４５６７８", "13812345678"),
        ("手机1 3 8 1 2 3 4 5 6 7 8", "13812345678"),
        ("电话：1381234\n5678", "13812345678"),
        ("电话幺三八，幺二三四，五六七八", "13812345678"),
        ("手机一三八一二三四五六七八", "13812345678"),
    ],
)
def test_mobile_is_read_however_it_is_printed(printed: str, value: str) -> None:
    assert _pairs(Kind.MOBILE, f"{HEAD}马国栋{printed}。") == [(value, "马国栋")]


@pytest.mark.parametrize(
    "sentence",
    [
        "订单号13812345678，",
        "快递单号：13812345678。",
        "发票号码13812345678。",
        "转账流水号 13812345678",
        "金额13812345678元。",
        "借款合同编号13812345678。",
        "工号13812345678。",
        "138****5678。",
        "证号1381234567890123456789012345678。",
    ],
)
def test_numbers_that_are_no_telephone_are_left_alone(sentence: str) -> None:
    assert _nothing(extract(HEAD + "马国栋" + sentence), Kind.MOBILE, Kind.BANK_ACCOUNT, Kind.LANDLINE)


def test_postcodes_dates_and_document_numbers_are_left_alone() -> None:
    text = (
        HEAD
        + "邮编061400，日期20240501，法释〔2020〕17号，冀高法〔2021〕3号，票号110414500012320190930123456789，2024年5月1日10时30分。"
    )
    assert extract(text).clues == ()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0317-6721234", "0317-6721234"),
        ("（0317）6721234", "0317-6721234"),
        ("0317 6721234", "0317-6721234"),
        ("010-88886666转803", "010-88886666-803"),
        ("03176721234", "0317-6721234"),
        ("0317—6721234", "0317-6721234"),
    ],
)
def test_fixed_line_is_read_with_its_area_code(printed: str, value: str) -> None:
    assert _pairs(Kind.LANDLINE, f"{HEAD}刘玉兰家里电话{printed}。") == [(value, "刘玉兰")]


def test_several_numbers_in_one_sentence_go_to_the_right_people() -> None:
    text = HEAD + "马国栋、刘玉兰的手机号分别为13812345678、13987654321。"
    assert _pairs(Kind.MOBILE, text) == [("13812345678", "马国栋"), ("13987654321", "刘玉兰")]
    text = HEAD + "马国栋电话13812345678，刘玉兰电话13987654321，周立民为15512345678。"
    assert _pairs(Kind.MOBILE, text) == [
        ("13812345678", "马国栋"),
        ("13987654321", "刘玉兰"),
        ("15512345678", "周立民"),
    ]
    text = HEAD + "联系电话：13812345678（马国栋）、13987654321（刘玉兰）。"
    assert _pairs(Kind.MOBILE, text) == [("13812345678", "马国栋"), ("13987654321", "刘玉兰")]


def test_relatives_are_parties_of_their_own_and_keep_their_numbers() -> None:
    found = extract(HEAD + "马国栋之妻孙丽霞，电话13812345678；其弟马国梁电话13987654321。")
    assert [(c.value, c.party) for c in found.of(Kind.MOBILE)] == [
        ("13812345678", "孙丽霞"),
        ("13987654321", "马国梁"),
    ]
    assert {(p["name"], p["role"]) for p in found.parties} >= {("孙丽霞", "other"), ("马国梁", "other")}


def test_agents_and_law_firms_numbers_never_go_to_a_party() -> None:
    text = (
        "申请执行人：周立民，男。\n委托诉讼代理人：孙文静，河北沧海律师事务所律师，电话13812345678。\n"
        "河北沧海律师事务所地址：沧州市运河区解放路1号，电话0317-3025678。\n"
    )
    found = extract(text)
    assert {clue.party for clue in found.of(Kind.MOBILE) + found.of(Kind.LANDLINE)} == {"孙文静"}
    assert found.parties[1]["represents"] == ["周立民"]


def test_courts_own_numbers_are_left_alone() -> None:
    text = (
        HEAD
        + "承办法官：赵明辉，电话0317-6726789。书记员韩雪 联系电话13800001111。本院地址：孟村县建设大街1号。"
    )
    assert _nothing(extract(text), Kind.LANDLINE, Kind.MOBILE, Kind.ADDRESS)


def test_legal_representative_is_bound_to_the_company() -> None:
    text = "被执行人：沧州宏达管道制造有限公司，住所地孟村县兴业路8号，法定代表人：马国栋，电话13812345678，座机0317-6721234，统一社会信用代码91130930MAH8W4TDUY。"
    found = extract(text)
    company, person = found.parties
    assert (company["role"], company["kind"]) == ("obligor", "organisation")
    assert (person["role"], person["represents"]) == ("legal_representative", ["沧州宏达管道制造有限公司"])
    assert person["mobile"] == ["13812345678"]
    assert company["landline"] == ["0317-6721234"]
    assert company["uscc"] == ["91130930MAH8W4TDUY"]
    assert company["address"] == ["孟村县兴业路8号"]


def test_credit_code_with_misread_letters_is_mended_when_the_check_digit_proves_it() -> None:
    assert _values(Kind.USCC, "被执行人：某厂，统一社会信用代码：9I13O930MAH8W4TDUY") == [
        "91130930MAH8W4TDUY"
    ]


def test_former_names_and_short_names_lead_to_the_same_party() -> None:
    text = "被执行人：马国栋（曾用名马栋），男。\n被执行人：沧州宏达管道制造有限公司（以下简称宏达公司）。\n马栋的微信号mgd_1961。宏达公司账号13050169510800000123。"
    found = extract(text)
    assert [(c.value, c.party) for c in found.of(Kind.WECHAT)] == [("mgd_1961", "马国栋")]
    assert [c.party for c in found.of(Kind.BANK_ACCOUNT)] == ["沧州宏达管道制造有限公司"]
    assert [p["aliases"] for p in found.parties] == [["马栋"], ["宏达公司"]]


def test_a_number_is_one_kind_only_unless_the_text_says_both() -> None:
    found = extract(
        HEAD + "马国栋身份证号11010519491231002X，微信13812345678，QQ邮箱82071199@qq.com，支付宝13987654321。"
    )
    assert _nothing(found, Kind.BANK_ACCOUNT, Kind.QQ, Kind.MOBILE)
    found = extract(HEAD + "马国栋手机13812345678（微信同号）。")
    assert (
        [c.value for c in found.of(Kind.MOBILE)]
        == [c.value for c in found.of(Kind.WECHAT)]
        == ["13812345678"]
    )


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("借款本金324万元", "3240000.00"),
        ("借款本金人民币叁佰贰拾肆万元整", "3240000.00"),
        ("借款本金3,240,000.00元", "3240000.00"),
        ("货款3.24亿元", "324000000.00"),
        ("工程款三万五千二百元五角", "35200.50"),
        ("货款１２，３４５．６７元", "12345.67"),
        ("租金壹拾万零伍佰元", "100500.00"),
        ("欠款2万5千元", "25000.00"),
        ("劳务费 1 800 000元", "1800000.00"),
    ],
)
def test_principal_is_read_in_words_figures_and_units(printed: str, value: str) -> None:
    assert _values(Kind.PRINCIPAL, f"判令被告偿还原告{printed}及利息。") == [value]


def test_words_and_figures_that_differ_are_told() -> None:
    (clue,) = extract("偿还借款本金叁佰贰拾肆万元整（¥3,420,000.00）。").of(Kind.PRINCIPAL)
    assert clue.value == "3240000.00"
    assert clue.check.ok is False


@pytest.mark.parametrize(
    "sentence",
    [
        "案件受理费32720元",
        "利息12000元",
        "已支付货款10万元",
        "违约金5万元",
        "工程总价款500万元",
        "每月工资6500元",
        "执行费3000元",
    ],
)
def test_other_sums_are_no_principal(sentence: str) -> None:
    assert _values(Kind.PRINCIPAL, f"被告{sentence}。") == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("年利率6%", "年利率6%"),
        ("月利率1%", "月利率1%"),
        ("月息1分", "月利率1%"),
        ("月息一分五厘", "月利率1.5%"),
        ("日万分之五", "日利率0.05%"),
        ("每日万分之一点七五", "日利率0.0175%"),
        ("年利率百分之十五点四", "年利率15.4%"),
        ("年利率１２％", "年利率12%"),
        ("一年期贷款市场报价利率的四倍", "LPR1Y×4"),
        ("四倍LPR", "LPR×4"),
        ("LPR的四倍", "LPR×4"),
        ("一年期LPR", "LPR1Y"),
        ("同期全国银行间同业拆借中心公布的一年期贷款市场报价利率（LPR）加计50%", "LPR1Y+50%"),
        ("五年期以上LPR加30个基点", "LPR5Y+30BP"),
        ("中国人民银行同期同类贷款基准利率的1.3倍", "贷款基准利率×1.3"),
    ],
)
def test_rate_is_read_in_all_its_wordings(printed: str, value: str) -> None:
    assert _values(Kind.RATE, f"利息按{printed}计算。") == [value]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("冀J12345", "冀J12345"),
        ("冀J·8K21M", "冀J8K21M"),
        ("冀Ｊ－１２３４５", "冀J12345"),
        ("冀j12345", "冀J12345"),
        ("冀 J D12345", "冀JD12345"),
    ],
)
def test_plate_is_read_however_it_is_printed(printed: str, value: str) -> None:
    assert _pairs(Kind.PLATE, f"{HEAD}马国栋名下{printed}号小型轿车一辆。") == [(value, "马国栋")]


def test_case_numbers_are_told_from_documents_and_certificates() -> None:
    text = "(2024)冀0930民初 1187 号民事判决，（2014）孟执字第123号，（2026）冀0930执恢5号之一，冀（2021）孟村县不动产权第0003456号。"
    found = extract(text)
    assert [c.value for c in found.of(Kind.CASE_NUMBER)] == [
        "（2024）冀0930民初1187号",
        "（2014）孟执字第123号",
        "（2026）冀0930执恢5号",
    ]
    assert [c.value for c in found.of(Kind.REALTY)] == ["冀（2021）孟村县不动产权第0003456号"]


def test_who_is_only_talked_to_owns_nothing_that_follows() -> None:
    text = (
        HEAD
        + "1. 被执行人马国栋\n（1）微信号wx_maguodong，曾用该微信与申请执行人联系；\n（2）QQ号317930174；\n"
        "（3）电子邮箱maguodong@example.com；\n"
    )
    assert _pairs(Kind.QQ, text) == [("317930174", "马国栋")]
    assert _pairs(Kind.EMAIL, text) == [("maguodong@example.com", "马国栋")]


@pytest.mark.parametrize("has", ["开有账户", "开立账户", "开设有一个账户", "开了银行卡"])
def test_the_bank_of_an_account_is_no_employer(has: str) -> None:
    assert _values(Kind.EMPLOYER, HEAD + f"马国栋在建设银行孟村支行{has}，账号6217004830000023382。") == []


def test_who_works_for_a_bank_is_employed_there() -> None:
    assert _values(Kind.EMPLOYER, HEAD + "马国栋在建设银行孟村支行工作。") == ["建设银行孟村支行"]


def test_empty_text_gives_an_empty_answer_with_all_keys() -> None:
    answer = extract(" \n ").as_json()
    assert answer["parties"] == []
    assert all(answer[kind.value] == [] for kind in Kind)
    assert answer["text_length"] == 3


def test_same_text_gives_the_same_answer() -> None:
    assert extract(HEAD).as_json() == extract(HEAD).as_json()


@pytest.mark.parametrize(
    "text", [" " * 20_000 + "1", "1" * 20_000, "张三、" * 7_000, "(" * 20_000, "被执行人：" * 4_000]
)
@pytest.mark.timeout(20)
def test_hostile_text_takes_no_undue_time(text: str) -> None:
    extract(text)
