"""What a client of our own JSON format is tried with, and the rules it is judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from zhixing.gateway.conformance import common as on
from zhixing.gateway.conformance.cards import Card, Script, control, inquiry
from zhixing.gateway.conformance.common import every, of_card
from zhixing.gateway.conformance.polling import goes_on_after, papers_first, polls_both
from zhixing.gateway.conformance.rest_court import RestCourtPlayed
from zhixing.gateway.conformance.rules import Rule, Verdict, failed, not_exercised, passed
from zhixing.gateway.conformance.samples import RULING, STRANGER, Person
from zhixing.gateway.domain.assets import Asset, AssetKind
from zhixing.gateway.domain.canonical import ControlItem, Request, Target
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.kernel.clock import COURT_ZONE

_NO_PERSON = "没有给出测试权利人（--person），或者该人没有可以控制的财产"
_CONTROLS = ("hold", "renew", "release", "renew_lost", "control_no_paper", "control_no_card")
# By which field of a target each kind of property is named, with the field of its detail.
_NAMED_BY: dict[AssetKind, tuple[tuple[str, str], ...]] = {
    AssetKind.VEHICLE: (("unit_no", "vin"), ("certificate_no", "plate_no")),
    AssetKind.SECURITIES: (("account_no", "account_no"), ("product_no", "security_code")),
    AssetKind.INSURANCE: (("account_no", "policy_no"),),
    AssetKind.PAYMENT: (("account_no", "account_no"),),
    AssetKind.HOUSING_FUND: (("account_no", "account_no"),),
}


def script_rest(*, stamp: str, person: Person | None, moment: datetime) -> Script:
    """The cards. ``person``: a holder in the agency's own test data."""
    script = Script(stamp=stamp, person=person)
    asked = person or STRANGER

    def ask(
        key: str,
        tries: str,
        serial: int,
        who: Person = asked,
        *,
        acks: tuple[str, ...] = ("success",),
        documents: str = "sound",
        certificates: str = "sound",
        ext: dict[str, str] | None = None,
    ) -> None:
        request = replace(inquiry(script.number(serial), who, document=f"WS{stamp}"), ext=ext or {})
        script.add(
            Card(
                key=key,
                tries=tries,
                request=request,
                acks=acks,
                documents=documents,
                certificates=certificates,
            )
        )

    ask("plain", "普通查询", 1)
    ask("future", "请求中有接口文档没有的字段", 2, ext={"kit_future_field": "以后增加的字段"})
    ask("again", "受理结果为 fail", 3, acks=("fail", "success"))
    ask("lost", "受理结果没有送达", 4, acks=("lost",))
    ask("stranger", "查无此人", 5, STRANGER)
    ask("no_id", "没有证件号码", 6, Person(name="检验无证件", id_no=""))
    ask("no_paper", "没有法律文书", 7, documents="none")
    ask("no_content", "文书没有内容", 8, documents="empty")
    ask("no_card", "没有承办人证件", 9, certificates="none")
    _controls(script, moment)
    return script


def _controls(script: Script, moment: datetime) -> None:
    day = moment.astimezone(COURT_ZONE).date()
    start, year, longer = (When.of(day + timedelta(days=count)) for count in (0, 365, 700))

    def first(script: Script) -> Request | None:
        held = _free_asset(script)
        if held is None or script.person is None:
            for card in script.cards:
                if card.key in _CONTROLS:
                    card.skipped = _NO_PERSON
            return None
        asset, target = held
        item = ControlItem(
            action=Coded.of("seize" if asset.kind is AssetKind.VEHICLE else "freeze"),
            target=target,
            amount=None if asset.kind is AssetKind.VEHICLE else Amount.of(Decimal("100.00")),
            currency=Coded.of("CNY"),
            effective_from=start,
            effective_to=year,
            ruling_no=RULING,
        )
        return control(script.number(21), script.person, item)

    def later(serial: int, action: str, *, named: bool = False, until: When = year) -> Request | None:
        begun = script.card("hold").request
        if begun is None or script.person is None:
            return None
        item = replace(begun.items[0], effective_to=until)
        if action != "again":
            item = replace(item, action=Coded.of(action))
        if named:
            item = replace(item, original_request_no=begun.request_no, original_case_no=begun.case_no)
        return control(script.number(serial), script.person, item)

    for card in (
        Card(key="hold", tries="查封或者冻结", make=first, after="plain"),
        Card(key="renew", tries="续行", after="hold", make=lambda _: later(22, "renew", named=True, until=longer)),
        Card(key="release", tries="解除", after="renew", make=lambda _: later(23, "release", named=True)),
        Card(key="renew_lost", tries="续行，没有原请求单号", after="release", make=lambda _: later(24, "renew")),
        Card(key="control_no_paper", tries="控制请求没有法律文书", after="release", documents="none", make=lambda _: later(25, "again")),
        Card(key="control_no_card", tries="控制请求没有承办人证件", after="release", certificates="none", make=lambda _: later(26, "again")),
    ):  # fmt: skip
        script.add(card)


