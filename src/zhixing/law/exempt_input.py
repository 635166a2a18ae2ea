"""Reads the JSON of the accounts check (docs/law-distribution.md) and tells every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.exempt_result import RESIDENCES, Account, ExemptInput
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_KEYS = {"on", "persons", "region", "residence", "standard", "months", "left_elsewhere", "served", "accounts"}
_ACCOUNT = {"id", "label", "balance", "exception"}


def exempt_read(given: Mapping[str, object], *, today: date, law_book: LawBook | None = None) -> ExemptInput:
    """Read the JSON; ``on`` is today when left out.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_KEYS)
    regions = {row.code: getattr(row, "title", "") for row in law_book.all_rows("living")}
    on = reader.day("on") or today
    persons = reader.whole("persons", default=0) or 0
    standard = reader.amount("standard") if reader.has("standard") else None
    first = min(row.since for row in law_book.all_rows("living"))
    if persons and standard is None and on < first:
        reader.fault(
            "on",
            "exempt.no_standard",
            f"{on} 没有当地最低生活保障标准，",
            "请填写 standard（元/人/月）。",
            "seizure.3",
        )
    codes = {row.code: getattr(row, "title", "") for row in law_book.all_rows("exempt")}
    accounts = tuple(
        Account(
            id=row.text("id"), label=row.text("label"), balance=row.amount("balance"),
            exception=row.text("exception", required=False),
        )
        for row in reader.rows("accounts", allowed=_ACCOUNT)
    )  # fmt: skip
    ids = [account.id for account in accounts if account.id]
    if len(set(ids)) < len(ids):
        reader.fault("accounts", "exempt.twice", "有账户编号重复，", "请给每个账户不同的编号。")
    served = reader.text("served", required=False)
    named = tuple(part for part in served.replace("，", ",").replace("、", ",").split(",") if part)
    for code in named:
        if code not in codes:
            reader.fault(
                "served", "exempt.served", f"没有编号“{code}”的款项，", "请填写 EXM-02 等编号，用逗号隔开。"
            )
    found = ExemptInput(
        on=on,
        accounts=accounts,
        persons=persons,
        region=reader.choice("region", regions, required=False, default="130900"),
        residence=reader.choice("residence", RESIDENCES, required=False, default="urban"),
        standard=standard,
        months=reader.whole("months", least=1),
        left_elsewhere=reader.amount("left_elsewhere", required=False),
        served=named,
    )
    reader.finish()
    return found
