"""Case material: the fixed first case, drawn ones, and the files made of them."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest

from simworld.cases import case_material
from simworld.paperfiles import paper_docx, paper_pdf, write_papers


def test_hero_case_has_the_fixed_figures(world):
    case = case_material(world, 0)
    assert case.applicant.name == "沧州恒达管道装备有限公司"
    assert [d.name for d in case.debtors] == ["马立群", "孟村回族自治县宏川管件制造有限公司"]
    assert case.title.case_number == "（2025）冀0930民初871号"
    assert case.title.principal == "568000.00"
    assert case.expected_clues["amount_principal"] == ["568000.00"]
    assert "货款568000元" in case.texts["强制执行申请书"]
    assert "按年利率3.00%计算" in case.texts["民事判决书"]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 17, 58, 199])
def test_expected_clues_stand_in_the_texts(world, number):
    case = case_material(world, number)
    joined = "\n".join(case.texts.values())
    for kind, values in case.expected_clues.items():
        for value in values:
            shown = value.removesuffix(".00") if kind == "amount_principal" else value
            assert shown in joined
    assert {p["role"] for p in case.parties} == {"applicant", "debtor"}
    assert case.applicant.key not in {d.key for d in case.debtors}


def test_cases_are_reproducible_and_numbers_differ(world):
    assert case_material(world, 5).texts == case_material(world, 5).texts
    numbers = {case_material(world, n).title.case_number for n in range(200)}
    assert len(numbers) == 200


def test_word_and_pdf_carry_the_text(world):
    text = case_material(world, 0).texts["强制执行申请书"]
    paragraphs = [p.text for p in docx.Document(io.BytesIO(paper_docx(text))).paragraphs]
    assert "\n".join(paragraphs) == text.strip("\n")
    pdf = pypdfium2.PdfDocument(paper_pdf(text))
    shown = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "130930197403" in shown.replace("\r\n", "")


def test_unknown_format_is_refused(tmp_path):
    with pytest.raises(ValueError, match="不认识的文件格式：odt"):
        write_papers({"甲": "乙"}, tmp_path, ("odt",))
