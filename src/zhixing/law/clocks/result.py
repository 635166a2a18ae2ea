"""What the two clocks tell, as values, as a sheet and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhixing.law.sheets import Sheet, SheetTable

if TYPE_CHECKING:
    from datetime import date

    from zhixing.kernel.errors import Problem
    from zhixing.law.clocks.inputs import ClockInput
    from zhixing.law.steps import Step

State = Literal["running", "due_today", "overdue", "in_time", "late"]
STATE_WORDS: dict[State, str] = {
    "running": "进行中",
    "due_today": "今日届满",
    "overdue": "已届满，未结",
    "in_time": "期限内结案",
    "late": "超期结案",
}
_KIND_WORDS = {"money": "首次执行、恢复执行", "administrative": "非诉执行", "criminal": "刑事裁判涉财产部分"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Days that do not count, first and last included, on one or several grounds."""

    first: date
    last: date
    grounds: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCounted:
    """An entered span (by its position) that this clock does not deduct, and why."""

    index: int
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock.

    Attributes:
        kind: internal or creditor. start: day of the event, not counted.
        base_due: end without deductions. days: deducted days. months: approved extension.
        due: last day. right_from: first day on which the creditor may go to the superior court (creditor only).
        suspended: a deduction still runs on the day of calculation; `due` moves on with it.
        remaining: days from the day of calculation to `due`, negative when past.
    """

    kind: Literal["internal", "creditor"]
    title: str
    start: date
    base_due: date
    blocks: tuple[Block, ...]
    days: int
    months: int
    due: date
    right_from: date | None
    suspended: bool
    remaining: int
    state: State
    left_out: tuple[NotCounted, ...]
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        return {
            "start": self.start.isoformat(),
            "base_due": self.base_due.isoformat(),
            "deducted_days": self.days,
            "extension_months": self.months,
            "due": self.due.isoformat(),
            "right_from": self.right_from.isoformat() if self.right_from else None,
            "suspended": self.suspended,
            "remaining_days": self.remaining,
            "state": self.state,
            "blocks": [
                {
                    "from": b.first.isoformat(),
                    "to": b.last.isoformat(),
                    "days": b.days,
                    "grounds": list(b.grounds),
                }
                for b in self.blocks
            ],
            "not_counted": [{"span": n.index, "ground": n.ground, "reason": n.reason} for n in self.left_out],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoClocks:
    """Both clocks of a case; the creditor's is None where no application was received."""

    case: ClockInput
    internal: Clock
    creditor: Clock | None
    problems: tuple[Problem, ...]
    steps: tuple[Step, ...]
    book_hash: str

    def as_json(self) -> dict[str, object]:
        """`{"as_of","internal":{…},"creditor":{…}|null,"warnings":[…],"steps":[…],"book_hash"}`."""
        return {
            "as_of": self.case.as_of.isoformat(),
            "internal": self.internal.as_json(),
            "creditor": self.creditor.as_json() if self.creditor else None,
            "warnings": [{"code": p.code, "field": p.field, "text": str(p)} for p in self.problems],
            "steps": [step.text for step in self.steps],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The calculation sheet, with the deducted days of each clock."""
        clocks = [clock for clock in (self.internal, self.creditor) if clock]
        results = [line for clock in clocks for line in _results(clock)]
        return Sheet(
            kind="clocks",
            title="执行期限计算书",
            given=_given(self.case),
            results=tuple(results),
            tables=tuple(table for clock in clocks for table in _tables(clock)),
            steps=self.steps,
            notes=("拍卖、变卖的期间只从执行期限中扣除，不从申请执行人的六个月中扣除。",),
            problems=self.problems,
            book_hash=self.book_hash,
        )


def _given(case: ClockInput) -> tuple[tuple[str, str], ...]:
    lines = [
        ("案件", _KIND_WORDS[case.kind]),
        ("立案", case.docketed.isoformat()),
        (
            "收到委托函件" if case.entrusted else "收到申请执行书",
            case.received.isoformat() if case.received else "",
        ),
        ("计算日", case.as_of.isoformat()),
        ("结案", case.closed.isoformat() if case.closed else ""),
        ("登记的扣除期间", f"{len(case.spans)} 段"),
        ("延长", f"{len(case.extensions)} 次"),
    ]
    return tuple((label, text) for label, text in lines if text)


def _results(clock: Clock) -> list[tuple[str, str]]:
    state = STATE_WORDS[clock.state]
    if clock.suspended and clock.state == "running":
        state = "暂停计算，届满日随之顺延"
    lines = [(f"{clock.title}：扣除", f"{clock.days} 日")]
    if clock.months:
        lines.append((f"{clock.title}：延长", f"{clock.months} 个月"))
    lines.append((f"{clock.title}：状态", state))
    lines.append((f"{clock.title}：届满", clock.due.isoformat()))
    if clock.right_from:
        lines.append(("可以向上一级法院申请执行，自", clock.right_from.isoformat()))
    return lines


def _tables(clock: Clock) -> list[SheetTable]:
    tables: list[SheetTable] = []
    if clock.blocks:
        rows = tuple(
            (b.first.isoformat(), b.last.isoformat(), "、".join(b.grounds), str(b.days)) for b in clock.blocks
        )
        tables.append(
            SheetTable(
                title=f"{clock.title}：不计入的期间",
                columns=("起", "止", "事由", "日数"),
                rows=rows,
                numeric=(3,),
            )
        )
    if clock.left_out:
        rows = tuple((str(n.index + 1), n.ground, n.reason) for n in clock.left_out)
        tables.append(
            SheetTable(title=f"{clock.title}：未扣除的期间", columns=("登记序号", "事由", "原因"), rows=rows)
        )
    return tables
