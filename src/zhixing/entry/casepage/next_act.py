"""The next act of a case follows from its facts; nobody keeps a to-do list by hand."""

from __future__ import annotations

from collections.abc import Callable

from zhixing.acts.registry import act
from zhixing.cases.models import CaseState, Whereabouts
from zhixing.cases.page import NextAct
from zhixing.control.models import MeasureState
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.entry.casepage.facts import Facts
from zhixing.entry.links import page
from zhixing.inquiry.domain.slices import Standing
from zhixing.inquiry.models import RequestState

SETTLED = (MeasureState.ACTIVE, MeasureState.WAITING, MeasureState.DEDUCTED, MeasureState.DEDUCTING)
ENDED = (MeasureState.FAILED, MeasureState.RELEASED, MeasureState.DEDUCTED)


def next_act(facts: Facts) -> NextAct | None:
    """The first step of the road that is not done. None for an archived case."""
    if facts.case.state == CaseState.ARCHIVED:
        return None
    if facts.case.state == CaseState.CLOSED:
        return _act(facts, "cases.archive", "归档", "案件已结，生成案卷目录后转为只读。")
    for step in STEPS:
        found = step(facts)
        if found is not None:
            return found
    return None


def _open(facts: Facts) -> NextAct | None:
    case = facts.case
    if case.handler_id is None:
        return _act(facts, "cases.assign", "确定承办人", "确定承办法官，并配备法官助理和书记员。", node="N03")
    if facts.proposed and not facts.requests:
        return _page(
            facts,
            "cases.confirm_clues",
            f"确认 {facts.proposed} 条线索",
            "从材料中读出的身份和财产线索，确认后才能用于查询。",
            "打开线索确认",
            page("cases:clues", case.pk),
        )
    if case.notice_served_on is None:
        return _act(
            facts, "cases.notice", "发出执行通知书、报告财产令", "送达后报告财产的期限开始计算。", node="N05"
        )
    if case.whereabouts == Whereabouts.UNSET:
        return _act(
            facts, "cases.whereabouts", "登记被执行人下落", "下落明确的等报告期限，下落不明的可以立即查询。"
        )
    return None


def _declaration(facts: Facts) -> NextAct | None:
    """A debtor who can be found reports first; the inquiry waits for the period (B1)."""
    case = facts.case
    waits = (
        case.whereabouts == Whereabouts.KNOWN and case.declare_by and facts.viewer.today <= case.declare_by
    )
    if facts.requests or facts.declared or not waits or "inquiry.request" in facts.pending:
        return None
    return _page(
        facts,
        "inquiry.declare",
        "登记财产报告",
        f"报告期限到 {case.declare_by:%Y-%m-%d}，届满后可以发起网络查询。",
        "登记财产报告",
        page("inquiry:declare", case.pk),
        node="N09",
    )


def _inquiry(facts: Facts) -> NextAct | None:
    case, request = facts.case, facts.requests[0] if facts.requests else None
    if request is None:
        if "inquiry.request" in facts.pending:
            return NextAct(title="网络查询正在审批", by="等审批", law=act("inquiry.request").law)
        return _page(
            facts,
            "inquiry.request",
            "发起网络查询",
            "从菜单选择查询事项，经初核、审批后由两名查询员发出。",
            "选择查询",
            page("inquiry:new", case.pk),
            node="N10",
        )
    packet = facts.open_packet
    if packet is not None:
        text = f"第 {packet.no} 包，{packet.agencies_answered} 家单位已反馈。开启码发到承办法官的手机。"
        return _page(
            facts,
            "inquiry.open_packet",
            "开启查询反馈包",
            text,
            "输入开启码",
            page("processes:packet", packet.pk),
            node="N12",
        )
    if facts.packets or facts.measures:
        return None
    if request.state == RequestState.APPROVED:
        return NextAct(
            title="等两名查询员共同发出",
            text="查询已经批准，裁定书和协助查询通知书已经生成。",
            by="等查询员",
            law=act("inquiry.release_batch").law,
        )
    return _answers(facts, len(request.agencies))


def _answers(facts: Facts, asked: int) -> NextAct:
    """Answers are on their way; who failed or is silent beyond his hours can be asked again."""
    standing = [row.standing for row in facts.slices]
    failed, silent = standing.count(Standing.FAILED), standing.count(Standing.SILENT)
    late = "、".join(
        words
        for words in (f"{failed} 家未有效反馈" * bool(failed), f"{silent} 家超过时限" * bool(silent))
        if words
    )
    text = f"已向 {asked} 家单位发出查询，{standing.count(Standing.ANSWERED)} 家已反馈{'，' * bool(late)}{late}。"
    href = page("inquiry:slices", facts.slices[0].order.reference) if facts.slices else ""
    return NextAct(
        title="等协助单位反馈",
        text=text + "反馈齐备，或者其余单位都超过时限后，密封送达承办法官。",
        button="查看各单位" if late and facts.viewer.is_judge else "",
        href=href if late and facts.viewer.is_judge else "",
        by="" if late and facts.viewer.is_judge else "等反馈",
        law=("bank64",),
    )


