"""The menu: what can be asked, of whom, on which ground; and which agencies of ours answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zhixing.gateway.models import Agency
from zhixing.law.book import book
from zhixing.law.schemas import MenuItem


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """One line of the menu with the agencies connected to this installation."""

    item: MenuItem
    agencies: tuple[Agency, ...]

    @property
    def is_open(self) -> bool:
        """Whether anybody is connected who answers it."""
        return bool(self.agencies)


def menu_lines(*, on: date, stage: int = 1) -> list[MenuLine]:
    """All items in the order of the law table, each with its connected agencies; one query."""
    agencies = list(Agency.objects.filter(is_active=True).exclude(menu=[]))
    return [
        MenuLine(item=item, agencies=tuple(a for a in agencies if item.code in a.menu))
        for item in book().at(on).rows("inquiry.menu", MenuItem)
        if item.stage <= stage
    ]


def agencies_for(codes: list[str]) -> list[Agency]:
    """Connected agencies that answer at least one of these items, by code."""
    return list(Agency.objects.filter(is_active=True, menu__overlap=codes).order_by("code"))
