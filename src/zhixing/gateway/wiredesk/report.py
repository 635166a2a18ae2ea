"""What a message is, in one report for the shell, for JSON and for the page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.base import Decoded, Encoded
from zhixing.gateway.profiles.registry import wire_get
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.gateway.wiredesk import masking
from zhixing.gateway.wiredesk.labels import body_label, label_of
from zhixing.gateway.wiredesk.peel import Layer, Peeler
from zhixing.gateway.wiredesk.readable import Unreadable, body_read, body_written, default_of
from zhixing.gateway.wiredesk.tables import operation_summary

MOST_BYTES = 32 * 1024 * 1024
_MOST_FIELDS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One field: canonical path, Chinese word, value as text (masked unless asked for)."""

    path: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything the desk can say about one message."""

    profile: str
    dialect: str
    operation: str
    summary: str
    is_reply: bool
    kind: str
    size: int
    sha256: str
    is_masked: bool
    request_numbers: tuple[str, ...]
    problems: tuple[WireProblem, ...]
    layers: tuple[Layer, ...]
    fields: tuple[FieldRow, ...]
    decoded: Decoded

    @property
    def is_usable(self) -> bool:
        """Whether the message could take effect."""
        return self.decoded.body is not None

    def as_json(self) -> dict[str, Any]:
        """For ``--json``; ``message`` goes back into `message_encode` and is left out while masked."""
        told: dict[str, Any] = {
            "profile": self.profile,
            "dialect": self.dialect,
            "operation": self.operation,
            "is_reply": self.is_reply,
            "kind": self.kind,
            "size": self.size,
            "sha256": self.sha256,
            "is_usable": self.is_usable,
            "is_masked": self.is_masked,
            "request_numbers": list(self.request_numbers),
            "problems": [asdict(item) | {"sentence": item.sentence} for item in self.problems],
            "layers": [asdict(item) for item in self.layers],
            "fields": [asdict(item) for item in self.fields],
        }
        if self.decoded.body is not None and not self.is_masked:
            named = {"profile": self.profile, "dialect": self.dialect, "operation": self.operation}
            told["message"] = named | body_written(self.decoded.body)
        return told


def message_look(
    raw: bytes,
    *,
    profile: str,
    dialect: str = "",
    operation: str = "",
    clear: bool = False,
    most_bytes: int = MOST_BYTES,
) -> Report:
    """Look into a message. Never raises for what came. Raises UnknownProfile for a format nobody knows."""
    wire = wire_get(profile, dialect)
    limits = Limits(max_bytes=most_bytes)
    decoded = wire.decode(raw, operation=operation, limits=limits)
    names = frozenset(_names_in(decoded.body)) if not clear else frozenset[str]()
    return Report(
        profile=wire.name,
        dialect=wire.dialect.name,
        operation=decoded.operation,
        summary=operation_summary(wire, decoded.operation),
        is_reply=decoded.is_reply,
        kind=body_label(type(decoded.body).__name__) if decoded.body is not None else "",
        size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(),
        is_masked=not clear,
        request_numbers=decoded.request_numbers,
        problems=decoded.problems,
        layers=tuple(Peeler(charset=wire.charset, limits=limits, clear=clear).peel(raw)),
        fields=tuple(_rows(decoded.body, clear=clear, names=names)),
        decoded=decoded,
    )


def message_encode(
    text: str | bytes, *, profile: str = "", dialect: str = "", operation: str = ""
) -> Encoded:
    """Bytes of a message written as JSON (see `readable`), or of what ``decode --json --clear`` printed.

    What is given by argument goes before what the JSON says. Raises Unreadable, UnknownProfile.
    """
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = (
            f"第 {error.lineno} 行第 {error.colno} 列出错"
            if isinstance(error, json.JSONDecodeError)
            else "无法解析"
        )
        raise Unreadable([f"收到的不是 JSON（{at}），请检查括号和引号是否成对。"]) from None
    if isinstance(held, dict) and "layers" in held and "message" not in held:
        raise Unreadable(["收到的是遮盖过个人信息的解码结果，不能再编码，请用 --clear --json 重新解码。"])
    given = held.get("message", held) if isinstance(held, dict) else held
    body = body_read(given)
    named = {key: str(given.get(key) or "") for key in ("profile", "dialect", "operation")}
    wire = wire_get(profile or named["profile"], dialect or ("" if profile else named["dialect"]))
    return wire.encode(body, operation=operation or named["operation"])


def report_text(report: Report) -> str:
    """The report for people at a terminal."""
    lines = [_headline(report), ""]
    for no, layer in enumerate(report.layers, start=1):
        pad = "  " * layer.depth
        place = f"（{layer.place}）" if layer.place else ""
        lines.append(f"{pad}第 {no} 层　{layer.title}{place}　{layer.size} 字节")
        lines += [f"{pad}  ! {note}" for note in layer.notes]
        lines += [f"{pad}  {line}" for line in layer.lines]
    if report.fields:
        lines += ["", f"字段（{len(report.fields)} 个）"]
        lines += [f"  {row.label}　{row.path} = {row.value}" for row in report.fields]
    lines += ["", f"问题（{len(report.problems)} 处）" if report.problems else "没有发现问题。"]
    words = {"error": "错误", "warning": "提示"}
    lines += [f"  {words[item.level]} [{item.code}] {item.sentence}" for item in report.problems]
    if report.is_masked:
        lines += ["", "个人信息已遮盖。确需查看时使用 --clear。"]
    return "\n".join(lines)


def _headline(report: Report) -> str:
    what = report.operation or "无法辨认的报文"
    summary = f"（{report.summary}）" if report.summary else ""
    direction = "应答" if report.is_reply else "调用"
    kind = f"　{report.kind}" if report.kind else ""
    state = "可以受理" if report.is_usable else "不能受理"
    numbers = f"\n请求单号　{'、'.join(report.request_numbers[:20])}" if report.request_numbers else ""
    return (
        f"{report.profile} / {report.dialect}　{what}{summary}　{direction}{kind}　{state}\n"
        f"{report.size} 字节　sha256 {report.sha256}{numbers}"
    )


def _rows(body: Any, *, clear: bool, names: frozenset[str]) -> Iterator[FieldRow]:
    for count, (owner, name, path, value) in enumerate(_leaves(body, "")):
        if count >= _MOST_FIELDS:
            return
        text = _text(value)
        if isinstance(value, bytes):
            told = f"（{len(value)} 字节的内容）"
        else:
            told = text if clear else masking.value_masked(owner, name, text, names)
        yield FieldRow(path=path, label=label_of(owner, name), value=told)


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str, str, Any]]:
    """Class, field name, path and value of everything that is not left at its default."""
    if not is_dataclass(value) or isinstance(value, type):
        return
    owner = type(value).__name__
    for item in fields(value):
        held = getattr(value, item.name)
        place = f"{path}.{item.name}" if path else item.name
        if held == default_of(item) and item.name not in ("kind", "result", "outcome"):
            continue
        if isinstance(held, dict):
            yield from ((owner, "ext", f"{place}[{key}]", text) for key, text in held.items())
        elif isinstance(held, tuple):
            for no, part in enumerate(held):
                spot = f"{place}[{no}]"
                if isinstance(part, str):
                    yield owner, item.name, spot, part
                else:
                    yield from _leaves(part, spot)
        elif is_dataclass(held) and not isinstance(held, (Amount, When, Coded)):
            yield from _leaves(held, place)
        else:
            yield owner, item.name, place, held


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case Amount():
            return value.text
        case When():
            return value.text()
        case Coded():
            return f"{value.code} {value.normalized}".strip()
        case StrEnum() | str():
            return str(value)
        case date():
            return value.isoformat()
    return str(value)


def _names_in(body: Any) -> Iterator[str]:
    for owner, name, _, value in _leaves(body, ""):
        if masking.is_name(owner, name) and isinstance(value, str) and value.strip():
            yield value.strip()
