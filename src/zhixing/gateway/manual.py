"""Paper answers: which orders wait for one, what a clerk is asked to type, and how it becomes a message."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhixing.gateway.desk import handed_mark
from zhixing.gateway.domain.assets import AssetKind
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.hooks import papers_of
from zhixing.gateway.inbox import LIMITS, OPEN_STATES
from zhixing.gateway.models import Agency, AgencyKind, Order, OrderKind
from zhixing.gateway.outbound import sent_record
from zhixing.gateway.outbox import order_content
from zhixing.gateway.pace import orders_take
from zhixing.gateway.profiles.base import Decoded, Operation, OperationKind
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import dumped
from zhixing.gateway.profiles.zhixing_rest_json.shapes import DETAILS, Form, slots_of
from zhixing.gateway.profiles.zhixing_rest_json.titles import TITLES

NAME = "manual"
MOST_ASSETS = 20
SHOWN = 200
# Which operation of the JSON format a paper answer stands for.
OPERATIONS = {OrderKind.INQUIRY: "feedback-inquiries", OrderKind.CONTROL: "feedback-controls"}
ASSET_OF: Mapping[str, AssetKind] = {
    AgencyKind.BANK: AssetKind.DEPOSIT,
    AgencyKind.FUND_BANK: AssetKind.DEPOSIT,
    AgencyKind.REALTY: AssetKind.REAL_ESTATE,
    AgencyKind.VEHICLE: AssetKind.VEHICLE,
    AgencyKind.SECURITIES: AssetKind.SECURITIES,
    AgencyKind.INSURANCE: AssetKind.INSURANCE,
    AgencyKind.PAYMENT: AssetKind.PAYMENT,
    AgencyKind.HOUSING_FUND: AssetKind.HOUSING_FUND,
}
_ASKED = (Form.TEXT, Form.AMOUNT, Form.WHEN)
_HINTS = {Form.AMOUNT: "如 1234.56", Form.WHEN: "如 2026-03-05"}
_KINDS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One field of the form."""

    name: str
    title: str
    hint: str = ""
    value: str = ""


def orders_waiting() -> list[Order]:
    """Orders of the caller's courts to agencies without an interface that wait for their paper; oldest first."""
    return list(
        Order.objects.filter(agency__profile=NAME, state__in=OPEN_STATES, repeats=None)
        .select_related("agency")
        .order_by("-is_urgent", "queued_at")[:SHOWN]
    )


def order_waiting(request_no: str) -> Order | None:
    """One of them by its number."""
    return (
        Order.objects.filter(agency__profile=NAME, state__in=OPEN_STATES, request_no=request_no)
        .select_related("agency")
        .first()
    )


def order_hand_over(order: Order, *, moment: datetime) -> bool:
    """Note that the papers of an order were taken to the agency; False when they were before, or may not go now."""
    taken = orders_take(order.agency, order.kind, moment=moment)
    if order.pk not in {row.pk for row in taken}:
        return False
    handed_mark(order, moment=moment)
    sent_record(order.agency, NAME, "paper", [order.request_no], papers_packed(order), moment=moment)
    return True


def papers_packed(order: Order) -> bytes:
    """The sealed papers of an order as one ZIP; the same order gives the same bytes."""
    held = papers_of(order.documents)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for no, pk in enumerate(order.documents, start=1):
            if pk in held:
                pack.writestr(zipfile.ZipInfo(f"{no:02d}-{held[pk].title}.pdf"), held[pk].content)
    return out.getvalue()


def scan_kind(content: bytes) -> str:
    """Media type of a scan by its first bytes; "" when it is none that can be shown beside the form."""
    return next((kind for start, kind in _KINDS.items() if content.startswith(start)), "")


def asset_fields(agency: Agency, number: int, values: Mapping[str, Any]) -> list[Asked]:
    """What is asked about one piece of property, in the words of the interface document."""
    kind = ASSET_OF.get(agency.kind)
    slots = slots_of(DETAILS[kind]) if kind else ()
    return [
        Asked(
            name=f"asset-{number}-{slot.name}",
            title=TITLES.get(slot.name, slot.name),
            hint=_HINTS.get(slot.form, ""),
            value=str(values.get(f"asset-{number}-{slot.name}", "")),
        )
        for slot in slots
        if slot.form in _ASKED
    ]


def told_of(order: Order, values: Mapping[str, str], *, scan: str, moment: datetime) -> bytes:
    """The message that the typed values make, as it is kept. Nothing is judged here."""
    day = {"responded_at": values.get("responded_at", "").strip()} if values.get("responded_at") else {}
    head = {"request_no": order.request_no, "paper": scan}
    if order.kind == OrderKind.INQUIRY:
        outcome = values.get("outcome", "")
        result: dict[str, Any] = head | {"outcome": outcome, "note": values.get("note", "").strip()} | day
        assets = _assets(order.agency, values) if outcome == "found" else []
        told: dict[str, Any] = {"type": "inquiry_feedback", "results": [result | {"assets": assets}]}
    else:
        items = [
            head | {"item_seq": item.seq} | _filled(values, f"item-{item.seq}-")
            for item in order_content(order).items
        ]
        told = {"type": "control_feedback", "results": items}
    return dumped(told)


def answer_read(order: Order, raw: bytes) -> Decoded:
    """Read a typed answer as any other message."""
    return wire_get(NAME).decode(raw, operation=OPERATIONS[OrderKind(order.kind)], limits=LIMITS)


def operation_of(order: Order) -> Operation:
    """The operation under which a paper answer is kept."""
    kind = OperationKind.FEED_INQUIRY if order.kind == OrderKind.INQUIRY else OperationKind.FEED_CONTROL
    return Operation(name=OPERATIONS[OrderKind(order.kind)], kind=kind, parameters=(), summary="书面反馈")


def lines_of(told: Any, title: str = "") -> list[tuple[str, str]]:
    """What was typed, line by line in plain words, for the one who compares it with the paper."""
    if isinstance(told, dict):
        rows = (
            (TITLES.get(name, name), held) for name, held in told.items() if name not in ("type", "paper")
        )
        return [line for name, held in rows for line in lines_of(held, f"{title}　{name}".strip("　"))]
    if isinstance(told, list):
        several = len(told) > 1
        return [
            line
            for no, row in enumerate(told, start=1)
            for line in lines_of(row, f"{title} {no}" if several else title)
        ]
    return [(title, str(told))] if told not in ("", None) else []


def sentences(problems: Sequence[WireProblem]) -> list[str]:
    """Problems as a clerk reads them: the field by its title, without paths."""
    found = []
    for problem in problems:
        name = problem.where.rpartition("/")[2]
        found.append(f"{TITLES.get(name, name or '反馈')}：{problem.expected}；请改正后再提交。")
    return list(dict.fromkeys(found))


def order_by_id(pk: uuid.UUID) -> Order | None:
    """An order to an agency without an interface, in whatever state."""
    return Order.objects.filter(pk=pk, agency__profile=NAME).select_related("agency").first()


def _assets(agency: Agency, values: Mapping[str, str]) -> list[dict[str, Any]]:
    kind = ASSET_OF.get(agency.kind)
    if kind is None:
        return []
    assets = []
    for number in range(1, MOST_ASSETS + 1):
        detail = _filled(values, f"asset-{number}-")
        measure = _filled(values, f"measure-{number}-")
        if detail:
            asset = {"kind": str(kind), "seq": str(number), "detail": detail}
            assets.append(asset | ({"measures": [{"seq": "1"} | measure]} if measure else {}))
    return assets


def _filled(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): text.strip()
        for name, text in values.items()
        if name.startswith(prefix) and text.strip()
    }
