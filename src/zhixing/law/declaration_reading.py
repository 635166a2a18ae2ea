"""Reads the JSON of the check of a property report; all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.declaration import DeclarationInput, Unreported
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = {
    "on",
    "notice_received",
    "report_by",
    "extended_to",
    "reported_on",
    "excused",
    "reminded",
    "unreported",
    "changes",
}


def declaration_read(given: Mapping[str, object], law_book: LawBook | None = None) -> DeclarationInput:
    """Read the JSON; ``unreported`` is a list of label, value, held_from, held_until; ``changes`` of ``{"on"}``.

    Raises:
        InvalidInput: with every fault.
    """
    reader = Reader(given, allowed=_KEYS)
    first = min(row.since for row in (law_book or book()).all_rows("declaration.forms"))
    on = reader.day("on", required=True) or first
    received = reader.day("notice_received", required=True) or first
    report_by = reader.day("report_by", required=True) or on
    extended_to, reported_on = reader.day("extended_to"), reader.day("reported_on")
    for name, day in (("on", on), ("notice_received", received)):
        if day < first:
            reader.fault(
                name, "input.before_law", f"{day} 早于规定施行日，", f"请填写 {first} 及以后的日期。"
            )
    if received > on:
        reader.fault(
            "notice_received",
            "input.order",
            f"收到通知之日 {received} 晚于判断日 {on}，",
            "请核对后重新填写。",
        )
    if report_by < received:
        reader.fault(
            "report_by",
            "input.order",
            f"报告期限 {report_by} 早于收到通知之日 {received}，",
            "请核对后重新填写。",
        )
    if extended_to and extended_to <= report_by:
        reader.fault(
            "extended_to", "input.order", f"延长后的期限 {extended_to} 不晚于原期限，", "请核对后重新填写。"
        )
    if reported_on and reported_on > on:
        reader.fault(
            "reported_on", "input.order", f"报告日 {reported_on} 晚于判断日 {on}，", "请核对后重新填写。"
        )
    unreported = tuple(
        Unreported(
            label=row.text("label"),
            value=row.amount("value"),
            held_from=row.day("held_from", required=True) or on,
            held_until=row.day("held_until"),
        )
        for row in reader.rows(
            "unreported", allowed={"label", "value", "held_from", "held_until"}, required=False
        )
    )
    rows = reader.rows("changes", allowed={"on"}, required=False)
    changes = tuple(day for row in rows if (day := row.day("on", required=True)))
    excused, reminded = reader.flag("excused"), reader.flag("reminded")
    reader.finish()
    return DeclarationInput(
        on=on, notice_received=received, report_by=report_by, extended_to=extended_to, reported_on=reported_on,
        excused=excused, reminded=reminded, unreported=unreported, changes=changes,
    )  # fmt: skip