def _assets(card: Card) -> list[Asset]:
    return [asset for result in on.results_of(card) for asset in result.assets]


def _target_of(asset: Asset) -> Target | None:
    """How an order names this property; None when it has nothing to be named by."""
    named = {
        field: value
        for field, name in _NAMED_BY.get(asset.kind, ())
        if (value := getattr(asset.detail, name, ""))
    }
    return replace(Target(), **named) if named else None


def _free_asset(script: Script) -> tuple[Asset, Target] | None:
    if script.person is None:
        return None
    for asset in _assets(script.card("plain")):
        target = _target_of(asset)
        if target is not None and not asset.measures:
            return asset, target
    return None


# --- rules ------------------------------------------------------------------------------------------------


def _signed(run: RestCourtPlayed) -> Verdict:
    if not run.signatures:
        return not_exercised("没有收到调用")
    bad = {no: item.problem for no, item in run.signatures.items() if item.problem}
    if bad:
        return failed(f"{len(bad)} 次：{next(iter(bad.values()))}", *bad)
    return passed(f"共 {len(run.signatures)} 次")


def _fresh(run: RestCourtPlayed) -> Verdict:
    held = {no: item for no, item in run.signatures.items() if not item.problem}
    if not held:
        return not_exercised("没有收到签名成立的调用")
    bad = {no: item.skew_seconds for no, item in held.items() if not item.is_fresh}
    if bad:
        worst = max(bad.values(), key=abs)
        return failed(f"created 与法院时间相差 {worst:.0f} 秒，应不超过 300 秒，请校准时钟", *bad)
    return passed()


def _once(run: RestCourtPlayed) -> Verdict:
    held = {no: item for no, item in run.signatures.items() if not item.problem}
    if not held:
        return not_exercised("没有收到签名成立的调用")
    short = [no for no, item in held.items() if not item.has_nonce]
    if short:
        return failed("没有 nonce，或者 nonce 不足 16 个字符", *short)
    again = [item.no for item in run.tape.exchanges if item.action == "replayed"]
    return failed("用过的 nonce 又用了一次，每次调用应重新签名", *again) if again else passed()


def _typed(run: RestCourtPlayed) -> Verdict:
    if not run.content_types:
        return not_exercised("没有收到带内容的调用")
    bad = [
        no for no, held in run.content_types.items() if held.partition(";")[0].strip() != "application/json"
    ]
    return failed("Content-Type 不是 application/json", *bad) if bad else passed()


def _doubts(run: RestCourtPlayed) -> Verdict:
    seen = [
        item.no
        for item in run.tape.exchanges
        if item.operation == "inquiries" and item.action in ("forged", "unsigned")
    ]
    if not seen:
        return not_exercised("没有轮询到这一步")
    bad = run.touched_forged
    if bad:
        return failed("对法院没有签名的清单中的请求作了办理，应先验签再采信", *seen, *bad)
    return passed("", *seen)


def _rotated(run: RestCourtPlayed) -> Verdict:
    if not run.rotated_at:
        return not_exercised("没有收到反馈，法院没有更换公钥")
    fetched = [no for no in run.key_calls if no > run.rotated_at]
    if not fetched:
        return failed("法院以新公钥签名后，没有按 keyid 重新取公钥（GET /keys）", run.rotated_at)
    later = [no for no in run.signatures if no > fetched[0]]
    return passed("", *fetched) if later else failed("重新取公钥之后不再调用", *fetched)


def _named(run: RestCourtPlayed) -> Verdict:
    assets = [asset for card in run.script.cards for asset in _assets(card)]
    if not assets:
        return not_exercised("没有反馈财产")
    bare = [asset for asset in assets if asset.kind in _NAMED_BY and _target_of(asset) is None]
    if bare:
        return failed(
            "有的财产没有号牌、账号、保险单号等编号，不能据以控制", *on.shown(run.script.card("plain"))
        )
    return passed(f"{len(assets)} 项")


