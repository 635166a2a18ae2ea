"""Whose clue is it: attach each clue to a party by the structure of the sentence around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from zhixing.cases.domain.extraction.mention import COURT, FIRM_OWNER, Mention
from zhixing.cases.domain.extraction.model import UNOWNED, Found, Kind, PartyKind, Role
from zhixing.cases.domain.extraction.parties import RELATIONS, Roll
from zhixing.cases.domain.extraction.tables import NAME_HEADINGS
from zhixing.cases.domain.extraction.view import View

PERSONAL = frozenset({Kind.RESIDENT_ID, Kind.PASSPORT, Kind.EMPLOYER})
CORPORATE = frozenset({Kind.USCC})
SEAT = re.compile(
    r"(?:住\s*所\s*地?|注册\s*地\s*址?|登记住所|经营(?:场所|地址|地)|办公(?:地址|地点|场所)|营业场所)[^,。;\n]{0,6}$"
)
PLAIN_ADDRESS = re.compile(r"(?<!庭)(?<!讯)(?:地址|住所)[:为在]?[ ]?$")
HEADS = re.compile(r"(?:代表人|负责人|经营者)[: ]{0,2}$")
ACTING = re.compile(r"(?:代表人|负责人|经营者|代理人)[: ]{0,2}$")
HOME = re.compile(r"(?:(?<!所)住|住址|户籍[^,。;\n]{0,6}|居住地?|家庭[^,。;\n]{0,4})[:为在于]?[ ]?$")
HOLDER_AFTER = re.compile(
    r"[^。;\n]{0,24}?(?:户名|户主|开户人|机主|登记人|登记在|登记于|车主|所有人|所有权人|持卡人|归属|属于|使用人|收款人|权利人|账户名称?|注册人|归|名称)[:为是系]{0,2}[ ]?(?:被执行人|申请执行人|被告|原告|其妻|其夫)?"
    rf"|[^。;\n]{{0,12}}?登记的?(?:是|在|为|于)?(?:他|她|其|我)?(?:{RELATIONS})?"
    rf"|[ ]?,?(?:系|是|为)(?:被执行人|申请执行人|被告|原告)?|[ ]?\((?:系|即|户名[:为]?|机主[:为]?|持卡人[:为]?|登记在|使用人[:为]?)?(?:其|他|她)?(?:{RELATIONS})?|[ ]?\([^()\n,]{1, 8}[,-]"
)
SENTENCE_END = re.compile(r"[。!?\n]|;")
CLAUSE_END = re.compile(r"[,;。!?\n\t|]")
JOINT = re.compile(r"[ ]?(?:、|和|及|与|以及|,)[ ]?(?:被告|原告|被执行人|申请执行人)?")
POSSESSED = re.compile(r"的?(?:卡|银行|账|帐|电话|手机|微信|QQ|支付宝|身份证|邮箱|地址|车|[工农中建]行|户头)")
DESCRIBES = re.compile(rf"(?:的|之)?(?:{RELATIONS}|妻|夫|子|女|父|母|兄|弟|姐|妹)(?=[,。;、()])")
TOGETHER = re.compile(r"[二两三四五六]人|上述")
ALL_OF = re.compile(r"均|都(?!市)|共同|二人|两人|夫妻二人")
SHARED = re.compile(r"共有|共同(?:所有|共有|购买|名下)|均|夫妻")
JOINTLY_HELD = frozenset({Kind.REALTY, Kind.PROPERTY, Kind.PLATE})
HEADING = re.compile(r"[ ]*(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\))")
# 曾用该微信与申请人联系: the one it is done with is not the one it is about.
DONE_WITH = re.compile(r"(?:多次|经常|保持|进行|直接)?(?:联系|联络|沟通|往来|交流|协商|结算|通话|对账)")
LOOK_BACK_LINES = 14


def text_around(text: str, mention: Mention) -> tuple[str, str]:
    """The character before and the one behind a mention."""
    return text[max(0, mention.start - 1) : mention.start], text[mention.end : mention.end + 1]


def _subject_of(text: str, named: list[Mention]) -> Mention:
    """Who a clause is about: whose card or telephone it names, a pronoun before the speaker, else the first."""
    possessor = next((m for m in named if m.how == "pronoun" and POSSESSED.match(text, m.end)), None)
    if possessor:
        return possessor
    if any(m.how == "speaker" for m in named):
        return next((m for m in named if m.how == "pronoun"), next(m for m in named if m.how == "speaker"))
    return named[0]


@dataclass(slots=True)
class Binder:
    """Answers for one paper; `found` must be free of overlaps and in the order of the text."""

    view: View
    roll: Roll
    mentions: list[Mention]
    found: list[Found]
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Index the mentions by their place."""
        self.starts = [mention.start for mention in self.mentions]

    def owners(self, clue: Found) -> tuple[list[int | None], bool]:
        """The owners of a clue (COURT for an authority's own), and whether the sentence itself says so."""
        if clue.kind in UNOWNED:
            return [None], True
        for look in (self._in_table, self._held, self._respectively, self._all_of, self._in_sentence):
            owners = look(clue)
            if owners:
                return [self._of_firm(owner, clue) for owner in owners], True
        return [self._of_firm(self._above(clue), clue)], False

    def _between(self, start: int, end: int) -> list[Mention]:
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return self.mentions[low:high]

    def _fits(self, mention: Mention, clue: Found, *, in_table: bool = False) -> bool:
        owner = mention.owner
        if owner == COURT:
            return clue.kind in (Kind.MOBILE, Kind.LANDLINE, Kind.ADDRESS, Kind.EMAIL, Kind.BANK_ACCOUNT)
        if owner == FIRM_OWNER:
            return clue.kind in (Kind.MOBILE, Kind.LANDLINE, Kind.ADDRESS, Kind.EMAIL)
        organisation = self.roll.parties[owner].kind is PartyKind.ORGANISATION
        if clue.kind in PERSONAL:
            return not organisation
        if clue.kind in CORPORATE:
            return organisation
        if clue.kind is Kind.ADDRESS and not in_table:
            before = self.view.before(clue.start, 16)
            if SEAT.search(before):
                acting = ACTING.search(self.view.text[max(0, mention.start - 8) : mention.start])
                return not acting and self.roll.parties[owner].role not in (
                    Role.LEGAL_REPRESENTATIVE,
                    Role.AGENT,
                )
            if HOME.search(before):
                return not organisation
        return True

    def _line(self, offset: int) -> tuple[int, int]:
        text = self.view.text
        end = text.find("\n", offset)
        return text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text)

    def _sentence(self, offset: int) -> tuple[int, int]:
        low, high = self._line(offset)
        for match in SENTENCE_END.finditer(self.view.text, low, high):
            if match.end() <= offset:
                low = match.end()
            else:
                return low, match.start()
        return low, high

    # --- the ways to find an owner, surest first -------------------------------------------------------

    def _in_table(self, clue: Found) -> list[int | None]:
        cell = self.view.cell_at(clue.start)
        if cell is None or not cell.label:
            return []
        inside = [m for m in self._between(cell.start, clue.start) if self._fits(m, clue) and not m.modifier]
        if inside:
            return [inside[-1].owner]
        row = [c for c in self.view.cells if c.row == cell.row]
        named: list[tuple[int, int]] = []
        for other in row:
            if NAME_HEADINGS.search(other.label):
                fitting = [
                    m
                    for m in self._between(other.start, other.end)
                    if m.owner >= 0 and self._fits(m, clue, in_table=True)
                ]
                named += [(m.start, m.owner) for m in fitting]
        before: list[int | None] = [owner for start, owner in named if start < clue.start]
        after: list[int | None] = [owner for start, owner in named if start > clue.start]
        return [before[-1]] if before else after[:1]

    def _held(self, clue: Found) -> list[int | None]:
        """138…（张三）, 账号…，户名：张三, 冀J…登记在张三名下."""
        low, high = self._sentence(clue.start)
        index = bisect_left(self.starts, clue.end)
        if index >= len(self.mentions):
            return []
        following = self.mentions[index]
        while following.modifier and index + 1 < len(self.mentions):
            index += 1
            following = self.mentions[index]
        first = self.mentions[bisect_left(self.starts, clue.end)]
        if (
            following.start > max(high, clue.end + 1)
            or following.how == "speaker"
            or (following.how == "pronoun" and self.view.text[following.start : following.end] != "本人")
            or not self._fits(following, clue)
        ):
            return []
        between = self.view.text[clue.end : first.start]
        under = self.view.text.startswith("名下", following.end) and re.fullmatch(
            r"[^。;\n]{0,20}在[^。;\n]{0,4}", between
        )
        if not under and not HOLDER_AFTER.fullmatch(between):
            return []
        if any(f.kind is clue.kind and clue.end <= f.start < following.start for f in self.found):
            return []
        if "(" not in between and self._holder_before(low, clue):
            return []
        if "(" in between and ")" in between:
            return []
        return [following.owner]

    def _holder_before(self, low: int, clue: Found) -> bool:
        """Whether 户名：… stands before the clue with no account of the same kind between."""
        for mention in reversed(self._between(low, clue.start)):
            if re.search(
                r"(?:户名|账户名称?|开户人|名称)[:为是]?[ ]?$",
                self.view.text[max(0, mention.start - 6) : mention.start],
            ):
                return not any(
                    f.kind is clue.kind and mention.end <= f.start < clue.start for f in self.found
                )
        return False

    def _series(self, low: int, offset: int) -> list[Mention]:
        """The last row of names joined by 、和与 before an offset."""
        row: list[Mention] = []
        for mention in reversed(self._between(low, offset)):
            if mention.modifier or mention.owner < 0:
                continue
            if row and not JOINT.fullmatch(self._plain(mention.end, row[-1].start)):
                break
            row.append(mention)
        return row[::-1]

    def _plain(self, start: int, end: int) -> str:
        """The text between two offsets without modifier mentions."""
        text = self.view.text[start:end]
        for mention in self._between(start, end):
            if mention.modifier:
                text = text.replace(self.view.text[mention.start : mention.end], "", 1)
        return text

    def _respectively(self, clue: Found) -> list[int | None]:
        """张三、李四的手机号分别为甲、乙: the n-th number is that of the n-th name."""
        low, high = self._sentence(clue.start)
        same = [f for f in self.found if f.kind is clue.kind and low <= f.start < high]
        if len(same) < 2:
            return []
        run = [clue]
        for f in reversed([f for f in same if f.start < clue.start]):
            if not self._adjoins(f.end, run[0].start):
                break
            run.insert(0, f)
        position = len(run) - 1
        for f in (f for f in same if f.start > clue.start):
            if not self._adjoins(run[-1].end, f.start):
                break
            run.append(f)
        if TOGETHER.search(self.view.text[low : run[0].start]):
            low = self._line(clue.start)[0]
        names = [m for m in self._series(low, run[0].start) if self._fits(m, clue)]
        if len(run) < 2 or len(names) != len(run):
            return []
        return [names[position].owner]

    def _adjoins(self, start: int, end: int) -> bool:
        between = self.view.text[start:end]
        return bool(re.fullmatch(r"[ ]?(?:号)?[ ]?(?:、|,|和|及|与|以及|/|;){1,2}[ ]?", between))

    def _all_of(self, clue: Found) -> list[int | None]:
        """张三、李四均住…: the clue is everybody's."""
        low, _ = self._sentence(clue.start)
        row = [m for m in self._series(low, clue.start) if self._fits(m, clue)]
        if len(row) < 2:
            return []
        between = self.view.text[row[-1].end : clue.start]
        joint = SHARED.search(between) if clue.kind in JOINTLY_HELD else ALL_OF.search(between[-14:])
        return [m.owner for m in row] if joint else []

    def _in_sentence(self, clue: Found) -> list[int | None]:
        """Nearest name in the clue's own clause; else the subject of the clause before, and so on back."""
        low, _ = self._sentence(clue.start)
        text = self.view.text
        bounds = [low, *(m.end() for m in CLAUSE_END.finditer(text, low, clue.start))]
        before = self.view.before(clue.start, 16)
        seat = clue.kind is Kind.ADDRESS and bool(PLAIN_ADDRESS.search(before))
        companys = clue.kind is Kind.LANDLINE or seat
        for depth, begin in enumerate(reversed(bounds)):
            end = clue.start if depth == 0 else bounds[len(bounds) - depth]
            named = [m for m in self._between(begin, end) if self._usable(m, clue, depth)]
            if not named:
                continue
            told = any(m.how in ("definition", "introduced", "court", "firm") for m in named)
            own = named[-1] if depth == 0 or told else _subject_of(text, named)
            if depth and own.how in ("court", "firm") and len(named) > 1:
                own = named[0]
            if own.how == "court" and depth > 2:
                continue
            return [self._company_of(own, begin, clue) if companys else own.owner]
        return []

    def _usable(self, mention: Mention, clue: Found, depth: int) -> bool:
        if mention.modifier or not self._fits(mention, clue) or mention.how == "asker":
            return False
        before = self.view.text[max(0, mention.start - 1) : mention.start]
        if before == "同":  # 住址同被告二 describes, it does not name
            return False
        if before in ("与", "跟", "和", "同", "向") and DONE_WITH.match(self.view.text, mention.end):
            return False
        if before in ("系", "是", "为") and DESCRIBES.match(self.view.text, mention.end):
            return False
        if mention.bracketed:
            closed = self.view.text.find(mention.bracketed, mention.end, clue.start)
            if closed >= 0:
                return False
        if text_around(self.view.text, mention) == ("在", "处"):
            return False
        return not (
            mention.how == "court" and depth > 0 and mention.owner == COURT and self._only_passing(mention)
        )

    def _only_passing(self, mention: Mention) -> bool:
        """Whether the court is only a place in a party's story (经本院传唤, 向某法院起诉)."""
        before = self.view.text[max(0, mention.start - 2) : mention.start]
        after = self.view.text[mention.end : mention.end + 2]
        return bool(re.search(r"[经由向被在到至]|[与和]$", before)) or bool(
            re.match(r"[于依经已作判认受查对]|起诉|申请", after)
        )

    def _company_of(self, mention: Mention, low: int, clue: Found) -> int | None:
        """A fixed line given after the legal representative is the company's."""
        acting = HEADS.search(self.view.text[max(0, mention.start - 8) : mention.start])
        if mention.owner < 0 or not (
            acting or self.roll.parties[mention.owner].role is Role.LEGAL_REPRESENTATIVE
        ):
            return mention.owner
        line = self._line(clue.start)[0]
        if re.search(r"家|宅", self.view.text[max(low, clue.start - 8) : clue.start]):
            return mention.owner
        represented = self.roll.parties[mention.owner].represents
        if represented:
            return self.roll.by_name[represented[0]]
        for earlier in reversed(self._between(line, mention.start)):
            if earlier.owner >= 0 and self.roll.parties[earlier.owner].kind is PartyKind.ORGANISATION:
                return earlier.owner
        return mention.owner

    def _above(self, clue: Found) -> int | None:
        """The subject of earlier sentences and lines, the nearest first."""
        text = self.view.text
        low, _ = self._line(clue.start)
        begin, _ = self._sentence(clue.start)
        while begin > low:
            begin, end = self._sentence(begin - 1)[0], begin
            owner = self._subject(begin, end, clue)
            if owner is not None:
                return owner
        crossed = False
        for _ in range(LOOK_BACK_LINES):
            if low == 0:
                break
            low, end = text.rfind("\n", 0, low - 1) + 1, low - 1
            owner = self._subject(low, end, clue)
            if owner is not None:
                return self._owner_beyond(owner, clue) if crossed else owner
            crossed = crossed or bool(HEADING.match(text, low, end))
        return self._sole(clue)

    def _owner_beyond(self, owner: int, clue: Found) -> int:
        """Under a later heading, assets are the only obligor's rather than those of whoever was named above it."""
        obligors = [i for i, p in enumerate(self.roll.parties) if p.role is Role.OBLIGOR]
        fits = len(obligors) == 1 and (
            clue.kind not in PERSONAL or self.roll.parties[obligors[0]].kind is PartyKind.PERSON
        )
        return obligors[0] if fits else owner

    def _subject(self, begin: int, end: int, clue: Found) -> int | None:
        named = [m for m in self._between(begin, end) if self._usable(m, clue, 1)]
        if not named:
            return None
        defined = [m for m in named if m.how == "definition"]
        if defined and not any(m.how == "speaker" for m in named):
            return defined[-1].owner
        return _subject_of(self.view.text, [m for m in named if m.how != "introduced"] or named).owner

    def _sole(self, clue: Found) -> int | None:
        """The only party that could own the clue, when nothing else is said."""
        wanted = PartyKind.ORGANISATION if clue.kind in CORPORATE else PartyKind.PERSON
        able = [
            i
            for i, p in enumerate(self.roll.parties)
            if clue.kind not in PERSONAL | CORPORATE or p.kind is wanted
        ]
        return able[0] if len(able) == 1 else None

    def _of_firm(self, owner: int | None, clue: Found) -> int | None:
        """A law firm's number is its agent's, never a party's."""
        if owner != FIRM_OWNER:
            return owner
        agents = [i for i, p in enumerate(self.roll.parties) if p.role is Role.AGENT and p.start < clue.start]
        return agents[-1] if agents else None
