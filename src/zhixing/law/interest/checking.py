"""What must hold between the fields of a claim: days in order, names that exist, rules that reach so far back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from zhixing.kernel.errors import InvalidInput
from zhixing.law.book import LawBook
from zhixing.law.errors import NoRuleInForce
from zhixing.law.interest.caps import cap_steps, needs_filing
from zhixing.law.interest.extra import first_day
from zhixing.law.interest.fields import Fields
from zhixing.law.interest.nouns import Conversion, Exclusion, GeneralInterest
from zhixing.law.interest.published import value_on

_ONE = timedelta(days=1)


def claim_check(
    fields: Fields,
    law_book: LawBook,
    *,
    named: tuple[object, ...],
    borne_by: list[tuple[str, object]],
    dues: dict[str, date],
    general: list[tuple[str, GeneralInterest]],
    excluded: list[tuple[str, Exclusion]],
    paid_on: list[tuple[str, date]],
    as_of: date | None,
    since: date | None,
    conversions: tuple[Conversion, ...],
) -> None:
    """Tell what does not fit.

    Lists hold (path, noun) of the rows that are sound by themselves. named: all part ids as they came. borne_by: what the clauses
    name as theirs. dues: field →
    last day for performance. paid_on: days of payments, whatever else is wrong with them.
    """
    _names(fields, named, borne_by)
    _first_days(fields, law_book, dues, as_of)
    _rates(fields, law_book, general)
    _exclusions(fields, excluded)
    starts = [*dues.values(), *(clause.first for _, clause in general)]
    _payments(fields, paid_on, since or min(starts, default=None), as_of)
    _conversions(fields, dues, conversions)


def _names(fields: Fields, named: tuple[object, ...], borne_by: list[tuple[str, object]]) -> None:
    times = Counter(str(name).strip() for name in named)
    for index, name in enumerate(named):
        if str(name).strip() in [str(other).strip() for other in named[:index]]:
            fields.tell(
                "duplicate_part",
                f"parts.{index}.id",
                f"parts.{index}.id 的“{name}”重复",
                "请给每一项债务不同的 id。",
            )
    for path, on in borne_by:
        if isinstance(on, str) and on.strip() not in times:
            fields.tell(
                "unknown_part",
                f"{path}.on",
                f"{path}.on 的“{on}”不是任何一项债务",
                f"请填写 parts 中的 id：{'、'.join(times) or '（还没有）'}。",
            )


def _first_days(fields: Fields, law_book: LawBook, dues: dict[str, date], as_of: date | None) -> None:
    first = first_day(law_book)
    for field, due in dues.items():
        if due + _ONE < first:
            fields.tell(
                "before_law",
                field,
                f"{field} 的履行期届满日 {due.isoformat()} 早于迟延履行利息的第一个规定（{first.isoformat()} 起）",
                f"请核对日期；{first.isoformat()} 以前的迟延，规则库没有规定可用。",
                "opinion1992.294",
            )
    if as_of is not None and as_of < first:
        fields.tell(
            "before_law",
            "as_of",
            f"计算截止日 {as_of.isoformat()} 早于迟延履行利息的第一个规定（{first.isoformat()} 起）",
            "请核对截止日。",
            "opinion1992.294",
        )


def _rates(fields: Fields, law_book: LawBook, general: list[tuple[str, GeneralInterest]]) -> None:
    for path, clause in general:
        rate, cap = clause.rate, clause.cap
        try:
            if rate.base:
                value_on(rate.base, rate.tier or "y1", rate.fixed_on or clause.first, law_book)
            if cap is not None and not (cap.filed is None and needs_filing(cap.contract, law_book)):
                cap_steps(cap, clause.first, law_book)
        except NoRuleInForce as error:
            known = f"从 {error.first.isoformat()} 起" if error.first else "没有"
            fields.tell(
                "before_law",
                f"{path}.rate",
                f"{path} 在 {error.on.isoformat()} 没有可用的公布利率，规则库{known}才有",
                "请核对日期；更早的期间请按当时的利率单独填写一项，并用 to 写明止日。",
            )
        except InvalidInput as error:
            fields.problems.extend(error.problems)
        if cap is not None and cap.filed is None and needs_filing(cap.contract, law_book):
            fields.tell(
                "filing_missing",
                f"{path}.cap.filed",
                f"借贷合同成立于 {cap.contract.isoformat()}，上限取决于起诉的日期，但没有填写",
                '请填写 "filed"（起诉之日），例如 "2020-09-10"。',
                "lending.31",
            )


def _exclusions(fields: Fields, excluded: list[tuple[str, Exclusion]]) -> None:
    ordered = sorted(excluded, key=lambda row: (row[1].first, row[1].last))
    for (_, earlier), (path, later) in pairwise(ordered):
        if later.first <= earlier.last:
            fields.tell(
                "exclusions_overlap",
                f"{path}.from",
                f"扣除期间 {later.first.isoformat()} 至 {later.last.isoformat()} 与 "
                f"{earlier.first.isoformat()} 至 {earlier.last.isoformat()} 重叠",
                "请合并为一段，或者改正起止日；首尾两日都已扣除，下一段从次日开始。",
                "interest.3",
            )


def _payments(
    fields: Fields, paid_on: list[tuple[str, date]], start: date | None, as_of: date | None
) -> None:
    for path, day in paid_on:
        if start is not None and day < start:
            fields.tell(
                "payment_before_debt",
                f"{path}.date",
                f"{path} 的日期 {day.isoformat()} 早于债务（{start.isoformat()}）",
                '请核对日期；履行期届满前已经还的，请从本金中扣除，或者用 "since" 写明债务发生之日。',
            )
        if as_of is not None and day > as_of:
            fields.tell(
                "payment_after",
                f"{path}.date",
                f"{path} 的日期 {day.isoformat()} 晚于计算截止日 {as_of.isoformat()}",
                "请把 as_of 推后，或者去掉这一笔。",
            )


def _conversions(fields: Fields, dues: dict[str, date], conversions: tuple[Conversion, ...]) -> None:
    if not conversions:
        return
    days = {conversion.day for conversion in conversions}
    for day in sorted({due + _ONE for due in dues.values()} - days):
        fields.tell(
            "conversion_day",
            "convert",
            f"加倍部分自 {day.isoformat()} 起算，convert 中没有这一天的中间价",
            f'请加上 {{"on":"{day.isoformat()}","rate":"…"}}。',
            "interest.5",
        )
