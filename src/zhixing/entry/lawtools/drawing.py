"""A tool's form as the page draws it, with every problem beside its field, in the words of the page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhixing.entry.lawtools.fields import Cell, Filled, Rows, Shape, posted
from zhixing.ui.forms import FieldView, FormView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhixing.kernel.errors import Problem

_CHOOSE = "请从列表中选择。"
# What a reader of JSON says to programmers, said to people. By code, or by code and last name of the path.
_SENTENCES = {
    ("interest.missing", "due"): "没有填写履行期间的最后一日，",
    ("interest.missing", "parts"): "没有填写任何债务，",
    ("interest.rate_unit", "per"): "没有选择利率按日、按月还是按年，",
}
_MENDS = {
    ("interest.missing", "due"): "请填写生效法律文书确定的最后一日；分期履行的，在各项债务中分别填写。",
    ("interest.missing", "parts"): "请至少填写一项债务。",
    ("interest.missing", ""): "请填写。",
    ("interest.rate_unit", "per"): "请选择。",
    ("interest.unknown_word", ""): _CHOOSE,
    ("interest.negative", ""): "请填写不小于零的数额。",
    ("interest.not_a_day", ""): "请按“年-月-日”填写，例如 2025-03-10。",
    ("interest.rate", ""): "请填写 0.05% 这样带百分号的利率，或者 1.5*LPR1Y、4*LPR1Y@2021-03-01、benchmark。",
    ("input.choice", ""): _CHOOSE,
    ("input.missing", "rule"): "请选择一个期限。",
    ("input.missing", ""): "请填写。",
    ("deadline.rule", ""): _CHOOSE,
    ("fees.no_amount", ""): "请填写金额，或者选择非财产案件的种类。",
    ("fees.item", ""): "请不要选择种类，或者把费用种类改为案件受理费。",
    ("fees.halved", ""): "请取消减半。",
    ("fees.doubled", ""): "请删去加倍部分的数额。",
    ("distribution.asset", ""): "请填写上面“执行所得”中的名称。",
    ("distribution.asset_unused", ""): "请删去财产的名称。",
    ("distribution.criminal", ""): "请核对被执行人是否同时承担刑事责任。",
    ("distribution.bankruptcy", ""): "请不要选择移送破产，或者更正被执行人的种类。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The form in two parts; `is_open`: the folded part holds something or is wrong."""

    form: FormView
    shown: tuple[FieldView, ...]
    folded: tuple[FieldView, ...]
    is_open: bool


def form_drawn(
    shape: Shape,
    filled: Filled,
    *,
    problems: Sequence[Problem] = (),
    paths: Mapping[str, str] | None = None,
    action: str = "",
) -> Drawn:
    """Draw it. `paths`: see `Shape.finish`."""
    by_field, others = _placed(shape, filled, problems, paths or {})
    shown = tuple(_part(part, filled, by_field) for part in shape.parts)
    folded = tuple(_part(part, filled, by_field) for part in shape.folded)
    is_open = any(view.problems or view.value or view.items for view in folded)
    form = FormView(action=action, fields=(*shown, *folded), problems=others)
    return Drawn(form=form, shown=shown, folded=folded, is_open=is_open)


def _placed(
    shape: Shape, filled: Filled, problems: Iterable[Problem], paths: Mapping[str, str]
) -> tuple[Mapping[str, list[Problem]], list[Problem]]:
    """Problems by the field they stand beside; the rest belongs to the form as a whole."""
    names = _names(shape, filled)
    by_field: dict[str, list[Problem]] = defaultdict(list)
    others: list[Problem] = []
    for problem in dict.fromkeys(problems):
        path = _path(problem.field or "", paths)
        told = _worded(problem, names.get(path, names.get(path.rpartition(".")[0], "")))
        while path and path not in names:
            path = path.rpartition(".")[0]
        if path:
            by_field[path].append(replace(told, field=posted(path)))
        else:
            others.append(replace(told, field=None))
    return by_field, others


def _names(shape: Shape, filled: Filled) -> dict[str, str]:
    """Every path of the page, as people call it."""
    names: dict[str, str] = {}
    for part in shape.all:
        names[part.name] = f"“{part.label}”"
        if isinstance(part, Rows):
            for number in range(max(len(filled.rows.get(part.name, ())), part.shown)):
                at = f"“{part.label}”第 {number + 1} 行"
                names |= {f"{part.name}.{number}.{cell.name}": f"{at}的“{cell.label}”" for cell in part.cells}
    return names


def _path(path: str, paths: Mapping[str, str]) -> str:
    """The page's path for a path of the JSON: the longest known beginning decides."""
    head, tail = path, ""
    while head:
        if head in paths:
            return f"{paths[head]}{tail}"
        head, _, last = head.rpartition(".")
        tail = f".{last}{tail}"
    return path


def _worded(problem: Problem, name: str) -> Problem:
    last = (problem.field or "").rpartition(".")[2]
    mend = _MENDS.get((problem.code, last), _MENDS.get((problem.code, ""), problem.mend))
    sentence = _SENTENCES.get((problem.code, last), problem.sentence)
    if problem.field and name:
        sentence = sentence.replace(problem.field, name).replace(f"“{last}”", name)
    return replace(problem, sentence=sentence, mend=mend)


def _part(part: Cell | Rows, filled: Filled, problems: Mapping[str, list[Problem]]) -> FieldView:
    if isinstance(part, Cell):
        return _cell(part, part.name, filled.texts.get(part.name, ""), problems)
    rows = filled.rows.get(part.name, [])
    blank = {cell.name: cell.default for cell in part.cells}
    drawn = [*rows, *([blank] * (part.shown - len(rows)))]
    return FieldView(
        name=posted(part.name),
        label=part.label,
        widget="rows",
        hint=part.hint,
        required=part.required,
        problems=problems.get(part.name, ()),
        items=[_row(part, str(number), row, problems) for number, row in enumerate(drawn)],
        blank=_row(part, "__n__", blank, {}),
    )


def _row(
    part: Rows, number: str, row: Mapping[str, str], problems: Mapping[str, list[Problem]]
) -> list[FieldView]:
    return [
        _cell(cell, f"{part.name}.{number}.{cell.name}", row.get(cell.name, ""), problems)
        for cell in part.cells
    ]


def _cell(cell: Cell, path: str, text: str, problems: Mapping[str, list[Problem]]) -> FieldView:
    return FieldView(
        name=posted(path),
        label=cell.label,
        widget=cell.widget,
        value=text == "true" if cell.widget == "checkbox" else text,
        choices=cell.choices,
        hint=cell.hint,
        required=cell.required,
        unit=cell.unit,
        max_length=cell.max_length if cell.widget == "text" else 0,
        problems=problems.get(path, ()),
    )
