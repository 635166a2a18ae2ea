"""Rooms import downward only, and the network is reached from two places only."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from architecture_source import ROOT, imported, modules

NETWORK = (
    "httpx",
    "smtplib",
    "socket",
    "requests",
    "urllib.request",
    "http.client",
    "aiohttp",
    "urllib3",
    "ftplib",
    "imaplib",
    "asyncssh",
)
MAY_USE_NETWORK = ("gateway/adapters/", "platform/runtime/")


def layers_of_contract() -> list[set[str]]:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    lines = parser["importlinter:contract:rooms"]["layers"].split("\n")
    return [{room.strip() for room in line.split("|")} for line in lines if line.strip()]


def layers_of_document() -> list[set[str]]:
    """The block of rooms in the architecture document; what stands behind two blanks explains a line."""
    block = re.search(
        r"```\n(config.*?)```", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert block, "docs/architecture.md has no block of rooms"
    heads = [re.split(r"\s{2,}", line)[0] for line in block[1].splitlines() if line.strip()]
    return [{room.strip() for room in head.split("|")} for head in heads]


def test_contract_says_what_the_architecture_document_says() -> None:
    assert layers_of_contract() == layers_of_document()


def test_every_room_stands_in_the_contract() -> None:
    rooms = {name.split("/")[0] for name in modules() if "/" in name}
    assert rooms == set().union(*layers_of_contract())


def test_import_contract_holds() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_only_adapters_and_the_runtime_reach_the_network() -> None:
    found = [
        f"{name}:{line} imports {module}"
        for name, tree in modules().items()
        if not name.startswith(MAY_USE_NETWORK)
        for module, line in imported(tree)
        if module in NETWORK
    ]
    assert found == []


@pytest.mark.parametrize("room", ["kernel", "law"])
def test_pure_rooms_and_domains_know_no_framework_and_no_clock(room: str) -> None:
    pure = [name for name in modules() if name.startswith(f"{room}/") or "/domain/" in name]
    found = [
        f"{name}:{line} imports {module}"
        for name in pure
        for module, line in imported(modules()[name])
        if module.split(".")[0] == "django"
        or module in ("zhixing.kernel.clock.now", "zhixing.kernel.clock.today")
    ]
    assert found == []


def test_the_outside_world_and_the_system_do_not_know_each_other() -> None:
    assert [
        name
        for name, tree in modules().items()
        for module, _ in imported(tree)
        if module.split(".")[0] == "simworld"
    ] == []
