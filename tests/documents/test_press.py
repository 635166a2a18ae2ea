"""Every kind prints on A4 with embedded fonts and says what it must say."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from documents_reading import fonts_embedded, page_sizes, pages_text, text_of
from documents_samples import CASE, COURT, MOMENT, PERSON, SAMPLES
from PIL import Image

from zhixing.documents.domain.card import CardKind, OfficerCard
from zhixing.documents.domain.kinds import KINDS, paper_build
from zhixing.documents.engine.fonts import FontsMissing, GlyphsMissing, fonts_load

A4 = (595.28, 841.89)
RARE = "喆堃垚玥曌䶮㛃𬭎"

SAYS = {
    "acceptance_notice": ("本院已于2026年1月28日立案执行", "请自收到本通知书之日起7日内"),
    "enforcement_notice": (
        "责令你自收到本通知书之日起7日内履行下列义务",
        "《中华人民共和国民事诉讼法》第二百五十一条",
        "除上述账户外，本院不会要求向其他任何账户付款",
        "另应负担申请执行费人民币7982元",
    ),
    "declaration_order": (
        "责令你自收到本令之日起10日内",
        "收到执行通知之日前一年的财产情况",
        "一、收入、存款、现金、理财产品、有价证券",
        "五、其他应当报告的财产",
        "放弃债权或者延长债权清偿期",
    ),
    "inquiry_approval": ("执行局局长", "130930********0016"),
    "inquiry_ruling": ("查询被执行人马立群名下的银行存款", "本裁定立即执行"),
    "deposit_inquiry_notice": (
        "请自收到本通知书之时起24小时内",
        "资金往来的查询期间为2025年3月1日至2026年3月3日",
        "郝建新（工作证冀0930-0021，执行公务证冀执0930021）",
    ),
    "realty_inquiry_notice": ("不动产登记情况", "抵押、查封、异议和预告登记"),
    "property_inquiry_notice": ("需要查询下列被执行人的财产情况", "号牌、车型、状态、抵押、查封"),
    "freeze_ruling": (
        "依据已经发生法律效力的本院（2025）冀0930民初871号民事判决书，于2026年2月2日向被执行人发出执行通知书",
        "以人民币567323.54元为限（清单附后）。冻结期限为一年。",
        "审判员张文清",
        "二〇二六年三月四日",
        "冻结清单",
    ),
    "freeze_notice": ("自2026年3月4日起至2027年3月3日止", "请登记为轮候冻结", "300,000.00"),
    "renew_freeze_ruling": ("冻结期限至2027年3月3日届满", "续行冻结期限为一年", "第四百八十五条"),
    "renew_freeze_notice": ("自2027年3月1日起至2028年2月29日止",),
    "release_freeze_ruling": (
        "现生效法律文书确定的债务已经全部清偿。依照",
        "第二十八条",
        "解除对被执行人马立群财产的冻结",
    ),
    "release_freeze_notice": ("其他机关的冻结措施不受本通知影响",),
    "deduct_ruling": ("人民币567323.54元（大写：伍拾陆万柒仟叁佰贰拾叁元伍角肆分）",),
    "deduct_notice": ("合计人民币300000元（大写：叁拾万元整）", "62280000093020260000123"),
    "seal_ruling": ("查封期限为三年", "冀（2019）孟村县不动产权第0001234号"),
    "seal_notice": ("不得为上述财产办理转移、变更、抵押等登记手续", "请登记为轮候查封"),
    "freeze_advice": (
        "可以依照《中华人民共和国民事诉讼法》第二百三十六条的规定向本院提出书面异议",
        "自收到书面异议之日起15日内",
        "自裁定送达之日起10日内向上一级人民法院申请复议",
        "41,206.55",
    ),
    "comparison_table": ("一致1项，未报告1项，数额不符1项，未查到1项", "150,000.00元"),
    "evasion_leads": ("120,000.00元没有查到来由", "以上为线索，不是认定"),
    "exhaustion_list": ("尚有1处缺口，其中没有查询的1处", "没有接入，须线下调查", "exhaustion.json"),
    "payout_form": ("559,341.54元（大写：伍拾伍万玖仟叁佰肆拾壹元伍角肆分）", "13050000000000000456"),
    "closing_notice": ("本案于2026年4月2日以执行完毕方式结案", "实际执行到位人民币567323.54元"),
    "archive_index": ("申请执行书", "5–6", "执行完毕"),
    "institution_letter": (
        "2026年2月1日至2026年2月28日",
        "3.5小时",
        "本院系统故障的时间已经扣除",
        "24小时内有效反馈",
    ),
    "answer_reminder": (
        "尚未收到反馈",
        "20260302130930000017",
        "另有3件未列出",
        "因技术故障或者手续问题暂时不能反馈",
    ),
}


@pytest.mark.parametrize("code", KINDS)
def test_kind_prints_what_it_must_say(code, press, imprint):
    pdf = press.render(paper_build(code, SAMPLES[code]), imprint, moment=MOMENT)
    said = text_of(pdf)
    for words in (COURT, KINDS[code].title, CASE, *SAYS[code]):
        assert words in said, words
    for size in page_sizes(pdf):
        assert size == pytest.approx(A4, abs=0.1)
    embedded = fonts_embedded(pdf)
    assert embedded and all(embedded.values()), embedded
    assert all("NotoSerif" in name for name in embedded), embedded
    assert b"pdfaid" in pdf


@pytest.mark.parametrize("code", KINDS)
def test_every_page_has_code_and_page_number(code, press, imprint):
    pages = pages_text(press.render(paper_build(code, SAMPLES[code]), imprint, moment=MOMENT))
    for number, words in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in words
        assert "7F3K-9QX2-M4TD" in words


@pytest.mark.parametrize("code", [c for c, k in KINDS.items() if k.sealed])
def test_signature_never_stands_on_a_page_without_text(code, press, imprint):
    pages = pages_text(press.render(paper_build(code, SAMPLES[code]), imprint, moment=MOMENT))
    content = SAMPLES[code]
    dates = {"2026-03-04": "二〇二六年三月四日", "2027-02-20": "二〇二七年二月二十日"}
    signed = next(words for words in pages if dates[content["issued_on"]] in words)
    assert len(signed.split(dates[content["issued_on"]])[0]) > 15


def test_preview_says_that_it_is_not_sealed(press):
    said = text_of(press.render(paper_build("freeze_ruling", SAMPLES["freeze_ruling"]), moment=MOMENT))
    assert "预览未用印" in said
    assert "不发生法律效力" in said


def test_internal_form_has_no_preview_mark(press):
    said = text_of(press.render(paper_build("payout_form", SAMPLES["payout_form"]), moment=MOMENT))
    assert "预览" not in said
    assert "本院内部文书" in said


def test_same_input_gives_same_bytes(press, imprint):
    paper = paper_build("freeze_ruling", SAMPLES["freeze_ruling"])
    assert press.render(paper, imprint, moment=MOMENT) == press.render(paper, imprint, moment=MOMENT)


@pytest.mark.parametrize("variant", ["no notice yet", "no list", "organisation"])
def test_ruling_variants(variant, press, imprint):
    change, words = {
        "no notice yet": ({"notified_on": None}, "本院依法立即采取执行措施。依照"),
        "no list": ({"accounts": []}, "元为限。冻结期限为一年"),
        "organisation": (
            {
                "debtors": [PERSON | {"name": "某管件厂", "is_person": False, "representative": "李某"}],
                "debtor": "某管件厂",
            },
            "被执行人：某管件厂，住所地",
        ),
    }[variant]
    paper = paper_build("freeze_ruling", SAMPLES["freeze_ruling"] | change)
    assert words in text_of(press.render(paper, imprint, moment=MOMENT))


def test_rare_name_letters_are_printed(press, imprint):
    content = SAMPLES["freeze_ruling"] | {"debtor": RARE, "debtors": [PERSON | {"name": RARE}]}
    said = text_of(press.render(paper_build("freeze_ruling", content), imprint, moment=MOMENT))
    assert f"被执行人：{RARE}，男" in said
    assert f"冻结被执行人{RARE}的银行存款" in said


def test_letter_outside_the_font_is_refused_by_name(press, imprint):
    content = SAMPLES["freeze_ruling"] | {"debtor": "张\ue000\U0001f600"}
    with pytest.raises(GlyphsMissing) as refusal:
        press.render(paper_build("freeze_ruling", content), imprint, moment=MOMENT)
    assert refusal.value.characters == ["\ue000", "\U0001f600"]
    assert "U+E000" in str(refusal.value)


@pytest.mark.parametrize(
    "attempt",
    [
        '#read("/etc/passwd")',
        "$x^2$ *bold* _it_ `raw` <label> @ref",
        "\\ \\# \\u{41} // comment /* more */",
        "#let doc = 1; #panic(1) #sys.inputs",
        "= title - item + item ~ --- ...",
        "'quote' \"double\"",
        ']#image("x.png")[',
    ],
)
def test_markup_in_data_is_printed_letter_by_letter(attempt, press, imprint):
    content = SAMPLES["freeze_ruling"] | {
        "debtor": attempt,
        "court": attempt[:20],
        "property_text": attempt,
        "accounts": [{"institution": attempt, "account": attempt, "what": attempt[:12], "amount": "1.00"}],
    }
    said = text_of(press.render(paper_build("freeze_ruling", content), imprint, moment=MOMENT))
    plain = "".join(attempt.split())
    assert f"冻结被执行人{plain}的{plain}，以人民币" in said
    assert said.count(plain) >= 4


LONG_COURT = "双江拉祜族佤族布朗族傣族自治县人民法院"


@pytest.mark.parametrize("code", KINDS)
def test_long_words_stay_inside_the_margins(code, press, imprint):
    """No letter right of the text area (28 mm left, 26 mm right), whatever the length of names and numbers."""
    import pypdfium2

    content = _stretched(SAMPLES[code])
    pdf = press.render(paper_build(code, content | {"court": LONG_COURT}), imprint, moment=MOMENT)
    for page in pypdfium2.PdfDocument(pdf):
        words = page.get_textpage()
        letters = [
            i for i in range(words.count_chars()) if words.get_text_range(i, 1).strip("，。、：；）》\r\n ")
        ]
        right = max(
            words.get_charbox(i)[2] for i in letters
        )  # a closing sign may hang over by its blank half
        assert right < A4[0] - 25 * 72 / 25.4


def _stretched(content):
    """The same content with long names and numbers in it."""
    if isinstance(content, dict):
        return {k: _longer(k, v) for k, v in content.items()}
    return content


def _longer(key, value):
    if isinstance(value, list):
        return [_stretched(v) if isinstance(v, dict) else v for v in value]
    if isinstance(value, dict):
        return _stretched(value)
    if key in {
        "name",
        "institution",
        "addressee",
        "debtor",
        "debtor_names",
        "applicant_names",
        "payer",
        "bank",
        "holder",
    }:
        return value + "（双江拉祜族佤族布朗族傣族自治县某某农业科技发展股份有限公司分公司）"
    if key in {"account", "request_number", "id_number", "certificate", "unit_number", "debtor_id"}:
        return value + "1234567890" * 4
    return value


def test_render_many_keeps_order(press, imprint):
    papers = [paper_build(c, SAMPLES[c]) for c in ("closing_notice", "archive_index", "seal_notice")]
    made = list(press.render_many(((p, imprint) for p in papers), moment=MOMENT))
    assert [p.title in text_of(m) for p, m in zip(papers, made, strict=True)] == [True] * 3


def test_threads_do_not_mix_documents(press, imprint):
    def one(number: int) -> bool:
        content = SAMPLES["freeze_ruling"] | {"limit": f"{1000 + number}.00"}
        pdf = press.render(paper_build("freeze_ruling", content), imprint, moment=MOMENT)
        return f"以人民币{1000 + number}元为限" in text_of(pdf)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(one, range(12)))


@pytest.mark.parametrize("image_format", ["png", "jpeg"])
def test_card_is_an_image_of_card_size(image_format, press):
    card = OfficerCard(
        kind=CardKind.DUTY,
        court=LONG_COURT,
        name="张文清",
        duty="执行法官",
        number="冀执0930017",
        valid_until=date(2028, 12, 31),
    )
    raw = press.render_card(card, moment=MOMENT, image_format=image_format)
    with Image.open(io.BytesIO(raw)) as image:
        assert image.format == image_format.upper()
        assert image.width == pytest.approx(85.6 / 25.4 * 300, abs=2)
        assert image.height == pytest.approx(54 / 25.4 * 300, abs=2)


def test_missing_fonts_are_told_with_what_to_do(tmp_path):
    with pytest.raises(FontsMissing, match="make setup"):
        fonts_load(tmp_path)
