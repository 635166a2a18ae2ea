"""Reads of what a party may know. Row-level security has narrowed to the viewer's cases before this."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from zhixing.cases.models import Party, PartyRole
from zhixing.disclosure.models import DisclosureItem, ItemAudience

_ROLES = {PartyRole.APPLICANT: ItemAudience.APPLICANT, PartyRole.OBLIGOR: ItemAudience.OBLIGOR}


def items_for(party: Party) -> QuerySet[DisclosureItem]:
    """What this party of its case may know by now, newest first. Third persons see what both sides see."""
    audiences = [ItemAudience.PARTIES, ItemAudience.PUBLIC]
    if party.role in _ROLES:
        audiences.append(_ROLES[PartyRole(party.role)])
    return (
        DisclosureItem.objects.filter(case_id=party.case_id, audience__in=audiences, visible_at__isnull=False)
        .filter(Q(party=None) | Q(party=party))
        .order_by("-seq", "audience")
    )


def items_latest(parties: list[Party]) -> dict[int, DisclosureItem]:
    """Newest item by case id, for a list of cases: each party as it stands in its case. One statement."""
    if not parties:
        return {}
    wanted = Q()
    for party in parties:
        audiences = [
            ItemAudience.PARTIES,
            ItemAudience.PUBLIC,
            *([_ROLES[PartyRole(party.role)]] if party.role in _ROLES else []),
        ]
        wanted |= Q(case_id=party.case_id, audience__in=audiences) & (Q(party=None) | Q(party=party))
    rows = (
        DisclosureItem.objects.filter(wanted, visible_at__isnull=False)
        .order_by("case_id", "-seq")
        .distinct("case_id")
    )
    return {row.case_id: row for row in rows}
