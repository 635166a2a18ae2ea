"""Case numbers of courts, and the numbers of arbitral awards and notarial certificates that serve as title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

PROVINCES = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军"
YEAR = r"[(\[][ ]?(?P<year>(?:19|20)[0-9 \n]{2,4})[ ]?[)\]][ \n]?"
COURT = re.compile(
    rf"{YEAR}(?:最高法|[{PROVINCES}](?:[ ]?[0-9OoIl]){{0,4}})[ ]?[\u4e00-\u9fff]{{1,4}}[ ]?[0-9](?:[ \n]?[0-9]){{0,6}}[ ]?号(?:之[一二三四五六七八九十0-9]{{1,3}})?"
)
OLD = re.compile(
    rf"{YEAR}[\u4e00-\u9fff]{{1,10}}(?:字|裁)[ ]?(?:\([^()]{{1,6}}\))?第?[ ]?[0-9](?:[ ]?[0-9]){{0,6}}(?:-[0-9]{{1,3}})?[ ]?号(?:之[一二三四五六七八九十0-9]{{1,3}})?"
)
BARE_NOTARIAL = re.compile(
    rf"{YEAR}[\u4e00-\u9fff]{{2,10}}(?:证|仲)[\u4e00-\u9fff]{{0,4}}第?[ ]?[0-9]{{1,7}}[ ]?号"
)
LEAD = re.compile(r"(?:.*(?:作出|出具|依据|根据|持有?|为|是|的|向|编号|文号|依|对|与|及))?")
BRACKETS = str.maketrans("()[]", "（）（）")
CIVIL_OLD = re.compile(r"(?:民|执|商|刑|行)[\u4e00-\u9fff]{0,3}字第")
NOTARIAL = re.compile(r"证|仲|裁")
LEADING = re.compile(
    rf"[\u4e00-\u9fff]{{1,8}}(?:裁|仲|证|执|民|商)[\u4e00-\u9fff]{{0,3}}字[ ]?{YEAR}第?[ ]?[0-9]{{1,7}}[ ]?号"
)
NOT_A_CASE = re.compile(
    r"不动产|国用|集用|房权|土地|预售|建字|工商|税|律|环|许可|登记|质证|公告|批|保单|发票|评字|估字|鉴|合同"
)


def find(view: View) -> Iterator[Found]:
    """All numbers, in full-width brackets and without blanks; the part 之一 names a document and is left out of the value."""
    seen: list[tuple[int, int]] = []
    for pattern in (COURT, OLD, BARE_NOTARIAL, LEADING):
        for match in pattern.finditer(view.text):
            start, end = match.span()
            raw = match.group()
            if NOT_A_CASE.search(raw) or any(start < stop and end > begin for begin, stop in seen):
                continue
            if (
                view.text[start - 1 : start]
                and re.match(r"[冀发〔沧]", view.text[start - 1])
                and "不动产" in view.text[start : end + 12]
            ):
                continue
            if pattern is LEADING:
                start += LEAD.match(raw).end()  # type: ignore[union-attr]  # the pattern also fits nothing
                raw = view.text[start:end]
            seen.append((start, end))
            value = re.sub(r"[ \n]", "", raw).translate(BRACKETS)
            case = re.sub(r"之[一二三四五六七八九十0-9]{1,3}$", "", value)
            detail = {"document": value} if case != value else {}
            yield Found(
                kind=Kind.CASE_NUMBER, start=start, end=end, value=case, check=checks.case_number(case, court=pattern is COURT or bool(CIVIL_OLD.search(case) and not NOTARIAL.search(case))), strength=4,
                detail=detail,
            )  # fmt: skip
