"""The clue page: what was read from the papers, by party, each with its place in the paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhixing.cases.domain.extraction import TITLES
from zhixing.cases.models import Case, ClueState, Identifier, Paper, Party, PartyRole
from zhixing.cases.selectors import identifiers_of, parties_of
from zhixing.platform.crypto import unseal_text

AROUND = 34  # characters of the paper on each side of a clue
STRONG = ("resident_id", "uscc", "passport")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueRow:
    """One clue. value is in clear; before, mark, after are the words of the paper, empty when typed by hand."""

    id: int
    title: str
    value: str
    source: str
    paper_id: int | None
    before: str
    mark: str
    after: str
    check: str
    check_note: str
    state: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClueGroup:
    """The clues of one party; party is None for clues that the papers give to nobody in particular."""

    party: Party | None
    role: str
    rows: list[ClueRow]
    open: int


def clue_groups(case: Case) -> list[ClueGroup]:
    """All clues in clear, obligors first. Three statements. Whoever shows them journals the reading."""
    rows = list(identifiers_of(case.pk))
    texts = _texts(rows)
    parties = sorted(parties_of(case.pk), key=lambda p: (p.role != PartyRole.OBLIGOR, p.role, p.pk))
    groups = [_group(party, [row for row in rows if row.party_id == party.pk], texts) for party in parties]
    loose = [row for row in rows if row.party_id is None]
    if loose:
        groups.append(_group(None, loose, texts))
    return groups


def clue_counts(case_id: int) -> dict[str, int]:
    """Clues by state. One statement."""
    found = dict.fromkeys(ClueState.values, 0)
    for state in Identifier.objects.filter(case_id=case_id).values_list("state", flat=True):
        found[state] += 1
    return found


def sound_ids(case_id: int) -> list[int]:
    """Proposed clues that belong to a party and whose check, if any, holds."""
    rows = Identifier.objects.filter(case_id=case_id, state=ClueState.PROPOSED).exclude(party=None)
    return list(rows.exclude(check_ok=False).order_by("id").values_list("pk", flat=True))


def highlight(text: str, start: int | None, end: int | None, around: int = AROUND) -> tuple[str, str, str]:
    """The words before, at and after a span, on one line."""
    if start is None or end is None or end > len(text):
        return "", "", ""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    lead, tail = ("…" if start > around else ""), ("…" if end + around < len(text) else "")
    return lead + _flat(before), _flat(text[start:end]), _flat(after) + tail


def _flat(text: str) -> str:
    return " ".join(text.split()) if text.strip() else ""


def _texts(rows: Iterable[Identifier]) -> dict[int, str]:
    """Text of each paper once."""
    papers: dict[int, Paper] = {row.paper_id: row.paper for row in rows if row.paper_id}
    return {pk: unseal_text(paper.subject, paper.text_sealed) for pk, paper in papers.items()}


def _group(party: Party | None, rows: Sequence[Identifier], texts: dict[int, str]) -> ClueGroup:
    return ClueGroup(
        party=party,
        role=str(PartyRole(party.role).label) if party else "",
        rows=[_row(row, texts) for row in _ordered(rows)],
        open=sum(row.state == ClueState.PROPOSED for row in rows),
    )


def _ordered(rows: Sequence[Identifier]) -> list[Identifier]:
    """Undecided first, then in the order in which kinds are shown."""
    kinds = [str(kind) for kind in TITLES]
    return sorted(
        rows,
        key=lambda r: (
            r.state != ClueState.PROPOSED,
            kinds.index(r.kind) if r.kind in kinds else len(kinds),
            r.pk,
        ),
    )


def _row(row: Identifier, texts: dict[int, str]) -> ClueRow:
    before, mark, after = highlight(texts.get(row.paper_id or 0, ""), row.span_from, row.span_to)
    return ClueRow(
        id=row.pk,
        title=kind_title(row.kind),
        value=unseal_text(row.subject, row.value_sealed),
        source=row.source,
        paper_id=row.paper_id,
        before=before,
        mark=mark,
        after=after,
        state=row.state,
        decided_by=row.decided_by,
        check={True: "ok", False: "bad", None: "none"}[row.check_ok],
        check_note=row.check_note,
    )


def kind_title(kind: str) -> str:
    """Name of a kind of identifier."""
    return next((title for key, title in TITLES.items() if str(key) == kind), kind)
