"""docs/law-coverage.md: every rule of the two rule books and where it stands."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.coverage.judging import Covered, coverage
from zhixing.law.coverage.listed import Reasons, reasons
from zhixing.law.coverage.places import CodePlace, readers_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STATES = {"encoded": "已编码", "setting": "设定", "not_software": "不属软件", "missing": "缺"}
_MOST = 4
_HEAD = """# 法律规则覆盖表

由 `zhixing catalogue` 从规则清单、法律表和代码生成，不要手工修改；`zhixing catalogue --check` 检查是否过期。

两本规则书的每一条规则都在这里，状态三选一：

- **已编码**：写在法律表里（表名后是行的代码），或者写在函数里（函数的说明引用该编号）；只作条文提示、由人判断的，说明栏注明；
- **设定**：规则书不能确定的，用默认值，由所列部门确认后使用；
- **不属软件**：说明理由。

「可信」一栏是规则书自己的标记：V、P 已核对原文，S 见于网页，C 见于公开程序，K 出自知识，U 不确定，L 地方规定，D 本系统设计。
"""


def coverage_text(checkout: Path, law_book: LawBook | None = None) -> str:
    """The whole file."""
    law_book = law_book or book()
    given = reasons()
    found = coverage(checkout, given=given, law_book=law_book)
    parts = [_HEAD, _counts(found)]
    for name, members in groupby(found, key=lambda one: one.rule.book):
        parts.append(f"## {name}\n")
        for section, rows in groupby(members, key=lambda one: one.rule.section):
            parts += [f"### {section}\n", _rows(rows, given)]
    parts += [_settings(found, given), _readers(law_book, checkout)]
    return "\n".join(parts).rstrip() + "\n"


def _counts(found: tuple[Covered, ...]) -> str:
    lines = [
        "| 规则书 | 已编码 | 其中含设定 | 其中只作提示 | 设定 | 不属软件 | 合计 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, group in groupby(found, key=lambda one: one.rule.book):
        members = list(group)
        states = Counter(one.state for one in members)
        told = sum(one.state == "encoded" and one.told_only for one in members)
        mixed = sum(one.state == "encoded" and bool(one.settings) for one in members)
        lines.append(
            f"| {name} | {states['encoded']} | {mixed} | {told} | {states['setting']} | {states['not_software']} | {len(members)} |"
        )
    return "\n".join(lines) + "\n"


def _rows(rows: Iterable[Covered], given: Reasons) -> str:
    lines = ["| 编号 | 规则 | 可信 | 状态 | 位置 | 说明 |", "| --- | --- | --- | --- | --- | --- |"]
    for one in rows:
        cells = (
            one.rule.id,
            one.rule.title,
            one.rule.marks or "—",
            _STATES[one.state],
            _where(one),
            _note(one, given),
        )
        lines.append(f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _where(one: Covered) -> str:
    parts: list[str] = []
    tables = sorted(one.tables, key=lambda place: place.table)
    for table, group in groupby(tables, key=lambda place: place.table):
        codes = [place.code for place in group if place.code]
        shown = "、".join(codes[:_MOST]) + (f" 等 {len(codes)} 项" if len(codes) > _MOST else "")
        parts.append(f"表 `{table}`" + (f"：{shown}" if shown else ""))
    parts += [f"`{place.name}`" for place in _nearest(one)]
    tests = [place.path.removeprefix("tests/") for place in one.tests if place.path.startswith("tests/law/")]
    parts += [f"测试 `{path}`" for path in tests[:2]]
    return "<br>".join(parts) or "—"


def _nearest(one: Covered) -> list[CodePlace]:
    """Functions of the law room; those of other rooms only where the law room holds nothing of the rule."""
    ours = [place for place in one.code if place.name.startswith("law.")]
    return (ours or ([] if one.tables else list(one.code)))[:3]


def _note(one: Covered, given: Reasons) -> str:
    if one.why:
        return one.why
    if one.state == "setting":
        return f"由{given.who_confirms(one.tables[0].table)}确认"
    words = ["条文提示，由人判断"] if one.told_only else []
    if one.settings:
        words.append(f"含设定 {len(one.settings)} 项")
    return "；".join(words)


def _settings(found: tuple[Covered, ...], given: Reasons) -> str:
    """Each setting once: what the default is and who confirms it."""
    lines = ["## 全部设定\n", "| 设定 | 默认 | 规则 | 由谁确认 |", "| --- | --- | --- | --- |"]
    seen: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for one in found:
        for place in one.settings:
            seen.setdefault((place.table, place.code), (place.default, []))[1].append(one.rule.id)
    for (table, code), (default, rules) in sorted(seen.items()):
        name = f"{table}.{code}" if code else table
        lines.append(
            f"| `{name}` | {default.replace('|', '／')} | {'、'.join(rules)} | {given.who_confirms(table)} |"
        )
    return "\n".join(lines) + "\n"


def _readers(law_book: LawBook, checkout: Path) -> str:
    """Which modules name a table: a table that none names is only looked up."""
    lines = ["## 表和读取它的代码\n", "| 表 | 读取它的代码 |", "| --- | --- |"]
    for table, modules in readers_of(law_book, checkout / "src" / "zhixing").items():
        shown = "、".join(f"`{name}`" for name in modules[:_MOST]) + (" 等" if len(modules) > _MOST else "")
        lines.append(f"| `{table}` | {shown or '—（只供查阅）'} |")
    return "\n".join(lines) + "\n"
