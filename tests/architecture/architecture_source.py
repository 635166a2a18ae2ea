"""The source of the system as trees, parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ZHIXING = ROOT / "src" / "zhixing"


@lru_cache(maxsize=1)
def modules() -> dict[str, ast.Module]:
    """Path below `zhixing` → tree, for every module but migrations."""
    paths = sorted(path for path in ZHIXING.rglob("*.py") if "migrations" not in path.parts)
    return {
        path.relative_to(ZHIXING).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


def act_modules() -> dict[str, ast.Module]:
    """The act files: `<room>/acts/<verb>.py`. The room `acts` itself is the mechanism."""
    return {
        name: tree
        for name, tree in modules().items()
        if name.split("/")[1:2] == ["acts"]
        and not name.startswith("acts/")
        and not name.endswith("__init__.py")
    }


def imported(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every imported module with its line, whether at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
