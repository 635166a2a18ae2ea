"""The forms of the tools that take lists: interest and distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhixing.entry.lawtools.fields import Cell, Rows, Shape
from zhixing.law.book import book
from zhixing.law.distribution.inputs import BANKRUPTCY, DEBTORS
from zhixing.law.interest.nouns import ORDER_WORDS, PAID_WORDS, PART_WORDS
from zhixing.law.schemas import ClaimRank
from zhixing.ui.forms import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_PER = {"day": "日", "month": "月", "year": "年"}
_ORDERS = (
    ("costs", "interest", "principal"),
    ("costs", "principal", "interest"),
    ("costs", "interest", "principal", "extra"),
    ("costs", "interest", "extra", "principal"),
)
_YESNO = (Choice(value="yes", label="是"), Choice(value="no", label="否"))
# Cells of a row of claims that belong to the creditor or to his seal, not to the claim itself.
_OF_CREDITOR, _OF_SEAL = ("name", "applied_on"), {"seal_place": "place"}


def _choices(words: Mapping[str, str]) -> list[Choice]:
    return [Choice(value=value, label=label) for value, label in words.items()]


def interest_shape() -> Shape:
    """Sums, agreed interest, excluded periods, payments; sums are numbered by their rows."""
    parts = Rows(
        name="parts", label="文书确定的金钱债务", required=True, shown=1,
        cells=(
            Cell(name="kind", label="种类", widget="select", required=True, choices=_choices(PART_WORDS), default="principal"),
            Cell(name="amount", label="数额", widget="money", kind="money", unit="元", required=True),
            Cell(name="due", label="另定的届满日", widget="date", kind="day"),
        ),
    )  # fmt: skip
    general = Rows(
        name="general_interest", label="文书确定的利息（一般债务利息）",
        hint="利率写法：0.05%、4.35%、1.5*LPR1Y、4*LPR1Y@2021-03-01、benchmark。后三种按年，按公布的利率逐段变动。",
        cells=(
            Cell(name="on", label="第几项债务", widget="number", required=True, default="1"),
            Cell(name="rate", label="利率", required=True, max_length=40),
            Cell(name="per", label="按日、月、年", widget="select", choices=_choices(_PER)),
            Cell(name="from", label="起息日（当日计息）", widget="date", kind="day", required=True),
            Cell(name="to", label="止息日", widget="date", kind="day"),
            Cell(name="cap.contract", label="民间借贷合同成立日", widget="date", kind="day"),
        ),
    )  # fmt: skip
    excluded = Rows(
        name="excluded", label="不计算加倍部分的期间",
        hint="非因被执行人申请而中止、暂缓执行等期间；首尾两日都扣除。",
        cells=(
            Cell(name="from", label="自", widget="date", kind="day", required=True),
            Cell(name="to", label="至", widget="date", kind="day", required=True),
            Cell(name="reason", label="事由"),
        ),
    )  # fmt: skip
    payments = Rows(
        name="payments", label="已经履行、划拨、受偿的款项",
        hint="受偿当日计息。金额填“全部”表示当日清偿全部债务。",
        cells=(
            Cell(name="date", label="日期", widget="date", kind="day", required=True),
            Cell(name="amount", label="金额", kind="money", unit="元", required=True, takes_all=True),
            Cell(name="by", label="方式", widget="select", choices=_choices(PAID_WORDS), default="voluntary"),
        ),
    )  # fmt: skip
    return Shape(
        parts=(
            Cell(
                name="due", label="履行期间的最后一日", widget="date", kind="day",
                hint="文书没有确定履行期间的，填写文书生效之日的前一日。分期履行的，在各项债务中分别填写。",
            ),
            Cell(name="as_of", label="计算至哪一天", widget="date", kind="day", required=True),
            parts, general, excluded, payments,
        ),
        folded=(
            Cell(
                name="settings.order", label="抵充顺序", widget="select", kind="list",
                choices=[Choice(value=",".join(words), label="→".join(ORDER_WORDS[w] for w in words)) for words in _ORDERS],
                hint="当事人另有约定时选择；不选按法定顺序和本院设定。",
            ),
            Cell(name="settings.include_costs", label="费用计入加倍部分的基数", widget="select", kind="yesno", choices=_YESNO),
            Cell(
                name="settings.year_base", label="一年的计息天数", widget="select", kind="whole",
                choices=[Choice(value="360", label="360"), Choice(value="365", label="365")],
            ),
            Cell(name="bankruptcy_accepted", label="破产申请受理之日", widget="date", kind="day"),
        ),
        finish=_interest_finish,
        unfold=_interest_unfold,
    )  # fmt: skip


def _interest_finish(given: dict[str, Any]) -> Mapping[str, str]:
    """Sums get their row's number as name; a rate of a published kind needs no period."""
    for number, part in enumerate(given.get("parts", ()), start=1):
        part["id"] = str(number)
    return {}


def _interest_unfold(given: Mapping[str, Any]) -> Mapping[str, Any]:
    settings = dict(given.get("settings", {}))
    if "include_costs" in settings:
        settings["include_costs"] = "yes" if settings["include_costs"] else "no"
    return {**given, "settings": settings}


