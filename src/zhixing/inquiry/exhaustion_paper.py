"""The list as a paper, and its data back out of a sealed one."""

from __future__ import annotations

import io
import json
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

from zhixing.inquiry.domain.exhaustion import UNASKED, canonical

ATTACHED = "exhaustion.json"


def paper_of(told: dict[str, Any]) -> dict[str, Any]:
    """Fields of the paper `exhaustion_list`."""
    titles = {row["code"]: row["title"] for row in told["sources"]}
    names = {row["no"]: row["name"] for row in told["debtors"]}
    return {
        "case_number": told["case"],
        "cut_off": told["cut_off"][:16].replace("T", " "),
        "debtors": list(names.values()),
        "rows": [
            {
                "debtor": names[line["debtor"]],
                "source": titles[line["source"]],
                "agency": line["agency_name"] or None,
                "request_nos": line["request_nos"],
                "asked_at": _minute(line["asked_at"]),
                "answered_at": _minute(line["answered_at"]),
                "answer": line["words"],
                "is_gap": line["answer"] not in ("found", "not_found"),
                "is_asked": line["answer"] not in UNASKED,
            }
            for line in told["lines"]
        ],
        "digest": told["digest"],
        "attachment": canonical(told).decode(),
    }


def told_of(pdf: bytes) -> dict[str, Any]:
    """The data inside a list of ours. Raises LookupError when the PDF carries none."""
    names = list(PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"])
    for name, entry in zip(names[::2], names[1::2], strict=True):
        if str(name) == ATTACHED:
            return json.loads(entry.get_object()["/EF"]["/F"].data)
    raise LookupError(ATTACHED)


def _minute(moment: str | None) -> str | None:
    return moment[:16].replace("T", " ") if moment else None
