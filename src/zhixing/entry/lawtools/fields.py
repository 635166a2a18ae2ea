"""From what a person fills in to the JSON of a tool, and back. Pure: no request, no law.

Names on the page are the JSON paths with hyphens: `payments.0.amount` is posted as `payments-0-amount`. A tool's problem
therefore finds its field without a table; where a page is simpler than the JSON, `Shape.finish` tells the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice, Widget

Kind = Literal["text", "money", "day", "whole", "flag", "yesno", "list"]
LONGEST_TEXT, MOST_ROWS = 200, 120
_BLANKS = str.maketrans("", "", ",， \u3000")
_ALL = ("全部", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One field.

    Attributes:
        name: JSON path; within rows relative to the row.
        default: chosen in a new row; a row that holds nothing else counts as empty.
        takes_all: for money: 全部 is understood.
    """

    name: str
    label: str
    widget: Widget = "text"
    kind: Kind = "text"
    hint: str = ""
    required: bool = False
    unit: str = ""
    choices: Sequence[Choice] = ()
    default: str = ""
    takes_all: bool = False
    max_length: int = LONGEST_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A list of the JSON: one row of cells per element; `shown` rows are drawn at least."""

    name: str
    label: str
    cells: tuple[Cell, ...]
    hint: str = ""
    required: bool = False
    shown: int = 0


def _unchanged(given: dict[str, Any]) -> dict[str, str]:
    return {}


def _as_is(given: Mapping[str, Any]) -> Mapping[str, Any]:
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The form of one tool.

    Attributes:
        parts: what everybody fills in. folded: what few need.
        finish: completes the JSON in place; answers which JSON path stands for which path of the page.
        unfold: the JSON of the tool as the page has it.
    """

    parts: tuple[Cell | Rows, ...]
    folded: tuple[Cell | Rows, ...] = ()
    finish: Callable[[dict[str, Any]], Mapping[str, str]] = _unchanged
    unfold: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _as_is

    @property
    def all(self) -> tuple[Cell | Rows, ...]:
        """All parts in order."""
        return (*self.parts, *self.folded)


@dataclass(slots=True)
class Filled:
    """What stands in the form: texts by path; rows by name, without gaps."""

    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    """Lists longer than MOST_ROWS, with the rows that came: they are refused, never computed in part."""

    def problems(self) -> tuple[Problem, ...]:
        """What stands in the way of computing at all."""
        return tuple(
            Problem(
                code="lawtools.rows",
                sentence=f"有 {number} 行，网页一次最多计算 {MOST_ROWS} 行，",
                mend="请分次计算，或者用命令行 zhixing law 从文件计算。",
                field=name,
            )
            for name, number in self.cut.items()
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values as a form posts them, so that a page can post them once more."""
        found = [(posted(name), text) for name, text in self.texts.items() if text]
        for name, rows in self.rows.items():
            for number, row in enumerate(rows):
                found += [(posted(f"{name}.{number}.{cell}"), text) for cell, text in row.items() if text]
        return found


def posted(path: str) -> str:
    """The name under which a path is posted."""
    return path.replace(".", "-")


def filled_blank(shape: Shape) -> Filled:
    """A form nobody has touched."""
    return Filled(
        texts={part.name: part.default for part in shape.all if isinstance(part, Cell)},
        rows={part.name: [] for part in shape.all if isinstance(part, Rows)},
    )


def row_add(shape: Shape, filled: Filled, name: str) -> None:
    """One more empty row, for browsers without script."""
    for part in shape.all:
        if isinstance(part, Rows) and part.name == name and len(filled.rows[name]) < MOST_ROWS:
            missing = max(part.shown - len(filled.rows[name]), 0)
            filled.rows[name] += [
                {cell.name: cell.default for cell in part.cells} for _ in range(missing + 1)
            ]


def filled_posted(shape: Shape, post: Mapping[str, str]) -> Filled:
    """What a person sent. Empty rows are left out, so that rows and JSON elements count alike."""
    filled = Filled()
    for part in shape.all:
        if isinstance(part, Cell):
            filled.texts[part.name] = _sent(post, part.name)
            continue
        rows = [
            {cell.name: _sent(post, f"{part.name}.{number}.{cell.name}") for cell in part.cells}
            for number in _numbers(post, part.name)
        ]
        rows = [row for row in rows if _is_filled(part, row)]
        if len(rows) > MOST_ROWS:
            filled.cut[part.name] = len(rows)
        filled.rows[part.name] = rows[:MOST_ROWS]
    return filled


def filled_given(shape: Shape, given: Mapping[str, Any]) -> Filled:
    """The form for a JSON input, e.g. of a worked example."""
    filled, page = Filled(), shape.unfold(given)
    for part in shape.all:
        if isinstance(part, Cell):
            filled.texts[part.name] = _text(_take(page, part.name))
        else:
            filled.rows[part.name] = [
                {cell.name: _text(_take(row, cell.name)) for cell in part.cells}
                for row in page.get(part.name, ())
            ]
    return filled


def given_filled(shape: Shape, filled: Filled) -> tuple[dict[str, Any], Mapping[str, str]]:
    """The JSON of what stands in the form, and which JSON path stands for which path of the page."""
    given: dict[str, Any] = {}
    for part in shape.all:
        if isinstance(part, Cell):
            _put(given, part.name, _value(part, filled.texts.get(part.name, "")))
        elif filled.rows.get(part.name):
            given[part.name] = [_row(part, row) for row in filled.rows[part.name]]
    return given, shape.finish(given)


def _row(part: Rows, row: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cell in part.cells:
        _put(found, cell.name, _value(cell, row.get(cell.name, "")))
    return found


def _sent(post: Mapping[str, str], path: str) -> str:
    return str(post.get(posted(path), "")).strip()[:LONGEST_TEXT]


def _numbers(post: Mapping[str, str], name: str) -> list[int]:
    head = f"{posted(name)}-"
    numbers = {key[len(head) :].partition("-")[0] for key in post if key.startswith(head)}
    return sorted(int(n) for n in numbers if n.isascii() and n.isdecimal() and len(n) < 8)


def _is_filled(part: Rows, row: Mapping[str, str]) -> bool:
    return any(row[cell.name] not in ("", cell.default) for cell in part.cells)


def _value(cell: Cell, text: str) -> Any:
    """None leaves the field out; what does not fit goes on as text, so that the tool's own reader refuses it."""
    if cell.kind == "flag":
        return text == "true"
    if not text:
        return None
    match cell.kind:
        case "money":
            return "all" if cell.takes_all and text in _ALL else text.translate(_BLANKS)
        case "whole":
            return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text
        case "yesno":
            return {"yes": True, "no": False}.get(text, text)
        case "list":
            return text.split(",")
        case _:
            return text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, (list, tuple)):
        return ",".join(map(str, value))
    return "全部" if value == "all" else str(value)


def _put(target: dict[str, Any], path: str, value: Any) -> None:
    if value is None:
        return
    *heads, last = path.split(".")
    for head in heads:
        target = target.setdefault(head, {})
    target[last] = value


def _take(source: Any, path: str) -> Any:
    for name in path.split("."):
        source = source.get(name) if isinstance(source, Mapping) else None
    return source
