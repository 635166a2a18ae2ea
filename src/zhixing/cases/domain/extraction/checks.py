"""The only place where extraction asks the law book whether an identifier is sound.

`ok` is True when form and check digit (where there is one) hold, False when one of them fails, None when no
rule applies to the number: account numbers other than cards, older certificates, numbers of notaries.
"""

from __future__ import annotations

import re

from zhixing.cases.domain.extraction.model import Check, Kind
from zhixing.kernel.errors import Problem
from zhixing.law import case_numbers, identifiers

NEUTRAL = Check()
MOBILE_FORM = re.compile(r"1[3-9][0-9]{9}")


def _told(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(str(problem) for problem in problems)


def _judged(checked: identifiers.Checked) -> Check:
    sound = checked.ok and checked.checksum_ok is not False
    return Check(ok=sound, problems=_told(checked.problems))


def resident_id(value: str) -> tuple[str, Check]:
    """The number in its 18-digit form, and whether form, birthday and check digit hold."""
    checked = identifiers.resident_id(value)
    return checked.normalised, _judged(checked)


def uscc(value: str) -> Check:
    """Form and check digit of a unified social credit code."""
    return _judged(identifiers.uscc(value))


def passport(value: str, *, permit: bool) -> Check:
    """Form of a Chinese passport or of a travel permit; foreign passports are told only by their form."""
    if permit:
        kind = "taiwan_permit" if value.isdigit() else "hk_permit"
        return _judged(identifiers.check(kind, value))
    checked = identifiers.check("passport", value)
    return _judged(checked) if checked.ok else NEUTRAL


def mobile(value: str) -> Check:
    """Form of a mobile number."""
    return _judged(identifiers.mobile(value))


def landline(value: str) -> Check:
    """Form of a fixed line; one without area code is no complete number."""
    return _judged(identifiers.check("landline", value))


def handle(kind: Kind, value: str) -> Check:
    """Form of a WeChat, QQ or Alipay account; a mobile number may be the WeChat account."""
    if kind is Kind.WECHAT and MOBILE_FORM.fullmatch(value):
        return mobile(value)
    return _judged(identifiers.check(kind.value, value))


def email(value: str) -> Check:
    """Form of an e-mail address."""
    return _judged(identifiers.check("email", value))


def plate(value: str) -> Check:
    """Form of a number plate."""
    return _judged(identifiers.plate(value))


def bank_account(value: str, *, card: bool) -> Check:
    """Check digit of a card; other accounts have none."""
    if not card:
        return NEUTRAL
    return _judged(identifiers.bank_card(value))


def realty(value: str, *, form: str) -> Check:
    """Form of a unified certificate or a unit number; older certificates follow local forms."""
    if form == "unit":
        return _judged(identifiers.realty_unit(value))
    if form == "unified":
        return _judged(identifiers.check("realty_certificate", value))
    return NEUTRAL


def case_number(value: str, *, court: bool) -> Check:
    """Parts of a court's case number; numbers of notaries and arbitrators follow no common rule."""
    if not court:
        return NEUTRAL
    parsed = case_numbers.parse(value)
    return Check(ok=parsed.ok, problems=_told(parsed.problems))
