"""Where the text speaks of a party: by name, by short name, by role word, by pronoun, by speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhixing.cases.domain.extraction import names, roles
from zhixing.cases.domain.extraction.model import PartyKind, Role
from zhixing.cases.domain.extraction.parties import FIRM, RELATIONS, SPEAKER, Roll
from zhixing.cases.domain.extraction.view import View

COURT = -1
"""Owner of a number that belongs to the court, a notary, an arbitrator or another authority."""
FIRM_OWNER = -2
"""Owner of a number that belongs to a law firm; handed to its agent."""

COURT_WORDS = re.compile(
    rf"(?:本院|我院|{names.HAN}{{2,10}}财政[厅局]{names.HAN}{{0,12}}|非税资金{names.HAN}{{0,8}}|(?:{names.HAN}{{2,14}})?(?:人民法院|法院)(?:执行局|执行庭|立案庭|诉讼服务中心)?|法庭|执行局|执行指挥中心|案款专户|执行款专户|案款账户|执行案款|诉讼费专户|"
    rf"(?<!被)(?:{roles.STAFF})[: ]{{0,2}}(?:{names.PERSON_LOOSE})?|(?:{names.PERSON_LOOSE})?(?:法官|书记员)|[\u4e00-\u9fff]法官|公证处|公证员|仲裁委员会|派出所|"
    r"(?:不动产)?登记中心|车辆管理所|\d{5}热线)"
)
TITLE_BETWEEN = re.compile(
    rf"(?:的|之|公司)?(?:{RELATIONS}|妻|夫|子|女|父|母|弟|兄|姐|妹|法定代表人|负责人|经营者|实际控制人|委托诉讼代理人|代理人|联系人)(?:[:为是系叫]|名叫)?[ ]?"
)
NUMBERED = re.compile(
    r"[ ]?([一二三四五六七八九])(?=[、,。;在由与和及名的以向为于出从通处所对提未因将应共承])"
)
TALK = re.compile(r"^[ ]*(?P<who>问|答|审|书|执|被|申|原)[ ]?:", re.MULTILINE)
ME = re.compile(
    r"(?<![\u4e00-\u9fff])?(?:我(?!公司|院|们|国|[也又就都才]?(?:知道|记得|查|认|看|写|发|听|觉得|打听|了解|记|说|问|让)|[爱妻老媳丈儿女父母哥弟姐妹朋同公单])|本人)"
)
YOU = re.compile(r"[你您](?!们)")
THIRD = re.compile(r"[他她](?!们|人)")
OWN_PAPER = re.compile(r"财产(?:情况)?(?:申报|报告)|借条|欠条|还款承诺|今借到|今欠")
FEMALE = re.compile(r"妻|媳|老婆|爱人|对象|女|母|妈|姐|妹|嫂")
THIS_COMPANY = re.compile(
    r"(?<![\u4e00-\u9fff])(?:公司|厂里)(?=[\u4e00-\u9fff])(?!法定|财务[叫是]|名称)|(?:该|我|本|其|贵)公司|该(?:厂|行|店|社|企业|单位)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where an owner is spoken of; `modifier` marks one that only describes the next (张三之妻李四).

    `bracketed` is the sign that closes the brackets or quotation marks around the mention, or empty.
    """

    start: int
    end: int
    owner: int
    how: str = "name"
    modifier: bool = False
    bracketed: str = ""


def find(view: View, roll: Roll) -> list[Mention]:
    """All mentions in the order of the text, none overlapping."""
    found = [*_named(view, roll), *_authorities(view), *_speaking(view, roll)]
    found += _by_role(view, roll)
    found.sort(key=lambda mention: (mention.start, -mention.end, mention.how != "speaker"))
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            if (
                mention.how in ("name", "definition")
                and kept[-1].how == "court"
                and mention.end <= kept[-1].end
            ):
                continue
            continue
        kept.append(mention)
    kept = _with_pronouns(view, roll, kept)
    return [_shaped(view, kept, index) for index in range(len(kept))]


