"""What must be seen to when property of a kind is controlled (DUR-06 to DUR-21, NIC-37 to NIC-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.schemas import ControlDuty

if TYPE_CHECKING:
    from datetime import date


def duties_for(on: date, *occasions: str, law_book: LawBook | None = None) -> tuple[ControlDuty, ...]:
    """The duties of a day: those for all property, and those for the occasions named, in the order of the table.

    Args:
        on: day of the measure.
        occasions: co_owned, third_party, sold, equity, securities, payment, criminal, preservation, business, mortgage.
        law_book: the platform's book when left out.
    """
    wanted = {"any", *occasions}
    rows = (law_book or book()).at(on).rows("control_duties", ControlDuty)
    return tuple(row for row in rows if row.occasion in wanted)
