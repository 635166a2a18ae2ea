"""Mobile and fixed-line telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.digits import GAP, compact, groups
from zhixing.cases.domain.extraction.labels import is_no_clue, label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.view import View

LABEL = labelled(
    r"(?:联\s*系\s*)?电\s*话|手\s*机(?:号码?)?|联\s*系\s*方\s*式|联系号码|座机|固话|固定电话|宅电|办公电话|住宅电话|传真|(?<![a-z])tel\.?|TEL|"
    r"联系人|移动电话|本机|电联|话"
)
MOBILE = re.compile(
    rf"(?<![0-9A-Za-z*])(?:\(?(?:\+|00)86\)?[ \-]?|86[ \-](?=1[3-9][0-9]))?(?P<number>1{GAP}[3-9](?:{GAP}[0-9]){{9}})(?![0-9*])(?![A-Za-z@])"
)
FIXED = re.compile(
    r"(?<![0-9A-Za-z*.\-])(?:\(0[1-9][0-9]{1,2}\)[ \-]?|(?:\+86[ \-]?)?0[1-9][0-9]{1,2}[ ]?-[ ]?|0[1-9][0-9]{1,2}[ ]|0[1-9][0-9]{1,2})"
    r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?:(?:-|转|ext\.?)[0-9]{1,6})?(?![0-9A-Za-z*])"
)
LOCAL = re.compile(r"(?<![0-9A-Za-z*.\-])[2-9][0-9]{2,3}-?[0-9]{4}(?![0-9A-Za-z*\-])")
SOUND_GROUPS = frozenset(
    {
        (11,),
        (3, 4, 4),
        (4, 3, 4),
        (4, 4, 3),
        (3, 3, 5),
        (5, 6),
        (3, 8),
        (7, 4),
        (1,) * 11,
        (3, 3, 3, 2),
        (6, 5),
        (3, 5, 3),
    }
)
NOT_COUNTED = re.compile(r"[ ]?(?:元|万|%|千|亿|美元|股|平方)")


def find(view: View) -> Iterator[Found]:
    """Mobile numbers by their shape, fixed lines with area code by shape, without it only after a label."""
    yield from _mobiles(view)
    yield from _fixed(view)


def _mobiles(view: View) -> Iterator[Found]:
    for match in MOBILE.finditer(view.text):
        label = label_text(view, match.start())
        named = bool(LABEL.search(label))
        number = match.group("number")
        parts = groups(number)
        printed_well = parts in SOUND_GROUPS or (named and len(parts) <= 3)
        doubtful = not named and (is_no_clue(label) or "\n" in number)
        if not printed_well or doubtful or NOT_COUNTED.match(view.text, match.end()):
            continue
        value = compact(number)
        yield Found(
            kind=Kind.MOBILE, start=match.start("number"), end=match.end("number"), value=value,
            check=checks.mobile(value), strength=3 if named else 1,
        )  # fmt: skip


def _fixed(view: View) -> Iterator[Found]:
    for match in FIXED.finditer(view.text):
        label = label_text(view, match.start())
        named = bool(LABEL.search(label))
        raw = match.group()
        bare = raw.isdigit()
        if not named and (bare or is_no_clue(label)):
            continue
        value = _fixed_value(raw)
        yield Found(
            kind=Kind.LANDLINE, start=match.start(), end=match.end(), value=value,
            check=checks.landline(value), strength=3 if named else 1,
        )  # fmt: skip
    for match in LOCAL.finditer(view.text):
        if LABEL.search(label_text(view, match.start())):
            value = match.group().replace("-", "")
            yield Found(
                kind=Kind.LANDLINE, start=match.start(), end=match.end(), value=value,
                check=checks.landline(value), strength=2,
            )  # fmt: skip


AREA_OF_TWO = ("10", "20", "21", "22", "23", "24", "25", "27", "28", "29")


def _fixed_value(raw: str) -> str:
    """Area code, hyphen, number, and the extension behind a second hyphen."""
    body = raw.replace("+86", "", 1)
    main, *extension = re.split(r"转|ext\.?", body)
    digits = re.sub(r"[^0-9]", "", main)
    area = 3 if digits[1:3] in AREA_OF_TWO else 4
    tail = re.search(r"[0-9]{4}-([0-9]{1,6})$", main) if not extension else None
    if tail and len(digits) - area > 8:
        extension = [tail.group(1)]
        digits = digits[: len(digits) - len(tail.group(1))]
    return "-".join([digits[:area], digits[area:], *extension])
