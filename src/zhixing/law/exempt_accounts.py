"""What may be frozen and deducted of a debtor's accounts, and what has to be left to live on (EXM-01 to EXM-24).

Every line is a proposal to a named judge, never a decision (个人信息保护法第二十四条).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from zhixing.kernel.money import ZERO, round_half_up, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.exempt import ACTION_WORDS, matches_exempt
from zhixing.law.exempt_result import RESIDENCES, Account, AccountView, ExemptInput, ExemptView
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from zhixing.law.exempt import ExemptMatch
    from zhixing.law.schemas import Exemption, LivingStandard


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
