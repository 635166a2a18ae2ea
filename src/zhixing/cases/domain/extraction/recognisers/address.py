"""Addresses of people and organisations, and the places where real property lies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.names import HAN
from zhixing.cases.domain.extraction.view import View

BODY = r"(?P<place>[^\n,。;:\t|]{4,70}?)"
STOP = r"(?=[,。;\n\t|]|$|[ ]{2,}|[ ](?:邮编|电话|联系|身份|公民|统一|法定|手机|邮政|微信|户籍|现住)|\((?!(?:[^()]{0,20}(?:小区|单元|号|室|层|院内|楼|旁|对面|路|街)))|、(?=(?:电话|联系|身份证|手机)))"
HEAD = (
    r"(?:户\s*籍\s*(?:所\s*在\s*)?地(?:址)?|户籍(?:住址|登记地)?|户口所在地|户口地址|经\s*常\s*居\s*住\s*地|现\s*居\s*住\s*地(?:址)?|居\s*住\s*地(?:址)?|暂\s*住\s*地|"
    r"住\s*所\s*地|住\s*所|住\s*址|家\s*庭\s*(?:住\s*址|地\s*址)|现\s*住\s*址|注册\s*地\s*址?|登记住所|注册住所|营业场所|经营(?:场所|地址|地)|办公(?:地址|地点|场所)|"
    r"主要营业地|主要办事机构所在地|通讯地址|通信地址|联系地址|送达地址|收件地址|邮寄地址|实际居住地|详细地址|地\s*址)"
)
LABELLED = re.compile(
    rf"{HEAD}(?:\([^()]{{1,10}}\))?[ ]?(?:均|都)?(?:[:为是在系写]|位于|[\t])?[ ]?(?:均为|为|在|是)?{BODY}{STOP}"
)
LIVES = re.compile(
    rf"(?<=[,。;:、\s()生族业民人女男员均现都名我他她人])(?:(?:现|均|都|分别|暂|一直|平时|同|实际|长期|目前|仍)?(?:居住|租住|暂住|居|住)(?:在|于)?|户籍(?:在|为|地)?)[ ]?(?!所|址|房|宅|院|地|户|建)"
    rf"(?P<place>(?:{HAN}{{1,9}}?(?:省|市|县|区|旗|乡|镇|村|街|路|道|屯|庄|社区|小区|自治|州)|本村|本市|本县)[^\n,。;:\t|]{{0,60}}?){STOP}"
)
PROPERTY = re.compile(
    r"(?:坐\s*落(?:于|在|位置)?|位\s*于|座落于?|房屋位置|土地位置)[ ]?[:为是]?[ ]?(?P<place>[^\n,。;:\t|()]{4,60}?)"
    r"(?=(?:的|之)(?:[^,。;\n]{0,12})?(?:房|土地|厂房|商铺|门市|不动产|宅|车库|车位|铺|住宅|楼)|[,。;\n\t|()]|$|房产|房屋|[ ]{2,}|(?:一|两|二|壹)[套处间栋宗]|商铺|门市房|土地使用权|住宅)"
)
LOOKS_LIKE_PLACE = re.compile(
    r"(?:省|市|县|区|旗|乡|镇|村|街|路|道|屯|庄|胡同|小区|社区|号|室|楼|园|苑|城|大厦|广场|工业|场|组|队|里|院|州|湾|府|堡|店)"
)
NOT_PLACE = re.compile(
    r"^(?:不详|同上|未知|无|如下|见|以上|变更|不明|详见|确认书|本案|人民法院|法院|有|均不|变动|送达|一致|相同|证明)|发生变更|确认书|纠纷|下落不明"
)


def find(view: View) -> Iterator[Found]:
    """Addresses behind a label or behind 住; places of property behind 坐落 or 位于."""
    taken: list[Found] = []
    for candidate in [*_addresses(view), *_properties(view)]:
        # a place already taken for an address is no property; two properties may share a place
        if not any(candidate.start < f.end and candidate.end > f.start for f in taken):
            if candidate.kind is Kind.ADDRESS:
                taken.append(candidate)
            yield candidate


def _addresses(view: View) -> Iterator[Found]:
    for pattern in (LABELLED, LIVES):
        for match in pattern.finditer(view.text):
            yield from _found(view.text, *match.span("place"), Kind.ADDRESS)
    for cell in view.cells:
        if re.search(r"住址|地址|住所", cell.label):
            yield from _found(view.text, cell.start, cell.end, Kind.ADDRESS)


def _properties(view: View) -> Iterator[Found]:
    for cell in view.cells:
        if "坐落" in cell.label:
            yield from _found(view.text, cell.start, cell.end, Kind.PROPERTY)
    for match in PROPERTY.finditer(view.text):
        yield from _found(view.text, *match.span("place"), Kind.PROPERTY)


def _found(text: str, start: int, end: int, kind: Kind) -> Iterator[Found]:
    place = text[start:end]
    start += len(place) - len(place.lstrip(" :"))
    end -= len(place) - len(place.rstrip(" 、"))
    place = text[start:end]
    if len(place) < 4 or NOT_PLACE.search(place) or not LOOKS_LIKE_PLACE.search(place):
        return
    value = place.replace(" ", "").replace("\n", "").replace("(", "（").replace(")", "）")
    yield Found(kind=kind, start=start, end=end, value=value, strength=2)
