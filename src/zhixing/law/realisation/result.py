"""An auction timetable as it comes out: days, limits, warnings; as a sheet and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhixing.kernel.money import yuan
from zhixing.law.book import LawBook, book
from zhixing.law.realisation.reading import ASSETS, AuctionInput
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from zhixing.kernel.errors import Problem
    from zhixing.law.realisation.limits import RoundLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class TimetableRow:
    """One entry. bound: ``by`` at the latest, ``from`` at the earliest, ``on`` fixed or chosen."""

    code: str
    title: str
    bound: str
    day: date
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Days in order, limits of the three rounds, warnings where a chosen day or price breaks a rule."""

    given: AuctionInput
    rows: tuple[TimetableRow, ...]
    rounds: tuple[RoundLimits, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def day(self, code: str) -> date:
        """The day of an entry."""
        return next(row.day for row in self.rows if row.code == code)

    def sheet(self) -> Sheet:
        """The sheet."""
        given = self.given
        words = {"by": "至迟", "from": "最早", "on": "定于"}
        days = tuple((row.title, words[row.bound], row.day.isoformat()) for row in self.rows)
        prices = tuple(
            (r.round, yuan(r.floor), yuan(r.start), yuan(r.deposit_least), yuan(r.deposit_most))
            for r in self.rounds
        )
        return Sheet(
            kind="auction",
            title="网络司法拍卖时间表",
            given=(
                ("财产种类", ASSETS[given.asset]),
                ("参考价", f"{yuan(given.reference_price)} 元"),
                ("参考价确定之日", given.price_on.isoformat()),
                ("一拍公告之日", given.notice_on.isoformat()),
            ),
            results=tuple(
                (f"{r.round}最低起拍价" if r.round != "变卖" else "变卖价", f"{yuan(r.floor)} 元")
                for r in self.rounds
            ),
            tables=(
                SheetTable(title="时间表", columns=("事项", "要求", "日期"), rows=days),
                SheetTable(
                    title="价格和保证金（元）",
                    columns=("轮次", "起拍价下限", "采用的起拍价", "保证金下限", "保证金上限"),
                    rows=prices,
                    numeric=(1, 2, 3, 4),
                ),
            ),
            steps=self.steps,
            notes=self.notes,
            problems=self.problems,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values; amounts as text."""
        law_book = law_book or book()
        return {
            "asset": self.given.asset,
            "rows": [
                {"code": r.code, "title": r.title, "bound": r.bound, "day": r.day.isoformat(), "law": law_book.short(*r.law)}
                for r in self.rows
            ],
            "rounds": [
                {
                    "round": r.round, "floor": str(r.floor), "start": str(r.start),
                    "deposit_least": str(r.deposit_least), "deposit_most": str(r.deposit_most),
                }
                for r in self.rounds
            ],
            "steps": steps_printed(self.steps, law_book),
            "notes": list(self.notes),
            "warnings": [str(problem) for problem in self.problems],
            "book_hash": self.book_hash,
        }  # fmt: skip
