"""The share of one request in a message that may speak of several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from zhixing.gateway.domain.assets import Asset, Deposit
from zhixing.gateway.domain.canonical import ControlResult, InquiryResult
from zhixing.gateway.domain.canonical import Outcome as CanonicalOutcome
from zhixing.gateway.domain.messages import (
    ControlFeedback,
    FilePackage,
    InquiryFeedback,
    RollbackList,
    TransactionFeedback,
    request_numbers,
)
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.models import OrderKind


def part_of(body: Any, request_no: str, kind: str) -> Any:
    """The share of one request in a message that may speak of several.

    A refusal becomes a result of its own; a client that posts a control refusal through the inquiry operation is
    understood by what the order asked (wire_formats §1.2). Raises LookupError when the message holds nothing for it.
    """
    match body:
        case FilePackage():
            return part_of(_gathered(body, request_no), request_no, kind)
        case InquiryFeedback():
            return _inquired(body, request_no, kind)
        case ControlFeedback() if kind == OrderKind.CONTROL:
            return (
                tuple(result for result in body.results if result.request_no == request_no),
                tuple(paper for paper in body.receipts if paper.request_no in ("", request_no)),
            )
        case RollbackList():
            told = next((item for item in body.rollbacks if item.request_no == request_no), None)
            if told is None:
                raise LookupError(request_no)
            if kind == OrderKind.INQUIRY:
                return InquiryResult(
                    request_no=request_no,
                    outcome=CanonicalOutcome.REFUSED,
                    outcome_text=told.reason,
                    note=told.note,
                )
            return _refused(request_no, told.reason, Coded.of("not_done"))
        case TransactionFeedback() if kind == OrderKind.INQUIRY:
            entries = [entry for entry in body.entries if entry.request_no == request_no]
            return InquiryResult(
                request_no=request_no,
                outcome=CanonicalOutcome.FOUND,
                assets=tuple(
                    Asset(
                        seq=entry.asset_seq,
                        detail=Deposit(account_no=entry.account_no),
                        transactions=entry.transactions,
                    )
                    for entry in entries
                ),
            )
    raise LookupError(f"The message holds nothing about a request of kind {kind}.")


def _inquired(body: InquiryFeedback, request_no: str, kind: str) -> Any:
    results = [result for result in body.results if result.request_no == request_no]
    if not results:
        raise LookupError(request_no)
    if kind == OrderKind.INQUIRY:
        return _merged(results)
    told = next((item for item in results if item.outcome != CanonicalOutcome.FOUND), None)
    if told is None:
        raise LookupError("Accounts were told where a control was asked.")
    failed = told.outcome == CanonicalOutcome.ERROR
    return _refused(request_no, told.note or told.outcome_text, None if failed else Coded.of("not_done"))


def _gathered(package: FilePackage, request_no: str) -> Any:
    """What the members of a package say about one request. Results speak before a refusal that came beside them."""
    bodies = [member.body for member in package.members if request_no in request_numbers(member.body)]
    inquiries = [body for body in bodies if isinstance(body, InquiryFeedback)]
    if inquiries:
        return InquiryFeedback(results=tuple(result for body in inquiries for result in body.results))
    refusals = [body for body in bodies if isinstance(body, RollbackList)]
    controls = [body for body in bodies if isinstance(body, ControlFeedback)]
    if controls and (any(body.results for body in controls) or not refusals):
        return ControlFeedback(
            results=tuple(result for body in controls for result in body.results),
            receipts=tuple(paper for body in controls for paper in body.receipts),
        )
    return RollbackList(rollbacks=tuple(told for body in refusals for told in body.rollbacks))


def _merged(results: list[InquiryResult]) -> InquiryResult:
    """One request may come with assets and a sentinel line beside them: found wins, everything is kept."""
    first = next((result for result in results if result.outcome == CanonicalOutcome.FOUND), results[0])
    return replace(first, assets=tuple(asset for result in results for asset in result.assets))


def _refused(
    request_no: str, reason: str, outcome: Coded | None
) -> tuple[tuple[ControlResult, ...], tuple[()]]:
    """A whole control request refused: item "" stands for all its items. No outcome: it could not be processed."""
    return (ControlResult(request_no=request_no, item_seq="", outcome=outcome, reason=reason),), ()
