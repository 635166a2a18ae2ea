"""Where the text speaks of a party: by name, by short name, by role word, by pronoun, by speaking."""

from __future__ import annotations

import re

from zhixing.cases.domain.extraction import names, pronouns, roles
from zhixing.cases.domain.extraction.mention import COURT, FIRM_OWNER, Mention
from zhixing.cases.domain.extraction.model import PartyKind, Role
from zhixing.cases.domain.extraction.parties import FIRM, RELATIONS, SPEAKER, Roll
from zhixing.cases.domain.extraction.view import View

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
COMMON_END = re.compile(
    r"限|公司|责任|份有限|股份有限|有限|[（）)(]|.{0,2}(?:有限(?:责任)?|股份有限)?公司$|.{0,4}(?:支行|分行|分公司)$"
)


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
    kept = pronouns.resolved(view, roll, kept)
    return [_shaped(view, kept, index) for index in range(len(kept))]


def _named(view: View, roll: Roll) -> list[Mention]:
    spoken: dict[str, int] = {}
    for index, party in enumerate(roll.parties):
        for name in (party.name, *party.aliases):
            spoken.setdefault(name, index)
            spoken.setdefault(name.replace("（", "(").replace("）", ")"), index)
    for index, party in enumerate(roll.parties):
        if party.kind is PartyKind.ORGANISATION:
            for tail in _tails(party.name, roll):
                spoken.setdefault(tail, index)
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
        whole = {name for party in roll.parties for name in (party.name, *party.aliases)}
        for match in pattern.finditer(view.text):
            cut = (
                match.group() not in whole
                and match.group().replace("(", "（").replace(")", "）") not in whole
            )
            if cut and "\u4e00" <= view.text[match.start() - 1 : match.start()] <= "\u9fff":
                continue  # the end of a longer, other name
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


def _tails(name: str, roll: Roll) -> list[str]:
    """Ends of an organisation's name by which a text may call it, if no other organisation ends alike."""
    others = [party.name for party in roll.parties if party.name != name]
    ends = [name[cut:] for cut in range(1, len(name) - 4)]
    return [
        end for end in ends if not COMMON_END.match(end) and not any(other.endswith(end) for other in others)
    ]


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
        owner = roll.sole(role)
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
    own = roll.sole(Role.OBLIGOR)
    return own if own is not None else (0 if len(roll.parties) == 1 else None)


def _speaking(view: View, roll: Roll) -> list[Mention]:
    out = []
    speakers = {"答": _respondent(roll), "被": roll.sole(Role.OBLIGOR), "申": roll.sole(Role.APPLICANT)}
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
