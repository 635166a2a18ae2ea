"""Checks that several acts share: all problems, each a sentence."""

from __future__ import annotations

from decimal import Decimal

from zhixing.acts.kinds import ActContext
from zhixing.cases.models import CaseState
from zhixing.funds.ledger import line_lock
from zhixing.funds.models import Entry, Reason, StatementLine
from zhixing.kernel.errors import Problem


def open_problems(ctx: ActContext) -> list[Problem]:
    """The case must be open."""
    if ctx.case.state != CaseState.OPEN:
        return [
            Problem(
                code="case.closed", sentence="案件已结，不能再动用案款。", mend="恢复执行请另立执恢案件。"
            )
        ]
    return []


def line_problems(ctx: ActContext, line_id: int) -> list[Problem]:
    """The line is of this court, nobody claimed it, and the case is open.

    Locks: the line, so that of two claims at once for different cases the second is told, not stopped by the database.
    """
    line_lock(line_id)
    problems = open_problems(ctx)
    line = StatementLine.objects.filter(pk=line_id).first()
    if line is None or line.court_key != ctx.case.court_key:
        return [
            *problems,
            Problem(
                code="line.unknown",
                field="line",
                sentence="本院没有这笔到账流水。",
                mend="他院收到的款项请通过该院移送。",
            ),
        ]
    if line_is_claimed(line.pk):
        problems.append(
            Problem(
                code="line.claimed", field="line", sentence="这笔款已经认领。", mend="认领错误的，请先冲销。"
            )
        )
    return problems


def line_is_claimed(line_id: int) -> bool:
    """Whether a claim of this line stands."""
    return Entry.objects.filter(
        line=line_id, reason__in=[Reason.RECEIVE, Reason.MATCH], reversed_by=None
    ).exists()


def balance_problems(releasable: Decimal, amount: Decimal) -> list[Problem]:
    """Not more than the case has."""
    if amount <= releasable:
        return []
    return [
        Problem(
            code="funds.balance",
            field="amount",
            sentence=f"本案可动用的案款是 {releasable:,.2f} 元，少于 {amount:,.2f} 元。",
            mend="请改小金额，不得挪用他案款项。",
            law="funds_rules",
        )
    ]
