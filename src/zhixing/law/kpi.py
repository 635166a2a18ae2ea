"""Figures of management: a value never goes out without what was divided by what (KPI-01 to KPI-23, KPI-T1 to KPI-T4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, cast

from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.book import LawBook, book
from zhixing.law.reading import Reader
from zhixing.law.sheets import Sheet
from zhixing.law.steps import Step, steps_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhixing.law.schemas import Evidence, Indicator, Target

INDICATORS, COUNTS, TARGETS, RANKING = "kpi.indicators", "kpi.counts", "kpi.targets", "kpi.settings.ranking"
Count = int | Decimal
_STATUS = {"verified": "有据", "from-knowledge": "待核", "default": "本院设定"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiValue:
    """A value with both its parts.

    Attributes:
        value: ratio to four places, days and counts to two; None when the denominator is 0.
        scope, cut_off, version: stand next to the value wherever it is shown. cut_off is the last day counted.
        status: verified, from-knowledge or default (a formula that the court confirms).
        ranked: always False; the figures are for consultation.
    """

    code: str
    title: str
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal
    numerator_text: str
    denominator_text: str
    unit: str
    scope: str
    cut_off: date
    version: str
    status: str
    targets: tuple[str, ...]
    steps: tuple[Step, ...]
    notes: tuple[str, ...]
    book_hash: str
    ranked: bool = False

    @property
    def text(self) -> str:
        """The value as people read it: 82.35%, 96.40 天, — when nothing was counted."""
        if self.value is None:
            return "—"
        if self.unit == "ratio":
            return f"{self.value * 100:.2f}%"
        return f"{self.value:.2f}" + (" 天" if self.unit == "days" else "")

    def sheet(self) -> Sheet:
        """The sheet: value, parts, scope, cut-off, version."""
        return Sheet(
            kind="kpi",
            title=f"指标计算表：{self.title}",
            given=(("范围", self.scope), ("截止日", self.cut_off.isoformat()), ("版本", self.version)),
            results=(
                (f"分子：{self.numerator_text}", f"{self.numerator:f}"),
                (f"分母：{self.denominator_text}", f"{self.denominator:f}"),
                ("口径", _STATUS[self.status]),
                (self.title, self.text),
            ),
            steps=self.steps,
            notes=(*self.targets, *self.notes),
            book_hash=self.book_hash,
        )

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values; numbers as text."""
        return {
            "code": self.code,
            "title": self.title,
            "value": None if self.value is None else str(self.value),
            "text": self.text,
            "numerator": {"text": self.numerator_text, "value": str(self.numerator)},
            "denominator": {"text": self.denominator_text, "value": str(self.denominator)},
            "unit": self.unit,
            "scope": self.scope,
            "cut_off": self.cut_off.isoformat(),
            "version": self.version,
            "status": self.status,
            "ranked": self.ranked,
            "targets": list(self.targets),
            "steps": steps_printed(self.steps, law_book or book()),
            "notes": list(self.notes),
            "book_hash": self.book_hash,
        }


def kpi_value(
    code: str,
    counts: Mapping[str, Count],
    *,
    cut_off: date,
    rank: bool = False,
    law_book: LawBook | None = None,
) -> KpiValue:
    """One figure from its counts.

    Args:
        counts: whole numbers or Decimal by the codes of ``kpi.counts``; those the formula does not name are ignored.
        cut_off: last day counted; the formula is that of this day.
        rank: the value is wanted for a ranking of courts or judges.

    Raises:
        UnknownRule, NoRuleInForce: no such figure, or not yet.
        InvalidInput: a count is missing, negative or a float; or a ranking is asked for where it is forbidden.
    """
    law_book = law_book or book()
    rules = law_book.at(cut_off)
    row = cast("Indicator", rules.row(INDICATORS, code))
    titles = {c.code: c.title for c in cast("tuple[Evidence, ...]", rules.rows(COUNTS))}
    problems = _count_problems(row, counts, titles)
    if rank:
        problems += ranking_problems(cut_off, law_book)
    if problems:
        raise InvalidInput(problems)
    numerator, denominator = _sum(row.numerator, counts), _sum(row.denominator, counts)
    places = Decimal("0.0001") if row.unit == "ratio" else Decimal("0.01")
    value = (numerator / denominator).quantize(places, ROUND_HALF_UP) if denominator else None
    above, below = _words(row.numerator, titles), _words(row.denominator, titles)
    targets = cast("tuple[Target, ...]", rules.rows(TARGETS))
    notes = [row.detail] if row.detail else []
    if value is None:
        notes.append("分母为零，不计算。")
    elif row.unit == "ratio" and value > 1:
        notes.append("数值超过百分之百，请核对计数。")
    return KpiValue(
        code=code,
        title=row.title,
        value=value,
        numerator=numerator,
        denominator=denominator,
        numerator_text=above,
        denominator_text=below,
        unit=row.unit,
        scope=row.scope,
        cut_off=cut_off,
        version=row.version,
        status=row.status,
        targets=tuple(_target(t) for t in targets if t.indicator == code and t.least is not None),
        steps=(
            Step(
                text=f"{row.title}＝{above}÷{below}＝{numerator:f}÷{denominator:f}",
                value="" if value is None else str(value),
                law=row.source,
            ),
        ),
        notes=(*notes, "本指标用于分析会商，不用于排名。"),
        book_hash=law_book.hash,
    )


