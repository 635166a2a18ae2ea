"""The layers between a value and its place on the wire: charset, then optional Base64."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_ESCAPED = re.compile(r"&#x([0-9a-f]{1,6});")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_BASE64_TEXT = re.compile(rb"[A-Za-z0-9+/]+={0,2}\s*")
_PICTURES_AND_PAPERS = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"BM", b"GIF8", b"II*\x00", b"MM\x00*", b"\xd0\xcf\x11\xe0",
)  # fmt: skip


class LayerFault(ValueError):
    """A value does not fit its layers; ``code`` says which one."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """How one value is wrapped.

    Attributes:
        charset: ``gbk`` or ``utf-8``.
        is_base64: whether the bytes in that charset are then written as Base64.
    """

    charset: str
    is_base64: bool

    def text(self, raw: str) -> str:
        """The value. Raises LayerFault: bad_base64, bad_charset, control_character."""
        if not self.is_base64:
            text = raw
        else:
            content = base64_bytes(raw)
            try:
                # Both charsets hold ASCII as it is, and the plain decoder is several times quicker.
                text = content.decode("ascii" if content.isascii() else self.charset)
            except UnicodeDecodeError:
                text = self._wider(content)
        # What is printable holds nothing forbidden; the search costs more and is rarely needed.
        if not text.isprintable() and _FORBIDDEN.search(text):
            raise LayerFault("control_character")
        return text

    def _wider(self, content: bytes) -> str:
        # GB 18030 holds GBK and the characters GBK lacks; a sender who knows it means just that.
        if self.charset != "gbk":
            raise LayerFault("bad_charset")
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError:
            raise LayerFault("bad_charset") from None

    def raw(self, text: str) -> str:
        """The wire text. Raises LayerFault: control_character, charset_gap."""
        if _FORBIDDEN.search(text):
            raise LayerFault("control_character")
        try:
            content = text.encode(self.charset)
        except UnicodeEncodeError:
            raise LayerFault("charset_gap") from None
        return base64_text(content) if self.is_base64 else text


def base64_bytes(raw: str) -> bytes:
    """Bytes of Base64 text, line breaks allowed. Raises LayerFault bad_base64."""
    try:
        return binascii.a2b_base64(raw, strict_mode=True)
    except ValueError:
        pass
    try:
        return binascii.a2b_base64(_SPACES.sub("", raw), strict_mode=True)
    except ValueError:
        raise LayerFault("bad_base64") from None


def base64_text(content: bytes) -> str:
    """Base64 text without line breaks."""
    return binascii.b2a_base64(content, newline=False).decode("ascii")


def escape_gaps(text: str, charset: str) -> tuple[str, str]:
    """The text with characters the charset lacks written as ``&#x3402;``, and those characters.

    Every ``&`` of such a text is written as ``&#x26;``, so that `unescape_gaps` gives back exactly what went in.
    """
    written, gaps = [], []
    for character in text:
        try:
            character.encode(charset)
            written.append("&#x26;" if character == "&" else character)
        except UnicodeEncodeError:
            written.append(f"&#x{ord(character):x};")
            gaps.append(character)
    return "".join(written), "".join(dict.fromkeys(gaps))


def unescape_gaps(text: str) -> str:
    """What `escape_gaps` was given. Only for texts the sender marked as escaped. Raises LayerFault bad_escape."""

    def character(match: re.Match[str]) -> str:
        point = int(match[1], 16)
        if point > 0x10FFFF or 0xD800 <= point < 0xE000 or point < 0x20:
            raise LayerFault("bad_escape")
        return chr(point)

    return _ESCAPED.sub(character, text)


def has_reference(text: str) -> bool:
    """Whether a text holds something that looks like a character reference."""
    return "&#" in text and _REFERENCE.search(text) is not None


def resolve_references(text: str, charset: str) -> str:
    """The text with unmarked references resolved, but only those to characters the charset lacks.

    That is how other senders write such characters; a reference to any other character is left as it stands.
    """

    def character(match: re.Match[str]) -> str:
        point = int(match[1], 16) if match[1] else int(match[2])
        if point > 0x10FFFF or _FORBIDDEN.match(chr(point)):
            return match[0]
        try:
            chr(point).encode(charset)
        except UnicodeEncodeError:
            return chr(point)
        return match[0]

    return _REFERENCE.sub(character, text)


def paper_content(raw: str, layer: Layer, digest: str) -> bytes:
    """Bytes of a document or picture, whether its content was wrapped once or twice.

    The MD5 that came along decides; without one, what the bytes look like. Raises LayerFault bad_base64.
    """
    once = base64_bytes(raw)
    twice = _again(once)
    if twice is None:
        return once
    if digest:
        for content in (twice, once):
            if md5_hex(content) == digest.strip().lower():
                return content
    if once.startswith(_PICTURES_AND_PAPERS):
        return once
    return twice if layer.is_base64 or twice.startswith(_PICTURES_AND_PAPERS) else once


def _again(once: bytes) -> bytes | None:
    if not once or not _BASE64_TEXT.match(once[:4096]):
        return None
    try:
        return base64_bytes(once.decode("ascii"))
    except (LayerFault, UnicodeDecodeError):
        return None


def md5_hex(content: bytes) -> str:
    """MD5 as these formats want it: lower-case hex of the raw bytes. It finds damage, it proves nothing."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
