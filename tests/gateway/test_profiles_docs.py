"""The field lists of docs/profiles name every field of the tables, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as bank_answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as bank_orders
from zhixing.gateway.profiles.fields import Record
from zhixing.gateway.profiles.realty_soap_utf8 import feedback_tables as realty_answers
from zhixing.gateway.profiles.realty_soap_utf8 import request_tables as realty_orders

DOCS = Path(__file__).resolve().parents[2] / "docs" / "profiles"
BANK = [
    bank_orders.CXQQ, bank_orders.KZQQ, bank_orders.KZZH, bank_orders.WS, bank_orders.ZJ, bank_orders.JG,
    bank_answers.ZHXX, bank_answers.JRXX, bank_answers.DJXX, bank_answers.WLXX, bank_answers.WLXX_ALONE,
    bank_answers.QLXX, bank_answers.GLXX, bank_answers.KZXX, bank_answers.HZXX, bank_answers.HTXX,
]  # fmt: skip
REALTY = [
    realty_orders.HEAD, realty_orders.BDCCXQQ, realty_orders.BDCKZQQ, realty_orders.BDCQL, realty_orders.GHDX,
    realty_orders.WSINFO, realty_orders.ZJINFO, realty_orders.JG, realty_answers.BDCCXJG,
    *realty_answers.RIGHTS.values(), realty_answers.QLRXX, realty_answers.BDCKZJG, realty_answers.KZXX,
    realty_answers.HZXX,
]  # fmt: skip


def field_lists(records: list[Record]) -> str:
    """The section of the page, from the tables."""
    lines = []
    for record in records:
        title = f"{record.name} (in a call of its own)" if record is bank_answers.WLXX_ALONE else record.name
        lines.append(f"### {title} → `{record.cls.__name__}`\n")
        told = []
        for item in record.fields:
            marks = [mark for mark in (item.need, item.feature) if mark]
            told.append(f"{item.code} `{item.path}`" + (f" ({', '.join(marks)})" if marks else ""))
        lines.append("; ".join(told) + ".\n")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("page", "records"), [("bank-soap-gbk.md", BANK), ("realty-soap-utf8.md", REALTY)], ids=["bank", "realty"]
)
def test_page_lists_the_fields_as_the_tables_have_them(page: str, records: list[Record]) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.search(r"<!-- fields -->\n(.*)<!-- /fields -->", text, re.DOTALL)
    assert found is not None
    assert found[1].strip() == field_lists(records).strip(), (
        "replace the section by field_lists(…) of this test"
    )
