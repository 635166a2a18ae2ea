"""What a registry's client is tried with, and the rules it is judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from zhixing.gateway.conformance import common as on
from zhixing.gateway.conformance.cards import Card, Script, control, inquiry
from zhixing.gateway.conformance.common import Run, every, of_card
from zhixing.gateway.conformance.polling import (
    credentials_right,
    goes_on_after,
    papers_first,
    polls_both,
)
from zhixing.gateway.conformance.rules import Rule, Verdict, failed, not_exercised, passed
from zhixing.gateway.conformance.samples import RULING, STRANGER, Person
from zhixing.gateway.domain.assets import RealRight
from zhixing.gateway.domain.canonical import ControlItem, Request, Target
from zhixing.gateway.domain.values import Coded, When
from zhixing.kernel.clock import COURT_ZONE

_NO_PERSON = "没有给出测试权利人（--person），或者该人没有可以查封的不动产"
_CONTROL_CARDS = ("seize", "renew", "release", "renew_lost", "no_paper", "no_card")


def script_realty(*, stamp: str, person: Person | None, moment: datetime) -> Script:
    """The cards. ``person``: a holder in the registry's own test data."""
    script = Script(stamp=stamp, person=person, may_correct=True)
    asked = person or STRANGER
    day = moment.astimezone(COURT_ZONE).date()

    def ask(key: str, tries: str, serial: int, who: Person, acks: tuple[str, ...] = ("success",)) -> None:
        script.add(
            Card(
                key=key,
                tries=tries,
                request=inquiry(script.number(serial), who, document=f"WS{stamp}"),
                acks=acks,
            )
        )

    ask("plain", "普通查询", 1, asked)
    ask("again", "受理结果为 fail", 2, asked, ("fail", "success"))
    ask("lost", "受理结果没有送达", 3, asked, ("lost",))
    ask("stranger", "查无此人", 4, STRANGER)
    ask("no_id", "没有证件号码", 5, Person(name="检验无证件", id_no=""))
    start, later, longer = (When.of(day + timedelta(days=count)) for count in (0, 1000, 1090))

    def item(script: Script, action: str, **more: object) -> ControlItem | None:
        first = script.card("seize").request
        target = first.items[0].target if first else _target(script)
        if target is None:
            return None
        base = ControlItem(
            action=Coded.of(action), target=target, effective_from=start, effective_to=later, ruling_no=RULING
        )
        return replace(base, **more)  # type: ignore[arg-type]

    def made(serial: int, found: ControlItem | None) -> Request | None:
        if found is None or person is None:
            for card in script.cards:
                if card.key in _CONTROL_CARDS:
                    card.skipped = _NO_PERSON
            return None
        return control(script.number(serial), person, found)

    def original(script: Script) -> dict[str, object]:
        card = script.card("seize")
        done = next(iter(on.items_of(card)), None)
        return {
            "original_request_no": card.number,
            "original_case_no": card.request.case_no if card.request else "",
            "original_business_no": done.seizure_business_no if done else "",
        }

    for card in (
        Card(key="seize", tries="查封", after="plain", make=lambda s: made(21, item(s, "seize"))),
        Card(key="renew", tries="续行查封", after="seize", make=lambda s: made(22, item(s, "renew", effective_to=longer, **original(s)))),
        Card(key="release", tries="解除查封", after="renew", make=lambda s: made(23, item(s, "release", **original(s)))),
        Card(key="renew_lost", tries="续行查封，没有原查封业务号", after="release", make=lambda s: made(24, item(s, "renew"))),
        Card(key="no_paper", tries="没有法律文书", after="release", documents="none", make=lambda s: made(25, item(s, "seize"))),
        Card(key="no_card", tries="没有承办人证件", after="release", certificates="none", make=lambda s: made(26, item(s, "seize"))),
    ):  # fmt: skip
        script.add(card)
    return script


def _rights(card: Card) -> list[RealRight]:
    assets = [asset for result in on.results_of(card) for asset in result.assets]
    return [asset.detail for asset in assets if isinstance(asset.detail, RealRight)]