def kpi_read(
    given: Mapping[str, object], law_book: LawBook | None = None
) -> tuple[str, dict[str, Count], date]:
    """Read ``{"code", "cut_off", "counts": {"closed": 120, "realised": "1000.00"}}``.

    Raises:
        InvalidInput: with every fault.
    """
    law_book = law_book or book()
    reader = Reader(given, allowed={"code", "cut_off", "counts"})
    rows = cast("tuple[Indicator, ...]", law_book.all_rows(INDICATORS))
    code = reader.choice("code", {row.code: row.title for row in rows})
    first = min(row.since for row in rows)
    cut_off = reader.day("cut_off", required=True) or first
    if cut_off < first:
        reader.fault(
            "cut_off", "input.before_law", f"{cut_off} 早于指标口径，", f"请填写 {first} 及以后的日期。"
        )
    known = {row.code for row in law_book.all_rows(COUNTS)}
    part = reader.part("counts", allowed=known)
    counts: dict[str, Count] = {name: part.amount(name) for name in sorted(known) if part.has(name)}
    reader.finish()
    return code, counts, cut_off


def ranking_problems(on: date, law_book: LawBook | None = None) -> list[Problem]:
    """The sentence that refuses a ranking; empty on days when rankings were not yet forbidden."""
    entry = (law_book or book()).at(on).entry(RANKING)
    if entry.value:
        return []
    return [
        Problem(
            code="kpi.ranking",
            sentence="质效指标不得用于对法院、法官排名或者通报排名，",
            mend="请按单个法院查看数值和参考区间，用于分析会商。",
            law=entry.source[0],
            field="rank",
        )
    ]


def _count_problems(row: Indicator, counts: Mapping[str, Count], titles: Mapping[str, str]) -> list[Problem]:
    problems: list[Problem] = []
    for code in dict.fromkeys(name.lstrip("-") for name in (*row.numerator, *row.denominator)):
        came: object = counts.get(code)
        title = titles.get(code, code)
        if came is None:
            sentence, mend = f"没有填写“{title}”，", "请补充。"
        elif isinstance(came, bool) or not isinstance(came, (int, Decimal)):
            sentence, mend = f"“{title}”填写的 {came} 不是可靠的数字写法，", "请填写整数，金额写成文字。"
        elif came < 0:
            sentence, mend = f"“{title}”是负数 {came}，", "请填写不小于零的数。"
        else:
            continue
        problems.append(Problem(code="kpi.count", sentence=sentence, mend=mend, field=f"counts.{code}"))
    return problems


def _sum(names: tuple[str, ...], counts: Mapping[str, Count]) -> Decimal:
    signed = (-counts[name[1:]] if name.startswith("-") else counts[name] for name in names)
    return Decimal(sum(signed, Decimal(0)))


def _words(names: tuple[str, ...], titles: Mapping[str, str]) -> str:
    parts = [(" － " if name.startswith("-") else " ＋ ") + titles[name.lstrip("-")] for name in names]
    return "".join(parts).removeprefix(" ＋ ")


def _target(target: Target) -> str:
    return f"曾公布的目标：{target.title}不低于 {(target.least or Decimal(0)) * 100:f}%"
