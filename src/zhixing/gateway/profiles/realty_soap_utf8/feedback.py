"""Registry answers: processing code and lists to outcomes, answers per request to results per unit, and back."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from lxml import etree

from zhixing.gateway.domain.assets import RealRight
from zhixing.gateway.domain.canonical import ControlResult, InquiryResult, Outcome
from zhixing.gateway.domain.messages import ControlFeedback, InquiryFeedback
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.profiles.context import Writing
from zhixing.gateway.profiles.realty_soap_utf8.codes import PROCESSING
from zhixing.gateway.profiles.realty_soap_utf8.feedback_tables import (
    HZXX,
    RIGHTS,
    ControlAnswer,
    ControlAnswers,
)
from zhixing.gateway.profiles.safe_xml import local_name

_OK = PROCESSING.read("0000")
_FAILED = PROCESSING.read("2040")
# A registry has one code for everything that went wrong; only its words tell a refusal.
_REFUSING = ("业务审核", "拒绝", "不予", "无法律文书", "无证件信息")
_UPPER = "../"
"""Prefix of unknown fields of an answer as a whole, kept with its first result."""


def with_outcomes(feedback: InquiryFeedback) -> InquiryFeedback:
    """Each result with its outcome: 0000 and rights = found, 0000 and none = not found, any other code = error."""
    return replace(feedback, results=tuple(_with_outcome(result) for result in feedback.results))


def _with_outcome(result: InquiryResult) -> InquiryResult:
    is_ok = result.processing is None or result.processing.normalized == "ok"
    if is_ok:
        outcome = Outcome.FOUND if result.assets else Outcome.NOT_FOUND
    elif result.outcome_text.startswith(_REFUSING):
        outcome = Outcome.REFUSED
    else:
        outcome = Outcome.ERROR
    return replace(result, outcome=outcome)


def with_processing(feedback: InquiryFeedback, writing: Writing) -> InquiryFeedback:
    """Each result with the code that says its outcome."""
    return replace(feedback, results=tuple(_with_processing(result, writing) for result in feedback.results))


def _with_processing(result: InquiryResult, writing: Writing) -> InquiryResult:
    if (result.outcome is Outcome.FOUND) != bool(result.assets):
        writing.add(_cannot_say(f"{result.outcome} 而有 {len(result.assets)} 项权利的结果"))
    for asset in result.assets:
        if not isinstance(asset.detail, RealRight) or asset.detail.right_class not in RIGHTS:
            writing.add(_cannot_say(f"种类为 {asset.kind} 的财产"))
    if result.processing is not None:
        return result
    if result.outcome in (Outcome.FOUND, Outcome.NOT_FOUND):
        return replace(result, processing=_OK)
    text = result.outcome_text or ("业务审核未通过" if result.outcome is Outcome.REFUSED else "查询异常")
    return replace(result, processing=_FAILED, outcome_text=text)


def _cannot_say(came: str) -> WireProblem:
    return WireProblem(
        code="cannot_say",
        where="BDCCXJG",
        came=came,
        expected="九类不动产权利；查到时至少一项，其余情形没有",
        mend="改正查询结果",
    )


def results_of(answers: ControlAnswers) -> ControlFeedback:
    """Answers per request to results per unit. An answer without units becomes one result without outcome."""
    results: list[ControlResult] = []
    for answer in answers.rows:
        upper = {_UPPER + name: text for name, text in answer.ext.items()}
        rows = answer.results or (ControlResult(),)
        if not answer.results:
            rows = (ControlResult(reason=answer.message),)
        elif answer.message:
            upper[f"{_UPPER}MESSAGE"] = answer.message
        for place, row in enumerate(rows):
            results.append(
                replace(
                    row,
                    request_no=answer.request_no,
                    processing=answer.processing,
                    ext={**row.ext, **upper} if place == 0 else row.ext,
                )
            )
    return ControlFeedback(results=tuple(results), receipts=answers.receipts, ext=answers.ext)


def answers_of(feedback: ControlFeedback) -> ControlAnswers:
    """Results per unit to answers: results of one request that stand together share one."""
    rows = tuple(
        _answer(list(group))
        for _, group in groupby(feedback.results, key=lambda result: (result.request_no, result.processing))
    )
    return ControlAnswers(rows=rows, receipts=feedback.receipts, ext=feedback.ext)


def _answer(results: list[ControlResult]) -> ControlAnswer:
    first = results[0]
    upper = {name.removeprefix(_UPPER): text for name, text in first.ext.items() if name.startswith(_UPPER)}
    is_whole = first.outcome is None and len(results) == 1
    message = upper.pop("MESSAGE", "") or (first.reason if is_whole else "")
    own = {name: text for name, text in first.ext.items() if not name.startswith(_UPPER)}
    rows = () if is_whole else (replace(first, ext=own), *results[1:])
    processing: Coded = first.processing or (_FAILED if is_whole else _OK)
    return ControlAnswer(
        request_no=first.request_no, processing=processing, message=message, results=rows, ext=upper
    )


def gather_receipts(body: etree._Element) -> None:
    """Bring receipts to a list of their own under Data, wherever a client put them."""
    receipts = [item for item in body.iter() if local_name(item).upper() == HZXX.name]
    if not receipts:
        return
    home = etree.SubElement(body, "HZXXLIST")
    for receipt in receipts:
        number = next((item for item in receipt if local_name(item).upper() == "CXQQDH"), None)
        outer = receipt.getparent()
        while number is None and outer is not None and outer is not body:
            found = next((item for item in outer if local_name(item).upper() == "CXQQDH"), None)
            if found is not None:
                number = etree.SubElement(receipt, "CXQQDH")
                number.text = found.text
            outer = outer.getparent()
        home.append(receipt)
    for emptied in [item for item in body.iter("HZXXLIST") if item is not home and not len(item)]:
        parent = emptied.getparent()
        if parent is not None:
            parent.remove(emptied)
