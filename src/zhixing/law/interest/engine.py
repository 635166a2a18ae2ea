"""Interest on a claim: general interest, the doubled part, what was paid and what is open (INT-01 to INT-16)."""

from __future__ import annotations

from zhixing.kernel.errors import Problem
from zhixing.law.book import LawBook, book
from zhixing.law.interest.account import Account
from zhixing.law.interest.clauses import year_base_setting
from zhixing.law.interest.core import Plan, Run
from zhixing.law.interest.extra import benchmark_from
from zhixing.law.interest.nouns import InterestClaim
from zhixing.law.interest.planning import plan_make, stop_day
from zhixing.law.interest.published import last_seen
from zhixing.law.interest.result import InterestResult, PartOpen
from zhixing.law.interest.settings import settings_notes
from zhixing.law.interest.units import yuan_of
from zhixing.law.interest.wording import account_steps


def interest_compute(claim: InterestClaim, law_book: LawBook | None = None) -> InterestResult:
    """Compute a claim up to and including its cut-off day.

    Args:
        claim: read by `interest_read`, or made by a program; its days and amounts are taken as checked.
        law_book: the platform's book when left out.

    Returns: amounts rounded once, half up, to the cent; steps and sheet say how they came about.

    Raises:
        NoRuleInForce: a delay before 1992-07-14, a published rate before its first value.
        InvalidInput: a cap on a loan older than 2020-08-20 without the day of filing.
    """
    law_book = law_book or book()
    plan = plan_make(claim, law_book)
    account = Account(plan)
    done = Run(plan, account).outcome()
    parts = tuple(
        PartOpen(
            id=part.id,
            kind=part.kind,
            principal=yuan_of(left),
            general_interest=yuan_of(general),
            extra_interest=yuan_of(extra),
        )
        for part, left, general, extra in zip(
            claim.parts, done.left, done.general_parts, done.extra_parts, strict=True
        )
    )
    open_total = sum(done.left) + done.general_open + done.extra_open
    return InterestResult(
        claim=claim,
        general_before_due=yuan_of(done.before),
        general_after_due=yuan_of(done.after),
        extra=yuan_of(done.extra),
        total_due=yuan_of(sum(plan.amounts) + done.before + done.after + done.extra),
        open_parts=parts,
        open_total=yuan_of(open_total),
        surplus=yuan_of(done.surplus),
        rows=tuple(account.rows),
        steps=account_steps(claim, plan, account, done),
        notes=settings_notes(claim.settings, law_book, _used(claim, plan, law_book)),
        problems=_warnings(claim, law_book),
        book_hash=law_book.hash,
    )


def _used(claim: InterestClaim, plan: Plan, law_book: LawBook) -> frozenset[str]:
    """Which open points touch this claim."""
    used = {"order"} if claim.payments else set()
    if any(part.kind == "costs" for part in claim.parts):
        used.add("include_costs")
    if claim.settings.year_base is None:
        used |= {year_base_setting(c.rate) for c in claim.general if c.rate.year_base is None} - {""}
    if claim.bankruptcy_accepted:
        used.add("bankruptcy_day_counts")
    if plan.old is not None:
        used.add("old_tier")
        used |= {"highest_tier"} if benchmark_from(law_book) > min(p.due for p in claim.parts) else set()
        used |= {"general_beside_old"} if claim.general else set()
        used |= {"excluded_under_old"} if claim.excluded else set()
    return frozenset(used)


def _warnings(claim: InterestClaim, law_book: LawBook) -> tuple[Problem, ...]:
    """Rates that nobody checked; several clauses that share one cap."""
    problems = []
    seen, stop = last_seen(law_book), stop_day(claim)
    for index, clause in enumerate(claim.general):
        rate, field = clause.rate, f"general_interest.{index}.rate"
        used = rate.fixed_on or (stop if clause.last is None else min(stop, clause.last))
        if clause.cap:
            used = max(used if rate.base else clause.cap.contract, clause.cap.filed or clause.cap.contract)
        if (rate.base or clause.cap) and used > seen:
            problems.append(
                Problem(
                    code="interest.rate_not_verified",
                    sentence=f"计算用到 {used.isoformat()} 的公布利率，而LPR只核对到 {seen.isoformat()} 公布的值，",
                    mend="请核对其后公布的LPR；有变动的，先更新利率表再计算。",
                    law="lpr",
                    field=field,
                    level="warning",
                )
            )
    capped = [clause.on for clause in claim.general if clause.cap]
    for part in sorted({on for on in capped if capped.count(on) > 1}):
        problems.append(
            Problem(
                code="interest.cap_in_total",
                sentence=f"“{part}”有几项利率各自按上限计算，而逾期利息、违约金和其他费用合计不得超过上限，",
                mend="请把几项合并为一项填写，或者核对合计是否超过上限。",
                law="lending.29",
                field="general_interest",
                level="warning",
            )
        )
    return tuple(problems)
