"""What came back, what waits for a decision, what ends, what money lies here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from zhixing.acts.models import Draft, DraftState, StepState
from zhixing.acts.registry import act
from zhixing.acts.selectors import drafts_pending_of, steps_waiting_for
from zhixing.cases.models import Case, CaseState
from zhixing.control.models import Measure, MeasureState
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.entry.links import page
from zhixing.entry.workbench.rows import Person, Row, moment_look, term_look
from zhixing.funds.lists import fund_rows
from zhixing.funds.suspense import lines_unclaimed
from zhixing.inquiry.models import Category, Packet
from zhixing.inquiry.repeats import failing_of
from zhixing.law.book import book
from zhixing.platform.crypto import unseal_text

TOLD_STATES = (MeasureState.ACTIVE, MeasureState.WAITING, MeasureState.DEDUCTED, MeasureState.DEDUCTING)
BACK_DAYS = 30
LIMIT = 60


def packet_lines(person: Person) -> list[Row]:
    """Sealed packets of this judge. One statement."""
    rows = (
        Packet.objects.filter(judge=person.staff, opened_at=None)
        .select_related("case", "request__party")
        .order_by("sealed_at")
    )
    return [
        Row(
            kind="back",
            chip="neutral",
            chip_text="已密封",
            chip_icon="lock",
            title=f"查询反馈包　第 {p.no} 包",
            button="输入开启码",
            href=page("processes:packet", p.pk),
            case_id=p.case_id,
            number=p.case.number,
            parties=p.case.parties_text,
            why=f"查询 {p.request.party.name}，{p.agencies_answered} / {p.agencies_asked} 家单位已反馈",
            urgency=2,
            order=p.sealed_at.isoformat(),
            **moment_look(p.sealed_at, person.today),
        )
        for p in rows[:LIMIT]
    ]


def repeat_lines(person: Person) -> list[Row]:
    """A judge's inquiries whose failed agencies may be asked again now; officers find theirs where they release. Two statements."""
    if not person.has(Role.JUDGE):
        return []
    found = failing_of(moment=person.moment, judge_id=person.staff.pk)
    return [
        Row(
            kind="back",
            chip="warn",
            chip_text="未有效反馈",
            title=f"查询 {row.ready} 家单位可以重发",
            button="重发",
            href=page("inquiry:slices", row.request.pk),
            case_id=row.request.case_id,
            number=row.request.case.number,
            parties=row.request.case.parties_text,
            why=f"退回、异常或者部分反馈 {row.failed} 家，超时 {row.silent} 家",
            law="bank64" if row.silent else "",
            urgency=2,
            order=row.request.released_at.isoformat(),
            **moment_look(row.request.released_at, person.today),
        )
        for row in found
        if row.ready
    ]


def receipt_lines(person: Person) -> list[Row]:
    """Settled measures of which the debtor was not told, one line a case, for those who may tell him. One statement."""
    if not person.actor.roles & set(act("control.notify_debtor").drafters):
        return []
    rows = Measure.objects.filter(
        _mine(person), state__in=TOLD_STATES, debtor_told_at=None, case__state=CaseState.OPEN
    )
    by_case: dict[int, list[Measure]] = defaultdict(list)
    for row in rows.exclude(settled_at=None).select_related("case").order_by("settled_at")[: LIMIT * 5]:
        by_case[row.case_id].append(row)
    return [_receipt(person, found) for found in by_case.values()]


def _receipt(person: Person, found: list[Measure]) -> Row:
    case, limit = found[0].case, sum((m.limit for m in found), Decimal(0))
    held, last = (
        sum((m.controlled or Decimal(0) for m in found), Decimal(0)),
        max(m.settled_at for m in found),
    )
    return Row(
        kind="back",
        chip="neutral",
        chip_text="回执",
        chip_icon="receipt",
        title=f"控制回执 {len(found)} 份",
        button="告知被执行人",
        href=page("cases:act", case.pk, "control.notify_debtor"),
        case_id=case.pk,
        number=case.number,
        parties=case.parties_text,
        why=f"限额 {limit:,.2f} 元，实控 {held:,.2f} 元",
        law="seizure.1",
        urgency=2,
        order=last.isoformat(),
        **moment_look(last, person.today),
    )


