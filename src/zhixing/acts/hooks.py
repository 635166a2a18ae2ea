"""Where rooms above hook in: load the target case, prepare papers, derive nodes and disclosure.

Rooms register in their `apps.ready`. Derivations run in the transaction of the act, after the journal entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from zhixing.acts.kinds import Act, ActContext, DocumentSpec, PreparedDocument


def _no_room(*_given: object) -> Any:
    raise RuntimeError("No room has registered here: the apps are not set up.")


@dataclass(slots=True)
class Hooks:
    """The registered listeners; one object, so tests can look at it."""

    load_case: Callable[[int, bool], Any] = _no_room
    prepare: Callable[[ActContext, list[DocumentSpec]], list[PreparedDocument]] = _no_room
    store: Callable[[ActContext, list[PreparedDocument]], None] = _no_room
    derive: list[Callable[[Act, ActContext, int, dict[str, Any]], None]] = field(default_factory=list)


hooks = Hooks()
