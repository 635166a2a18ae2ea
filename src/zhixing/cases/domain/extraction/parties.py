"""Who is named in a paper and in which role: definitions behind labels, in tables and in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhixing.cases.domain.extraction import names, roles
from zhixing.cases.domain.extraction.model import Party, PartyKind, Role
from zhixing.cases.domain.extraction.tables import NAME_HEADINGS
from zhixing.cases.domain.extraction.view import View

UNTIL = re.compile(r"[ ]{2,}|[,。;:\n\t|(<]|[ ](?=[^ ]{2,})|$")
TYPESET = re.compile(rf"({names.HAN})[ ]{{1,4}}({names.HAN})(?=[ ,。;\n\t(|]|$)")
OFFICE = re.compile(rf"{names.HAN}{{1,6}}[部科室处组][ ]+(?={names.HAN}{{2,4}}(?:[ ,。;(]|$))")
BROKEN = re.compile(rf"({names.HAN}{{1,2}}(?:[ ]{names.HAN}{{1,2}}){{1,2}})(?=[,。;\n\t(|])")
PERSON_AT = re.compile(names.PERSON_SHORTEST)
ORG_AT = re.compile(names.ORGANISATION)
SPLIT_LIST = re.compile(r"[、/]|(?<=.{2})(?:和|与|及)(?=.{2})")
PERSONAL = re.compile(r"[ ]?[,( ][ ]?(?:男|女|汉族|回族|身份证|公民身份|19[0-9]{2}年|曾用名|自然人)")
RISKY = frozenset(
    "回种阳拜昂元于方应向和时后能那都任全从成关平安支计解相查边单明常曾连国公党高同经有来未代包终信强广归满生初原由"
)
AUTHORITY = re.compile(
    r"(?:法院|检察院|公证处|仲裁委员会|公安局|派出所|税务局|管理局|登记中心|律师事务所|法律服务所|司法局|法庭|执行局)(?:[^公]*)?$"
)
FIRM = re.compile(rf"(?P<firm>{names.HAN}{{2,18}}(?:律师事务所|法律服务所))")

ALIAS = re.compile(
    r"(?:曾\s*用\s*名|又名|别名|绰号|化名|原名称?|小名)[:为叫]?[ ]?[\"“']?(?P<alias>[^,。;、()\"”'\s]{2,30})"
)
SHORT = re.compile(r"(?:以下)?(?:均)?简?称(?:为)?[: ]?[\"“']?(?P<alias>[^,。;、()\"”'\s]{2,16})[\"”']?[ ]?\)")

RELATIONS = (
    "村主任|主任|村支书|支书|书记|老板|队长|店长|妻子|丈夫|配偶|爱人|老婆|老公|媳妇|对象|前妻|前夫|儿子|女儿|长子|次子|长女|次女|之子|之女|之妻|之夫|之父|之母|父亲|母亲|爸爸|妈妈|哥哥|弟弟|姐姐|妹妹|大哥|"
    "岳父|岳母|女婿|儿媳|姐夫|妹夫|嫂子|堂弟|堂兄|表弟|表哥|侄子|外甥|朋友|同学|同事|同乡|战友|邻居|司机|会计|出纳|股东|合伙人|员工|"
    "实际控制人|财务负责人|财务|业务员|经办人|总经理|副总经理|项目经理|经理|监事|执行董事|董事长|大股东|其妻|其夫|其子|其女|其父|其母|其弟|其兄|其姐|其妹|小舅子|亲戚"
)
RELATED = re.compile(
    rf"(?P<relation>{RELATIONS})(?:[为是系叫:]|名叫|姓名[为:]?)?[ ]?(?P<name>{names.PERSON_SHORTEST})"
)
IMPLICIT = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>[通向由将把从给用以借因据](?:过)?)?"
    rf"(?P<person>{names.PERSON_LOOSE})(?=(?:的|名下)?[ ]?(?:名下|(?:[^,。;\n()]{{0,10}}?(?:银行|信用社|[工农建中]行))?(?:账户|账号|卡号|银行卡)|微信|支付宝|手机|电话|身份证|QQ)|"
    r"[ ]?\((?:身份证|公民身份|男|女|电话|手机|微信|曾用名|被|申|系|借))"
)
LENT = re.compile(rf"借到(?:了)?[ ]?(?P<name>{names.PERSON_SHORTEST})")
SPEAKER = re.compile(
    rf"^[ ]{{0,6}}(?:\[[^\]\n]{{4,24}}\]|\([^)\n]{{4,24}}\)|[0-9]{{1,4}}[-/.年][^\n]{{4,18}}?[ ])?[ ]{{0,6}}(?P<name>{names.PERSON_LOOSE})[ ]{{0,6}}(?:\([^()\n]{{1,12}}\))?[ ]{{0,6}}"
    r"(?:(?:[0-9]{4}[-/.年][^\n:]{3,14}[ ]?)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[ ]{0,6}(?:$|:)|[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?[ ]{0,6}$|:)",
    re.MULTILINE,
)


HOLDER = re.compile(r"(?:户名|账户名称?|单位名称|收款单位)[:为是]?[ ]?")
MAIN = (Role.APPLICANT, Role.OBLIGOR, Role.GUARANTOR)


class Roll:
    """The parties found so far, one entry per name."""

    def __init__(self) -> None:
        """Start empty."""
        self.parties: list[Party] = []
        self.by_name: dict[str, int] = {}
        self.acting: list[Party] = []

    def sole(self, role: Role) -> int | None:
        """The only party of a role, or None when there are none or several."""
        of_role = [index for index, party in enumerate(self.parties) if party.role is role]
        return of_role[0] if len(of_role) == 1 else None

    def add(self, party: Party, *, weak: bool = False) -> int:
        """Enter a party, or strengthen the entry of that name; weak entries never change a role."""
        if party.role in (Role.AGENT, Role.LEGAL_REPRESENTATIVE):
            self.acting.append(party)
        known = self.by_name.get(party.name)
        if known is None:
            self.by_name[party.name] = len(self.parties)
            self.parties.append(party)
            return len(self.parties) - 1
        entry = self.parties[known]
        lesser = entry.role is Role.OTHER or (entry.role is Role.LEGAL_REPRESENTATIVE and party.role in MAIN)
        if lesser and party.role is not Role.OTHER and not weak:
            entry.role, entry.label = party.role, party.label
            if party.role in MAIN:
                entry.start, entry.end = party.start, party.end
        return known


def find(view: View) -> Roll:
    """All parties of a paper, defined ones first, then those who appear only in sentences."""
    roll = Roll()
    prose = _introduced(view, roll)
    for party in [*_tabled(view), *_lenders(view)]:
        roll.add(party)
    _aliases(view, roll)
    short = {alias for party in roll.parties for alias in party.aliases}
    for party in prose:
        organisation = party.kind is PartyKind.ORGANISATION
        if party.name not in short and (organisation or not _doubtful(party.name, view, roll)):
            roll.add(party)
    for party in [*_related(view), *_implicit(view), *_speakers(view)]:
        if not _contains_known(party.name, roll):
            roll.add(party, weak=True)
    for party in _holders(view):
        roll.add(party, weak=True)
    _aliases(view, roll)
    _represented(view, roll)
    return roll


def _introduced(view: View, roll: Roll) -> list[Party]:
    """Enter everybody behind a label with a colon; give back those who stand in running text, to be judged later."""
    prose: list[Party] = []
    for match in roles.LABEL.finditer(view.text):
        cell = view.cell_at(match.start())
        if cell is not None and (cell.heading or match.end() > cell.end):
            continue
        for party in _defined(view, match):
            if match["sep"].strip():
                roll.add(party)
            else:
                prose.append(party)
    return prose


def _lenders(view: View) -> Iterator[Party]:
    for match in LENT.finditer(view.text):
        if names.is_person(match["name"]):
            yield _party(Role.APPLICANT, match["name"], *match.span("name"), label="出借人")


def _holders(view: View) -> Iterator[Party]:
    """Organisations in whose name an account stands."""
    for match in HOLDER.finditer(view.text):
        org = ORG_AT.match(view.text, match.end())
        if org and not AUTHORITY.search(org.group()):
            yield _party(Role.OTHER, org.group(), *org.span(), label="户名")


def _party(role: Role, name: str, start: int, end: int, *, label: str) -> Party:
    return Party(
        role=role, kind=names.kind_of(name), name=names.proper(name), start=start, end=end, label=label
    )


def _mentioned(name: str, start: int, end: int, *, label: str) -> Party:
    """Somebody whom a sentence names without giving a role in the case."""
    party = _party(Role.OTHER, name, start, end, label=label)
    party.defined = False
    return party


def _defined(view: View, match: re.Match[str]) -> Iterator[Party]:
    """The parties that one label introduces; none when what follows is no name."""
    text, start = view.text, match.end()
    label = re.sub(r"\s", "", match["label"])
    role = _role(view, match, label)
    if match["sep"].strip():
        for name, begin, end in _listed(text, start):
            after = roles.role_in(_bracket_after(text, end)) if role is Role.OTHER else None
            yield _party(after or role, name, begin, end, label=label + match["number"])
        return
    if roles.FORM_WORDS.match(label) or (
        match["sep"] and text[match.start() - 1 : match.start()] not in ("", "\n", " ", ".", "、")
    ):
        return
    typeset = TYPESET.match(text, start)
    if match["sep"] and typeset and names.is_person(typeset[1] + typeset[2]):
        yield _party(role, typeset[1] + typeset[2], *typeset.span(), label=label)
        return
    for name, begin, end in _named_at(text, start):
        yield _party(role, name, begin, end, label=label)


def _role(view: View, match: re.Match[str], label: str) -> Role:
    if roles.FORM_WORDS.match(label):
        return _heading_role(view, match.start(), 250)
    role = roles.role_of(label)
    if role is Role.OTHER and match["bracket"]:
        return roles.role_in(match["bracket"]) or role
    return role


def _bracket_after(text: str, end: int) -> str:
    found = re.compile(r"[ ]?\(([^()\n]{1,30})\)").match(text, end)
    return found[1] if found else ""


def _listed(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Names behind a colon: one, or several parted by 、."""
    office = OFFICE.match(text, start)
    start = office.end() if office else start
    typeset = TYPESET.match(text, start)
    if typeset and names.is_person(typeset[1] + typeset[2]):
        yield typeset[1] + typeset[2], *typeset.span()
        return
    broken = BROKEN.match(text, start)
    if (
        broken
        and " " in broken[1]
        and not re.search(r"(?:^| )(?:男|女|汉族|回族|性别)", broken[1])
        and names.is_person(names.squeeze(broken[1]))
    ):
        yield broken[1], start, start + len(broken[1])
        return
    org = ORG_AT.match(text, start)
    stop = UNTIL.search(text, start)
    end = stop.start() if stop else len(text)
    if org and end <= org.end():
        end = org.end()
    begin = start
    for piece in [*SPLIT_LIST.split(text[start:end])]:
        where = text.index(piece, begin) if piece else begin
        begin = where + len(piece)
        yield from _one(text, piece, where)


