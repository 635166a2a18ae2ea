"""Service by announcement and restoration of a missed period (民诉法第八十六条、第九十五条、第二百八十三条; PT-05, PT-06)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.terms.counting import Deadline, deadline

if TYPE_CHECKING:
    from datetime import date

    from zhixing.law.book import LawBook


def announcement_served(
    published: date, *, abroad: bool = False, law_book: LawBook | None = None
) -> Deadline:
    """When a paper that was announced counts as served; `due` is the day of service.

    A period that begins with service starts the day after that day.

    Args:
        published: day on which the announcement was published.
        abroad: the party has no domicile in China.
        law_book: the platform's book when left out.
    """
    return deadline(published, "service.announcement_abroad" if abroad else "service.announcement", law_book)


def restoration_asked(obstacle_ended: date, law_book: LawBook | None = None) -> Deadline:
    """Until when a party who missed a period for good reason may ask for more time."""
    return deadline(obstacle_ended, "case.restore_period", law_book)
