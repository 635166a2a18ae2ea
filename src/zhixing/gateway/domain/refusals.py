"""Whether an answer settles what was asked, or turns it down: told by the words and shapes institutions use. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from zhixing.gateway.domain.canonical import ControlResult, InquiryResult, Outcome, Target

# What institutions write when they send a request back for its papers (spec wire formats, refusals of both SOAP formats).
PAPER_WORDS = (
    "手续",
    "文书",
    "证件",
    "材料",
    "印章",
    "签章",
    "裁定",
    "通知书",
    "工作证",
    "公务证",
    "执行公务",
)
PAPERS, REFUSED, ERROR, PARTIAL = "papers", "refused", "error", "partial"


def is_about_papers(note: str) -> bool:
    """Whether an agency that sent a request back complains of papers: then they must be mended before a repeat."""
    return any(word in note for word in PAPER_WORDS)


def inquiry_failed(result: InquiryResult) -> bool:
    """Whether an inquiry came back without an answer."""
    return result.outcome in (Outcome.REFUSED, Outcome.ERROR)


def control_failed(results: Sequence[ControlResult]) -> bool:
    """Whether nothing of a control request took hold. Receipts alone say nothing about it."""
    return bool(results) and not any(result.is_done for result in results)


def control_failure(results: Sequence[ControlResult], *, asked: int) -> str:
    """Why a control answer does not settle its order; "" when it does.

    An item that could not be controlled for its own sake (account closed, nothing there) is settled: the institution did
    its part. Only a request turned down as a whole or for its papers counts as refused.

    Args:
        results: of one request, not empty.
        asked: how many items the request has.
    """
    if control_failed(results):
        if all(result.outcome is None for result in results):
            return ERROR
        if all(is_about_papers(result.reason) for result in results):
            return PAPERS
        if any(_is_whole(result) for result in results):
            return REFUSED
    return PARTIAL if len(results) < asked and not any(_is_whole(result) for result in results) else ""


def _is_whole(result: ControlResult) -> bool:
    """Whether a result stands for all items: it names neither an item nor a thing."""
    return not result.item_seq and result.target == Target() and not result.is_done
