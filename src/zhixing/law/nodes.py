"""Which acts open and close the nodes and stages of a case."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from zhixing.law.book import book

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhixing.law.schemas import Node, Stage

# The node list is configuration without legal change days, so one reading serves all days.
_LATEST = date.max


@lru_cache(maxsize=256)
def nodes_opened_by(act: str) -> tuple[Node, ...]:
    """Nodes whose clock an act starts, in order of their codes; empty for acts that start none."""
    return tuple(node for node in book().at(_LATEST).nodes() if act in node.opened_by)


@lru_cache(maxsize=256)
def nodes_closed_by(act: str) -> tuple[Node, ...]:
    """Nodes that an act completes, in order of their codes; empty for acts that complete none."""
    return tuple(node for node in book().at(_LATEST).nodes() if act in node.closed_by)


def stages() -> tuple[Stage, ...]:
    """The nine stops of the case page, in order."""
    return book().at(_LATEST).stages()


def stage_after(acts: Iterable[str]) -> str:
    """The stage a case has reached when these acts have taken effect (any order, repeats allowed).

    It is the furthest stage that any of them enters; a case without an act stands at the first stage.
    """
    done = set(acts)
    reached = [stage for stage in stages() if done & set(stage.entered_by)]
    return (reached[-1] if reached else stages()[0]).code
