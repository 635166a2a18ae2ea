"""Reads the JSON of a distribution plan (docs/law-distribution.md) and tells every fault at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from zhixing.law.book import LawBook, book
from zhixing.law.distribution.inputs import (
    BANKRUPTCY,
    DEBTORS,
    Choices,
    Creditor,
    Disputed,
    DistributionInput,
    Proceeds,
    Served,
)
from zhixing.law.distribution.reading_claims import CREDITOR, creditor_read, once, seals_check
from zhixing.law.reading import Reader
from zhixing.law.schemas import ClaimRank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_KEYS = {
    "debtor", "on", "insolvent", "one_title", "criminal", "bankruptcy", "started_on", "proceeds",
    "enforcement_fee", "creditors", "disputed", "settings", "served",
}  # fmt: skip
_PROCEEDS = {"id", "amount", "costs", "received_on"}
_DISPUTED = {"creditor", "claim", "amount"}
_SETTINGS = {"first_sealer_bonus", "include_doubled", "livelihood_first", "interest_first", "cut_off_on"}
_SERVED = {"plan_on", "objection_told_on", "opposition_told_on"}


def distribution_read(
    given: Mapping[str, object], *, today: date, law_book: LawBook | None = None
) -> DistributionInput:
    """Read the input of a plan; ``on`` is today when left out.

    Raises:
        InvalidInput: with every fault, each naming its field, e.g. ``creditors.0.claims.1.principal``.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_KEYS)
    debtor = reader.choice("debtor", DEBTORS)
    on = _law_day(reader, today, law_book)
    criminal = reader.flag("criminal")
    proceeds = tuple(_proceeds(row) for row in reader.rows("proceeds", allowed=_PROCEEDS))
    once(reader, "proceeds", (row.id for row in proceeds))
    kinds = {
        row.code: cast("ClaimRank", row)
        for row in law_book.all_rows("distribution_ranks")
        if row.code != "doubled"
    }
    assets = {row.id for row in proceeds}
    creditors = tuple(
        creditor_read(row, kinds, assets, criminal=criminal)
        for row in reader.rows("creditors", allowed=CREDITOR)
    )
    once(reader, "creditors", (creditor.id for creditor in creditors))
    seals_check(reader, creditors)
    bankruptcy = reader.choice("bankruptcy", BANKRUPTCY, required=False, default="none")
    if bankruptcy != "none" and debtor != "enterprise":
        reader.fault(
            "bankruptcy",
            "distribution.bankruptcy",
            "移送破产只适用于企业法人，",
            "请改为 none 或更正 debtor。",
            "cpli.511",
        )
    found = DistributionInput(
        debtor=cast("Any", debtor),
        on=on,
        proceeds=proceeds,
        creditors=creditors,
        choices=_choices(reader, on, law_book),
        insolvent=reader.flag("insolvent", default=True),
        one_title=reader.flag("one_title"),
        criminal=criminal,
        bankruptcy=bankruptcy,
        fee=reader.amount("enforcement_fee") if reader.has("enforcement_fee") else None,
        started_on=reader.day("started_on"),
        disputed=_disputed(reader, creditors),
        served=_served(reader),
    )
    reader.finish()
    return found


def _law_day(reader: Reader, today: date, law_book: LawBook) -> date:
    on = reader.day("on") or today
    first = law_book.history("distribution.cut_off_days")[0].since
    if on >= first:
        return on
    reader.fault(
        "on",
        "distribution.before_law",
        f"{on} 早于现行参与分配规定的施行日，",
        f"请填写 {first} 及以后的日期。",
        "cpli.506",
    )
    return first


def _proceeds(row: Reader) -> Proceeds:
    amount, costs = row.amount("amount"), row.amount("costs", required=False)
    if costs > amount:
        row.fault(
            "costs",
            "distribution.costs",
            f"费用 {costs} 超过所得 {amount}，",
            "请核对；费用从该项所得中扣除。",
            "work.34",
        )
    return Proceeds(id=row.text("id"), amount=amount, costs=costs, received_on=row.day("received_on"))


def _choices(reader: Reader, on: date, law_book: LawBook) -> Choices:
    rules = law_book.at(on)
    row = reader.part("settings", allowed=_SETTINGS)
    most = rules.value("distribution.first_sealer_bonus_most")
    return Choices(
        bonus=row.ratio(
            "first_sealer_bonus", default=rules.value("distribution.first_sealer_bonus"), most=most
        ),
        include_doubled=row.flag("include_doubled", default=rules.value("distribution.include_doubled")),
        livelihood_first=row.flag("livelihood_first", default=rules.value("distribution.livelihood_first")),
        interest_first=row.flag("interest_first", default=rules.value("distribution.interest_first")),
        cut_off_on=row.day("cut_off_on") or on - timedelta(days=rules.value("distribution.cut_off_days")),
        stated=frozenset(name for name in _SETTINGS if row.has(name)),
    )


def _disputed(reader: Reader, creditors: Iterable[Creditor]) -> tuple[Disputed, ...]:
    known = {creditor.id: {claim.id for claim in creditor.claims} for creditor in creditors}
    found = []
    for row in reader.rows("disputed", allowed=_DISPUTED, required=False):
        item = Disputed(
            creditor=row.text("creditor"),
            claim=row.text("claim", required=False, default="1"),
            amount=row.amount("amount"),
        )
        if item.claim not in known.get(item.creditor, ()):
            row.fault(
                "creditor",
                "distribution.disputed",
                f"没有债权人“{item.creditor}”的债权“{item.claim}”，",
                "请核对编号。",
            )
        found.append(item)
    if len({(item.creditor, item.claim) for item in found}) < len(found):
        reader.fault(
            "disputed", "distribution.disputed_twice", "同一债权的争议数额填了两次，", "请合并成一项。"
        )
    return tuple(found)


def _served(reader: Reader) -> Served:
    row = reader.part("served", allowed=_SERVED)
    served = Served(
        plan_on=row.day("plan_on"),
        objection_told_on=row.day("objection_told_on"),
        opposition_told_on=row.day("opposition_told_on"),
    )
    days = [served.plan_on, served.objection_told_on, served.opposition_told_on]
    names = ("plan_on", "objection_told_on", "opposition_told_on")
    for name, earlier, later in zip(names[1:], days, days[1:], strict=False):
        if later and (earlier is None or later < earlier):
            row.fault(
                name,
                "distribution.served",
                f"{later} 之前的一步没有日期或者更晚，",
                "请按送达、通知异议、通知反对的先后填写。",
            )
    return served