def _target(script: Script) -> Target | None:
    """A house of the test holder on which nothing rests."""
    rights = _rights(script.card("plain"))
    weighed = {right.unit_no for right in rights if right.right_class in ("CFDJ", "DYAQ")}
    free = [right for right in rights if right.right_class == "FDCQ" and right.unit_no not in weighed]
    house = next(iter(free), None) or next((right for right in rights if right.right_class == "FDCQ"), None)
    if house is None:
        return None
    return Target(
        unit_no=house.unit_no,
        location=house.location,
        certificate_no=house.certificate_no,
        right_class=Coded.of("house_ownership"),
        registry=house.registry,
        business_no=house.business_no,
    )


def _with_numbers(card: Card) -> Verdict:
    verdict = on.is_done(card)
    bare = next((item for item in on.items_of(card) if item.is_done and not item.seizure_business_no), None)
    if verdict.state == "passed" and bare is not None:
        return failed("查封成功没有反馈查封业务号（CFYWH），以后无法续行和解除", *on.shown(card))
    return verdict


def _located(run: Run) -> Verdict:
    rights = _rights(run.script.card("plain"))
    if not rights:
        return not_exercised("没有反馈不动产")
    bare = [right for right in rights if not right.unit_no]
    return (
        failed("有的权利没有不动产单元号", *on.shown(run.script.card("plain")))
        if bare
        else passed(f"{len(rights)} 项")
    )


RULES: tuple[Rule, ...] = (
    Rule(id="R-01", says="每次调用都是可以解读的 SOAP 报文：操作、信封、Base64、UTF-8", place="1.4", judge=on.readable),
    Rule(id="R-02", says="每次调用都带约定的用户名和口令", place="1.4 USERMARKER", judge=credentials_right),
    Rule(id="R-03", says="查询和控制两个列表都轮询", place="1.4", judge=polls_both),
    Rule(id="R-04", says="列表带 ErrorMSG 时稍后再取", place="1.4", judge=goes_on_after("error")),
    Rule(id="R-05", says="列表为空时继续轮询", place="1.4", judge=goes_on_after("empty")),
    Rule(id="R-06", says="办理控制请求之前按请求单号取法律文书和承办人证件", place="1.4", judge=papers_first(("seize",))),
    Rule(id="R-08", says="受理结果没有送达的，再次反馈相同内容", place="1.2 第 6 步", judge=of_card("lost", on.sent_again)),
    Rule(id="R-09", says="受理结果为 fail 的，再次反馈", place="1.2 第 6 步", judge=of_card("again", on.sent_again)),
    Rule(id="R-31", says="正常的查询请求得到查到或者查无的结果", place="2.6", judge=every(("plain", "again", "lost"), on.is_found_or_not)),
    Rule(id="R-32", says="查无此人时反馈查无，各类列表为空", place="2.6", judge=of_card("stranger", on.is_not_found)),
    Rule(id="R-33", says="缺少证件种类、姓名、号码的请求反馈错误代码和原因", place="2.6、3.8", judge=of_card("no_id", on.is_refused)),
    Rule(id="R-34", says="每项权利都有不动产单元号", place="2.6 BDCDYH", judge=_located),
    Rule(id="R-41", says="查封成功反馈业务号和查封业务号", place="1.4、2.7", judge=of_card("seize", _with_numbers)),
    Rule(id="R-43", says="按原查封业务号续行查封", place="1.4 YCFYWH", judge=of_card("renew", on.is_done)),
    Rule(id="R-44", says="按原查封业务号解除查封", place="1.4 YCFYWH", judge=of_card("release", on.is_done)),
    Rule(id="R-45", says="找不到原查封的续行，反馈未控制并写明原因", place="1.4 YCFYWH", judge=of_card("renew_lost", on.is_not_done)),
    Rule(id="R-47", says="没有法律文书的控制请求，反馈未控制并写明原因", place="1.4", judge=of_card("no_paper", on.is_not_done)),
    Rule(id="R-48", says="没有承办人证件的控制请求，反馈未控制并写明原因", place="1.4", judge=of_card("no_card", on.is_not_done)),
    Rule(id="R-51", says="同一请求重复列出时不重复办理；更正只能在受理之后以新的反馈作出", place="1.4", judge=on.nothing_twice),
)  # fmt: skip
