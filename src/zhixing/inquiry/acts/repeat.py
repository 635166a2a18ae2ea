"""重发查询: the agencies that failed or are silent are asked again, under the same approval and with the same papers."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry import release
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.models import Request, RequestState
from zhixing.inquiry.officers import officers_on
from zhixing.inquiry.slices import Slice, slices_of
from zhixing.kernel.clock import COURT_ZONE
from zhixing.kernel.errors import Problem


class Repeat(Act):
    """Ask only the failed slice again (法释〔2013〕20号 arts 1, 2; NIC-03, NIC-04, NIC-08). Who answered is never asked twice."""

    code = "inquiry.repeat"
    title = "重发查询"
    summary = "向退回、技术异常、部分反馈或者未反馈的单位再发一次，已经反馈的单位不再发。"
    law = ("network.1", "network.7")
    drafters = frozenset({Role.JUDGE, Role.INQUIRY_OFFICER})
    chain = "inquiry.repeat"
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Which inquiry, and which agencies of it."""

        request: uuid.UUID = Field(title="查询单")
        agencies: list[str] = Field(title="单位", min_length=1)
        reason: Sensitive = Field("", title="说明", max_length=200, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """Same conditions as the first time, at this moment; each agency named must be one that may be asked again."""
        request = _request(ctx)
        if request is None or request.state == RequestState.APPROVED:
            return [
                Problem(
                    code="repeat.unknown",
                    sentence="本案没有这份已经发出的查询。",
                    mend="请刷新页面；还没有发出的，请在“双人发起”页发出。",
                )
            ]
        problems = release.standing_problems(request, on=ctx.today)
        if len(officers_on(court_key=ctx.court_key, on=ctx.today)) < 2:
            problems.append(
                Problem(
                    code="inquiry.no_officers",
                    sentence="本院在协助单位备案且证件有效的查询员不足两名。",
                    mend="请先备案公务证件。",
                    law="network.2",
                )
            )
        rows = {
            row.agency.code: row for row in slices_of([request.pk], moment=ctx.moment).get(request.pk, [])
        }
        return problems + [
            p for code in ctx.fields.agencies for p in _agency_problems(ctx, rows.get(code), code)
        ]

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """One new order per agency, pointing at the one it did not settle."""
        request = Request.objects.select_related("case__handler", "party").get(pk=ctx.fields.request)
        rows = slices_of([request.pk], moment=ctx.moment)[request.pk]
        chosen = set(ctx.fields.agencies)
        orders = release.orders_release(
            [request],
            batch_no=rows[0].order.batch,
            moment=ctx.moment,
            repeat_of={row.agency.code: row.order.pk for row in rows if row.agency.code in chosen},
        )
        return {"request": str(request.pk), "orders": len(orders)}


def _request(ctx: ActContext) -> Request | None:
    return (
        Request.objects.filter(pk=ctx.fields.request, case_id=ctx.case.pk)
        .select_related("case", "party")
        .first()
    )


def _agency_problems(ctx: ActContext, row: Slice | None, code: str) -> list[Problem]:
    if row is None:
        return [
            Problem(
                code="repeat.not_asked",
                sentence=f"这份查询没有发给代码为 {code} 的单位。",
                mend="请只选择清单中的单位。",
                field="agencies",
            )
        ]
    if row.verdict.is_used_up:
        return [
            Problem(
                code="repeat.used_up",
                sentence=f"{row.agency.name}已经重发 {row.verdict.repeats} 次，达到本院设定的上限。",
                mend="请改用线下调查，或者发函督促。",
                field="agencies",
            )
        ]
    if row.verdict.next_at is None:
        return [_settled(row)]
    if not row.may_repeat(ctx.moment):
        return [
            Problem(
                code="repeat.too_soon",
                sentence=f"{row.agency.name}要到 {row.verdict.next_at.astimezone(COURT_ZONE):%m月%d日 %H:%M} 才到重发时间。",
                mend="间隔随重发次数加长。确需提前的，请写明理由。",
                field="agencies",
                level="warning",
            )
        ]
    return []


def _settled(row: Slice) -> Problem:
    words = {
        Standing.ANSWERED: "已经反馈，不得重复查询",
        Standing.WAITING: "还在反馈时限以内",
        Standing.QUEUED: "还没有取走上一份请求",
    }
    return Problem(
        code="repeat.settled",
        sentence=f"{row.agency.name}{words.get(row.standing, '不需要重发')}。",
        mend="请取消选择该单位。",
        law="network.7" if row.standing == Standing.ANSWERED else None,
        field="agencies",
    )
