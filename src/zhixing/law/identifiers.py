"""Identifiers: form and check digit of numbers that name persons, accounts and things (rules ID-01 to ID-15).

A broken form is an error. A broken check digit is only a warning with override, because genuine codes
exist that fail it (ID-06). Nothing here ever says that a number belongs to anybody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import Problem, has_errors
from zhixing.kernel.text import normalise
from zhixing.law.book import book
from zhixing.law.errors import UnknownRule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhixing.law.schemas import IdentifierFormat

_NO_PARTS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a look at the number tells.

    Attributes:
        raw: as it came. normalised: half-width, without spaces, upper case where the standard says so;
            a resident number of 15 digits becomes its 18-digit form.
        ok: no error (warnings may remain). clean: nothing to remark at all.
        checksum_ok: None where the number has no check digit or its form is broken.
        parts: what the number itself says, e.g. birth, sex, division, document.
    """

    kind: str
    raw: str
    normalised: str
    ok: bool
    problems: tuple[Problem, ...] = ()
    checksum_ok: bool | None = None
    parts: Mapping[str, str] = field(default_factory=lambda: _NO_PARTS)

    @property
    def clean(self) -> bool:
        """Whether neither form nor check digit leaves anything to say."""
        return not self.problems


def check(kind: str, value: str, *, on: date | None = None) -> Checked:
    """Check an identifier of a named kind.

    Args:
        kind: one of `kinds()`.
        value: as it was written.
        on: today's court date, to refuse birthdays in the future; not checked when left out.

    Raises:
        UnknownRule: no such kind.
    """
    if kind == "resident_id":
        return resident_id(value, on=on)
    special = _SPECIAL.get(kind)
    return special(value) if special else _by_form(kind, value)


def kinds() -> tuple[str, ...]:
    """All kinds that can be checked, in the order of the table."""
    return tuple(_forms())


def resident_id(value: str, *, on: date | None = None) -> Checked:
    """公民身份号码, 18 or (old) 15 digits; also the residence permits of 港澳台 (81, 82, 83 …)."""
    text = _upper(value)
    old = len(text) == 15
    form = _form("resident_id_15" if old else "resident_id")
    if not _fits(form, text):
        return _broken("resident_id", value, text, form if old else _form("resident_id"))
    weights, signs = _form("resident_id").weights, _form("resident_id").check_signs
    full = _extended(text, weights, signs) if old else text
    problems = list(_birth_problems(full[6:14], on))
    expected = _resident_check_sign(full, weights, signs)
    sound = full[17] == expected
    if not sound:
        problems.append(_checksum_problem("resident_id", "居民身份证号", full))
    if old:
        problems.append(
            Problem(
                code="identifier.old_form",
                sentence="是 15 位旧身份证号，已换算为 18 位，",
                mend="请核对现行证件，登记时使用 18 位号码。",
                law="gb11643",
                level="warning",
            )
        )
    return Checked(
        kind="resident_id",
        raw=value,
        normalised=full,
        ok=not has_errors(problems),
        problems=tuple(problems),
        checksum_ok=sound,
        parts={
            "division": full[:6],
            "birth": f"{full[6:10]}-{full[10:12]}-{full[12:14]}",
            "sex": "男" if int(full[16]) % 2 else "女",
            "document": _resident_document(full),
        },
    )


def uscc(value: str) -> Checked:
    """统一社会信用代码; parts name the registering authority, the division and the organisation code."""
    text = _upper(value)
    form = _form("uscc")
    if not _fits(form, text):
        return _broken("uscc", value, text, form)
    signs = form.alphabet
    total = sum(signs.index(sign) * weight for sign, weight in zip(text[:17], form.weights, strict=True))
    # Modulo once more: a remainder of 0 would otherwise ask for the sign with index 31, which does not exist.
    expected = signs[(31 - total % 31) % 31]
    sound = text[17] == expected
    return Checked(
        kind="uscc",
        raw=value,
        normalised=text,
        ok=True,
        problems=() if sound else (_checksum_problem("uscc", "统一社会信用代码", text),),
        checksum_ok=sound,
        parts={"head": text[:2], "division": text[2:8], "org_code": f"{text[8:16]}-{text[16]}"},
    )


def org_code(value: str) -> Checked:
    """组织机构代码 (digits 9 to 17 of the unified code)."""
    text = _upper(value).replace("-", "")
    form = _form("org_code")
    if not _fits(form, text):
        return _broken("org_code", value, text, form)
    total = sum(
        form.alphabet.index(sign) * weight for sign, weight in zip(text[:8], form.weights, strict=True)
    )
    rest = 11 - total % 11
    expected = {10: "X", 11: "0"}.get(rest, str(rest))
    sound = text[8] == expected
    return Checked(
        kind="org_code",
        raw=value,
        normalised=f"{text[:8]}-{text[8]}",
        ok=True,
        problems=() if sound else (_checksum_problem("org_code", "组织机构代码", text),),
        checksum_ok=sound,
    )


def bank_card(value: str) -> Checked:
    """银行卡号 with Luhn's check. Only for cards: company accounts and passbooks have no check digit."""
    text = _upper(value).replace("-", "")
    form = _form("bank_card")
    if not _fits(form, text):
        return _broken("bank_card", value, text, form)
    sound = luhn(text)
    return Checked(
        kind="bank_card",
        raw=value,
        normalised=text,
        ok=True,
        problems=() if sound else (_checksum_problem("bank_card", "银行卡号", text),),
        checksum_ok=sound,
    )


