"""Do an act: draft it, decide a step, let it take effect. The one mechanism behind every change of the system.

Order: authorise → check → (papers rendered and sealed, outside any lock) → lock the chain → re-read → check again →
store papers → apply → journal → derive. A refusal is journalled too and raises with all problems.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhixing.acts import payloads
from zhixing.acts.actors import Actor, ActorKind
from zhixing.acts.authority import may_decide, may_draft, open_problems
from zhixing.acts.errors import ActRefused, StepRefused
from zhixing.acts.hooks import hooks
from zhixing.acts.journal import entry_append
from zhixing.acts.kinds import Act, ActContext, ActFields
from zhixing.acts.locks import chain_lock
from zhixing.acts.models import Draft, DraftState, EntryKind, Step, StepState
from zhixing.acts.registry import act as act_of
from zhixing.kernel.errors import Problem
from zhixing.law.approvals import chain_for
from zhixing.platform import scope
from zhixing.platform.crashpoints import crash_after_commit, crash_here


def act_submit(
    *,
    code: str,
    actor: Actor,
    payload: dict[str, Any],
    key: str,
    moment: datetime,
    case_id: int | None = None,
    court_key: int | None = None,
    overrides: dict[str, str] | None = None,
) -> Draft:
    """Draft an act; it takes effect at once if no approval is needed.

    The same key again by the same actor returns the first result. Raises ActRefused with every problem; nothing is
    half-done.
    """
    known = Draft.objects.filter(key=key).first()
    if known is not None:
        return _same_command(known, code=code, actor=actor)
    kind = act_of(code)
    ctx = _context(kind, actor, moment, case_id, court_key, payload)
    problems = [*may_draft(kind, ctx), *open_problems(kind.check(ctx), overrides or {})]
    if problems:
        _refuse(kind, ctx, problems)
    try:
        with transaction.atomic():
            draft = _draft_create(kind, ctx, key, overrides or {})
            if draft.state == DraftState.PENDING and not draft.steps.exists():
                _take_effect(kind, ctx, draft)
    except IntegrityError as error:
        # A twin came first; one out of sight belongs to somebody else. Anything else is a fault of ours.
        if "acts_draft_key" not in str(error):
            raise
        return _same_command(Draft.objects.filter(key=key).first(), code=code, actor=actor)
    return draft


def act_record(
    *,
    code: str,
    actor: Actor,
    payload: dict[str, Any],
    key: str,
    moment: datetime,
    case_id: int | None = None,
    court_key: int | None = None,
) -> Draft:
    """An act of an agency or of the system by a named rule, at once. Same checks, same journal."""
    return act_submit(
        code=code, actor=actor, payload=payload, key=key, moment=moment, case_id=case_id, court_key=court_key
    )


def step_decide(
    *,
    draft_id: uuid.UUID,
    actor: Actor,
    approve: bool,
    opinion: str,
    moment: datetime,
    evidence: dict[str, Any] | None = None,
) -> Draft:
    """Decide the open step. The last approval lets the act take effect, after a second check under lock."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    step = draft.steps.filter(state=StepState.OPEN).first()
    kind = act_of(draft.code)
    ctx = context_of(draft, actor=actor, moment=moment)
    problems = may_decide(draft, step, actor, approve=approve, opinion=opinion)
    if approve and not problems and set(kind.evidence_needed) - set(evidence or {}):
        problems = [
            Problem(
                code="step.no_signature",
                sentence="这一步须由审批人用公务证件签名。",
                mend="请在共同发起页面核对并签名。",
            )
        ]
    problems += kind.check_step(ctx, approve=approve, evidence=evidence or {}) if not problems else []
    if problems or step is None:
        _journal(
            kind, ctx, EntryKind.REFUSED, {"draft": str(draft.pk), "problems": [p.code for p in problems]}
        )
        raise StepRefused(problems)
    step.state = StepState.APPROVED if approve else StepState.RETURNED
    step.decided_by, step.decided_staff_id, step.decided_at = actor.label(), actor.staff_id, moment
    step.opinion, step.evidence = opinion, evidence or {}
    step.save()
    told = {
        "draft": str(draft.pk),
        "step": step.no,
        "role": step.role,
        "opinion": opinion,
        "evidence": step.evidence,
    }
    _journal(kind, ctx, EntryKind.APPROVED if approve else EntryKind.RETURNED, told)
    if not approve:
        draft.state, draft.decided_at = DraftState.RETURNED, moment
        draft.save(update_fields=["state", "decided_at"])
        return draft
    following = draft.steps.filter(state=StepState.WAITING).first()
    if following is not None:
        following.state = StepState.OPEN
        following.save(update_fields=["state"])
        return draft
    _effect_or_lapse(kind, draft, moment)
    return draft


