"""Damage on each layer of a message: bytes, envelope, Base64, charset, XML tree, ZIP, JSON."""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from lxml import etree

_TEXT = re.compile(rb">([A-Za-z0-9+/=\s]{16,})<")
_TOKENS = (
    b"<", b">", b"&", b'"', b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<!DOCTYPE a>", b"<![CDATA[", b"]]>", b"&#x0;", b"&lt;",
    b"=", b"====", b"PK\x03\x04", b"{", b"}", b"[" * 50, b"\\u0000", b"1e999", b"NaN", b"<?xml version='1.0' encoding='utf-7'?>",
    "㐂".encode(), b"\x81", b"-0", b"9" * 40, b" " * 30,
)  # fmt: skip
_VALUES = (
    "",
    "\x00",
    "\ud800",
    "㐂" * 20,
    "9" * 400,
    "-1",
    "2026-13-45",
    "1e9999",
    "=",
    "a" * 5000,
    "&#x3402;",
    "&#9999999999;",
)


def damaged(raw: bytes, dice: Random) -> bytes:
    """The message after one to four damages on chance layers."""
    for _ in range(dice.choice((1, 1, 1, 2, 3, 4))):
        raw = dice.choice(LAYERS)(raw, dice)
    return raw


def on_bytes(raw: bytes, dice: Random) -> bytes:
    """Any byte anywhere."""
    held = bytearray(raw)
    if not held:
        return dice.choice(_TOKENS)
    at = dice.randrange(len(held))
    match dice.randrange(6):
        case 0:
            held[at] = dice.randrange(256)
        case 1:
            del held[at : at + dice.choice((1, 2, 8, 64, 1024))]
        case 2:
            held[at:at] = dice.choice(_TOKENS)
        case 3:
            held = held[:at]
        case 4:
            held[at:at] = held[at : at + dice.randrange(1, 200)] * dice.choice((1, 2, 30))
        case _:
            held[at] ^= 1 << dice.randrange(8)
    return bytes(held)


def on_tree(raw: bytes, dice: Random) -> bytes:
    """The outer XML as a tree: envelope, operation, parameters."""
    root = _tree(raw)
    return raw if root is None else _changed(root, dice)


def on_inner(raw: bytes, dice: Random) -> bytes:
    """The XML below Base64 in one parameter."""
    return _inside(
        raw, dice, lambda inner: _changed(root, dice) if (root := _tree(inner)) is not None else inner
    )


def on_inner_bytes(raw: bytes, dice: Random) -> bytes:
    """Bytes below Base64 in one parameter."""
    return _inside(raw, dice, lambda inner: on_bytes(inner, dice))


def on_charset(raw: bytes, dice: Random) -> bytes:
    """One value below Base64 replaced by bytes of another charset, or none."""

    def spoil(inner: bytes) -> bytes:
        root = _tree(inner)
        if root is None:
            return inner
        rows = [row for row in root.iter() if row.attrib]
        if rows:
            row = dice.choice(rows)
            code = dice.choice(list(row.attrib))
            told = dice.choice(
                (b"\xff\xfe\x81", "㐂某".encode("utf-16"), "某".encode("gb18030"), dice.randbytes(6))
            )
            row.set(code, base64.b64encode(told).decode())
        return etree.tostring(root)

    return _inside(raw, dice, spoil)


