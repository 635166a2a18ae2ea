"""Finds where rule ids stand: in rows of the tables, in docstrings of the code, in tests."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.law.schemas import ControlDuty, MoneyRule, Point, Term
from zhixing.law.terms import term_length

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhixing.law.book import LawBook
    from zhixing.law.loading import Entry

_PREFIX = "LAW|CN|ID|PT|CF|CL|TB|KPI|SV|PB|CC|AV|NIC|EXM|DUR|DEC|DET|EVA|INT|FEE|FUND|DIST|DISP|PRIV"
_ID = rf"(?:(?:{_PREFIX})-T?\d{{1,2}}|N\d{{2}})"
_ANY = re.compile(rf"(?<![\w-])({_ID})(?![\w-])")
_RANGE = re.compile(rf"(?<![\w-])({_ID})(?: to |\.\.|–)({_ID})(?![\w-])")
_LITERAL = re.compile(r"[\"']([a-z_0-9.]+)([\"'{])")
_LONGEST_RANGE = 6  # a longer range names a chapter, it proves no place
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """A value or row that carries the id.

    Attributes:
        default: what a setting is, in words; empty for settled law.
        told: the row is a sentence for the person who decides, without period, chain or evidence.
    """

    table: str
    code: str
    default: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CodePlace:
    """A module, class or function whose docstring cites the id; path and dotted name."""

    path: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TestPlace:
    """A test file that names the id."""

    path: str


def table_places(book: LawBook) -> dict[str, list[TablePlace]]:
    """Id → values and rows that carry it, in the order of the tables, each place once."""
    found: dict[str, dict[tuple[str, str], TablePlace]] = defaultdict(dict)
    for series in book.series_ids():
        table, _, code = series.rpartition(".")
        entries = sorted(book.history(series), key=lambda entry: entry.status == "default")
        for entry in entries:
            place = TablePlace(
                table=table or code,
                code=code if table else "",
                default=_value(entry) if entry.status == "default" else "",
            )
            for rule in entry.rules:
                found[rule][place.table, place.code] = place
    for table in book.table_ids():
        for row in book.all_rows(table):
            default = (_row(row) or row.code) if row.status == "default" else ""
            for rule in row.rules:
                known = found[rule].get((table, row.code))
                # Rows of one code (other days, other courts): a setting among them stays one.
                kept = default or (known.default if known else "")
                found[rule][table, row.code] = TablePlace(
                    table=table, code=row.code, default=kept, told=_is_told(row)
                )
    return {rule: list(places.values()) for rule, places in found.items()}


def code_places(source: Path) -> dict[str, list[CodePlace]]:
    """Id → docstrings that cite it. Short ranges (PT-01 to PT-04) count, long ones and those of a package promise too much.

    Args:
        source: folder of the package, e.g. …/src/zhixing.
    """
    found: dict[str, set[CodePlace]] = defaultdict(set)
    for path in sorted(source.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if {"migrations", "coverage"} & set(path.parts) or not _ANY.search(text):
            continue
        module = path.relative_to(source.parent).with_suffix("")
        for name, doc in _docstrings(ast.parse(text)):
            cited = set(_ANY.findall(_RANGE.sub("", doc) if path.name == "__init__.py" else _spread(doc)))
            dotted = ".".join((*module.parts[1:], *name)).removesuffix(".__init__")
            for rule in cited:
                found[rule].add(CodePlace(path=path.relative_to(source.parent).as_posix(), name=dotted))
    return {rule: sorted(places) for rule, places in found.items()}


def test_places(tests: Path) -> dict[str, list[TestPlace]]:
    """Id → test files that name it, ranges of any length included: a test proves what it tests."""
    found: dict[str, set[TestPlace]] = defaultdict(set)
    for path in sorted(tests.rglob("test_*.py")):
        place = TestPlace(path=path.relative_to(tests.parent).as_posix())
        for rule in _ANY.findall(_spread(path.read_text(encoding="utf-8"), longest=99)):
            found[rule].add(place)
    return {rule: sorted(places) for rule, places in found.items()}


def readers_of(book: LawBook, source: Path) -> dict[str, list[str]]:
    """Table or group that holds rules → who names it, a value or a period of it: modules of the law room, other rooms whole.

    Empty: only looked up by people. Tables of parameters without a rule of the books are left out. A plain word counts in the law room only; elsewhere it may mean anything.
    """
    group = {name: name.rpartition(".")[0] or name for name in book.series_ids()}
    tables = {*book.table_ids(), *group.values()}
    named = {**{table: table for table in tables}, **{f"{table}.": table for table in tables}, **group}
    named |= {row.code: "terms" for row in book.all_rows("terms")} if "terms" in tables else {}
    ruled = {place.table for places in table_places(book).values() for place in places}
    found: dict[str, set[str]] = {table: set() for table in sorted(tables & ruled)}
    for path in sorted(source.rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        if "coverage" in parts:
            continue
        ours = parts[0] == "law"
        for literal, end in set(_LITERAL.findall(path.read_text(encoding="utf-8"))):
            # A text that goes on with a value in braces: all up to its last dot names the table.
            text = literal[: literal.rfind(".") + 1] if end == "{" else literal
            if named.get(text) in found and (ours or {".", "_"} & set(text.rstrip("."))):
                module = ".".join(parts).removesuffix(".__init__") if ours else parts[0]
                found[named[text]].add(module)
    return {table: sorted(modules) for table, modules in found.items()}


def _docstrings(tree: ast.Module) -> Iterator[tuple[tuple[str, ...], str]]:
    """Dotted name within the module and its docstring."""
    waiting: list[tuple[tuple[str, ...], ast.AST]] = [((), tree)]
    while waiting:
        name, node = waiting.pop()
        if isinstance(node, _DOCUMENTED) and (doc := ast.get_docstring(node, clean=False)):
            yield name, doc
        for child in ast.iter_child_nodes(node):
            if isinstance(child, _DOCUMENTED[1:]):
                waiting.append(((*name, child.name), child))  # type: ignore[attr-defined]


def _spread(text: str, longest: int = _LONGEST_RANGE) -> str:
    """Ranges written out: PT-01 to PT-03 → PT-01 PT-02 PT-03; those that span more are left out."""

    def written(match: re.Match[str]) -> str:
        first, last = match.group(1), match.group(2)
        head, start = re.fullmatch(r"(\D+)(\d+)", first).groups()  # type: ignore[union-attr]
        tail, end = re.fullmatch(r"(\D+)(\d+)", last).groups()  # type: ignore[union-attr]
        if head != tail or int(end) - int(start) >= longest:
            return ""
        return " ".join(f"{head}{no:0{len(start)}}" for no in range(int(start), int(end) + 1))

    return _RANGE.sub(written, text)


def _is_told(row: Any) -> bool:
    if not isinstance(row, (Point, MoneyRule, ControlDuty)):
        return False
    return not any(getattr(row, field, None) for field in ("term", "chain", "ways", "unless"))


def _value(entry: Entry) -> str:
    value = entry.value
    text = "、".join(str(part) for part in value) if isinstance(value, tuple) else str(value)
    return f"{entry.meaning}：{text}"


def _row(row: Any) -> str:
    if isinstance(row, Term):
        return f"{row.title}：{term_length(row)}"
    return str(getattr(row, "title", ""))
