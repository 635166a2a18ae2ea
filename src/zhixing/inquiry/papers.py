"""Content of the papers of an inquiry."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import ActContext, DocumentSpec
from zhixing.cases.documents import ID_KIND_NAMES, case_paper, strong_identifier_checked
from zhixing.cases.models import Party
from zhixing.cases.selectors import confirmed_of_party
from zhixing.gateway.models import Agency, AgencyKind
from zhixing.inquiry.menu import agencies_for
from zhixing.inquiry.officers import officers_on
from zhixing.law.terms import term_days

NOTICE_KINDS = {
    AgencyKind.BANK: "deposit_inquiry_notice",
    AgencyKind.PAYMENT: "deposit_inquiry_notice",
    AgencyKind.REALTY: "realty_inquiry_notice",
}
OTHER_NOTICE = "property_inquiry_notice"


def inquiry_specs(ctx: ActContext) -> list[DocumentSpec]:
    """The ruling, then one notice of assistance per agency; notices carry the ruling's number.

    What the notices share is read once: a request may go to thousands of banks.
    """
    party = Party.objects.get(pk=ctx.fields.party)
    rows = {row.code: row for row in ctx.book.at(ctx.today).rows("inquiry.menu")}
    titles = [rows[code].title for code in ctx.fields.menu]
    ruling = case_paper(ctx.case) | {
        "notified_on": ctx.case.notice_served_on,
        "subjects": [party.name],
        "scope": "、".join(titles),
    }
    specs = [
        DocumentSpec(
            kind="inquiry_ruling", key="inquiry_ruling", data=ruling, recipient="协助单位", number=True
        )
    ]
    strong = strong_identifier_checked(confirmed_of_party(party))
    shared = {
        "case_number": ctx.case.number,
        "subjects": [{"name": party.name, "id_kind": ID_KIND_NAMES[strong.kind], "id_number": strong.value}],
        "officers": officer_lines(ctx),
        "phone": ctx.case.court.phone,
    }
    return specs + [_notice(ctx, agency, rows, shared) for agency in agencies_for(ctx.fields.menu)]


def _notice(ctx: ActContext, agency: Agency, rows: dict[str, Any], shared: dict[str, Any]) -> DocumentSpec:
    data = shared | {
        "addressee": agency.name,
        "items": [rows[code].returns for code in ctx.fields.menu if code in agency.menu],
    }
    kind = NOTICE_KINDS.get(AgencyKind(agency.kind), OTHER_NOTICE)
    if kind == NOTICE_KINDS[AgencyKind.BANK]:
        data |= {
            "movements_from": ctx.fields.period_from,
            "movements_until": ctx.fields.period_to,
            "answer_hours": term_days("bank.answer", on=ctx.today),
        }
    return DocumentSpec(
        kind=kind,
        key=f"notice:{agency.code}",
        data=data,
        recipient=agency.name,
    )


def officer_lines(ctx: ActContext) -> list[dict[str, str]]:
    """Two officers at least, as named in notices."""
    return [
        {"name": c.staff.name, "work_card": c.work_cert_no, "duty_card": c.official_cert_no}
        for c in officers_on(court_key=ctx.court_key, on=ctx.today)
    ][:2]
