"""A running installation with courts, staff and agencies only, and persons before a real browser."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# importlib mode puts no test folder on the path; the helper modules are loaded by their files, once.
for name, path in (
    ("drill_stack", HERE.parent / "drills" / "stack.py"),
    ("acceptance_people", HERE / "people.py"),
):
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)

from acceptance_people import Person
from drill_stack import Stack, answers, stack_made


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process for the whole folder: a second one would only start a second installation."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("acceptance"))


@pytest.fixture(scope="session")
def demo_stack() -> Iterator[Stack]:
    """Web, worker, simulated agencies, phone and mailbox; no case yet."""
    with stack_made() as stack:
        stack.start("simworld")
        stack.start("worker")
        stack.start("web")
        stack.until(lambda: answers(f"{stack.runtime.services_url}/"), "phone and mailbox answer")
        yield stack


@pytest.fixture(scope="session")
def papers(demo_stack: Stack) -> list[Path]:
    """Papers of the first case as a clerk gets them: one as text, one as Word, one as PDF, and so on."""
    folder = demo_stack.runtime.home / "papers"
    subprocess.run(
        [sys.executable, "-m", "simworld", "papers", "--out", str(folder), "--first", "0", "--cases", "1",
         "--formats", "txt,docx,pdf", "--fonts", str(demo_stack.runtime.fonts_dir)],
        check=True, env=demo_stack.environment(),
    )  # fmt: skip
    names = sorted({path.stem for path in folder.glob("case-0000/*.txt")})
    kinds = ("docx", "pdf", "txt")
    return [folder / "case-0000" / f"{name}.{kinds[no % 3]}" for no, name in enumerate(names)]


@pytest.fixture
def person(
    demo_stack: Stack, chromium: Any, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Person]]:
    """`person("wangxiaonan")` is that person, logged in; the same person each time. Pictures are kept on failure."""
    known: dict[str, Person] = {}

    def of(username: str, **window: Any) -> Person:
        key = username + "".join(sorted(window))
        if key not in known:
            known[key] = Person(chromium, demo_stack.url, username, **window)
        return known[key]

    failed_before = request.session.testsfailed
    yield of
    if request.session.testsfailed > failed_before:
        folder = ROOT / "build" / "failed"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for key, one in known.items():
            one.page.screenshot(path=folder / f"{key}.png", full_page=True)
        (folder / "web.log").write_text(demo_stack.log("web"))
        (folder / "worker.log").write_text(demo_stack.log("worker"))
    for one in known.values():
        one.context.close()