def on_zip(raw: bytes, dice: Random) -> bytes:
    """Members renamed, doubled, dropped, damaged inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = [(name, packed.read(name)) for name in packed.namelist()[:20]]
    except Exception:
        return raw
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", dice.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as packed:
        for name, content in members:
            kept, inside = _member(name, content, raw, dice)
            if kept is not None:
                packed.writestr(kept or "x", inside)
    return out.getvalue()


def _member(name: str, content: bytes, raw: bytes, dice: Random) -> tuple[str | None, bytes]:
    match dice.randrange(6):
        case 0:
            return None, b""
        case 1:
            names = ("../a.xml", "QR.xml", "", name[:-5], name.swapcase(), "a/b.xml", f"{name}x")
            return dice.choice(names), content
        case 2:
            return name, on_bytes(content, dice)
        case 3:
            root = _tree(content)
            return name, content if root is None else _changed(root, dice)
        case 4:
            return name, b"\0" * 3_000_000 if dice.random() < 0.02 else raw
    return name, content


def on_json(raw: bytes, dice: Random) -> bytes:
    """One place of a JSON tree replaced, dropped, nested or doubled."""
    try:
        held = json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    spots: list[tuple[Any, Any]] = []
    waiting = [held]
    while waiting and len(spots) < 3000:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            spots.append((node, key))
            waiting.append(node[key])
    if not spots:
        return json.dumps(dice.choice(([], {}, None, 1, "x"))).encode()
    node, key = dice.choice(spots)
    match dice.randrange(5):
        case 0:
            del node[key]
        case 1:
            node[key] = dice.choice((None, True, 1.5, 10**30, [], {}, *_VALUES))
        case 2:
            node[key] = [node[key]] * dice.choice((1, 3, 40))
        case 3 if isinstance(node, dict):
            node[f"{key}{dice.choice(('x', '', ' ', chr(0)))}"] = node[key]
        case _:
            node[key] = {"type": dice.choice(_VALUES), "x": node[key]}
    return json.dumps(held, ensure_ascii=dice.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(root: etree._Element, dice: Random) -> bytes:
    elements = [item for item in root.iter() if isinstance(item.tag, str)]
    chosen = dice.choice(elements)
    parent = chosen.getparent()
    match dice.randrange(8):
        case 0 if parent is not None:
            parent.remove(chosen)
        case 1 if parent is not None:
            for _ in range(dice.choice((1, 2, 30))):
                parent.append(deepcopy(chosen))
        case 2:
            chosen.tag = dice.choice(
                [str(item.tag) for item in elements] + ["x", "Fault", "Envelope", "result"]
            )
        case 3 if chosen.attrib:
            del chosen.attrib[dice.choice(list(chosen.attrib))]
        case 4:
            _put(
                chosen,
                dice.choice([*map(str, chosen.attrib), "x", "ZXZY", "MD5", "BDHM"]),
                dice.choice(_VALUES),
            )
        case 5:
            _put(chosen, "", dice.choice(_VALUES))
        case 6:
            for _ in range(dice.choice((5, 300))):
                inner = etree.SubElement(chosen, "d")
                chosen = inner
        case _ if parent is not None:
            elements[dice.randrange(len(elements) // 2 + 1)].append(deepcopy(chosen))
    return etree.tostring(root, encoding=dice.choice(("UTF-8", "UTF-8", "gb18030", "UTF-16")))


def _put(element: etree._Element, name: str, value: str) -> None:
    try:
        if name:
            element.set(name, value if dice_free(value) else "x")
        else:
            element.text = value
    except ValueError:
        pass


def dice_free(value: str) -> bool:
    """Whether XML can hold the text at all."""
    return not any(ord(sign) < 0x20 or 0xD800 <= ord(sign) < 0xE000 for sign in value)


def _tree(raw: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _inside(raw: bytes, dice: Random, spoil: Callable[[bytes], bytes]) -> bytes:
    found = list(_TEXT.finditer(raw))
    if not found:
        return raw
    match = dice.choice(found)
    try:
        inner = binascii.a2b_base64(match[1])
    except ValueError:
        return raw
    made = base64.b64encode(spoil(inner))
    if dice.random() < 0.1:
        made = made[: dice.randrange(len(made) + 1)] + dice.choice((b"", b"!", b"=", b" \n"))
    return raw[: match.start(1)] + made + raw[match.end(1) :]


LAYERS: tuple[Callable[[bytes, Random], bytes], ...] = (
    on_bytes, on_tree, on_inner, on_inner, on_inner_bytes, on_charset, on_zip, on_json,
)  # fmt: skip
