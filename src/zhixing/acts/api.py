"""Acts over JSON: one operation per act kind, made from the registry, with the same checks as the pages.

Every refusal has one shape, `{"problems": [{code, sentence, mend, law, field, level}]}`. A key makes a command safe to repeat: the
same key by the same person for the same act answers with the first result.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.kinds import SENSITIVE, Act
from zhixing.acts.models import Draft, DraftState, Step
from zhixing.acts.registry import act as act_of
from zhixing.acts.registry import all_acts
from zhixing.acts.services import act_submit, step_decide
from zhixing.acts.web import actor_of
from zhixing.courts.roles import ROLE_NAMES, Role
from zhixing.kernel.clock import now
from zhixing.kernel.errors import Problem

BIGINT = 2**63 - 1
STATUS = {
    "act.not_allowed": 403, "step.wrong_role": 403, "step.four_eyes": 403, "act.no_case": 404, "api.not_found": 404,
    "act.key_used": 409, "step.none_open": 409,
}  # fmt: skip


class ProblemOut(Schema):
    """One reason, with what to do about it."""

    code: str
    sentence: str
    mend: str = ""
    law: str | None = None
    field: str | None = None
    level: Literal["error", "warning"] = "error"


class Problems(Schema):
    """Why it was not done; all reasons at once."""

    problems: list[ProblemOut]


class StepOut(Schema):
    """One step of the approval chain."""

    no: int
    role: str
    name: str
    law: str
    state: str
    decided_by: str
    decided_at: datetime | None
    opinion: str


class DraftOut(Schema):
    """An act on its way or done. Sensitive fields are never given out again."""

    id: uuid.UUID
    code: str
    title: str
    state: str
    case: int | None
    court: int
    fields: dict[str, Any]
    drafter: str
    created_at: datetime
    decided_at: datetime | None
    result: dict[str, Any]
    problems: list[dict[str, Any]]
    steps: list[StepOut]


class CommandIn(Schema):
    """An act to be done."""

    case: int | None = Field(None, ge=1, le=BIGINT, description="案件编号；不属于某个案件的行为不填")
    fields: dict[str, Any] = Field(default_factory=dict, description="行为的字段")
    key: str = Field(
        min_length=8, max_length=80, pattern=r"^[\x21-\x7e]+$", description="幂等键：重复提交同一键只办一次"
    )
    overrides: dict[str, str] = Field(default_factory=dict, description="提示的代码 → 仍要办理的理由")


class DecisionIn(Schema):
    """A decision on the open step."""

    approve: bool
    opinion: str = Field("", max_length=500)


class ActOut(Schema):
    """One act kind in the catalogue."""

    code: str
    title: str
    summary: str
    law: list[str]
    drafters: list[str]
    by_party: bool
    chain: str | None
    audience: str
    case_bound: bool
    version: int
    fields: dict[str, Any]


REFUSALS: dict[int, Any] = {401: Problems, 403: Problems, 404: Problems, 409: Problems, 422: Problems}


def status_of(problems: list[Problem]) -> int:
    """The status that fits the first problem; what a person can mend is 422."""
    return STATUS.get(problems[0].code, 422) if problems else 422


def problems_out(problems: list[Problem]) -> dict[str, Any]:
    """The body of a refusal."""
    return {
        "problems": [
            {
                "code": p.code,
                "sentence": p.sentence,
                "mend": p.mend,
                "law": p.law,
                "field": p.field,
                "level": p.level,
            }
            for p in problems
        ]
    }


def refusal(code: str, sentence: str, mend: str) -> ActRefused:
    """A refusal of the interface itself."""
    return ActRefused([Problem(code=code, sentence=sentence, mend=mend)])


def draft_out(draft: Draft) -> dict[str, Any]:
    """A draft as the interface gives it."""
    kind = act_of(draft.code)
    hidden = {name for name, info in kind.Fields.model_fields.items() if SENSITIVE in info.metadata}
    lapsed = draft.state == DraftState.LAPSED
    return {
        "id": draft.pk, "code": draft.code, "title": kind.title, "state": draft.state, "case": draft.case_id,
        "court": draft.court_key, "fields": {name: value for name, value in draft.payload.items() if name not in hidden},
        "drafter": draft.drafter.get("name", ""), "created_at": draft.created_at, "decided_at": draft.decided_at,
        "result": {} if lapsed else draft.result, "problems": draft.result.get("problems", []) if lapsed else [],
        "steps": [_step_out(step) for step in draft.steps.all()],
    }  # fmt: skip


def _step_out(step: Step) -> dict[str, Any]:
    return {
        "no": step.no, "role": step.role, "name": step.name, "law": step.law, "state": step.state, "opinion": step.opinion,
        "decided_by": (step.decided_by or {}).get("name", ""), "decided_at": step.decided_at,
    }  # fmt: skip


def draft_visible(draft_id: uuid.UUID, *, actor: Actor) -> Draft:
    """The draft, if this person may know of it. Raises ActRefused (404).

    Staff see their court's; an officer who releases inquiries only what he drafted or decides, for he must not learn
    results; a party only his own.
    """
    draft = Draft.objects.filter(pk=draft_id).prefetch_related("steps").first()
    own = (
        draft is not None
        and draft.drafter.get("kind") == actor.kind.value
        and draft.drafter.get("id") == actor.id
    )
    blind = not actor.roles or actor.roles <= {Role.INQUIRY_OFFICER}
    mine = draft is not None and any(
        step.role in {role.value for role in actor.roles} for step in draft.steps.all()
    )
    if draft is None or (blind and not own and not mine):
        raise refusal("api.not_found", "找不到这件，或者您无权查看。", "请核对编号。")
    return draft


# ── operations ──────────────────────────────────────────────────────────────────────────────────────────────────────


def router_build() -> Router:
    """All operations on acts: catalogue, one command per act that people do, drafts, decisions."""
    router = Router()
    router.add_api_operation("/acts/", ["GET"], _catalogue, response={200: list[ActOut], 401: Problems}, summary="行为目录",
                             operation_id="acts_catalogue", tags=["行为"], url_name="acts")  # fmt: skip
    for kind in all_acts():
        if kind.drafters or kind.by_party:
            router.add_api_operation(
                f"/acts/{kind.code}", ["POST"], _command(kind), response={200: DraftOut, **REFUSALS}, summary=kind.title,
                description=_described(kind), operation_id=f"act_{kind.code.replace('.', '_')}", tags=[_room(kind)],
                openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": command_schema(kind)}}}},
            )  # fmt: skip
    router.add_api_operation("/drafts/{uuid:draft_id}", ["GET"], _draft, response={200: DraftOut, 401: Problems, 404: Problems},
                             summary="一件行为及其审批", operation_id="draft", tags=["行为"])  # fmt: skip
    router.add_api_operation("/steps/{uuid:draft_id}", ["POST"], _decide, response={200: DraftOut, **REFUSALS},
                             summary="审批当前一步", operation_id="step_decide", tags=["行为"])  # fmt: skip
    return router


def _catalogue(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "code": kind.code, "title": kind.title, "summary": kind.summary, "law": list(kind.law), "by_party": kind.by_party,
            "drafters": sorted(role.value for role in kind.drafters), "chain": kind.chain, "version": kind.version,
            "audience": kind.audience.value, "case_bound": kind.case_bound, "fields": inlined(kind.Fields.model_json_schema()),
        }
        for kind in all_acts()
    ]  # fmt: skip


def _command(kind: Act) -> Any:
    def command(request: HttpRequest, command: CommandIn) -> dict[str, Any]:
        draft = act_submit(
            code=kind.code, actor=actor_of(request), case_id=command.case, payload=command.fields, key=command.key,
            overrides={code: reason for code, reason in command.overrides.items() if reason.strip()}, moment=now(),
        )  # fmt: skip
        return draft_out(draft)

    command.__name__ = f"act_{kind.code.replace('.', '_')}"
    return command


def _draft(request: HttpRequest, draft_id: uuid.UUID) -> dict[str, Any]:
    return draft_out(draft_visible(draft_id, actor=actor_of(request)))


def _decide(request: HttpRequest, draft_id: uuid.UUID, decision: DecisionIn) -> dict[str, Any]:
    draft_visible(draft_id, actor=actor_of(request))
    draft = step_decide(
        draft_id=draft_id,
        actor=actor_of(request),
        approve=decision.approve,
        opinion=decision.opinion,
        moment=now(),
    )
    return draft_out(draft)


# ── description ─────────────────────────────────────────────────────────────────────────────────────────────────────


def command_schema(kind: Act) -> dict[str, Any]:
    """Schema of the command with the act's own fields, without references, so that each operation stands alone."""
    schema = CommandIn.model_json_schema()
    schema["properties"]["fields"] = {
        k: v for k, v in inlined(kind.Fields.model_json_schema()).items() if k != "description"
    }
    required = ["key", "fields"] if schema["properties"]["fields"].get("required") else ["key"]
    if kind.case_bound:
        schema["properties"]["case"] = {
            "type": "integer",
            "minimum": 1,
            "maximum": BIGINT,
            "description": "案件编号",
        }
        required.append("case")
    return {**schema, "title": f"{kind.title}（命令）", "required": required, "additionalProperties": False}


def inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON schema with its local definitions written out where they are used."""
    definitions = schema.get("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            if "$ref" in node:
                return walk(definitions[node["$ref"].rsplit("/", 1)[-1]]) | {
                    k: v for k, v in node.items() if k != "$ref"
                }
            return {key: walk(value) for key, value in node.items() if key != "$defs"}
        return [walk(item) for item in node] if isinstance(node, list) else node

    return walk(schema)


def _described(kind: Act) -> str:
    people = "、".join(ROLE_NAMES[role] for role in sorted(kind.drafters)) + (
        "、当事人" if kind.by_party else ""
    )
    return f"{kind.summary}\n\n由{people.strip('、')}提出。" + (
        "须经审批后生效。" if kind.chain else "即时生效。"
    )


def _room(kind: Act) -> str:
    return kind.code.split(".", 1)[0]
