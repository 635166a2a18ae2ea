"""Problems of papers, with stable codes."""

from __future__ import annotations

from zhixing.kernel.errors import Problem


def problem(code: str, sentence: str, mend: str) -> Problem:
    """A problem of the field `file`; codes: empty, too_large, unsupported, unreadable, encrypted, scanned."""
    return Problem(code=f"paper.{code}", sentence=sentence, mend=mend, field="file")
