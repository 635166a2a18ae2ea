"""Which case a party looks at, and as whom. Somebody else's case does not exist for him."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from zhixing.cases.models import Case, Party, PartyAccess, PartyRole
from zhixing.ui.shell import NavItem, Shell

_ACCESS = ("case__court", "case__handler", "case__clerk", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A party at its case."""

    case: Case
    party: Party
    has_more: bool = False  # this login has other cases too

    @property
    def account_groups(self) -> str:
        """The case's account in groups of four, as people read and compare it."""
        digits = self.case.fund_account
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    @property
    def is_applicant(self) -> bool:
        """Applicants see what the debtor declared and what was controlled; debtors see their own side."""
        return self.party.role == PartyRole.APPLICANT

    @property
    def is_obligor(self) -> bool:
        """Who has to perform and to report property."""
        return self.party.role == PartyRole.OBLIGOR


def seats_of(request: HttpRequest) -> list[Seat]:
    """All cases of the login, newest first. One statement."""
    rows = (
        PartyAccess.objects.filter(account=request.user)
        .select_related(*_ACCESS)
        .order_by("-case__docketed_on", "-case_id")
    )
    return [Seat(case=row.case, party=row.party) for row in rows]


def seat_of(request: HttpRequest, case_id: int, page: str) -> Seat:
    """The login's place in one case; puts the phone frame of the case on the request. page: now, money or do.

    Raises:
        Http404: not a case of this login.
    """
    row = PartyAccess.objects.filter(account=request.user, case_id=case_id).select_related(*_ACCESS).first()
    if row is None:
        raise Http404
    request.shell = _shell(request.shell, row.case, page)
    has_more = PartyAccess.objects.filter(account=request.user).exclude(pk=row.pk).exists()
    return Seat(case=row.case, party=row.party, has_more=has_more)


def _shell(frame: Shell, case: Case, page: str) -> Shell:
    places = (
        ("now", "进展", "route", ""),
        ("money", "钱款财产", "coin", "money/"),
        ("do", "我能做的", "message-report", "do/"),
    )
    return Shell(
        court_name=case.court.name,
        user_name=frame.user_name,
        role_name=frame.role_name,
        now=frame.now,
        home="/party/",
        search_action="",
        nav=tuple(
            NavItem(key=key, label=label, icon=icon, href=f"/party/{case.pk}/{tail}", current=key == page)
            for key, label, icon, tail in places
        ),
    )
