"""A calculation sheet (计算书): what a rule of the law book made of what was given. It carries no seal and no number."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from zhixing.documents.domain.fields import Piece


class Pair(Piece):
    """One line of what was given or of what came out."""

    label: str
    text: str


class Grid(Piece):
    """A table; `numeric`: positions of columns set to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


class Line(Piece):
    """One step of the calculation with its sources."""

    text: str
    value: str = ""
    law: str = ""


class Article(Piece):
    """An article of an act; gist: what it says, in one sentence."""

    article: str = ""
    gist: str = ""


class Act(Piece):
    """An act as it is listed at the end, with the articles that were used."""

    title: str
    number: str = ""
    articles: tuple[Article, ...] = ()


class CalculationSheet(Piece):
    """What is printed. Texts only: the rule has computed already."""

    code: ClassVar[str] = "calculation_sheet"

    title: str = Field(title="标题", min_length=1)
    issuer: str = Field(title="制作者", description="法院名称；公开工具为系统名称")
    mark: str = Field(title="用途", description="附卷使用，或者仅供参考")
    made_at: str = Field(title="计算时间", description="法院所在地时间")
    book_hash: str = Field(title="规则库指纹")
    given: tuple[Pair, ...] = Field((), title="已知")
    results: tuple[Pair, ...] = Field((), title="结果", description="主要结果在最后")
    grids: tuple[Grid, ...] = Field((), title="明细表")
    lines: tuple[Line, ...] = Field((), title="算法")
    sources: tuple[Act, ...] = Field((), title="依据")
    notes: tuple[str, ...] = Field((), title="说明")
    warnings: tuple[str, ...] = Field((), title="提示")

    def print_data(self) -> dict[str, Any]:
        """Everything that the template prints, as JSON values."""
        return self.model_dump(mode="json")
