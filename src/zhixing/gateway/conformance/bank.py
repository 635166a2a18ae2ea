"""What a bank's client is tried with, and the rules it is judged by; shared by the SOAP and the file format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

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
from zhixing.gateway.conformance.samples import RARE, RULING, STRANGER, Person
from zhixing.gateway.domain.assets import Asset, Deposit
from zhixing.gateway.domain.canonical import ControlItem, Request, Target
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.kernel.clock import COURT_ZONE

_NO_PERSON = "没有给出测试客户（--person），或者该客户没有有余额的账户"


def script_bank(*, stamp: str, person: Person | None, moment: datetime, acks: bool = True) -> Script:
    """The cards. ``person``: a customer in the bank's own test data; ``acks``: whether the format acknowledges."""
    script = Script(stamp=stamp, person=person)
    asked = person or STRANGER
    day = moment.astimezone(COURT_ZONE).date()
    period = (When.of(day - timedelta(days=365)), When.of(day))
    lost, fail = (("lost",), ("fail", "success")) if acks else (("success",), ("success",))

    def ask(key: str, tries: str, serial: int, who: Person, document: str, **more: Any) -> None:
        days = more.pop("days", None)
        request = inquiry(script.number(serial), who, document=document, days=days)
        request = replace(request, category=Coded.of("commercial_bank"))
        script.add(Card(key=key, tries=tries, request=request, **more))

    shared = f"WS{stamp}01"
    ask("plain", "普通查询，不要资金往来", 1, asked, shared)
    ask("shared", "与上一请求共用文书", 2, asked, shared, acks=fail)
    ask("period", "要求资金往来；受理结果没有送达", 3, asked, shared, days=period, acks=lost)
    ask("no_number", "文书编号为空", 4, asked, "")
    ask("no_paper", "没有法律文书", 5, asked, f"WS{stamp}05", documents="none")
    ask("no_content", "文书没有内容", 6, asked, f"WS{stamp}06", documents="empty")
    ask("no_card", "没有承办人证件", 7, asked, f"WS{stamp}07", certificates="none")
    ask("no_image", "证件没有图像", 8, asked, f"WS{stamp}08", certificates="no_image")
    ask("stranger", "查无此人", 9, STRANGER, f"WS{stamp}09")
    ask("rare", "姓名含 GBK 没有的字和间隔号", 10, RARE, f"WS{stamp}10")
    _controls(script, day)
    return script


class _Orders:
    """Makes the control requests: all on the account that the first one froze."""

    def __init__(self, script: Script, day: date) -> None:
        self.script = script
        self.start, self.year, self.longer = (When.of(day + timedelta(days=count)) for count in (0, 365, 700))

    def item(self, action: str, account: str, **more: Any) -> ControlItem:
        base = ControlItem(
            object=Coded.of("deposit"),
            action=Coded.of(action),
            scope=Coded.of("funds"),
            target=Target(account_no=account),
            currency=Coded.of("CNY"),
            effective_from=self.start,
            effective_to=self.year,
            ruling_no=RULING,
        )
        return replace(base, **more)

    def made(self, serial: int, *items: ControlItem) -> Request | None:
        if self.script.person is None:
            return None
        request = control(self.script.number(serial), self.script.person, *items)
        return replace(request, category=Coded.of("commercial_bank"))

    def freeze(self, script: Script) -> Request | None:
        """More than there is, and a second item on an account that does not exist."""
        held = _account(script)
        if held is None:
            for card in script.cards:
                if card.key in _CONTROL_CARDS:
                    card.skipped = _NO_PERSON
            return None
        account, available = held
        more = Amount.of(available + Decimal("1000.00"))
        return self.made(
            21,
            self.item("freeze", account, amount=more),
            self.item("freeze", "检验不存在账号0001", amount=more),
        )

    def on_first(self, serial: int, action: str, *, named: bool = False, **more: Any) -> Request | None:
        """A later measure on the first account; ``named`` with the number of the freeze."""
        first = self.script.card("freeze").request
        if first is None:
            return None
        if named:
            more |= {"original_request_no": first.request_no, "original_case_no": first.case_no}
        item = first.items[0]
        return self.made(serial, self.item(action, item.target.account_no, **{"amount": item.amount, **more}))


def _controls(script: Script, day: date) -> None:
    orders = _Orders(script, day)
    ask, longer = orders.on_first, orders.longer
    for card in (
        Card(key="freeze", tries="冻结超过余额的限额，另有一项账号不存在", make=orders.freeze, after="plain"),
        Card(key="renew", tries="继续冻结", after="freeze", make=lambda _: ask(22, "renew", named=True, effective_to=longer)),
        Card(key="release", tries="解除冻结", after="renew", make=lambda _: ask(23, "release", named=True)),
        Card(key="renew_lost", tries="继续冻结，没有原请求单号", after="release", make=lambda _: ask(24, "renew", effective_to=longer)),
        Card(key="control_no_paper", tries="控制请求没有法律文书", after="freeze", documents="none", make=lambda _: ask(25, "freeze")),
        Card(key="control_no_card", tries="控制请求没有承办人证件", after="freeze", certificates="none", make=lambda _: ask(26, "freeze")),
        Card(key="deduct", tries="扣划，没有执行款专户", after="release", make=lambda _: ask(27, "deduct")),
    ):  # fmt: skip
        script.add(card)


