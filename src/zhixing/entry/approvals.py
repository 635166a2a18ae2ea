"""What the approval inbox shows: who waits for this person, one item in full, and what he has decided before."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet

from zhixing.acts.actors import Actor
from zhixing.acts.kinds import Act, ActContext
from zhixing.acts.models import Draft, DraftState, Entry, EntryKind, Step, StepState
from zhixing.acts.registry import act as act_of
from zhixing.acts.selectors import steps_waiting_for
from zhixing.acts.services import context_of, drafter_of, read_record
from zhixing.cases.models import Case, Node
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.kernel.errors import Problem
from zhixing.law.book import book
from zhixing.law.nodes import nodes_closed_by
from zhixing.ui.parts import ApprovalStep, CheckLine

# The second officer signs a whole batch on the page of the release; the inbox only points there.
SIGNED_ELSEWHERE = ("inquiry.release_batch", "gateway.enter_answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the inbox. due: day of the node that this act closes, with its tier; None when no term runs."""

    draft_id: uuid.UUID
    title: str
    step: str
    case_number: str
    parties: str
    amount: Decimal | None
    items: int
    drafter: str
    since: datetime
    due: date | None
    tier: str


def waiting_for(actor: Actor) -> QuerySet[Step]:
    """Open steps this person decides in the inbox."""
    return steps_waiting_for(actor).exclude(draft__code__in=SIGNED_ELSEWHERE)


def batches_waiting_for(actor: Actor) -> int:
    """Batches that wait for his second signature on the page of the release."""
    return steps_waiting_for(actor).filter(draft__code__in=SIGNED_ELSEWHERE).count()


def rows_of(steps: Iterable[Step]) -> list[Row]:
    """Lines of the inbox: what ends first stands first, then what waits longest. Two queries for any number."""
    found = list(steps)
    cases = {case.pk: case for case in Case.objects.filter(pk__in={s.case_id for s in found if s.case_id})}
    terms = _terms(found)
    rows = [_row(step, cases.get(step.case_id or 0), terms.get(step.draft_id)) for step in found]
    return sorted(rows, key=lambda row: (row.due or date.max, row.since))


def _row(step: Step, case: Case | None, term: tuple[date, str] | None) -> Row:
    draft = step.draft
    return Row(
        draft_id=draft.pk, title=act_of(draft.code).title, step=step.name, amount=amount_of(draft.payload),
        case_number=case.number if case else "", parties=case.parties_text if case else "",
        items=items_of(draft.payload), drafter=draft.drafter.get("name", ""), since=draft.created_at,
        due=term[0] if term else draft.due_on, tier=term[1] if term else "T4",
    )  # fmt: skip


def _terms(steps: Sequence[Step]) -> dict[uuid.UUID, tuple[date, str]]:
    """Per draft the nearest open node that the act would close."""
    closes = {s.draft_id: {node.code for node in nodes_closed_by(s.draft.code)} for s in steps}
    codes = set().union(*closes.values()) if closes else set()
    nodes = Node.objects.filter(
        case_id__in={s.case_id for s in steps if s.case_id},
        code__in=codes,
        closed_on=None,
        due_on__isnull=False,
    ).order_by("due_on")
    found: dict[uuid.UUID, tuple[date, str]] = {}
    by_case: dict[int, list[Node]] = {}
    for node in nodes:
        by_case.setdefault(node.case_id, []).append(node)
    for step in steps:
        fitting = [n for n in by_case.get(step.case_id or 0, ()) if n.code in closes[step.draft_id]]
        if fitting:
            found[step.draft_id] = (fitting[0].due_on, fitting[0].tier)
    return found


def amount_of(payload: dict[str, Any]) -> Decimal | None:
    """Yuan the act is about: its own amount, or the sum over its rows; None when it is about no money."""
    told = [payload["amount"]] if payload.get("amount") else []
    for value in payload.values():
        if isinstance(value, list):
            told += [row["amount"] for row in value if isinstance(row, dict) and row.get("amount")]
    try:
        return sum((Decimal(str(amount)) for amount in told), Decimal(0)) if told else None
    except InvalidOperation:
        return None


