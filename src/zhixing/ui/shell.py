"""The frame around each page: who is logged in, where, and which places he may go to.

The room `entry` builds a Shell for each request and hands it to the templates as `shell`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import Resolver404, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One place of the rail.

    Attributes:
        key: stable name (`workbench`, `cases`, …).
        count: things that wait there for this person; 0 shows no badge.
        current: the page shown belongs to this place.
    """

    key: str
    label: str
    icon: str
    href: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What `ui/base.html`, `ui/base_phone.html` and `ui/base_hall.html` show outside the page's own block.

    Attributes:
        department: second line under the court's name.
        now: moment shown at the top (aware).
        nav: places for the rail, in order; for phone pages the places of the bottom bar.
        search_action: path of the search page; empty hides the search field.
    """

    court_name: str
    user_name: str
    role_name: str
    now: datetime
    department: str = "执行局 · 执行案件大数据管理系统"
    nav: tuple[NavItem, ...] = field(default=())
    search_action: str = "/search"
    logout_action: str = "/logout/"
    home: str = "/"


# All places that the rail knows, in the order of the work. Which of them a role sees is decided by `entry`.
PLACES = (
    NavItem(key="workbench", label="工作台", icon="layout-dashboard", href="/"),
    NavItem(key="cases", label="案件", icon="folder-open", href="/cases/"),
    NavItem(key="inquiry", label="查控", icon="search", href="/inquiry/"),
    NavItem(key="release", label="发起", icon="send", href="/release/"),
    NavItem(key="manual", label="纸面", icon="clipboard-list", href="/manual/"),
    NavItem(key="approvals", label="审批", icon="writing-sign", href="/approvals/"),
    NavItem(key="funds", label="案款", icon="coin", href="/funds/"),
    NavItem(key="deterrence", label="惩戒", icon="gavel", href="/deterrence/"),
    NavItem(key="disclosure", label="公开", icon="broadcast", href="/disclosure/"),
    NavItem(key="supervision", label="监督", icon="shield-half", href="/supervision/"),
    NavItem(key="law", label="计算", icon="scale", href="/law/"),
    NavItem(key="command", label="指挥", icon="hierarchy-2", href="/command/"),
    NavItem(key="agencies", label="单位", icon="plug-connected", href="/agencies/"),
    NavItem(key="exchange", label="往来", icon="arrows-exchange", href="/exchange/"),
    NavItem(key="wire", label="报文", icon="report-search", href="/wire/"),
    NavItem(key="knowledge", label="知识", icon="books", href="/knowledge/"),
)


def has_page(href: str) -> bool:
    """Whether some view answers at this path, so that the rail never holds a dead link."""
    try:
        resolve(href)
    except Resolver404:
        return False
    return True


def nav_build(
    *, path: str, keys: Collection[str], counts: Mapping[str, int] | None = None
) -> tuple[NavItem, ...]:
    """The rail of one person, in the order of PLACES.

    Args:
        path: path of the request; the place with the longest matching start is current.
        keys: places his roles may see; places without a page are left out anyway.
        counts: badge numbers by key.
    """
    counts = counts or {}
    shown = [place for place in PLACES if place.key in keys and has_page(place.href)]
    starts = [
        place for place in shown if path == place.href or (place.href != "/" and path.startswith(place.href))
    ]
    here = max(starts, key=lambda place: len(place.href), default=None)
    return tuple(
        NavItem(
            key=place.key,
            label=place.label,
            icon=place.icon,
            href=place.href,
            count=counts.get(place.key, 0),
            current=place is here,
        )
        for place in shown
    )
