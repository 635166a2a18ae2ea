"""Court fees: enforcement and preservation (诉讼费用交纳办法第十四条), acceptance (第十三条)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import ZERO, round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhixing.law.schemas import FeeItem

KINDS = {"execution": "执行申请费", "preservation": "保全申请费", "acceptance": "案件受理费"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee in yuan, two places, with the steps of the scale.

    Attributes:
        base: amount it is computed on; None for a case without an amount.
        status: ``default`` when a setting of the court decided.
        notes: who pays, when, and what is a setting.
    """

    amount: Decimal
    base: Decimal | None
    steps: tuple[Step, ...]
    status: str
    book_hash: str
    kind: str = "execution"
    on: date | None = None
    notes: tuple[str, ...] = ()

    def sheet(self) -> Sheet:
        """The calculation sheet."""
        base = f"{yuan(self.base)} 元" if self.base is not None else "没有金额"
        given = [("费用种类", KINDS[self.kind]), ("计算基数", base)]
        if self.on is not None:
            given.append(("适用标准的日期", self.on.isoformat()))
        return Sheet(
            kind="fee",
            title=f"{KINDS[self.kind]}计算书",
            given=tuple(given),
            results=((KINDS[self.kind], f"{yuan(self.amount)} 元"),),
            steps=self.steps,
            notes=self.notes,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values; amounts as text."""
        return {
            "kind": self.kind,
            "on": self.on.isoformat() if self.on else None,
            "base": str(self.base) if self.base is not None else None,
            "fee": str(self.amount),
            "status": self.status,
            "steps": steps_printed(self.steps, law_book or book()),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }


def execution_fee(amount: Decimal | None, on: date, law_book: LawBook | None = None) -> Fee:
    """The enforcement fee (执行申请费), collected from the debtor after enforcement (第二十、三十八条).

    Args:
        amount: amount executed, yuan, ≥ 0 (see `execution_base`); None for a case without an amount (then a
            setting of 50 to 500).
        on: day by whose scale it is computed.
        law_book: the platform's book when left out.

    Raises:
        InvalidInput: negative amount. NoRuleInForce: before 2007-04-01. TypeError: a float.
    """
    law_book = law_book or book()
    rules = law_book.at(on)
    notes = ("执行申请费不预交，执行后由被执行人负担，从执行所得中先行收取；中止后恢复执行的不再收取。",)
    if amount is None:
        entry = rules.entry("fees.execution_no_amount")
        step = Step(text="没有执行金额，按件收取", value=yuan(entry.value), law=entry.source)
        notes += ("按件收取的数额为本院设定（办法规定每件五十元至五百元），由法院确认。",)
        return _fee("execution", entry.value, None, on, [step], entry.status, notes, law_book)
    entry = rules.entry("fees.execution")
    exact, steps = by_scale(_checked(amount), entry.value, entry.source)
    return _fee("execution", round_half_up(exact), amount, on, steps, entry.status, notes, law_book)


def preservation_fee(amount: Decimal | None, on: date, law_book: LawBook | None = None) -> Fee:
    """The preservation fee (保全申请费), prepaid by the applicant, with its upper limit. Arguments as above."""
    law_book = law_book or book()
    rules = law_book.at(on)
    entry, cap = rules.entry("fees.preservation"), rules.entry("fees.preservation_cap")
    exact, steps = by_scale(_checked(amount if amount is not None else ZERO), entry.value, entry.source)
    fee = round_half_up(exact)
    if fee > cap.value:
        fee = cap.value
        steps.append(Step(text=f"最高不超过 {yuan(cap.value)} 元", value=yuan(fee), law=cap.source))
    notes = ("保全申请费由申请人预交，可以在诉讼中主张由对方负担。",)
    return _fee("preservation", fee, amount, on, steps, entry.status, notes, law_book)


def acceptance_fee(
    amount: Decimal | None,
    on: date,
    law_book: LawBook | None = None,
    *,
    item: str = "",
    halved: bool = False,
) -> Fee:
    """The case acceptance fee (案件受理费), for checking titles.

    Args:
        amount: amount claimed, yuan, ≥ 0; with an item the property or damages beside it; None when there is none.
        on: day by whose scale it is computed.
        law_book: the platform's book when left out.
        item: code of the table ``fees_items`` for a case that is not about property; empty otherwise.
        halved: closed by mediation or withdrawal, or heard by summary procedure (第十五、十六条).

    Raises:
        InvalidInput: negative amount, or neither amount nor item. UnknownRule: no such item. NoRuleInForce.
    """
    law_book = law_book or book()
    rules = law_book.at(on)
    if item:
        row = cast("FeeItem", rules.row("fees_items", item))
        exact, steps = _by_item(row, None if amount is None else _checked(amount))
        status, notes = row.status, ()
        if row.status == "default":
            notes = (f"每件 {yuan(row.least)} 元至 {yuan(row.most)} 元，采用的数额为本院设定，由法院确认。",)
    else:
        if amount is None:
            raise InvalidInput([_no_amount()])
        entry = rules.entry("fees.acceptance")
        exact, steps = by_scale(_checked(amount), entry.value, entry.source)
        status, notes = entry.status, ()
    if halved:
        half = rules.entry("fees.acceptance_halved")
        exact *= half.value
        steps.append(Step(text="减半交纳", value=yuan(round_half_up(exact)), law=half.source))
    return _fee("acceptance", round_half_up(exact), amount, on, steps, status, notes, law_book)


def execution_base(
    *, executed: Decimal, doubled: Decimal, on: date, law_book: LawBook | None = None
) -> tuple[Decimal, Step]:
    """The amount executed (执行金额) on which the enforcement fee is taken (FEE-03).

    Args:
        executed: money executed without the doubled part, yuan.
        doubled: doubled part of delayed interest executed; counted by the setting ``fees.execution_base_doubled``.
        on: day by whose setting it is judged.
        law_book: the platform's book when left out.
    """
    entry = (law_book or book()).at(on).entry("fees.execution_base_doubled")
    base = _checked(executed) + (_checked(doubled) if entry.value else ZERO)
    words = "计入" if entry.value else "不计入"
    text = f"执行金额：{yuan(executed)} 元，加倍部分债务利息 {yuan(doubled)} 元{words}（本院设定）"
    return base, Step(text=text, value=yuan(base), law=entry.source)


def by_scale(
    amount: Decimal, brackets: Sequence[dict[str, Any]], source: tuple[str, ...]
) -> tuple[Decimal, list[Step]]:
    """Add up the brackets, unrounded. The first one is a flat sum that covers everything up to its limit."""
    total, lower, steps = Decimal(0), Decimal(0), []
    for bracket in brackets:
        upper = Decimal(bracket["to"]) if bracket["to"] is not None else None
        if "flat" in bracket:
            part = Decimal(bracket["flat"])
            text = f"不超过 {yuan(upper or lower)} 元的部分"
        else:
            rate = Decimal(bracket["rate"])
            reached = amount if upper is None else min(amount, upper)
            part = (reached - lower) * rate
            text = f"超过 {yuan(lower)} 元至 {yuan(reached)} 元的部分，按 {(rate * 100).normalize():f}%"
        total += part
        steps.append(Step(text=text, value=f"{part:.4f}".rstrip("0").rstrip("."), law=source))
        if upper is None or amount <= upper:
            break
        lower = upper
    steps.append(Step(text="合计", value=yuan(total), law=source))
    return total, steps


def _by_item(row: FeeItem, amount: Decimal | None) -> tuple[Decimal, list[Step]]:
    steps = [Step(text=f"{row.title}，按件收取", value=yuan(row.amount), law=row.source)]
    if amount is None or not row.brackets:
        return row.amount, steps
    more, scale = by_scale(amount, row.brackets, row.source)
    return row.amount + more, [
        *steps,
        *scale[:-1],
        Step(text="合计", value=yuan(row.amount + more), law=row.source),
    ]


def _fee(
    kind: str,
    amount: Decimal,
    base: Decimal | None,
    on: date,
    steps: Sequence[Step],
    status: str,
    notes: tuple[str, ...],
    law_book: LawBook,
) -> Fee:
    return Fee(
        amount=amount, base=base, steps=tuple(steps), status=status, book_hash=law_book.hash,
        kind=kind, on=on, notes=notes,
    )  # fmt: skip


def _checked(amount: Decimal) -> Decimal:
    if isinstance(amount, float):
        raise TypeError("amounts are Decimal, never float")
    if amount < 0:
        problem = Problem(
            code="fees.negative",
            sentence=f"金额 {amount} 是负数，",
            mend="请填写不小于零的金额。",
            field="amount",
        )
        raise InvalidInput([problem])
    return amount


def _no_amount() -> Problem:
    return Problem(
        code="fees.no_amount",
        sentence="案件受理费既没有金额，也没有案件种类，",
        mend="请填写金额，或者用 item 说明非财产案件的种类。",
        field="amount",
        law="fees.13",
    )
