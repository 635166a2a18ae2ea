"""Papers of control: freeze, renew, release, deduct, seize, and the notice to the debtor."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field, model_validator

from zhixing.documents.domain import wording
from zhixing.documents.domain.fields import Amount, Count, CourtAccount, Day, Officer, Piece, Text
from zhixing.documents.domain.paper import (
    CPL,
    CPL_INTERPRETATION,
    NETWORK_RULES,
    SEIZURE_RULES,
    Basis,
    CasePaper,
    Paper,
    Series,
)


class AccountItem(Piece):
    """Money or a product at one institution."""

    institution: Text = Field(title="协助单位")
    account: Text = Field(title="账号")
    what: Text = Field("存款", title="财产种类")
    amount: Amount = Field(title="金额（元）")


class RealtyItem(Piece):
    """One thing to be seized, as the registry knows it."""

    what: Text = Field("房屋", title="财产种类")
    location: Text = Field(title="坐落或者所在地")
    certificate: Text | None = Field(None, title="权属证书号")
    unit_number: Text | None = Field(None, title="不动产单元号")
    share: Text | None = Field(None, title="份额")


class _Ruling(CasePaper):
    title: ClassVar[str] = "执行裁定书"
    series: ClassVar[Series] = Series.RULING
    notified_on: Day | None = Field(None, title="发出执行通知书的日期", description="尚未发出时不填")
    debtor: Text = Field(title="被采取措施的被执行人")


class _TermRuling(_Ruling):
    term_months: Count = Field(title="期限（月）")
    renew_request_days: Count | None = Field(None, title="届满前申请续行的提前天数")

    def derived(self) -> dict[str, Any]:
        """Adds the term in words."""
        return super().derived() | {"term": wording.term_text(self.term_months)}


class FreezeRuling(_TermRuling):
    """执行裁定书（冻结）, limited to the amount owed; the list of accounts is annexed."""

    code: ClassVar[str] = "freeze_ruling"
    label: ClassVar[str] = "执行裁定书（冻结）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=SEIZURE_RULES, articles=(1, 19)),
    )

    property_text: Text = Field(
        "银行存款", title="冻结的财产", description="银行存款、理财产品、支付账户资金等"
    )
    limit: Amount = Field(title="冻结限额（元）")
    accounts: tuple[AccountItem, ...] = Field((), title="冻结清单")


class RenewFreezeRuling(_TermRuling):
    """执行裁定书（续行冻结): before the running term ends."""

    code: ClassVar[str] = "renew_freeze_ruling"
    label: ClassVar[str] = "执行裁定书（续行冻结）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=CPL_INTERPRETATION, articles=(485,)),
        Basis(act=SEIZURE_RULES, articles=(27,)),
    )

    earlier_ruling: Text = Field(title="原裁定书文号")
    expires_on: Day = Field(title="原期限届满日")
    accounts: tuple[AccountItem, ...] = Field(title="续行冻结清单", min_length=1)


class ReleaseFreezeRuling(_Ruling):
    """执行裁定书（解除冻结), with the ground of 查扣冻规定 art 28."""

    code: ClassVar[str] = "release_freeze_ruling"
    label: ClassVar[str] = "执行裁定书（解除冻结）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=SEIZURE_RULES, articles=(28,)),
    )

    earlier_ruling: Text = Field(title="原裁定书文号")
    ground: Text = Field(title="解除理由", description="写成一句，不带句号")
    accounts: tuple[AccountItem, ...] = Field(title="解除冻结清单", min_length=1)


class DeductRuling(_Ruling):
    """执行裁定书（扣划): frozen money goes to the case's account at the court."""

    code: ClassVar[str] = "deduct_ruling"
    label: ClassVar[str] = "执行裁定书（扣划）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=CPL_INTERPRETATION, articles=(484,)),
    )

    total: Amount = Field(title="扣划总额（元）")
    accounts: tuple[AccountItem, ...] = Field(title="扣划清单", min_length=1)

    @model_validator(mode="after")
    def _sum_agrees(self) -> DeductRuling:
        listed = sum(a.amount for a in self.accounts)
        if listed != self.total:
            raise ValueError(f"扣划总额 {self.total} 元与清单合计 {listed} 元不一致，请更正其中一处")
        return self


class SealRuling(_TermRuling):
    """执行裁定书（查封）."""

    code: ClassVar[str] = "seal_ruling"
    label: ClassVar[str] = "执行裁定书（查封）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253, 255)),
        Basis(act=SEIZURE_RULES, articles=(1, 7, 19)),
    )

    things: tuple[RealtyItem, ...] = Field(title="查封的财产", min_length=1)


