"""The seam for formats whose server is the agency: the court calls, the agency answers at once or is asked again.

One order is one conversation: the format, which is pure, says from what has been answered so far which call comes next,
and the room carries it. What the agency answered is kept as one message, a transcript, so that several pages or steps
of one order are judged, kept and read again like the single message of any other format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from zhixing.gateway.domain.canonical import CertificateEntry, LegalDocument, Request
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.base import Wire

MAGIC = b"ZXCALL/1\n"
# A request that needs more pages or steps than this is stuck in a loop.
MOST_STEPS = 300
_MOST_HEADER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """By what the court enters an agency's service, and when. Secrets never show in a repr.

    Attributes:
        settings: names and texts of this agency that the format needs, such as its region code; never secrets.
        moment: when the call goes, for heads that bear a time.
    """

    username: str
    password: str = field(repr=False)
    token: str = field(default="", repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One order with its papers and cards, as the agency is to see it."""

    request: Request
    documents: tuple[LegalDocument, ...] = ()
    certificates: tuple[CertificateEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the court.

    Attributes:
        operation: wire name.
        path: below the agency's address, starting with ``/``.
        key: the same for each try of the same step, so that an agency does it once; begins with the request number.
        item: of a control request: the item this step is about; empty when it is about the whole.
        kept: the content without secrets, as it is kept; empty when the content holds none.
    """

    operation: str
    path: str
    content: bytes = field(repr=False)
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    key: str = ""
    kept: bytes = field(default=b"", repr=False)
    request_numbers: tuple[str, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the agency answered to one call: HTTP status and the bytes as they came."""

    operation: str
    request_no: str = ""
    item: str = ""
    status: int = 200
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token the agency gave out; ``seconds`` how long it holds, 0 when the agency did not say."""

    text: str = field(repr=False)
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The agency took the order and has no answer yet: it is asked again, from the first step, after so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The agency has said all it will say: the transcript of the answers is the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsayable:
    """The order cannot be said in this format; nothing goes out."""

    problems: tuple[WireProblem, ...]


Step = Call | Wait | Done | Unsayable


class CalledFormat(Wire, Protocol):
    """A format whose server is the agency. Pure like every `Wire`.

    ``decode`` reads a transcript (`transcript_read`) into the canonical feedback with its request numbers, and also each
    single message of the format by itself, for those who look into one. ``encode`` writes what an agency would answer to
    a feedback, and what the court calls for a list of requests, so that round trips and the wire desk work as everywhere.
    """

    @property
    def has_login(self) -> bool:
        """Whether a token must be fetched before the first call."""
        ...

    def login(self, access: Access) -> Call:
        """The call that fetches a token. Its answer is never kept, because it holds a secret."""
        ...

    def token_read(self, answer: Answer) -> Token | WireProblem:
        """The token of an answer to `login`, or why there is none."""
        ...

    def refuses_token(self, answer: Answer) -> bool:
        """Whether the agency wants a fresh token; the same step is then done once more."""
        ...

    def fault_of(self, answer: Answer) -> WireProblem | None:
        """Why this is no answer at all (HTTP error, unreadable, credentials refused), so that the call is tried again.

        None for every answer the agency meant, also one that says that it could not do what was asked.
        """
        ...

    def next_step(self, errand: Errand, access: Access, so_far: tuple[Answer, ...]) -> Step:
        """What comes next after these answers of the same conversation, none of which is a fault. Never raises."""
        ...


def transcript_write(answers: Iterable[Answer]) -> bytes:
    """Answers of one conversation as one message: each with a line that says what it answers, then its bytes as they came."""
    parts = [MAGIC]
    for answer in answers:
        header = {
            "operation": answer.operation,
            "request_no": answer.request_no,
            "item": answer.item,
            "status": answer.status,
            "bytes": len(answer.content),
        }
        parts += (json.dumps(header).encode(), b"\n", answer.content, b"\n")
    return b"".join(parts)


def is_transcript(raw: bytes) -> bool:
    """Whether these bytes are a conversation and not a single message."""
    return raw.startswith(MAGIC)


def transcript_read(raw: bytes) -> tuple[Answer, ...] | WireProblem:
    """The answers of a transcript, or what is wrong with it. Never raises."""
    answers: list[Answer] = []
    place = len(MAGIC)
    while place < len(raw):
        end = raw.find(b"\n", place, place + _MOST_HEADER)
        read = _header(raw[place:end]) if end >= 0 else None
        if read is None:
            return _damaged("无法识别的分段首行")
        answer, length = read
        start, place = end + 1, end + 1 + length + 1
        if raw[place - 1 : place] != b"\n" or len(answers) >= MOST_STEPS:
            return _damaged("被截断或者分段过多的应答记录")
        answers.append(replace(answer, content=raw[start : place - 1]))
    return tuple(answers) if answers else _damaged("没有任何应答的记录")


def _header(line: bytes) -> tuple[Answer, int] | None:
    """What the first line of a part says, with the length of its bytes."""
    try:
        held = json.loads(line)
        texts = [held[name] for name in ("operation", "request_no", "item")]
        status, length = held["status"], held["bytes"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(isinstance(text, str) and text.isprintable() for text in texts):
        return None
    # bool is an int too, and no length.
    if type(status) is not int or type(length) is not int or length < 0:
        return None
    return Answer(operation=texts[0], request_no=texts[1], item=texts[2], status=status), length


def _damaged(came: str) -> WireProblem:
    return WireProblem(
        code="bad_transcript", came=came, expected="完整的应答记录", mend="重新调用该单位的接口"
    )