def luhn(digits: str) -> bool:
    """Whether digits pass Luhn's check (ISO/IEC 7812): every second one from the right doubled."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def plate(value: str) -> Checked:
    """机动车号牌; parts tell the province sign and whether it is a new-energy plate (8 signs)."""
    text = _upper(value).replace("·", "").replace("・", "").replace("•", "").replace(".", "").replace("-", "")
    checked = _by_form("plate", text)
    if not checked.ok:
        return _with_raw(checked, value, {})
    return _with_raw(
        checked, value, {"authority": text[:2], "energy": "新能源" if len(text) == 8 else "普通"}
    )


def realty_unit(value: str) -> Checked:
    """不动产单元号 (28 signs); parts split it into division, parcel and building unit."""
    checked = _by_form("realty_unit", value)
    text = checked.normalised
    if not checked.ok:
        return checked
    parts = {"division": text[:6], "parcel": text[:19], "fixture": text[19:20], "unit": text[20:]}
    return _with_raw(checked, value, parts)


def mobile(value: str) -> Checked:
    """手机号; a leading +86 or 86 and dashes are taken off."""
    text = re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", _upper(value).replace("-", ""))
    return _with_raw(_by_form("mobile", text), value, {})


def _by_form(kind: str, value: str) -> Checked:
    form = _form(kind)
    text = _cased(kind, value)
    if not _fits(form, text):
        return _broken(kind, value, text, form)
    return Checked(kind=kind, raw=value, normalised=text, ok=True)


def _with_raw(checked: Checked, raw: str, parts: Mapping[str, str]) -> Checked:
    return Checked(
        kind=checked.kind,
        raw=raw,
        normalised=checked.normalised,
        ok=checked.ok,
        problems=checked.problems,
        checksum_ok=checked.checksum_ok,
        parts=parts,
    )


def _upper(value: str) -> str:
    return normalise(value).replace(" ", "").upper()


def _cased(kind: str, value: str) -> str:
    """Handles and mail keep their case (mail is stored in lower case); all other numbers are upper case."""
    text = normalise(value).replace(" ", "")
    if kind == "realty_certificate":
        return text.replace("(", "（").replace(")", "）")
    if kind in ("email", "alipay"):
        return text.lower()
    return text if kind == "wechat" else text.upper()


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[IdentifierFormat, re.Pattern[str]]]:
    rows = (cast("IdentifierFormat", row) for row in book().all_rows("identifiers"))
    return {row.code: (row, re.compile(row.pattern)) for row in rows}


def _form(kind: str) -> IdentifierFormat:
    found = _forms().get(kind)
    if found is None:
        raise UnknownRule(f"identifiers.{kind}")
    return found[0]


def _fits(form: IdentifierFormat, text: str) -> bool:
    return text.isascii() | (form.code in ("plate", "realty_certificate")) and bool(
        _forms()[form.code][1].fullmatch(text)
    )


def _broken(kind: str, raw: str, text: str, form: IdentifierFormat) -> Checked:
    """The number itself is not repeated: messages end up in logs and journals."""
    problem = Problem(
        code=f"identifier.{kind}.form",
        sentence=f"{form.title}格式不对，收到 {len(text)} 位，应为{form.expected}，",
        mend="请对照原件核对后重新填写。",
        law=form.source[0],
    )
    return Checked(kind=kind, raw=raw, normalised=text, ok=False, problems=(problem,))


def _checksum_problem(kind: str, title: str, text: str) -> Problem:
    return Problem(
        code=f"identifier.{kind}.checksum",
        sentence=f"{title}的校验位与计算结果不符（末位为 {text[-1]}），",
        mend="请对照原件核对；确属原件如此的，写明理由后可以继续。",
        law="identifier_override",
        level="warning",
    )


def _resident_check_sign(text: str, weights: tuple[int, ...], signs: str) -> str:
    return signs[sum(int(digit) * weight for digit, weight in zip(text[:17], weights, strict=True)) % 11]


def _extended(text: str, weights: tuple[int, ...], signs: str) -> str:
    body = f"{text[:6]}19{text[6:]}"
    return body + _resident_check_sign(body, weights, signs)


def _birth_problems(digits: str, on: date | None) -> tuple[Problem, ...]:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        sentence = "居民身份证号中的出生日期不存在，"
    else:
        if on is None or born <= on:
            return ()
        sentence = "居民身份证号中的出生日期晚于今天，"
    return (
        Problem(
            code="identifier.resident_id.birth",
            sentence=sentence,
            mend="请对照证件核对第 7 至 14 位。",
            law="gb11643",
        ),
    )


def _resident_document(text: str) -> str:
    heads = {"81": "港澳居民居住证", "82": "港澳居民居住证", "83": "台湾居民居住证"}
    return "外国人永久居留身份证" if text[0] == "9" else heads.get(text[:2], "居民身份证")


_SPECIAL: dict[str, Callable[[str], Checked]] = {
    "uscc": uscc,
    "org_code": org_code,
    "bank_card": bank_card,
    "plate": plate,
    "realty_unit": realty_unit,
    "mobile": mobile,
}