def _named(view: View, roll: Roll) -> list[Mention]:
    spoken: dict[str, int] = {}
    for index, party in enumerate(roll.parties):
        for name in (party.name, *party.aliases):
            spoken.setdefault(name, index)
            spoken.setdefault(name.replace("（", "(").replace("）", ")"), index)
    defined = {(party.start, party.end): index for index, party in enumerate(roll.parties)}
    out = [
        Mention(
            start=start,
            end=end,
            owner=index,
            how="definition" if roll.parties[index].defined else "introduced",
        )
        for (start, end), index in defined.items()
    ]
    if spoken:
        pattern = re.compile("|".join(re.escape(name) for name in sorted(spoken, key=len, reverse=True)))
        for match in pattern.finditer(view.text):
            if match.span() not in defined:
                labelled = re.search(
                    r"(?:[:]|户名[为是:]?|姓\s*名[为是:]?)[ ]?$",
                    view.text[max(0, match.start() - 6) : match.start()],
                )
                how = "definition" if labelled else "name"
                out.append(
                    Mention(start=match.start(), end=match.end(), owner=spoken[match.group()], how=how)
                )
    return out


def _authorities(view: View) -> list[Mention]:
    out = [
        Mention(start=m.start(), end=m.end(), owner=COURT, how="court")
        for m in COURT_WORDS.finditer(view.text)
    ]
    for match in FIRM.finditer(view.text):
        if not re.match(
            r"[ ]?(?:专职|实习|执业)?(?:律师|法律工作者|实习)", view.text[match.end() : match.end() + 6]
        ):
            out.append(Mention(start=match.start(), end=match.end(), owner=FIRM_OWNER, how="firm"))
    return out


def _sole(roll: Roll, role: Role) -> int | None:
    of_role = [index for index, party in enumerate(roll.parties) if party.role is role]
    return of_role[0] if len(of_role) == 1 else None


def _by_role(view: View, roll: Roll) -> list[Mention]:
    out = []
    for match in roles.ROLE_WORD.finditer(view.text):
        word = re.sub(r"\s", "", match.group())
        role = roles.role_of(word)
        if (
            word in roles.HOLDER_WORDS
            or (role in (Role.OTHER, Role.LEGAL_REPRESENTATIVE) and word not in roles.SIDES)
            or re.match(r"[ ]?[:(]", view.text[match.end() : match.end() + 2])
        ):
            continue
        number = NUMBERED.match(view.text, match.end())
        if number:
            same = [
                i
                for i, party in enumerate(roll.parties)
                if re.sub(r".$", "", party.label) == word or party.label == word
            ]
            exact = [i for i in same if roll.parties[i].label == word + number[1]]
            place = "一二三四五六七八九".index(number[1])
            owner = exact[0] if exact else same[place] if place < len(same) else None
            if owner is not None:
                out.append(Mention(start=match.start(), end=number.end(), owner=owner, how="role"))
            continue
        owner = _sole(roll, role)
        if owner is None:
            same = [i for i, party in enumerate(roll.parties) if party.label == word]
            owner = same[0] if len(same) == 1 else None
        if word in roles.SIDES:
            owner = next((i for i, party in enumerate(roll.parties) if party.label == word), None)
        if owner is not None:
            out.append(Mention(start=match.start(), end=match.end(), owner=owner, how="role"))
    return out


def _respondent(roll: Roll) -> int | None:
    asked = [i for i, p in enumerate(roll.parties) if re.search("询问|调查|谈话|传唤", p.label)]
    if len(asked) == 1:
        return asked[0]
    own = _sole(roll, Role.OBLIGOR)
    return own if own is not None else (0 if len(roll.parties) == 1 else None)


