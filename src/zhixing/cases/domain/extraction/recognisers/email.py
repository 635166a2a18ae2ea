"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

ADDRESS = re.compile(
    r"(?<![0-9A-Za-z._\-@])[0-9A-Za-z][0-9A-Za-z._+\-]{0,40}[ ]?@[ ]?[0-9A-Za-z\-]{1,30}(?:[ ]?\.[ ]?(?:com|cn|net|org|edu|gov|io|me|[a-z]{2,6})){1,3}(?![0-9A-Za-z])",
    re.IGNORECASE,
)


def find(view: View) -> Iterator[Found]:
    """All addresses, in small letters."""
    for match in ADDRESS.finditer(view.text):
        value = match.group().replace(" ", "").lower()
        yield Found(
            kind=Kind.EMAIL,
            start=match.start(),
            end=match.end(),
            value=value,
            check=checks.email(value),
            strength=2,
        )
