"""Papers that open a case: acceptance notice, enforcement notice, order to report property."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from zhixing.documents.domain import wording
from zhixing.documents.domain.fields import Amount, Count, CourtAccount, Day, Text
from zhixing.documents.domain.paper import (
    CPL,
    CPL_INTERPRETATION,
    ENFORCEMENT_RULES,
    INVESTIGATION_RULES,
    Basis,
    CasePaper,
)


class AcceptanceNotice(CasePaper):
    """受理案件通知书: tells the applicant that the case is docketed, who handles it and what to bring."""

    code: ClassVar[str] = "acceptance_notice"
    title: ClassVar[str] = "受理案件通知书"
    label: ClassVar[str] = "受理案件通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(247,)),
        Basis(act=ENFORCEMENT_RULES, articles=(16,)),
    )

    addressee: Text = Field(title="受送达人")
    applied_on: Day = Field(title="申请日期")
    docketed_on: Day = Field(title="立案日期")
    judge: Text = Field(title="承办法官")
    clerk: Text | None = Field(None, title="书记员")
    clue_days: Count = Field(title="提供财产线索的期限（日）")


class EnforcementNotice(CasePaper):
    """执行通知书: orders the debtor to perform, names the account and the consequences."""

    code: ClassVar[str] = "enforcement_notice"
    title: ClassVar[str] = "执行通知书"
    label: ClassVar[str] = "执行通知书"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(251,)),
        Basis(act=CPL_INTERPRETATION, articles=(480,)),
        Basis(act=ENFORCEMENT_RULES, articles=(22,)),
    )

    addressee: Text = Field(title="受送达人")
    addressee_is_person: bool = Field(True, title="受送达人是自然人")
    applied_on: Day = Field(title="申请日期")
    docketed_on: Day = Field(title="立案日期")
    perform_days: Count | None = Field(None, title="履行期限（日）", description="不填则为立即履行")
    duties: tuple[Text, ...] = Field(title="应当履行的义务", min_length=1)
    enforcement_fee: Amount | None = Field(None, title="申请执行费")
    account: CourtAccount | None = Field(None, title="执行案款账户")

    def derived(self) -> dict[str, Any]:
        """Adds the form of address: 你 or 你单位."""
        return super().derived() | {"you": "你" if self.addressee_is_person else "你单位"}


class DeclarationOrder(CasePaper):
    """报告财产令 with the form of property to fill in (five groups of items)."""

    code: ClassVar[str] = "declaration_order"
    title: ClassVar[str] = "报告财产令"
    label: ClassVar[str] = "报告财产令（附财产报告表）"
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(252,)),
        Basis(act=INVESTIGATION_RULES, articles=(3, 4, 5, 6, 7, 9, 10)),
    )

    addressee: Text = Field(title="受送达人")
    addressee_is_person: bool = Field(True, title="受送达人是自然人")
    docketed_on: Day = Field(title="立案日期")
    report_days: Count = Field(title="报告期限（日）")
    look_back_years: Count = Field(title="回溯报告年数")
    supplement_days: Count = Field(title="补充报告期限（日）")

    def derived(self) -> dict[str, Any]:
        """Adds the form of address and the five groups of the annexed form."""
        return super().derived() | {
            "you": "你" if self.addressee_is_person else "你单位",
            "look_back": f"{wording.han_number(self.look_back_years)}年",
            "form_groups": [{"title": t, "items": list(i)} for t, i in FORM_GROUPS],
            "form_flags": list(FORM_FLAGS),
            "form_changes": list(FORM_CHANGES),
        }


# 财产调查规定 art 5: the groups and the marks that each item needs; art 6: the changes to report.
FORM_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "一、收入、存款、现金、理财产品、有价证券",
        ("工资、劳务等收入", "银行存款、支付账户余额", "现金", "理财产品", "股票、债券等有价证券"),
    ),
    ("二、土地使用权、房屋等不动产", ("土地使用权", "房屋")),
    (
        "三、交通运输工具、机器设备、产品、原材料等动产",
        ("车辆、船舶等交通运输工具", "机器设备", "产品、原材料"),
    ),
    (
        "四、债权、股权、投资权益、基金份额、信托受益权、知识产权等财产性权利",
        ("债权", "股权、投资权益", "基金份额、信托受益权", "知识产权"),
    ),
    ("五、其他应当报告的财产", ("其他财产",)),
)
FORM_FLAGS = ("出租", "设定担保", "共有", "权属争议", "他人占有", "登记在他人名下")
FORM_CHANGES = (
    "转让、出租财产",
    "在财产上设立担保物权等权利负担",
    "放弃债权或者延长债权清偿期",
    "支出大额资金",
    "其他影响生效法律文书确定债权实现的财产变动",
)
