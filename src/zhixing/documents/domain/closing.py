"""Papers about money and the end of a case: pay-out form, closing notice, archive index, comparison table."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field, model_validator

from zhixing.documents.domain.fields import Amount, ApprovalStep, Day, Piece, Text
from zhixing.documents.domain.paper import (
    CLOSING_OPINIONS,
    CPL,
    ENFORCEMENT_RULES,
    FUNDS_RULES,
    INVESTIGATION_RULES,
    Basis,
    CasePaper,
    Paper,
    Series,
)


class Payee(Piece):
    """One payment of a pay-out."""

    name: Text = Field(title="收款人")
    bank: Text = Field(title="开户银行")
    account: Text = Field(title="账号")
    amount: Amount = Field(title="金额（元）")
    way: Text = Field("转账", title="发放方式")
    purpose: Text = Field("执行案款", title="款项性质")


class PayoutForm(Paper):
    """执行案款发放审批表: from whom the money came, to whom it goes, who approved."""

    code: ClassVar[str] = "payout_form"
    title: ClassVar[str] = "执行案款发放审批表"
    label: ClassVar[str] = "执行案款发放审批表"
    series: ClassVar[Series] = Series.INTERNAL
    sealed: ClassVar[bool] = False
    basis: ClassVar[tuple[Basis, ...]] = (Basis(act=FUNDS_RULES, articles=(10, 11, 12)),)

    case_number: Text = Field(title="案号")
    cause: Text = Field(title="案由")
    applicant_names: Text = Field(title="申请执行人")
    debtor_names: Text = Field(title="被执行人")
    payer: Text = Field(title="交款人")
    received: Amount = Field(title="到账金额（元）")
    received_on: Day = Field(title="到账日期")
    received_way: Text = Field(title="交款方式")
    balance_before: Amount = Field(title="发放前余额（元）")
    balance_after: Amount = Field(title="发放后余额（元）")
    payees: tuple[Payee, ...] = Field(title="发放明细", min_length=1)
    total: Amount = Field(title="发放合计（元）")
    reason: Text = Field(title="发放理由")
    steps: tuple[ApprovalStep, ...] = Field(title="审批意见", min_length=1)

    @model_validator(mode="after")
    def _sums_agree(self) -> PayoutForm:
        listed = sum(p.amount for p in self.payees)
        if listed != self.total:
            raise ValueError(f"发放合计 {self.total} 元与明细合计 {listed} 元不一致")
        if self.balance_before - self.total != self.balance_after:
            raise ValueError("发放前余额减去发放合计应当等于发放后余额")
        return self


class ClosingNotice(CasePaper):
    """结案通知书 for a case that is fully performed."""

    code: ClassVar[str] = "closing_notice"
    title: ClassVar[str] = "结案通知书"
    label: ClassVar[str] = "结案通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=ENFORCEMENT_RULES, articles=(64,)),
        Basis(act=CLOSING_OPINIONS, articles=(15,)),
    )

    addressees: tuple[Text, ...] = Field(title="受送达人", min_length=1)
    docketed_on: Day = Field(title="立案日期")
    closed_on: Day = Field(title="结案日期")
    claimed: Amount = Field(title="申请执行标的（元）")
    paid: Amount = Field(title="实际执行到位（元）")
    fee_paid: Amount | None = Field(None, title="已收申请执行费（元）")
    course: Text = Field(title="执行经过", description="写成一句，不带句号")

    def derived(self) -> dict[str, Any]:
        """Adds the receivers joined."""
        return super().derived() | {"addressee": "、".join(self.addressees)}


class IndexEntry(Piece):
    """One paper of the archived file."""

    name: Text = Field(title="文件名称")
    number: Text | None = Field(None, title="文号")
    day: Day | None = Field(None, title="日期")
    first_page: int = Field(title="起始页", ge=1)
    last_page: int = Field(title="终止页", ge=1)
    remark: Text | None = Field(None, title="备注")

    @model_validator(mode="after")
    def _pages_run_forward(self) -> IndexEntry:
        if self.last_page < self.first_page:
            raise ValueError(f"“{self.name}”的终止页 {self.last_page} 早于起始页 {self.first_page}")
        return self


class ArchiveIndex(Paper):
    """案卷目录: numbers run in the order given."""

    code: ClassVar[str] = "archive_index"
    title: ClassVar[str] = "案卷目录"
    label: ClassVar[str] = "案卷目录"
    series: ClassVar[Series] = Series.INTERNAL
    sealed: ClassVar[bool] = False

    case_number: Text = Field(title="案号")
    cause: Text = Field(title="案由")
    applicant_names: Text = Field(title="申请执行人")
    debtor_names: Text = Field(title="被执行人")
    docketed_on: Day = Field(title="立案日期")
    closed_on: Day = Field(title="结案日期")
    closing_mode: Text = Field(title="结案方式")
    handler: Text = Field(title="承办人")
    filer: Text = Field(title="立卷人")
    entries: tuple[IndexEntry, ...] = Field(title="目录", min_length=1)


class Verdict(StrEnum):
    """How a declared item and a found item compare; a person decides what follows from it."""

    AGREES = "一致"
    OMITTED = "未报告"
    DIFFERS = "数额不符"
    NOT_FOUND = "未查到"
    OPEN = "待核实"


class ComparisonRow(Piece):
    """One item of property as declared and as found; None means: not declared, or not found."""

    group: Text = Field(title="财产类别")
    item: Text = Field(title="财产")
    declared: Text | None = Field(None, title="报告内容")
    declared_amount: Amount | None = Field(None, title="报告金额（元）")
    found: Text | None = Field(None, title="查询结果")
    found_amount: Amount | None = Field(None, title="查询金额（元）")
    source: Text | None = Field(None, title="查询来源")
    verdict: Verdict = Field(title="比对结果")


class ComparisonTable(Paper):
    """财产报告与查询结果比对表, annexed to the packet of results."""

    code: ClassVar[str] = "comparison_table"
    title: ClassVar[str] = "财产报告与查询结果比对表"
    label: ClassVar[str] = "财产报告与查询结果比对表"
    series: ClassVar[Series] = Series.INTERNAL
    sealed: ClassVar[bool] = False
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(252,)),
        Basis(act=INVESTIGATION_RULES, articles=(8, 9, 10)),
    )

    case_number: Text = Field(title="案号")
    debtor: Text = Field(title="被执行人")
    order_received_on: Day | None = Field(None, title="收到报告财产令日期")
    declared_on: Day | None = Field(None, title="报告日期", description="没有报告时不填")
    found_until: Day = Field(title="查询结果截止日")
    rows: tuple[ComparisonRow, ...] = Field((), title="比对明细")

    def derived(self) -> dict[str, Any]:
        """Adds how many rows carry each verdict, in the order of Verdict, without zeros."""
        counts = [(v.value, sum(r.verdict is v for r in self.rows)) for v in Verdict]
        return super().derived() | {"counts": [{"verdict": v, "n": n} for v, n in counts if n]}
