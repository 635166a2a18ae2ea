"""Field tables as data: a wire code, the canonical attribute it fills, and how its text is read and written.

Each field is written down once and serves both directions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhixing.gateway.profiles.converters import KEY, MOMENT, NUMBER, PAPER, TEXT, Code, Converter

__all__ = ["KEY", "MOMENT", "NUMBER", "PAPER", "TEXT", "Child", "Code", "Field", "Record"]


@dataclass(frozen=True, slots=True)
class Field:
    """One wire field.

    Attributes:
        code: name on the wire.
        path: canonical attribute, dotted for parts of a record (``subject.name``, ``officers.0.name``).
        converter: how its text is read and written.
        feature: dialect feature that has this field; empty = all dialects. Read whenever it comes.
        need: ``must`` = the record is unusable without it; ``should`` = its lack is reported.
    """

    code: str
    path: str
    converter: Converter = TEXT
    feature: str = ""
    need: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A repeated part of a record, inside a container element of its own; ``container`` "" = no container around it."""

    container: str
    record: Record
    path: str
    always: bool = False
    """Whether the container is written even when it is empty."""
    accepts: Callable[[Any], bool] | None = None
    """Which rows of ``path`` belong here, where several lists fill one attribute; None = all."""


# Compared by identity: a table is written once, and plans are kept per table.
@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One kind of row: its element, the canonical class it becomes, its fields and repeated parts.

    Attributes:
        parts: class of each nested part by path, and whether the part is None when it is empty.
        fixed: attributes that no field carries, by path.
    """

    name: str
    cls: type
    fields: tuple[Field, ...]
    children: tuple[Child, ...] = ()
    parts: Mapping[str, tuple[type, bool]] = field(default_factory=dict)
    fixed: Mapping[str, object] = field(default_factory=dict)
