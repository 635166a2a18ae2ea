"""解除控制: on a ground of 查扣冻规定第二十八条, promptly."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec
from zhixing.cases.models import Party
from zhixing.control import papers
from zhixing.control.acts.transfer import _line
from zhixing.control.models import Measure, MeasureState
from zhixing.control.orders import measures_dispatch
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem

GROUNDS = {
    "paid": "债务已经清偿",
    "excess": "控制的财产超出应执行总额",
    "third_party": "财产属于案外人",
    "withdrawn": "申请执行人撤回申请或者放弃债权",
    "security": "被执行人提供担保且申请执行人同意",
}


class Release(Act):
    """Release of freezes (NIC-35; DUR-10: excess promptly)."""

    code = "control.release"
    title = "解除冻结"
    summary = "向银行发出解除冻结的裁定和通知。"
    law = ("seizure.28",)
    drafters = frozenset({Role.JUDGE})
    chain = "control.release"
    audience = Audience.AFTER_MEASURE
    plain = "法院解除了对部分财产的控制。"
    offered = False

    class Fields(ActFields):
        """Which measures, on which ground."""

        measures: list[uuid.UUID] = Field(title="措施", min_length=1)
        ground: Literal["paid", "excess", "third_party", "withdrawn", "security"] = Field(title="解除理由")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Live bank measures of this case."""
        rows = self._rows(ctx)
        if len(rows) != len(set(ctx.fields.measures)):
            return [
                Problem(code="release.state", sentence="所选措施中有不在控制中的。", mend="请刷新后重选。")
            ]
        return []

    @staticmethod
    def _rows(ctx: ActContext) -> list[Measure]:
        states = [MeasureState.ACTIVE, MeasureState.WAITING]
        return list(
            Measure.objects.filter(
                case=ctx.case, pk__in=ctx.fields.measures, state__in=states, category__in=["cash", "wealth"]
            ).order_by("ordered_at", "pk")
        )

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """Ruling and one notice per bank and person."""
        rows = self._rows(ctx)
        names = "、".join(
            dict.fromkeys(
                Party.objects.filter(pk__in={m.party_id for m in rows}).values_list("name", flat=True)
            )
        )
        specs = [
            papers.ruling(
                ctx,
                "release_freeze_ruling",
                names,
                earlier_ruling=rows[0].ruling_no,
                ground=GROUNDS[ctx.fields.ground],
                accounts=[_line(m, m.limit) for m in rows],
            )
        ]
        groups: dict[tuple[str, str, int], list[Measure]] = {}
        for measure in rows:
            groups.setdefault((measure.agency_code, measure.agency_name, measure.party_id), []).append(
                measure
            )
        assistance = papers.Assistance(ctx, {party_id for _, _, party_id in groups})
        for (code, agency, party_id), group in groups.items():
            data = assistance.notice(agency, party_id) | {
                "accounts": [_line(m, m.limit) for m in group],
                "earlier_notice": group[0].ruling_no,
            }
            specs.append(
                DocumentSpec(kind="release_freeze_notice", key=f"notice:{code}", data=data, recipient=agency)
            )
        return specs

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Orders leave; the state turns when the receipt comes."""
        rows = self._rows(ctx)
        for measure in rows:
            measure.state = MeasureState.RELEASING
        Measure.objects.bulk_update(rows, ["state"])
        return {"measures": len(rows), "orders": measures_dispatch(ctx, rows, action="release")}
