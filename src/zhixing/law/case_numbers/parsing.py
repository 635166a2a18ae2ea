"""Case numbers (案号): read, check, write (案号规定; rules CN-01 to CN-05).

The signs that may occur stand in the tables ``case_types`` and ``case_signs``; the form is the statute's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import Problem
from zhixing.kernel.text import normalise
from zhixing.law.book import book

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhixing.law.schemas import CaseType, Sign

SUPREME = "最高法"
_FIRST_YEAR = 1949
_LEGACY = re.compile(r"\((?P<year>\d{4})\)(?P<rest>[\u4e00-\u9fa5]{1,8}字第(?P<no>\d{1,6})(?:-\d+)?号)")
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNumber:
    """A case number in its parts. Equal parts are the same case; `之一` and the like belong to documents.

    Attributes:
        court: court code such as 冀0930 or 最高法.
        special: special-trial code such as 知, or empty.
    """

    year: int
    court: str
    type_code: str
    serial: int
    special: str = ""

    @property
    def text(self) -> str:
        """As it is printed and stored, with full-width brackets."""
        return f"（{self.year}）{self.court}{self.special}{self.type_code}{self.serial}号"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCaseNumber:
    """What was read.

    Attributes:
        raw: as it came. normalised: printed form, or the cleaned text when it could not be read.
        number: the parts, or None (legacy or unreadable).
        family: implementation, review, related, or empty.
        document_seq: what stood behind 之, which belongs to the document.
        legacy: a number of the time before 2016 such as （2014）孟执字第123号.
    """

    raw: str
    normalised: str
    number: CaseNumber | None
    family: str
    document_seq: str
    legacy: bool
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether it is a case number, new or legacy."""
        return not self.problems

    @property
    def is_enforcement(self) -> bool:
        """Whether it is the number of an enforcement case."""
        return self.family in ("implementation", "review")


def parse(text: str) -> ParsedCaseNumber:
    """Read a case number written in any width and with any kind of brackets; spaces do not matter.

    All courts and all known type codes are accepted, enforcement or not; which are fit is the caller's
    question (`is_enforcement`, `family`, `number.court`).
    """
    cleaned = _cleaned(text)
    pattern, families = _grammar()
    match = pattern.fullmatch(cleaned)
    if match:
        number = CaseNumber(
            year=int(match["year"]),
            court=match["court"],
            special=match["special"] or "",
            type_code=match["type"],
            serial=int(match["serial"]),
        )
        return ParsedCaseNumber(
            raw=text,
            normalised=number.text,
            number=number,
            family=families[number.type_code],
            document_seq=match["seq"] or "",
            legacy=False,
            problems=(),
        )
    shown = _full_brackets(cleaned)
    legacy = _LEGACY.fullmatch(cleaned)
    if legacy and int(legacy["year"]) < _new_rules_year():
        family = "implementation" if "执" in legacy["rest"] else "related"
        return ParsedCaseNumber(
            raw=text, normalised=shown, number=None, family=family, document_seq="", legacy=True, problems=()
        )
    return ParsedCaseNumber(
        raw=text,
        normalised=shown,
        number=None,
        family="",
        document_seq="",
        legacy=False,
        problems=(_why(cleaned, text),),
    )


def case_numbers_in(text: str) -> list[tuple[int, int, ParsedCaseNumber]]:
    """Case numbers standing in a longer text: (start, end, parsed), in order, from new and legacy forms."""
    folded = "".join(_fold_sign(char) for char in text)
    pattern, _ = _grammar()
    found = [
        (m.start(), m.end(), parse(text[m.start() : m.end()]))
        for form in (pattern, _LEGACY)
        for m in form.finditer(folded)
    ]
    return sorted((item for item in found if item[2].ok), key=lambda item: item[0])


def _cleaned(text: str) -> str:
    return normalise(text).replace(" ", "").translate(_BRACKETS)


def _fold_sign(char: str) -> str:
    """One sign for one sign, so that positions hold in the original."""
    return (chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char).translate(_BRACKETS)


def _full_brackets(text: str) -> str:
    return text.replace("(", "（").replace(")", "）")


def _new_rules_year() -> int:
    return book().all_rows("case_types")[0].since.year


@lru_cache(maxsize=1)
def _grammar() -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern built from the tables, longer type codes first, and the family of each type code."""
    signs = [cast("Sign", row) for row in book().all_rows("case_signs")]
    types = [cast("CaseType", row) for row in book().all_rows("case_types")]
    provinces = "".join(sign.code for sign in signs if sign.role == "province")
    special = "|".join(sign.code for sign in signs if sign.role == "special")
    kinds = "|".join(sorted((row.code for row in types), key=lambda code: (-len(code), code)))
    pattern = re.compile(
        rf"\((?P<year>(?:19|20)\d{{2}})\)(?P<court>{SUPREME}|[{provinces}](?:\d{{4}}|\d{{2}})?)"
        rf"(?P<special>{special})?(?P<type>{kinds})(?P<serial>[1-9]\d{{0,6}})号"
        r"(?:之(?P<seq>[一二三四五六七八九十百]{1,5}|\d{1,3}))?"
    )
    return pattern, {row.code: row.family for row in types}


def _why(cleaned: str, raw: str) -> Problem:
    """The most helpful thing that can be said of a number that does not fit."""
    for fits, code, expected in _REASONS:
        if fits(cleaned):
            return Problem(
                code=f"case_number.{code}",
                sentence=f"案号“{raw.strip()[:40]}”{expected}，",
                mend="请按“（2026）冀0930执123号”的样式改正。",
                law="casenumber.2",
                field="case_number",
            )
    raise AssertionError("the last reason fits everything")


def _court_digits(cleaned: str) -> bool:
    match = re.match(r"\(\d{4}\)\D?(\d+)\D", cleaned)
    return bool(match) and len(match[1]) not in (2, 4)  # type: ignore[index]  # match is truthy here


_REASONS: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (lambda t: not t, "empty", "是空的"),
    (lambda t: not re.match(r"\(\d{4}\)", t), "year", "开头不是括号中的四位年份"),
    (
        lambda t: not re.match(r"\((?:19|20)\d{2}\)", t) or int(t[1:5]) < _FIRST_YEAR,
        "year",
        "的年份不在合理范围",
    ),
    (lambda t: "号" not in t, "no_end", "末尾没有“号”字"),
    (
        lambda t: bool(re.search(r"[^\d)]0\d*号", t)) and not _court_digits(t),
        "zero",
        "的编号以 0 开头，编号不补零",
    ),
    (_court_digits, "court", "的法院代字应为省份简称加 2 位或 4 位数字"),
    (lambda t: "字第" in t, "legacy", "是 2016 年以前的写法，但年份不符"),
    (lambda _: True, "form", "不符合案号的组成，法院代字或类型代字无法识别"),
)