def _control(facts: Facts) -> NextAct | None:
    live = [m for m in facts.measures if m.state not in ENDED]
    if "control.freeze" in facts.pending or "control.seal" in facts.pending:
        return NextAct(title="控制措施正在审批", by="等审批", law=act("control.freeze").law)
    if (
        not facts.measures
        and facts.packets
        and facts.has_found
        and facts.claim
        and facts.claim.total > facts.equation.received
    ):
        return _page(
            facts,
            "control.freeze",
            "比对财产，采取控制措施",
            "逐项认定报告与查得是否相符，选定要冻结的财产。",
            "打开控制方案",
            page("processes:packet", facts.packets[0].pk),
            node="N12",
        )
    if any(m.state == MeasureState.ORDERED for m in live):
        return NextAct(
            title="等控制回执",
            text="冻结通知已发出，等协助单位回执。",
            by="等回执",
            law=act("control.freeze").law,
        )
    if any(m.state in SETTLED and m.debtor_told_at is None for m in facts.measures):
        return _act(
            facts,
            "control.notify_debtor",
            "告知被执行人",
            "措施已经落实，应当把冻结情况和异议权利告知被执行人。",
        )
    return None


def _money(facts: Facts) -> NextAct | None:
    case, equation = facts.case, facts.equation
    if equation.releasable > 0:
        if "funds.payout" in facts.pending:
            return NextAct(title="案款发放正在审批", by="等审批", law=act("funds.payout").law)
        text = f"本案可发放 {equation.releasable:,.2f} 元。"
        return _page(
            facts, "funds.payout", "发放案款", text, "拟定发放", page("funds:payout", case.pk), node="N34"
        )
    if equation.pending > 0:
        return _page(
            facts,
            "funds.book",
            "付款登记",
            f"已批准 {equation.pending:,.2f} 元，等案款管理员付款。",
            "看案款",
            page("funds:case", case.pk),
            node="N34",
        )
    if any(m.state == MeasureState.DEDUCTING for m in facts.measures):
        return NextAct(
            title="等扣划款到账",
            text="扣划通知已发出，款项到账后自动认领。",
            by="等到账",
            law=act("control.transfer").law,
        )
    if "control.transfer" in facts.pending:
        return NextAct(title="扣划正在审批", by="等审批", law=act("control.transfer").law)
    held = [
        m
        for m in facts.measures
        if m.state == MeasureState.ACTIVE and m.category == "cash" and (m.controlled or 0) > 0
    ]
    if held and (facts.claim is None or facts.claim.total > 0):
        total = sum(m.controlled for m in held)
        return _page(
            facts,
            "control.transfer",
            "扣划存款",
            f"已冻结存款 {total:,.2f} 元，可以扣划到本案账户。",
            "扣划",
            measures_href(facts),
        )
    return None


def _end(facts: Facts) -> NextAct | None:
    if "cases.close" in facts.pending:
        return NextAct(title="结案正在审批", by="等审批", law=act("cases.close").law)
    live = [m for m in facts.measures if m.state in (MeasureState.ACTIVE, MeasureState.WAITING)]
    if live and facts.claim is not None and facts.claim.total == 0:
        return _page(
            facts,
            "control.release",
            "解除控制措施",
            f"债务已经清偿，还有 {len(live)} 项措施没有解除。",
            "解除",
            measures_href(facts),
        )
    if facts.claim is not None and facts.claim.total > 0:
        return NextAct(
            title="继续查找财产",
            text=f"尚欠 {facts.claim.total:,.2f} 元。可以再次查询，或者核查申请执行人提供的线索。",
            button="再次查询" if _may(facts, "inquiry.request") else "",
            href=page("inquiry:new", facts.case.pk),
            law=("survey.1",),
        )
    return _act(
        facts, "cases.close", "结案", "债务已经清偿，核对案款、措施、审批均已了结后结案。", node="N37"
    )


def measures_href(facts: Facts) -> str:
    """The page of this case's measures, or its tab on the case page."""
    return page("control:measures", facts.case.pk) or page("cases:case", facts.case.pk) + "#p-measures"


STEPS: tuple[Callable[[Facts], NextAct | None], ...] = (_open, _declaration, _inquiry, _control, _money, _end)


def _may(facts: Facts, code: str) -> bool:
    return facts.viewer.is_home and bool(facts.viewer.actor.roles & set(act(code).drafters))


def _act(facts: Facts, code: str, title: str, text: str, *, node: str = "") -> NextAct:
    """A step done on the general form."""
    return _page(facts, code, title, text, "办理", page("cases:act", facts.case.pk, code), node=node)


def _page(
    facts: Facts, code: str, title: str, text: str, button: str, href: str, *, node: str = ""
) -> NextAct:
    """A step with its own page; who may not do it reads whom it waits for."""
    kind, row = act(code), facts.nodes.get(node)
    may = _may(facts, code)
    names = "、".join(ROLE_NAMES[role] for role in Role if role in kind.drafters)
    return NextAct(
        code=code,
        title=title,
        text=text,
        button=button if may else "",
        href=href if may else "",
        by="" if may else f"等{names}",
        law=kind.law,
        due=row.due_on if row else None,
        tier=row.tier if row else "",
    )