def _speaking(view: View, roll: Roll) -> list[Mention]:
    out = []
    speakers = {"答": _respondent(roll), "被": _sole(roll, Role.OBLIGOR), "申": _sole(roll, Role.APPLICANT)}
    speakers["原"] = speakers["申"]
    for match in TALK.finditer(view.text):
        owner = COURT if match["who"] in "问审书执" else speakers.get(match["who"])
        if owner is not None:
            how = "speaker" if owner != COURT else "asker"
            out.append(Mention(start=match.start("who"), end=match.end("who"), owner=owner, how=how))
    for match in SPEAKER.finditer(view.text):
        owner = roll.by_name.get(match["name"])
        if owner is not None and roll.parties[owner].start != match.start("name"):
            out.append(Mention(start=match.start("name"), end=match.end("name"), owner=owner, how="speaker"))
    return out


def _with_pronouns(view: View, roll: Roll, kept: list[Mention]) -> list[Mention]:
    """Add 我 for the speaker of a line, 你 for the other of two, 该公司 for the last organisation."""
    out = list(kept)
    defined_speakers = {
        roll.by_name[m["name"]] for m in SPEAKER.finditer(view.text) if m["name"] in roll.by_name
    }
    spoken = [
        m for m in kept if m.how == "speaker" or (m.how == "definition" and m.owner in defined_speakers)
    ]
    starts = {m.start for m in kept}

    def current(offset: int, otherwise: int | None = None) -> int | None:
        last = next((m for m in reversed(spoken) if m.start < offset), None)
        return last.owner if last else otherwise

    author = _author(view, roll)
    both = {m.owner for m in spoken}
    for match in ME.finditer(view.text):
        owner = current(match.start(), author)
        if owner is not None and match.start() not in starts:
            out.append(Mention(start=match.start(), end=match.end(), owner=owner, how="pronoun"))
    if len(both) == 2:  # noqa: PLR2004 - you is plain only between two
        for match in YOU.finditer(view.text):
            me = current(match.start())
            other = next((owner for owner in both if owner != me), None)
            if me is not None and other is not None:
                out.append(Mention(start=match.start(), end=match.end(), owner=other, how="pronoun"))
    for match in THIRD.finditer(view.text):
        me = current(match.start(), author)
        owner = _third(view, roll, kept, match, me, dialogue=bool(spoken))
        if owner is not None:
            out.append(Mention(start=match.start(), end=match.end(), owner=owner, how="pronoun"))
    for match in THIS_COMPANY.finditer(view.text):
        orgs = [
            m
            for m in kept
            if m.owner >= 0
            and m.start < match.start()
            and roll.parties[m.owner].kind is PartyKind.ORGANISATION
        ]
        if orgs:
            out.append(Mention(start=match.start(), end=match.end(), owner=orgs[-1].owner, how="pronoun"))
    out.sort(key=lambda mention: mention.start)
    return out


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
        return _sole(roll, Role.OBLIGOR)
    return _sole(roll, Role.APPLICANT)


def _third(
    view: View, roll: Roll, kept: list[Mention], match: re.Match[str], me: int | None, *, dialogue: bool
) -> int | None:
    """Whom 他 or 她 means: the last person of the line who is not the speaker and may be of that sex."""
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
    if dialogue and line > 0:
        above = view.text.rfind("\n", 0, line)
        told = [m for m in kept if above < m.start < line and m.how == "introduced"]
        return told[-1].owner if told else None
    return None


def _shaped(view: View, kept: list[Mention], index: int) -> Mention:
    mention = kept[index]
    following = kept[index + 1] if index + 1 < len(kept) else None
    between = view.text[mention.end : following.start] if following else ""
    modifier = following is not None and bool(TITLE_BETWEEN.fullmatch(between))
    if following is not None and not between.strip() and mention.how == "role":
        modifier = True
    bracketed = ""
    for opening, closing, reach in (("(", ")", 20), ("“", "”", 100)):
        opened = view.text.rfind(opening, max(0, mention.start - reach), mention.start)
        if opened >= 0 and closing not in view.text[opened : mention.start]:
            bracketed = closing
    return Mention(
        start=mention.start,
        end=mention.end,
        owner=mention.owner,
        how=mention.how,
        modifier=modifier,
        bracketed=bracketed,
    )
