"""Papers of a network inquiry: approval form, ruling, notices of assistance."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from zhixing.documents.domain.fields import ApprovalStep, Count, Day, Officer, Piece, Text
from zhixing.documents.domain.paper import (
    CPL,
    INVESTIGATION_RULES,
    NETWORK_RULES,
    Basis,
    CasePaper,
    Paper,
    Series,
)


class Subject(Piece):
    """Somebody whose property is looked for. Only who owes performance in the case may be listed."""

    name: Text = Field(title="姓名或者名称")
    id_kind: Text = Field(title="证件种类")
    id_number: Text = Field(title="证件号码")


class InquiryApproval(CasePaper):
    """网络查询审批表: the internal form, kept in the file; identifiers come in masked."""

    code: ClassVar[str] = "inquiry_approval"
    title: ClassVar[str] = "网络查询审批表"
    label: ClassVar[str] = "网络查询审批表"
    series: ClassVar[Series] = Series.INTERNAL
    sealed: ClassVar[bool] = False
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=INVESTIGATION_RULES, articles=(1, 12, 25)),
        Basis(act=NETWORK_RULES, articles=(1, 7)),
    )

    drafter: Text = Field(title="拟稿人")
    subjects: tuple[Subject, ...] = Field(title="被查询人", min_length=1)
    menu: tuple[Text, ...] = Field(title="查询事项和协助单位", min_length=1)
    reason: Text = Field(title="查询理由")
    steps: tuple[ApprovalStep, ...] = Field(title="审批意见", min_length=1)


class InquiryRuling(CasePaper):
    """执行裁定书（查询）: orders that the property of the named debtors be inquired."""

    code: ClassVar[str] = "inquiry_ruling"
    title: ClassVar[str] = "执行裁定书"
    label: ClassVar[str] = "执行裁定书（查询）"
    series: ClassVar[Series] = Series.RULING
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=INVESTIGATION_RULES, articles=(1, 12)),
    )

    notified_on: Day | None = Field(None, title="发出执行通知书的日期", description="尚未发出时不填")
    subjects: tuple[Text, ...] = Field(title="被查询人", min_length=1)
    scope: Text = Field(title="查询范围", description="银行存款、理财产品、不动产等，写成一句")

    def derived(self) -> dict[str, Any]:
        """Adds the names joined."""
        return super().derived() | {"subject_names": "、".join(self.subjects)}


class _InquiryNotice(Paper):
    series: ClassVar[Series] = Series.FOLLOWS

    addressee: Text = Field(title="协助单位")
    case_number: Text = Field(title="案号")
    ruling_number: Text | None = Field(None, title="裁定书文号", description="没有裁定书时不填")
    request_number: Text | None = Field(None, title="查询请求单号")
    subjects: tuple[Subject, ...] = Field(title="被查询人", min_length=1)
    items: tuple[Text, ...] = Field(title="需要反馈的事项", min_length=1)
    officers: tuple[Officer, ...] = Field(title="执行人员", min_length=2, description="不少于两人")
    phone: Text = Field(title="联系电话")


class DepositInquiryNotice(_InquiryNotice):
    """协助查询存款通知书: asks a bank or payment institution for accounts and assets of a list of persons."""

    code: ClassVar[str] = "deposit_inquiry_notice"
    title: ClassVar[str] = "协助查询存款通知书"
    label: ClassVar[str] = "协助查询存款通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=NETWORK_RULES, articles=(1, 3, 5)),
    )

    movements_from: Day | None = Field(None, title="资金往来起始日")
    movements_until: Day | None = Field(None, title="资金往来截止日")
    answer_hours: Count = Field(title="反馈时限（小时）")

    @model_validator(mode="after")
    def _period_whole(self) -> DepositInquiryNotice:
        start, end = self.movements_from, self.movements_until
        if (start is None) != (end is None):
            raise ValueError("资金往来的起始日和截止日应当同时填写或者同时不填")
        if start and end and end < start:
            raise ValueError("资金往来的截止日早于起始日")
        return self


class RealtyInquiryNotice(_InquiryNotice):
    """协助查询通知书（不动产）: asks a registry for ownership, mortgages, seizures and pre-notices."""

    code: ClassVar[str] = "realty_inquiry_notice"
    title: ClassVar[str] = "协助查询通知书"
    label: ClassVar[str] = "协助查询通知书（不动产）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=INVESTIGATION_RULES, articles=(1, 12)),
        Basis(act=NETWORK_RULES, articles=(10,)),
    )


class PropertyInquiryNotice(_InquiryNotice):
    """协助查询通知书: asks a vehicle office, depository, insurer, housing fund or other unit about property it keeps."""

    code: ClassVar[str] = "property_inquiry_notice"
    title: ClassVar[str] = "协助查询通知书"
    label: ClassVar[str] = "协助查询通知书（其他财产）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=INVESTIGATION_RULES, articles=(1, 12)),
    )
