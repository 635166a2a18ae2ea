"""Letters to assisting institutions: the month's figures, and a reminder of answers that are owed. They name no party."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from zhixing.documents.domain.fields import Day, Piece, Text
from zhixing.documents.domain.paper import CPL, NETWORK_RULES, Basis, Paper, Series


class Figure(Piece):
    """One figure with what it means."""

    name: Text = Field(title="项目")
    value: Text = Field(title="数字")
    meaning: Text = Field(title="说明")


class OwedAnswer(Piece):
    """One request that was not answered in time."""

    request_number: Text = Field(title="请求单号")
    kind: Text = Field(title="种类")
    handed_at: Text = Field(title="送达时间")
    hours: int = Field(title="已过小时", ge=0)


class _InstitutionPaper(Paper):
    series: ClassVar[Series] = Series.INTERNAL
    basis: ClassVar[tuple[Basis, ...]] = (
        Basis(act=CPL, articles=(253,)),
        Basis(act=NETWORK_RULES, articles=(4, 5)),
    )

    addressee: Text = Field(title="协助单位")
    duty: Text = Field(title="时限依据", description="一句话：时限是多少、出自哪里；没有规定的写参考时限")
    contact_line: Text = Field(title="联系人及电话")


class InstitutionLetter(_InstitutionPaper):
    """协助执行情况通报函: one month's figures to one institution, facts and no ranking."""

    code: ClassVar[str] = "institution_letter"
    title: ClassVar[str] = "协助执行情况通报函"
    label: ClassVar[str] = "协助执行情况通报函"

    first_day: Day = Field(title="统计起始日")
    last_day: Day = Field(title="统计截止日")
    counted_at: Text = Field(title="统计时间")
    figures: tuple[Figure, ...] = Field(title="数字", min_length=1)


class AnswerReminder(_InstitutionPaper):
    """协助执行提醒函: requests that were handed over and are not answered within the hours."""

    code: ClassVar[str] = "answer_reminder"
    title: ClassVar[str] = "协助执行提醒函"
    label: ClassVar[str] = "协助执行提醒函"

    counted_at: Text = Field(title="截至时间")
    owed: tuple[OwedAnswer, ...] = Field(title="未反馈的请求", min_length=1)
    more: int = Field(0, title="另有多少件未列出", ge=0)
