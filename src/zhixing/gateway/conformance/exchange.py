"""What went over the wire during a run: every exchange with its bytes, kept in order, written to a folder."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zhixing.gateway.domain.messages import Body
from zhixing.gateway.domain.problems import WireProblem

_PREVIEW = 160


@dataclass(slots=True, kw_only=True)
class Exchange:
    """One request and its answer; for files, one file put or taken (``response`` is then empty).

    Attributes:
        no: from 1, in order of arrival.
        operation: wire name as far as understood.
        action: what the kit did on purpose, such as ``lost`` (answer withheld); "" for an ordinary answer.
    """

    no: int
    at: datetime
    operation: str
    request: bytes = field(repr=False)
    response: bytes = field(default=b"", repr=False)
    body: Body | None = field(default=None, repr=False)
    problems: tuple[WireProblem, ...] = ()
    key: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    action: str = ""
    extension: str = "xml"


class Tape:
    """All exchanges of a run. Several connections may write at once."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.exchanges: list[Exchange] = []

    def add(self, exchange: Exchange) -> Exchange:
        """Keep an exchange under the next number."""
        with self.lock:
            exchange.no = len(self.exchanges) + 1
            self.exchanges.append(exchange)
        return exchange

    def save(self, folder: Path) -> dict[int, list[str]]:
        """Write all bytes below a folder; names of the files by number."""
        folder.mkdir(parents=True, exist_ok=True)
        names: dict[int, list[str]] = {}
        for exchange in self.exchanges:
            stem = f"{exchange.no:04d}-{_safe(exchange.operation) or 'unknown'}"
            for part, content in (("request", exchange.request), ("response", exchange.response)):
                if content:
                    name = f"{stem}-{part}.{exchange.extension}"
                    (folder / name).write_bytes(content)
                    names.setdefault(exchange.no, []).append(name)
        return names


def preview(content: bytes) -> str:
    """The beginning of bytes as text that any terminal shows: printable ASCII as it is, the rest escaped."""
    told = content[:_PREVIEW].decode("latin-1").encode("unicode_escape").decode("ascii")
    return f"{told}…（共 {len(content)} 字节）" if len(content) > _PREVIEW else told


def _safe(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum() or sign in "-_")[:40]
