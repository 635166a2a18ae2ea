"""From the text of a paper to its parties and clues."""

from __future__ import annotations

import re
from typing import Any

from zhixing.cases.domain.extraction import conflicts, mentions, parties
from zhixing.cases.domain.extraction.binder import Binder
from zhixing.cases.domain.extraction.mention import COURT
from zhixing.cases.domain.extraction.model import UNOWNED, Clue, Extraction, Found, Kind, Party
from zhixing.cases.domain.extraction.recognisers import ALL
from zhixing.cases.domain.extraction.view import View

CONTEXT = 40  # characters of context handed out with a clue, at most


def extract(text: str) -> Extraction:
    """Parties and clues of a paper's text; spans are offsets in exactly this text."""
    if not text.strip():
        return Extraction(text=text, parties=(), clues=())
    view = View.of(text)
    found = conflicts.settle([clue for recogniser in ALL for clue in recogniser.find(view)], view.text)
    roll = parties.find(view)
    binder = Binder(view=view, roll=roll, mentions=mentions.find(view, roll), found=found)
    owned = [(clue, *binder.owners(clue)) for clue in found]
    clues = _distinct(view, owned, roll.parties)
    told = [_told(view, party, clues) for party in sorted(roll.parties, key=lambda party: party.start)]
    return Extraction(text=text, parties=tuple(told), clues=tuple(clues))


def _distinct(view: View, owned: list[tuple[Found, list[int | None], bool]], roll: list[Party]) -> list[Clue]:
    """One clue for each kind, value and owner: the first place wins, a surely bound one beats a guess."""
    sure = {
        (f.kind, f.value) for f, owners, certain in owned if certain and any(o is not None for o in owners)
    }
    seen: dict[tuple[Kind, str, int | None], Clue] = {}
    for found, owners, certain in owned:
        for owner in owners:
            if owner == COURT:
                continue
            key = (found.kind, found.value, owner)
            if key in seen or (not certain and (found.kind, found.value) in sure):
                continue
            seen[key] = _clue(view, found, roll[owner].name if owner is not None else None)
    named = {(kind, value) for kind, value, owner in seen if owner is not None}
    return [
        clue
        for (kind, value, owner), clue in seen.items()
        if owner is not None or kind in UNOWNED or (kind, value) not in named
    ]


def _clue(view: View, found: Found, party: str | None) -> Clue:
    start, end = view.span(found.start, found.end)
    return Clue(
        kind=found.kind,
        raw=view.source[start:end],
        value=found.value,
        span=(start, end),
        check=found.check,
        party=party,
        context=_context(view.source, start, end),
        detail=found.detail,
    )


def _context(text: str, start: int, end: int) -> str:
    """The clue in its surroundings, at most 40 characters on one line."""
    spare = max(0, CONTEXT - (end - start))
    begin = max(0, start - (spare * 2 // 3))
    return re.sub(r"\s", " ", text[begin : begin + CONTEXT])


def _told(view: View, party: Party, clues: list[Clue]) -> dict[str, Any]:
    """A party as plain JSON values, with the identifiers bound to it by kind."""
    answer: dict[str, Any] = {
        "role": party.role.value,
        "kind": party.kind.value,
        "name": party.name,
        "span": list(view.span(party.start, party.end)),
        "label": party.label,
        "aliases": list(dict.fromkeys(party.aliases)),
        "represents": list(dict.fromkeys(party.represents)),
    }
    for kind in Kind:
        values = [clue.value for clue in clues if clue.kind is kind and clue.party == party.name]
        if values:
            answer[kind.value] = list(dict.fromkeys(values))
    return answer
