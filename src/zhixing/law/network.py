"""Network measures: who may be reached, with which papers, within which amount (网络查询冻结规定; NIC-01 to NIC-06, NIC-08).

Also NIC-10, NIC-22, NIC-23, NIC-36 for deductions, NIC-27 for a unit that lets frozen money go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from zhixing.kernel.money import ZERO, yuan
from zhixing.law.book import LawBook, book
from zhixing.law.deterrence.answers import points
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.measures.conditions import Condition, Verdict
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhixing.law.schemas import ChannelFunction, PaperSet, Point

PAPERS, RULES, FUNCTIONS, BANKS = "inquiry.papers", "inquiry.rules", "inquiry.functions", "inquiry.banks"
_AMOUNTS = ("freeze", "renew", "deduct", "securities_freeze")  # actions that name an amount


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerOnFile:
    """An authorised officer whose certificate was filed with the institution; last day inclusive."""

    name: str
    filed_on: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRequest:
    """A request over the network.

    Attributes:
        action: code of ``inquiry.papers``. subject: code of the topic subject in ``inquiry.rules``.
        papers: titles of the papers that go with it. sealed: each carries the electronic seal.
        channel, secure: the system can send and receive; it is protected.
        amount: yuan asked for. ceiling: what may still be controlled of the claim and costs.
        applied, on_clues: for a preservation: the applicant's written request; the ruling rests on clues.
        frozen: in force at this institution over the network. agreed: the institution agrees to deductions.
        to_court_account: the money goes to the court's own account.
    """

    action: str
    on: date
    subject: str
    papers: frozenset[str]
    officers: tuple[OfficerOnFile, ...]
    sealed: bool = True
    channel: bool = True
    secure: bool = True
    amount: Decimal | None = None
    ceiling: Decimal | None = None
    applied: bool = False
    on_clues: bool = False
    frozen: Decimal = ZERO
    agreed: bool = False
    to_court_account: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLiability:
    """What a unit answers for after letting frozen money go, in yuan."""

    amount: Decimal
    steps: tuple[Step, ...]
    book_hash: str


def papers_for(action: str, on: date, law_book: LawBook | None = None) -> PaperSet:
    """The papers of an action (NIC-05).

    Raises:
        UnknownRule, NoRuleInForce: no such action, or not yet.
    """
    return cast("PaperSet", (law_book or book()).at(on).row(PAPERS, action))


def network_request_check(asked: NetworkRequest, law_book: LawBook | None = None) -> Verdict:
    """Whether the request may go out; every condition with its source (NIC-01, NIC-03, NIC-04, NIC-05, NIC-08).

    Raises:
        UnknownRule, NoRuleInForce: no such action or subject, or not yet.
    """
    law_book = law_book or book()
    conditions = (
        *_subject(asked, law_book),
        *_channel(asked, law_book),
        *_amount(asked),
        *_deduction(asked),
    )
    allowed = all(one.met for one in conditions)
    return Verdict(
        title="网络查控请求核对单",
        allowed=allowed,
        outcome="可以发出" if allowed else "不得发出",
        conditions=conditions,
        book_hash=law_book.hash,
    )


def online_function(
    asset: str, does: str, institutions: str, *, on: date, law_book: LawBook | None = None
) -> ChannelFunction:
    """The function in force on a day (NIC-21, NIC-28).

    Args:
        asset: deposit, wealth, securities, realty or vehicle. does: query, freeze or deduct.
        institutions: national or local.

    Raises:
        UnknownRule: nothing of the kind is foreseen. NoRuleInForce: not yet on that day.
    """
    rows = [
        row
        for row in cast("tuple[ChannelFunction, ...]", (law_book or book()).all_rows(FUNCTIONS))
        if (row.asset, row.does) == (asset, does) and row.institutions in (institutions, "all")
    ]
    if not rows:
        raise UnknownRule(f"{FUNCTIONS}.{asset}.{does}.{institutions}")
    in_force = [row for row in rows if row.since <= on]
    if not in_force:
        raise NoRuleInForce(f"{FUNCTIONS}.{rows[0].code}", on, min(row.since for row in rows))
    return max(in_force, key=lambda row: row.since)


def national_banks(on: date, law_book: LawBook | None = None) -> tuple[str, ...]:
    """The banks that the Supreme Court named first, in its order (NIC-21)."""
    return tuple(row.title for row in points(law_book or book(), BANKS, "national", on).values())


def release_liability(
    *, moved: Decimal, recovered: Decimal, term_over: bool, on: date, law_book: LawBook | None = None
) -> ReleaseLiability:
    """What a unit pays from its own assets after an unlawful release (执行规定第二十六条; NIC-27).

    Args:
        moved: taken away because of the release. recovered: brought back since. Both in yuan, ≥ 0.
        term_over: the time set for bringing it back is over.

    Raises:
        ValueError: a negative amount, or more recovered than moved.
    """
    if moved < 0 or not ZERO <= recovered <= moved:
        raise ValueError("0 <= recovered <= moved")
    law_book = law_book or book()
    row = cast("Point", law_book.at(on).row(RULES, "released"))
    left = moved - recovered
    amount = left if term_over else ZERO
    text = f"转移 {yuan(moved)} 元，已追回 {yuan(recovered)} 元，未追回 {yuan(left)} 元"
    end = "逾期未追回，在该范围内以自己的财产承担责任" if amount else "责令限期追回"
    return ReleaseLiability(
        amount=amount,
        steps=(
            Step(text=text, value=yuan(left), law=row.source),
            Step(text=end, value=yuan(amount), law=row.source),
        ),
        book_hash=law_book.hash,
    )


def _subject(asked: NetworkRequest, law_book: LawBook) -> tuple[Condition, ...]:
    row = cast("Point", law_book.at(asked.on).row(RULES, asked.subject))
    if row.topic != "subject":
        raise UnknownRule(f"{RULES}.{asked.subject}")
    law = row.source[0]
    found = [Condition(text=f"对象：{row.title}", met=row.effect == "may", law=law)]
    if row.code == "preserved":
        found += [
            Condition(text="申请人书面申请网络查询", met=asked.applied, law=law),
            Condition(text="保全裁定根据财产线索作出", met=asked.on_clues, law=law),
        ]
    return tuple(found)


def _channel(asked: NetworkRequest, law_book: LawBook) -> tuple[Condition, ...]:
    papers = papers_for(asked.action, asked.on, law_book)
    on_file = [o for o in asked.officers if o.filed_on <= asked.on <= o.valid_until]
    missing = "、".join(paper for paper in papers.papers if paper not in asked.papers)
    law = papers.source[0]
    return (
        Condition(text="系统具备发送、传输、反馈的条件", met=asked.channel, law="network.1"),
        Condition(text="有安全保障措施", met=asked.secure, law="network.1"),
        Condition(
            text=f"执行人员公务证件已备案且在有效期内（{len(on_file)} 名，需要 {papers.officers} 名）",
            met=len(on_file) >= papers.officers,
            law="network.2",
        ),
        Condition(text=f"文书齐全{f'（缺少{missing}）' if missing else ''}", met=not missing, law=law),
        Condition(text="文书均有电子签章", met=asked.sealed or not papers.sealed, law="network.1"),
    )


def _amount(asked: NetworkRequest) -> tuple[Condition, ...]:
    """A freeze names its amount, within what is still owed with costs."""
    if asked.action not in _AMOUNTS:
        return ()
    amount = asked.amount
    named = amount is not None and amount > 0
    found = [Condition(text="写明数额", met=named, law="preservation.15")]
    if amount is not None and named and asked.ceiling is not None:
        text = f"{yuan(amount)} 元不超出可以控制的 {yuan(asked.ceiling)} 元"
        found.append(Condition(text=text, met=amount <= asked.ceiling, law="cpl.253"))
    return tuple(found)


def _deduction(asked: NetworkRequest) -> tuple[Condition, ...]:
    if asked.action != "deduct":
        return ()
    amount = asked.amount or ZERO
    return (
        Condition(text="已经网络冻结", met=asked.frozen > 0, law="bank64"),
        Condition(
            text=f"{yuan(amount)} 元不超出已冻结的 {yuan(asked.frozen)} 元",
            met=ZERO < amount <= asked.frozen,
            law="bank64",
        ),
        Condition(text="具备技术条件且协助单位同意", met=asked.agreed, law="network.9"),
        Condition(text="划入执行款专户或者案款专户", met=asked.to_court_account, law="casefunds.5"),
    )
