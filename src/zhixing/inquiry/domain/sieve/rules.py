"""The rules of the sieve: what each concludes and how it says so. The order is the order of deciding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a line is, for the case."""

    OWN = "own"
    OTHER = "other"
    UNCLEAR = "unclear"
    DUPLICATE = "duplicate"
    STALE = "stale"
    MALFORMED = "malformed"
    EMPTY = "empty"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    Attributes:
        code: stable name that is stored with the verdict.
        says: sentence for the judge; holds no personal data.
        is_strong: rests on a check-digit-valid number, so that a measure may follow without a second evidence.
    """

    code: str
    verdict: Verdict
    says: str
    is_strong: bool = False


_RULES = (
    Rule(code="S01", verdict=Verdict.EMPTY, says="协助单位在账号栏答复没有查到财产"),
    Rule(code="S02", verdict=Verdict.ERROR, says="协助单位在账号栏答复查询失败，须重新查询"),
    Rule(code="S03", verdict=Verdict.MALFORMED, says="没有账号、单元号等能确定是哪一项财产的号码"),
    Rule(code="P01", verdict=Verdict.OWN, says="权利人证件号与本案一致，姓名也一致", is_strong=True),
    Rule(
        code="P02", verdict=Verdict.OWN, is_strong=True,
        says="权利人证件号与本案一致，姓名为异体、繁体、同音或曾用写法",
    ),
    Rule(code="P03", verdict=Verdict.OWN, says="权利人证件号与本案一致，反馈没有写姓名", is_strong=True),
    Rule(
        code="P04", verdict=Verdict.OWN, is_strong=True,
        says="统一社会信用代码与本案一致，名称不同，应为更名，请核对变更登记",
    ),
    Rule(code="P05", verdict=Verdict.UNCLEAR, says="证件号与本案一致，姓名完全不同，须核实是否冒用或录入错误"),
    Rule(code="P06", verdict=Verdict.OTHER, says="权利人是本案的另一当事人，不是这次被查询的人"),
    Rule(code="P07", verdict=Verdict.OTHER, says="权利人证件号有效而与本案不同，是另一个人"),
    Rule(code="P08", verdict=Verdict.UNCLEAR, says="权利人证件号校验不合，与本案证件号只差一处，可能是录入错误"),
    Rule(code="P09", verdict=Verdict.UNCLEAR, says="权利人证件号校验不合，无法判断是谁"),
    Rule(code="P10", verdict=Verdict.OTHER, says="权利人证件号只显示一部分，显示的部分与本案不同"),
    Rule(code="P11", verdict=Verdict.UNCLEAR, says="权利人证件号只显示一部分，显示的部分与本案一致，须人工核实"),
    Rule(code="P12", verdict=Verdict.OTHER, says="没有证件号，权利人姓名与本案不同"),
    Rule(code="P13", verdict=Verdict.UNCLEAR, says="没有证件号，权利人姓名与本案同音或相近，须人工核实"),
    Rule(code="P14", verdict=Verdict.UNCLEAR, says="同一号码在另一次查询中反馈为别人所有，须向协助单位核实"),
    Rule(code="P15", verdict=Verdict.OWN, says="账号与案卷中已确认的账号一致", is_strong=True),
    Rule(code="P16", verdict=Verdict.UNCLEAR, says="留存的电话和地址都与本案不同，又没有证件号，不能排除同名"),
    Rule(
        code="P17", verdict=Verdict.UNCLEAR,
        says="没有证件号，仅姓名相同，本次也不是按有效证件号查询，不能排除同名",
    ),
    Rule(code="P18", verdict=Verdict.OWN, says="协助单位按本案有效证件号查得", is_strong=True),
    Rule(code="V01", verdict=Verdict.MALFORMED, says="余额或可用余额不是数字"),
    Rule(code="V02", verdict=Verdict.MALFORMED, says="余额或可用余额带有单位或大写数字，须核对原文"),
    Rule(code="V03", verdict=Verdict.MALFORMED, says="余额或可用余额为负数"),
    Rule(code="V04", verdict=Verdict.MALFORMED, says="币种代码无法识别"),
    Rule(code="V05", verdict=Verdict.MALFORMED, says="反馈时点无法识别"),
    Rule(code="V06", verdict=Verdict.MALFORMED, says="反馈时点晚于收到之日"),
    Rule(code="V07", verdict=Verdict.MALFORMED, says="别的栏目里写着查无、异常一类的话，与本行有财产相矛盾"),
    Rule(code="V08", verdict=Verdict.MALFORMED, says="可用余额大于余额"),
    Rule(code="D01", verdict=Verdict.DUPLICATE, says="同一单位在同一次反馈中重复列出"),
    Rule(code="D02", verdict=Verdict.DUPLICATE, says="同一号码已由另一单位或此前的反馈列出，内容一致"),
    Rule(code="D03", verdict=Verdict.UNCLEAR, says="同一号码前后反馈的余额不同，又不是更正，须向协助单位核实"),
    Rule(code="T01", verdict=Verdict.STALE, says="反馈时点过早，须重新查询"),
)  # fmt: skip
RULES: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}


def sentence(code: str) -> str:
    """What a rule says to the judge. Raises KeyError."""
    return RULES[code].says
