"""The fields of a waiting act in words: names for ids, titles for codes, money with separators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.acts.forms import CHOICE_WORDS
from zhixing.acts.kinds import ActContext
from zhixing.cases.models import Identifier, Party
from zhixing.control.models import Measure
from zhixing.control.targets import facts_of
from zhixing.funds.models import Purpose
from zhixing.gateway.models import Agency
from zhixing.inquiry.models import Request, Urgency
from zhixing.inquiry.release_page import masked
from zhixing.inquiry.slices import slices_of
from zhixing.platform.crypto import unseal_text
from zhixing.ui.format import yuan_text

# Identity numbers first, then what leads to accounts; the rest as it was entered.
_STRENGTH = {
    kind: no
    for no, kind in enumerate(("resident_id", "uscc", "passport", "mobile", "bank_account", "landline"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One label with its value."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing the act concerns, with its amount when it has one."""

    what: str
    amount: Decimal | None = None


def facts_of_act(ctx: ActContext) -> tuple[list[Fact], list[Line]]:
    """Facts in the order of the act's fields, and the list of things it concerns."""
    facts, lines = [], []
    for name, info in type(ctx.fields).model_fields.items():
        value = getattr(ctx.fields, name)
        if value in (None, "", [], False):
            continue
        if name in _LINES:
            lines += _LINES[name](ctx, value)
            continue
        text = _NAMED[name](ctx, value) if name in _NAMED else _plain(value)
        facts.append(
            Fact(
                label=(info.title or name).removesuffix("（元）"),
                value=text,
                strong=isinstance(value, Decimal),
            )
        )
    return facts, lines


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return f"{yuan_text(value)} 元"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, list | tuple):
        return f"{len(value)} 项"
    return CHOICE_WORDS.get(str(value), str(value))


def _party(ctx: ActContext, value: int) -> str:
    return Party.objects.filter(pk=value).values_list("name", flat=True).first() or "—"


def _menu(ctx: ActContext, value: list[str]) -> str:
    rows = {row.code: row.title for row in ctx.book.at(ctx.today).rows("inquiry.menu")}
    return "、".join(rows.get(code, code) for code in value)


def _identifiers(ctx: ActContext, value: list[int]) -> str:
    rows = Identifier.objects.filter(pk__in=value, case=ctx.case).order_by("pk").values_list("kind", "masked")
    return "、".join(
        masked for _, masked in sorted(rows, key=lambda row: _STRENGTH.get(row[0], len(_STRENGTH)))
    )


def _purpose(ctx: ActContext, value: str) -> str:
    return Purpose(value).label if value in Purpose.values else value


def _mode(ctx: ActContext, value: str) -> str:
    return {"performed": "执行完毕"}.get(value, value)


def _agencies(ctx: ActContext, value: list[str]) -> str:
    """Institutions by name; in a repeat with why each is asked again."""
    request = getattr(ctx.fields, "request", None)
    why = {
        row.agency.code: row.reason or "超过时限未反馈"
        for row in (slices_of([request], moment=ctx.moment).get(request, []) if request else [])
    }
    rows = Agency.objects.filter(pk__in=value).order_by("name").values_list("pk", "name")
    return "、".join(f"{name}（{why[pk]}）" if pk in why else name for pk, name in rows)


def _agency(ctx: ActContext, value: str) -> str:
    return Agency.objects.filter(pk=value).values_list("name", flat=True).first() or value


def _inquiry(ctx: ActContext, value: Any) -> str:
    """An inquiry by whom it asks about, masked: officers decide on it."""
    row = Request.objects.filter(pk=value).select_related("party", "batch").first()
    return f"{masked(row.party)}，第 {row.batch.no} 批" if row and row.batch else str(value)


def _month(ctx: ActContext, value: date) -> str:
    return f"{value.year}年{value.month}月"


def _urgency(ctx: ActContext, value: str) -> str:
    return str(Urgency(value).label)


def _titled(agency: str, label: str) -> str:
    """Agency and thing; most labels name their agency already, and it is not said twice."""
    return label if label.startswith(agency) else f"{agency}　{label}"


def _targets(ctx: ActContext, value: list[Any]) -> list[Line]:
    known = facts_of([target.finding for target in value])
    return [
        Line(what=_titled(known[t.finding].agency_name, known[t.finding].label), amount=t.amount)
        for t in value if t.finding in known
    ]  # fmt: skip


def _measures(ctx: ActContext, value: list[Any]) -> list[Line]:
    """Measures by id, or rows that name a measure and an amount."""
    asked = {getattr(item, "measure", item): getattr(item, "amount", None) for item in value}
    rows = Measure.objects.filter(pk__in=asked, case=ctx.case).order_by("ordered_at", "pk")
    return [
        Line(
            what=_titled(m.agency_name, unseal_text(m.subject, m.label_sealed)),
            amount=asked[m.pk] or m.controlled or m.limit,
        )
        for m in rows
    ]


_NAMED: dict[str, Callable[[ActContext, Any], str]] = {
    "party": _party, "payee": _party, "menu": _menu, "identifiers": _identifiers, "purpose": _purpose, "mode": _mode,
    "agencies": _agencies, "agency": _agency, "request": _inquiry, "month": _month, "urgency": _urgency,
}  # fmt: skip
_LINES: dict[str, Callable[[ActContext, Any], list[Line]]] = {
    "targets": _targets, "items": _measures, "measures": _measures,
}  # fmt: skip
