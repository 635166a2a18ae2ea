"""The rule behind a node: title, term, sources. The list is configuration without legal change days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from zhixing.acts.registry import all_acts
from zhixing.law.book import book
from zhixing.law.schemas import Node, Term

_UNITS = {"days": "日", "working_days": "个工作日", "hours": "小时", "months": "个月", "years": "年"}


@lru_cache(maxsize=64)
def node_rule(code: str) -> Node:
    """The rule of one node. Raises UnknownRule."""
    return book().at(date.max).node(code)


@lru_cache(maxsize=256)
def term_rule(term: str, on: date) -> Term:
    """A term as it stood on a day."""
    return book().at(on).term(term)


def term_words(code: str, on: date) -> str:
    """Length of the node's term in words, such as 10 日; empty when the order or the measure fixes it."""
    rule = node_rule(code)
    if rule.term is None:
        return ""
    term = term_rule(rule.term, on)
    return f"{term.amount} {_UNITS[term.unit]}" if term.amount is not None else ""


def node_law(code: str) -> str:
    """The legal source to show for a node: a published one where there is one, else our own setting."""
    sources = node_rule(code).source
    return next((key for key in sources if key != "setting"), sources[0] if sources else "")


@lru_cache(maxsize=64)
def node_act(code: str) -> str | None:
    """The act by which a person completes a node; None where this installation has no such act.

    Only the first closing act counts: the others complete a node by the way, and nobody should be sent there for it.
    """
    first = next(iter(node_rule(code).closed_by), "")
    return first if any(kind.code == first for kind in all_acts()) else None


def codes_workable() -> list[str]:
    """Codes of the nodes that somebody can complete by an act."""
    return [node.code for node in book().at(date.max).nodes() if node_act(node.code)]
