"""Reads the JSON input of an interest calculation and tells all problems at once (shape: docs/law-interest.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhixing.law.book import LawBook, book
from zhixing.law.interest.checking import claim_check
from zhixing.law.interest.fields import Fields
from zhixing.law.interest.nouns import (
    ORDER_WORDS,
    PAID_WORDS,
    PART_WORDS,
    TIER_WORDS,
    Conversion,
    DebtPart,
    Exclusion,
    GeneralInterest,
    InterestClaim,
    LendingCap,
    Payment,
)
from zhixing.law.interest.reading_rates import rate_read
from zhixing.law.interest.settings import settings_default
from zhixing.law.interest.units import YEAR_BASES

_TOP = (
    "due", "parts", "general_interest", "excluded", "payments", "as_of", "settings", "since", "bankruptcy_accepted",
    "currency", "convert",
)  # fmt: skip
_SETTINGS = (
    "order", "include_costs", "year_base", "old_tier", "general_beside_old", "excluded_under_old",
    "bankruptcy_day_counts",
)  # fmt: skip


def interest_read(data: Mapping[str, Any], law_book: LawBook | None = None) -> InterestClaim:
    """Read a claim.

    Args:
        data: what a JSON file holds; days and amounts as text (a program may give date and Decimal).

    Raises:
        InvalidInput: every problem of the input, each with the path of its field, such as `payments.0.amount`.
    """
    law_book = law_book or book()
    fields = Fields()
    if not isinstance(data, Mapping):
        fields.tell("not_a_mapping", "", "输入应当是一组字段", "请写成 { … }。")
        fields.refuse()
    fields.known(data, _TOP)
    due = fields.day(data, "due", needed=False)
    as_of = fields.day(data, "as_of")
    since = fields.day(data, "since", needed=False)
    parts, dues = _parts(data, due, fields)
    general = _general(data, fields)
    excluded = _excluded(data, fields)
    payments, paid_on = _payments(data, fields)
    accepted = fields.day(data, "bankruptcy_accepted", needed=False)
    currency, conversions = _currency(data, fields)
    changes = _settings(data, fields)
    claim_check(
        fields,
        law_book,
        named=tuple(row.get("id") for _, row in fields_rows(data, "parts")),
        borne_by=[(path, row.get("on")) for path, row in fields_rows(data, "general_interest")],
        dues=dues,
        general=general,
        excluded=excluded,
        paid_on=paid_on,
        as_of=as_of,
        since=since,
        conversions=conversions,
    )
    fields.refuse()
    if as_of is None:  # told above already
        raise AssertionError
    return InterestClaim(
        parts=tuple(parts),
        as_of=as_of,
        general=tuple(clause for _, clause in general),
        excluded=tuple(period for _, period in excluded),
        payments=tuple(payments),
        settings=settings_default(law_book, as_of, **changes),
        bankruptcy_accepted=accepted,
        currency=currency,
        conversions=conversions,
    )


def fields_rows(data: Mapping[str, Any], name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Rows of a list without telling problems a second time."""
    return Fields().rows(data, name)


def _parts(
    data: Mapping[str, Any], due: date | None, fields: Fields
) -> tuple[list[DebtPart], dict[str, date]]:
    """Sound parts, and the last days for performance by the field they were written in."""
    found: list[DebtPart] = []
    dues: dict[str, date] = {}
    rows = fields.rows(data, "parts")
    if not rows and data.get("parts") in (None, []):
        fields.tell(
            "missing",
            "parts",
            "缺少 parts，没有任何债务",
            '请至少填写一项，例如 {"id":"p","kind":"principal","amount":"500000.00"}。',
        )
    for path, row in rows:
        fields.known(row, ("id", "kind", "amount", "due"), path)
        code = _id(row, path, fields)
        kind = fields.word(row, "kind", path, PART_WORDS)
        amount = fields.amount(row, "amount", path)
        own = fields.day(row, "due", path, needed=False)
        last = own or (due if row.get("due") is None else None)
        if last is None and row.get("due") is None and data.get("due") is None:
            fields.tell(
                "missing",
                f"{path}.due",
                f"{path} 没有履行期届满日，整体也没有 due",
                '请填写 "due"：履行期间的最后一日；没有确定期间的，填写文书生效之日的前一日。',
                "interest.2",
            )
        if last is not None:
            dues[f"{path}.due" if own else "due"] = last
        if code and kind and amount is not None and last is not None:
            found.append(DebtPart(id=code, kind=kind, amount=amount, due=last))  # pyright: ignore[reportArgumentType]: checked above
    return found, dues


