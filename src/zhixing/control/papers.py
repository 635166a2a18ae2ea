"""Content of the papers of control acts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from zhixing.acts.kinds import ActContext, DocumentSpec
from zhixing.cases.documents import ID_KIND_NAMES, case_paper, strong_identifier_checked
from zhixing.cases.models import Party, PartyRole
from zhixing.cases.selectors import confirmed_of_parties
from zhixing.control.orders import officer_lines
from zhixing.control.targets import TargetFacts

WHAT = {"cash": "存款", "wealth": "理财产品", "realty": "房屋"}


def account_line(facts: TargetFacts, amount: Decimal) -> dict[str, Any]:
    """One account in an annexed list."""
    number = facts.target.account_no or facts.target.product_no or facts.target.wealth_account
    return {
        "institution": facts.agency_name,
        "account": number,
        "what": WHAT[facts.category],
        "amount": amount,
    }


def realty_line(facts: TargetFacts) -> dict[str, Any]:
    """One registered thing in an annexed list."""
    target = facts.target
    return {
        "what": "房屋",
        "location": target.location or facts.label,
        "certificate": target.certificate_no or None,
        "unit_number": target.unit_no or None,
    }


class Assistance:
    """What all notices of assistance of one act share; a constant number of statements for any number of notices."""

    def __init__(self, ctx: ActContext, party_ids: Iterable[int]) -> None:
        clear = confirmed_of_parties(party_ids)
        self._names = dict(Party.objects.filter(pk__in=clear).values_list("pk", "name"))
        self._strong = {pk: strong_identifier_checked(marks) for pk, marks in clear.items()}
        applicants = ctx.case.parties.filter(role=PartyRole.APPLICANT).values_list("name", flat=True)
        self._shared = {
            "case_number": ctx.case.number,
            "applicant_names": "、".join(applicants),
            "cause": ctx.case.cause,
            "officers": officer_lines(ctx),
            "phone": ctx.case.court.phone,
        }

    def notice(self, agency: str, party_id: int) -> dict[str, Any]:
        """Fields of one notice: to whom it goes, and whom it concerns."""
        strong = self._strong[party_id]
        return self._shared | {
            "addressee": agency,
            "debtor": self._names[party_id],
            "debtor_id_kind": ID_KIND_NAMES[strong.kind],
            "debtor_id": strong.value,
        }


def ruling(ctx: ActContext, kind: str, debtors: str, **fields: Any) -> DocumentSpec:
    """A ruling of this case."""
    data = case_paper(ctx.case) | {"notified_on": ctx.case.notice_served_on, "debtor": debtors} | fields
    return DocumentSpec(kind=kind, key="ruling", data=data, recipient="协助单位、当事人", number=True)


def by_agency(
    chosen: list[tuple[TargetFacts, Decimal]],
) -> dict[tuple[str, str, int], list[tuple[TargetFacts, Decimal]]]:
    """Targets grouped as they go out: agency code, name, person."""
    groups: dict[tuple[str, str, int], list[tuple[TargetFacts, Decimal]]] = {}
    for facts, amount in chosen:
        groups.setdefault((facts.agency_code, facts.agency_name, facts.party_id), []).append((facts, amount))
    return groups


def debtor_names(chosen: list[tuple[TargetFacts, Decimal]]) -> str:
    """Names of the persons concerned, each once."""
    ids = dict.fromkeys(facts.party_id for facts, _ in chosen)
    names = dict(Party.objects.filter(pk__in=ids).values_list("pk", "name"))
    return "、".join(names[pk] for pk in ids)
