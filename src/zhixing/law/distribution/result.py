"""A distribution plan as it comes out: shares, refusals, clocks; as a sheet and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.distribution.inputs import BANKRUPTCY, DEBTORS
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from zhixing.kernel.errors import Problem
    from zhixing.law.distribution.admission import Refusal
    from zhixing.law.distribution.inputs import DistributionInput
    from zhixing.law.terms import Deadline

SCHEMES = {
    "participation": "参与分配：优先债权后，普通债权按比例受偿",
    "one_title": "一份法律文书的多个债权人：按比例受偿",
    "sealing": "按查封、扣押、冻结的先后顺序受偿",
    "stayed": "中止执行，不制作分配方案",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one claim gets.

    Attributes:
        lines: rank, thing (empty: common money), amount.
        amount: everything allotted; ``deposited`` of it is held back (争议提存或者债权未定预留), the rest is payable.
        owed_principal, owed_interest, owed_doubled: what stays owed after the share.
    """

    creditor: str
    name: str
    claim: str
    kind: str
    claimed: Decimal
    lines: tuple[tuple[str, str, Decimal], ...]
    amount: Decimal
    deposited: Decimal
    payable: Decimal
    owed_principal: Decimal
    owed_interest: Decimal
    owed_doubled: Decimal

    @property
    def owed(self) -> Decimal:
        """All that stays owed."""
        return self.owed_principal + self.owed_interest + self.owed_doubled


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan. ``gross = costs + fee + Σ shares + surplus``, to the cent."""

    given: DistributionInput
    scheme: str
    gross: Decimal
    costs: Decimal
    fee: Decimal
    shares: tuple[Share, ...]
    surplus: Decimal
    refused: tuple[Refusal, ...]
    clocks: tuple[Deadline, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    book_hash: str

    @property
    def net(self) -> Decimal:
        """What creditors may share."""
        return self.gross - self.costs - self.fee

    def of(self, creditor: str) -> Decimal:
        """Everything allotted to a creditor."""
        return sum((share.amount for share in self.shares if share.creditor == creditor), ZERO)

    def sheet(self) -> Sheet:
        """The sheet that is attached to the plan (分配方案)."""
        given, made = self.given, self.scheme != "stayed"
        shared = sum((share.amount for share in self.shares), ZERO)
        results = [("分配方式", SCHEMES[self.scheme])]
        if made:
            results += [
                ("变价等实际费用", f"{yuan(self.costs)} 元"),
                ("执行申请费", f"{yuan(self.fee)} 元"),
                ("可供债权人分配", f"{yuan(self.net)} 元"),
                ("退还被执行人前须核查的余款", f"{yuan(self.surplus)} 元"),
                ("分配合计", f"{yuan(shared)} 元"),
            ]
        pairs = [
            ("被执行人", DEBTORS[given.debtor]),
            ("制作日期", given.on.isoformat()),
            ("执行所得", f"{yuan(self.gross)} 元"),
            ("债权人", f"{len(given.creditors)} 人"),
        ]
        if given.debtor == "enterprise":
            pairs.append(("移送破产", BANKRUPTCY[given.bankruptcy]))
        return Sheet(
            kind="distribution",
            title="执行财产分配方案计算书",
            given=tuple(pairs),
            results=tuple(results),
            tables=tuple(table for table in (_shares(self), _refusals(self), _clocks(self)) if table.rows),
            steps=self.steps,
            notes=self.notes,
            problems=self.problems,
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values as documented in docs/law-distribution.md; amounts as text, citations as read by people."""
        law_book = law_book or book()
        return {
            "on": self.given.on.isoformat(),
            "scheme": self.scheme,
            "scheme_text": SCHEMES[self.scheme],
            "gross": str(self.gross),
            "costs": str(self.costs),
            "enforcement_fee": str(self.fee),
            "net": str(self.net),
            "shares": [_share_json(share) for share in self.shares],
            "surplus": str(self.surplus),
            "refused": [
                {
                    "creditor": refusal.creditor, "claim": refusal.claim, "code": refusal.code,
                    "reason": refusal.reason, "partly": refusal.partly, "law": law_book.short(*refusal.law),
                }
                for refusal in self.refused
            ],
            "clocks": [
                {"term": clock.code, "title": clock.title, "from": clock.start.isoformat(), "due": clock.due.isoformat()}
                for clock in self.clocks
            ],
            "steps": steps_printed(self.steps, law_book),
            "notes": list(self.notes),
            "warnings": [str(problem) for problem in self.problems],
            "book_hash": self.book_hash,
        }  # fmt: skip


def _share_json(share: Share) -> dict[str, Any]:
    text: Callable[[Decimal], str] = str
    return {
        "creditor": share.creditor,
        "name": share.name,
        "claim": share.claim,
        "kind": share.kind,
        "claimed": text(share.claimed),
        "share": text(share.amount),
        "payable": text(share.payable),
        "deposited": text(share.deposited),
        "lines": [
            {"rank": title, "asset": asset, "amount": text(part)} for title, asset, part in share.lines
        ],
        "owed": {
            "principal": text(share.owed_principal),
            "interest": text(share.owed_interest),
            "doubled": text(share.owed_doubled),
        },
    }


def _shares(plan: Plan) -> SheetTable:
    rows = [
        (
            share.name, share.claim, "；".join(title for title, _, _ in share.lines) or "—", yuan(share.claimed),
            yuan(share.amount), yuan(share.deposited), yuan(share.payable), yuan(share.owed),
        )
        for share in plan.shares
    ]  # fmt: skip
    return SheetTable(
        title="分配明细（元）",
        columns=("债权人", "债权", "受偿顺位", "申报数额", "分得", "提存或预留", "现付", "仍欠"),
        rows=tuple(rows),
        numeric=(3, 4, 5, 6, 7),
    )


def _refusals(plan: Plan) -> SheetTable:
    names = {creditor.id: creditor.name for creditor in plan.given.creditors}
    return SheetTable(
        title="不予列入",
        columns=("债权人", "债权", "范围", "理由"),
        rows=tuple(
            (names[r.creditor], r.claim, "优先受偿不足部分" if r.partly else "全部", r.reason)
            for r in plan.refused
        ),
    )


def _clocks(plan: Plan) -> SheetTable:
    return SheetTable(
        title="期限",
        columns=("事项", "起算之日", "届满之日"),
        rows=tuple((clock.title, clock.start.isoformat(), clock.due.isoformat()) for clock in plan.clocks),
    )
