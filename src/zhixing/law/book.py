"""The law book: what the rule is on a given day, and where it stands.

>>> book().at(date(2026, 3, 4)).value("interest.extra_daily_rate")
Decimal('0.000175')
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from zhixing.law import schemas
from zhixing.law.calendar import WorkCalendar
from zhixing.law.errors import BrokenTables, NoRuleInForce, UnknownRule
from zhixing.law.loading import TABLES, Entry, Loaded, load

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from zhixing.law.citations import Citation, Citations

R = TypeVar("R", bound=schemas.Row)


class LawBook:
    """All tables, all days. Ask it for a day with `at`, or for the history of a rule."""

    def __init__(self, loaded: Loaded) -> None:
        """Take tables that were loaded without a fault; then check what refers from one to another."""
        self.citations: Citations = loaded.citations
        self._series, self._records = loaded.series, loaded.records
        self.calendar = WorkCalendar(loaded.calendars)
        self.table_hashes: Mapping[str, str] = MappingProxyType(loaded.hashes)
        joined = "\n".join(f"{name} {value}" for name, value in sorted(loaded.hashes.items()))
        self.hash: str = hashlib.sha256(joined.encode()).hexdigest()
        self._days: dict[date, Rules] = {}

    def at(self, day: date) -> Rules:
        """The rules in force on a day (a court date)."""
        rules = self._days.get(day)
        if rules is None:
            if len(self._days) > 2000:
                self._days.clear()
            rules = self._days[day] = Rules(self, day)
        return rules

    def cite(self, key: str) -> Citation:
        """The source behind a citation key.

        Raises:
            UnknownRule: no such act or article.
        """
        return self.citations[key]

    def citation(self, key: str) -> Citation:
        """The same as `cite`."""
        return self.citations[key]

    def short(self, *keys: str) -> str:
        """Citations as they stand on a page, joined by 、."""
        return "、".join(self.citations[key].short for key in keys)

    def history(self, rule: str) -> tuple[Entry, ...]:
        """All values of a series rule, oldest first.

        Raises:
            UnknownRule: no such rule.
        """
        if rule not in self._series:
            raise UnknownRule(rule)
        return tuple(self._series[rule])

    def all_rows(self, table: str) -> tuple[schemas.Row, ...]:
        """Every row of a records table, of all days, in the order of the file."""
        if table not in self._records:
            raise UnknownRule(table)
        return tuple(self._records[table])

    def series_ids(self) -> tuple[str, ...]:
        """Dotted ids of all series rules, sorted."""
        return tuple(sorted(self._series))

    def table_ids(self) -> tuple[str, ...]:
        """Ids of all records tables, sorted."""
        return tuple(sorted(self._records))


class Rules:
    """The law book on one day. Cheap; made and kept by `LawBook.at`."""

    def __init__(self, law_book: LawBook, day: date) -> None:
        """Bind the book to the day; rows are picked when first asked for."""
        self.book, self.day = law_book, day
        self._rows: dict[str, dict[str, schemas.Row]] = {}

    def entry(self, rule: str) -> Entry:
        """The value in force with unit, source and status.

        Raises:
            UnknownRule: no such rule.
            NoRuleInForce: the day lies before the first value, or the rule was repealed.
        """
        values = self.book.history(rule)
        index = bisect_right([value.since for value in values], self.day) - 1
        if index < 0:
            raise NoRuleInForce(rule, self.day, values[0].since)
        if values[index].value is None:
            raise NoRuleInForce(rule, self.day, None)
        return values[index]

    def value(self, rule: str) -> Any:
        """The bare value in force; Decimal, int, text or tuple by the rule's unit. Raises as `entry`."""
        return self.entry(rule).value

    def row(self, table: str, code: str) -> schemas.Row:
        """The row of a records table in force under a code.

        Raises:
            UnknownRule: no such table or code.
            NoRuleInForce: the day lies before the code's first row.
        """
        found = self._in_force(table).get(code)
        if found is None:
            first = min((r.since for r in self.book.all_rows(table) if r.code == code), default=None)
            if first is None:
                raise UnknownRule(f"{table}.{code}")
            raise NoRuleInForce(f"{table}.{code}", self.day, first)
        return found

    def rows(self, table: str, schema: type[R] | None = None) -> tuple[R, ...]:
        """The rows of a table in force, one per code, in the order of the file."""
        return cast("tuple[R, ...]", tuple(self._in_force(table).values()))

    def term(self, code: str) -> schemas.Term:
        """The period named by a term code. Raises as `row`."""
        return cast("schemas.Term", self.row("terms", code))

    def node(self, code: str) -> schemas.Node:
        """The node under a code (N01 to N37). Raises as `row`."""
        return cast("schemas.Node", self.row("nodes", code))

    def nodes(self) -> tuple[schemas.Node, ...]:
        """All nodes in force, in order."""
        return self.rows("nodes", schemas.Node)

    def stages(self) -> tuple[schemas.Stage, ...]:
        """The stops of the case page, in order."""
        return tuple(sorted(self.rows("stages", schemas.Stage), key=lambda stage: stage.order))

    def menu(self) -> tuple[schemas.MenuItem, ...]:
        """The inquiry menu, groups together, in display order."""
        return tuple(sorted(self.rows("inquiry.menu", schemas.MenuItem), key=lambda item: item.order))

    def courts(self, table: str = "courts.hebei") -> tuple[schemas.Court, ...]:
        """A court tree, superior courts before their lower courts."""
        return self.rows(table, schemas.Court)

    def _in_force(self, table: str) -> dict[str, schemas.Row]:
        picked = self._rows.get(table)
        if picked is None:
            picked = {}
            for row in self.book.all_rows(table):
                known = picked.get(row.code)
                if row.since <= self.day and (known is None or known.since < row.since):
                    picked[row.code] = row
            self._rows[table] = picked
        return picked


def load_book(root: Path = TABLES) -> LawBook:
    """Read a law book from a folder of tables (tests use their own).

    Raises:
        BrokenTables: with every fault of every file; or with references between tables that lead nowhere and approval
            chains, general or of one court, below the role that the law asks for.
    """
    from zhixing.law.crossing import crossing_faults  # it reads the book

    law_book = LawBook(load(root))
    faults = crossing_faults(law_book)
    if faults:
        raise BrokenTables(faults)
    return law_book


@lru_cache(maxsize=1)
def book() -> LawBook:
    """The platform's law book, read once per process."""
    return load_book()
