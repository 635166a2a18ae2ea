"""What reading or writing one message needs to know and collects: layers, dialect, style, problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.codes import CodeTable
from zhixing.gateway.profiles.layers import (
    Layer,
    LayerFault,
    escape_gaps,
    has_reference,
    resolve_references,
    unescape_gaps,
)

# A message with a fault in each row must not cost more than a sound one, and nobody reads on after this many.
MOST_PROBLEMS = 50
_SHORT = 80
_MOST_KNOWN = 50_000

_FAULTS = {
    "bad_base64": ("不是 Base64 的文本", "Base64 编码的值", "对该值按规范做 Base64 编码"),
    "bad_charset": ("不能按约定字符集解码的字节", "按约定字符集（GBK 或 UTF-8）编码的文本", "检查编码字符集"),
    "control_character": ("含控制字符的文本", "不含控制字符的文本", "去掉不可见的控制字符"),
    "bad_escape": ("不成立的字符转义", "形如 &#x3402; 的转义", "检查生僻字转义"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs between installations that speak one format.

    Attributes:
        name: name in settings and on pages.
        features: optional fields this installation knows (``Field.feature``).
        tables: code tables that replace the built-in ones, by system name.
        double_content: whether document bytes are Base64 once more below the value's own Base64.
        settings: names and texts of one profile that differ, by key; the profile documents the keys.
    """

    name: str
    features: frozenset[str] = frozenset()
    tables: Mapping[str, CodeTable] = field(default_factory=dict)
    double_content: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)


class Style(Protocol):
    """Where a format keeps its values: in attributes or in elements."""

    def cells(self, element: etree._Element, containers: frozenset[str]) -> Iterable[tuple[str, str]]:
        """Wire name and wire text of each value of a row."""
        ...

    def attributes(self, element: etree._Element) -> Iterable[tuple[str, str]]:
        """XML attributes of a row that are not values."""
        ...

    def parts(self, element: etree._Element, containers: frozenset[str]) -> Iterable[etree._Element]:
        """Child elements of a row that are not values."""
        ...

    def put(self, element: etree._Element, code: str, raw: str) -> None:
        """Set one value."""
        ...

    def digest(self, element: etree._Element, reading: Reading) -> str:
        """The MD5 of a row, "" when there is none."""
        ...


class _Collector:
    def __init__(self) -> None:
        self.problems: list[WireProblem] = []

    def add(self, problem: WireProblem) -> None:
        """Keep a problem up to the cap; beyond it only a first error, which decides over the whole message."""
        if len(self.problems) < MOST_PROBLEMS or (problem.level == "error" and not self.has_errors):
            self.problems.append(problem)

    @property
    def has_errors(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)


class Reading(_Collector):
    """State of reading one message."""

    def __init__(self, *, layer: Layer, dialect: Dialect, style: Style) -> None:
        super().__init__()
        self.layer = layer
        self.dialect = dialect
        self.style = style
        self.escaped: frozenset[str] = frozenset()
        # Rows repeat request numbers, days, currencies and branches. Texts without a reference; forgotten with the message.
        self.clean: dict[str, str] = {}

    def text(self, raw: str, element: etree._Element, code: str) -> str:
        """The value of a wire text; a fault is noted and gives ""."""
        try:
            if self.escaped:
                return self.resolved(self.layer.text(raw), code)
            text = self.clean.get(raw)
            if text is None:
                text = self.layer.text(raw)
                if "&#" in text:
                    return self.resolved(text, code)
                if len(raw) <= _SHORT and len(self.clean) < _MOST_KNOWN:
                    self.clean[raw] = text
        except LayerFault as fault:
            self.fault(fault.code, element, code)
            return ""
        else:
            return text

    def resolved(self, text: str, code: str) -> str:
        """A decoded text with the characters its charset could not hold put back. Raises LayerFault bad_escape."""
        if code in self.escaped:
            return unescape_gaps(text)
        if self.layer.charset != "utf-8" and has_reference(text):
            return resolve_references(text, self.layer.charset)
        return text

    def fault(self, kind: str, element: etree._Element, code: str) -> None:
        """Note a value that does not fit its layers."""
        came, expected, mend = _FAULTS[kind]
        self.add(
            WireProblem(code=kind, where=self.place(element, code), came=came, expected=expected, mend=mend)
        )

    def place(self, element: etree._Element, code: str) -> str:
        """Path of a value, for the sender. Costs a walk, so only while problems are still kept."""
        if len(self.problems) >= MOST_PROBLEMS:
            return code
        return f"{element.getroottree().getpath(element).lstrip('/')}/{code}".rstrip("/")


class Writing(_Collector):
    """State of writing one message."""

    def __init__(
        self, *, layer: Layer, dialect: Dialect, style: Style, date_separator: str, can_escape: bool
    ) -> None:
        super().__init__()
        self.layer = layer
        self.dialect = dialect
        self.style = style
        self.date_separator = date_separator
        self.can_escape = can_escape
        self.escaped: list[str] = []

    def raw(self, text: str, code: str) -> str:
        """The wire text of a value. A character the charset lacks is escaped and reported, never dropped."""
        if self.can_escape and has_reference(text):
            # Would be taken for an escape on the other side, so it is escaped itself.
            return self._escape(text, code)
        try:
            return self.layer.raw(text)
        except LayerFault as fault:
            kind = fault.code
        if kind == "charset_gap" and self.can_escape:
            return self._escape(text, code)
        came, expected, mend = _FAULTS["control_character"]
        self.add(WireProblem(code=kind, where=code, came=came, expected=expected, mend=mend))
        return ""

    def _escape(self, text: str, code: str) -> str:
        written, gaps = escape_gaps(text, self.layer.charset)
        self.escaped.append(code)
        if gaps:
            self._report_gaps(gaps, code)
        return self.layer.raw(written)

    def _report_gaps(self, gaps: str, code: str) -> None:
        named = "、".join(f"U+{ord(character):04X}" for character in gaps[:5])
        self.add(
            WireProblem(
                code="charset_gap",
                where=code,
                came=f"字符集 {self.layer.charset.upper()} 中没有的字（{named}）",
                expected=f"{self.layer.charset.upper()} 字符集内的字",
                mend="与协助单位核对该字：已按可还原的转义写出，不支持转义的单位会看到转义文本",
                level="warning",
            )
        )
