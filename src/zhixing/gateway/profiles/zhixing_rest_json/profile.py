"""The format itself: bytes to canonical bodies and back. Carried over HTTP by the gateway's REST door."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.messages import Body, ControlFeedback, RequestList, request_numbers
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.base import Decoded, Encoded
from zhixing.gateway.profiles.context import MOST_PROBLEMS, Dialect
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits
from zhixing.gateway.profiles.zhixing_rest_json.dialect import V1
from zhixing.gateway.profiles.zhixing_rest_json.operations import BY_NAME, NAME, REPLIES, TYPES, type_of
from zhixing.gateway.profiles.zhixing_rest_json.reading import Reader
from zhixing.gateway.profiles.zhixing_rest_json.safe_json import NumberText, dumped, parse_json
from zhixing.gateway.profiles.zhixing_rest_json.writing import object_written


class ZhixingRestJson:
    """`zhixing-rest-json`. Every message is one object whose ``type`` says what it is."""

    name: str = NAME
    charset: str = "utf-8"

    def __init__(self, dialect: Dialect = V1) -> None:
        self.dialect = dialect

    def decode(self, raw: bytes, *, operation: str = "", limits: Limits = DEFAULT_LIMITS) -> Decoded:
        """Read any message; with ``operation`` (a name of `operations.BY_NAME`) the type must be the one it carries."""
        told = parse_json(raw, max_bytes=limits.max_bytes)
        if isinstance(told, WireProblem):
            return Decoded(operation=operation, body=None, problems=(told,), raw=raw)
        kind = told.get("type", "") if isinstance(told, dict) else ""
        expected = _expected(operation)
        if isinstance(kind, str) and not kind and len(expected) == 1:
            kind = expected[0]
        if not isinstance(kind, str) or kind not in (expected or tuple(TYPES)):
            return Decoded(
                operation=operation,
                body=None,
                problems=(_no_type(told, expected),),
                request_numbers=_numbers_of(told),
                raw=raw,
            )
        reader = Reader()
        body = reader.object(TYPES[kind], told, "")
        body = self._finished(kind, body, reader)
        usable = not reader.has_errors
        numbers = request_numbers(body) if usable else _numbers_of(told)
        return Decoded(
            operation=operation or _operation_of(kind),
            is_reply=kind in REPLIES,
            body=body if usable else None,
            problems=tuple(reader.problems),
            request_numbers=tuple(number for number in numbers if number),
            raw=raw,
        )

    def encode(self, body: Body, *, operation: str = "") -> Encoded:
        """Write a body; the operation follows from it."""
        kind = type_of(body)
        if not kind:
            problem = WireProblem(
                code="no_message",
                came="成包的多份报文",
                expected="单份报文",
                mend="拆开后逐份发送",
            )
            return Encoded(content=b"", problems=(problem,))
        problems: list[WireProblem] = []
        content = dumped({"type": kind, **object_written(body, problems)})
        return Encoded(content=b"" if problems else content, problems=tuple(problems[:MOST_PROBLEMS]))

    @staticmethod
    def _finished(kind: str, body: Any, reader: Reader) -> Any:
        """What the shape of single fields cannot say."""
        if isinstance(body, RequestList):
            return replace(body, kind=RequestKind.CONTROL if kind == "control_list" else RequestKind.INQUIRY)
        if isinstance(body, ControlFeedback) and not (body.results or body.receipts):
            reader.wrong("missing", "", "既无结果也无回执的反馈", "results 或者 receipts 至少一项", "补上")
        elif kind in _ROWS and not getattr(body, _ROWS[kind]) and not reader.has_errors:
            reader.wrong("missing", f"/{_ROWS[kind]}", "空数组", "至少一项", "补上")
        return body


_ROWS = {"inquiry_feedback": "results", "transaction_feedback": "entries", "rollbacks": "rollbacks"}


def _expected(operation: str) -> tuple[str, ...]:
    endpoint = BY_NAME.get(operation)
    return tuple(filter(None, (endpoint.sends, endpoint.answers))) if endpoint else ()


def _operation_of(kind: str) -> str:
    return next((name for name, item in BY_NAME.items() if kind in (item.sends, item.answers)), "")


def _numbers_of(told: Any) -> tuple[str, ...]:
    """Request numbers of a message that is otherwise unusable, so that it can be found with its request."""
    rows = (
        [row for held in told.values() if isinstance(held, list) for row in held]
        if isinstance(told, dict)
        else []
    )
    found = (row.get("request_no") for row in rows[:MOST_PROBLEMS] if isinstance(row, dict))
    texts = (no for no in found if isinstance(no, str) and not isinstance(no, NumberText))
    return tuple(dict.fromkeys(no for no in texts if no.isascii() and no.isalnum() and len(no) <= 30))


def _no_type(told: Any, expected: tuple[str, ...]) -> WireProblem:
    came = "不是对象的 JSON" if not isinstance(told, dict) else "缺少 type 或者 type 与本接口不符的报文"
    return WireProblem(
        code="wrong_type",
        where="/type",
        came=came,
        expected=f"type 为 {'、'.join(expected or TYPES)} 之一的对象",
        mend="改正 type 后重新发送",
    )