def draft_withdraw(*, draft_id: uuid.UUID, actor: Actor, moment: datetime) -> Draft:
    """The drafter takes it back while it waits."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.state != DraftState.PENDING or draft.drafter_staff_id != actor.staff_id:
        raise ActRefused(
            [
                Problem(
                    code="act.not_yours",
                    sentence="只有拟稿人可以撤回，且须在审批完成之前。",
                    mend="请联系拟稿人。",
                )
            ]
        )
    draft.state, draft.decided_at = DraftState.WITHDRAWN, moment
    draft.save(update_fields=["state", "decided_at"])
    ctx = context_of(draft, actor=actor, moment=moment)
    _journal(act_of(draft.code), ctx, EntryKind.RETURNED, {"draft": str(draft.pk), "withdrawn": True})
    return draft


def context_of(draft: Draft, *, actor: Actor, moment: datetime) -> ActContext:
    """The context of a stored draft, fields decrypted."""
    kind = act_of(draft.code)
    fields = payloads.payload_unseal(kind, draft.payload, draft.version, draft.subject)
    case = hooks.load_case(draft.case_id, False) if draft.case_id is not None else None
    steps = [
        {
            "no": s.no,
            "role": s.role,
            "by": (s.decided_by or {}).get("name", ""),
            "id": (s.decided_by or {}).get("id"),
            "at": s.decided_at,
            "evidence": s.evidence,
        }
        for s in draft.steps.all()
    ]
    return ActContext(
        actor=actor,
        moment=moment,
        fields=fields,
        case=case,
        draft_id=draft.pk,
        court_key=draft.court_key,
        steps=steps,
    )


def drafter_of(draft: Draft) -> Actor:
    """The drafter as an actor, for the moment the act takes effect."""
    label = draft.drafter
    return Actor(kind=ActorKind(label["kind"]), id=label["id"], name=label["name"], court_key=draft.court_key)


def read_record(
    *, code: str, actor: Actor, case_id: int | None, court_key: int, moment: datetime, told: dict[str, Any]
) -> None:
    """Reading something sensitive is an entry of its own."""
    entry_append(
        kind=EntryKind.READ,
        code=code,
        case_id=case_id,
        court_key=court_key,
        moment=moment,
        actor=actor,
        audience="internal",
        body=told,
    )


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _same_command(known: Draft | None, *, code: str, actor: Actor) -> Draft:
    """A key names one command of one person; used again for another it must not show that person's act."""
    if (
        known is None
        or known.code != code
        or (known.drafter["kind"], known.drafter["id"]) != (actor.kind.value, actor.id)
    ):
        raise ActRefused(
            [
                Problem(
                    code="act.key_used",
                    sentence="这个提交编号已用于另一件事。",
                    mend="请刷新页面后重新提交。",
                )
            ]
        )
    return known


def _context(
    kind: Act,
    actor: Actor,
    moment: datetime,
    case_id: int | None,
    court_key: int | None,
    payload: dict[str, Any],
) -> ActContext:
    case = hooks.load_case(case_id, False) if case_id is not None else None
    if case is None and case_id is not None:
        raise ActRefused(
            [
                Problem(
                    code="act.no_case",
                    sentence="找不到这个案件，或者您无权查看。",
                    mend="请核对案号；他院案件请通过指挥中心请求协助。",
                )
            ]
        )
    key = case.court_key if case is not None else (actor.court_key if court_key is None else court_key)
    if kind.case_bound and case is None:
        raise ActRefused(
            [
                Problem(
                    code="act.case_missing",
                    sentence=f"“{kind.title}”必须在一个案件里办理。",
                    mend="请先选择案件。",
                )
            ]
        )
    try:
        fields: ActFields = payloads.fields_parse(kind, payload)
    except ActRefused as refused:
        ctx = ActContext(actor=actor, moment=moment, fields=None, case=case, court_key=key)
        _journal(kind, ctx, EntryKind.REFUSED, {"problems": [p.code for p in refused.problems]})
        raise
    return ActContext(actor=actor, moment=moment, fields=fields, case=case, court_key=key)


def _refuse(kind: Act, ctx: ActContext, problems: list[Problem]) -> None:
    _journal(kind, ctx, EntryKind.REFUSED, {"problems": [p.code for p in problems]})
    raise ActRefused(problems)


