"""From one effective act to what parties may know. Runs in the act's transaction; the rebuild replays the journal."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from zhixing.acts.kinds import Act, ActContext, Audience
from zhixing.acts.models import Entry, EntryKind
from zhixing.acts.registry import act as act_of
from zhixing.disclosure.models import DisclosureItem, ItemAudience, Release
from zhixing.disclosure.rules import ALSO, CLOSE, PACKET_OPENED, PACKET_SEALED, RECEIPT, RULES
from zhixing.gateway.models import Order

_AT_ONCE = {
    Audience.APPLICANT: ItemAudience.APPLICANT,
    Audience.PARTIES: ItemAudience.PARTIES,
    Audience.PUBLIC: ItemAudience.PUBLIC,
}
# The only fields looked at; all are references. None is ever a sensitive (sealed) one.
_REFERENCES = ("request", "packet", "order", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An effective act as the derivation reads it. refs: of its fields only the references."""

    code: str
    audience: str
    text: str
    case_id: int
    court_key: int
    seq: int
    moment: datetime
    draft: str
    refs: Mapping[str, str]
    result: Mapping[str, Any]


def disclosure_derive(act: Act, ctx: ActContext, seq: int, result: dict[str, Any]) -> None:
    """Listener of the mechanism: after the journal entry, before commit."""
    if ctx.case is None:
        return
    fields = ctx.fields.model_dump(include=set(_REFERENCES)) if ctx.fields is not None else {}
    items_write(
        Event(
            code=act.code,
            audience=act.audience,
            text=act.plain,
            case_id=ctx.case.pk,
            court_key=ctx.court_key or ctx.case.court_key,
            seq=seq,
            moment=ctx.moment,
            draft=str(ctx.draft_id),
            refs=_refs(fields),
            result=result,
        )
    )


def items_write(event: Event) -> None:
    """Write the items of an act and release what it lets go."""
    rows = _items_of(event)
    if rows:
        DisclosureItem.objects.bulk_create(rows, ignore_conflicts=True)
    match event.code:
        case code if code == PACKET_SEALED:
            _link(event, group=event.refs.get("request", ""), key=str(event.result.get("packet", "")))
        case code if code == PACKET_OPENED:
            _waiting(event).filter(
                release=Release.PACKET_OPENED, seen__contains=[event.refs.get("packet", "")]
            ).update(visible_at=event.moment)
        case code if code == RECEIPT:
            _receipt_arrived(event)
        case code if code == CLOSE:
            _waiting(event).update(visible_at=event.moment)


def items_rebuild(*, case_id: int | None = None) -> int:
    """Throw the items in scope away and derive them again from the journal. Returns the number of entries read."""
    rows = Entry.objects.filter(kind=EntryKind.EFFECT, chain__gt=0).order_by("chain", "seq")
    if case_id is not None:
        rows = rows.filter(chain=case_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM disclosure_item WHERE %(case)s::bigint IS NULL OR case_id = %(case)s",
            {"case": case_id},
        )
    count = 0
    for entry in rows.iterator(chunk_size=2000):
        items_write(_event_of(entry))
        count += 1
    return count


def _event_of(entry: Entry) -> Event:
    body = json.loads(entry.body)
    return Event(
        code=entry.code,
        audience=entry.audience,
        text=_plain(entry.code),
        case_id=entry.chain,
        court_key=entry.court_key,
        seq=entry.seq,
        moment=entry.moment,
        draft=body.get("draft", ""),
        refs=_refs(body.get("fields", {})),
        result=body.get("result", {}),
    )


def _plain(code: str) -> str:
    try:
        return act_of(code).plain
    except KeyError:
        # An act kind that a later version dropped still stands in old journals; it has nothing to tell any more.
        return ""


def _refs(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(fields[name]) for name in _REFERENCES if fields.get(name) is not None}


def _items_of(event: Event) -> list[DisclosureItem]:
    if not event.text:
        return []
    if event.audience == Audience.AFTER_MEASURE:
        told = [(rule.audience, rule.release) for rule in RULES if rule.code == event.code]
        return [
            _item(event, audience, release)
            for audience, release in told or [(ItemAudience.PARTIES, Release.CLOSED)]
        ]
    audience = _AT_ONCE.get(Audience(event.audience))
    if audience is None:
        return []
    rows = [_item(event, audience, Release.AT_ONCE)]
    for also in ALSO:
        if also.code == event.code and "party" in event.refs:
            rows.append(
                _item(
                    event, also.audience, Release.AT_ONCE, text=also.text, party_id=int(event.refs["party"])
                )
            )
    return rows


def _item(
    event: Event, audience: str, release: str, *, text: str = "", party_id: int | None = None
) -> DisclosureItem:
    is_control = release == Release.RECEIPTS_COMPLETE and event.code != RECEIPT
    return DisclosureItem(
        case_id=event.case_id,
        court_key=event.court_key,
        seq=event.seq,
        code=event.code,
        audience=audience,
        party_id=party_id,
        text=text or event.text,
        happened_at=event.moment,
        release=release,
        group=_group(event, release),
        expected=int(event.result.get("orders", 0)) if is_control else None,
        visible_at=event.moment if release == Release.AT_ONCE else None,
    )


def _group(event: Event, release: str) -> str:
    if release == Release.PACKET_OPENED:
        return str(event.refs.get("request") or event.result.get("request", ""))
    if release == Release.RECEIPTS_COMPLETE:
        return _act_of_order(event) if event.code == RECEIPT else event.draft
    return ""


def _act_of_order(event: Event) -> str:
    """Which control act gave the order that a receipt answers."""
    return str(
        Order.objects.filter(pk=uuid.UUID(event.refs["order"])).values_list("reference", flat=True).first()
        or ""
    )


def _waiting(event: Event) -> Any:
    return DisclosureItem.objects.filter(case_id=event.case_id, visible_at=None)


def _link(event: Event, *, group: str, key: str) -> None:
    if not group or not key:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE disclosure_item SET seen = array_append(seen, %(key)s) WHERE case_id = %(case)s AND "group" = %(group)s'
            " AND NOT %(key)s = ANY (seen)",
            {"key": key, "case": event.case_id, "group": group},
        )


def _receipt_arrived(event: Event) -> None:
    """The last receipt of a control act lets the act, its receipts and the inquiries before it be told."""
    group = _act_of_order(event)
    _link(event, group=group, key=event.refs["order"])
    done = DisclosureItem.objects.filter(
        case_id=event.case_id, group=group, expected__isnull=False, seen__len__gte=F("expected")
    ).exists()
    if not done:
        return
    _waiting(event).filter(group=group).update(visible_at=event.moment)
    _waiting(event).filter(release=Release.MEASURES_DONE, seq__lt=event.seq).update(visible_at=event.moment)
