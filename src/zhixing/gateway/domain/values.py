"""Values that came over a wire: the cleaned value and the text it came as, side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

# Agencies write court time without a zone. A fixed offset, because the historic summer time of 1986–1991 would
# make some opening dates of accounts ambiguous, and two readings of one text must always compare equal.
COURT_OFFSET = timezone(timedelta(hours=8))

_AMOUNT = re.compile(r"[+-]?(\d{1,30}|\d{1,3}(,\d{3}){1,9})(\.\d{0,12})?", re.ASCII)
_DAY = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})")
_MOMENT = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})[ T]?(\d{2}):?(\d{2}):?(\d{2})(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A coded value: the code as it came, the table it belongs to, and our word for it.

    Attributes:
        code: wire code; empty when the value was made here and the profile is to choose the code.
        system: name of the code table, such as ``bank.kzcs``; empty when made here.
        normalized: our word; empty when the table does not know the code (the code is kept).
    """

    code: str = ""
    system: str = ""
    normalized: str = ""

    @classmethod
    def of(cls, normalized: str) -> Coded:
        """A value made here; the profile that writes it finds the code."""
        return cls(normalized=normalized)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount, balance, quantity or area.

    Attributes:
        raw: text as it came; empty when made here.
        value: the number, or None when the text is no number.
    """

    raw: str = ""
    value: Decimal | None = None

    @classmethod
    def of(cls, value: Decimal | str) -> Amount:
        """An amount made here. Raises TypeError for floats, which cannot hold money."""
        if isinstance(value, float):
            raise TypeError("amounts are Decimal or text, never float")
        return cls(value=Decimal(value))

    @classmethod
    def parse(cls, raw: str) -> Amount:
        """Read plain decimal text, with or without thousands separators; else keep the text alone."""
        text = raw.strip()
        # Most amounts are plain; the pattern costs several times as much as looking.
        whole, _, part = text.partition(".")
        if (whole + part).isdecimal() and text.isascii() and 0 < len(whole) <= 30 and len(part) <= 12:
            return cls(raw=raw, value=Decimal(text))
        if not _AMOUNT.fullmatch(text):
            return cls(raw=raw)
        return cls(raw=raw, value=Decimal(text.replace(",", "") if "," in text else text))

    @property
    def text(self) -> str:
        """What goes on the wire: the text as it came, else the number without exponent."""
        return self.raw or ("" if self.value is None else format(self.value, "f"))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day or a moment.

    Attributes:
        raw: text as it came; empty when made here.
        value: ``date`` for 8/10-character forms, aware ``datetime`` (court time, +08:00) for 14/19-character forms,
            None when the text is neither.
    """

    raw: str = ""
    value: date | datetime | None = None

    @classmethod
    def of(cls, value: date | datetime) -> When:
        """A day or aware moment made here. Raises ValueError for a moment without zone."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment needs a time zone")
            value = value.astimezone(COURT_OFFSET)
        return cls(value=value)

    @classmethod
    def parse(cls, raw: str) -> When:
        """Read yyyy-MM-dd, yyyy/MM/dd, yyyyMMdd, each also with HH:mm:ss; else keep the text alone."""
        return _when(raw)

    def text(self, separator: str = "-") -> str:
        """What goes on the wire: the text as it came, else the value with this date separator."""
        if self.raw or self.value is None:
            return self.raw
        if isinstance(self.value, datetime):
            return self.value.astimezone(COURT_OFFSET).strftime(f"%Y{separator}%m{separator}%d %H:%M:%S")
        return self.value.strftime(f"%Y{separator}%m{separator}%d")

    @property
    def day(self) -> date | None:
        """The calendar day in court time, whichever form came."""
        if isinstance(self.value, datetime):
            return self.value.astimezone(COURT_OFFSET).date()
        return self.value


# Feedback repeats the same few days over thousands of rows.
@lru_cache(maxsize=4096)
def _when(raw: str) -> When:
    return When(raw=raw, value=_moment(raw.strip()))


def _moment(text: str) -> date | datetime | None:
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[1]), int(match[3]), int(match[4]))
        if match := _MOMENT.fullmatch(text):
            parts = (int(match[index]) for index in (1, 3, 4, 5, 6, 7))
            return datetime(*parts, tzinfo=COURT_OFFSET)
    except ValueError:
        return None
    return None
