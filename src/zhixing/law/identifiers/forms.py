"""Shared by all families of identifiers: what a check tells, the forms of the table, the problems they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from zhixing.kernel.errors import Problem
from zhixing.kernel.text import normalise
from zhixing.law.book import book
from zhixing.law.errors import UnknownRule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhixing.law.schemas import IdentifierFormat, IdentifierPart

NO_PARTS: Mapping[str, str] = MappingProxyType({})
_CHINESE_FORMS = ("plate", "realty_certificate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a look at the number tells.

    Attributes:
        raw: as it came. normalised: half-width, without spaces, upper case where the standard says so;
            a resident number of 15 digits becomes its 18-digit form, for matching only (ID-03).
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
    parts: Mapping[str, str] = field(default_factory=lambda: NO_PARTS)

    @property
    def clean(self) -> bool:
        """Whether neither form nor check digit leaves anything to say."""
        return not self.problems


def upper(value: str) -> str:
    """Half-width, without spaces, upper case."""
    return normalise(value).replace(" ", "").upper()


def cased(kind: str, value: str) -> str:
    """Handles and mail keep their case (mail is stored in lower case); all other numbers are upper case."""
    text = normalise(value).replace(" ", "")
    if kind == "realty_certificate":
        return text.replace("(", "（").replace(")", "）")
    if kind in ("email", "alipay"):
        return text.lower()
    return text if kind == "wechat" else text.upper()


def form_of(kind: str) -> IdentifierFormat:
    """The row of the table for a kind.

    Raises:
        UnknownRule: no such kind.
    """
    found = _forms().get(kind)
    if found is None:
        raise UnknownRule(f"identifiers.{kind}")
    return found[0]


def kinds() -> tuple[str, ...]:
    """All kinds that can be checked, in the order of the table."""
    return tuple(_forms())


def fits(form: IdentifierFormat, text: str) -> bool:
    """Whether a cleaned number has the form."""
    plain = text.isascii() or form.code in _CHINESE_FORMS
    return plain and bool(_forms()[form.code][1].fullmatch(text))


def by_form(kind: str, value: str, text: str | None = None) -> Checked:
    """Check the form alone.

    Args:
        kind: a kind of the table.
        value: as it came.
        text: cleaned by the caller where the kind's own signs had to be taken off.
    """
    form = form_of(kind)
    cleaned = cased(kind, value) if text is None else text
    if not fits(form, cleaned):
        return broken(kind, value, cleaned, form)
    return Checked(kind=kind, raw=value, normalised=cleaned, ok=True)


def broken(kind: str, raw: str, text: str, form: IdentifierFormat) -> Checked:
    """The answer to a broken form. The number itself is not repeated: messages end up in logs and journals."""
    problem = Problem(
        code=f"identifier.{kind}.form",
        sentence=f"{form.title}格式不对，收到 {len(text)} 位，应为{form.expected}，",
        mend="请对照原件核对后重新填写。",
        law=form.source[0],
    )
    return Checked(kind=kind, raw=raw, normalised=text, ok=False, problems=(problem,))


def checksum_problem(kind: str, title: str, text: str) -> Problem:
    """The warning for a check digit that does not come out; a person may override it (ID-06)."""
    return Problem(
        code=f"identifier.{kind}.checksum",
        sentence=f"{title}的校验位与计算结果不符（末位为 {text[-1]}），",
        mend="请对照原件核对；确属原件如此的，写明理由后可以继续。",
        law="identifier_override",
        level="warning",
    )


def part_title(of: str, sign: str) -> str:
    """What a sign of an identifier means, or empty when the table does not know it."""
    return _parts().get((of, sign), "")


def part_heads(of: str) -> tuple[tuple[str, str], ...]:
    """All signs of one part with their meaning, longer signs first."""
    rows = [(sign, title) for (part, sign), title in _parts().items() if part == of]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def energy_letters() -> tuple[str, str]:
    """Letters of new-energy plates: (purely electric, other), the settings in force at last (ID-11)."""
    history = [book().history(f"identifiers_settings.plate_{kind}")[-1] for kind in _ENERGIES]
    return str(history[0].value), str(history[1].value)


_ENERGIES = ("pure_electric", "other_energy")


@lru_cache(maxsize=1)
def _forms() -> dict[str, tuple[IdentifierFormat, re.Pattern[str]]]:
    letters = f"[{''.join(energy_letters())}]"
    rows = (cast("IdentifierFormat", row) for row in book().all_rows("identifiers"))
    return {row.code: (row, re.compile(row.pattern.replace("<letters>", letters))) for row in rows}


@lru_cache(maxsize=1)
def _parts() -> dict[tuple[str, str], str]:
    rows = (cast("IdentifierPart", row) for row in book().all_rows("identifiers_parts"))
    return {(row.of, row.code.partition(".")[2]): row.title for row in rows}