def _one(text: str, piece: str, where: int) -> Iterator[tuple[str, int, int]]:
    body = piece.strip()
    where += len(piece) - len(piece.lstrip())
    end = where + len(body)
    if AUTHORITY.search(body) or not body:
        return
    if (
        names.is_organisation(body)
        or names.is_person(body)
        or (names.is_person(body, strict=False) and PERSONAL.match(text, end))
    ):
        yield body, where, end
    else:
        yield from _named_at(text, where)


def _named_at(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """A name at an offset of running text, and those joined to it by 、和及与."""
    while True:
        org, person = ORG_AT.match(text, start), PERSON_AT.match(text, start)
        if (
            person
            and org
            and names.is_person(person.group())
            and re.match(r"[与和及、诉向因]", text[person.end() : person.end() + 1])
        ):
            org = None
        if (
            org
            and not re.match(r"[与和向对诉称因由于在将以的被及]|通过|经由", org.group())
            and names.is_organisation(org.group())
            and not AUTHORITY.search(org.group())
            and not _runs_on(org.group())
        ):
            found = org
        elif person and names.is_person(person.group()):
            found = person
        else:
            return
        yield found.group(), found.start(), found.end()
        joint = re.compile(r"[ ]?(?:、|和|及|与|以及)(?!被|原|申请|第三人|案外)").match(text, found.end())
        if not joint:
            return
        start = joint.end()


def _runs_on(name: str) -> bool:
    """Whether an organisation's name has swallowed the sentence before it."""
    return bool(
        re.search(
            r"[与向诉因]|被执行人|被告|原告|签订|之间|应当|提供|名下|通过|账户|转入|转账|汇入|借款|名义|向|的|在.*(?:公司|银行)",
            name[1:],
        )
    )


def _doubtful(name: str, view: View, roll: Roll) -> bool:
    if name in roll.by_name:
        return False
    if _contains_known(name, roll):
        return True
    return name[0] in RISKY and view.text.count(name) < 2


def _contains_known(name: str, roll: Roll) -> bool:
    """Whether a guessed name only widens or cuts a known one (向张三, 张三因)."""
    return name not in roll.by_name and any(known in name or name in known for known in roll.by_name)


def _tabled(view: View) -> Iterator[Party]:
    rows: dict[int, list] = {}
    for cell in view.cells:
        rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        if cells[0].heading:
            continue
        standing = next(
            (view.text[c.start : c.end] for c in cells if re.search("诉讼地位|身份$|角色", c.label)), ""
        )
        for cell in cells:
            if not NAME_HEADINGS.search(cell.label) or re.search(r"开户行", cell.label):
                continue
            role = roles.role_of(re.sub(r"(?:姓名|名称).*$", "", cell.label))
            if role is Role.OTHER:
                role = roles.role_of(standing) if standing else _title_role(view, cell.start, cell.label)
            for name, begin, end in _listed(view.text[: cell.end], cell.start):
                yield _party(role, name, begin, end, label=cell.label)


def _title_role(view: View, offset: int, label: str) -> Role:
    if not re.search(r"姓名|名称|当事人", label):
        return Role.OTHER
    return _heading_role(view, offset, 600)


NAMES_SOMEBODY = re.compile(r"[^\S\n]{0,4}[:][^\S\n]*[^\s:]|[(][^()\n]{1,20}[)]:")


def _heading_role(view: View, offset: int, reach: int) -> Role:
    """The role that the nearest heading above gives, such as 被执行人信息; labels that name somebody are none."""
    for match in reversed([*roles.ROLE_WORD.finditer(view.text, max(0, offset - reach), offset)]):
        role = roles.role_of(match.group())
        if role in (Role.OBLIGOR, Role.APPLICANT, Role.GUARANTOR) and not NAMES_SOMEBODY.match(
            view.text, match.end()
        ):
            return role
    return Role.OTHER


def _related(view: View) -> Iterator[Party]:
    for match in RELATED.finditer(view.text):
        name = match["name"]
        if names.is_person(name) and (name[0] not in RISKY or len(name) > 2 or view.text.count(name) > 1):
            yield _mentioned(name, *match.span("name"), label=match["relation"])


def _implicit(view: View) -> Iterator[Party]:
    for match in IMPLICIT.finditer(view.text):
        name = match["person"]
        begin = match.start("person")
        if name[0] in "向由将把从给用以于为与和通因在据" and names.is_person(name[1:]):
            name, begin = name[1:], begin + 1
        if names.is_person(name) and name[0] not in RISKY:
            yield _mentioned(name, begin, begin + len(name), label="")


def _speakers(view: View) -> Iterator[Party]:
    found = [m for m in SPEAKER.finditer(view.text) if names.is_person(m["name"])]
    for match in found:
        name = match["name"]
        if sum(1 for other in found if other["name"] == name) > 1 or len(found) > 3:
            yield _party(Role.OTHER, name, *match.span("name"), label="发言人")


def _aliases(view: View, roll: Roll) -> None:
    """Former names behind a definition, short names in brackets behind any place where the full name stands."""
    for party in roll.parties:
        stop = re.compile(r"[。;\n]").search(view.text, party.end)
        tail = view.text[party.end : min(stop.start() if stop else len(view.text), party.end + 60)]
        for match in ALIAS.finditer(tail):
            if not any(
                p is not party and party.end < p.start < party.end + match.start() for p in roll.parties
            ):
                _add_alias(party, match["alias"], roll)
    by_spelling = {p.name.replace("（", "(").replace("）", ")"): p for p in roll.parties}
    for match in SHORT.finditer(view.text):
        opened = view.text.rfind("(", max(0, match.start() - 12), match.start() + 1)
        owner = next(
            (p for name, p in by_spelling.items() if opened >= 0 and view.text[:opened].endswith(name)), None
        )
        if owner is not None:
            _add_alias(owner, match["alias"], roll)


def _add_alias(party: Party, raw: str, roll: Roll) -> None:
    alias = names.proper(raw)
    if alias not in party.aliases and alias not in roll.by_name and not roles.ROLE_WORD.fullmatch(alias):
        party.aliases.append(alias)


def _represented(view: View, roll: Roll) -> None:
    """Bind representatives to their organisation and agents to whom they act for."""
    ordered = sorted(roll.parties, key=lambda party: party.start)
    for acting in roll.acting:
        party = roll.parties[roll.by_name[acting.name]]
        for earlier in reversed([other for other in ordered if other.start < acting.start]):
            if view.text.count("\n", earlier.end, acting.start) > 6:
                break
            main = earlier.role not in (Role.AGENT, Role.LEGAL_REPRESENTATIVE) and earlier is not party
            if main and (acting.role is Role.AGENT or earlier.kind is PartyKind.ORGANISATION):
                if earlier.name not in party.represents:
                    party.represents.append(earlier.name)
                break
        if acting.role is Role.AGENT:
            firm = FIRM.search(view.text, acting.end, acting.end + 40)
            party.firm = firm["firm"] if firm else party.firm
