"""WeChat, QQ and Alipay accounts, only where a label names them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.digits import compact
from zhixing.cases.domain.extraction.labels import is_no_clue, label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

WECHAT_WORDS = r"微\s*信(?:账号|账户|ID|号码|号)?|(?<![A-Za-z])(?:V信|WeChat|weixin|VX|WX|微信ID)"
WECHAT = labelled(WECHAT_WORDS)
QQ = labelled(r"(?<![A-Za-z])QQ(?:号码?|账号)?|扣扣号?|企鹅号")
ALIPAY = labelled(
    r"支付宝(?:账号|账户|号)?(?:绑定|关联|注册)的?手机(?:号码?)?|支\s*付\s*宝(?:账号|账户|帐号|号码|号|登录名)?|alipay"
)

EMAIL = r"[0-9A-Za-z][0-9A-Za-z._\-]{0,40}@[0-9A-Za-z\-]{1,30}(?:\.[0-9A-Za-z\-]{2,20}){1,3}"
WECHAT_ID = re.compile(r"(?<![0-9A-Za-z_@.\-])[A-Za-z][0-9A-Za-z_\-]{5,19}(?![0-9A-Za-z_\-@])")
MOBILE_FORM = re.compile(r"(?<![0-9A-Za-z*])1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9A-Za-z*])")
MOBILE_SPREAD = re.compile(r"(?<![0-9A-Za-z*])1[ ]?[3-9](?:[ \-]?[0-9]){9}(?![0-9A-Za-z*])")
QQ_NUMBER = re.compile(r"(?<![0-9A-Za-z*])[1-9](?:[ ]?[0-9]){4,10}(?![0-9A-Za-z*@])")
ALIPAY_ID = re.compile(
    rf"(?<![0-9A-Za-z_.])(?:{EMAIL}|2088[0-9]{{12}}|1[3-9][0-9][ \-]?[0-9]{{4}}[ \-]?[0-9]{{4}})(?![0-9*])"
)

SAME_AFTER = re.compile(
    r"[ ]?(?:\([^()\n]{0,14}?(?P<inside>微信|支付宝)[^()\n]{0,10}?(?:同号|同步|同此号|也是|一样|相同)?[^()\n]{0,4}\)|"
    r"[,;、 ]?(?:该号码?|此号码?|这个号码?)?(?:也是|即是|即为|同时也是|兼)?(?:其|他的|她的|我的|我)?"
    r"(?P<after>微信|支付宝)(?:账号|账户|号码?|号)?(?:与|和|跟|同)?(?:手机|电话)?(?:号码?|号)?(?:一样|也是这个|同手机|同号|就是这个|同上|相同|一致|也是此号))"
)
SAME_BEFORE = re.compile(
    r"(?:手机|电话)(?:号码?|号)?[ ]?(?:[/、,及和与兼暨]|\()[ ]?(?P<names>(?:微信|支付宝)(?:号码?|账号|号)?(?:[/、及和](?:微信|支付宝)(?:号码?|账号|号)?)?)"
    r"(?:同号)?\)?(?:号码?)?(?:均|都)?[为是:]{0,2}[ ]?$|(?P<names2>(?:微信|支付宝)(?:号码?|账号|号)?(?:[/、及和](?:微信|支付宝)(?:号码?)?)?)"
    r"[ ]?[/、及和与兼][ ]?(?:手机|电话)(?:号码?|号)?(?:均|都)?[为是:]{0,2}[ ]?$"
)


def find(view: View) -> Iterator[Found]:
    """Accounts behind their label, and mobile numbers said to be the WeChat or Alipay account too."""
    yield from _wechat(view)
    yield from _qq(view)
    yield from _alipay(view)
    yield from _same_number(view)


def _wechat(view: View) -> Iterator[Found]:
    for pattern in (WECHAT_ID, MOBILE_FORM):
        for match in pattern.finditer(view.text):
            label = label_text(view, match.start())
            if not WECHAT.search(label) or match.group().lower() in {"wechat", "weixin"}:
                continue
            if SAME_BEFORE.search(label):
                continue
            value = match.group() if pattern is WECHAT_ID else compact(match.group())
            yield _found(Kind.WECHAT, match, value)
    if "QQ" in view.text:
        for match in QQ_NUMBER.finditer(view.text):
            if re.search(r"微信[^。,;\n]{0,6}QQ[^。,;\n]{0,4}同号", label_text(view, match.start())):
                yield _found(Kind.WECHAT, match, compact(match.group()))


def _qq(view: View) -> Iterator[Found]:
    for match in QQ_NUMBER.finditer(view.text):
        label = label_text(view, match.start())
        if QQ.search(label) and not is_no_clue(label):
            yield _found(Kind.QQ, match, compact(match.group()))


def _alipay(view: View) -> Iterator[Found]:
    for match in ALIPAY_ID.finditer(view.text):
        label = label_text(view, match.start())
        if ALIPAY.search(label) and not is_no_clue(label) and not SAME_BEFORE.search(label):
            raw = match.group()
            bound = re.search(r"绑定|关联|注册的?手机", label[-12:]) and "@" not in raw
            yield _found(
                Kind.ALIPAY, match, raw.lower() if "@" in raw else compact(raw), also_mobile=bool(bound)
            )


def _same_number(view: View) -> Iterator[Found]:
    for match in MOBILE_SPREAD.finditer(view.text):
        after = SAME_AFTER.match(view.text, match.end())
        words = "".join(filter(None, after.groups())) if after else ""
        if after and "同" not in after.group() and "是" not in after.group() and "一" not in after.group():
            words = words if re.fullmatch(r"[ ]?\((?:微信|支付宝|/|、)+(?:同?号)?\)", after.group()) else ""
        before = SAME_BEFORE.search(label_text(view, match.start()))
        if before:
            words += "".join(filter(None, before.groups()))
        if after and after.group("inside"):
            words += after.group()
        for word, kind in (("微信", Kind.WECHAT), ("支付宝", Kind.ALIPAY)):
            if word in words:
                yield Found(
                    kind=kind, start=match.start(), end=match.end(), value=compact(match.group()), strength=3,
                    detail={"same_as": Kind.MOBILE.value}, check=checks.handle(kind, compact(match.group())),
                )  # fmt: skip


def _found(kind: Kind, match: re.Match[str], value: str, *, also_mobile: bool = False) -> Found:
    check = checks.handle(kind, value)
    detail = {"same_as": Kind.MOBILE.value} if also_mobile else {}
    return Found(
        kind=kind, start=match.start(), end=match.end(), value=value, check=check, strength=3, detail=detail
    )