def items_of(payload: dict[str, Any]) -> int:
    """How many things the act concerns: the chosen items of a menu, else the rows of its longest list."""
    if isinstance(payload.get("menu"), list):
        return len(payload["menu"])
    return max((len(value) for value in payload.values() if isinstance(value, list)), default=0)


# ── one item in full ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One item as the approver sees it. mine: whether it is his turn now."""

    draft: Draft
    kind: Act
    ctx: ActContext
    case: Case | None
    step: Step | None
    mine: bool
    following: Step | None
    road: list[ApprovalStep]
    checks: list[CheckLine]
    blocked: int
    outcome: list[str] = field(default_factory=list)


def desk_of(draft_id: uuid.UUID, *, actor: Actor, moment: datetime) -> Desk | None:
    """The item, if it waits for this person, was decided by him, or is his own draft; otherwise None."""
    draft = Draft.objects.filter(pk=draft_id).exclude(code__in=SIGNED_ELSEWHERE).first()
    if draft is None:
        return None
    steps = list(draft.steps.all())
    step = next((s for s in steps if s.state == StepState.OPEN), None)
    decided = {s.decided_staff_id for s in steps}
    mine = (
        step is not None and draft.court_key == actor.court_key and Role(step.role) in actor.roles
        and actor.staff_id not in decided and actor.staff_id != draft.drafter_staff_id
    )  # fmt: skip
    if not (mine or actor.staff_id in decided or actor.staff_id == draft.drafter_staff_id):
        return None
    kind, ctx = act_of(draft.code), context_of(draft, actor=drafter_of(draft), moment=moment)
    problems = kind.check(ctx) if draft.state == DraftState.PENDING else []
    following = next((s for s in steps if s.state == StepState.WAITING), None)
    return Desk(
        draft=draft, kind=kind, ctx=ctx, case=ctx.case, step=step, mine=mine, following=following,
        road=_road(draft, steps, moment), checks=check_lines(kind, draft, step, problems),
        blocked=sum(p.level == "error" for p in problems),
        outcome=[p["sentence"] for p in draft.result.get("problems", [])] if draft.state == DraftState.LAPSED else [],
    )  # fmt: skip


def _road(draft: Draft, steps: Sequence[Step], moment: datetime) -> list[ApprovalStep]:
    """Drafting, every step, and what follows by itself."""
    road = [
        ApprovalStep(
            name=f"{draft.drafter.get('name', '')}　拟稿", state="done", meta=_clock(draft.created_at)
        )
    ]
    for step in steps:
        who = (step.decided_by or {}).get("name") or ROLE_NAMES[Role(step.role)]
        meta = _clock(step.decided_at) if step.decided_at else ""
        if step.opinion:
            meta = f"{meta}　{step.opinion}"
        if step.state == StepState.OPEN:
            begun = max((s.decided_at for s in steps if s.decided_at), default=draft.created_at)
            meta = f"已等 {_waited(moment, begun)}"
        state = {StepState.APPROVED: "done", StepState.OPEN: "now", StepState.RETURNED: "back"}.get(
            step.state, "next"
        )
        road.append(ApprovalStep(name=f"{who}　{step.name}", state=state, meta=meta))  # type: ignore[arg-type]
    if draft.state == DraftState.EFFECTIVE:
        road.append(ApprovalStep(name="生效", state="done", meta=_clock(draft.decided_at)))
    elif draft.state == DraftState.LAPSED:
        road.append(ApprovalStep(name="失效", state="back", meta="生效前复查未通过"))
    elif draft.state == DraftState.PENDING:
        road.append(ApprovalStep(name="自动复查、用印、生效", state="next", meta="全部同意后立即办理"))
    return road


