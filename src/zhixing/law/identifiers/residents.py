"""公民身份号码 and the cards that share its check digit: residence permits of 港澳台, foreigners' cards (ID-01 to ID-03)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem, has_errors
from zhixing.law.identifiers.divisions import division_name
from zhixing.law.identifiers.forms import Checked, broken, checksum_problem, fits, form_of, upper

if TYPE_CHECKING:
    from zhixing.law.schemas import IdentifierFormat

_HEADS = {"81": "香港居民居住证", "82": "澳门居民居住证", "83": "台湾居民居住证"}


def resident_id(value: str, *, on: date | None = None) -> Checked:
    """公民身份号码, 18 or (old) 15 digits; also the residence permits of 港澳台 (81, 82, 83 …).

    Args:
        value: as it was written.
        on: today's court date, to refuse birthdays in the future; not checked when left out.
    """
    text = upper(value)
    old = len(text) == 15
    form = form_of("resident_id_15" if old else "resident_id")
    if not fits(form, text):
        return broken("resident_id", value, text, form)
    full = extended(text) if old else text
    checked = _eighteen("resident_id", value, full, form_of("resident_id"), on)
    if not old:
        return checked
    return Checked(
        kind=checked.kind,
        raw=value,
        normalised=full,
        ok=checked.ok,
        problems=(*checked.problems, _old_form()),
        checksum_ok=checked.checksum_ok,
        parts=checked.parts,
    )


def resident_id_15(value: str, *, on: date | None = None) -> Checked:
    """The old number of 15 digits; anything else is refused."""
    text = upper(value)
    form = form_of("resident_id_15")
    if not fits(form, text):
        return broken("resident_id_15", value, text, form)
    found = resident_id(text, on=on)
    return Checked(
        kind="resident_id_15",
        raw=value,
        normalised=found.normalised,
        ok=found.ok,
        problems=found.problems,
        checksum_ok=None,  # the old number has none; the one in `normalised` was computed
        parts=found.parts,
    )


def residence_permit(value: str, *, on: date | None = None) -> Checked:
    """港澳台居民居住证: a resident number whose division is 810000, 820000 or 830000."""
    text, form = upper(value), form_of("residence_permit")
    if not fits(form, text):
        return broken("residence_permit", value, text, form)
    return _eighteen("residence_permit", value, text, form, on)


def foreigner_residence(value: str, *, on: date | None = None) -> Checked:
    """外国人永久居留身份证: 18 signs beginning with 9 (new), or three letters and twelve digits (old)."""
    text, form = upper(value), form_of("foreigner_residence")
    if not fits(form, text):
        return broken("foreigner_residence", value, text, form)
    if len(text) == 18:
        return _eighteen("foreigner_residence", value, text, form_of("resident_id"), on)
    return Checked(
        kind="foreigner_residence",
        raw=value,
        normalised=text,
        ok=True,
        parts={"document": "外国人永久居留证（旧版）", "nationality": text[:3]},
    )


def extended(text: str) -> str:
    """The 18-digit form of a 15-digit number: 19 put before the year, the check sign behind. For matching only."""
    body = f"{text[:6]}19{text[6:]}"
    return body + _check_sign(body, form_of("resident_id"))


def _eighteen(kind: str, raw: str, text: str, form: IdentifierFormat, on: date | None) -> Checked:
    problems = list(_birth_problems(kind, form_of(kind).title, text[6:14], on))
    sound = text[17] == _check_sign(text, form)
    if not sound:
        problems.append(
            checksum_problem(kind, "居民身份证号" if kind == "resident_id" else form_of(kind).title, text)
        )
    return Checked(
        kind=kind,
        raw=raw,
        normalised=text,
        ok=not has_errors(problems),
        problems=tuple(problems),
        checksum_ok=sound,
        parts=_parts_of(text),
    )


def _parts_of(text: str) -> dict[str, str]:
    parts = {
        "division": text[:6],
        "division_name": division_name(text[:6]),
        "birth": f"{text[6:10]}-{text[10:12]}-{text[12:14]}",
        "sex": "男" if int(text[16]) % 2 else "女",
        "document": _document(text),
    }
    if text[0] == "9":
        # A foreigner's card: digits 2 and 3 are the province that took the application, 4 to 6 the country.
        parts |= {"division": text[1:3], "division_name": division_name(text[1:3]), "nationality": text[3:6]}
    return parts


def _document(text: str) -> str:
    return "外国人永久居留身份证" if text[0] == "9" else _HEADS.get(text[:2], "居民身份证")


def _check_sign(text: str, form: IdentifierFormat) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], form.weights, strict=True))
    return form.check_signs[total % 11]


def _birth_problems(kind: str, title: str, digits: str, on: date | None) -> tuple[Problem, ...]:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        sentence = f"{title}中的出生日期不存在，"
    else:
        if on is None or born <= on:
            return ()
        sentence = f"{title}中的出生日期晚于今天，"
    return (
        Problem(
            code=f"identifier.{kind}.birth",
            sentence=sentence,
            mend="请对照证件核对第 7 至 14 位。",
            law="gb11643",
        ),
    )


def _old_form() -> Problem:
    return Problem(
        code="identifier.old_form",
        sentence="是 15 位旧身份证号，已换算为 18 位，仅供比对，",
        mend="请核对现行证件，登记时使用 18 位号码。",
        law="gb11643",
        level="warning",
    )
