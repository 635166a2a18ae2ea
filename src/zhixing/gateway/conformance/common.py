"""Judging functions shared by the formats in which the agency calls or leaves files; each makes one verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from zhixing.gateway.conformance.cards import Card, Script
from zhixing.gateway.conformance.exchange import Exchange, Tape
from zhixing.gateway.conformance.rules import Verdict, failed, not_exercised, passed
from zhixing.gateway.domain.canonical import ControlResult, InquiryResult, Outcome
from zhixing.gateway.domain.messages import ControlFeedback, InquiryFeedback, RollbackList


class Run(Protocol):
    """What the rules look at."""

    script: Script
    tape: Tape


def of_card(key: str, judge: Callable[[Card], Verdict]) -> Callable[[Run], Verdict]:
    """A rule about one card that must have been answered."""

    def judged(run: Run) -> Verdict:
        card = run.script.card(key)
        if card.skipped:
            return not_exercised(card.skipped)
        if not card.listings:
            return not_exercised("本次运行没有轮到这一请求")
        if not card.answers:
            return failed(f"列出 {len(card.listings)} 次，没有收到反馈", *card.listings[:3])
        return judge(card)

    return judged


def every(cards: Sequence[str], judge: Callable[[Card], Verdict]) -> Callable[[Run], Verdict]:
    """A rule about several cards: the first failure counts; one exercised card is enough."""

    def judged(run: Run) -> Verdict:
        verdicts = [of_card(key, judge)(run) for key in cards]
        worst = next((item for item in verdicts if item.state == "failed"), None)
        return worst or next((item for item in verdicts if item.state == "passed"), verdicts[0])

    return judged


def results_of(card: Card) -> list[InquiryResult]:
    """Results of the answer that counts."""
    body = card.accepted.body if card.accepted else None
    return list(body.results) if isinstance(body, InquiryFeedback) else []


def items_of(card: Card) -> list[ControlResult]:
    """Item results of the answer that counts."""
    body = card.accepted.body if card.accepted else None
    return list(body.results) if isinstance(body, ControlFeedback) else []


def shown(card: Card) -> tuple[int, ...]:
    """Exchanges of a card's answers."""
    return tuple(answer.exchange for answer in card.answers)


# --- judges of one card -----------------------------------------------------------------------------------


def is_refused(card: Card) -> Verdict:
    """The whole request was turned down with a reason, in whichever way the format allows."""
    body = card.answers[0].body
    match body:
        case RollbackList():
            reason = body.rollbacks[0].reason
            return passed("以回退拒绝", *shown(card)) if reason else failed("回退没有写明原因", *shown(card))
        case InquiryFeedback():
            bad = [item for item in body.results if item.outcome not in (Outcome.REFUSED, Outcome.ERROR)]
            if bad:
                return failed("应当拒绝的请求得到了查询结果", *shown(card))
            told = [item for item in body.results if item.outcome_text or item.note]
            return (
                passed("以反馈说明拒绝", *shown(card)) if told else failed("没有写明拒绝的原因", *shown(card))
            )
        case ControlFeedback():
            return _all_not_done(list(body.results), card)
    return failed("反馈的种类与请求不符", *shown(card))


def is_found_or_not(card: Card) -> Verdict:
    """An ordinary answer, whatever was found."""
    results = results_of(card)
    if not results:
        return failed("反馈中没有这一请求的结果", *shown(card))
    bad = [item for item in results if item.outcome not in (Outcome.FOUND, Outcome.NOT_FOUND)]
    if bad:
        return failed(f"结果为“{bad[0].outcome_text or bad[0].outcome}”，应为查到或者查无", *shown(card))
    return passed("", *shown(card))


def is_not_found(card: Card) -> Verdict:
    """Nothing found, said in so many words."""
    outcomes = {item.outcome for item in results_of(card)}
    if outcomes == {Outcome.NOT_FOUND}:
        return passed("", *shown(card))
    return failed("查无此人时应当反馈查无结果，不能不反馈或者反馈他人财产", *shown(card))


def is_not_done(card: Card) -> Verdict:
    """Every item not controlled, with its reason."""
    if isinstance(card.answers[0].body, RollbackList):
        return is_refused(card)
    return _all_not_done(items_of(card), card)


def is_done(card: Card) -> Verdict:
    """Every item controlled, one result each."""
    items = items_of(card)
    if verdict := items_match(card):
        return verdict
    bad = next((item for item in items if not item.is_done), None)
    if bad is not None:
        return failed(f"事项 {bad.item_seq} 没有控制，原因“{bad.reason}”", *shown(card))
    return passed("", *shown(card))