def _draft_create(kind: Act, ctx: ActContext, key: str, overrides: dict[str, str]) -> Draft:
    case_id = ctx.case.pk if ctx.case is not None else None
    subject = kind.subject(ctx)
    draft = Draft.objects.create(
        key=key,
        code=kind.code,
        version=kind.version,
        case_id=case_id,
        court_key=ctx.court_key,
        state=DraftState.PENDING,
        subject=subject,
        payload=payloads.payload_seal(kind, ctx.fields, subject),
        overrides={k: v for k, v in overrides.items() if v.strip()},
        drafter=ctx.actor.label(),
        drafter_staff_id=ctx.actor.staff_id,
        created_at=ctx.moment,
    )
    ctx.draft_id = draft.pk
    chain = kind.chain_key(ctx)
    if chain is None:
        return draft
    steps = chain_for(chain, ctx.court_key).steps
    Step.objects.bulk_create(
        [
            Step(
                draft=draft,
                case_id=case_id,
                court_key=ctx.court_key,
                no=no,
                role=step.role,
                name=step.name,
                law=step.law or "",
                state=StepState.OPEN if no == 1 else StepState.WAITING,
            )
            for no, step in enumerate(steps, start=1)
        ]
    )
    _journal(
        kind,
        ctx,
        EntryKind.DRAFTED,
        {"draft": str(draft.pk), "fields": draft.payload, "overrides": draft.overrides},
    )
    return draft


def _effect_or_lapse(kind: Act, draft: Draft, moment: datetime) -> None:
    ctx = context_of(draft, actor=drafter_of(draft), moment=moment)
    try:
        with transaction.atomic():
            _take_effect(kind, ctx, draft)
    except ActRefused as refused:
        draft.state, draft.decided_at = DraftState.LAPSED, moment
        draft.result = {"problems": [{"code": p.code, "sentence": p.sentence} for p in refused.problems]}
        draft.save(update_fields=["state", "decided_at", "result"])
        _journal(
            kind,
            ctx,
            EntryKind.LAPSED,
            {"draft": str(draft.pk), "problems": [p.code for p in refused.problems]},
        )


def _take_effect(kind: Act, ctx: ActContext, draft: Draft) -> None:
    specs = kind.documents(ctx)
    ctx.documents = hooks.prepare(ctx, specs) if specs else []
    chain_lock(draft)
    if draft.case_id is not None:
        ctx.case = hooks.load_case(draft.case_id, True)
    problems = open_problems(kind.check(ctx), draft.overrides)
    if problems:
        raise ActRefused(problems)
    if ctx.documents:
        hooks.store(ctx, ctx.documents)
    result = kind.apply(ctx)
    _settle(kind, ctx, draft, result)


def _settle(kind: Act, ctx: ActContext, draft: Draft, result: dict[str, Any]) -> None:
    """Journal and derive. A case born in apply() (docketing) becomes the chain of its own first entry."""
    if ctx.case is not None and draft.case_id is None and kind.case_bound is False:
        draft.case_id, draft.court_key = ctx.case.pk, ctx.case.court_key
    body = {
        "draft": str(draft.pk),
        "v": kind.version,
        "fields": draft.payload,
        "result": result,
        "overrides": draft.overrides,
        "steps": ctx.steps,
        "documents": [
            {"id": str(d.id), "kind": d.kind, "number": d.number, "sha256": d.sha256} for d in ctx.documents
        ],
    }
    seq = _journal(kind, ctx, EntryKind.EFFECT, body)
    draft.state, draft.decided_at, draft.result, draft.entry_seq = (
        DraftState.EFFECTIVE,
        ctx.moment,
        result,
        seq,
    )
    draft.save(update_fields=["state", "decided_at", "result", "entry_seq", "case_id", "court_key"])
    for derive in hooks.derive:
        derive(kind, ctx, seq, result)
    crash_here(f"acts.{kind.code}.written")
    crash_after_commit(f"acts.{kind.code}.committed")


def _journal(kind: Act, ctx: ActContext, what: EntryKind, body: dict[str, Any]) -> int:
    if ctx.case is None and ctx.actor.kind == ActorKind.PARTY and not scope.is_system():
        # A party outside his cases has no chain in scope; what he was refused is kept all the same.
        with scope.system("acts.refusal"):
            return _journal(kind, ctx, what, body)
    audience = kind.audience if what == EntryKind.EFFECT else "internal"
    return entry_append(
        kind=what,
        code=kind.code,
        case_id=ctx.case.pk if ctx.case is not None else None,
        court_key=ctx.court_key,
        moment=ctx.moment,
        actor=ctx.actor,
        audience=audience,
        body=body,
    )
