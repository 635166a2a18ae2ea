"""Rank and succession: several orders on one thing, the first in force, the others waiting (DUR-07 to DUR-09, NIC-32, NIC-33).

A waiting order controls nothing. When the one before it is lifted or lapses, it takes effect by itself, and its period
begins that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book
from zhixing.law.measures.periods import kind_known
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.terms.reading import Fields, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhixing.law.steps import Step

Ending = Literal["in_force", "lifted", "lapsed", "realised", "waiting", "withdrawn"]
ENDING_WORDS: dict[Ending, str] = {
    "in_force": "有效",
    "lifted": "已解除",
    "lapsed": "届满失效",
    "realised": "财产已处分，效力消灭",
    "waiting": "轮候",
    "withdrawn": "轮候中撤回",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedOrder:
    """One order on the thing.

    Attributes:
        name: who ordered it, or its number. served: day of service on the assisting unit, which fixes the rank.
        investigators: first seal of the investigators when it was carried over in time; it then fixes the rank (DUR-09).
        lifted: day of lifting (or of withdrawal while waiting). renewals: days on which a renewal was completed.
    """

    name: str
    served: date
    investigators: date | None = None
    lifted: date | None = None
    renewals: tuple[date, ...] = ()

    @property
    def ranks_from(self) -> date:
        """The day that fixes the rank."""
        return self.investigators or self.served


@dataclass(frozen=True, slots=True, kw_only=True)
class Realised:
    """The thing was sold or set off on a day; `whole`: nothing is left for those who wait."""

    on: date
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What becomes of one order.

    Attributes:
        rank: 1 for the first. start: first day in force, None while it waits or never matured.
        until: first day without effect, None while in force or waiting.
        end: last day of the period as it stands. periods: the first one and one per renewal.
    """

    order: RankedOrder
    rank: int
    ending: Ending
    start: date | None = None
    until: date | None = None
    end: date | None = None
    periods: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueInput:
    """All orders on one thing of a kind (of the table ``durations``), judged on a day."""

    kind: str
    orders: tuple[RankedOrder, ...]
    as_of: date
    realised: Realised | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The turns in order of rank, and which of them is in force."""

    given: QueueInput
    turns: tuple[Turn, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    @property
    def in_force(self) -> Turn | None:
        """The order in force on the day, or None."""
        return next((turn for turn in self.turns if turn.ending == "in_force"), None)

    def as_json(self) -> dict[str, object]:
        """`{"in_force","turns":[{name,rank,state,start,until,end}],"warnings","steps","book_hash"}`."""
        current = self.in_force
        return {
            "in_force": current.order.name if current else None,
            "turns": [
                {
                    "name": turn.order.name,
                    "rank": turn.rank,
                    "state": turn.ending,
                    "start": iso(turn.start) or None,
                    "until": iso(turn.until) or None,
                    "end": iso(turn.end) or None,
                }
                for turn in self.turns
            ],
            "warnings": [str(problem) for problem in self.problems],
            "steps": [step.text for step in self.steps],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet: one row per order."""
        current = self.in_force
        rows = tuple(
            (
                str(t.rank),
                t.order.name,
                iso(t.order.served),
                iso(t.start),
                iso(t.end),
                ENDING_WORDS[t.ending],
            )
            for t in self.turns
        )
        columns = ("顺位", "措施", "送达", "生效", "届满", "状态")
        return Sheet(
            kind="queue",
            title="查封、冻结顺位表",
            given=(("计算日", self.given.as_of.isoformat()), ("措施", f"{len(self.turns)} 项")),
            results=(("当日有效", current.order.name if current else "没有有效的措施"),),
            tables=(SheetTable(title="顺位", columns=columns, rows=rows, numeric=(0,)),),
            steps=self.steps,
            problems=self.problems,
            book_hash=self.book_hash,
        )


def queue_read(given: Mapping[str, object], law_book: LawBook | None = None) -> QueueInput:
    """Read `{"kind","as_of","orders":[{"name","served","investigators","lifted","renewals":[{"done"}]}],"realised":…}`.

    `realised` is a list with at most one `{"on","whole"}`; whole is true when left out.

    Raises:
        InvalidInput: with every problem, each naming its field.
    """
    problems: list[Problem] = []
    fields = Fields(given, problems)
    kind = fields.text("kind", needed=True, expected="请填写财产种类，例如 real_estate")
    as_of = fields.day("as_of", needed=True)
    orders = tuple(_order_read(row, kind, law_book or book()) for row in fields.rows("orders"))
    realised: Realised | None = None
    for row in fields.rows("realised"):
        realised = Realised(
            on=row.day("on", needed=True) or date.max, whole=row.flag("whole") if row.has("whole") else True
        )
        row.done()
    if not orders:
        fields.wrong("orders", "请至少填写一项措施", "没有措施", "queue.empty")
    fields.done()
    refuse(problems)
    return QueueInput(kind=kind, orders=orders, as_of=as_of or date.max, realised=realised)


def _order_read(row: Fields, kind: str, law_book: LawBook) -> RankedOrder:
    served = row.day("served", needed=True)
    lifted, investigators = row.day("lifted"), row.day("investigators")
    if served and kind:
        kind_known(row, kind, served, law_book, "served")
    if served and lifted and lifted < served:
        row.wrong(
            "lifted", f"解除不早于送达 {served.isoformat()}", f"收到 {lifted.isoformat()}", "queue.order"
        )
    if served and investigators and investigators > served:
        row.wrong(
            "investigators",
            "侦查机关的查封不晚于转为执行查封",
            f"收到 {investigators.isoformat()}",
            "queue.order",
        )
    renewals: list[date] = []
    for renewal in row.rows("renewals"):
        renewals.append(renewal.day("done", needed=True) or date.max)
        renewal.done()
    order = RankedOrder(
        name=row.text("name", needed=True, expected="请填写法院或文号"),
        served=served or date.max,
        investigators=investigators,
        lifted=lifted,
        renewals=_sorted(renewals),
    )
    row.done()
    return order


def _sorted(days: Sequence[date]) -> tuple[date, ...]:
    return tuple(sorted(days))


def iso(day: date | None) -> str:
    """A day as text, empty for none."""
    return day.isoformat() if day else ""
