"""What the case page shows of the rooms above `cases`: the next act, property, measures, money."""

from __future__ import annotations

from zhixing.cases.models import Case, CaseState
from zhixing.cases.page import NextAct, Pane, Upper, Viewer
from zhixing.entry.casepage.facts import Facts, facts_of
from zhixing.entry.casepage.next_act import next_act
from zhixing.entry.casepage.panes import assets_pane, funds_pane, measures_pane, money_of
from zhixing.entry.links import page
from zhixing.inquiry.domain.slices import Standing


def upper_of(case: Case, viewer: Viewer) -> Upper:
    """Everything the upper rooms add, in a constant number of statements."""
    facts = facts_of(case, viewer)
    panes: list[Pane] = [measures_pane(facts), funds_pane(facts)]
    if viewer.is_judge:
        panes.insert(0, assets_pane(facts, viewer))
    step = next_act(facts)
    return Upper(next=step, panes=panes, money=money_of(facts), links=_links(case, viewer, facts, step))


def _links(case: Case, viewer: Viewer, facts: Facts, step: NextAct | None) -> dict[str, str]:
    """Acts with a page of their own, without the one that the next step already offers."""
    if case.state != CaseState.OPEN or not viewer.is_home:
        return {}
    roles = {role.value for role in viewer.actor.roles}
    found = {}
    undecided = facts.doubtful + (facts.proposed if facts.requests else 0)
    if roles & {"judge", "assistant", "clerk"} and undecided:
        found[f"认定其余 {undecided} 条线索"] = page("cases:clues", case.pk)
    if roles & {"judge", "assistant", "clerk"} and case.notice_served_on:
        found["登记财产报告"] = page("inquiry:declare", case.pk)
    if viewer.is_judge and "judge" in roles and case.notice_served_on:
        found["网络查询"] = page("inquiry:new", case.pk)
    if viewer.is_judge and facts.slices:
        open_ones = sum(row.standing in (Standing.FAILED, Standing.SILENT) for row in facts.slices)
        tail = f"：{open_ones} 家未有效反馈" if open_ones else ""
        found[f"各单位反馈情况{tail}"] = page("inquiry:slices", facts.slices[0].order.reference)
        found["出具网络财产查询清单"] = page("inquiry:exhaustion", case.pk)
    if viewer.is_judge and "judge" in roles and facts.equation.releasable > 0:
        found["发放案款"] = page("funds:payout", case.pk)
    if roles & {"judge", "assistant", "clerk"}:
        found["利息计算"] = page("lawtools:interest_of_case", case.pk)
    shown = step.href if step else ""
    return {title: href for title, href in found.items() if href and href != shown}
