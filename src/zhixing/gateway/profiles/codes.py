"""Code tables: wire codes and our words for them, each pair written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhixing.gateway.domain.values import Coded


@dataclass(frozen=True, slots=True)
class CodeTable:
    """One code table of one family.

    Attributes:
        system: name kept with every value, such as ``bank.kzcs``.
        entries: code → our word. Where several codes share a word, the first is written.
    """

    system: str
    entries: Mapping[str, str]
    _known: dict[str, Coded] = field(init=False, repr=False, compare=False)
    _codes: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {
            code: Coded(code=code, system=self.system, normalized=word) for code, word in self.entries.items()
        }
        codes: dict[str, str] = {}
        for code, word in self.entries.items():
            codes.setdefault(word, code)
        object.__setattr__(self, "_known", known)
        object.__setattr__(self, "_codes", codes)

    def read(self, code: str) -> Coded:
        """The value of a code; a code the table does not know is kept without a word."""
        return self._known.get(code) or Coded(code=code, system=self.system)

    def write(self, value: Coded) -> str | None:
        """The code to write, or None when this family cannot say it."""
        if value.code and value.system in ("", self.system):
            return value.code
        return self._codes.get(value.normalized)


CURRENCY = CodeTable(
    "iso4217",
    {
        "156": "CNY", "840": "USD", "978": "EUR", "344": "HKD", "392": "JPY", "826": "GBP", "446": "MOP", "901": "TWD",
        "756": "CHF", "124": "CAD", "036": "AUD", "702": "SGD", "410": "KRW", "764": "THB", "643": "RUB", "554": "NZD",
        "752": "SEK", "208": "DKK", "578": "NOK",
        "CNY": "CNY", "RMB": "CNY", "USD": "USD", "EUR": "EUR", "HKD": "HKD", "JPY": "JPY", "GBP": "GBP", "MOP": "MOP",
        "TWD": "TWD", "CHF": "CHF", "CAD": "CAD", "AUD": "AUD", "SGD": "SGD", "KRW": "KRW", "THB": "THB", "RUB": "RUB",
    },
)  # fmt: skip
"""Numeric ISO 4217 text in court formats, alphabetic elsewhere; both are read, the numeric one is written."""

REALTY_ID_TYPES: Mapping[str, str] = {
    "1": "resident_id",
    "2": "hk_macao_taiwan_id",
    "3": "passport",
    "4": "household_register",
    "5": "officer_id",
    "6": "organization_code",
    "7": "business_license",
    "8": "uscc",
    "99": "other",
}
"""ZJZL of the registries. 2 to 5 follow the national registry standard and were not seen on the wire."""
