"""Employers: where somebody works."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.names import HAN, ORG_ENDINGS, proper
from zhixing.cases.domain.extraction.view import View

PLACE = rf"(?:{HAN}|[A-Za-z0-9·]|\({HAN}{{1,12}}\))"
ORG = rf"(?P<org>(?!该|本|其|我|我们|同一){PLACE}{{2,30}}?(?:{ORG_ENDINGS}|[局院所队站]|项目|工地|车间|物业|快递|街道办(?:事处)?|镇政府|乡政府)(?!{HAN}{{0,6}}?(?:小学|中学|大学|学校|幼儿园|医院|公司|厂(?!长)|支行|分行)))"
JOBS = (
    r"员工|职工|职员|工人|工作人员|教师|老师|干部|医生|医师|护士|司机|驾驶员|会计|出纳|业务员|销售员?|保安|业务经理|技术员|工程师|"
    r"副?总?经理|主管|副?主任|副?厂长|副?校长|辅警|公务员|财务人员|车间主任|店长|项目经理|采购员|店员|厨师|仓管员?|合同工|临时工|退休(?:职工|工人|教师|干部)|下岗职工|在编人员"
)
LABELLED = re.compile(
    rf"(?:工\s*作\s*单\s*位(?:及职务|及住址)?|现?(?:所在|就业|就职|任职)单位|服务单位|供职单位|单位名称及职务|单位)[ ]?(?:[:为是]|系|\t)[ ]?(?P<org>{PLACE}{{2,40}})"
)
WORKS = re.compile(
    rf"(?:(?:现|仍|目前|一直|长期|平时|曾|原)?(?:任职|就职|受雇|供职|服务)于[ ]?{ORG}|"
    rf"(?:现|仍|目前|一直|长期|平时|现在|就)?在[ ]?{ORG.replace('?P<org>', '?P<org2>')}(?:里|内|的?(?:工地|车间|门店)(?:上|里)?)?"
    rf"(?:{HAN}{{0,6}}?)(?:上班|工作|任职|打工|就职|务工|做工|开车|干活|任教|从事|担任|领工资|(?:当|干)(?:{JOBS})|(?:开(?![立户具设庭发]|{HAN}{{0,4}}[账帐户卡])|干|做|跑|送|当|看|管|搞|教){HAN}{{1,4}}))"
)
IS_STAFF = re.compile(
    rf"(?:系|是|为|:|,|在编?|现为|现系|均系)[ ]?(?:原)?{ORG}(?:的|在职|正式|聘用|在编|合同制|{HAN}{{2,4}}部){{0,2}}(?:{JOBS})(?=[,。;、()\s\"”]|$|并|且|名下|的)"
)
HAS_END = re.compile(
    rf"^(?P<org>{PLACE}{{2,40}}?(?:{ORG_ENDINGS}|[局院所队站校厂店行社部]))(?:{HAN}{{0,6}}(?:{JOBS}))?$"
)
NOT_EMPLOYER = re.compile(
    r"无业|无固定|自由职业|务农|法院|不详|待业|个体$|^(?:单位|公司|银行|学校)$|律师事务所|法律服务所|^(?:该|本|其|贵|我)"
)
LEAD = re.compile(r"^(?:其|现|今|目前|一直|又|还|也|均|分别)?(?:在|系|是|为)")


def find(view: View) -> Iterator[Found]:
    """Employers behind a label, and those of sentences such as 系某厂职工 or 在某公司上班."""
    text = view.text
    for match in LABELLED.finditer(text):
        org = match.group("org")
        if re.search(
            r"(?:开户|协助|送达|申请|收款|出票|付款)$", text[max(0, match.start() - 2) : match.start()]
        ):
            continue
        ended = HAS_END.match(org)
        yield from _found(
            text,
            match.start("org"),
            ended.end("org") - ended.start() + match.start("org") if ended else match.end("org"),
        )
    for match in WORKS.finditer(text):
        group = "org" if match.group("org") else "org2"
        yield from _found(text, match.start(group), match.end(group))
    for match in IS_STAFF.finditer(text):
        yield from _found(text, match.start("org"), match.end("org"))
    for cell in view.cells:
        if cell.label in ("工作单位", "单位") and cell.end - cell.start > 3:
            yield from _found(text, cell.start, cell.end)


def _found(text: str, start: int, end: int) -> Iterator[Found]:
    lead = LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    inner = re.search(r"(?:在|系|是)(?=.{4,}$)", text[start:end])
    if inner and inner.start() < 8:
        start += inner.end()
    name = text[start:end].strip()
    if len(name) < 4 or NOT_EMPLOYER.search(name):
        return
    yield Found(kind=Kind.EMPLOYER, start=start, end=end, value=proper(name), strength=2)
