"""What can be wrong with a document's content, said in sentences."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel

from zhixing.kernel.errors import InvalidInput, Problem, ZhixingError

if TYPE_CHECKING:
    from pydantic import ValidationError


class DocumentError(ZhixingError):
    """Root of this room's errors; `str()` is a sentence for the user."""


class UnknownKind(DocumentError):
    """没有这种文书。"""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code = code
        super().__init__(f"没有代号为“{code}”的文书。现有代号：{'、'.join(known)}。")


class ContentRefused(InvalidInput):
    """文书内容不完整或者不合格，请逐条改正。"""

    def __init__(self, label: str, problems: list[Problem]) -> None:
        self.label = label
        super().__init__(problems)

    def __str__(self) -> str:
        told = "；".join(p.sentence for p in self.problems)
        return f"《{self.label}》有 {len(self.problems)} 处需要改正：{told}。"


def content_problems(model: type[BaseModel], refusal: ValidationError) -> list[Problem]:
    """One problem per finding, naming fields by their Chinese titles; values are never repeated."""
    return [
        Problem(
            code=f"documents.content.{error['type']}",
            sentence=_sentence(model, error),
            field=str(error["loc"][0]) if error["loc"] else None,
        )
        for error in refusal.errors(include_url=False, include_input=False)
    ]


def _sentence(model: type[BaseModel], error: Any) -> str:
    name = _path(model, error["loc"])
    given = error.get("ctx", {})
    plain = {
        "missing": f"缺少{name}",
        "extra_forbidden": f"{name}不是这种文书的内容，请删去",
        "string_too_short": f"{name}不能为空",
        "string_type": f"{name}应为文字",
        "string_too_long": f"{name}过长，最多 {given.get('max_length')} 个字",
        "too_short": f"{name}至少应有 {given.get('min_length')} 项",
        "decimal_max_places": f"{name}最多保留两位小数",
        "decimal_parsing": f"{name}应为金额，如 12300.50",
        "greater_than_equal": f"{name}不得小于 {given.get('ge')}",
        "less_than_equal": f"{name}不得大于 {given.get('le')}",
        "date_parsing": f"{name}应为日期，如 2026-03-04",
        "date_from_datetime_parsing": f"{name}应为日期，如 2026-03-04",
        "int_parsing": f"{name}应为整数",
    }.get(error["type"])
    if plain:
        return plain
    if error["type"] == "value_error":
        return f"{name}：{given['error']}" if name else str(given["error"])
    return f"{name}不合格（{error['msg']}）"


def _path(model: type[BaseModel], where: tuple[int | str, ...]) -> str:
    names: list[str] = []
    current: Any = model
    for step in where:
        if isinstance(step, int):
            names.append(f"第 {step + 1} 项")
            continue
        field = current.model_fields.get(step) if _is_model(current) else None
        names.append(f"“{field.title or step}”" if field else f"“{step}”")
        current = _inner(field.annotation) if field else None
    return "的".join(names)


def _is_model(candidate: Any) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


def _inner(annotation: Any) -> Any:
    """The model inside `Model | None` or `tuple[Model, ...]`, or None."""
    if _is_model(annotation):
        return annotation
    if get_origin(annotation) in {tuple, Union, types.UnionType}:
        return next((m for m in map(_inner, get_args(annotation)) if m), None)
    return None
