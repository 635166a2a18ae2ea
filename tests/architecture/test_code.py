"""Size, money and state: what the linter cannot see."""

from __future__ import annotations

import ast

import pytest
from architecture_source import ROOT, act_modules, modules

LONGEST = 400
EXACT_ROOMS = ("funds/", "law/", "kernel/", "control/")

# Files that change a state outside an act file, each with its reason.
STATE_ALLOWED = {
    "acts/services.py": "the mechanism itself: drafts and steps",
    "gateway/desk.py": "an agency fetches its orders: the protocol's own state, told by the agency's request",
    "gateway/inbox.py": "an answer or receipt arrived: the order is answered in the transaction of the act it causes",
    "gateway/inbox_batch.py": "the same, for the many answers of one package of files",
    "gateway/batches.py": "orders are packed for an agency: the protocol's own state, like a list that is fetched",
    "gateway/front.py": "a package lies in the agency's folder: the protocol's own state",
    "gateway/feedback_files.py": "the last answer of a package has come: the package is done with",
    "inquiry/packets.py": "called by inquiry.seal_packet and inquiry.open_packet only",
    "control/receipts.py": "called by control.receipt only",
}
ROOMS_WITH_STATE = (
    "acts/",
    "cases/",
    "documents/",
    "gateway/",
    "inquiry/",
    "control/",
    "funds/",
    "disclosure/",
    "command/",
    "processes/",
    "entry/",
)


@pytest.mark.parametrize("package", ["zhixing", "simworld"])
def test_no_module_is_longer_than_the_limit(package: str) -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in (ROOT / "src" / package).rglob("*.py")
        if "migrations" not in path.parts
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_no_float_where_money_and_law_are_computed() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        if name.startswith(EXACT_ROOMS)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float")
        or (isinstance(node, ast.Attribute) and node.attr == "FloatField")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert found == []


def state_changes(tree: ast.AST) -> list[int]:
    """Lines that assign `.state`, alone or among others, or update it in a query."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [
                part
                for target in targets
                for part in (target.elts if isinstance(target, ast.Tuple) else [target])
            ]
            lines += [
                node.lineno for part in flat if isinstance(part, ast.Attribute) and part.attr == "state"
            ]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("update", "bulk_update")
        ):
            named = any(keyword.arg == "state" for keyword in node.keywords)
            listed = any(
                isinstance(c, ast.Constant) and c.value == "state" for arg in node.args for c in ast.walk(arg)
            )
            lines += [node.lineno] if named or (node.func.attr == "bulk_update" and listed) else []
    return lines


def test_state_changes_only_inside_acts() -> None:
    found = [
        f"{name}:{line}"
        for name, tree in modules().items()
        if name.startswith(ROOMS_WITH_STATE) and name not in act_modules() and name not in STATE_ALLOWED
        for line in state_changes(tree)
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(STATE_ALLOWED))
def test_exception_for_a_state_is_still_needed(name: str) -> None:
    assert state_changes(modules()[name]), (
        f"{STATE_ALLOWED[name]}: no longer changes a state, take it off the list"
    )


def test_views_write_nothing_themselves() -> None:
    """Pages change the world by acts; `.save()`, `.create()` and their kin stay out of views."""
    writes = {
        "save",
        "create",
        "bulk_create",
        "update",
        "bulk_update",
        "delete",
        "get_or_create",
        "update_or_create",
    }
    found = [
        f"{name}:{node.lineno} .{node.func.attr}()"
        for name, tree in modules().items()
        if ("/views/" in name or name.endswith("/views.py")) and not name.startswith("ui/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writes
        and on_a_manager(node.func)
    ]
    assert found == []


def on_a_manager(function: ast.Attribute) -> bool:
    """Whether the call hangs on `….objects…` ; dictionaries have an `update` too."""
    return any(
        isinstance(part, ast.Attribute) and part.attr == "objects" for part in ast.walk(function.value)
    )
