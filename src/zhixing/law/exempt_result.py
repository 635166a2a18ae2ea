"""Accounts of a debtor: what is asked of them and what comes out; as a sheet and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

RESIDENCES = {"urban": "城镇", "rural": "农村"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account. exception: why a protection does not hold here, as the judge found; empty when none was found."""

    id: str
    label: str
    balance: Decimal
    exception: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptInput:
    """What is asked.

    Attributes:
        persons: debtor and dependants who live on this money; 0 for a company.
        region: code of the table ``living``; residence: urban or rural.
        standard: yuan per person and month as published locally; overrides the table.
        months: how many months are left; the setting when None.
        left_elsewhere: already left to the debtor by this or other courts, for whatever creditor.
        served: codes of the purposes that the claim serves, e.g. EXM-02 for wages of the project.
    """

    on: date
    accounts: tuple[Account, ...]
    persons: int = 0
    region: str = "130900"
    residence: str = "urban"
    standard: Decimal | None = None
    months: int | None = None
    left_elsewhere: Decimal = ZERO
    served: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One account: the most that may be frozen and deducted, what is left, and why. review: a person must look first."""

    account: Account
    code: str
    may_freeze: Decimal
    may_deduct: Decimal
    reserved: Decimal
    reason: str
    law: tuple[str, ...]
    review: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptView:
    """All accounts together. reserve: what must be left over all accounts; reserve_missing: not there to be left."""

    given: ExemptInput
    accounts: tuple[AccountView, ...]
    reserve: Decimal
    reserve_missing: Decimal
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    book_hash: str

    def sheet(self) -> Sheet:
        """The sheet."""
        rows = tuple(
            (
                v.account.label,
                yuan(v.account.balance),
                yuan(v.may_freeze),
                yuan(v.may_deduct),
                yuan(v.reserved),
                v.reason,
            )
            for v in self.accounts
        )
        return Sheet(
            kind="exempt",
            title="可冻结、扣划数额核对表",
            given=(("日期", self.given.on.isoformat()), ("需保障生活的人数", f"{self.given.persons} 人")),
            results=(
                ("应保留的生活必需费用", f"{yuan(self.reserve)} 元"),
                ("可以冻结合计", f"{yuan(sum((v.may_freeze for v in self.accounts), ZERO))} 元"),
                ("可以扣划合计", f"{yuan(sum((v.may_deduct for v in self.accounts), ZERO))} 元"),
            ),
            tables=(
                SheetTable(
                    title="账户",
                    columns=("账户", "余额", "可冻结", "可扣划", "保留", "理由"),
                    rows=rows,
                    numeric=(1, 2, 3, 4),
                ),
            ),
            steps=self.steps,
            notes=self.notes,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values; amounts as text."""
        law_book = law_book or book()
        return {
            "on": self.given.on.isoformat(),
            "reserve": str(self.reserve),
            "reserve_missing": str(self.reserve_missing),
            "accounts": [
                {
                    "id": v.account.id, "code": v.code, "may_freeze": str(v.may_freeze), "may_deduct": str(v.may_deduct),
                    "reserved": str(v.reserved), "review": v.review, "reason": v.reason, "law": law_book.short(*v.law),
                }
                for v in self.accounts
            ],
            "steps": steps_printed(self.steps, law_book),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }  # fmt: skip