def approval_lines(person: Person) -> list[Row]:
    """Steps that wait for this person; his own drafts that came back or still wait. Four statements."""
    steps = list(steps_waiting_for(person.actor)[:LIMIT])
    drafts = [d for d in drafts_pending_of(person.actor)[:LIMIT] if d.code != "inquiry.release_batch"]
    cases = Case.objects.in_bulk(
        {i for i in (*(s.case_id for s in steps), *(d.case_id for d in drafts)) if i}
    )
    newest = _newest(person, drafts)
    rows = [_step(person, step, cases.get(step.case_id)) for step in steps]
    for draft in drafts:
        fresh = draft.state == DraftState.PENDING or (
            person.moment - (draft.decided_at or draft.created_at) < timedelta(days=BACK_DAYS)
            and newest.get((draft.code, draft.case_id)) == draft.created_at
        )
        if fresh:
            rows.append(_draft(person, draft, cases.get(draft.case_id)))
    return rows


def _newest(person: Person, drafts: Iterable[Draft]) -> dict[tuple[str, int | None], object]:
    """When each act was last drafted in each case: a returned draft that was sent again is history."""
    ids = {draft.case_id for draft in drafts if draft.state != DraftState.PENDING}
    rows = Draft.objects.filter(case_id__in=ids, drafter_staff_id=person.staff.pk).order_by("created_at")
    return {(code, case): at for code, case, at in rows.values_list("code", "case_id", "created_at")}


def _step(person: Person, step: object, case: Case | None) -> Row:
    draft = step.draft
    href = (
        page("inquiry:second", draft.pk)
        if draft.code == "inquiry.release_batch"
        else page("approvals:item", draft.pk)
    )
    return Row(
        kind="approval",
        chip="todo",
        chip_text="待您审",
        title=f"{act(draft.code).title}（{draft.drafter['name']}提出）",
        button="审阅",
        href=href,
        case_id=draft.case_id,
        number=case.number if case else "",
        parties=case.parties_text if case else "",
        why=step.name,
        law=_first(step.law, *act(draft.code).law),
        urgency=2,
        order=draft.created_at.isoformat(),
        **moment_look(draft.created_at, person.today),
    )


def _draft(person: Person, draft: Draft, case: Case | None) -> Row:
    steps = list(draft.steps.all())
    base = {
        "kind": "approval",
        "title": act(draft.code).title,
        "case_id": draft.case_id,
        "number": case.number if case else "",
        "parties": case.parties_text if case else "",
        "law": _first(*act(draft.code).law),
    }
    if draft.state == DraftState.PENDING:
        step = next((s for s in steps if s.state == StepState.OPEN), None)
        who = ROLE_NAMES[Role(step.role)] if step else "审批人"
        days = (person.moment - draft.created_at).days
        return Row(
            chip="wait",
            chip_text=f"待{who}",
            button="查看",
            href=page("cases:case", draft.case_id) if draft.case_id else "",
            why=f"等{who}{step.name if step else ''}",
            due_text=f"已等 {days} 天" if days else "今日提出",
            order=draft.created_at.isoformat(),
            **base,
        )
    back = next((s for s in reversed(steps) if s.state == StepState.RETURNED), None)
    told = (draft.result or {}).get("problems", [])
    why = (
        f"{back.decided_by['name']}：{back.opinion}"
        if back
        else "；".join(p["sentence"] for p in told) or "生效前情况已经变化"
    )
    at = draft.decided_at or draft.created_at
    return Row(
        chip="back",
        chip_text="退回" if back else "失效",
        button="修改重报",
        href=_again(draft),
        why=why,
        urgency=2,
        order=at.isoformat(),
        **moment_look(at, person.today),
        **base,
    )


