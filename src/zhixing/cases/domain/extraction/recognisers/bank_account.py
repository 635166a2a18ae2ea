"""Bank cards and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.digits import GAP, compact, is_even_print, mended
from zhixing.cases.domain.extraction.labels import is_no_clue, label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.names import HAN
from zhixing.cases.domain.extraction.view import View

LABEL = labelled(
    r"(?:银\s*行\s*)?(?:账|帐)\s*号|卡\s*号|账户|帐户|银行卡(?:号)?|储蓄卡|借记卡|信用卡|存折|(?:工|农|中|建|交)行卡?|结算卡|"
    r"(?:农信|信用社|邮储|邮政|招行|浦发|民生)?卡|开户行及(?:账|帐)号|收款账户|基本户|一般户|(?:银行|支行|分行|信用社|联社|营业部)(?:的)?(?:卡|账户|存款账户)?"
)
NUMBER = re.compile(rf"(?<![0-9A-Za-z*.])[0-9](?:{GAP}[0-9OoIl]){{8,29}}(?![0-9A-Za-z*])(?![ ]?[元万年月%@])")
BANK = re.compile(
    rf"(?:中国)?(?:工商|农业|建设|交通|邮政储蓄|招商|民生|光大|中信|浦发|兴业|平安|华夏|广发|渤海|浙商|河北|沧州|张家口|{HAN}{{2,6}}?)?"
    r"(?:银行|信用社|信用合作联社|农信社|农商行|工行|农行|建行|中行|交行|邮储)(?:股份有限公司)?"
    rf"(?:{HAN}{{1,14}}?(?:支行|分行|营业部|分理处|储蓄所))?"
)
CARD_HEADS = ("62", "60", "65", "95", "4", "5", "3")


def find(view: View) -> Iterator[Found]:
    """Numbers that a label calls an account, and unlabelled ones that are cards by head, length and check digit."""
    for match in NUMBER.finditer(view.text):
        raw = _first_line(match.group())
        end = match.start() + len(raw)
        label = label_text(view, match.start())
        if is_no_clue(label) or re.search(r"支付宝[^。;\n]{0,6}$|微信[^。;\n]{0,4}$|QQ[^。;\n]{0,4}$", label):
            continue
        named = bool(LABEL.search(label))
        value = compact(raw)
        misread = not value.isdigit()
        if misread:
            value = mended(raw)
        card = 16 <= len(value) <= 19 and value.startswith(CARD_HEADS)
        check = checks.bank_account(value, card=card)
        if misread and not (card and check.ok):
            continue
        if not named and not (
            card and check.ok and is_even_print(raw) and value.startswith(("62", "4", "5"))
        ):
            continue
        if named and not is_even_print(raw) and not check.ok:
            continue
        yield Found(
            kind=Kind.BANK_ACCOUNT, start=match.start(), end=end, value=value, check=check,
            strength=(3 if named else 0) + (1 if card and check.ok else 0), detail=_bank(view, match.start(), end),
        )  # fmt: skip


def _first_line(raw: str) -> str:
    """A number broken over two lines is one only when its first half is no account by itself."""
    head = raw.split("\n", maxsplit=1)[0].rstrip(" \t-")
    whole, alone = compact(raw), compact(head)
    if "\n" not in raw or len(alone) < 12:
        return raw
    proved = whole.isdigit() and 16 <= len(whole) <= 19 and checks.bank_account(whole, card=True).ok
    return raw if proved and not checks.bank_account(alone, card=True).ok else head


def _bank(view: View, start: int, end: int) -> dict[str, str]:
    """The bank's name, when the same sentence gives it."""
    floor = max(view.text.rfind("。", 0, start), view.text.rfind("\n", 0, start), start - 60)
    before = list(BANK.finditer(view.text, floor + 1, start))
    if before:
        return {"bank": _clean(before[-1].group())}
    stop = re.compile(r"[。;\n]").search(view.text, end, end + 40)
    after = re.search(r"开户行?[:为]?", view.text[end : stop.start() if stop else end + 40])
    if after:
        found = BANK.search(view.text, end + after.end(), end + 60)
        if found:
            return {"bank": _clean(found.group())}
    return {}


def _clean(name: str) -> str:
    return re.sub(
        r"^.*(?:开户|存入|转入|汇入|名下|尾号|开立|其在|在|的|于|是|为|至|到|行)(?=中国|工商|农业|建设|交通|邮政|招商|沧州|河北)",
        "",
        name,
    )
