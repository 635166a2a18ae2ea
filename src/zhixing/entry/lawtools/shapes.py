"""The forms of the tools for single questions: fee, deadline, identifier, auction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from zhixing.entry.lawtools.fields import Cell, Shape
from zhixing.entry.lawtools.shapes_rows import distribution_shape, interest_shape
from zhixing.entry.lawtools.tools import LONGEST_CODE
from zhixing.law.book import book
from zhixing.law.fees import KINDS
from zhixing.law.identifiers.forms import kinds
from zhixing.law.identifiers.identify import identifier_title
from zhixing.law.realisation.reading import ASSETS
from zhixing.law.schemas import FeeItem
from zhixing.law.terms import term_groups
from zhixing.ui.forms import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def shape_of(key: str, today: date) -> Shape:
    """The form of a tool; lists of choices are those in force today."""
    match key:
        case "interest":
            return interest_shape()
        case "fee":
            return _fee(today)
        case "deadline":
            return _deadline(today)
        case "identifier":
            return _identifier()
        case "distribution":
            return distribution_shape(today)
        case _:
            return _auction()


def _fee(today: date) -> Shape:
    items = [Choice(value=row.code, label=row.title) for row in book().at(today).rows("fees_items", FeeItem)]
    return Shape(
        parts=(
            Cell(
                name="kind", label="费用种类", widget="radio", required=True, default="execution",
                choices=[Choice(value=code, label=title) for code, title in KINDS.items()],
            ),
            Cell(
                name="amount", label="金额", widget="money", kind="money", unit="元",
                hint="执行金额、保全财产的数额或者诉讼请求的数额；没有金额的案件留空。",
            ),
            Cell(name="on", label="按哪一天的标准", widget="date", kind="day", hint="留空按今日。"),
        ),
        folded=(
            Cell(
                name="doubled", label="其中另计的加倍部分债务利息", widget="money", kind="money", unit="元",
                hint="只用于执行申请费；是否计入执行金额按本院设定。",
            ),
            Cell(
                name="item", label="非财产案件的种类", widget="select", choices=items, hint="只用于案件受理费。"
            ),
            Cell(name="halved", label="减半交纳（调解、撤诉、简易程序；只用于案件受理费）", widget="checkbox", kind="flag"),
        ),
        finish=_fee_finish,
    )  # fmt: skip


def _fee_finish(given: dict[str, Any]) -> Mapping[str, str]:
    if not given["halved"]:
        del given["halved"]
    return {}


def _deadline(today: date) -> Shape:
    rules = [
        Choice(
            value=choice.code,
            label=f"{choice.title}（{choice.length}，{choice.runs_from}{'前' if choice.before else '起'}）"
            if choice.runs_from
            else f"{choice.title}（{choice.length}）",
            group=group.title,
        )
        for group in term_groups(today)
        for choice in group.choices
    ]
    return Shape(
        parts=(
            Cell(name="rule", label="哪一个期限", widget="select", choices=rules, required=True),
            Cell(
                name="from", label="起算的事件发生在哪一天", widget="date", kind="day", required=True,
                hint="例如送达之日、立案之日。开始的当日不计算在内，由系统处理。",
            ),
        ),
        folded=(
            Cell(name="time", label="时刻", hint="只用于按小时计算的期限，例如 10:20。", max_length=5),
            Cell(
                name="amount", label="文书确定的长短", widget="number", kind="whole",
                hint="期限表中写“按文书”的，填写文书写明的日数或者月数。",
            ),
            Cell(name="travel_days", label="在途时间", widget="number", kind="whole", unit="日"),
            Cell(
                name="announced", label="起算日是公告之日", widget="select",
                choices=[Choice(value="home", label="是，国内公告送达"), Choice(value="abroad", label="是，涉外公告送达")],
            ),
            Cell(name="posted", label="文书交邮之日", widget="date", kind="day", hint="填写后一并判断交邮是否在期限内。"),
            Cell(
                name="obstacle_ended", label="障碍消除之日", widget="date", kind="day",
                hint="因正当理由耽误期限的，填写后得出可以申请顺延的最后一日。",
            ),
        ),
        finish=_deadline_finish,
        unfold=_deadline_unfold,
    )  # fmt: skip


def _deadline_finish(given: dict[str, Any]) -> Mapping[str, str]:
    time = given.pop("time", "")
    if time and "from" in given:
        given["from"] = f"{given['from']}T{time}"
        return {"from": "time"}
    return {}


def _deadline_unfold(given: Mapping[str, Any]) -> Mapping[str, Any]:
    day, _, time = str(given.get("from", "")).partition("T")
    return {**given, "from": day, "time": time}


def _identifier() -> Shape:
    return Shape(
        parts=(
            Cell(
                name="code", label="号码或者案号", required=True, max_length=LONGEST_CODE,
                hint="号码不保存，也不出现在网址里。",
            ),
            Cell(
                name="kind", label="种类", widget="select", hint="不选由系统辨认。",
                choices=[Choice(value=kind, label=identifier_title(kind)) for kind in kinds()],
            ),
        ),
    )  # fmt: skip


def _auction() -> Shape:
    day, money = (
        cast("Any", {"widget": "date", "kind": "day"}),
        cast("Any", {"widget": "money", "kind": "money", "unit": "元"}),
    )
    return Shape(
        parts=(
            Cell(
                name="asset", label="财产种类", widget="radio", required=True, default="immovable",
                choices=[Choice(value=code, label=title) for code, title in ASSETS.items()],
            ),
            Cell(name="reference_price", label="参考价", required=True, **money),
            Cell(name="price_on", label="参考价确定之日", required=True, **day),
            Cell(name="notice_on", label="一拍公告之日", required=True, **day),
        ),
        folded=(
            Cell(name="controlled_on", label="查封、扣押、冻结之日", **day),
            Cell(name="valid_until", label="报告写明的有效期届满日", **day),
            Cell(name="auction_on", label="一拍开始之日", hint="留空按最早的日期。", **day),
            Cell(name="first_start", label="一拍起拍价", hint="留空按最低的价格。", **money),
            Cell(name="second_on", label="二拍开始之日", **day),
            Cell(name="second_start", label="二拍起拍价", **money),
            Cell(name="priority", label="优先债权", hint="判断拍卖对申请执行人有无剩余。", **money),
            Cell(name="costs", label="执行费用", **money),
            Cell(name="applicant_claim", label="申请执行人参加竞买的，其债权", **money),
        ),
    )  # fmt: skip