def _clock(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(COURT_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _waited(moment: datetime, since: datetime) -> str:
    minutes = max(0, int((moment - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // 1440} 天"


def check_lines(kind: Act, draft: Draft, step: Step | None, problems: Sequence[Problem]) -> list[CheckLine]:
    """What stands against it, what was overridden and why; then the rules it was checked against and holds."""
    lines = []
    for problem in problems:
        reason = draft.overrides.get(problem.code, "")
        if problem.level == "error":
            lines.append(
                CheckLine(sentence=problem.sentence, state="bad", note=problem.mend, law=problem.law or "")
            )
        else:
            note = f"拟稿人说明：{reason}" if reason else problem.mend
            lines.append(CheckLine(sentence=problem.sentence, state="warn", note=note, law=problem.law or ""))
    told = {problem.law for problem in problems}
    for key in kind.law:
        if key not in told:
            lines.append(CheckLine(sentence=book().citation(key).gist or "符合本条规定", law=key))
    lines.append(CheckLine(sentence="拟稿与各级审批由不同的人办理", law="four_eyes"))
    if step is not None and step.law and step.law not in {*told, *kind.law}:
        lines.append(CheckLine(sentence=f"本步骤由{ROLE_NAMES[Role(step.role)]}{step.name}", law=step.law))
    return lines


def reading_record(desk: Desk, *, reader: Actor, moment: datetime) -> None:
    """The first look of each approver at an item with clear account and identity numbers goes into the journal."""
    chain = desk.draft.case_id if desk.draft.case_id is not None else -(desk.draft.court_key + 1)
    seen = Entry.objects.filter(
        chain=chain, kind=EntryKind.READ, code=desk.draft.code, body__contains=f'"draft":"{desk.draft.pk}"'
    ).filter(body__contains=f'"id":"{reader.id}"')
    if not seen.exists():
        read_record(
            code=desk.draft.code, actor=reader, case_id=desk.draft.case_id, court_key=desk.draft.court_key,
            moment=moment, told={"draft": str(desk.draft.pk), "what": "approval"},
        )  # fmt: skip


# ── what was decided before ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision of this person and what became of the act."""

    step: Step
    draft: Draft
    title: str
    case_number: str
    parties: str
    amount: Decimal | None


def decided_by(staff_id: int, *, state: str = "") -> QuerySet[Step]:
    """Steps this person decided, newest first. state: approved, returned, or lapsed for acts that failed in the end."""
    rows = (
        Step.objects.filter(decided_staff_id=staff_id).select_related("draft").order_by("-decided_at", "-pk")
    )
    if state == DraftState.LAPSED:
        return rows.filter(draft__state=DraftState.LAPSED)
    return rows.filter(state=state) if state in (StepState.APPROVED, StepState.RETURNED) else rows


def decided_rows(steps: Iterable[Step]) -> list[Decided]:
    """Lines of the history; one query for all cases."""
    found = list(steps)
    cases = {case.pk: case for case in Case.objects.filter(pk__in={s.case_id for s in found if s.case_id})}
    return [
        Decided(
            step=step, draft=step.draft, title=act_of(step.draft.code).title, amount=amount_of(step.draft.payload),
            case_number=cases[step.case_id].number if step.case_id in cases else "",
            parties=cases[step.case_id].parties_text if step.case_id in cases else "",
        )
        for step in found
    ]  # fmt: skip


def decided_on(staff_id: int, day: date) -> dict[str, int]:
    """How many this person approved and returned on a day."""
    rows = Step.objects.filter(decided_staff_id=staff_id).filter(
        Q(state=StepState.APPROVED) | Q(state=StepState.RETURNED)
    ).order_by("-decided_at").values_list("state", "decided_at")[:200]  # fmt: skip
    counted = {"approved": 0, "returned": 0}
    for state, at in rows:
        if court_date(at) == day:
            counted[state] += 1
    return counted
