"""Operations of the format: what is called, under which path, with which message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhixing.gateway.domain import messages
from zhixing.gateway.domain.canonical import RequestKind
from zhixing.gateway.domain.messages import Body
from zhixing.gateway.profiles.base import Operation, OperationKind

NAME = "zhixing-rest-json"
BASE = "/gateway/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One operation over HTTP. ``sends`` and ``answers`` are message types; GET sends nothing."""

    operation: Operation
    method: str
    path: str
    answers: str
    sends: str = ""


def _endpoint(name: str, kind: OperationKind, method: str, path: str, summary: str, **more: str) -> Endpoint:
    return Endpoint(
        operation=Operation(name=name, kind=kind, parameters=(), summary=summary),
        method=method,
        path=path,
        answers=more.pop("answers", "acks"),
        **more,
    )


ENDPOINTS: tuple[Endpoint, ...] = (
    _endpoint(
        "inquiries",
        OperationKind.LIST_INQUIRIES,
        "GET",
        "/inquiries",
        "取待办查询清单",
        answers="inquiry_list",
    ),
    _endpoint(
        "controls", OperationKind.LIST_CONTROLS, "GET", "/controls", "取待办控制清单", answers="control_list"
    ),
    _endpoint(
        "documents",
        OperationKind.DOCUMENTS,
        "GET",
        "/requests/{request_no}/documents",
        "取一份请求的法律文书",
        answers="documents",
    ),
    _endpoint(
        "certificates",
        OperationKind.CERTIFICATES,
        "GET",
        "/requests/{request_no}/certificates",
        "取一份请求的工作证和执行公务证",
        answers="certificates",
    ),
    _endpoint(
        "feedback-inquiries",
        OperationKind.FEED_INQUIRY,
        "POST",
        "/feedback/inquiries",
        "反馈查询结果",
        sends="inquiry_feedback",
    ),
    _endpoint(
        "feedback-transactions",
        OperationKind.FEED_TRANSACTIONS,
        "POST",
        "/feedback/transactions",
        "反馈交易明细",
        sends="transaction_feedback",
    ),
    _endpoint(
        "feedback-controls",
        OperationKind.FEED_CONTROL,
        "POST",
        "/feedback/controls",
        "反馈控制结果",
        sends="control_feedback",
    ),
    _endpoint(
        "feedback-receipts",
        OperationKind.FEED_RECEIPT,
        "POST",
        "/feedback/receipts",
        "补交回执文书",
        sends="control_feedback",
    ),
    _endpoint(
        "rollbacks", OperationKind.ROLLBACK, "POST", "/rollbacks", "退回请求并说明原因", sends="rollbacks"
    ),
)
BY_NAME: Mapping[str, Endpoint] = {item.operation.name: item for item in ENDPOINTS}

# Message types, in the answer order of `type_of`.
TYPES: Mapping[str, type] = {
    "inquiry_list": messages.RequestList,
    "control_list": messages.RequestList,
    "documents": messages.DocumentList,
    "certificates": messages.CertificateList,
    "inquiry_feedback": messages.InquiryFeedback,
    "transaction_feedback": messages.TransactionFeedback,
    "control_feedback": messages.ControlFeedback,
    "rollbacks": messages.RollbackList,
    "acks": messages.AckList,
    "key": messages.KeyQuery,
    "none": messages.NoBody,
}
REPLIES = frozenset({"inquiry_list", "control_list", "documents", "certificates", "acks"})


def type_of(body: Body) -> str:
    """The message type of a body; "" when the format has none."""
    if isinstance(body, messages.RequestList):
        return "inquiry_list" if body.kind is RequestKind.INQUIRY else "control_list"
    return next((name for name, cls in TYPES.items() if cls is type(body)), "")
