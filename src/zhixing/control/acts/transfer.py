"""扣划: frozen money goes to the case's account at the court."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.cases.claims import outstanding_of
from zhixing.cases.documents import fund_account_data
from zhixing.cases.models import Party
from zhixing.control import papers
from zhixing.control.models import Measure, MeasureState
from zhixing.control.orders import measures_dispatch
from zhixing.courts.roles import Role
from zhixing.gateway.domain.storage import from_json
from zhixing.kernel.errors import Problem
from zhixing.platform.crypto import unseal_text


class TransferFields(ActFields):
    """One frozen measure and how much of it."""

    measure: uuid.UUID = Field(title="措施")
    amount: Decimal = Field(title="扣划金额（元）", gt=0, max_digits=18, decimal_places=2)


class Transfer(Act):
    """Deduction under a freeze (CPL 253; NIC-22, NIC-23, NIC-36): only to the court's account, never above the claim."""

    code = "control.transfer"
    title = "扣划存款"
    summary = "把已冻结的存款扣划到本案执行案款账户。"
    law = ("cpl.253", "cpli.484")
    drafters = frozenset({Role.JUDGE})
    chain = "control.transfer"
    audience = Audience.AFTER_MEASURE
    plain = "法院正在把冻结的存款扣划到本案账户。"
    offered = False

    class Fields(ActFields):
        """Which measures, how much."""

        items: list[TransferFields] = Field(title="扣划", min_length=1)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Each frozen and enough held; the sum within what is still owed."""
        problems, total = [], Decimal(0)
        rows = self._measures(ctx)
        for item in ctx.fields.items:
            measure = rows.get(item.measure)
            if measure is None or measure.state != MeasureState.ACTIVE or measure.category != "cash":
                problems.append(
                    Problem(
                        code=f"transfer.{item.measure}.state",
                        sentence="所选存款没有处于冻结状态，不能扣划。",
                        mend="先冻结后扣划。",
                        law="cpl.253",
                    )
                )
                continue
            if item.amount > (measure.controlled or 0):
                problems.append(
                    Problem(
                        code=f"transfer.{item.measure}.amount",
                        field="items",
                        sentence=f"扣划 {item.amount:,.2f} 元超过实际冻结的 {measure.controlled or 0:,.2f} 元。",
                        mend="请改小金额。",
                    )
                )
            total += item.amount
        owed = outstanding_of(ctx.case, ctx.today).total - in_transit_of(ctx.case.pk)
        if total > owed:
            problems.append(
                Problem(
                    code="transfer.over_claim",
                    law="cpl.253",
                    field="items",
                    sentence=f"扣划合计 {total:,.2f} 元超过尚欠的 {max(Decimal(0), owed):,.2f} 元。",
                    mend="请改小金额。",
                )
            )
        return problems

    @staticmethod
    def _measures(ctx: ActContext) -> dict[uuid.UUID, Measure]:
        ids = [item.measure for item in ctx.fields.items]
        return {
            m.pk: m for m in Measure.objects.filter(case=ctx.case, pk__in=ids).order_by("ordered_at", "pk")
        }

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """Ruling and one notice per bank and person."""
        rows = self._measures(ctx)
        amounts = {item.measure: item.amount for item in ctx.fields.items}
        lines = {pk: _line(m, amounts[pk]) for pk, m in rows.items()}
        names = "、".join(
            dict.fromkeys(
                Party.objects.filter(pk__in={m.party_id for m in rows.values()}).values_list(
                    "name", flat=True
                )
            )
        )
        specs = [
            papers.ruling(
                ctx, "deduct_ruling", names, total=sum(amounts.values()), accounts=list(lines.values())
            )
        ]
        groups: dict[tuple[str, str, int], list[uuid.UUID]] = {}
        for pk, measure in rows.items():
            groups.setdefault((measure.agency_code, measure.agency_name, measure.party_id), []).append(pk)
        assistance = papers.Assistance(ctx, {party_id for _, _, party_id in groups})
        for (code, agency, party_id), group in groups.items():
            data = assistance.notice(agency, party_id) | {
                "accounts": [lines[pk] for pk in group],
                "total": sum(amounts[pk] for pk in group),
                "account": fund_account_data(ctx.case),
            }
            specs.append(
                DocumentSpec(kind="deduct_notice", key=f"notice:{code}", data=data, recipient=agency)
            )
        return specs

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Measures turn to deducting; orders leave."""
        rows = self._measures(ctx)
        amounts = {str(item.measure): item.amount for item in ctx.fields.items}
        for measure in rows.values():
            measure.state = MeasureState.DEDUCTING
        Measure.objects.bulk_update(rows.values(), ["state"])
        orders = measures_dispatch(ctx, list(rows.values()), action="deduct", amounts=amounts)
        return {"measures": len(rows), "orders": orders, "total": str(sum(amounts.values()))}


def in_transit_of(case_id: int) -> Decimal:
    """Money under a deduction order that has not been told yet."""
    rows = Measure.objects.filter(case_id=case_id, state=MeasureState.DEDUCTING).values_list(
        "controlled", flat=True
    )
    return sum((amount or Decimal(0) for amount in rows), Decimal(0))


def _line(measure: Measure, amount: Decimal) -> dict[str, Any]:
    target = from_json(unseal_text(measure.subject, measure.target_sealed))
    return {
        "institution": measure.agency_name,
        "account": target.account_no,
        "what": "存款",
        "amount": amount,
    }
