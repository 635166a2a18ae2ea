"""Bank cards and telephone numbers (ID-09, ID-10)."""

from __future__ import annotations

import re
from dataclasses import replace

from zhixing.law.identifiers.forms import Checked, broken, by_form, checksum_problem, fits, form_of, upper

_COUNTRY = re.compile(r"^(?:\+?86)(?=1\d{10}$)")


def bank_card(value: str) -> Checked:
    """银行卡号 with Luhn's check. Only for cards: company accounts and passbooks have no check digit."""
    text, form = upper(value).replace("-", ""), form_of("bank_card")
    if not fits(form, text):
        return broken("bank_card", value, text, form)
    sound = luhn(text)
    return Checked(
        kind="bank_card",
        raw=value,
        normalised=text,
        ok=True,
        problems=() if sound else (checksum_problem("bank_card", "银行卡号", text),),
        checksum_ok=sound,
    )


def luhn(digits: str) -> bool:
    """Whether digits pass Luhn's check (ISO/IEC 7812): every second one from the right doubled."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def mobile(value: str) -> Checked:
    """手机号; a leading +86 or 86 and dashes are taken off."""
    return by_form("mobile", value, _COUNTRY.sub("", upper(value).replace("-", "")))


def landline(value: str) -> Checked:
    """固定电话 with area code, or the courts' hotline 12368."""
    checked = by_form("landline", value)
    if checked.ok and checked.normalised == "12368":
        return replace(checked, parts={"document": "人民法院诉讼服务热线"})
    return checked
