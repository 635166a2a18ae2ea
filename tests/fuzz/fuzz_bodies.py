"""Random canonical bodies, drawn from the annotations of the model itself, so that new fields come in by themselves."""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any, Union, get_args, get_origin

from zhixing.gateway.domain import messages
from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.values import COURT_OFFSET, Amount, Coded, When
from zhixing.gateway.profiles.base import Encoded, Wire
from zhixing.gateway.wiredesk.readable import hints_of

WORDS = (
    "freeze renew release deduct seize done not_done deposit funds account CNY resident_id uscc in out ok inquiry control"
).split()
TEXTS = (
    "",
    "查无开户信息",
    "郑小北",
    "㐂·某",
    "(2026)冀0930执1号",
    "12.30",
    "2026-03-05",
    "a&<\"'>",
    " ",
    "０",
    "&#x3402;",
    "\u200b",
)
KINDS = [kind for kind in get_args(messages.Body) if kind is not messages.FilePackage]


def body_random(dice: Random) -> messages.Body:
    """Any body; often one that a format can say."""
    return _made(dice.choice(KINDS), dice, 0)


def message_sound(wire: Wire, dice: Random) -> bytes:
    """Bytes the format itself wrote; after many unsayable bodies, the simplest one it knows."""
    operations = list(getattr(wire, "operations", {})) or [""]
    for _ in range(30):
        body = body_random(dice)
        if wire.name == "bank-file-zip" and dice.random() < 0.7:
            body = _package(body, dice)
        made: Encoded = wire.encode(
            body, operation=dice.choice(["", *operations]) if dice.random() < 0.3 else ""
        )
        if made.content:
            return made.content
    for body in (messages.RequestList(), messages.AckList(), messages.InquiryFeedback()):
        if content := wire.encode(body).content:
            return content
    return b"<a/>"


def _package(body: messages.Body, dice: Random) -> messages.Body:
    kinds = {
        messages.RequestList: ("CXQQ", "QA", ""), messages.InquiryFeedback: ("CXFK", "QR", "000000000001"),
        messages.ControlFeedback: ("KZFK", "QR", "B1"), messages.RollbackList: ("CXFK", "QNA", ""),
        messages.DocumentList: ("CXQQ", "QI", ""), messages.CertificateList: ("KZQQ", "QC", ""),
    }  # fmt: skip
    found = kinds.get(type(body))
    if found is None:
        return body
    package, member, tail = found
    stem = f"C1010313000093001{dice.randrange(10**30):030d}"
    if isinstance(body, messages.RequestList) and body.kind is RequestKind.CONTROL:
        package = "KZQQ"
    if package == "KZFK" and member == "QNA":
        tail = "B1"
    name = f"{package}{stem}{'B1' if package == 'KZFK' else ''}.zip"
    held = messages.PackageMember(name=f"{member}{stem}{tail}.xml", body=body)
    return messages.FilePackage(name=name, members=(held,))


def _made(declared: Any, dice: Random, depth: int) -> Any:
    origin = get_origin(declared)
    if origin is tuple:
        count = 0 if depth > 4 else dice.choice((0, 1, 1, 1, 2, 3))
        return tuple(_made(get_args(declared)[0], dice, depth + 1) for _ in range(count))
    if origin in (Union, types.UnionType):
        return _made(dice.choice(get_args(declared)), dice, depth)
    if origin is dict:
        return {"ZDY": dice.choice(TEXTS)} if dice.random() < 0.1 else {}
    return _plain(declared, dice, depth)


def _plain(declared: Any, dice: Random, depth: int) -> Any:
    if declared is type(None):
        return None
    if declared is str:
        return dice.choice(TEXTS) if dice.random() < 0.5 else f"B{dice.randrange(10**9)}"
    if declared is bytes:
        return dice.randbytes(dice.randrange(40)) if dice.random() < 0.5 else b"%PDF-1.4 x"
    if declared in (int, bool):
        return declared(dice.randrange(3))
    if declared is Amount:
        return Amount.of(Decimal(dice.randrange(10**9)).scaleb(-2))
    if declared is When:
        return When.of(date(2026, 1, 1) + timedelta(days=dice.randrange(900)))
    if declared is Coded:
        return Coded.of(dice.choice(WORDS)) if dice.random() < 0.8 else Coded(code=str(dice.randrange(99)))
    if declared is datetime:
        return datetime(2026, 3, 5, tzinfo=COURT_OFFSET)
    if declared in (date, Decimal):
        return declared(1) if declared is Decimal else date(2026, 3, 5)
    if isinstance(declared, type) and issubclass(declared, StrEnum):
        return dice.choice(list(declared))
    if dataclasses.is_dataclass(declared) and isinstance(declared, type):
        return _object(declared, dice, depth)
    return None


def _object(cls: type, dice: Random, depth: int) -> Any:
    share = 0.7 if depth < 3 else 0.3
    held = {
        name: _made(kind, dice, depth + 1)
        for name, kind in hints_of(cls).items()
        if dice.random() < share or name in ("request_no", "requests", "results", "acks")
    }
    return cls(**held)
