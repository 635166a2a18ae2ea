"""Rates of interest: fixed per year, month or day, and those that follow a published rate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.numerals import chinese_decimal, plain
from zhixing.cases.domain.extraction.view import View

CN = "零〇一二三四五六七八九十点两壹贰叁肆伍陆柒捌玖拾"
NUMBER = rf"(?:[0-9]{{1,4}}(?:[ ]?\.[ ]?[0-9]{{1,8}})?|[{CN}]{{1,8}})"
PER = r"(?P<per>年化?(?:利率|息|率)?|月(?:利率|息|利)|日(?:利率|息|利)|每(?:年|月|日|天)|按(?:年|月|日|天)|(?<![0-9年])月(?=[0-9一二两三])|日(?=万分|千分|[0-9]))"
FIXED = re.compile(
    rf"{PER}[ ]?(?:利率|利息|息)?(?:[^,。;\n0-9{CN}%]{{0,6}}?)[ ]?(?:"
    rf"(?P<percent>[0-9]{{1,4}}(?:[ ]?\.[ ]?[0-9]{{1,8}})?)[ ]?(?P<sign>%|‰|‱)|百分之(?P<hundred>{NUMBER})|千分之(?P<thousand>{NUMBER})|万分之(?P<myriad>{NUMBER})|"
    rf"(?P<fen>{NUMBER})[ ]?分(?!之|期|钟|别|配)(?:(?P<li>{NUMBER})厘)?|(?P<onlyli>{NUMBER})厘)"
)
AFTER = re.compile(
    r"(?<![0-9.])(?P<percent>[0-9]{1,4}(?:\.[0-9]{1,8})?)[ ]?(?P<sign>%|‰)[ ]?(?:/|的|计算的)?(?P<per>年利率|年息|年|月利率|月息|月|日利率|日息|日|天)(?![0-9])"
)
LPR_WORDS = (
    r"(?:[一1五5]年期(?:以上)?[^,。;\n]{0,12}?)?(?:(?:全国银行间同业拆借中心|授权|公布|发布|同期|的|计算|一年期|五年期以上){0,8})"
    r"(?:贷款市场报价利率(?:\([ ]?LPR[ ]?\))?|(?<![A-Za-z])LPR(?![A-Za-z]))"
)
TAIL = (
    rf"(?:\([^()]{{0,24}}\))?(?:利率)?[\"”]?[ ]?(?:(?:的|上浮|加计|基础上|标准|计算)?[ ]?(?:"
    rf"(?P<times>{NUMBER})[ ]?倍|(?:上浮|加计|加收|加)[ ]?(?P<plus>[0-9]{{1,4}}(?:\.[0-9]{{1,8}})?%|百分之{NUMBER})|"
    rf"(?:\+|加|上浮|上调)[ ]?(?P<points>[0-9]{{1,4}}(?:\.[0-9]{{1,8}})?)[ ]?(?:个)?(?:BP|bp|基点)))?"
)
LPR = re.compile(rf"(?:(?P<front>{NUMBER})倍(?:的)?)?{LPR_WORDS}{TAIL}")
BENCHMARK = re.compile(
    rf"(?:中国人民银行|央行|人民银行)?[^,。;\n、]{{0,10}}?(?:同期同?类?(?:同档次)?|同档次)?(?:人民币)?贷款基准利率{TAIL}"
)
PERIODS = {"年": "year", "月": "month", "日": "day", "天": "day"}
PERIOD_NAMES = {"year": "年", "month": "月", "day": "日"}


def find(view: View) -> Iterator[Found]:
    """All rates; `detail["rate"]` gives the parts, percent always as a number of hundredths."""
    taken: list[tuple[int, int]] = []
    for pattern, read in ((LPR, _published), (BENCHMARK, _published), (FIXED, _fixed), (AFTER, _fixed)):
        for match in pattern.finditer(view.text):
            start, end = match.span()
            if any(start < stop and end > begin for begin, stop in taken):
                continue
            found = read(match, lpr=pattern is LPR)
            if found is not None:
                taken.append((start, end))
                yield found


def _fixed(match: re.Match[str], *, lpr: bool) -> Found | None:
    del lpr
    parts = match.groupdict()
    per = next((PERIODS[char] for char in parts["per"] if char in PERIODS), "year")
    percent = _percent(parts, per)
    if percent is None or not 0 < percent <= 1000:
        return None
    detail = {"rate": {"kind": "fixed", "per": per, "percent": plain(percent)}}
    value = f"{PERIOD_NAMES[per]}利率{plain(percent)}%"
    return Found(kind=Kind.RATE, start=match.start(), end=match.end(), value=value, strength=2, detail=detail)


def _percent(parts: dict[str, str | None], per: str) -> Decimal | None:
    if parts.get("percent"):
        number = chinese_decimal((parts["percent"] or "").replace(" ", ""))
        return number and number / {"%": 1, "‰": 10, "‱": 100}[parts["sign"] or "%"]
    for key, scale in (("hundred", 1), ("thousand", 10), ("myriad", 100)):
        if parts.get(key):
            number = chinese_decimal(parts[key] or "")
            return number / scale if number is not None else None
    # 分 and 厘 are tenths and hundredths of the principal by the year, hundredths and thousandths by the month
    worth = Decimal(10) if per == "year" else Decimal(1) if per == "month" else Decimal("0.1")
    fen = chinese_decimal(parts.get("fen") or "零")
    li = chinese_decimal(parts.get("li") or parts.get("onlyli") or "零")
    return fen * worth + li * worth / 10 if fen is not None and li is not None else None


def _published(match: re.Match[str], *, lpr: bool) -> Found | None:
    parts = match.groupdict()
    times = chinese_decimal(parts.get("front") or parts.get("times") or "一")
    if times is None:
        return None
    detail: dict[str, str] = {"kind": "lpr" if lpr else "benchmark", "multiple": plain(times)}
    years = re.search(r"([一1五5])年期", match.group()) if lpr else None
    term = ("1Y" if years[1] in "一1" else "5Y") if years else None
    value = f"{'LPR' if lpr else '贷款基准利率'}{term or ''}"
    if term:
        detail["term"] = term
    if parts.get("plus"):
        plus = chinese_decimal((parts["plus"] or "").rstrip("%").removeprefix("百分之"))
        if plus is None:
            return None
        detail["surcharge_percent"] = plain(plus)
        value += f"+{plain(plus)}%"
    elif parts.get("points"):
        detail["points"] = plain(Decimal(parts["points"] or "0"))
        value += f"+{detail['points']}BP"
    elif times != 1:
        value += f"×{plain(times)}"
    return Found(
        kind=Kind.RATE, start=match.start(), end=match.end(), value=value, strength=2, detail={"rate": detail}
    )
