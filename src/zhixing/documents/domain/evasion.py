"""规避执行线索材料: leads with ground and explanation. It accuses nobody."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from zhixing.documents.domain.fields import Day, Piece, Text
from zhixing.documents.domain.paper import CPL, Basis, Paper, Series


class LeadRow(Piece):
    """One lead."""

    code: Text = Field(title="编号")
    title: Text = Field(title="类型")
    sentence: Text = Field(title="情况")
    law: Text = Field(title="法律依据")
    evidence: tuple[Text, ...] = Field((), title="依据的记录")
    innocent: tuple[Text, ...] = Field((), title="应先核实的正当解释")


class EvasionLeads(Paper):
    """Annexed to the file, or handed to the applicant with the least content."""

    code: ClassVar[str] = "evasion_leads"
    title: ClassVar[str] = "规避执行线索材料"
    label: ClassVar[str] = "规避执行线索材料"
    series: ClassVar[Series] = Series.INTERNAL
    basis: ClassVar[tuple[Basis, ...]] = (Basis(act=CPL, articles=(114,)),)

    case_number: Text = Field(title="案号")
    for_applicant: bool = Field(False, title="提供申请执行人")
    searched_on: Day = Field(title="核对日期")
    rows: tuple[LeadRow, ...] = Field(title="线索", min_length=1)
