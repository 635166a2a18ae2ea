"""The officer's card as an image, marked as a specimen."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from zhixing.documents.domain.fields import Day, Piece, Text


class CardKind(StrEnum):
    """Which of the two cards that institutions ask for."""

    WORK = "工作证"
    DUTY = "执行公务证"


class OfficerCard(Piece):
    """Content of a card; the photo is a drawn placeholder, never a likeness."""

    kind: CardKind = Field(title="证件种类")
    court: Text = Field(title="发证机关")
    name: Text = Field(title="姓名")
    duty: Text = Field(title="职务")
    number: Text = Field(title="证件编号")
    valid_until: Day = Field(title="有效期至")
