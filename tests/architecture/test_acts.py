"""One act one file; every act says what it is, and cites law that is in the book."""

from __future__ import annotations

import ast
import inspect
import re
from typing import Any

import pytest
from architecture_source import act_modules, modules

from zhixing.acts.kinds import ActFields, Audience
from zhixing.acts.registry import all_acts, discover
from zhixing.law.approvals import chain_for
from zhixing.law.book import book

KINDS = [kind for kind in all_acts() if kind.code != "test.probe"]


def declared(tree: ast.Module) -> list[str]:
    """Classes of a module that derive from Act directly."""
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(base, ast.Name) and base.id == "Act" for base in node.bases)
    ]


def test_there_are_acts() -> None:
    assert len(KINDS) >= 25


@pytest.mark.parametrize("name", sorted(act_modules()))
def test_act_file_declares_exactly_one_act(name: str) -> None:
    assert len(declared(act_modules()[name])) == 1


def test_no_act_is_declared_elsewhere() -> None:
    assert [name for name, tree in modules().items() if declared(tree) and name not in act_modules()] == []


def test_every_declared_act_is_found_once() -> None:
    discover()
    assert len(KINDS) == len(act_modules())
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_act_says_what_it_is(kind: Any) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", kind.code)
    assert kind.title
    assert len(kind.title) <= 20
    assert kind.summary.endswith("。")
    assert isinstance(kind.audience, Audience)
    assert kind.drafters or kind.by_party or kind.by_agency or kind.by_system, "nobody may do it"
    assert inspect.getdoc(type(kind))
    if kind.audience != Audience.INTERNAL:
        assert kind.plain.endswith("。"), "a party must be told in a sentence"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_law_of_an_act_is_in_the_law_book(kind: Any) -> None:
    assert kind.law, "no legal source"
    assert [key for key in kind.law if key not in book().citations] == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.chain], ids=lambda kind: kind.code)
def test_chain_of_an_act_is_in_the_approval_table_with_its_sources(kind: Any) -> None:
    for court_key in (0, 130930, 110101):
        steps = chain_for(kind.chain, court_key).steps
        assert steps
        assert all(step.law is None or step.law in book().citations for step in steps)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_law_cited_in_problems_is_in_the_law_book(kind: Any) -> None:
    """Every literal `law=` in the act's file."""
    tree = act_modules()[f"{type(kind).__module__.removeprefix('zhixing.').replace('.', '/')}.py"]
    assert [key for key in cited(tree) if key not in book().citations] == []


def test_law_cited_anywhere_is_in_the_law_book() -> None:
    unknown = [
        f"{name}: {key}"
        for name, tree in modules().items()
        if not name.startswith(("ui/", "law/"))
        for key in cited(tree)
        if key.isascii() and key not in book().citations
    ]
    assert unknown == []


def cited(tree: ast.AST) -> list[str]:
    return [
        node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "law" and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str) and node.value.value
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_fields_have_titles_and_refuse_what_they_do_not_know(kind: Any) -> None:
    assert issubclass(kind.Fields, ActFields)
    assert kind.Fields.model_config["extra"] == "forbid"
    assert [name for name, info in kind.Fields.model_fields.items() if not info.title] == []
