"""提出网络查询: the judge picks from the menu; on approval the sealed papers are there by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.cases.documents import strong_identifier
from zhixing.cases.models import CaseState, ClueState, Identifier, Party, Whereabouts
from zhixing.cases.selectors import confirmed_of_party, is_obligor
from zhixing.courts.roles import Role
from zhixing.inquiry import papers
from zhixing.inquiry.menu import agencies_for
from zhixing.inquiry.models import Declaration, Request, RequestState, Urgency
from zhixing.inquiry.officers import officers_on
from zhixing.kernel.errors import Problem


class InquiryRequest(Act):
    """Request for a network inquiry (CPL 253; 法释〔2013〕20号 arts 2, 7; 法释〔2017〕8号 arts 1, 12)."""

    code = "inquiry.request"
    title = "网络查询"
    summary = "按菜单选择查询事项；经初核、批准后自动生成裁定书、协助查询通知书和公务证件。"
    law = ("cpl.253", "network.7", "survey.1")
    drafters = frozenset({Role.JUDGE})
    chain = "inquiry.request"
    audience = Audience.AFTER_MEASURE
    plain = "法院依法查询了被执行人的财产。"
    offered = False

    class Fields(ActFields):
        """Whom, what, with which identifiers, and why."""

        party: int = Field(title="被查询人")
        menu: list[str] = Field(title="查询事项", min_length=1)
        identifiers: list[int] = Field(default_factory=list, title="用来限定的标识")
        purpose: str = Field("查明可供执行的财产", title="用途", max_length=60)
        reason: Sensitive = Field(
            "", title="补充理由", max_length=500, json_schema_extra={"widget": "textarea"}
        )
        urgency: Urgency | Literal[""] = Field(
            "",
            title="加急事由",
            description="加急的先于普通查询发出，不受单位办理时间限制",
            json_schema_extra={"widget": "select"},
        )
        period_from: date | None = Field(None, title="交易明细起")
        period_to: date | None = Field(None, title="交易明细止")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Purpose-bound: open case, obligor at this moment, strong identifier, road taken, officers on file."""
        f, case = ctx.fields, ctx.case
        problems = []
        if case.state != CaseState.OPEN:
            problems.append(
                Problem(
                    code="case.closed",
                    sentence="案件已结，不能再查询。",
                    mend="恢复执行请另立执恢案件。",
                    law="network.7",
                )
            )
        if ctx.actor.staff_id is not None and case.handler_id != ctx.actor.staff_id:
            problems.append(
                Problem(
                    code="inquiry.not_handler",
                    sentence="只有本案承办法官可以提出查询。",
                    mend="请由承办法官提出。",
                    law="survey.25",
                )
            )
        party = Party.objects.filter(pk=f.party, case_id=case.pk).first()
        if party is None or not is_obligor(party, on=ctx.today):
            problems.append(
                Problem(
                    code="inquiry.not_obligor",
                    sentence="被查询人在本案中不负有履行义务，不得查询。",
                    mend="只能选择本案被执行人；需要追加的，先办理变更追加。",
                    law="network.7",
                    field="party",
                )
            )
            return problems
        return [
            *problems,
            *self._check_identity(ctx, party),
            *self._check_road(ctx, party),
            *self._check_scope(ctx),
        ]

    @staticmethod
    def _check_identity(ctx: ActContext, party: Party) -> list[Problem]:
        problems = []
        if strong_identifier(confirmed_of_party(party)) is None:
            problems.append(
                Problem(
                    code="inquiry.no_strong_id",
                    sentence=f"{party.name}没有已确认的身份证号、护照号或统一社会信用代码，查询会误及同名的人。",
                    mend="请先在“当事人与标识”中确认证件号码。",
                    law="network.7",
                    field="identifiers",
                )
            )
        chosen = Identifier.objects.filter(pk__in=ctx.fields.identifiers)
        if chosen.filter(case_id=ctx.case.pk, party=party, state=ClueState.CONFIRMED).count() != len(
            set(ctx.fields.identifiers)
        ):
            problems.append(
                Problem(
                    code="inquiry.foreign_identifier",
                    sentence="所选标识中有未确认的，或者不属于被查询人。",
                    mend="请只选择该被查询人已确认的标识。",
                    field="identifiers",
                )
            )
        return problems

    @staticmethod
    def _check_road(ctx: ActContext, party: Party) -> list[Problem]:
        """Whereabouts known: wait for declaration or for the period to lapse; unknown: at once (B1)."""
        case = ctx.case
        if case.whereabouts == Whereabouts.UNKNOWN:
            return []
        if case.whereabouts == Whereabouts.UNSET:
            return [
                Problem(
                    code="inquiry.no_whereabouts",
                    sentence="还没有登记被执行人下落。",
                    mend="请先登记：下落明确的等报告期限，下落不明的可以立即查询。",
                    law="cpl.251",
                )
            ]
        if case.notice_served_on is None or case.declare_by is None:
            return [
                Problem(
                    code="inquiry.no_notice",
                    sentence="被执行人下落明确，但还没有发出执行通知书和报告财产令。",
                    mend="请先发出并送达。",
                    law="cpl.252",
                )
            ]
        declared = Declaration.objects.filter(case_id=case.pk, party=party).exists()
        if not declared and ctx.today <= case.declare_by:
            return [
                Problem(
                    code="inquiry.wait",
                    sentence=f"被执行人下落明确，报告财产期限到 {case.declare_by:%Y年%m月%d日} 才届满。",
                    mend="请等期限届满或收到报告后再查；有转移财产之虞的，登记下落不明或依法先行保全。",
                    law="cpl.252",
                )
            ]
        return []

    @staticmethod
    def _check_scope(ctx: ActContext) -> list[Problem]:
        f, problems = ctx.fields, []
        rows = {row.code: row for row in ctx.book.at(ctx.today).rows("inquiry.menu")}
        unknown = [code for code in f.menu if code not in rows or rows[code].stage > 1]
        if unknown:
            problems.append(
                Problem(
                    code="inquiry.menu_unknown",
                    sentence="所选查询事项中有不能在首次查询中办理的。",
                    mend="请按菜单重新选择。",
                    field="menu",
                )
            )
        if (f.period_from is None) != (f.period_to is None) or (
            f.period_from and f.period_from > f.period_to
        ):
            problems.append(
                Problem(
                    code="inquiry.period",
                    sentence="交易明细的起止日期不完整或前后颠倒。",
                    mend="请同时填写起止日期，或都不填。",
                    field="period_from",
                )
            )
        wants = [code for code in f.menu if code in rows and rows[code].needs_period]
        if wants and (f.period_from is None or not f.reason.strip()):
            problems.append(
                Problem(
                    code="inquiry.period_reason",
                    sentence="查询交易明细须写明起止日期和理由。",
                    mend="请补充，或取消该项。",
                    law="pipl.34",
                    field="period_from",
                )
            )
        if not agencies_for(f.menu):
            problems.append(
                Problem(
                    code="inquiry.no_agency",
                    sentence="所选事项目前没有已接入的协助单位。",
                    mend="请选择标有协助单位的事项，或改用线下调查。",
                    field="menu",
                )
            )
        if len(officers_on(court_key=ctx.court_key, on=ctx.today)) < 2:
            problems.append(
                Problem(
                    code="inquiry.no_officers",
                    sentence="本院在协助单位备案且证件有效的查询员不足两名。",
                    mend="请先备案公务证件。",
                    law="network.2",
                )
            )
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """Ruling, and one notice of assistance per agency."""
        return papers.inquiry_specs(ctx)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Write the approved request; it waits for two officers."""
        f = ctx.fields
        agencies = agencies_for(f.menu)
        request = Request.objects.create(
            case=ctx.case,
            court_key=ctx.court_key,
            party_id=f.party,
            judge_id=ctx.case.handler_id,
            menu=f.menu,
            identifiers=f.identifiers,
            agencies=[a.code for a in agencies],
            period_from=f.period_from,
            period_to=f.period_to,
            urgency=f.urgency,
            ruling_no=ctx.document("inquiry_ruling").number,
            draft_id=ctx.draft_id,
            documents={
                a.code: [str(ctx.document("inquiry_ruling").id), str(ctx.document(f"notice:{a.code}").id)]
                for a in agencies
            },
            state=RequestState.APPROVED,
            approved_at=ctx.moment,
        )
        return {"request": str(request.pk), "agencies": len(agencies), "items": len(f.menu)}
