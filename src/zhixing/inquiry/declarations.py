"""Reports of property as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from zhixing.cases.models import Case
from zhixing.inquiry.models import Category, Declaration, DeclaredItem
from zhixing.platform.crypto import unseal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item in words; the number only by its last four."""

    category: str
    place: str
    text: str
    tail: str
    amount: Decimal | None
    flags: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report with its items in the order entered."""

    declaration: Declaration
    items: tuple[Item, ...]


def declarations_of(case: Case) -> list[Report]:
    """Reports of a case, newest first; two statements."""
    rows = (
        Declaration.objects.filter(case=case)
        .select_related("party")
        .prefetch_related("items")
        .order_by("-received_on", "-pk")
    )
    return [
        Report(
            declaration=row,
            items=tuple(item_of(case, item) for item in sorted(row.items.all(), key=lambda item: item.pk)),
        )
        for row in rows
    ]


def item_of(case: Case, item: DeclaredItem) -> Item:
    """One item decrypted."""
    return Item(
        category=str(Category(item.category).label),
        place=unseal_text(case.subject, item.place_sealed),
        text=unseal_text(case.subject, item.text_sealed),
        tail=item.number_tail,
        amount=item.amount,
        flags="、".join(item.flags),
    )
