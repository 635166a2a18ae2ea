"""Papers in: read, extracted, kept; what was found becomes proposed clues of the case."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from zhixing.cases import services
from zhixing.cases.domain.extraction import extract, read_paper
from zhixing.cases.models import Case, ClueState, Filing, Paper, Party
from zhixing.kernel.errors import InvalidInput
from zhixing.kernel.text import normalise
from zhixing.platform.crypto import unseal_text

# Kinds that become clues of a party; the rest (case number, amount, rate) fill the docketing form.
CLUE_KINDS = (
    "resident_id",
    "uscc",
    "passport",
    "mobile",
    "landline",
    "wechat",
    "qq",
    "alipay",
    "email",
    "plate",
    "bank_account",
    "realty_certificate",
    "employer",
    "address",
)


def paper_receive(
    *,
    content: bytes,
    filename: str,
    uploaded_by: str,
    moment: datetime,
    filing: Filing | None = None,
    case: Case | None = None,
    limit: int = 0,
) -> Paper:
    """Read one paper and keep it with what was found. Raises InvalidInput with sentences for the person."""
    owner = filing or case
    if owner is None:
        raise TypeError("A paper belongs to a filing or to a case.")
    paper = read_paper(content, filename, **({"limit_bytes": limit} if limit else {}))
    if isinstance(paper, tuple):
        raise InvalidInput(paper)
    found = extract(paper.text).as_json()
    return services.paper_store(
        content=content,
        filename=filename,
        kind=paper.kind,
        text=paper.text,
        found=found,
        uploaded_by=uploaded_by,
        moment=moment,
        subject=owner.subject,
        court_key=owner.court_key,
        filing=filing,
        case=case,
    )


def paper_findings(paper: Paper) -> dict[str, Any]:
    """What extraction found in one paper, decrypted."""
    return json.loads(unseal_text(paper.subject, paper.found_sealed))


def filing_clues(case: Case) -> int:
    """Propose the clues of all papers of a case to its parties by name. Known values stay as they are."""
    parties = {normalise(p.name): p for p in Party.objects.filter(case=case)}
    total = 0
    for paper in Paper.objects.filter(case=case).order_by("id"):
        total += paper_clues(case, paper, parties)
    return total


def paper_clues(case: Case, paper: Paper, parties: dict[str, Party]) -> int:
    """Propose the clues of one paper."""
    by_party: dict[int | None, list[services.Mark]] = {}
    found = paper_findings(paper)
    for kind in CLUE_KINDS:
        for item in found.get(kind, []):
            party = parties.get(normalise(item.get("party") or ""))
            if party is None and item.get("party"):
                continue  # belongs to somebody named who is no party: an agent, a witness
            check = item.get("check") or {}
            by_party.setdefault(party.pk if party else None, []).append(
                services.Mark(
                    kind=kind,
                    value=item["value"],
                    source=paper.filename.rsplit(".", 1)[0],
                    check_ok=check.get("ok"),
                    check_note="；".join(_sentence(p) for p in check.get("problems", [])),
                    state=ClueState.PROPOSED,
                    paper_id=paper.pk,
                    span=tuple(item["span"]),
                )
            )
    by_id = {p.pk: p for p in parties.values()}
    return sum(
        services.identifiers_add(case=case, party=by_id.get(pk) if pk else None, marks=marks)
        for pk, marks in by_party.items()
    )


def _sentence(problem: Any) -> str:
    return problem.get("sentence", "") if isinstance(problem, dict) else str(problem)
