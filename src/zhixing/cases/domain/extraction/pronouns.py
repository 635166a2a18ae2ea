"""Whom 我, 你, 他 and 该公司 mean: the speaker, the other of two, the last person or organisation named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhixing.cases.domain.extraction.mention import COURT, FIRM_OWNER, Mention
from zhixing.cases.domain.extraction.model import PartyKind, Role
from zhixing.cases.domain.extraction.parties import SPEAKER, Roll
from zhixing.cases.domain.extraction.view import View

ME = re.compile(
    r"(?:我(?!公司|院|们|国|[也又就都才]?(?:知道|记得|查|认|看|写|发|听|觉得|打听|了解|记|说|问|让)|[爱妻老媳丈儿女父母哥弟姐妹朋同公单])|本人)"
)
YOU = re.compile(r"[你您](?!们)")
FEMALE = re.compile(r"妻|媳|老婆|爱人|对象|女|母|妈|姐|妹|嫂")
OWN_PAPER = re.compile(r"财产(?:情况)?(?:申报|报告)|借条|欠条|还款承诺|今借到|今欠")
THIRD = re.compile(r"[他她](?!们|人)")
THIS_COMPANY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:公司|厂里)(?=[\u4e00-\u9fff])(?!法定|财务[叫是]|名称)|(?:该|我|本|其|贵)公司|该(?:厂|行|店|社|企业|单位)"
)


@dataclass(frozen=True, slots=True)
class _Talk:
    """Who speaks where; `author` is who says 我 where nobody is quoted."""

    spoken: list[Mention]
    author: int | None

    def me(self, offset: int) -> int | None:
        """The speaker at an offset."""
        last = next((m for m in reversed(self.spoken) if m.start < offset), None)
        return last.owner if last else self.author


def resolved(view: View, roll: Roll, kept: list[Mention]) -> list[Mention]:
    """The mentions with those by pronoun among them, in the order of the text."""
    talk = _talk(view, roll, kept)
    found = [*kept, *_first(view, kept, talk), *_second(view, talk)]
    for match in THIRD.finditer(view.text):
        found += _mention(match, _third(view, roll, kept, match, talk))
    orgs = [m for m in kept if m.owner >= 0 and roll.parties[m.owner].kind is PartyKind.ORGANISATION]
    for match in THIS_COMPANY.finditer(view.text):
        last = next((m for m in reversed(orgs) if m.start < match.start()), None)
        found += _mention(match, last.owner if last else None)
    found.sort(key=lambda mention: mention.start)
    return found


def _mention(match: re.Match[str], owner: int | None) -> list[Mention]:
    if owner is None:
        return []
    return [Mention(start=match.start(), end=match.end(), owner=owner, how="pronoun")]


def _talk(view: View, roll: Roll, kept: list[Mention]) -> _Talk:
    speakers = {roll.by_name[m["name"]] for m in SPEAKER.finditer(view.text) if m["name"] in roll.by_name}
    spoken = [m for m in kept if m.how == "speaker" or (m.how == "definition" and m.owner in speakers)]
    return _Talk(spoken, _author(view, roll))


def _first(view: View, kept: list[Mention], talk: _Talk) -> Iterator[Mention]:
    starts = {m.start for m in kept}
    for match in ME.finditer(view.text):
        if match.start() not in starts:
            yield from _mention(match, talk.me(match.start()))


def _second(view: View, talk: _Talk) -> Iterator[Mention]:
    """你 is plain only between two."""
    both = {m.owner for m in talk.spoken}
    if len(both) != 2:
        return
    for match in YOU.finditer(view.text):
        me = talk.me(match.start())
        if me in both:
            yield from _mention(match, next(owner for owner in both if owner != me))


def _author(view: View, roll: Roll) -> int | None:
    """Who says 我 in a paper without dialogue: whoever declares or signs it, else the only applicant."""
    signers = [
        i
        for i, party in enumerate(roll.parties)
        if re.match("申报人|报告人|具状人|承诺人|陈述人", party.label)
    ]
    if len(signers) == 1:
        return signers[0]
    if OWN_PAPER.search(view.text[:200]):
        return roll.sole(Role.OBLIGOR)
    return roll.sole(Role.APPLICANT)


def _third(view: View, roll: Roll, kept: list[Mention], match: re.Match[str], talk: _Talk) -> int | None:
    """Whom 他 or 她 means: the last person of the line who is not the speaker and may be of that sex."""
    me = talk.me(match.start())
    line = view.text.rfind("\n", 0, match.start())
    for mention in reversed(kept):
        if (
            not line < mention.start < match.start()
            or mention.owner in (me, COURT, FIRM_OWNER)
            or mention.how == "speaker"
        ):
            continue
        party = roll.parties[mention.owner]
        if party.kind is PartyKind.PERSON and not (match.group() == "他" and FEMALE.search(party.label)):
            return mention.owner
    if talk.spoken and line > 0:
        above = view.text.rfind("\n", 0, line)
        told = [m for m in kept if above < m.start < line and m.how == "introduced"]
        return told[-1].owner if told else None
    return None
