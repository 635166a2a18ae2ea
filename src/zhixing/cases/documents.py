"""What papers say about a case: parties, title, signers, account. Content for the templates of the documents room."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, cast

from zhixing.acts.kinds import ActContext, DocumentSpec
from zhixing.cases.models import Case, Party, PartyRole
from zhixing.cases.selectors import ClearIdentifier, confirmed_of_parties
from zhixing.documents.models import Document
from zhixing.documents.services import document_content
from zhixing.gateway.hooks import SealedPaper
from zhixing.law.book import book
from zhixing.law.fees import execution_fee
from zhixing.law.schemas import CloseMode
from zhixing.law.terms import term_days

ID_KIND_NAMES = {"resident_id": "公民身份号码", "uscc": "统一社会信用代码", "passport": "护照号码"}


def case_paper(case: Case) -> dict[str, Any]:
    """Fields that every paper about a case shares (CasePaper)."""
    court = case.court
    parties = list(case.parties.order_by("role", "id"))
    clear = confirmed_of_parties([p.pk for p in parties])
    return {
        "case_number": case.number,
        "cause": case.cause,
        "applicants": [party_data(p, clear[p.pk]) for p in parties if p.role == PartyRole.APPLICANT],
        "debtors": [party_data(p, clear[p.pk]) for p in parties if p.role == PartyRole.OBLIGOR],
        "instrument": {"issuer": case.title_made_by, "number": case.title_number, "name": case.title_kind},
        "signers": _signers(case),
        "contact": {
            "person": case.handler.name,
            "phone": court.phone,
            "address": court.address or f"{court.name}执行局",
        }
        if case.handler
        else None,
    }


def party_data(party: Party, clear: list[ClearIdentifier]) -> dict[str, Any]:
    """One party at the head of a paper. clear: his confirmed identifiers."""
    marks = {mark.kind: mark for mark in clear}
    strong = strong_identifier(list(marks.values()))
    return {
        "role": PartyRole(party.role).label,
        "name": party.name,
        "is_person": party.kind == "person",
        "id_kind": ID_KIND_NAMES[strong.kind] if strong else "公民身份号码",
        "id_number": strong.value if strong else None,
        "address": marks["address"].value if "address" in marks else None,
        "representative": party.represented_by or None,
    }


def strong_identifier(marks: list[ClearIdentifier]) -> ClearIdentifier | None:
    """The identifier that names a person beyond doubt: resident ID, social credit code, passport."""
    by_kind = {mark.kind: mark for mark in marks}
    return next((by_kind[kind] for kind in ID_KIND_NAMES if kind in by_kind), None)


def strong_identifier_checked(marks: list[ClearIdentifier]) -> ClearIdentifier:
    """The same for papers and orders, whose act has refused a person without one. Raises LookupError."""
    strong = strong_identifier(marks)
    if strong is None:
        raise LookupError("The act must refuse a person without a strong identifier.")
    return strong


def fund_account_data(case: Case) -> dict[str, str]:
    """一案一账号, as printed in notices; nobody may ask the debtor to pay elsewhere (CF-01)."""
    return {
        "holder": f"{case.court.name}执行款专户",
        "bank": case.court.fund_bank or "本院执行款专户开户银行",
        "account": case.fund_account,
    }


def notice_specs(ctx: ActContext, *, declare_by: date) -> list[DocumentSpec]:
    """Acceptance notice to applicants, enforcement notice and declaration order to each obligor."""
    case = ctx.case
    shared = case_paper(case) | {"docketed_on": case.docketed_on}
    specs = []
    for party in case.parties.order_by("role", "id"):
        if party.role == PartyRole.APPLICANT:
            specs.append(
                DocumentSpec(
                    kind="acceptance_notice",
                    key=f"acceptance_notice:{party.pk}",
                    recipient=party.name,
                    data=shared
                    | {
                        "addressee": party.name,
                        "applied_on": case.received_on,
                        "judge": case.handler.name,
                        "clerk": case.clerk.name if case.clerk else None,
                        "clue_days": term_days("clue.creditor_supply", on=ctx.today),
                    },
                )
            )
        elif party.role == PartyRole.OBLIGOR:
            specs += _obligor_specs(ctx, party, shared, declare_by)
    return specs


def _obligor_specs(
    ctx: ActContext, party: Party, shared: dict[str, Any], declare_by: date
) -> list[DocumentSpec]:
    case, is_person = ctx.case, party.kind == "person"
    total = case.principal + case.interest_fixed + case.costs
    enforcement = shared | {
        "addressee": party.name,
        "addressee_is_person": is_person,
        "applied_on": case.received_on,
        "duties": duties(case),
        "enforcement_fee": execution_fee(total, ctx.today).amount,
        "account": fund_account_data(case),
    }
    declaration = shared | {
        "addressee": party.name,
        "addressee_is_person": is_person,
        "report_days": (declare_by - ctx.fields.served_on).days,
        "look_back_years": term_days("declaration.look_back", on=ctx.today),
        "supplement_days": term_days("declaration.supplement", on=ctx.today),
    }
    return [
        DocumentSpec(
            kind="enforcement_notice",
            key=f"enforcement_notice:{party.pk}",
            recipient=party.name,
            data=enforcement,
        ),
        DocumentSpec(
            kind="declaration_order",
            key=f"declaration_order:{party.pk}",
            recipient=party.name,
            data=declaration,
        ),
    ]


def duties(case: Case) -> list[str]:
    """What must be performed, one sentence each."""
    lines = [f"支付{case.principal:,.2f}元"]
    if case.interest_fixed:
        lines.append(f"支付利息{case.interest_fixed:,.2f}元")
    if case.rate_text:
        lines.append(f"支付利息：{case.rate_text}")
    if case.costs:
        lines.append(f"负担案件受理费等{case.costs:,.2f}元")
    lines.append("加倍支付迟延履行期间的债务利息")
    return lines


def archive_specs(ctx: ActContext) -> list[DocumentSpec]:
    """The index of the file: every paper in the order it was made, with its pages."""
    import io

    import pypdfium2

    from zhixing.kernel.clock import court_date

    entries, page = [], 1
    for document in Document.objects.filter(case_id=ctx.case.pk).order_by("made_at", "id"):
        pages = len(pypdfium2.PdfDocument(io.BytesIO(document_content(document))))
        entries.append(
            {
                "name": document.title,
                "number": document.number,
                "day": court_date(document.made_at),
                "first_page": page,
                "last_page": page + pages - 1,
                "remark": document.recipient[:30] or None,
            }
        )
        page += pages
    return [
        DocumentSpec(
            kind="archive_index",
            key="archive_index",
            recipient="案卷",
            seal=False,
            data=archive_data(ctx.case, entries),
        )
    ]


def archive_data(case: Case, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Content of the index."""
    names = {
        role: "、".join(case.parties.filter(role=role).values_list("name", flat=True))
        for role in PartyRole.values
    }
    return {
        "case_number": case.number,
        "cause": case.cause,
        "applicant_names": names["applicant"],
        "debtor_names": names["obligor"],
        "docketed_on": case.docketed_on,
        "closed_on": case.closed_on,
        "closing_mode": cast(
            "CloseMode", book().at(case.closed_on).row("close_modes", case.close_mode)
        ).title,
        "handler": case.handler.name if case.handler else "—",
        "filer": case.clerk.name if case.clerk else "—",
        "entries": entries,
    }


def _signers(case: Case) -> list[dict[str, str]]:
    signers = []
    if case.handler:
        signers.append({"role": "审判员", "name": case.handler.name})
    if case.clerk:
        signers.append({"role": "书记员", "name": case.clerk.name})
    return signers


def sealed_papers(ids: list[uuid.UUID]) -> dict[uuid.UUID, SealedPaper]:
    """Sealed papers by id, for the agencies that fetch them."""
    rows = Document.objects.filter(pk__in=ids)
    return {row.pk: SealedPaper(id=row.pk, title=row.title, content=document_content(row)) for row in rows}
