"""What may be frozen and deducted of a debtor's accounts, and what has to be left to live on (EXM-01 to EXM-24).

Every line is a proposal to a named judge, never a decision (个人信息保护法第二十四条).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from zhixing.kernel.money import ZERO, round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.exempt import ACTION_WORDS, matches_exempt
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from zhixing.law.exempt import ExemptMatch
    from zhixing.law.schemas import Exemption, LivingStandard

RESIDENCES = {"urban": "城镇", "rural": "农村"}
_KEYS = {"on", "persons", "region", "residence", "standard", "months", "left_elsewhere", "served", "accounts"}
_ACCOUNT = {"id", "label", "balance", "exception"}


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


def living_reserve(given: ExemptInput, law_book: LawBook | None = None) -> tuple[Decimal, Step]:
    """What the debtor and his dependants must be left, over all accounts and all creditors (查扣冻规定第三条).

    Raises:
        UnknownRule, NoRuleInForce: no standard for the region, or not on that day, and none was given.
    """
    law_book = law_book or book()
    rules = law_book.at(given.on)
    law = ("seizure.3", "setting")
    if not given.persons:
        return ZERO, Step(text="没有需要保障生活的人", value=yuan(ZERO), law=("seizure.3",))
    if given.standard is not None:
        standard, where = given.standard, "当地公布的标准"
    else:
        row = cast("LivingStandard", rules.row("living", given.region))
        standard = row.urban if given.residence == "urban" else row.rural
        where = f"{row.title}{RESIDENCES[given.residence]}标准（本院设定）"
    months = given.months or rules.value("exempt_settings.reserve_months")
    multiple = rules.value("exempt_settings.reserve_multiple")
    whole = round_half_up(standard * given.persons * months * multiple)
    left = max(ZERO, whole - given.left_elsewhere)
    times = f" × {multiple:f} 倍" if multiple != 1 else ""
    text = f"{where}每人每月 {yuan(standard)} 元 × {given.persons} 人 × {months} 个月{times}"
    if given.left_elsewhere:
        text += f"，减去已另行保留的 {yuan(given.left_elsewhere)} 元"
    return left, Step(text=text, value=yuan(left), law=law)


def exempt_view(given: ExemptInput, law_book: LawBook | None = None) -> ExemptView:
    """What may be frozen and deducted of each account.

    The reserve is taken once: first from money that serves a living by its kind (wages, pension), then from other
    free money, smaller balances last, so that few accounts are touched.

    Raises: as `living_reserve`.
    """
    law_book = law_book or book()
    reserve, step = living_reserve(given, law_book)
    matches = {account.id: _match(account, given, law_book) for account in given.accounts}
    held = _reserve_from(given, matches, reserve)
    views = tuple(_view(account, matches[account.id], held, given, law_book) for account in given.accounts)
    steps = [step]
    steps += [
        Step(text=f"{view.account.label}：{view.reason}", value=yuan(view.may_deduct), law=view.law)
        for view in views
    ]
    notes = ["以上为提示，冻结、扣划由承办法官决定。"]
    if given.persons and given.standard is None:
        notes.append("最低生活保障标准和保留的月数为本院设定，使用前由法院按当地公布的标准确认。")
    return ExemptView(
        given=given,
        accounts=views,
        reserve=reserve,
        reserve_missing=reserve - sum(held.values(), ZERO),
        steps=tuple(steps),
        notes=tuple(notes),
        book_hash=law_book.hash,
    )


def exempt_read(given: Mapping[str, object], *, today: date, law_book: LawBook | None = None) -> ExemptInput:
    """Read the JSON; ``on`` is today when left out.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed=_KEYS)
    regions = {row.code: getattr(row, "title", "") for row in law_book.all_rows("living")}
    on = reader.day("on") or today
    persons = reader.whole("persons", default=0) or 0
    standard = reader.amount("standard") if reader.has("standard") else None
    first = min(row.since for row in law_book.all_rows("living"))
    if persons and standard is None and on < first:
        reader.fault(
            "on",
            "exempt.no_standard",
            f"{on} 没有当地最低生活保障标准，",
            "请填写 standard（元/人/月）。",
            "seizure.3",
        )
    codes = {row.code: getattr(row, "title", "") for row in law_book.all_rows("exempt")}
    accounts = tuple(
        Account(
            id=row.text("id"), label=row.text("label"), balance=row.amount("balance"),
            exception=row.text("exception", required=False),
        )
        for row in reader.rows("accounts", allowed=_ACCOUNT)
    )  # fmt: skip
    ids = [account.id for account in accounts if account.id]
    if len(set(ids)) < len(ids):
        reader.fault("accounts", "exempt.twice", "有账户编号重复，", "请给每个账户不同的编号。")
    served = reader.text("served", required=False)
    named = tuple(part for part in served.replace("，", ",").replace("、", ",").split(",") if part)
    for code in named:
        if code not in codes:
            reader.fault(
                "served", "exempt.served", f"没有编号“{code}”的款项，", "请填写 EXM-02 等编号，用逗号隔开。"
            )
    found = ExemptInput(
        on=on,
        accounts=accounts,
        persons=persons,
        region=reader.choice("region", regions, required=False, default="130900"),
        residence=reader.choice("residence", RESIDENCES, required=False, default="urban"),
        standard=standard,
        months=reader.whole("months", least=1),
        left_elsewhere=reader.amount("left_elsewhere", required=False),
        served=named,
    )
    reader.finish()
    return found