_CONTROL_CARDS = ("freeze", "renew", "release", "renew_lost", "control_no_paper", "control_no_card", "deduct")


def _deposits(card: Card) -> list[tuple[Asset, Deposit]]:
    assets = [asset for result in on.results_of(card) for asset in result.assets]
    return [(asset, asset.detail) for asset in assets if isinstance(asset.detail, Deposit)]


def _account(script: Script) -> tuple[str, Decimal] | None:
    """The account of the test customer with the least money that is free."""
    if script.person is None:
        return None
    free = [
        (held.available.value, held.account_no)
        for asset, held in _deposits(script.card("plain"))
        if held.available and held.available.value and held.available.value > 0 and not asset.measures
    ]
    return (min(free)[1], min(free)[0]) if free else None


# --- judges -----------------------------------------------------------------------------------------------


def _no_transactions(card: Card) -> Verdict:
    rows = [row for asset, _ in _deposits(card) for row in asset.transactions]
    if rows:
        return failed(f"没有要求资金往来，却反馈了 {len(rows)} 笔", *on.shown(card))
    return passed("", *on.shown(card))


def _within_period(card: Card) -> Verdict:
    scope = card.request.scope if card.request else None
    rows = [row for asset, _ in _deposits(card) for row in asset.transactions]
    if not rows or scope is None or scope.period_from is None or scope.period_to is None:
        return not_exercised("没有反馈资金往来")
    first, last = scope.period_from.day, scope.period_to.day
    days = [row.time.day for row in rows if row.time and row.time.day]
    if first and last and any(not first <= day <= last for day in days):
        return failed("有资金往来不在要求的期间内", *on.shown(card))
    return passed(f"{len(rows)} 笔", *on.shown(card))


def _balances(run: Run) -> Verdict:
    seen = 0
    for card in run.script.cards:
        for _, held in _deposits(card):
            if held.balance and held.available and None not in (held.balance.value, held.available.value):
                seen += 1
                if held.available.value > held.balance.value:  # type: ignore[operator]
                    return failed("可用余额大于余额", *on.shown(card))
    return passed(f"{seen} 个账户") if seen else not_exercised("没有反馈账户")


def _per_item(card: Card) -> Verdict:
    if verdict := on.items_match(card):
        return verdict
    by_seq = {item.item_seq: item for item in on.items_of(card)}
    first, second = by_seq["1"], by_seq["2"]
    if not first.is_done:
        return failed(f"存在的账户没有控制，原因“{first.reason}”", *on.shown(card))
    if second.is_done or not second.reason:
        return failed("不存在的账号应当反馈未控制（KZZT=2）并写明原因", *on.shown(card))
    return passed("", *on.shown(card))


def _partial(card: Card) -> Verdict:
    item = next((item for item in on.items_of(card) if item.item_seq == "1" and item.is_done), None)
    if item is None or card.request is None:
        return not_exercised("没有冻结成功的事项")
    asked = card.request.items[0].amount
    got = item.controlled_amount.value if item.controlled_amount else None
    over = (item.over_limit_amount.value if item.over_limit_amount else None) or Decimal(0)
    if got is None or asked is None or asked.value is None:
        return failed("没有反馈实际控制金额（SKJE）", *on.shown(card))
    free = item.available.value if item.available else None
    if free is not None and got > free:
        return failed(f"实际控制 {got}，大于控制时的可用余额 {free}", *on.shown(card))
    if got + over > asked.value:
        return failed(f"实际控制 {got} 与超额控制 {over} 之和大于请求的 {asked.value}", *on.shown(card))
    if got >= asked.value:
        return failed(f"请求 {asked.value} 大于余额，实际控制不应达到该数", *on.shown(card))
    return passed(f"请求 {asked.value}，实际 {got}，超额 {over}", *on.shown(card))


def _renewed(card: Card) -> Verdict:
    verdict = on.is_done(card)
    item = next(iter(on.items_of(card)), None)
    if verdict.state != "passed" or item is None or item.effective_to is None or card.request is None:
        return verdict
    asked = card.request.items[0].effective_to
    if asked and asked.day and item.effective_to.day and item.effective_to.day < asked.day:
        return failed("截止日早于续行请求的截止日", *on.shown(card))
    return verdict


def _once_per_document(run: Run) -> Verdict:
    calls = run.script.card("shared").document_calls
    if not calls:
        return not_exercised("没有取文书")
    return passed() if len(set(calls)) == 1 else failed(f"同一文书编号取了 {len(set(calls))} 次", *calls)


