"""What can go wrong with the law book itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.kernel.errors import ZhixingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class LawError(ZhixingError):
    """法律规则库无法给出答案。"""


class BrokenTables(LawError):
    """法律规则表有误，系统不能启动；请按列出的各项改正表格。"""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep all faults found in all files, each naming its file and row."""
        self.faults: tuple[str, ...] = tuple(faults)
        super().__init__("\n".join(self.faults))


class UnknownRule(LawError):
    """规则库中没有这一条规则，请核对规则编号。"""

    def __init__(self, rule: str) -> None:
        """Name the dotted id, code or citation key that is not in the book."""
        self.rule = rule
        super().__init__(f"规则库中没有“{rule}”")


class NoRuleInForce(LawError):
    """该日期早于规则的第一个生效日，系统不向前推算。"""

    def __init__(self, rule: str, on: date, first: date | None) -> None:
        """Name the rule, the day asked for and the first day the table knows (None when repealed)."""
        self.rule, self.on, self.first = rule, on, first
        known = f"规则表自 {first.isoformat()} 起" if first else "当日已无有效规定"
        super().__init__(f"规则“{rule}”在 {on.isoformat()} 没有可用的值：{known}")
