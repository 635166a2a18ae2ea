"""The catalogue of acts as Markdown, read off the registry, the approval table and the law book."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from itertools import groupby
from types import CodeType, FunctionType, ModuleType
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from zhixing.acts.kinds import SENSITIVE, Act, ActFields, Audience
from zhixing.acts.registry import all_acts
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.documents.domain.kinds import KINDS
from zhixing.law.approvals import Chain, chain_for
from zhixing.law.book import book

ROOMS = {
    "cases": "案件", "inquiry": "查询", "control": "控制", "funds": "案款", "disclosure": "公开", "processes": "流程", "command": "指挥",
}  # fmt: skip
AUDIENCES = {
    Audience.INTERNAL: "只在法院内部", Audience.APPLICANT: "申请执行人", Audience.PARTIES: "当事人",
    Audience.AFTER_MEASURE: "措施实施后当事人可知", Audience.PUBLIC: "公开",
}  # fmt: skip
HEAD = """# 行为目录

由 `zhixing catalogue` 从代码生成，不要手工修改；`zhixing catalogue --check` 检查是否过期。

每种行为一个文件。网页、数据接口（`POST /api/acts/<代码>`）和命令行（`zhixing act <代码>`）走同一套检查、审批、用印和日志。
"""


def catalogue_text() -> str:
    """The whole file, acts in order of their codes."""
    kinds = all_acts()
    parts = [HEAD, _contents(kinds)]
    for room, members in groupby(kinds, key=_room):
        parts.append(f"## {ROOMS.get(room, room)}\n")
        parts += [_act(kind) for kind in members]
    return "\n".join(parts).rstrip() + "\n"


def _room(kind: Act) -> str:
    return kind.code.split(".", 1)[0]


def _contents(kinds: Iterable[Act]) -> str:
    rows = ["| 代码 | 行为 | 由谁提出 | 审批 |", "| --- | --- | --- | --- |"]
    for kind in kinds:
        road = " → ".join(f"{ROLE_NAMES[Role(s.role)]}{s.name}" for s in _steps(kind)) or "即时生效"
        rows.append(
            f"| [`{kind.code}`](#{kind.code.replace('.', '')}) | {kind.title} | {_people(kind)} | {road} |"
        )
    return "\n".join(rows) + "\n"


def _act(kind: Act) -> str:
    lines = [
        f'### <a id="{kind.code.replace(".", "")}"></a>{kind.title}　`{kind.code}`\n',
        f"{kind.summary}\n",
        f"- 由谁提出：{_people(kind)}",
        f"- 属于案件：{'是' if kind.case_bound else '否'}；字段版本：{kind.version}",
        f"- 谁可以知道：{AUDIENCES[kind.audience]}" + (f"（当事人看到：{kind.plain}）" if kind.plain else ""),
        f"- 依据：{_laws(kind.law) or '—'}",
    ]
    lines += [line for chain in _chains(kind) for line in _road(chain)] or ["- 审批：不需要"]
    papers = papers_of(kind)
    lines.append(f"- 文书：{'、'.join(KINDS[code].label for code in papers) or '无'}")
    return "\n".join([*lines, "", _fields(kind)])


def _people(kind: Act) -> str:
    named = [ROLE_NAMES[role] for role in sorted(kind.drafters)]
    others = [(kind.by_party, "当事人"), (kind.by_agency, "协助单位"), (kind.by_system, "系统")]
    return "、".join([*named, *(word for is_so, word in others if is_so)])


def _steps(kind: Act) -> tuple[Any, ...]:
    return tuple(chain_for(kind.chain).steps) if kind.chain else ()


def _chains(kind: Act) -> list[Chain]:
    """The general chain first, then the practice of single courts."""
    rows = [row for row in book().all_rows("approval.chains") if row.code == kind.chain]
    return sorted(rows, key=lambda row: (row.court is not None, row.court or 0))


def _road(chain: Chain) -> list[str]:
    lines = [f"- 审批{f'（法院代码 {chain.court}：{chain.title}）' if chain.court is not None else ''}："]
    for no, step in enumerate(chain.steps, 1):
        source = f"（{_laws([step.law])}）" if step.law else ""
        lines.append(f"  {no}. {ROLE_NAMES[Role(step.role)]}　{step.name}{source}")
    return lines


def _laws(keys: Iterable[str]) -> str:
    return "、".join(book().citation(key).short for key in keys)


def _fields(kind: Act) -> str:
    if not kind.Fields.model_fields:
        return "没有字段。\n"
    rows = ["| 字段 | 名称 | 类型 | 必填 | 说明 |", "| --- | --- | --- | --- | --- |"]
    for name, info in kind.Fields.model_fields.items():
        rows += _field(name, info)
    return "\n".join(rows) + "\n"


def _field(name: str, info: FieldInfo) -> list[str]:
    sealed = SENSITIVE in info.metadata
    note = "；".join(part for part in (info.description or "", "加密保存" if sealed else "") if part)
    rows = [
        f"| `{name}` | {info.title or name} | {_type(info.annotation)} | {'是' if info.is_required() else '否'} | {note} |"
    ]
    inner = next(
        (arg for arg in get_args(info.annotation) if inspect.isclass(arg) and issubclass(arg, ActFields)),
        None,
    )
    if inner is not None:
        for part, part_info in inner.model_fields.items():
            rows += _field(f"{name}[].{part}", part_info)
    return rows


def _type(annotation: Any) -> str:
    words = {
        "str": "文字",
        "int": "整数",
        "bool": "是否",
        "Decimal": "金额",
        "date": "日期",
        "UUID": "编号",
        "NoneType": "",
    }
    origin = get_origin(annotation)
    if origin is list:
        return f"{_type(get_args(annotation)[0])}（多项）"
    if str(origin) == "typing.Literal":
        return " / ".join(f"`{value}`" for value in get_args(annotation) if value != "")
    if get_args(annotation):
        return next(filter(None, (_type(arg) for arg in get_args(annotation))), "")
    if inspect.isclass(annotation) and issubclass(annotation, ActFields):
        return "对象"
    return words.get(getattr(annotation, "__name__", ""), getattr(annotation, "__name__", str(annotation)))


def papers_of(kind: Act) -> list[str]:
    """Codes of the papers an act may produce: those named in `documents()` and in the functions it calls.

    Read off the code, so that no act keeps a second list that grows old.
    """
    found: set[str] = set()
    _collect(type(kind).documents, type(kind), found, set())
    return [code for code in KINDS if code in found]


def _collect(function: Callable[..., Any], owner: type | None, found: set[str], seen: set[Any]) -> None:
    if (
        not isinstance(function, FunctionType)
        or function in seen
        or not function.__module__.startswith("zhixing.")
    ):
        return
    seen.add(function)
    names, constants = _used(function.__code__)
    found.update(set(KINDS) & constants)
    scope = function.__globals__
    modules = [scope[name] for name in names if isinstance(scope.get(name), ModuleType)]
    for name in names:
        for value in (
            scope.get(name),
            getattr(owner, name, None),
            *(getattr(module, name, None) for module in modules),
        ):
            if isinstance(value, dict):
                found.update(set(KINDS) & {item for item in value.values() if isinstance(item, str)})
            elif isinstance(value, FunctionType):
                _collect(value, owner, found, seen)


def _used(code: CodeType) -> tuple[set[str], set[str]]:
    """Names and texts in a function, those in its comprehensions and inner functions included."""
    names, texts = set(code.co_names), {constant for constant in code.co_consts if isinstance(constant, str)}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more = _used(inner)
            names, texts = names | more[0], texts | more[1]
    return names, texts
