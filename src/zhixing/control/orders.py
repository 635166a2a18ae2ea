"""Control orders: canonical items for a group of measures, into the outbox."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zhixing.acts.kinds import ActContext
from zhixing.cases.documents import fund_account_data, strong_identifier_checked
from zhixing.cases.models import Case, Party
from zhixing.cases.selectors import ClearIdentifier, confirmed_of_parties
from zhixing.control.models import Measure
from zhixing.courts.models import Credential
from zhixing.courts.roles import Role
from zhixing.courts.selectors import staff_with_role
from zhixing.gateway.domain import canonical
from zhixing.gateway.domain.storage import from_json
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.models import Order, OrderKind
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.platform.crypto import unseal_text

OBJECTS = {"cash": "deposit", "wealth": "financial_asset", "realty": "real_estate"}


def credentials_on(*, court_key: int, on: date) -> list[Credential]:
    """Valid credentials of the court's enforcement officers, two at least must be on file (NIC-04)."""
    staff = staff_with_role(court_key=court_key, role=Role.INQUIRY_OFFICER, on=on)
    return list(
        Credential.objects.filter(staff__in=staff, filed_on__lte=on, expires_on__gte=on)
        .select_related("staff")
        .order_by("staff_id")
    )


def officer_lines(ctx: ActContext) -> list[dict[str, str]]:
    """Two officers as named in notices."""
    return [
        {"name": c.staff.name, "work_card": c.work_cert_no, "duty_card": c.official_cert_no}
        for c in credentials_on(court_key=ctx.court_key, on=ctx.today)
    ][:2]


def measures_dispatch(
    ctx: ActContext, measures: list[Measure], *, action: str, amounts: dict[str, Decimal] | None = None
) -> int:
    """One order per agency and person, items numbered from 1. Sets the measures' order and item. Returns how many orders.

    action: freeze, seize, deduct, release. amounts: by measure id, where it is not the limit.
    """
    groups: dict[tuple[str, int], list[Measure]] = {}
    for measure in measures:
        groups.setdefault((measure.agency_code, measure.party_id), []).append(measure)
    parties = Party.objects.in_bulk({measure.party_id for measure in measures})
    clear = confirmed_of_parties(parties)
    officers = [c.staff_id for c in credentials_on(court_key=ctx.court_key, on=ctx.today)][:2]
    new = [
        NewOrder(
            agency_code=agency,
            kind=OrderKind.CONTROL,
            case_id=ctx.case.pk,
            court_key=ctx.court_key,
            reference=ctx.act_id,
            document_no=ctx.documents[0].number if ctx.documents else measures[0].ruling_no,
            documents=[d.id for d in ctx.documents if d.key in ("ruling", f"notice:{agency}")],
            officers=officers,
            subject=group[0].subject,
            content=_request(ctx, parties[party], clear[party], group, action, amounts or {}),
        )
        for (agency, party), group in groups.items()
    ]
    for order, group in zip(orders_write(new, moment=ctx.moment), groups.values(), strict=True):
        _bind(order, group, action)
    Measure.objects.bulk_update(measures, ["order_id", "item_seq", "freeze_request_no"])
    return len(new)


def _bind(order: Order, group: list[Measure], action: str) -> None:
    for no, measure in enumerate(group, start=1):
        measure.order_id, measure.item_seq = order.pk, str(no)
        if action in ("freeze", "seize"):
            measure.freeze_request_no = order.request_no


def _request(
    ctx: ActContext,
    party: Party,
    clear: list[ClearIdentifier],
    group: list[Measure],
    action: str,
    amounts: dict[str, Decimal],
) -> canonical.Request:
    case, strong = ctx.case, strong_identifier_checked(clear)
    return canonical.Request(
        kind=canonical.RequestKind.CONTROL,
        nature=Coded.of("control"),
        subject=canonical.Subject(name=party.name, id_type=Coded.of(strong.kind), id_no=strong.value),
        court=canonical.Court(name=case.court.name, code=case.court.code),
        officers=(canonical.Officer(name=case.handler.name, phone=case.court.phone),),
        case_no=case.number,
        notice_name=ctx.documents[-1].title if ctx.documents else "",
        contact_address=case.court.address,
        items=tuple(
            _item(case, measure, no, action, amounts.get(str(measure.pk)))
            for no, measure in enumerate(group, start=1)
        ),
    )


def _item(
    case: Case, measure: Measure, no: int, action: str, amount: Decimal | None
) -> canonical.ControlItem:
    amount = measure.limit if amount is None else amount
    target: canonical.Target = from_json(unseal_text(measure.subject, measure.target_sealed))
    later = action in ("release", "renew")
    return canonical.ControlItem(
        seq=str(no),
        object=Coded.of(OBJECTS[measure.category]),
        action=Coded.of(action),
        scope=Coded.of("funds"),
        target=target,
        currency=Coded.of("CNY"),
        amount=Amount.of(amount),
        ruling_no=measure.ruling_no,
        effective_from=When.of(measure.starts_on) if measure.starts_on else None,
        effective_to=When.of(measure.ends_on) if measure.ends_on else None,
        payee=_payee(case) if action == "deduct" else None,
        original_request_no=measure.freeze_request_no if later or action == "deduct" else "",
        original_case_no=case.number if later else "",
        original_business_no=measure.agency_business_no if later else "",
    )


def _payee(case: Case) -> canonical.PayeeAccount:
    account = fund_account_data(case)
    return canonical.PayeeAccount(
        holder=account["holder"], bank=account["bank"], account_no=account["account"], type="CNY"
    )
