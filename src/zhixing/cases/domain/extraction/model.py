"""What extraction speaks of: kinds of clue, what was found, who it belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Kinds of clue; the values are the keys of the JSON answer."""

    RESIDENT_ID = "resident_id"
    USCC = "uscc"
    PASSPORT = "passport"
    MOBILE = "mobile"
    LANDLINE = "landline"
    WECHAT = "wechat"
    QQ = "qq"
    ALIPAY = "alipay"
    EMAIL = "email"
    PLATE = "plate"
    BANK_ACCOUNT = "bank_account"
    REALTY = "realty_certificate"
    EMPLOYER = "employer"
    ADDRESS = "address"
    CASE_NUMBER = "case_number"
    PRINCIPAL = "amount_principal"
    RATE = "rate"
    PROPERTY = "property_location"


class Role(StrEnum):
    """Standing of a party in the paper."""

    APPLICANT = "applicant"
    OBLIGOR = "obligor"
    AGENT = "agent"
    LEGAL_REPRESENTATIVE = "legal_representative"
    GUARANTOR = "guarantor"
    OTHER = "other"


class PartyKind(StrEnum):
    """A natural person or an organisation."""

    PERSON = "person"
    ORGANISATION = "organisation"


TITLES = {
    "parties": "当事人",
    Kind.RESIDENT_ID: "居民身份证号",
    Kind.USCC: "统一社会信用代码",
    Kind.PASSPORT: "护照及通行证",
    Kind.MOBILE: "手机号",
    Kind.LANDLINE: "固定电话",
    Kind.WECHAT: "微信号",
    Kind.QQ: "QQ号",
    Kind.ALIPAY: "支付宝账号",
    Kind.EMAIL: "电子邮箱",
    Kind.PLATE: "车牌号",
    Kind.BANK_ACCOUNT: "银行账号",
    Kind.REALTY: "不动产权证号",
    Kind.EMPLOYER: "工作单位",
    Kind.ADDRESS: "住址或住所地",
    Kind.CASE_NUMBER: "案号",
    Kind.PRINCIPAL: "本金",
    Kind.RATE: "利率",
    Kind.PROPERTY: "不动产坐落",
}
"""Chinese display names, in the order in which they are shown."""

UNOWNED = frozenset({Kind.CASE_NUMBER, Kind.PRINCIPAL, Kind.RATE})
"""Kinds that describe the claim, not a party: never bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Result of checking an identifier; `ok` is None where nothing can prove or refute it."""

    ok: bool | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One recognised clue; `start`/`end` are offsets in the view, half-open.

    `strength` orders rivals for the same characters: 3 named by a label, 2 proved by a check digit,
    1 by shape alone.
    """

    kind: Kind
    start: int
    end: int
    value: str
    check: Check = Check()
    strength: int = 1
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Party:
    """One person or organisation of the paper; offsets are those of the view.

    `defined` is False for people whom the text only mentions (relatives, holders of accounts).
    """

    role: Role
    kind: PartyKind
    name: str
    start: int
    end: int
    label: str = ""
    defined: bool = True
    aliases: list[str] = field(default_factory=list)
    represents: list[str] = field(default_factory=list)
    firm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One clue as handed out: `raw` is exactly `text[span[0]:span[1]]` of the paper."""

    kind: Kind
    raw: str
    value: str
    span: tuple[int, int]
    check: Check
    party: str | None
    context: str
    detail: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The clue as plain JSON values."""
        return {
            "raw": self.raw,
            "value": self.value,
            "span": list(self.span),
            "check": {"ok": self.check.ok, "problems": list(self.check.problems)},
            "party": self.party,
            "context": self.context,
            **self.detail,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All parties and clues of one text, each list in the order of the text."""

    text: str
    parties: tuple[dict[str, Any], ...]
    clues: tuple[Clue, ...]

    def of(self, kind: Kind) -> tuple[Clue, ...]:
        """Clues of one kind, in the order of the text."""
        return tuple(clue for clue in self.clues if clue.kind is kind)

    def as_json(self) -> dict[str, Any]:
        """The answer of `zhixing extract --json`; every key is always there, empty or not."""
        answer: dict[str, Any] = {"parties": list(self.parties)}
        for kind in Kind:
            answer[kind.value] = [clue.as_json() for clue in self.of(kind)]
        answer["text_length"] = len(self.text)
        answer["text_sha256"] = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        return answer
