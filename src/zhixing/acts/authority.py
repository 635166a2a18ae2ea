"""Who may draft, who may decide, which problems stand. Asked by the services before anything is changed."""

from __future__ import annotations

from zhixing.acts.actors import Actor, ActorKind
from zhixing.acts.kinds import Act, ActContext
from zhixing.acts.models import Draft, DraftState, Step
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.kernel.errors import Problem


def may_draft(kind: Act, ctx: ActContext) -> list[Problem]:
    """Nothing, or that this actor may not draft this kind of act."""
    actor = ctx.actor
    allowed = {
        ActorKind.PERSON: bool(actor.roles & set(kind.drafters)),
        ActorKind.PARTY: kind.by_party,
        ActorKind.AGENCY: kind.by_agency,
        ActorKind.SYSTEM: kind.by_system,
    }[actor.kind]
    if allowed:
        return []
    names = "、".join(ROLE_NAMES[role] for role in sorted(kind.drafters)) or "系统"
    return [
        Problem(
            code="act.not_allowed",
            sentence=f"“{kind.title}”由{names}提出，您没有这项权限。",
            mend="请交由上述人员办理。",
        )
    ]


def open_problems(problems: list[Problem], overrides: dict[str, str]) -> list[Problem]:
    """Errors, and warnings that nobody has overridden with a reason."""
    return [p for p in problems if p.level == "error" or not overrides.get(p.code, "").strip()]


def may_decide(
    draft: Draft, step: Step | None, actor: Actor, *, approve: bool, opinion: str
) -> list[Problem]:
    """Role, court, four eyes, and a reason for returning; all that stand against deciding this step."""
    if step is None or draft.state != DraftState.PENDING:
        return [
            Problem(
                code="step.none_open", sentence="这件已经办结或退回，不能再审批。", mend="请刷新待批列表。"
            )
        ]
    problems = []
    if Role(step.role) not in actor.roles or actor.court_key != draft.court_key:
        name = ROLE_NAMES[Role(step.role)]
        problems.append(
            Problem(code="step.wrong_role", sentence=f"这一步由本院{name}审批。", mend=f"请转{name}。")
        )
    earlier = set(draft.steps.exclude(decided_staff_id=None).values_list("decided_staff_id", flat=True))
    if actor.staff_id is None or actor.staff_id == draft.drafter_staff_id or actor.staff_id in earlier:
        problems.append(
            Problem(
                code="step.four_eyes",
                sentence="拟稿人和已审批的人不能再审批同一件。",
                mend="请由另一名有权限的人审批。",
            )
        )
    if not approve and not opinion.strip():
        problems.append(
            Problem(
                code="step.no_opinion",
                sentence="退回必须写明理由。",
                mend="请填写审批意见。",
                field="opinion",
            )
        )
    return problems