def _id(row: Mapping[str, Any], path: str, fields: Fields) -> str | None:
    value = row.get("id")
    if isinstance(value, str) and value.strip():
        return value.strip()
    fields.tell("missing", f"{path}.id", f"{path}.id 应当是文本", '请给这一项起一个名字，例如 "p"。')
    return None


def _general(data: Mapping[str, Any], fields: Fields) -> list[tuple[str, GeneralInterest]]:
    found = []
    allowed = ("on", "rate", "per", "from", "to", "tier", "year_base", "cap")
    for path, row in fields.rows(data, "general_interest"):
        fields.known(row, allowed, path)
        on = row.get("on")
        if not isinstance(on, str):
            fields.tell(
                "missing",
                f"{path}.on",
                f"{path}.on 应当是某一项债务的 id",
                '请填写 parts 中的 id，例如 "p"。',
            )
        rate = rate_read(row, path, fields)
        first = fields.day(row, "from", path)
        last = fields.day(row, "to", path, needed=False)
        _in_order(first, last, path, fields)
        cap, sound = _cap(row, path, fields)
        if isinstance(on, str) and rate and first and sound:
            found.append((path, GeneralInterest(on=on.strip(), rate=rate, first=first, last=last, cap=cap)))
    return found


def _cap(row: Mapping[str, Any], path: str, fields: Fields) -> tuple[LendingCap | None, bool]:
    value = row.get("cap")
    if value is None:
        return None, True
    if not isinstance(value, Mapping):
        fields.tell(
            "not_a_mapping",
            f"{path}.cap",
            f"{path}.cap 应当写明借贷合同成立的日期",
            '请写成 {"contract":"2021-03-01"}，旧合同另加 "filed"（起诉之日）。',
            "lending.25",
        )
        return None, False
    fields.known(value, ("contract", "filed"), f"{path}.cap")
    contract = fields.day(value, "contract", f"{path}.cap")
    filed = fields.day(value, "filed", f"{path}.cap", needed=False)
    if contract is None:
        return None, False
    return LendingCap(contract=contract, filed=filed), True


def _excluded(data: Mapping[str, Any], fields: Fields) -> list[tuple[str, Exclusion]]:
    found = []
    for path, row in fields.rows(data, "excluded"):
        fields.known(row, ("from", "to", "reason"), path)
        first, last = fields.day(row, "from", path), fields.day(row, "to", path)
        _in_order(first, last, path, fields)
        reason = row.get("reason", "")
        if not isinstance(reason, str):
            fields.tell("not_text", f"{path}.reason", f"{path}.reason 应当是文本", "请写明中止、暂缓的事由。")
            reason = ""
        if first and last and first <= last:
            found.append((path, Exclusion(first=first, last=last, reason=reason)))
    return found


def _in_order(first: date | None, last: date | None, path: str, fields: Fields) -> None:
    if first and last and last < first:
        fields.tell(
            "period_reversed",
            f"{path}.to",
            f"{path} 的止日 {last.isoformat()} 早于起日 {first.isoformat()}",
            "请核对两个日期；首尾两日都计算在内。",
        )


