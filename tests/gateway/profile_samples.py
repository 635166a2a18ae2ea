"""Samples for the codec tests: messages wrapped by hand, and canonical objects with every field filled."""

from __future__ import annotations

import base64
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from zhixing.gateway.domain.canonical import AckResult
from zhixing.gateway.domain.values import COURT_OFFSET, Amount, When
from zhixing.gateway.profiles import converters
from zhixing.gateway.profiles.bank_soap_gbk.profile import BankSoapGbk
from zhixing.gateway.profiles.fields import Field, Record
from zhixing.gateway.profiles.realty_soap_utf8.profile import RealtySoapUtf8

PDF = b"%PDF-1.7 invented"


def b64(text: str | bytes, charset: str = "gbk") -> str:
    """Base64 the long way, apart from the code under test."""
    return base64.b64encode(text if isinstance(text, bytes) else text.encode(charset)).decode()


def attributes(**values: str) -> str:
    """Attributes of a bank row."""
    return "".join(f' {name}="{b64(value)}"' for name, value in values.items())


def whole(xml: str) -> str:
    """A bank or registry message as it goes into a parameter."""
    return b64('<?xml version="1.0" encoding="UTF-8"?>' + xml, "utf-8")


def soap(operation: str, namespace: str = "http://syyh.service.webService.ckw.tdh/", **texts: str) -> bytes:
    """A SOAP 1.1 call by hand."""
    arguments = "".join(f"<{name}>{text}</{name}>" for name, text in texts.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>'
        f'<n:{operation} xmlns:n="{namespace}">{arguments}</n:{operation}></S:Body></S:Envelope>'
    ).encode()


BANK_MARKER = whole(f"<usermarker><condition{attributes(username='YH001', password='pw')}/></usermarker>")
REALTY_MARKER = whole(
    f"<USERMARKER><CONDITION><USERNAME>{b64('BDC01', 'utf-8')}</USERNAME>"
    f"<PASSWORD>{b64('pw', 'utf-8')}</PASSWORD></CONDITION></USERMARKER>"
)


def bank_call(operation: str, arg1: str | None = None) -> bytes:
    """A bank call; ``arg1`` as it stands."""
    texts = {"arg0": BANK_MARKER} | ({} if arg1 is None else {"arg1": arg1})
    return soap(operation, **texts)


def realty_call(operation: str, **texts: str) -> bytes:
    """A registry call."""
    return soap(operation, "http://ip.service.webService.ckw.tdh", usermarker=REALTY_MARKER, **texts)


def bank_feed(operation: str, xml: str) -> Any:
    """What the court reads of a bank's feedback given as inner XML."""
    return BankSoapGbk().parse_call(bank_call(operation, whole(xml)))


def realty_feed(operation: str, xml: str) -> Any:
    """What the court reads of a registry's feedback given as inner XML."""
    return RealtySoapUtf8().parse_call(realty_call(operation, feedbackinfo=whole(xml)))


def sample(item: Field, number: int, text: str = "") -> Any:
    """A value for one field, different for each number, in a form its format writes."""
    converter = item.converter
    if isinstance(converter, converters.Number):
        return Amount(raw=f"{number}.50", value=Decimal(f"{number}.50"))
    if isinstance(converter, converters.Moment):
        if number % 2:
            return When(raw=f"2026/03/{number % 28 + 1:02}", value=date(2026, 3, number % 28 + 1))
        moment = datetime(2026, 3, number % 28 + 1, 9, 30, 5, tzinfo=COURT_OFFSET)
        return When(raw=f"2026-03-{number % 28 + 1:02} 09:30:05", value=moment)
    if isinstance(converter, converters.Code):
        entries = list(converter.table.entries) or ["X"]
        return converter.table.read(entries[number % len(entries)])
    if isinstance(converter, converters.Paper):
        return PDF + bytes([number])
    if isinstance(converter, converters.AckCode):
        return AckResult.SUCCESS if number % 2 else AckResult.FAIL
    if isinstance(converter, converters.Key):
        return f"K{number:04}"
    return text or f"文{number} a&<\"'>"


def filled(record: Record, *, only: str = "", features: frozenset[str] | None = None, text: str = "") -> Any:
    """A canonical object with every field of the table (or one) and one row in every list."""
    held: dict[str, dict[str, Any]] = {"": {}}

    def put(path: str, value: Any) -> None:
        part, _, name = path.rpartition(".")
        held.setdefault(part, {})[name] = value

    for number, item in enumerate(record.fields, start=1):
        is_known = features is None or not item.feature or item.feature in features
        if (not only or item.code == only or item.need == "must") and is_known:
            put(item.path, sample(item, number, text))
    for child in record.children:
        if not only:
            part, _, name = child.path.rpartition(".")
            rows = held.setdefault(part, {}).get(name, ())
            put(child.path, (*rows, filled(child.record, features=features, text=text)))
    for path, value in record.fixed.items():
        put(path, value)
    for path, (cls, is_optional) in sorted(record.parts.items(), key=lambda pair: -pair[0].count(".")):
        values = held.pop(path, None)
        if not values and is_optional:
            continue
        made = cls(**values or {})
        part, _, name = path.rpartition(".")
        if name.isdigit():
            put(part, (made,))
        else:
            put(path, made)
    return record.cls(**held[""])