def _match(account: Account, given: ExemptInput, law_book: LawBook) -> ExemptMatch | None:
    """The strictest protection that still holds; a purpose that the claim serves, or an exception found, frees."""
    if account.exception:
        return None
    found = matches_exempt(account.label, given.on, law_book)
    if any(match.action == "purpose" and match.code in given.served for match in found):
        return None
    return found[0] if found else None


def _reserve_from(
    given: ExemptInput, matches: Mapping[str, ExemptMatch | None], reserve: Decimal
) -> dict[str, Decimal]:
    """Account → what of it is left to live on; only money that could be taken at all serves as a reserve."""

    def rank(account: Account) -> tuple[int, Decimal, str]:
        match = matches[account.id]
        return (0 if match else 1, -account.balance, account.id)

    open_to = [a for a in given.accounts if (m := matches[a.id]) is None or m.action == "reserve"]
    held, left = {}, reserve
    for account in sorted(open_to, key=rank):
        held[account.id] = min(left, account.balance)
        left -= held[account.id]
    return held


def _view(
    account: Account,
    match: ExemptMatch | None,
    held: Mapping[str, Decimal],
    given: ExemptInput,
    law_book: LawBook,
) -> AccountView:
    reserved = held.get(account.id, ZERO)
    free = account.balance - reserved
    freeze = deduct = free
    reason, law, review = "可以冻结、扣划", ("cpl.253",), False
    if match is not None:
        row = cast("Exemption", law_book.at(given.on).row("exempt", match.code))
        reason, law = f"{match.title}：{ACTION_WORDS[match.action]}，{match.detail}", match.law
        review = match.action in ("warn", "purpose")
        if match.action != "reserve":
            deduct = ZERO
            freeze = account.balance if match.action in ("freeze_only", "warn") or row.freezable else ZERO
    elif account.exception:
        reason, review = f"经核查不受保护：{account.exception}", True
    if reserved:
        reason += f"；保留生活必需费用 {yuan(reserved)} 元"
        law = tuple(dict.fromkeys((*law, "seizure.3")))
    return AccountView(
        account=account, code=match.code if match else "", may_freeze=freeze, may_deduct=deduct, reserved=reserved,
        reason=reason, law=law, review=review,
    )  # fmt: skip
