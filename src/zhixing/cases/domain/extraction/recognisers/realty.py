"""Certificates of real property: the unified ones, the older house and land certificates, unit numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import checks
from zhixing.cases.domain.extraction.labels import label_text, labelled
from zhixing.cases.domain.extraction.model import Found, Kind
from zhixing.cases.domain.extraction.names import HAN
from zhixing.cases.domain.extraction.view import View

UNIFIED = re.compile(
    rf"(?:{HAN}[ ]?)\([ ]?(?:19|20)[0-9]{{2}}[ ]?\)[ ]?{HAN}{{1,12}}?不动产(?:权|证明)[ ]?第?[ \n]?[0-9][0-9 ]{{3,10}}[0-9][ ]?号"
)
HOUSE = re.compile(
    rf"(?:{HAN}{{1,8}}?(?:房(?:地)?权证|房产证|房地证|房字|房地权)[^\n,。;:0-9]{{0,10}}?(?:字)?第?[ ]?[A-Z]?[0-9][0-9\- ]{{2,14}}[0-9]号?)"
)
LAND = re.compile(
    rf"{HAN}{{0,6}}?(?:国用|集用|集有|土国用|林证字)[ ]?(?:\([ ]?(?:19|20)?[0-9]{{2}}[ ]?\))?[ ]?(?:第|字第)?[ ]?[0-9][0-9\-]{{2,12}}号"
)
UNIT = re.compile(
    r"(?<![0-9A-Za-z])[0-9]{6}[ ]?[0-9]{6}[ ]?[A-Z]{2}[0-9]{5}[ ]?[FLQW][0-9]{8}(?![0-9A-Za-z])"
)
BARE = re.compile(r"(?<![0-9A-Za-z(])(?:第)?[A-Z]?[0-9]{5,12}(?:-[0-9]{1,4})?号?(?![0-9A-Za-z])")
LABEL = labelled(
    r"不动产权(?:证(?:书)?)?(?:编?号)?|房(?:屋)?(?:所有)?(?:产|权)(?:权)?证(?:书)?(?:编?号)?|产权证(?:书)?(?:编?号)?|土地(?:使用)?(?:权)?证(?:书)?(?:编?号)?"
)
LEADING = re.compile(
    r"^.*?(?:证号|证书号|权证|书|号|为|的|是|持有|有|下|及|和|与|系|有证|证|:)(?=.{1,8}(?:房权证|房地权|国用|集用|房产证|房字))"
)


def find(view: View) -> Iterator[Found]:
    """All certificate numbers in their usual forms, and bare numbers behind the word for a certificate."""
    for form, pattern in (("unified", UNIFIED), ("house", HOUSE), ("land", LAND), ("unit", UNIT)):
        for match in pattern.finditer(view.text):
            start = match.start()
            if form in ("house", "land"):
                lead = LEADING.match(match.group())
                start += lead.end() if lead else 0
            raw = view.text[start : match.end()]
            if form == "house" and not re.search(r"权证|房产证.{0,6}字|房地证|房字|房地权", raw):
                continue
            yield _found(raw, start, match.end(), form)
    for match in BARE.finditer(view.text):
        if LABEL.search(label_text(view, match.start())):
            yield _found(match.group(), match.start(), match.end(), "bare")


def _found(raw: str, start: int, end: int, form: str) -> Found:
    value = raw.replace(" ", "").replace("\n", "").replace("(", "（").replace(")", "）")
    return Found(
        kind=Kind.REALTY, start=start, end=end, value=value, strength=4 if form != "bare" else 3,
        check=checks.realty(value, form=form), detail={"form": form},
    )  # fmt: skip