class _AssistNotice(Paper):
    series: ClassVar[Series] = Series.FOLLOWS
    addressee: Text = Field(title="协助单位")
    case_number: Text = Field(title="案号")
    ruling_number: Text = Field(title="裁定书文号")
    applicant_names: Text = Field(title="申请执行人")
    cause: Text = Field(title="案由")
    debtor: Text = Field(title="被执行人")
    debtor_id_kind: Text = Field("公民身份号码", title="证件种类")
    debtor_id: Text = Field(title="证件号码")
    officers: tuple[Officer, ...] = Field(title="执行人员", min_length=2, description="不少于两人")
    phone: Text = Field(title="联系电话")


class _FreezeOrder(_AssistNotice):
    accounts: tuple[AccountItem, ...] = Field(title="账户清单", min_length=1)


class _PeriodOrder(_FreezeOrder):
    term_months: Count = Field(title="期限（月）")
    starts_on: Day = Field(title="起始日")
    ends_on: Day = Field(title="届满日")

    def derived(self) -> dict[str, Any]:
        """Adds the term in words."""
        return super().derived() | {"term": wording.term_text(self.term_months)}

    @model_validator(mode="after")
    def _period_runs_forward(self) -> _PeriodOrder:
        if self.ends_on <= self.starts_on:
            raise ValueError("届满日应当晚于起始日")
        return self


class FreezeNotice(_PeriodOrder):
    """协助冻结存款通知书."""

    code: ClassVar[str] = "freeze_notice"
    title: ClassVar[str] = "协助冻结存款通知书"
    label: ClassVar[str] = "协助冻结存款通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=NETWORK_RULES, articles=(4, 5)),
    )


class RenewFreezeNotice(_PeriodOrder):
    """协助续行冻结存款通知书."""

    code: ClassVar[str] = "renew_freeze_notice"
    title: ClassVar[str] = "协助续行冻结存款通知书"
    label: ClassVar[str] = "协助续行冻结存款通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=CPL_INTERPRETATION, articles=(485,)),
        Basis(act=NETWORK_RULES, articles=(4, 5)),
    )

    earlier_notice: Text = Field(title="原协助冻结通知书文号")


class ReleaseFreezeNotice(_FreezeOrder):
    """协助解除冻结存款通知书."""

    code: ClassVar[str] = "release_freeze_notice"
    title: ClassVar[str] = "协助解除冻结存款通知书"
    label: ClassVar[str] = "协助解除冻结存款通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=SEIZURE_RULES, articles=(28,)),
        Basis(act=NETWORK_RULES, articles=(4, 5)),
    )

    earlier_notice: Text = Field(title="原协助冻结通知书文号")


class DeductNotice(_FreezeOrder):
    """协助扣划存款通知书, with the account that receives the money."""

    code: ClassVar[str] = "deduct_notice"
    title: ClassVar[str] = "协助扣划存款通知书"
    label: ClassVar[str] = "协助扣划存款通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=NETWORK_RULES, articles=(5, 9)),
    )

    total: Amount = Field(title="扣划总额（元）")
    account: CourtAccount = Field(title="执行案款账户")


class SealNotice(_AssistNotice):
    """协助执行通知书（查封)."""

    code: ClassVar[str] = "seal_notice"
    title: ClassVar[str] = "协助执行通知书"
    label: ClassVar[str] = "协助执行通知书（查封）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253, 255, 262)),
        Basis(act=SEIZURE_RULES, articles=(1, 7)),
    )

    things: tuple[RealtyItem, ...] = Field(title="查封的财产", min_length=1)
    term_months: Count = Field(title="期限（月）")
    starts_on: Day = Field(title="起始日")
    ends_on: Day = Field(title="届满日")

    def derived(self) -> dict[str, Any]:
        """Adds the term in words."""
        return super().derived() | {"term": wording.term_text(self.term_months)}


class FrozenItem(AccountItem):
    """What an institution answered to a freeze: `amount` is the limit."""

    actual: Amount = Field(title="实际冻结金额（元）")
    ends_on: Day = Field(title="届满日")


class FreezeAdvice(CasePaper):
    """冻结告知书: tells the debtor in plain words what was frozen, how to end it and which rights he has."""

    code: ClassVar[str] = "freeze_advice"
    title: ClassVar[str] = "冻结告知书"
    label: ClassVar[str] = "冻结告知书"
    series: ClassVar[Series] = Series.FOLLOWS
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(236, 253)),
        Basis(act=SEIZURE_RULES, articles=(1, 3)),
    )

    addressee: Text = Field(title="受送达人")
    addressee_is_person: bool = Field(True, title="受送达人是自然人")
    ruling_number: Text = Field(title="裁定书文号")
    outstanding: Amount = Field(title="尚未履行的金额（元）")
    frozen: tuple[FrozenItem, ...] = Field(title="冻结情况", min_length=1)
    review_days: Count = Field(title="异议审查期限（日）")
    reconsider_days: Count = Field(title="申请复议期限（日）")
    account: CourtAccount | None = Field(None, title="执行案款账户")

    def derived(self) -> dict[str, Any]:
        """Adds the form of address."""
        return super().derived() | {"you": "你" if self.addressee_is_person else "你单位"}
