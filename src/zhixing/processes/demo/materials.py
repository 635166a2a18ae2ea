"""Papers and facts of demo cases, asked from the outside world through its command, never by import."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One case as the outside world files it."""

    facts: dict[str, Any]

    @property
    def texts(self) -> dict[str, str]:
        """Papers by name."""
        return self.facts["texts"]

    @property
    def title(self) -> dict[str, str]:
        """The title to enforce."""
        return self.facts["title"]


def materials_fetch(*, first: int, count: int, seed: int = 1) -> list[Material]:
    """Materials of cases first..first+count-1; number 0 is always the same case."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                sys.executable,
                "-m",
                "simworld",
                "papers",
                "--out",
                folder,
                "--first",
                str(first),
                "--cases",
                str(count),
                "--formats",
                "",
                "--seed",
                str(seed),
            ],
            check=True,
            capture_output=True,
        )
        paths = sorted(Path(folder).glob("case-*/material.json"))
        return [Material(facts=json.loads(path.read_text(encoding="utf-8"))) for path in paths]
