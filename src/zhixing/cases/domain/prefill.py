"""What the docketing form is filled in with: facts read from the papers, for the clerk to check. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhixing.kernel.text import full_to_half, normalise
from zhixing.law.case_numbers import parse

ID_KINDS = ("resident_id", "uscc", "passport")
SIDES = ("applicant", "obligor")
TITLE_KINDS = (
    "民事判决书",
    "民事调解书",
    "民事裁定书",
    "刑事附带民事判决书",
    "刑事判决书",
    "支付令",
    "仲裁裁决书",
    "仲裁调解书",
    "裁决书",
    "公证债权文书",
    "执行证书",
)
# Frequent causes; longer names stand first, so that 金融借款合同纠纷 is not read as 借款合同纠纷.
CAUSES = (
    "机动车交通事故责任纠纷",
    "建设工程施工合同纠纷",
    "农村土地承包合同纠纷",
    "确认劳动关系纠纷",
    "追索劳动报酬纠纷",
    "房屋租赁合同纠纷",
    "房屋买卖合同纠纷",
    "金融借款合同纠纷",
    "小额借款合同纠纷",
    "物业服务合同纠纷",
    "融资租赁合同纠纷",
    "分期付款买卖合同纠纷",
    "产品责任纠纷",
    "提供劳务者受害责任纠纷",
    "医疗损害责任纠纷",
    "生命权、身体权、健康权纠纷",
    "生命权、健康权、身体权纠纷",
    "民间借贷纠纷",
    "买卖合同纠纷",
    "借款合同纠纷",
    "租赁合同纠纷",
    "承揽合同纠纷",
    "加工合同纠纷",
    "运输合同纠纷",
    "劳务合同纠纷",
    "劳动合同纠纷",
    "保证合同纠纷",
    "担保追偿权纠纷",
    "追偿权纠纷",
    "信用卡纠纷",
    "保险合同纠纷",
    "合伙合同纠纷",
    "委托合同纠纷",
    "服务合同纠纷",
    "股权转让纠纷",
    "债权转让合同纠纷",
    "侵权责任纠纷",
    "健康权纠纷",
    "身体权纠纷",
    "不当得利纠纷",
    "抚养费纠纷",
    "赡养费纠纷",
    "赡养纠纷",
    "离婚后财产纠纷",
    "离婚纠纷",
    "继承纠纷",
    "相邻关系纠纷",
    "合同纠纷",
    "劳动争议",
)
_MADE_BY = re.compile(r"([一-鿿]{2,24}?(?:人民法院|仲裁委员会|公证处))")
_DUE = re.compile(
    r"履行期(?:限|间)[^。；\n]{0,12}?(?P<day>\d{4}年\d{1,2}月\d{1,2}日)[^。；\n]{0,6}(?:届满|止|前)"
)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_COSTS = re.compile(r"(?:受理费|诉讼费用?|保全费|鉴定费)[^\d。；\n]{0,12}(?P<sum>\d[\d,]*(?:\.\d{1,2})?)元")
_RATE = re.compile(r"以[\d,.]+元为(?:基数|本金)[^）)；。\n]{4,160}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRead:
    """One paper as read: its name, its text and what extraction found in it."""

    name: str
    text: str
    found: Mapping[str, Any]


@dataclass(slots=True)
class _Side:
    role: str
    kind: str
    name: str
    marks: dict[str, str] = field(default_factory=dict)


def docket_values(papers: Sequence[PaperRead], *, today: date) -> dict[str, Any]:
    """Values for the docketing form. What no paper says is left out, so that the clerk sees an empty field."""
    texts = [full_to_half(paper.text) for paper in papers]
    values: dict[str, Any] = {
        "type_code": "执",
        "received_on": today.isoformat(),
        "parties": _parties(papers),
    }
    values |= _title(papers, texts) | _money(papers, texts)
    whole = "\n".join(texts)
    cause = next((cause for cause in CAUSES if cause in whole), "")
    if cause:
        values["cause"] = cause
    due = _DUE.search(whole)
    if due:
        values["perform_by"] = _iso(due["day"])
    return values


def _parties(papers: Sequence[PaperRead]) -> list[dict[str, str]]:
    """Both sides, applicants first, each person once over all papers."""
    sides: dict[str, _Side] = {}
    heads: dict[str, str] = {}
    for paper in papers:
        for party in paper.found.get("parties", []):
            name = normalise(party.get("name", ""))
            if party.get("role") == "legal_representative":
                heads |= {normalise(firm): name for firm in party.get("represents", [])}
            if party.get("role") not in SIDES:
                continue
            heads |= {normalise(firm): name for firm in party.get("represents", [])}
            side = sides.setdefault(name, _Side(party["role"], party.get("kind", "person"), party["name"]))
            for kind in (*ID_KINDS, "mobile", "address"):
                if party.get(kind) and kind not in side.marks:
                    side.marks[kind] = party[kind][0]
    strong = [side for side in sides.values() if side.marks] or list(sides.values())
    return [_row(side, heads) for role in SIDES for side in strong if side.role == role]


def _row(side: _Side, heads: Mapping[str, str]) -> dict[str, str]:
    kind = next((kind for kind in ID_KINDS if kind in side.marks), "")
    return {
        "role": side.role,
        "kind": side.kind,
        "name": side.name,
        "id_kind": kind,
        "id_number": side.marks.get(kind, "") if kind else "",
        "phone": side.marks.get("mobile", ""),
        "address": side.marks.get("address", ""),
        "represented_by": heads.get(normalise(side.name), "") if side.kind == "organisation" else "",
    }


def _title(papers: Sequence[PaperRead], texts: Sequence[str]) -> dict[str, str]:
    """Number, kind and maker of the title: the first case number that is not an enforcement number."""
    for paper, text in zip(papers, texts, strict=True):
        for item in paper.found.get("case_number", []):
            parsed = parse(item["value"])
            if parsed.is_enforcement:
                continue
            start, end = item["span"]
            around = text[end : end + 40]
            kind = next((kind for kind in TITLE_KINDS if kind in around), "") or next(
                (kind for kind in TITLE_KINDS if kind in "".join(text[: end + 200].split())), ""
            )
            made = _MADE_BY.findall("".join(text[max(0, start - 60) : start].split()))
            found = {"title_number": item["value"], "title_kind": kind}
            return {k: v for k, v in found.items() if v} | (
                {"title_made_by": _clean_maker(made[-1])} if made else {}
            )
    return {}


def _clean_maker(name: str) -> str:
    """The maker's name without the words that lead to it."""
    return re.sub(r"^.*?(?:执行依据|依据|根据|经|由|系|不服)", "", name)


def _money(papers: Sequence[PaperRead], texts: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for paper in papers:
        sums = paper.found.get("amount_principal", [])
        if sums and "principal" not in values:
            values["principal"] = sums[0]["value"]
    for paper, text in zip(papers, texts, strict=True):
        costs, rate = _COSTS.search(text), _RATE.search(text)
        if costs and "costs" not in values:
            values["costs"] = costs["sum"].replace(",", "")
        if rate and "rate_text" not in values:
            values["rate_text"] = paper.text[rate.start() : rate.end()][:200]
    return values


def _iso(text: str) -> str:
    match = _DAY.match(text)
    if match is None:
        return ""
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
