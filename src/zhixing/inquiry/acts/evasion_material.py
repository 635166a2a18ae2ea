"""登记关系与交易材料: facts from registers and papers that the search for evasion needs."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Field

from zhixing.acts.kinds import SENSITIVE, Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry.domain.evasion.columns import CASES
from zhixing.inquiry.domain.evasion.reading import material_read
from zhixing.inquiry.evasion_source import DAYS
from zhixing.inquiry.models import Material
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.law.reading import Reader
from zhixing.platform.crypto import seal

_KEYS = {"ties": "tie", "dealings": "dealing", "holds": "hold"}
_SHA256 = r"^([0-9a-f]{64})?$"


class EnterMaterial(Act):
    """One fact with its source. What it means is for the search and, above all, for the judge."""

    code = "inquiry.evasion_material"
    title = "登记关系与交易材料"
    summary = (
        "把婚姻、工商、不动产等登记和书面材料中的人物关系、交易、账户、日期登记入案，供查找规避执行线索。"
    )
    law = ("survey.12", "pipl.34")
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Table, values and source."""

        topic: Literal["people", "ties", "accounts", "dealings", "holds", "cases"] = Field(title="种类")
        detail: Annotated[dict[str, Any], SENSITIVE] = Field(title="内容")
        source: Sensitive = Field(title="来源", min_length=2, max_length=120)
        sha256: str = Field("", title="材料校验值", pattern=_SHA256, description="扫描件的 SHA-256，可不填")

    def check(self, ctx: ActContext) -> list[Problem]:
        """By the judge of the case, readable, nothing in the future."""
        problems = handler_problems(ctx)
        try:
            detail_read(ctx.fields.topic, ctx.fields.detail)
        except InvalidInput as refused:
            problems += refused.problems
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Keep the values sealed."""
        f, subject = ctx.fields, ctx.case.subject
        text = json.dumps(detail_known(f.topic, f.detail), ensure_ascii=False, sort_keys=True)
        row = Material.objects.create(
            case=ctx.case,
            court_key=ctx.case.court_key,
            topic=f.topic,
            detail_sealed=seal(subject, text),
            source_sealed=seal(subject, f.source),
            sha256=f.sha256 or hashlib.sha256(text.encode()).hexdigest(),
            entered_by=ctx.actor.name,
            entered_at=ctx.moment,
            draft_id=ctx.act_id,
            judge_id=ctx.case.handler_id,
        )
        return {"material": row.pk, "topic": f.topic}


def detail_known(topic: str, detail: dict[str, Any]) -> dict[str, Any]:
    """The values without empty ones; ties, dealings and holds get their number from the row."""
    told = {name: value for name, value in detail.items() if value not in ("", None)}
    return told | ({_KEYS[topic]: "m"} if topic in _KEYS else {})


def detail_read(topic: str, detail: dict[str, Any]) -> dict[str, Any]:
    """The values as the search reads them.

    Raises:
        InvalidInput: with every fault.
    """
    told = detail_known(topic, detail)
    if topic != DAYS:
        return material_read(topic, told)
    reader = Reader(told, allowed=set(CASES) - {"case", "on"})
    days = {name: reader.day(name) for name in CASES if name in told}
    if not told:
        reader.fault("debt_on", "material.no_day", "没有填写任何日期。", "请至少填写一个日期。")
    reader.finish()
    return days


def handler_problems(ctx: ActContext) -> list[Problem]:
    """Leads and what feeds them are open to the judge in charge alone."""
    if str(ctx.actor.id) == str(ctx.case.handler_id):
        return []
    return [
        Problem(
            code="evasion.not_yours",
            sentence="规避执行线索只对承办法官开放。",
            mend="请由承办法官办理。",
            law="network.7",
        )
    ]
