"""The law tools' files: PDF, Excel, print view, JSON; the case page's way to the calculator."""

from __future__ import annotations

import io
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client

from zhixing.entry.lawtools.examples import EXAMPLES
from zhixing.entry.lawtools.fields import filled_given, given_filled
from zhixing.entry.lawtools.shapes import shape_of
from zhixing.kernel.clock import today

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cases"))

from pages_fixtures import world  # noqa: F401
from pages_world import World

pytestmark = pytest.mark.django_db
FIGURES = {
    "interest": "404,493.47",
    "fee": "4,400.00 元",
    "deadline": "2026-10-08",
    "identifier": "格式和校验位均相符",
    "distribution": "975,600.00 元",
    "auction": "481,600.00 元",
}


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    cache.clear()


def example(key: str, **more: str) -> dict[str, str]:
    """What the filled example posts."""
    return dict(filled_given(shape_of(key, today()), EXAMPLES[key]).pairs()) | more


@pytest.mark.parametrize("key", FIGURES)
def test_pdf_says_the_main_figure_and_its_use(key: str) -> None:
    answer = Client().post(f"/law/{key}/", example(key, format="pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    document = pypdfium2.PdfDocument(answer.content)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    assert FIGURES[key].replace(" ", "") in said.replace(" ", "")
    assert "供参考，不作为执行依据" in said
    assert f"第1页共{len(document)}页" in said.replace(" ", "").replace("\u3000", "")
    assert "引用的规定" in said


@pytest.mark.parametrize("key", FIGURES)
def test_excel_opens_with_result_steps_and_sources(key: str) -> None:
    answer = Client().post(f"/law/{key}/", example(key, format="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "计算书"
    assert book.sheetnames[-2:] == ["算法", "依据"]
    assert book["依据"].max_row > 1


def test_excel_holds_numbers_that_add_up() -> None:
    answer = Client().post("/law/distribution/", example("distribution", format="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    shares = [row[4].value for row in book["分配明细（元）"].iter_rows(min_row=2)]
    assert sum(Decimal(str(share)) for share in shares) == Decimal("975600")
    assert 975600 in [row[1].value for row in book["计算书"].iter_rows()]


def test_excel_holds_days_as_days_and_codes_as_text() -> None:
    answer = Client().post("/law/deadline/", example("deadline", format="xlsx"))
    cells = [row[1].value for row in openpyxl.load_workbook(io.BytesIO(answer.content))["计算书"].iter_rows()]
    assert datetime(2026, 10, 8) in cells  # a cell has no zone
    answer = Client().post("/law/identifier/", {"code": "130930198001010010", "format": "xlsx"})
    cells = [row[1].value for row in openpyxl.load_workbook(io.BytesIO(answer.content))["计算书"].iter_rows()]
    assert "130930198001010010" in cells
    assert not [cell for cell in cells if isinstance(cell, (int, float))]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    posted = example("distribution", format="xlsx") | {"claims-1-name": "=1+1"}
    book = openpyxl.load_workbook(io.BytesIO(Client().post("/law/distribution/", posted).content))
    cells = [row[0] for row in book["分配明细（元）"].iter_rows(min_row=2)]
    assert ("=1+1", "s") in [(cell.value, cell.data_type) for cell in cells] or all(
        cell.data_type != "f" for cell in cells
    )


@pytest.mark.parametrize("key", FIGURES)
def test_print_view_and_json(key: str) -> None:
    page = Client().post(f"/law/{key}/", example(key, format="print")).content.decode()
    assert FIGURES[key] in page
    assert "供参考，不作为执行依据" in page
    assert Client().post(f"/law/{key}/", example(key, format="json")).json()


def test_a_file_is_not_made_of_wrong_input() -> None:
    answer = Client().post("/law/fee/", {"kind": "execution", "amount": "-1", "format": "pdf"})
    assert answer.status_code == 422
    assert 'id="f-amount-e"' in answer.content.decode()


def test_a_letter_the_font_lacks_is_named() -> None:
    answer = Client().post(
        "/law/distribution/", example("distribution", format="pdf") | {"claims-1-name": "😀"}
    )
    assert answer.status_code == 422
    assert "U+1F600" in answer.content.decode()


@pytest.mark.parametrize("key", EXAMPLES)
def test_form_gives_back_the_json_it_was_filled_from(key: str) -> None:
    """What the page posts for an example computes the same as the example itself."""
    from zhixing.entry.lawtools.tools import tool_answer

    shape = shape_of(key, today())
    given, _ = given_filled(shape, filled_given(shape, EXAMPLES[key]))
    assert tool_answer(key, given, today=today()).json == tool_answer(key, EXAMPLES[key], today=today()).json


def test_case_page_leads_to_the_calculator_with_its_claim(world: World) -> None:  # noqa: F811
    case, judge = world.assigned(), world.client("judge")
    answer = judge.get(f"/law/interest/case/{case.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert case.number in page
    assert f'value="{case.perform_by.isoformat()}"' in page
    assert "尚欠合计" in page
    assert f"/law/interest/case/{case.pk}/" in judge.get(f"/cases/{case.pk}/").content.decode()
    stranger = Client().get(f"/law/interest/case/{case.pk}/")
    assert stranger.status_code == 302
    assert stranger.url.startswith("/login/")


def test_staff_keep_their_rail_and_their_courts_name(world: World) -> None:  # noqa: F811
    judge = world.client("judge")
    page = judge.get("/law/fee/").content.decode()
    assert 'class="rail"' in page
    printed = judge.post("/law/fee/", example("fee", format="print")).content.decode()
    assert "由承办人核对后附卷" in printed
    assert "供参考" not in printed
