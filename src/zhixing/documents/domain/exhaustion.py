"""网络财产查询清单: which agencies were asked about each debtor, what came, what is missing."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from zhixing.documents.domain.fields import Piece, Text
from zhixing.documents.domain.paper import INVESTIGATION_RULES, Basis, Paper, Series


class ExhaustionRow(Piece):
    """One debtor, source and agency."""

    debtor: Text = Field(title="被执行人")
    source: Text = Field(title="查询事项")
    agency: Text | None = Field(None, title="单位", description="没有接入单位的不填")
    request_nos: tuple[Text, ...] = Field((), title="请求单号", description="含重发")
    asked_at: Text | None = Field(None, title="查询时间")
    answered_at: Text | None = Field(None, title="反馈时间")
    answer: Text = Field(title="结果类别")
    is_gap: bool = Field(title="缺口")
    is_asked: bool = Field(title="已查询")


class ExhaustionList(Paper):
    """Goes into the file before 终本. It tells classes of answers, never what was found."""

    code: ClassVar[str] = "exhaustion_list"
    title: ClassVar[str] = "网络财产查询清单"
    label: ClassVar[str] = "网络财产查询清单"
    series: ClassVar[Series] = Series.INTERNAL
    basis: ClassVar[tuple[Basis, ...]] = (Basis(act=INVESTIGATION_RULES, articles=(1,)),)
    attaches: ClassVar[bool] = True

    case_number: Text = Field(title="案号")
    cut_off: Text = Field(title="截止时间")
    debtors: tuple[Text, ...] = Field(title="被执行人", min_length=1)
    rows: tuple[ExhaustionRow, ...] = Field(title="明细", min_length=1)
    digest: Text = Field(title="数据摘要", description="sha256")
    attachment: str = Field(title="附件数据", description="JSON，嵌入本文书")

    def derived(self) -> dict[str, Any]:
        """How many lines, settled ones and gaps."""
        gaps = sum(row.is_gap for row in self.rows)
        return super().derived() | {
            "settled": len(self.rows) - gaps,
            "gaps": gaps,
            "unasked": sum(not row.is_asked for row in self.rows),
        }