def _payments(data: Mapping[str, Any], fields: Fields) -> tuple[list[Payment], list[tuple[str, date]]]:
    """Sound payments, and the days of all."""
    found: list[Payment] = []
    days: list[tuple[str, date]] = []
    for path, row in fields.rows(data, "payments"):
        fields.known(row, ("date", "amount", "by"), path)
        day = fields.day(row, "date", path)
        amount = None if row.get("amount") == "all" else fields.amount(row, "amount", path)
        by = fields.word(row, "by", path, PAID_WORDS, "voluntary")
        if day:
            days.append((path, day))
        if day and by and (amount is not None or row.get("amount") == "all"):
            found.append(Payment(day=day, amount=amount, by=by))  # pyright: ignore[reportArgumentType]: checked by word()
    return found, days


def _currency(data: Mapping[str, Any], fields: Fields) -> tuple[str, tuple[Conversion, ...]]:
    currency = data.get("currency", "CNY")
    if not (isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isupper()):
        fields.tell(
            "currency",
            "currency",
            f"currency 的“{str(currency)[:10]}”不是币种代码",
            '请填写三个大写字母，例如 "USD"。',
        )
        currency = "CNY"
    found = []
    for path, row in fields.rows(data, "convert"):
        fields.known(row, ("on", "rate"), path)
        day, rate = fields.day(row, "on", path), _middle_rate(row.get("rate"), f"{path}.rate", fields)
        if day and rate:
            found.append(Conversion(day=day, rate=rate))
    if data.get("convert") and currency == "CNY":
        fields.tell(
            "currency",
            "convert",
            "填写了折合人民币的汇率，但债务本来就是人民币",
            '请填写 "currency"，或者删去 convert。',
            "interest.5",
        )
    return currency, tuple(found)


def _middle_rate(value: object, field: str, fields: Fields) -> Decimal | None:
    if fields.is_float(field, value):
        return None
    try:
        rate = Decimal(str(value))
    except InvalidOperation:
        rate = Decimal(0)
    if rate.is_finite() and 0 < rate < 1_000_000:
        return rate
    fields.tell(
        "middle_rate",
        field,
        f"{field} 的“{str(value)[:20]}”不是汇率",
        '请填写一单位外币折合人民币的数额，例如 "7.1012"。',
    )
    return None


def _settings(data: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    value = data.get("settings")
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        fields.tell("not_a_mapping", "settings", "settings 应当是一组字段", "请写成 { … }。")
        return {}
    fields.known(value, _SETTINGS, "settings")
    changes: dict[str, Any] = {}
    if "order" in value:
        changes["order"] = _order(value["order"], fields)
    for name in ("include_costs", "general_beside_old", "excluded_under_old", "bankruptcy_day_counts"):
        if name in value:
            changes[name] = fields.flag(value, name, "settings")
    if "year_base" in value:
        if value["year_base"] not in YEAR_BASES or type(value["year_base"]) is not int:
            fields.tell(
                "year_base", "settings.year_base", f"settings.year_base 的“{value['year_base']}”不是一年的计息天数",
                "请填写 360 或者 365。",
            )  # fmt: skip
        changes["year_base"] = value["year_base"]
    if "old_tier" in value:
        tier = fields.word(value, "old_tier", "settings", ("auto", *TIER_WORDS))
        changes["old_tier"] = None if tier == "auto" else tier
    return changes


def _order(value: object, fields: Fields) -> tuple[str, ...]:
    words = tuple(value) if isinstance(value, list) else ()
    known = all(isinstance(word, str) and word in ORDER_WORDS for word in words)
    if known and len(set(words)) == len(words) and {"costs", "interest", "principal"} <= set(words):
        return words
    fields.tell(
        "order",
        "settings.order",
        "settings.order 应当把 costs、interest、principal 各写一次",
        '请按先后写成列表，例如 ["costs","interest","principal"]；约定先还加倍部分的，把 "extra" 也写进去。',
        "civil.561",
    )
    return ()