_REFUSED = "文书、证件"
RULES: tuple[Rule, ...] = (
    Rule(id="J-01", says="每次调用的地址、方法、内容都符合接口文档", place="接口文档", judge=on.readable),
    Rule(id="J-02", says="每次调用都有成立的签名：登记的公钥，覆盖方法、地址和内容摘要", place="签名", judge=_signed),
    Rule(id="J-03", says="签名的时间与法院时间相差不超过 300 秒", place="签名 created", judge=_fresh),
    Rule(id="J-04", says="每次调用用新的 nonce，不少于 16 个字符", place="签名 nonce", judge=_once),
    Rule(id="J-05", says="带内容的调用为 application/json", place="接口文档", judge=_typed),
    Rule(id="J-06", says="查询和控制两个清单都轮询", place="接口文档", judge=polls_both),
    Rule(id="J-07", says="法院应答 503 时稍后再取", place="接口文档", judge=goes_on_after("error")),
    Rule(id="J-08", says="清单为空时继续轮询", place="接口文档", judge=goes_on_after("empty")),
    Rule(id="J-09", says="没有签名或者签名不成立的应答不予采信", place="签名 @status", judge=_doubts),
    Rule(id="J-10", says="法院更换公钥后，按 keyid 重新取公钥并继续工作", place="GET /keys", judge=_rotated),
    Rule(id="J-11", says="反馈之前取法律文书和承办人证件", place=_REFUSED, judge=papers_first(("plain", "future", "hold"))),
    Rule(id="J-12", says="受理结果没有送达的，再次反馈相同内容", place="反馈", judge=of_card("lost", on.sent_again)),
    Rule(id="J-13", says="受理结果为 fail 的，再次反馈", place="反馈", judge=of_card("again", on.sent_again)),
    Rule(id="J-21", says="没有证件号码的请求被退回或者拒绝，写明原因", place=_REFUSED, judge=of_card("no_id", on.is_refused)),
    Rule(id="J-22", says="没有法律文书的请求被退回或者拒绝，写明原因", place=_REFUSED, judge=of_card("no_paper", on.is_refused)),
    Rule(id="J-23", says="文书没有内容的请求被退回或者拒绝，写明原因", place=_REFUSED, judge=of_card("no_content", on.is_refused)),
    Rule(id="J-24", says="没有承办人证件的请求被退回或者拒绝，写明原因", place=_REFUSED, judge=of_card("no_card", on.is_refused)),
    Rule(id="J-31", says="正常的查询请求得到查到或者查无的结果", place="inquiry_feedback", judge=every(("plain", "again", "lost"), on.is_found_or_not)),
    Rule(id="J-32", says="查无此人时反馈查无", place="inquiry_feedback", judge=of_card("stranger", on.is_not_found)),
    Rule(id="J-33", says="请求中有不认识的字段时照常办理", place="接口文档", judge=of_card("future", on.is_found_or_not)),
    Rule(id="J-34", says="每项财产都有据以控制的编号", place="detail", judge=_named),
    Rule(id="J-35", says="财产序号从 1 起连续", place="assets.seq", judge=on.sequence_from_one),
    Rule(id="J-41", says="查封、冻结逐项反馈结果", place="control_feedback", judge=of_card("hold", on.is_done)),
    Rule(id="J-43", says="按原请求单号续行", place="original_request_no", judge=of_card("renew", on.is_done)),
    Rule(id="J-44", says="按原请求单号解除", place="original_request_no", judge=of_card("release", on.is_done)),
    Rule(id="J-45", says="找不到原措施的续行，反馈未控制并写明原因", place="original_request_no", judge=of_card("renew_lost", on.is_not_done)),
    Rule(id="J-47", says="没有法律文书的控制请求不予办理，写明原因", place=_REFUSED, judge=of_card("control_no_paper", on.is_not_done)),
    Rule(id="J-48", says="没有承办人证件的控制请求不予办理，写明原因", place=_REFUSED, judge=of_card("control_no_card", on.is_not_done)),
    Rule(id="J-51", says="同一请求重复列出时不重复办理，不以不同内容再次反馈", place="反馈", judge=on.nothing_twice),
)  # fmt: skip
