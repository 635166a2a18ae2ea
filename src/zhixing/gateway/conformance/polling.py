"""Rules that hold for every agency that polls the court over SOAP, whatever its industry."""

from __future__ import annotations

from collections.abc import Callable

from zhixing.gateway.conformance.cards import Card
from zhixing.gateway.conformance.common import Run
from zhixing.gateway.conformance.court import CourtPlayed
from zhixing.gateway.conformance.rules import Verdict, failed, not_exercised, passed
from zhixing.gateway.domain.canonical import RequestKind


def credentials_right(run: CourtPlayed) -> Verdict:
    """Every call carried the user name and password of this run."""
    seen = [item for item in run.tape.exchanges if item.operation]
    bad = [item.no for item in seen if (item.username, item.password) != (run.username, run.password)]
    if not seen:
        return not_exercised("没有收到调用")
    return failed("用户名或者口令与约定不符", *bad) if bad else passed(f"共 {len(seen)} 次")


def polls_both(run: CourtPlayed) -> Verdict:
    """Both lists were asked for."""
    missing = [word for kind, word in _WORDS.items() if not run.polls[kind]]
    return failed(f"没有轮询{'和'.join(missing)}") if missing else passed()


def goes_on_after(planned: str) -> Callable[[CourtPlayed], Verdict]:
    """After this answer to a list call, the same list was asked for again."""

    def judged(run: CourtPlayed) -> Verdict:
        seen = False
        for polls in run.polls.values():
            at = next((no for no, (_, what) in enumerate(polls) if what == planned), None)
            if at is None:
                continue
            seen = True
            if at + 1 >= len(polls):
                return failed("此后没有再来轮询", polls[at][0])
        return passed() if seen else not_exercised("没有轮询")

    return judged


def papers_first(cards: tuple[str, ...], *, certificates: bool = True) -> Callable[[Run], Verdict]:
    """Papers were fetched before the request was answered."""

    def judged(run: Run) -> Verdict:
        seen = False
        for key in cards:
            card = run.script.card(key)
            if not card.answers:
                continue
            seen = True
            bad = _unfetched(card, certificates=certificates)
            if bad:
                return failed(f"请求 {card.number} 反馈之前没有取{bad}", card.answers[0].exchange)
        return passed() if seen else not_exercised("没有收到反馈")

    return judged


def _unfetched(card: Card, *, certificates: bool) -> str:
    first = card.answers[0].exchange
    if not any(no < first for no in card.document_calls):
        return "法律文书"
    if certificates and not any(no < first for no in card.certificate_calls):
        return "承办人证件"
    return ""


_WORDS = {RequestKind.INQUIRY: "查询请求列表", RequestKind.CONTROL: "控制请求列表"}
