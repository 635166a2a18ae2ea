"""What the readers of deterrence share: codes of a topic, days in order, the limits of prolongation and grace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.deterrence.answers import points
from zhixing.law.deterrence.listing import ListingInput, may_prolong
from zhixing.law.terms import term_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhixing.law.book import LawBook
    from zhixing.law.reading import Reader


def codes_read(
    reader: Reader,
    given: Mapping[str, object],
    name: str,
    law_book: LawBook,
    table: str,
    topic: str,
    on: date,
) -> tuple[str, ...]:
    """A list of codes of one topic, each known and each once; absent means none."""
    came = given.get(name) if hasattr(given, "get") else None
    if came is None:
        return ()
    known = titles_of(law_book, table, (topic,), on)
    if not isinstance(came, (list, tuple)):
        reader.fault(name, "input.not_a_list", f"“{str(came)[:40]}”不是列表，", "请填写 [ … ] 形式的列表。")
        return ()
    for index, code in enumerate(came):
        if code not in known:
            listed = "、".join(f"{key}（{title}）" for key, title in known.items())
            reader.fault(
                f"{name}.{index}", "input.choice", f"“{str(code)[:40]}”不在可选范围内，", f"可填：{listed}。"
            )
    return tuple(dict.fromkeys(code for code in came if code in known))


def titles_of(law_book: LawBook, table: str, topics: tuple[str, ...], on: date) -> dict[str, str]:
    """Titles by code of some topics in force on a day."""
    return {code: row.title for topic in topics for code, row in points(law_book, table, topic, on).items()}


def day_read(reader: Reader, law_book: LawBook, table: str, topic: str = "") -> date:
    """The day of judging, not before the table's first; a harmless day when it is missing."""
    rows = [row for row in law_book.all_rows(table) if not topic or getattr(row, "topic", "") == topic]
    first = min(row.since for row in rows)
    on = reader.day("on", required=True)
    if on and on < first:
        reader.fault("on", "input.before_law", f"{on} 早于规定施行日，", f"请填写 {first} 及以后的日期。")
    return on if on and on >= first else max(row.since for row in rows)


def not_after(reader: Reader, name: str, day: date | None, on: date, title: str) -> None:
    """Note a day that lies after the day of judging."""
    if day and day > on:
        reader.fault(name, "input.order", f"{title} {day} 晚于判断日 {on}，", "请核对后重新填写。")


def prolonged_checked(reader: Reader, read: ListingInput, law_book: LawBook) -> None:
    """Note a prolongation outside the law's span or without its ground."""
    if not read.extra_years:
        return
    least = term_days("list.extend_least", on=read.on, law_book=law_book)
    most = term_days("list.extend_most", on=read.on, law_book=law_book)
    if not least <= read.extra_years <= most:
        reader.fault(
            "extra_years", "listing.extra", f"延长 {read.extra_years} 年，法律允许 {least} 至 {most} 年，",
            "请改在此范围内。", "dishonest.2",
        )  # fmt: skip
    if not may_prolong(read):
        reader.fault(
            "extra_years", "listing.no_ground", "没有暴力、威胁情节严重或者多项失信行为，不能延长，",
            "请填写 0，或者补充相应的纳入情形。", "dishonest.2",
        )  # fmt: skip


def grace_checked(reader: Reader, read: ListingInput, law_book: LawBook) -> None:
    """Note a grace outside its span, without a reason or before its rule."""
    if not read.grace_months:
        return
    first = min(row.since for row in law_book.all_rows("terms") if row.code == "grace.least")
    if read.on < first:
        reader.fault(
            "grace_months", "input.before_law", f"{read.on} 尚无宽限期规定，", f"{first} 起才可以给予宽限期。"
        )
        return
    least = term_days("grace.least", on=read.on, law_book=law_book)
    most = term_days("grace.most", on=read.on, law_book=law_book)
    if not least <= read.grace_months <= most:
        reader.fault(
            "grace_months", "listing.grace", f"宽限 {read.grace_months} 个月，规定为 {least} 至 {most} 个月，",
            "请改在此范围内，或填写 0。", "goodfaith",
        )  # fmt: skip
    if not read.grace_reason:
        reader.fault("grace_reason", "input.missing", "给予宽限期没有写明理由，", "请补充理由。", "goodfaith")
