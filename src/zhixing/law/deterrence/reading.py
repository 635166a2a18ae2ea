"""Reads the JSON of the deterrence questions; all faults at once, each naming its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import KINDS
from zhixing.law.deterrence.consumption import ConsumptionInput, ExitBanInput, LiftInput, TemporaryInput
from zhixing.law.deterrence.listing import TABLE, ListingInput
from zhixing.law.deterrence.reading_parts import (
    codes_read,
    day_read,
    grace_checked,
    not_after,
    prolonged_checked,
    titles_of,
)
from zhixing.law.deterrence.removal import RemovalInput
from zhixing.law.deterrence.sanctions import Earlier, SanctionInput
from zhixing.law.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTING = {
    "on", "kind", "born", "grounds", "exclusions", "bars", "performed", "grave", "extra_years", "grace_months",
    "grace_reason", "applied_on",
}  # fmt: skip
_REMOVAL = {"on", "entered_on", "until", "ground", "happened_on", "queries", "clue"}
_SANCTION = {"on", "kind", "act", "act_id", "fine", "detention_days", "earlier", "served_on"}


def listing_read(given: Mapping[str, object], law_book: LawBook | None = None) -> ListingInput:
    """Read the question whether a debtor is to be listed.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_LISTING)
    on = day_read(reader, law_book, TABLE)
    kind = reader.choice("kind", KINDS)
    born, applied_on = reader.day("born", required=kind == "person"), reader.day("applied_on")
    not_after(reader, "born", born, on, "出生日期")
    not_after(reader, "applied_on", applied_on, on, "申请日")
    read = ListingInput(
        on=on,
        kind=kind,
        born=born,
        grounds=codes_read(reader, given, "grounds", law_book, TABLE, "ground", on),
        exclusions=codes_read(reader, given, "exclusions", law_book, TABLE, "exclusion", on),
        bars=codes_read(reader, given, "bars", law_book, TABLE, "bar", on),
        performed=reader.flag("performed"),
        grave=reader.flag("grave"),
        extra_years=reader.whole("extra_years", default=0) or 0,
        grace_months=reader.whole("grace_months", default=0) or 0,
        grace_reason=reader.text("grace_reason", required=False),
        applied_on=applied_on,
    )
    prolonged_checked(reader, read, law_book)
    grace_checked(reader, read, law_book)
    reader.finish()
    return read


def removal_read(given: Mapping[str, object], law_book: LawBook | None = None) -> RemovalInput:
    """Read the question whether an entry is to be deleted. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed=_REMOVAL)
    on = day_read(reader, law_book, TABLE)
    entered_on = reader.day("entered_on", required=True) or on
    until, happened_on = reader.day("until"), reader.day("happened_on", required=reader.has("ground"))
    ground = reader.choice(
        "ground", titles_of(law_book, TABLE, ("removal", "early", "error"), on), required=False
    )
    not_after(reader, "entered_on", entered_on, on, "纳入日")
    not_after(reader, "happened_on", happened_on, on, "事由出现日")
    if until and until < entered_on:
        reader.fault(
            "until", "input.order", f"期限届满日 {until} 早于纳入日 {entered_on}，", "请核对后重新填写。"
        )
    queries, clue = reader.whole("queries", default=0) or 0, reader.flag("clue")
    reader.finish()
    return RemovalInput(
        on=on,
        entered_on=entered_on,
        until=until,
        ground=ground,
        happened_on=happened_on,
        queries=queries,
        clue=clue,
    )


def consumption_read(given: Mapping[str, object], law_book: LawBook | None = None) -> ConsumptionInput:
    """Read the question whether consumption is restricted. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "kind", "perform_by", "listed", "performed"})
    on = day_read(reader, law_book, "deterrence.consumption")
    read = ConsumptionInput(
        on=on,
        kind=reader.choice("kind", KINDS),
        perform_by=reader.day("perform_by", required=True) or on,
        listed=reader.flag("listed"),
        performed=reader.flag("performed"),
    )
    reader.finish()
    return read


def lift_read(given: Mapping[str, object], law_book: LawBook | None = None) -> LiftInput:
    """Read the question whether a measure is lifted. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "measure", "grounds"})
    measure = reader.choice("measure", {"consumption": "限制消费", "exit_ban": "限制出境"})
    table, topic = (
        ("deterrence.consumption", "lift") if measure != "exit_ban" else ("deterrence.sanctions", "exit_lift")
    )
    on = day_read(reader, law_book, table)
    grounds = codes_read(reader, given, "grounds", law_book, table, topic, on)
    reader.finish()
    return LiftInput(on=on, measure=measure, grounds=grounds)


def temporary_read(given: Mapping[str, object], law_book: LawBook | None = None) -> TemporaryInput:
    """Read the question of a temporary lifting. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed={"on", "ground", "until"})
    table = "deterrence.consumption"
    on = day_read(reader, law_book, table, topic="temporary")
    ground = reader.choice("ground", titles_of(law_book, table, ("temporary",), on))
    until = reader.day("until", required=True) or on
    reader.finish()
    return TemporaryInput(on=on, ground=ground, until=until)


def exit_ban_read(given: Mapping[str, object], law_book: LawBook | None = None) -> ExitBanInput:
    """Read the question of an exit ban. Raises InvalidInput with every fault."""
    reader = Reader(given, allowed={"on", "kind", "applied", "necessary", "performed", "capable"})
    on = day_read(reader, law_book or book(), "deterrence.sanctions")
    read = ExitBanInput(
        on=on,
        kind=reader.choice("kind", KINDS),
        applied=reader.flag("applied"),
        necessary=reader.flag("necessary"),
        performed=reader.flag("performed"),
        capable=reader.flag("capable", default=True),
    )
    reader.finish()
    return read


def sanction_read(given: Mapping[str, object], law_book: LawBook | None = None) -> SanctionInput:
    """Read the question of a fine or detention. Raises InvalidInput with every fault."""
    law_book = law_book or book()
    reader = Reader(given, allowed=_SANCTION)
    on = day_read(reader, law_book, "deterrence.sanctions")
    earlier = tuple(
        Earlier(
            act_id=row.text("act_id"),
            on=row.day("on", required=True) or on,
            kind=row.choice("kind", {"fine": "罚款", "detention": "拘留"}),
        )
        for row in reader.rows("earlier", allowed={"act_id", "on", "kind"}, required=False)
    )
    served_on = reader.day("served_on")
    if served_on and served_on < on:
        reader.fault(
            "served_on", "input.order", f"送达日 {served_on} 早于决定日 {on}，", "请核对后重新填写。"
        )
    read = SanctionInput(
        on=on,
        kind=reader.choice("kind", KINDS),
        act=reader.choice("act", titles_of(law_book, "deterrence.sanctions", ("act",), on)),
        act_id=reader.text("act_id"),
        fine=reader.amount("fine") if reader.has("fine") else None,
        detention_days=reader.whole("detention_days"),
        earlier=earlier,
        served_on=served_on,
    )
    if read.fine is None and read.detention_days is None and not reader.has("detention_days"):
        reader.fault("fine", "input.missing", "罚款金额和拘留日数都没有填写，", "请至少填写其中一项。")
    reader.finish()
    return read