def items_match(card: Card) -> Verdict | None:
    """None when each item asked for has exactly one result; otherwise what is wrong."""
    orders = card.request.items if card.request else ()
    asked, told = [item.seq for item in orders], [item.item_seq for item in items_of(card)]
    if told and not any(told):
        # Registries answer per unit and have no number for an item.
        asked = [item.target.unit_no for item in orders]
        told = [item.target.unit_no for item in items_of(card)]
    if sorted(asked) != sorted(told):
        return failed(
            f"事项序号为 {'、'.join(told) or '空'}，应为 {'、'.join(asked)}，每项一个结果", *shown(card)
        )
    return None


def receipt_sound(card: Card) -> Verdict:
    """A receipt with content that fits its MD5, in any of the card's answers."""
    bodies = [answer.body for answer in card.answers]
    papers = [paper for body in bodies if isinstance(body, ControlFeedback) for paper in body.receipts]
    if not papers:
        return failed("没有回执文书", *shown(card))
    for paper in papers:
        if not paper.content:
            return failed("回执没有内容", *shown(card))
        digest = hashlib.md5(paper.content, usedforsecurity=False).hexdigest()
        if paper.md5 and paper.md5.lower() != digest:
            return failed("回执内容与 MD5 不符", *shown(card))
    return passed("", *shown(card))


def sent_again(card: Card) -> Verdict:
    """After a lost or failed acknowledgement the answer came again, and no more once it was settled."""
    if len(card.answers) < 2:
        return failed("受理结果没有送达（或者为 fail）后，没有再次反馈", *shown(card))
    settled = next(
        (no for no, answer in enumerate(card.answers) if answer.ack in ("already", "success") and no),
        len(card.answers),
    )
    after = [answer for answer in card.answers[settled + 1 :] if answer.ack == "already"]
    if len(after) > 1:
        return failed(f"已经受理后又重复反馈 {len(after)} 次", *shown(card))
    if card.answers[1].fingerprint != card.answers[0].fingerprint:
        return failed("再次反馈的内容与第一次不同", *shown(card))
    return passed("", *shown(card))


def _all_not_done(items: list[ControlResult], card: Card) -> Verdict:
    if not items:
        return failed("反馈中没有这一请求的结果", *shown(card))
    done = next((item for item in items if item.is_done), None)
    if done is not None:
        return failed(f"事项 {done.item_seq} 反馈为已控制，应为未控制", *shown(card))
    silent = next((item for item in items if not item.reason and not item.remark), None)
    return failed("没有写明未控制的原因", *shown(card)) if silent else passed("", *shown(card))


# --- judges of a whole run --------------------------------------------------------------------------------


def readable(run: Run) -> Verdict:
    """Everything that came was a message of the format."""
    seen = [item for item in run.tape.exchanges if item.request]
    if not seen:
        return failed("没有收到任何调用；请核对地址和网络")
    bad = [item for item in seen if any(problem.level == "error" for problem in item.problems)]
    if bad:
        first = next(problem for problem in bad[0].problems if problem.level == "error")
        return failed(f"{len(bad)} 次无法解读，例如：{first.sentence}", *_numbers(bad))
    return passed(f"共 {len(seen)} 次")


def complete_fields(run: Run) -> Verdict:
    """No feedback lacks a field that must be there."""
    fed = [item for item in run.tape.exchanges if item.problems]
    bad = [item for item in fed if any(problem.code == "missing_field" for problem in item.problems)]
    if not any(card.answers for card in run.script.cards):
        return not_exercised("没有收到反馈")
    if bad:
        first = next(problem for problem in bad[0].problems if problem.code == "missing_field")
        return failed(first.sentence, *_numbers(bad))
    return passed()


def nothing_twice(run: Run) -> Verdict:
    """No request was answered with another content after it was accepted."""
    answered = [card for card in run.script.cards if card.accepted]
    if not answered:
        return not_exercised("没有收到反馈")
    for card in answered:
        bad = [answer.exchange for answer in card.answers if answer.ack == "conflict"]
        if bad:
            return failed(f"请求 {card.number} 先后反馈了不同的内容", *bad)
        same = [answer.exchange for answer in card.answers if answer.ack == "already"]
        if len(same) > 3:
            return failed(f"请求 {card.number} 受理后又反馈 {len(same)} 次", *same)
    listed = sum(len(card.listings) > 1 for card in answered)
    return passed(f"{listed} 个请求重复列出，没有重复办理")


def sequence_from_one(run: Run) -> Verdict:
    """Accounts of one request are numbered 1, 2, 3."""
    lists = [
        (card, [asset.seq for item in results_of(card) for asset in item.assets]) for card in run.script.cards
    ]
    found = [(card, numbers) for card, numbers in lists if len(numbers) > 0]
    if not found:
        return not_exercised("没有反馈财产")
    for card, numbers in found:
        if numbers != [str(no) for no in range(1, len(numbers) + 1)]:
            return failed(f"序号为 {'、'.join(numbers[:10])}，应从 1 起连续", *shown(card))
    return passed()


def _numbers(exchanges: Iterable[Exchange]) -> list[int]:
    return [item.no for item in exchanges]
