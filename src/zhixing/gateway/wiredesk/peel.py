"""Takes a message apart, layer by layer, as far as it can be read, whether or not a profile accepts it.

Works by looking at the bytes: ZIP, SOAP, Base64, XML, JSON. Nothing is expanded or fetched; every layer is capped.
"""

from __future__ import annotations

import binascii
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.bank_file_zip.archive import ArchiveLimits, archive_read, is_archive
from zhixing.gateway.profiles.safe_xml import Limits, local_name, parse_xml
from zhixing.gateway.wiredesk import masking
from zhixing.gateway.wiredesk.outline import json_outline, xml_outline

MOST_LAYERS = 60
_MOST_LINES = 4000
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_WORDS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: what it is, how large, what is to be said about it, and its content as lines of text.

    ``depth`` grows inwards; ``place`` names the part of the layer above in which it was found.
    """

    title: str
    size: int
    depth: int
    place: str = ""
    notes: tuple[str, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)


class Peeler:
    """Takes one message apart. ``clear`` shows personal data; otherwise what is not known to be harmless is hidden."""

    def __init__(self, *, charset: str, limits: Limits, clear: bool = False) -> None:
        self.charset, self.limits, self.clear = charset, limits, clear
        self.layers: list[Layer] = []

    def peel(self, raw: bytes, depth: int = 0, place: str = "") -> list[Layer]:
        """All layers, outermost first. Never raises for what came."""
        if len(raw) > self.limits.max_bytes:
            note = f"超过 {self.limits.max_bytes} 字节，不再拆解。"
            self._add("过大的内容", raw, depth, place, [note])
        elif len(self.layers) < MOST_LAYERS:
            self._one(raw, depth, place)
        return self.layers

    def _one(self, raw: bytes, depth: int, place: str) -> None:
        start = raw.lstrip()[:1]
        if not raw.strip():
            self._add("空内容", raw, depth, place)
        elif is_archive(raw):
            self._archive(raw, depth, place)
        elif start == b"<" or raw.startswith((b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")):
            self._xml(raw, depth, place)
        elif start in (b"{", b"["):
            self._json(raw, depth, place)
        elif not self._base64(raw, depth, place):
            self._text(raw, depth, place)

    def _add(
        self,
        title: str,
        raw: bytes,
        depth: int,
        place: str,
        notes: list[str] | None = None,
        lines: list[str] | None = None,
    ) -> None:
        told = lines or []
        if len(told) > _MOST_LINES:
            told = [*told[:_MOST_LINES], f"……另有 {len(told) - _MOST_LINES} 行"]
        self.layers.append(
            Layer(
                title=title,
                size=len(raw),
                depth=depth,
                place=place,
                notes=tuple(notes or ()),
                lines=tuple(told),
            )
        )

    def _archive(self, raw: bytes, depth: int, place: str) -> None:
        members, problems = archive_read(raw, ArchiveLimits.of(self.limits))
        names = list(members) or _names_listed(raw)
        lines = [f"{name}（{len(members[name])} 字节）" if name in members else name for name in names]
        self._add("ZIP 文件包", raw, depth, place, [problem.sentence for problem in problems], lines)
        for name, content in members.items():
            self.peel(content, depth + 1, name)

    def _xml(self, raw: bytes, depth: int, place: str) -> None:
        notes: list[str] = []
        root = self._root(raw, notes)
        if root is None:
            self._add("XML", raw, depth, place, notes)
            return
        if local_name(root) == "Envelope":
            self._envelope(raw, root, depth, place, notes)
            return
        lines, is_wrapped = xml_outline(root, charset=self.charset, clear=self.clear)
        if is_wrapped:
            notes.append(f"各值为 {self.charset.upper()} 文本的 Base64，下面是解码后的内容。")
        self._add(f"XML，根元素 {local_name(root)[:60]}", raw, depth, place, notes, lines)

    def _root(self, raw: bytes, notes: list[str]) -> etree._Element | None:
        fallback = "gb18030" if self.charset == "gbk" else ""
        root = parse_xml(raw, limits=self.limits, inner_charset=fallback)
        if not isinstance(root, WireProblem):
            return root
        notes.append(root.sentence)
        if root.code != "not_xml" or _DECLARATION.search(raw):
            return None
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
        )
        try:
            found = etree.fromstring(raw.strip(), parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        if found is None or found.getroottree().docinfo.internalDTD is not None:
            return None
        notes.append("以下是能够读出的部分。")
        return found

    def _envelope(self, raw: bytes, root: etree._Element, depth: int, place: str, notes: list[str]) -> None:
        body = next((part for part in root if local_name(part) == "Body"), None)
        call = next(iter(body), None) if body is not None else None
        version = "1.2" if "2003/05" in str(root.tag) else "1.1"
        if call is None:
            self._add(f"SOAP {version} 信封", raw, depth, place, [*notes, "没有 Body，或者 Body 为空。"])
            return
        leaves = [part for part in call if isinstance(part.tag, str)]
        lines = [f"操作 {local_name(call)[:80]}"]
        lines += [f"参数 {local_name(part)[:80]}：{len(part.text or '')} 个字符" for part in leaves]
        if local_name(call) == "Fault":
            lines = [
                "错误应答 Fault：" + masking.sentence_masked(" ".join(call.itertext())[:400], frozenset())
            ]
            leaves = []
        self._add(f"SOAP {version} 信封", raw, depth, place, notes, lines)
        for part in leaves:
            self.peel((part.text or "").encode(), depth + 1, f"参数 {local_name(part)[:80]}")

    def _base64(self, raw: bytes, depth: int, place: str) -> bool:
        text = "".join(raw.decode("latin-1").split())
        if len(text) < 16 or len(_BASE64.sub("", text[:4096])) > len(text[:4096]) // 20:
            return False
        notes: list[str] = []
        try:
            inner = binascii.a2b_base64(text, strict_mode=True)
        except ValueError:
            inner = _as_far_as_possible(text, notes)
        if not inner or (not notes and not _is_something(inner)):
            return False
        self._add("Base64 文本", raw, depth, place, notes)
        self.peel(inner, depth + 1, place)
        return True

    def _json(self, raw: bytes, depth: int, place: str) -> None:
        try:
            held: Any = json.loads(raw)
        except (ValueError, RecursionError) as error:
            at = (
                f"（第 {error.lineno} 行第 {error.colno} 列）"
                if isinstance(error, json.JSONDecodeError)
                else ""
            )
            self._add("JSON", raw, depth, place, [f"无法解析的 JSON{at}。"])
            return
        self._add("JSON", raw, depth, place, [], json_outline(held, clear=self.clear))

    def _text(self, raw: bytes, depth: int, place: str) -> None:
        for charset in ("ascii", "utf-8", self.charset, "gb18030"):
            try:
                text = raw.decode(charset)
            except UnicodeDecodeError:
                continue
            is_plain_key = len(text) <= 40 and text.isascii() and "参数" in place
            shown = text if self.clear or is_plain_key else masking.hidden(text)

            self._add(f"{charset.upper()} 文本", raw, depth, place, [], [shown[:2000]])
            return
        self._add(
            "不能按约定字符集解码的字节", raw, depth, place, [], [raw[:64].hex(" ") if self.clear else ""]
        )


def _as_far_as_possible(text: str, notes: list[str]) -> bytes:
    """Base64 up to the first sign that is none."""
    encoded = text.encode("latin-1")
    stop = next((no for no, sign in enumerate(encoded) if sign not in _WORDS), len(encoded))
    rest = encoded[stop:].strip(b"=")
    if rest:
        notes.append(f"第 {stop + 1} 个字符起不是 Base64，只拆解其前的部分。")
    else:
        notes.append(f"Base64 长度为 {len(encoded)} 个字符，不完整，可能被截断；拆解能够读出的部分。")
    try:
        return binascii.a2b_base64(encoded[: stop // 4 * 4])
    except ValueError:
        return b""


def _is_something(inner: bytes) -> bool:
    """Whether decoded bytes look like the inside of a message and not like a word that happens to be Base64."""
    if inner.lstrip()[:1] in (b"<", b"{", b"[") or is_archive(inner) or inner[:3] == b"\xef\xbb\xbf":
        return True
    text = inner.decode("ascii", "ignore")
    return len(inner) > 40 and len(text) == len(inner) and text.isprintable()


def _names_listed(raw: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return [entry.orig_filename[:120] for entry in packed.infolist()[:50]]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError):
        return []
