"""Checks and writes shared by freeze and seal: what may be controlled, up to how much, for how long."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from pydantic import Field

from zhixing.acts.kinds import ActContext, ActFields
from zhixing.cases.claims import outstanding_of
from zhixing.cases.documents import strong_identifier
from zhixing.cases.models import CaseState, Party
from zhixing.cases.selectors import confirmed_of_parties, is_obligor
from zhixing.control.models import RESERVING, Measure, MeasureState
from zhixing.control.orders import credentials_on, measures_dispatch
from zhixing.control.targets import TargetFacts, facts_of
from zhixing.gateway.domain.storage import canonical_json
from zhixing.kernel.errors import Problem
from zhixing.law.durations import measure_period
from zhixing.law.overreach import control_ceiling
from zhixing.law.schemas import Exemption
from zhixing.platform.crypto import seal

PERIOD_KINDS = {"cash": "deposit", "wealth": "wealth", "realty": "real_estate"}


class TargetFields(ActFields):
    """One record of an opened packet and the amount to control."""

    finding: int = Field(title="财产")
    amount: Decimal = Field(title="金额（元）", gt=0, max_digits=18, decimal_places=2)


def chosen_of(ctx: ActContext) -> list[tuple[TargetFacts, Decimal]]:
    """Resolved targets of the act in the order given; unknown ones are left out (check() tells)."""
    facts = facts_of([target.finding for target in ctx.fields.targets])
    return [
        (facts[t.finding], t.amount)
        for t in ctx.fields.targets
        if t.finding in facts and facts[t.finding].case_id == ctx.case.pk
    ]


def target_problems(ctx: ActContext, *, categories: set[str]) -> list[Problem]:
    """All reasons why these targets may not be controlled now."""
    case, problems = ctx.case, []
    chosen = chosen_of(ctx)
    if case.state != CaseState.OPEN:
        problems.append(
            Problem(
                code="case.closed", sentence="案件已结，不能采取控制措施。", mend="恢复执行请另立执恢案件。"
            )
        )
    if len(chosen) != len(ctx.fields.targets):
        problems.append(
            Problem(
                code="control.unknown_target",
                sentence="所选财产中有不属于本案查询结果的。",
                mend="请从查询结果中选择。",
            )
        )
    if len({t.finding for t in ctx.fields.targets}) != len(ctx.fields.targets):
        problems.append(Problem(code="control.twice", sentence="同一财产选择了两次。", mend="请合并为一项。"))
    if len(credentials_on(court_key=ctx.court_key, on=ctx.today)) < 2:
        problems.append(
            Problem(
                code="control.no_officers",
                sentence="本院备案且证件有效的执行人员不足两名。",
                mend="请先备案公务证件。",
                law="network.2",
            )
        )
    live = set(
        Measure.objects.filter(case=case, finding_id__in=[f.finding_id for f, _ in chosen])
        .exclude(state__in=[MeasureState.FAILED, MeasureState.RELEASED, MeasureState.DEDUCTED])
        .values_list("finding_id", flat=True)
    )
    parties = {p.pk: p for p in Party.objects.filter(pk__in={f.party_id for f, _ in chosen})}
    strong = {pk: strong_identifier(marks) for pk, marks in confirmed_of_parties(parties).items()}
    for facts, amount in chosen:
        problems += _one(ctx, facts, amount, live, parties, strong, categories)
    return [*problems, *_ceiling(ctx, chosen)]


def _one(
    ctx: ActContext,
    facts: TargetFacts,
    amount: Decimal,
    live: set[int],
    parties: dict[int, Party],
    strong: dict[int, Any],
    categories: set[str],
) -> list[Problem]:
    name, problems = facts.label, []
    if facts.screen != "own":
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.not_own",
                sentence=f"{name}：筛查结论不是“归入本案”，不能控制。",
                mend="存疑的先认定；不是本人的不得控制。",
                law="network.7",
            )
        )
    if facts.category not in categories:
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.kind",
                sentence=f"{name}：不是这类措施的对象。",
                mend="存款、理财用冻结，不动产用查封。",
            )
        )
    party = parties.get(facts.party_id)
    if party is None or not is_obligor(party, on=ctx.today):
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.not_obligor",
                sentence=f"{name}：权利人此刻不负有履行义务。",
                mend="不得对案外人采取措施。",
                law="network.7",
            )
        )
    elif strong.get(facts.party_id) is None:
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.no_id",
                sentence=f"{party.name}没有已确认的证件号码。",
                mend="请先确认。",
                law="network.7",
            )
        )
    if facts.finding_id in live:
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.live",
                sentence=f"{name}：已有在行的控制措施。",
                mend="需要延长的请续行。",
            )
        )
    if facts.exempt_action == "block":
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.exempt",
                sentence=f"{name}：依法不得冻结（{_protection(ctx, facts)}）。",
                mend="请移出。",
                law="seizure.3",
            )
        )
    elif facts.exempt_action in ("purpose", "reserve", "warn", "freeze_only"):
        problems.append(
            Problem(
                code=f"control.{facts.finding_id}.exempt",
                level="warning",
                law="seizure.3",
                sentence=f"{name}：属于受限制的财产（{_protection(ctx, facts)}），应当保留必要部分或核对用途。",
                mend="确需冻结的请写明理由。",
            )
        )
    return problems


def _protection(ctx: ActContext, facts: TargetFacts) -> str:
    """The rule that protects the money, by its title."""
    rules = ctx.book.at(ctx.today).rows("exempt", Exemption)
    return next((rule.title for rule in rules if rule.code == facts.exempt_rule), facts.exempt_rule)


def _ceiling(ctx: ActContext, chosen: list[tuple[TargetFacts, Decimal]]) -> list[Problem]:
    """Not more than the claim with costs; what is ordered already counts (CPL 253, DUR-10)."""
    claim = outstanding_of(ctx.case, ctx.today)
    reserved = reserved_of(ctx.case.pk)
    asked = sum((amount for facts, amount in chosen if facts.category != "realty"), Decimal(0))
    ceiling = control_ceiling(claim=claim.total, on=ctx.today).limit
    if reserved + asked <= ceiling or not asked:
        return []
    over = reserved + asked - ceiling
    return [
        Problem(
            code="control.over_limit",
            law="seizure.19",
            field="targets",
            sentence=f"拟控制 {asked:,.2f} 元，连同在行的 {reserved:,.2f} 元，超出应执行总额 {ceiling:,.2f} 元 {over:,.2f} 元。",
            mend=f"最多还可控制 {max(Decimal(0), ceiling - reserved):,.2f} 元。",
        )
    ]


def reserved_of(case_id: int) -> Decimal:
    """What live measures on money already reserve of the claim."""
    rows = Measure.objects.filter(case_id=case_id, state__in=RESERVING).exclude(category="realty")
    return rows.aggregate(total=Sum("limit"))["total"] or Decimal(0)


def period_of(category: str, start: date) -> tuple[date, date, int]:
    """First day, last day and months of a measure on this kind (CPLI 485)."""
    period = measure_period(PERIOD_KINDS[category], start)
    return period.start, period.end, ((period.end + timedelta(days=1)).year - start.year) * 12


def measures_write(ctx: ActContext, *, action: str) -> dict[str, Any]:
    """Reserve, store and dispatch: measures are rows before any order leaves."""
    rows = []
    for facts, amount in chosen_of(ctx):
        start, end, _ = period_of(facts.category, ctx.today)
        rows.append(
            Measure(
                case=ctx.case,
                court_key=ctx.court_key,
                party_id=facts.party_id,
                finding_id=facts.finding_id,
                agency_code=facts.agency_code,
                agency_name=facts.agency_name,
                category=facts.category,
                subject=ctx.case.subject,
                target_sealed=seal(ctx.case.subject, canonical_json(facts.target)),
                label_sealed=seal(ctx.case.subject, facts.label),
                limit=amount,
                state=MeasureState.ORDERED,
                starts_on=start,
                ends_on=end,
                ruling_no=ctx.document("ruling").number,
                ordered_at=ctx.moment,
                item_seq="",
            )
        )
    Measure.objects.bulk_create(rows)
    orders = measures_dispatch(ctx, rows, action=action)
    return {"measures": len(rows), "orders": orders, "total": str(sum(row.limit for row in rows))}
