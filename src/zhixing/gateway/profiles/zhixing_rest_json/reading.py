"""JSON values as canonical objects: everything wrong is told at once, nothing unknown is lost."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from zhixing.gateway.domain.assets import AssetKind
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.context import MOST_PROBLEMS
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import (
    NumberText,
    has_forbidden,
    kept_text,
    name_escaped,
)
from zhixing.gateway.profiles.zhixing_rest_json.shapes import (
    AMOUNT_PATTERN,
    DETAILS,
    MOMENT_PATTERN,
    NUMBER_PATTERN,
    Form,
    Slot,
    keeps_ext,
    slots_of,
)

_NUMBER = re.compile(NUMBER_PATTERN.strip("^$"), re.ASCII)
_AMOUNT = re.compile(AMOUNT_PATTERN.strip("^$"), re.ASCII)
_MOMENT = re.compile(MOMENT_PATTERN.strip("^$"), re.ASCII)
_MISSING = object()
SYSTEM = "zhixing"


class Reader:
    """State of reading one message."""

    def __init__(self) -> None:
        self.problems: list[WireProblem] = []
        self.has_errors = False

    def object(
        self, cls: type, raw: Any, where: str, lost: dict[str, str] | None = None, at: str = ""
    ) -> Any:
        """A canonical object, or an empty one beside problems.

        lost, at: where unknown fields go when the class itself cannot keep them, and under which path.
        """
        if not isinstance(raw, dict):
            self.wrong("not_object", where, self.kind_of(raw), "JSON 对象")
            return cls()
        own: dict[str, str] = {}
        keep, path = (own, "") if keeps_ext(cls) or lost is None else (lost, at)
        values, known = {}, {slot.name for slot in slots_of(cls)}
        for slot in slots_of(cls):
            held = raw.get(slot.name, _MISSING)
            if held is _MISSING or held is None:
                if slot.is_needed:
                    self.wrong("missing", f"{where}/{slot.name}", "缺少的字段", "必填的值", "补上该字段")
                continue
            value = self._value(slot, held, f"{where}/{slot.name}", raw, keep, f"{path}{slot.name}.")
            if value is not _MISSING:
                values[slot.name] = value
        for name, held in raw.items():
            if name not in known and not (name == "type" and not where):
                self._keep(keep, f"{path}{name_escaped(name)}", held, f"{where}/{name[:40]}")
        return cls(**values, ext=own) if keeps_ext(cls) else cls(**values)

    def wrong(self, code: str, where: str, came: str, expected: str, mend: str = "改正该字段") -> None:
        """Note an error, up to the cap."""
        self.has_errors = True
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(
                WireProblem(
                    code=code, where=where[:200], came=came, expected=expected, mend=f"{mend}后重新发送"
                )
            )

    @staticmethod
    def kind_of(raw: Any) -> str:
        """What kind of JSON value came, never the value."""
        if isinstance(raw, NumberText):
            return "JSON 数字"
        names = {str: "文本", dict: "对象", list: "数组", bool: "true 或 false", type(None): "null"}
        return names.get(type(raw), "其他值")

    def _keep(self, keep: dict[str, str], path: str, held: Any, where: str) -> None:
        text = kept_text(held)
        if has_forbidden(path) or "\\u0000" in text or has_forbidden(text):
            self.wrong("control_character", where, "含控制字符的文本", "不含控制字符的文本")
            return
        keep[path] = text

    def _value(
        self, slot: Slot, raw: Any, where: str, owner: dict[str, Any], keep: dict[str, str], path: str
    ) -> Any:
        match slot.form:
            case Form.PART:
                return self.object(slot.inner or dict, raw, where, keep, path)
            case Form.DETAIL:
                return self._detail(raw, where, owner, keep, path)
            case Form.PARTS | Form.TEXTS:
                return self._rows(slot, raw, where, keep, path)
        text = self._text(raw, where)
        return _MISSING if text is None else self._single(slot, text, where)

    def _single(self, slot: Slot, text: str, where: str) -> Any:
        match slot.form:
            case Form.NUMBER:
                return self._number(text, where)
            case Form.AMOUNT:
                return self._amount(text, where)
            case Form.WHEN:
                return self._when(text, where)
            case Form.BYTES:
                return self._bytes(text, where)
            case Form.CODED:
                return self._coded(slot, text, where)
            case Form.ENUM:
                return self._enum(slot, text, where)
        return text

    def _rows(self, slot: Slot, raw: Any, where: str, keep: dict[str, str], path: str) -> Any:
        if not isinstance(raw, list):
            self.wrong("not_array", where, self.kind_of(raw), "JSON 数组")
            return ()
        if slot.form is Form.TEXTS:
            texts = [self._text(row, f"{where}/{no}") for no, row in enumerate(raw)]
            return tuple(text for text in texts if text is not None)
        inner = slot.inner or dict
        return tuple(
            self.object(inner, row, f"{where}/{no}", keep, f"{path}{no}.") for no, row in enumerate(raw)
        )

    def _detail(self, raw: Any, where: str, owner: dict[str, Any], keep: dict[str, str], path: str) -> Any:
        kind = owner.get("kind")
        if not isinstance(kind, str):
            return _MISSING  # a wrong kind is told at its own place
        if kind not in (str(item) for item in DETAILS):
            if kind in {str(item) for item in AssetKind}:
                self.wrong("no_detail", where, f"财产种类 {kind} 的内容", "本格式有内容的财产种类")
            return _MISSING
        return self.object(DETAILS[AssetKind(kind)], raw, where, keep, path)

    def _text(self, raw: Any, where: str) -> str | None:
        if not isinstance(raw, str) or isinstance(raw, NumberText):
            self.wrong("not_text", where, self.kind_of(raw), '文本；金额、数量、日期也写成文本，如 "1234.56"')
            return None
        if has_forbidden(raw):
            self.wrong("control_character", where, "含控制字符的文本", "不含控制字符的文本")
            return None
        return raw

    def _number(self, text: str, where: str) -> str:
        if not _NUMBER.fullmatch(text):
            self.wrong("bad_number", where, f"{len(text)} 个字符的文本", "1 至 30 位数字、字母组成的请求单号")
            return ""
        return text

    def _amount(self, text: str, where: str) -> Amount | None:
        if not _AMOUNT.fullmatch(text):
            self.wrong(
                "bad_amount", where, f"{len(text)} 个字符、不是十进制数的文本", "十进制数的文本，如 1234.56"
            )
            return None
        return Amount.parse(text)

    def _when(self, text: str, where: str) -> When | None:
        when = When.parse(text.removesuffix("+08:00")) if _MOMENT.fullmatch(text) else None
        if when is None or when.value is None:
            self.wrong(
                "bad_date",
                where,
                f"{len(text)} 个字符、不是日期的文本",
                "2026-03-05 或 2026-03-05 09:30:00（北京时间）",
            )
            return None
        return When(raw=text, value=when.value)

    def _bytes(self, text: str, where: str) -> bytes:
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self.wrong("bad_base64", where, f"{len(text)} 个字符、不是 Base64 的文本", "Base64 编码的内容")
            return b""

    def _coded(self, slot: Slot, text: str, where: str) -> Coded:
        if slot.words and text not in slot.words:
            self.wrong(
                "bad_code",
                where,
                f"{len(text)} 个字符、不在取值范围内的文本",
                f"{'、'.join(slot.words)} 之一",
            )
        return Coded(code=text, system=SYSTEM, normalized=text)

    def _enum(self, slot: Slot, text: str, where: str) -> Any:
        choices = [str(item) for item in (slot.inner or ())]  # pyright: ignore[reportGeneralTypeIssues]: an enumeration
        if text not in choices:
            self.wrong(
                "bad_code", where, f"{len(text)} 个字符、不在取值范围内的文本", f"{'、'.join(choices)} 之一"
            )
            return _MISSING
        return (slot.inner or str)(text)
