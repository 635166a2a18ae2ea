"""A whole history of an account under freezes: read from JSON, run, shown as a sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem
from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.freezes.account import Account, account_open, holdings
from zhixing.law.freezes.moves import Credit, Debit, Deduct, Freeze, Lift, Move, Renew, move_apply, settled
from zhixing.law.measures.periods import kind_known
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.terms.reading import Fields, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zhixing.law.steps import Step

_MOVES = ("freeze", "credit", "debit", "lift", "renew", "deduct")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeInput:
    """Balance at the beginning, what happened since in order of time, and the day of the answer."""

    balance: Decimal
    opened: date
    as_of: date
    moves: tuple[Move, ...]
    kind: str = "deposit"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeHistory:
    """The account on the day of the answer, how it came there, and which moves were refused (they changed nothing)."""

    given: FreezeInput
    account: Account
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    def as_json(self) -> dict[str, object]:
        """`{"balance","frozen","free","orders":[{name,limit,frozen_now,excess,state,start,end}],"refused",…}`."""
        return {
            "as_of": self.given.as_of.isoformat(),
            "balance": str(self.account.balance),
            "frozen": str(self.account.frozen),
            "free": str(self.account.free),
            "orders": [
                {
                    "name": held.order.name,
                    "limit": str(held.order.limit),
                    "frozen_now": str(held.frozen_now),
                    "excess": str(held.excess),
                    "state": "waiting" if held.order.is_waiting else "in_force",
                    "start": held.order.start.isoformat() if held.order.start else None,
                    "end": held.order.end.isoformat() if held.order.end else None,
                }
                for held in holdings(self.account)
            ],
            "refused": [{"field": p.field, "code": p.code, "text": str(p)} for p in self.problems],
            "steps": [step.text for step in self.steps],
            "book_hash": self.book_hash,
        }

    def sheet(self) -> Sheet:
        """The sheet: what each freeze holds, then the steps."""
        rows = tuple(
            (
                str(rank),
                held.order.name,
                yuan(held.order.limit),
                yuan(held.frozen_now),
                yuan(held.excess),
                "轮候" if held.order.is_waiting else "有效",
                held.order.end.isoformat() if held.order.end else "",
            )
            for rank, held in enumerate(holdings(self.account), start=1)
        )
        columns = ("顺位", "冻结", "数额", "实际冻结", "不足", "状态", "届满")
        return Sheet(
            kind="freezes",
            title="账户冻结计算书",
            given=(
                ("期初余额", f"{yuan(self.given.balance)} 元"),
                ("期初", self.given.opened.isoformat()),
                ("计算日", self.given.as_of.isoformat()),
            ),
            results=(
                ("余额", f"{yuan(self.account.balance)} 元"),
                ("可用", f"{yuan(self.account.free)} 元"),
                ("已冻结", f"{yuan(self.account.frozen)} 元"),
            ),
            tables=(SheetTable(title="各项冻结", columns=columns, rows=rows, numeric=(0, 2, 3, 4)),),
            steps=self.steps,
            notes=("后到账款项先补足已登记的冻结，是银行的通行做法。",),
            problems=self.problems,
            book_hash=self.book_hash,
        )


def freeze_read(given: Mapping[str, object], law_book: LawBook | None = None) -> FreezeInput:
    """Read `{"kind","balance","opened","as_of","moves":[{"move","on","name","amount","years","outstanding"}]}`.

    `move` is freeze, credit, debit, lift, renew or deduct; the amount of a freeze is its limit, a lift without an
    amount is of the whole.

    Raises:
        InvalidInput: with every problem, each naming its field.
    """
    problems: list[Problem] = []
    fields = Fields(given, problems)
    kind = fields.text("kind") or "deposit"
    balance = fields.amount("balance", needed=True)
    opened, as_of = fields.day("opened", needed=True), fields.day("as_of", needed=True)
    moves = [_move(row) for row in fields.rows("moves")]
    fields.done()
    if opened:
        kind_known(fields, kind, opened, law_book or book(), "opened")
    if opened and as_of:
        _in_order(fields, moves, opened, as_of)
    refuse(problems)
    return FreezeInput(
        balance=balance or ZERO,
        opened=opened or date.max,
        as_of=as_of or date.max,
        kind=kind,
        moves=tuple(move for move in moves if move is not None),
    )


def freeze_run(given: FreezeInput, law_book: LawBook | None = None) -> FreezeHistory:
    """Run a history to the day of the answer. A move that is refused is told and left out."""
    law_book = law_book or book()
    account = account_open(given.balance, given.opened, kind=given.kind)
    steps: list[Step] = []
    problems: list[Problem] = []
    for no, move in enumerate(given.moves):
        outcome = move_apply(account, move, law_book)
        account = outcome.account
        steps += outcome.steps
        problems += [replace(problem, field=f"moves.{no}") for problem in outcome.problems]
    passed = settled(account, max(given.as_of, account.on), law_book)
    return FreezeHistory(
        given=given,
        account=passed.account,
        steps=(*steps, *passed.steps),
        problems=tuple(problems),
        book_hash=law_book.hash,
    )


def _move(row: Fields) -> Move | None:
    what = row.choice("move", _MOVES, needed=True)
    on = row.day("on", needed=True)
    whole_lift = what in ("lift", "renew")
    amount = row.amount("amount", needed=bool(what) and not whole_lift, positive=True)
    named = what in ("freeze", "lift", "renew", "deduct")
    name = row.text("name", needed=named, expected="请填写冻结的文号") if named else ""
    years = row.count("years", least=1) if what in ("freeze", "renew") else None
    owed = row.amount("outstanding", needed=True) if what == "deduct" else None
    row.done()
    if on is None or (amount is None and not whole_lift):
        return None
    return _made(what, on, name, amount, years, owed)


def _made(  # one argument per field of the row
    what: str, on: date, name: str, amount: Decimal | None, years: int | None, owed: Decimal | None
) -> Move | None:
    money = amount or ZERO
    if what == "freeze":
        return Freeze(on=on, name=name, limit=money, years=years)
    if what == "lift":
        return Lift(on=on, name=name, amount=amount)
    if what == "renew":
        return Renew(on=on, name=name, years=years)
    if what == "deduct":
        return Deduct(on=on, name=name, amount=money, outstanding=owed or ZERO)
    if what in ("credit", "debit"):
        return Credit(on=on, amount=money) if what == "credit" else Debit(on=on, amount=money)
    return None


def _in_order(fields: Fields, moves: list[Move | None], opened: date, as_of: date) -> None:
    last = opened
    for no, move in enumerate(moves):
        if move is None:
            continue
        if move.on < last:
            expected = f"按先后顺序填写，不早于 {last.isoformat()}"
            fields.wrong(f"moves.{no}.on", expected, f"收到 {move.on.isoformat()}", "freeze.order")
        last = max(last, move.on)
    if as_of < last:
        fields.wrong("as_of", f"计算日不早于 {last.isoformat()}", f"收到 {as_of.isoformat()}", "freeze.order")
