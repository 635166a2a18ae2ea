"""Rooms above register here what an accepted answer does in a case."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhixing.gateway.models import Inbound, Order

Effect = Callable[[Order, Inbound, Any, datetime], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPaper:
    """A sealed paper as an agency receives it."""

    id: uuid.UUID
    title: str
    content: bytes


_papers: list[Callable[[list[uuid.UUID]], dict[uuid.UUID, SealedPaper]]] = []


def register_papers(source: Callable[[list[uuid.UUID]], dict[uuid.UUID, SealedPaper]]) -> None:
    """`source(ids) -> papers by id`; the case room, which knows both, tells where sealed papers are kept."""
    _papers[:] = [source]


def papers_of(ids: list[uuid.UUID]) -> dict[uuid.UUID, SealedPaper]:
    """Sealed papers by id; unknown ids are absent."""
    return _papers[0](ids)


_effects: dict[str, Effect] = {}
_statement: list[Callable[..., list[str]]] = []


def on_answer(kind: str, effect: Effect) -> None:
    """`effect(order, message, canonical answer, moment)` runs in the worker, once per accepted message."""
    _effects[kind] = effect


def on_statement(receive: Callable[..., list[str]]) -> None:
    """`receive(agency_code=…, lines=…, moment=…) -> accepted serials` books the fund bank's statement lines."""
    _statement[:] = [receive]


def effect_of(kind: str) -> Effect:
    """The registered effect. Raises KeyError when no room took the kind."""
    return _effects[kind]


def statement_receiver() -> Callable[..., list[str]]:
    """The registered receiver of statement lines."""
    return _statement[0]
