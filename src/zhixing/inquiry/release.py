"""Blind release: what the two officers see and sign, and the orders that follow. Results are nowhere in reach here."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zhixing.cases.documents import strong_identifier_checked
from zhixing.cases.models import CaseState, Identifier
from zhixing.cases.selectors import (
    ClearIdentifier,
    confirmed_of_parties,
    identifiers_in_clear,
    is_obligor,
)
from zhixing.courts.models import Court
from zhixing.gateway.domain import canonical
from zhixing.gateway.domain.values import Coded, When
from zhixing.gateway.models import Agency, Order, OrderKind
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.inquiry.models import Batch, Request, RequestState
from zhixing.inquiry.officers import officers_on
from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Releasable:
    """One request as the officers see it: masked, with what is missing."""

    request: Request
    digest: str
    papers: int
    problems: list[Problem]


def requests_waiting(*, court_key: int, on: date) -> list[Releasable]:
    """Approved requests of this court in order of approval."""
    rows = (
        Request.objects.filter(court_key=court_key, state=RequestState.APPROVED)
        .select_related("case", "party")
        .order_by("approved_at")
    )
    return [
        Releasable(
            request=row,
            digest=request_digest(row),
            papers=1 + len(row.documents),
            problems=request_problems(row, on=on),
        )
        for row in rows
    ]


def request_problems(request: Request, *, on: date) -> list[Problem]:
    """Why a request may not go out now; checked at signing and again under lock."""
    problems = []
    if request.state != RequestState.APPROVED:
        problems.append(
            Problem(code="release.state", sentence="这份查询已经发出或撤回。", mend="请刷新页面。")
        )
    return [*problems, *standing_problems(request, on=on)]


def standing_problems(request: Request, *, on: date) -> list[Problem]:
    """Why nobody may be asked about this person now, whether for the first time or again."""
    problems = []
    if request.case.state != CaseState.OPEN:
        problems.append(
            Problem(
                code="release.closed",
                sentence="案件已结，不能查询。",
                mend="请退回承办法官。",
                law="network.7",
            )
        )
    if not is_obligor(request.party, on=on):
        problems.append(
            Problem(
                code="release.not_obligor",
                sentence="被查询人此刻不负有履行义务，不能查询。",
                mend="请退回承办法官。",
                law="network.7",
            )
        )
    if set(request.documents) != set(request.agencies):
        problems.append(
            Problem(
                code="release.papers",
                sentence="有协助单位缺少盖章文书。",
                mend="请退回承办法官重新报批。",
                law="network.3",
            )
        )
    return problems


def request_digest(request: Request) -> str:
    """sha256 over what goes out for one request: who, what, to whom, with which papers."""
    parts = [str(request.pk), str(request.party_id), *request.menu, *request.agencies]
    parts += [f"urgent {request.urgency}"] if request.urgency else []
    parts += [paper for code in sorted(request.documents) for paper in request.documents[code]]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def batch_digest(requests: Iterable[Request]) -> str:
    """sha256 over the digests of a batch in order of id: the text both officers sign."""
    lines = [request_digest(row) for row in sorted(requests, key=lambda row: str(row.pk))]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def batch_number(*, court_key: int, day: date) -> str:
    """Day and count of the day, such as 0304-02."""
    return f"{day:%m%d}-{Batch.objects.filter(court_key=court_key, day=day).count() + 1:02d}"


def orders_release(
    requests: Sequence[Request],
    *,
    batch_no: str,
    moment: datetime,
    repeat_of: dict[str, uuid.UUID] | None = None,
) -> list[Order]:
    """Write the orders of requests of one court into the outbox. A constant number of statements.

    Args:
        requests: with case, its handler, and party.
        repeat_of: for a repeat of one request: agencies asked again, each with the order it did not settle.
    """
    if not requests:
        return []
    key, day = requests[0].court_key, court_date(moment)
    officers = [c.staff_id for c in officers_on(court_key=key, on=day)[:2]]
    known = set(
        Agency.objects.filter(code__in={code for row in requests for code in row.agencies}).values_list(
            "code", flat=True
        )
    )
    court = Court.objects.get(pk=key)
    clear = confirmed_of_parties({row.party_id for row in requests})
    extra = _extra_constraints(requests)
    orders = []
    for row in requests:
        content = _content(row, court, clear.get(row.party_id, []), extra.get(row.pk, {}))
        asked = row.agencies if repeat_of is None else list(repeat_of)
        orders += [
            NewOrder(
                agency_code=code,
                kind=OrderKind.INQUIRY,
                case_id=row.case_id,
                court_key=key,
                reference=row.pk,
                batch=batch_no,
                document_no=row.ruling_no,
                documents=row.documents[code],
                officers=officers,
                subject=row.party.subject,
                content=content,
                is_urgent=bool(row.urgency),
                repeat_of=(repeat_of or {}).get(code),
            )
            for code in asked
            if code in known
        ]
    return orders_write(orders, moment=moment)


def _content(
    request: Request, court: Court, clear: list[ClearIdentifier], extra: dict[str, str]
) -> canonical.Request:
    case = request.case
    return canonical.Request(
        kind=canonical.RequestKind.INQUIRY,
        nature=Coded.of("inquiry"),
        subject=subject_of(request.party.name, clear),
        court=canonical.Court(name=court.name, code=court.code),
        officers=(canonical.Officer(name=case.handler.name, phone=court.phone),),
        case_no=case.number,
        notice_name="协助查询存款通知书",
        document_no=request.ruling_no,
        scope=canonical.InquiryScope(
            asset_kinds=tuple(request.menu),
            period_from=_when(request.period_from),
            period_to=_when(request.period_to),
        ),
        ext=extra,
    )


def subject_of(name: str, clear: list[ClearIdentifier]) -> canonical.Subject:
    """The person as agencies know him: name with the strong identifier."""
    strong = strong_identifier_checked(clear)
    return canonical.Subject(name=name, id_type=Coded.of(strong.kind), id_no=strong.value)


def _extra_constraints(requests: Sequence[Request]) -> dict[uuid.UUID, dict[str, str]]:
    """By request: identifiers that no published format has a field for, kept beside it for screening."""
    wanted = {pk for row in requests for pk in row.identifiers}
    marks = {mark.id: mark for mark in identifiers_in_clear(Identifier.objects.filter(pk__in=wanted))}
    return {
        row.pk: {f"zx.{marks[pk].kind}.{pk}": marks[pk].value for pk in row.identifiers if pk in marks}
        for row in requests
    }


def _when(day: date | None) -> When | None:
    return None if day is None else When.of(day)