def _again(draft: Draft) -> str:
    """The page where the act is drafted anew."""
    pages = {
        "inquiry.request": "inquiry:new",
        "funds.payout": "funds:payout",
        "inquiry.declare": "inquiry:declare",
    }
    if draft.code in pages:
        return page(pages[draft.code], draft.case_id)
    if act(draft.code).offered and draft.case_id:
        return page("cases:act", draft.case_id, draft.code)
    return page("cases:case", draft.case_id) if draft.case_id else ""


def measure_lines(person: Person) -> tuple[list[Row], int]:
    """Measures that end soon, by the ladder of the law book, and how many end later within its farthest step."""
    ladder = book().at(person.today).value("control.alert_ladder")
    rows = list(
        Measure.objects.filter(
            _mine(person),
            state__in=(MeasureState.ACTIVE, MeasureState.WAITING),
            case__state=CaseState.OPEN,
            ends_on__lte=person.today + timedelta(days=max(ladder)),
        )
        .select_related("case")
        .order_by("ends_on", "pk")[: LIMIT * 3]
    )
    near = sorted(ladder)[-2] if len(ladder) > 1 else max(ladder)
    soon = [row for row in rows if (row.ends_on - person.today).days <= near]
    return [_measure(person, row) for row in soon[:LIMIT]], len(rows) - len(soon[:LIMIT])


def _measure(person: Person, row: Measure) -> Row:
    own = person.has(Role.JUDGE, Role.ASSISTANT, Role.CLERK, Role.BUREAU_CHIEF)
    label = unseal_text(row.subject, row.label_sealed) if own else Category(row.category).label
    word = "轮候" if row.state == MeasureState.WAITING else "查封" if row.category == "realty" else "冻结"
    return Row(
        kind="measure",
        title=f"{word}　{label}",
        button="查看措施",
        case_id=row.case_id,
        number=row.case.number,
        href=page("control:measures", row.case_id) or page("cases:case", row.case_id) + "#p-measures",
        parties=row.case.parties_text,
        why=f"实控 {row.controlled or 0:,.2f} 元，逾期失效",
        law="cpli.485",
        **term_look(row.ends_on, "T1", person.today),
    )


def funds_lines(person: Person) -> list[Row]:
    """Money that can be paid out, and money that nobody has claimed. Three statements."""
    mine = None if person.court_wide else person.staff.pk
    state = "overdue" if person.court_wide else "releasable"
    rows = [
        Row(
            kind="funds",
            title="案款可以发放",
            button="拟定发放" if person.has(Role.JUDGE) else "查看",
            href=page("funds:payout" if person.has(Role.JUDGE) else "funds:case", row.case_id),
            case_id=row.case_id,
            number=row.number,
            parties=row.parties,
            why=f"到账 {row.received:,.2f} 元，可发放 {row.releasable:,.2f} 元",
            law=row.due.law if row.due else "",
            law_words=row.due.title if row.due else "",
            **(
                term_look(row.due.due, row.due.tier, person.today)
                if row.due
                else {"chip": "todo", "chip_text": "可发放"}
            ),
        )
        for row in fund_rows(today=person.today, state=state, handler_id=mine, limit=LIMIT)
        if person.has(Role.JUDGE) or person.court_wide
    ]
    unclaimed = (
        lines_unclaimed(court_key=person.staff.court_id).count()
        if person.has(Role.JUDGE, Role.BUREAU_CHIEF)
        else 0
    )
    if unclaimed:
        rows.append(
            Row(
                kind="funds",
                chip="doubt",
                chip_text="待认领",
                title=f"不明款 {unclaimed} 笔",
                button="查看",
                href=page("funds:suspense"),
                why="银行到账未写明案号或账号",
                law="casefunds.10",
                due_text="—",
            )
        )
    return rows


def _mine(person: Person) -> Q:
    """Cases this person looks at."""
    if person.court_wide:
        return Q(court_key=person.staff.court_id)
    return Q(case__handler=person.staff) | Q(case__assistant=person.staff) | Q(case__clerk=person.staff)


def _first(*keys: str) -> str:
    return next((key for key in keys if key), "")
