"""Building blocks of a document's content: text, amounts, days, parties, signers.

A model dumps in two ways. Plain JSON keeps the values, so that a stored content can be loaded again. With the
context ``{"print": True}`` days and amounts become the words that are printed.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
    StringConstraints,
)

from zhixing.documents.domain import wording

# Format characters are refused too: a bidi override could make a name or an amount read differently from its bytes.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _printing(info: SerializationInfo) -> bool:
    return bool(isinstance(info.context, dict) and info.context.get("print"))


def _clean(text: str) -> str:
    bad = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) in _UNPRINTABLE})
    if bad:
        raise ValueError(f"含有不能印出的控制字符（{'、'.join(bad)}），请删去后再试")
    return text


def _no_float(value: Any) -> Any:
    if isinstance(value, float | bool):
        # ValueError, as pydantic turns no other error into a problem.
        raise ValueError("金额应以文字或定点数给出，不能用浮点数")  # noqa: TRY004
    return value


def _amount_out(value: Decimal, info: SerializationInfo) -> Any:
    if not _printing(info):
        return f"{value:.2f}"
    return {
        "fig": wording.amount_figures(value),
        "sep": f"{value:,.2f}",
        "cap": wording.amount_capital(value),
    }


def _day_out(value: date, info: SerializationInfo) -> Any:
    if not _printing(info):
        return value.isoformat()
    return {"text": wording.day_text(value), "han": wording.day_han(value), "iso": value.isoformat()}


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), AfterValidator(_clean)
]
"""One paragraph of text, never empty, without control characters; printed letter by letter, never interpreted."""

Amount = Annotated[
    Decimal,
    BeforeValidator(_no_float),
    Field(ge=0, max_digits=18, decimal_places=2),
    PlainSerializer(_amount_out, when_used="json"),
]
"""Yuan with at most two places, from text or Decimal."""

Day = Annotated[date, PlainSerializer(_day_out, when_used="json")]
"""Calendar day in court time."""

Count = Annotated[int, Field(ge=1, le=3650)]
"""A number of days or months that a law table gave; printed in figures or words by the template."""


class Piece(BaseModel):
    """Part of a document's content: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Party(Piece):
    """Somebody named at the head of the paper. What is unknown is left out of the sentence."""

    role: Text = Field(title="诉讼地位", description="申请执行人、被执行人等")
    name: Text = Field(title="姓名或者名称")
    is_person: bool = Field(title="自然人")
    sex: Text | None = Field(None, title="性别")
    ethnicity: Text | None = Field(None, title="民族")
    born: Day | None = Field(None, title="出生日期")
    id_kind: Text = Field("公民身份号码", title="证件种类")
    id_number: Text | None = Field(None, title="证件号码或者统一社会信用代码")
    address: Text | None = Field(None, title="住址或者住所地")
    representative: Text | None = Field(None, title="法定代表人姓名")
    representative_role: Text = Field("法定代表人", title="代表人称谓", description="法定代表人、负责人等")
    representative_title: Text | None = Field(None, title="代表人职务")
    agent: Text | None = Field(None, title="委托诉讼代理人")


class Instrument(Piece):
    """The title that is enforced (执行依据)."""

    issuer: Text = Field(title="作出机关", description="作出法律文书的机关；本院作出的写“本院”")
    number: Text = Field(title="文书字号")
    name: Text = Field(title="文书名称", description="民事判决书、仲裁裁决书等")


class Signer(Piece):
    """One line of the sign block; the role is printed spread to four characters."""

    role: Text = Field(title="署名身份", description="审判员、审判长、书记员等")
    name: Text = Field(title="姓名")


class Contact(Piece):
    """Whom the receiver may call."""

    person: Text = Field(title="联系人")
    phone: Text = Field(title="联系电话")
    address: Text = Field(title="本院地址")
    postcode: Text | None = Field(None, title="邮政编码")


class CourtAccount(Piece):
    """The case's own account at the court (一案一账号)."""

    holder: Text = Field(title="户名")
    bank: Text = Field(title="开户银行")
    account: Text = Field(title="账号")


class Officer(Piece):
    """An enforcement officer as named in a notice of assistance."""

    name: Text = Field(title="姓名")
    work_card: Text = Field(title="工作证编号")
    duty_card: Text = Field(title="执行公务证编号")


class ApprovalStep(Piece):
    """One opinion in an approval form."""

    role: Text = Field(title="审批环节")
    name: Text = Field(title="审批人")
    opinion: Text = Field(title="意见")
    day: Day = Field(title="日期")