REFUSALS = (
    ("no_number", "文书编号（WSBH）为空的查询请求应当拒绝"),
    ("no_paper", "没有法律文书的查询请求应当拒绝"),
    ("no_content", "文书没有内容的查询请求应当拒绝"),
    ("no_card", "没有承办人证件的查询请求应当拒绝"),
    ("no_image", "工作证、公务证都没有图像的查询请求应当拒绝"),
)
_SHARED: tuple[Rule[Run], ...] = (
    *(
        Rule(id=f"B-2{no}", says=f"{says}，并写明原因", place="1.2 第 2、5 步", judge=of_card(key, on.is_refused))
        for no, (key, says) in enumerate(REFUSALS, start=1)
    ),
    Rule(id="B-31", says="正常的查询请求得到查到或者查无的结果", place="2.2", judge=every(("plain", "shared", "period"), on.is_found_or_not)),
    Rule(id="B-32", says="查无此人时反馈一条记录，写明查无开户信息", place="2.2 KHZH、3.9", judge=of_card("stranger", on.is_not_found)),
    Rule(id="B-33", says="姓名含 GBK 没有的字时照常办理和反馈", place="4.4", judge=of_card("rare", on.is_found_or_not)),
    Rule(id="B-34", says="交易起止时间都为空的，不反馈资金往来", place="2.1 CKKSSJ/CKJSSJ", judge=of_card("plain", _no_transactions)),
    Rule(id="B-35", says="反馈的资金往来在要求的期间之内", place="2.1 CKKSSJ/CKJSSJ", judge=of_card("period", _within_period)),
    Rule(id="B-36", says="账户序号从 1 起连续", place="2.2 CCXH", judge=on.sequence_from_one),
    Rule(id="B-37", says="可用余额不大于余额", place="2.2 YE/KYYE", judge=_balances),
    Rule(id="B-38", says="反馈的必填字段齐全", place="2.2、2.4", judge=on.complete_fields),
    Rule(id="B-41", says="多个事项的控制请求逐项反馈；不存在的账号为未控制并写明原因", place="2.4 KZZT、WNKZYY", judge=of_card("freeze", _per_item)),
    Rule(id="B-42", says="余额不足时部分冻结：实际控制不大于可用余额，与超额控制之和不大于请求", place="2.4 SKJE/CESKJE", judge=of_card("freeze", _partial)),
    Rule(id="B-43", says="按原请求单号继续冻结", place="2.3 YDJDH", judge=of_card("renew", _renewed)),
    Rule(id="B-44", says="按原请求单号解除冻结", place="2.3 YDJDH", judge=of_card("release", on.is_done)),
    Rule(id="B-45", says="没有原请求单号的续冻，反馈未控制并写明原因", place="2.3 YDJDH", judge=of_card("renew_lost", on.is_not_done)),
    Rule(id="B-46", says="没有执行款专户的扣划，反馈未控制并写明原因", place="2.3 ZXKZH*", judge=of_card("deduct", on.is_not_done)),
    Rule(id="B-47", says="没有法律文书的控制请求，逐项反馈未控制并写明原因", place="1.2 第 5 步", judge=of_card("control_no_paper", on.is_not_done)),
    Rule(id="B-48", says="没有承办人证件的控制请求，逐项反馈未控制并写明原因", place="1.2 第 5 步", judge=of_card("control_no_card", on.is_not_done)),
    Rule(id="B-49", says="控制反馈附回执文书，内容与 MD5 相符", place="2.4 hzxx", judge=of_card("freeze", on.receipt_sound)),
    Rule(id="B-51", says="同一请求重复列出时不重复办理，不反馈不同的内容", place="1.2 第 1 步", judge=on.nothing_twice),
)  # fmt: skip

SOAP_RULES: tuple[Rule, ...] = (
    Rule(id="B-01", says="每次调用都是可以解读的 SOAP 报文：操作、信封、两层 Base64、GBK", place="1.2", judge=on.readable),
    Rule(id="B-02", says="每次调用都带约定的用户名和口令", place="1.2 arg0", judge=credentials_right),
    Rule(id="B-03", says="查询和控制两个列表都轮询", place="1.2 第 1、4 步", judge=polls_both),
    Rule(id="B-04", says="列表带 errorMsg 时稍后再取", place="1.2", judge=goes_on_after("error")),
    Rule(id="B-05", says="列表为空时继续轮询", place="1.2", judge=goes_on_after("empty")),
    Rule(id="B-06", says="反馈之前取法律文书和承办人证件", place="1.2 第 2、4 步", judge=papers_first(("plain", "freeze"))),
    Rule(id="B-07", says="共用的文书只取一次", place="1.2 第 2 步", judge=_once_per_document, is_advice=True),
    Rule(id="B-08", says="受理结果没有送达的，再次反馈相同内容；得到“已反馈”视为成功", place="1.2 第 6 步", judge=of_card("period", on.sent_again)),
    Rule(id="B-09", says="受理结果为 fail 的，再次反馈", place="1.2 第 6 步", judge=of_card("shared", on.sent_again)),
    *_SHARED,
)  # fmt: skip
SHARED_RULES = _SHARED
