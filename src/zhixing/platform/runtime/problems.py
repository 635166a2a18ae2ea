"""What keeps an installation from starting, told to the person at the terminal."""

from __future__ import annotations


class RuntimeProblem(Exception):
    """Something on this machine must be mended before the programs can run.

    Both sentences say what was found and what to do; the command line prints them and exits with code 1.
    """

    def __init__(self, chinese: str, english: str) -> None:
        """Keep both wordings; they carry paths and ports, never secrets or personal data."""
        super().__init__(english)
        self.chinese = chinese
        self.english = english

    def __reduce__(self) -> tuple[type[RuntimeProblem], tuple[str, str]]:
        """Rebuild from both sentences, so that the problem survives a trip between processes."""
        return type(self), (self.chinese, self.english)