def distribution_shape(today: date) -> Shape:
    """Proceeds and claims; one row per claim, rows of one name are one creditor."""
    ranks = {
        row.code: row.title
        for row in book().at(today).rows("distribution_ranks", ClaimRank)
        if row.code != "doubled"
    }
    proceeds = Rows(
        name="proceeds", label="执行所得", required=True, shown=1, hint="一行一项，名称如 房屋、存款。",
        cells=(
            Cell(name="id", label="名称", required=True),
            Cell(name="amount", label="所得", widget="money", kind="money", unit="元", required=True),
            Cell(name="costs", label="评估拍卖等费用", widget="money", kind="money", unit="元"),
        ),
    )  # fmt: skip
    claims = Rows(
        name="claims", label="债权", required=True, shown=2,
        hint="一行一项债权，同一债权人写同一名称。优先债权填写所在的财产，名称与上面一致。查封顺位 1 为首封。",
        cells=(
            Cell(name="name", label="债权人", required=True),
            Cell(name="kind", label="债权种类", widget="select", choices=_choices(ranks), default="ordinary"),
            Cell(name="principal", label="本金等", widget="money", kind="money", unit="元", required=True),
            Cell(name="interest", label="一般债务利息", widget="money", kind="money", unit="元"),
            Cell(name="doubled", label="加倍部分", widget="money", kind="money", unit="元"),
            Cell(name="asset", label="优先于哪项财产"),
            Cell(name="rank", label="同类中的顺位", widget="number", kind="whole"),
            Cell(name="title", label="已取得执行依据", widget="select", kind="yesno", choices=_YESNO, default="yes"),
            Cell(name="applied_on", label="申请参与分配之日", widget="date", kind="day"),
            Cell(name="seal_place", label="查封顺位", widget="number", kind="whole"),
        ),
    )  # fmt: skip
    return Shape(
        parts=(
            Cell(name="debtor", label="被执行人", widget="radio", required=True, choices=_choices(DEBTORS), default="person"),
            Cell(name="on", label="制作方案之日", widget="date", kind="day", hint="留空按今日。"),
            Cell(name="insolvent", label="财产不足以清偿全部债权", widget="checkbox", kind="flag", default="true"),
            proceeds, claims,
        ),
        folded=(
            Cell(name="one_title", label="各债权人在同一份法律文书中", widget="checkbox", kind="flag"),
            Cell(name="criminal", label="被执行人同时承担刑事责任", widget="checkbox", kind="flag"),
            Cell(name="bankruptcy", label="移送破产（仅企业法人）", widget="select", choices=_choices(BANKRUPTCY)),
            Cell(
                name="enforcement_fee", label="执行申请费", widget="money", kind="money", unit="元",
                hint="留空按收费标准计算。",
            ),
            Cell(name="started_on", label="开始执行之日", widget="date", kind="day"),
            Cell(name="settings.first_sealer_bonus", label="首封债权人先行受偿的比例", hint="例如 10%；留空按本院设定。"),
            Cell(name="settings.cut_off_on", label="申请参与分配的截止日", widget="date", kind="day"),
        ),
        finish=_distribution_finish,
        unfold=_distribution_unfold,
    )  # fmt: skip


def _distribution_finish(given: dict[str, Any]) -> Mapping[str, str]:
    """Rows of claims become creditors; what each path of the JSON is called on the page."""
    creditors: dict[str, dict[str, Any]] = {}
    paths: dict[str, str] = {"creditors": "claims"}
    for number, row in enumerate(given.pop("claims", ())):
        own = {name: row.pop(name) for name in _OF_CREDITOR if name in row}
        seal = {name: row.pop(was) for was, name in _OF_SEAL.items() if was in row}
        name = own.get("name", "")
        creditor = creditors.setdefault(name or f" {number}", {"id": name, "name": name, "claims": []})
        if name == "":
            del creditor["id"], creditor["name"]
        place, at = list(creditors).index(name or f" {number}"), f"claims.{number}"
        paths.setdefault(f"creditors.{place}", at)
        paths.setdefault(f"creditors.{place}.id", f"{at}.name")
        paths[f"creditors.{place}.claims.{len(creditor['claims'])}"] = at
        creditor["claims"].append(row)
        creditor |= {key: value for key, value in own.items() if key != "name"}
        if seal:
            paths[f"creditors.{place}.seals.{len(creditor.get('seals', ()))}"] = at
            paths[f"creditors.{place}.seals.{len(creditor.get('seals', ()))}.place"] = f"{at}.seal_place"
            creditor.setdefault("seals", []).append(seal)
    if creditors:
        given["creditors"] = list(creditors.values())
    return paths


def _distribution_unfold(given: Mapping[str, Any]) -> Mapping[str, Any]:
    rows = []
    for creditor in given.get("creditors", ()):
        seal = next(iter(creditor.get("seals", ())), {})
        for claim in creditor["claims"]:
            rows.append({
                "rank": None, **claim, "name": creditor.get("name", ""), "applied_on": creditor.get("applied_on"),
                "title": "yes" if claim.get("title", True) else "no", "seal_place": seal.get("place"),
            })  # fmt: skip
            seal = {}
    return {**given, "claims": rows}
