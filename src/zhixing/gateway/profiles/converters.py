"""How one kind of value is read from its wire text and written back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from lxml import etree

from zhixing.gateway.domain.canonical import AckResult
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.codes import CodeTable
from zhixing.gateway.profiles.context import Reading, Writing
from zhixing.gateway.profiles.layers import LayerFault, base64_text, md5_hex, paper_content


class Converter(Protocol):
    """One kind of value."""

    @property
    def empty(self) -> object:
        """The value that is written as nothing."""
        ...

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value of a non-empty wire text. Faults are noted and give something empty."""
        ...

    def write(self, value: Any, code: str, writing: Writing) -> str:
        """The wire text of a value that is not empty."""
        ...


class Text:
    """Text as it is."""

    empty: object = ""

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        return reading.text(raw, element, code)

    def write(self, value: Any, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        return writing.raw(value, code)


class Key(Text):
    """A number others look things up by: blanks around it mean nothing."""

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        return reading.text(raw, element, code).strip()


class Number:
    """An amount, balance, quantity or area."""

    empty: object = None

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        text = reading.text(raw, element, code)
        amount = Amount.parse(text)
        if amount.value is None and text.strip():
            reading.add(
                WireProblem(
                    code="bad_amount",
                    where=reading.place(element, code),
                    came=f"{len(text)} 个字符、不是数字的文本",
                    expected="十进制数字，如 1234.56",
                    mend="按十进制数字填写",
                    level="warning",
                )
            )
        return amount

    def write(self, value: Amount, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        return writing.raw(value.text, code)


class Moment:
    """A day or a moment."""

    empty: object = None

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        text = reading.text(raw, element, code)
        when = When.parse(text)
        if when.value is None and text.strip():
            reading.add(
                WireProblem(
                    code="bad_date",
                    where=reading.place(element, code),
                    came=f"{len(text)} 个字符、不是日期的文本",
                    expected="日期或时间，如 2026-03-05 或 2026-03-05 09:30:00",
                    mend="按该格式填写",
                    level="warning",
                )
            )
        return when

    def write(self, value: When, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        return writing.raw(value.text(writing.date_separator), code)


@dataclass(frozen=True, slots=True)
class Code:
    """A coded value of one table. ``table`` may be replaced by the dialect under the table's system name."""

    table: CodeTable
    empty: object = None

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        table = reading.dialect.tables.get(self.table.system, self.table)
        return table.read(reading.text(raw, element, code).strip())

    def write(self, value: Coded, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        table = writing.dialect.tables.get(self.table.system, self.table)
        found = table.write(value)
        if found is None:
            writing.add(
                WireProblem(
                    code="no_code",
                    where=code,
                    came=f"“{value.normalized or value.code}”",
                    expected=f"代码表 {table.system} 中的一项（{'、'.join(table.entries)}）",
                    mend="改选该机构支持的取值，或在代码表中登记对应代码",
                )
            )
            return ""
        return writing.raw(found, code)


class Paper:
    """Bytes of a document or picture: Base64, and once more where the values are wrapped in Base64 themselves."""

    empty: object = b""

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        digest = reading.style.digest(element, reading)
        try:
            content = paper_content(raw, reading.layer, digest)
        except LayerFault as fault:
            reading.fault(fault.code, element, code)
            return b""
        if digest and md5_hex(content) != digest.strip().lower():
            reading.add(
                WireProblem(
                    code="md5_mismatch",
                    where=reading.place(element, code),
                    came=f"{len(content)} 字节、与 MD5 不符的内容",
                    expected="与同条 MD5 一致的文件内容",
                    mend="核对文件是否损坏后重新发送该文件",
                    level="warning",
                )
            )
        return content

    def write(self, value: bytes, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        inner = base64_text(value)
        return writing.raw(inner, code) if writing.dialect.double_content else inner


class AckCode:
    """success or fail. Anything else counts as fail: an agency must not believe an answer it cannot read."""

    empty: object = None

    def read(self, raw: str, element: etree._Element, code: str, reading: Reading) -> object:
        """The value; see `Converter`."""
        word = raw.strip().lower()
        if word not in ("success", "fail"):
            # The words themselves are read too: some servers leave this value unwrapped.
            word = reading.text(raw, element, code).strip().lower()
        return AckResult.SUCCESS if word == "success" else AckResult.FAIL

    def write(self, value: Any, code: str, writing: Writing) -> str:
        """The wire text; see `Converter`."""
        return writing.raw("success" if value == AckResult.SUCCESS else "fail", code)


TEXT = Text()
KEY = Key()
NUMBER = Number()
MOMENT = Moment()
PAPER = Paper()
