"""Reads about cases. Row-level security filters first; these narrow further by viewer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhixing.cases.models import Case, CaseState, ClueState, Identifier, Node, Party, PartyAccess, PartyRole
from zhixing.courts.models import Account, Staff
from zhixing.kernel.text import bigrams, normalise
from zhixing.platform.crypto import unseal_text
from zhixing.platform.scope import Scope


def case_load(case_id: int, for_update: bool) -> Case | None:
    """The case as the scope sees it, locked when asked; None when out of sight."""
    rows = Case.objects.select_related("court", "handler", "assistant", "clerk")
    if for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.filter(pk=case_id).first()


def cases_visible(
    *, text: str = "", state: str = "", handler: Staff | None = None, court_key: int | None = None
) -> QuerySet[Case]:
    """Cases in scope, newest first. `text` is part of a number or a party's name (two characters at least)."""
    rows = Case.objects.select_related("court", "handler").order_by("-docketed_on", "-id")
    if state:
        rows = rows.filter(state=state)
    if handler is not None:
        rows = rows.filter(handler=handler)
    if court_key is not None:
        rows = rows.filter(court_key=court_key)
    if len(normalise(text)) >= 2:
        rows = rows.filter(search__contains=bigrams(text))
    return rows


def cases_open_of(staff: Staff) -> QuerySet[Case]:
    """Open cases this person handles, assists or keeps."""
    from django.db.models import Q

    mine = Q(handler=staff) | Q(assistant=staff) | Q(clerk=staff)
    return Case.objects.filter(mine, state=CaseState.OPEN)


def parties_of(case_id: int, *, role: str | None = None) -> QuerySet[Party]:
    """Parties of a case, applicants first."""
    rows = Party.objects.filter(case_id=case_id).order_by("role", "id")
    return rows.filter(role=role) if role else rows


def is_obligor(party: Party, *, on: date) -> bool:
    """Whether network measures may reach this party that day (NIC-08)."""
    if party.role != PartyRole.OBLIGOR or party.obligor_from is None or party.obligor_from > on:
        return False
    return party.obligor_to is None or party.obligor_to >= on


def identifiers_of(case_id: int, *, state: str | None = None) -> QuerySet[Identifier]:
    """Identifiers and clues of a case with their party, strong kinds first by kind name."""
    rows = (
        Identifier.objects.filter(case_id=case_id)
        .select_related("party", "paper")
        .order_by("party_id", "kind", "id")
    )
    return rows.filter(state=state) if state else rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearIdentifier:
    """An identifier in clear. Whoever asks must journal the reading (design §1)."""

    id: int
    kind: str
    value: str
    masked: str
    party_id: int | None


def identifiers_in_clear(rows: Iterable[Identifier]) -> list[ClearIdentifier]:
    """Decrypt identifiers for an order, a document or screening."""
    return [
        ClearIdentifier(
            id=row.pk,
            kind=row.kind,
            value=unseal_text(row.subject, row.value_sealed),
            masked=row.masked,
            party_id=row.party_id,
        )
        for row in rows
    ]


def confirmed_of_party(party: Party) -> list[ClearIdentifier]:
    """Confirmed identifiers of one party in clear."""
    return confirmed_of_parties([party.pk])[party.pk]


def confirmed_of_parties(party_ids: Iterable[int]) -> dict[int, list[ClearIdentifier]]:
    """Confirmed identifiers in clear by party, ordered by kind; every party asked for has an entry. One statement."""
    found: dict[int, list[ClearIdentifier]] = {pk: [] for pk in party_ids}
    rows = Identifier.objects.filter(party_id__in=found, state=ClueState.CONFIRMED).order_by("kind", "id")
    for mark in identifiers_in_clear(rows):
        if mark.party_id is not None:
            found[mark.party_id].append(mark)
    return found


def nodes_of(case_id: int) -> QuerySet[Node]:
    """Nodes of a case in the order they opened."""
    return Node.objects.filter(case_id=case_id).order_by("opened_on", "id")


def scope_of_party(account: Account) -> Scope:
    """A party sees his own cases and nothing else. Reads the access rows before any scope is set."""
    ids = tuple(PartyAccess.objects.filter(account=account).values_list("case_id", flat=True))
    return Scope(cases=ids)
