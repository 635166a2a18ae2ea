"""The least-burden plan of a case: findings, measures in force and the law table brought together (DUR-10, DUR-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhixing.acts.models import Draft, DraftState
from zhixing.cases.claims import outstanding_of
from zhixing.cases.models import Case
from zhixing.control.domain.burden import Holding, least_burden
from zhixing.control.measures import reserved_of
from zhixing.control.models import Measure, MeasureState
from zhixing.inquiry.domain.sieve.classes import hold_sentence
from zhixing.inquiry.models import Finding, Screen
from zhixing.kernel.clock import today
from zhixing.law.book import book
from zhixing.law.schemas import BurdenClass, Exemption
from zhixing.platform.crypto import unseal_text

# Seized apart from the plan until somebody has valued them.
THINGS = ("realty",)
# No agency takes these online yet.
OFFLINE = (
    "payment", "securities", "insurance", "vehicle", "vessel", "equity", "receivable", "income", "housing_fund", "other",
)  # fmt: skip
# Holds of the sieve that no reason of a judge lifts here: not strong, gone, sub-account.
BINDING = ("H02", "H04", "H10")
ENDED = (MeasureState.FAILED, MeasureState.RELEASED, MeasureState.DEDUCTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One finding with what is proposed for it. why: reason for leaving it out, or for the amount. is_live: a measure runs on it or waits for approval."""

    finding: Finding
    label: str
    proposed: Decimal
    why: str
    is_live: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Proposal of the machine; the judge edits and signs. ceiling and reserved in yuan."""

    lines: list[PlanLine]
    left_out: list[PlanLine]
    ceiling: Decimal
    reserved: Decimal

    @property
    def total(self) -> Decimal:
        """Sum proposed."""
        return sum((line.proposed for line in self.lines), Decimal(0))


def plan_of(case: Case) -> Plan:
    """From all opened own findings: what covers the claim with the least burden, and why everything else is left out."""
    ceiling = outstanding_of(case, today()).total
    reserved = reserved_of(case.pk)
    live = set(
        Measure.objects.filter(case=case).exclude(state__in=ENDED).values_list("finding_id", flat=True)
    )
    asked = _asked(case.pk)
    rows = {
        row.pk: row
        for row in Finding.objects.filter(
            case_id=case.pk, screen=Screen.OWN, is_current=True, is_opened=True
        ).order_by("pk")
    }
    table = book().at(today()).rows("control_order", BurdenClass)
    titles = {rule.code: rule.title for rule in book().at(today()).rows("exempt", Exemption)}
    burden = least_burden(
        [
            _holding(row, table, "已报批，等待批准" if pk in asked else _reason_out(row, live, titles))
            for pk, row in rows.items()
        ],
        due=max(Decimal(0), ceiling - reserved),
        order={rank.code: rank.order for rank in table},
    )
    chosen = [_line(rows[pick.id], pick.amount, pick.why) for pick in burden.picks]
    left = [
        _line(rows[no], Decimal(0), why, is_live=no in live or no in asked)
        for no, why in sorted(burden.left_out)
    ]
    return Plan(lines=chosen, left_out=left, ceiling=ceiling, reserved=reserved)


def _line(row: Finding, amount: Decimal, why: str, *, is_live: bool = False) -> PlanLine:
    label = unseal_text(row.subject, row.label_sealed)
    return PlanLine(finding=row, label=label, proposed=amount, why=why, is_live=is_live)


def _holding(row: Finding, table: Sequence[BurdenClass], hold: str) -> Holding:
    """A thing whose value nobody knows yet is not weighed: the judge decides about it beside the plan."""
    rank = next((rank for rank in table if rank.code == row.category), None)
    return Holding(
        id=row.pk,
        kind=row.category,
        takeable=row.available or Decimal(0),
        is_divisible=rank is None or rank.divisible,
        hold=hold,
        thing=row.thing,
    )


def _asked(case_id: int) -> set[int]:
    """Findings in orders that wait for approval."""
    drafts = Draft.objects.filter(
        case_id=case_id, code__in=["control.freeze", "control.seal"], state=DraftState.PENDING
    )
    return {
        target["finding"]
        for payload in drafts.values_list("payload", flat=True)
        for target in payload["targets"]
    }


def _reason_out(row: Finding, live: set[int], titles: dict[str, str]) -> str:
    if row.pk in live:
        return "已有在行的措施"
    if row.exempt_action == "block":
        return f"依法不得冻结（{titles.get(row.exempt_rule, row.exempt_rule)}）"
    if row.exempt_action:
        return f"受限制财产（{titles.get(row.exempt_rule, row.exempt_rule)}），须法官说明理由"
    if row.currency != "CNY":
        return f"外币账户（{row.currency}），须另定折算后的限额"
    if row.hold in BINDING:
        return hold_sentence(row.hold)
    if row.category in OFFLINE:
        return "这一类财产尚未开通网上控制，请向协助单位送达协助执行通知书"
    if row.category in THINGS:
        return "没有价值可以比较，另行查封、扣押；现金类优先"
    if not row.available:
        return "没有可用余额" if not row.prior_count else "有在先冻结，只能轮候"
    return ""
