"""What each rule is called, to which pattern of the law it belongs, and how its lead is told. Never that somebody is guilty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RULES: Mapping[str, tuple[str, str]] = {
    "T01": ("EVA-08", "没有来由的款项转给关联人"),
    "R01": ("EVA-08", "款项经他人账户在数日内转到关联人"),
    "A01": ("EVA-15", "收到执行通知后新开账户没有报告"),
    "H01": ("EVA-14", "冻结期间账户余额减少"),
    "C01": ("EVA-10", "出资到账后转回股东"),
    "C02": ("EVA-10", "未缴足出资即转让股权"),
    "P01": ("EVA-02", "以低于市场的价格转让"),
    "P02": ("EVA-03", "以高于市场的价格受让"),
    "P03": ("EVA-05", "以偏离市场的条件互易、抵债、许可使用"),
    "G01": ("EVA-01", "无偿转让、放弃债权或者延长清偿期"),
    "G02": ("EVA-01", "转让给关联人而流水中没有价款"),
    "G03": ("EVA-04", "新设为他人债务的担保"),
    "L01": ("EVA-06", "租赁的时间、租期、租金或者付款异常"),
    "J01": ("EVA-07", "关联人之间新的执行依据"),
    "D01": ("EVA-09", "离婚、析产后债务人所得明显偏少"),
    "M01": ("EVA-11", "一人公司没有独立账册"),
    "S01": ("EVA-08", "收入转入关联人账户"),
    "E01": ("EVA-12", "立案后注销而未见清算"),
    "E02": ("EVA-13", "无偿接受单位财产"),
    "B01": ("EVA-15", "财产报告不实或者逾期"),
    "B02": ("EVA-16", "限制消费后的消费"),
    "K01": ("EVA-17", "受理破产申请前六个月内个别清偿"),
    "K02": ("EVA-17", "受理破产申请前一年内的可撤销行为"),
}
"""Rule → pattern of the law book, what it is called."""

STRENGTHS = {"strong": "较强", "medium": "一般", "unclear": "待核实"}
SIGNS: Mapping[str, str] = {
    "near": "临近起诉、裁判、执行通知或者查封",
    "after_suit": "发生在起诉以后",
    "claimed": "附言写有用途，尚无凭证",
    "by_name": "收款人只有户名与关联人一致，须先核对收款账户开户证件",
    "small": "数额未达本院设定的标准",
    "partly_proved": "已扣除有凭证的部分和对方转回的款项",
    "habitual": "每月数额不大，可能是家庭开支，须核对用途",
    "two_way": "双方多次互有往来，须核对往来性质",
    "back_named": "有同名账户转回的款项，须先核对付款账户开户证件",
    "pool": "卷内有资金归集协议，须核对双向流水",
    "replaced": "银行记载为换卡",
    "own_hidden": "最终转入债务人没有报告的账户",
    "related": "对方是关联人",
    "settled": "卷内有一份可以说明理由的材料，须核对真伪",
    "within": "未超出百分之七十、百分之一百三十，但关联人之间不受该比例限制",
    "after_seal": "查封后出租",
    "back_dated": "合同日期早于查封，实际占有的最早凭证在查封以后",
    "long": "租期超过本院设定的年限",
    "cheap": "租金低于市场租金的百分之七十",
    "no_flow": "没有相应的资金往来",
    "at_once": "起诉、申请后即时达成调解或者裁决",
    "no_share": "分割比例不明",
    "not_due": "出资期限尚未届满",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a sentence names. debtor, other: names; on: day as text; fen: amount; count: records; number: share or hops."""

    debtor: str
    other: str
    on: str
    fen: int | None
    count: int
    number: float | None = None
    label: str = ""


def sentence(rule: str, facts: Facts) -> str:
    """One sentence with the facts of a lead."""
    amount = "" if facts.fen is None else f"{facts.fen // 100:,}.{facts.fen % 100:02d} 元"
    share = "" if facts.number is None else f"{facts.number * 100:.0f}%"
    other, thing = facts.other or "对方", facts.label or RULES[rule][1]
    match rule:
        case "T01":
            return (
                f"自 {facts.on} 起，{facts.debtor}向{other}转出 {facts.count} 笔，其中 {amount}没有查到来由。"
            )
        case "R01":
            return f"自 {facts.on} 起，{facts.debtor}的款项经 {facts.number or 0:.0f} 次转账到{other}，末次金额 {amount}。"
        case "A01":
            return f"{facts.debtor}于 {facts.on} 新开的账户没有报告，已进账 {amount}。"
        case "H01":
            return (
                f"自 {facts.on} 起，{facts.debtor}被冻结的账户转出超出可用部分 {amount}，未见扣划或者解除。"
            )
        case "C01":
            return f"{other} {facts.on} 的出资到账后，有 {share}（{amount}）转回其本人。"
        case "P01" | "P02" | "P03":
            return f"{facts.on} {thing}，相对人{other}，成交条件为市场价的 {share}，相差 {amount}。"
        case "D01" if facts.number is not None:
            return f"{facts.on} {thing}，{facts.debtor}分得共同财产的 {share}。"
        case _:
            told = f"，金额 {amount}" if amount else ""
            return f"{facts.on} {thing}，相对人{other}{told}。"
