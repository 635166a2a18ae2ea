"""Messages that were set apart: which wait for a person, and what he concluded.

A message that named no order of ours belongs to no court. Such rows are shown to the query officers of every court, without
content: who sent it, by which operation, when, and why it was set apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhixing.gateway.models import TO_REVIEW, Inbound, Outcome, Review
from zhixing.platform import scope

NO_COURT = 0
SHOWN = 200

_NEXT = {
    Outcome.CONFLICT: "请与该单位核对以哪一次为准；需要更正的，请其说明原因后重新反馈。",
    Outcome.UNKNOWN: "请该单位核对请求单号；单号有误的，以正确单号重新反馈。",
    Outcome.CLOSED: "请求已经了结。确有新情况的，由承办法官重新发起查询。",
    Outcome.MALFORMED: "请该单位技术人员核对报文格式与字符集后重新反馈。",
    Outcome.FAILED: "系统处理时出错，已自动重试；仍未成功的，请联系技术人员。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetApart:
    """One message as the officer sees it; never its content."""

    id: int
    agency: str
    request_no: str
    operation: str
    why: str
    problem: str
    next_step: str
    received_at: datetime
    size: int
    repeats: int
    sha256: str
    review: str
    reviewed_at: datetime | None


def messages_set_apart(*, done: bool = False) -> list[SetApart]:
    """Messages of the caller's courts and of no court, newest first, at most SHOWN. Two statements."""
    own = list(_rows(done)[:SHOWN])
    with scope.system("gateway.review"):
        stray = list(_rows(done).filter(court_key=NO_COURT)[:SHOWN])
    rows = {row.pk: row for row in [*own, *stray]}
    newest = sorted(rows.values(), key=lambda row: row.received_at, reverse=True)[:SHOWN]
    return [_shown(row) for row in newest]


def waiting_count() -> int:
    """How many wait for a person."""
    return len(messages_set_apart())


def message_load(message_id: int) -> Inbound | None:
    """One set-apart message that the caller may conclude, or None."""
    found = Inbound.objects.select_related("agency").filter(pk=message_id, outcome__in=TO_REVIEW).first()
    if found is None:
        with scope.system("gateway.review"):
            found = (
                Inbound.objects.select_related("agency")
                .filter(pk=message_id, outcome__in=TO_REVIEW, court_key=NO_COURT)
                .first()
            )
    return found


def message_shown(message_id: int) -> SetApart | None:
    """One set-apart message as the officer sees it."""
    row = message_load(message_id)
    return _shown(row) if row else None


def message_conclude(message_id: int, conclusion: Review, *, moment: datetime) -> None:
    """Write the conclusion. Only the act `gateway.review` calls this, after its checks."""
    with scope.system("gateway.review"):
        Inbound.objects.filter(pk=message_id, review="").update(review=conclusion, reviewed_at=moment)


def _rows(done: bool):  # noqa: ANN202  # a query set
    rows = Inbound.objects.select_related("agency").filter(outcome__in=TO_REVIEW).order_by("-received_at")
    return rows.exclude(review="") if done else rows.filter(review="")


def _shown(row: Inbound) -> SetApart:
    return SetApart(
        id=row.pk,
        agency=row.agency.name if row.agency else "身份不明的来信单位",
        request_no=row.request_no,
        operation=row.operation,
        why=Outcome(row.outcome).label.removesuffix("，待核"),
        problem=row.problem,
        next_step=_NEXT[Outcome(row.outcome)],
        received_at=row.received_at,
        size=row.size,
        repeats=row.repeats,
        sha256=row.sha256,
        review=str(Review(row.review).label) if row.review else "",
        reviewed_at=row.reviewed_at,
    )
