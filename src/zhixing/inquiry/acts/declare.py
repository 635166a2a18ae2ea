"""登记财产报告: entered by the debtor in the portal or typed in by the clerk."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from zhixing.acts.actors import ActorKind
from zhixing.acts.kinds import SENSITIVE, Act, ActContext, ActFields, Audience
from zhixing.cases.models import CaseState, Party, PartyAccess, PartyRole
from zhixing.courts.roles import Role
from zhixing.inquiry.models import Category, Declaration, DeclaredItem
from zhixing.kernel.errors import Problem
from zhixing.kernel.text import normalise
from zhixing.platform.crypto import blind, seal


class ItemFields(ActFields):
    """One item of the report (财产调查规定 art. 5)."""

    category: Literal["cash", "wealth", "realty", "other"] = Field(title="类别")
    place: str = Field("", title="银行、登记机构或所在地", max_length=80)
    number: str = Field("", title="账号或证号", max_length=60)
    text: str = Field(title="说明", min_length=1, max_length=200)
    amount: Decimal | None = Field(None, title="金额（元）", ge=0, max_digits=18, decimal_places=2)
    flags: list[str] = Field(default_factory=list, title="出租、担保、共有、争议等")


class Declare(Act):
    """A report of property (CPL 252; DEC-02..DEC-07; N09)."""

    code = "inquiry.declare"
    title = "登记财产报告"
    summary = "收到被执行人的财产报告，逐项登记；没有财产的也要登记。"
    law = ("cpl.252", "survey.5")
    drafters = frozenset({Role.JUDGE, Role.ASSISTANT, Role.CLERK})
    by_party = True
    audience = Audience.APPLICANT
    plain = "被执行人提交了财产报告。"
    offered = False

    class Fields(ActFields):
        """Who reports what, received when."""

        party: int = Field(title="报告人")
        received_on: date = Field(title="收到日期")
        items: Annotated[list[ItemFields], SENSITIVE] = Field(default_factory=list, title="财产")
        nothing: bool = Field(False, title="报告没有财产")
        truthful: bool = Field(False, title="报告人保证内容真实")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Reporter is an obligor; the debtor himself reports only for himself."""
        f, problems = ctx.fields, []
        party = Party.objects.filter(pk=f.party, case_id=ctx.case.pk, role=PartyRole.OBLIGOR).first()
        if party is None:
            problems.append(
                Problem(
                    code="declare.party",
                    sentence="报告人不是本案被执行人。",
                    mend="请选择被执行人。",
                    field="party",
                )
            )
        if (
            ctx.actor.kind == ActorKind.PARTY
            and not PartyAccess.objects.filter(
                account_id=int(ctx.actor.id), case_id=ctx.case.pk, party_id=f.party
            ).exists()
        ):
            problems.append(
                Problem(code="declare.not_self", sentence="只能报告您自己的财产。", mend="请用本人账号登录。")
            )
        if ctx.case.state != CaseState.OPEN:
            problems.append(
                Problem(code="case.closed", sentence="案件已结，不再接收财产报告。", mend="请联系承办法官。")
            )
        if not f.items and not f.nothing:
            problems.append(
                Problem(
                    code="declare.empty",
                    sentence="没有填写任何财产。",
                    mend="请逐项填写；确实没有的，请勾选“没有财产”。",
                    field="items",
                )
            )
        if f.items and f.nothing:
            problems.append(
                Problem(
                    code="declare.both",
                    sentence="既填写了财产又勾选了“没有财产”。",
                    mend="请只保留一种。",
                    field="nothing",
                )
            )
        if ctx.actor.kind == ActorKind.PARTY and not f.truthful:
            problems.append(
                Problem(
                    code="declare.truth",
                    sentence="没有勾选真实性保证。",
                    mend="请阅读后勾选。",
                    law="cpl.252",
                    field="truthful",
                )
            )
        if f.received_on > ctx.today:
            problems.append(
                Problem(
                    code="declare.future",
                    sentence="收到日期晚于今天。",
                    mend="请核对日期。",
                    field="received_on",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Write the report; numbers only as digest and tail, words sealed."""
        f, case = ctx.fields, ctx.case
        late = case.declare_by is not None and f.received_on > case.declare_by
        declaration = Declaration.objects.create(
            case=case,
            court_key=case.court_key,
            party_id=f.party,
            received_on=f.received_on,
            is_late=late,
            entered_by=ctx.actor.name,
            draft_id=ctx.draft_id,
        )
        DeclaredItem.objects.bulk_create([self._item(declaration, case, item) for item in f.items])
        return {"declaration": declaration.pk, "items": len(f.items), "late": late}

    @staticmethod
    def _item(declaration: Declaration, case: Any, item: ItemFields) -> DeclaredItem:
        number = normalise(item.number).replace(" ", "")
        return DeclaredItem(
            declaration=declaration,
            case_id=case.pk,
            court_key=case.court_key,
            category=Category(item.category),
            text_sealed=seal(case.subject, item.text),
            place_sealed=seal(case.subject, item.place),
            number_index=blind("asset", number) if len(number) > 6 else None,
            number_tail=number[-4:],
            amount=item.amount,
            flags=item.flags,
        )
