"""更换单位口令或公钥: a new secret holds at once, the old one goes on holding while the agency changes over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.gateway.agencies import password_digest_add, public_key_add
from zhixing.gateway.models import Agency
from zhixing.kernel.errors import Problem


class RotateSecret(Act):
    """Change what an agency proves itself by. The password itself never comes here, only its digest."""

    code = "gateway.rotate_secret"
    title = "更换单位口令或公钥"
    summary = "为协助单位更换接入口令或者登记新的签名公钥；旧的在过渡期内继续有效。"
    law = ("cpl.253",)
    drafters = frozenset({Role.ADMIN})
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Which agency, and what is to hold."""

        agency: str = Field(title="单位代码", min_length=1, max_length=17)
        kind: Literal["password", "public_key"] = Field(title="种类")
        salt: str = Field("", title="盐", pattern="^([0-9a-f]{32})?$")
        digest: str = Field("", title="口令摘要", pattern="^([0-9a-f]{64})?$")
        name: str = Field("", title="公钥编号", pattern="^[0-9A-Za-z._-]{0,60}$")
        public: str = Field("", title="公钥（PEM）", max_length=400, json_schema_extra={"widget": "textarea"})

    def check(self, ctx: ActContext) -> list[Problem]:
        """A known agency and something that can hold."""
        f, problems = ctx.fields, []
        if not Agency.objects.filter(pk=f.agency).exists():
            problems.append(
                Problem(code="rotate.agency", sentence="没有这一协助单位。", mend="请刷新单位清单。")
            )
        if f.kind == "password" and not (f.salt and f.digest):
            problems.append(
                Problem(code="rotate.digest", sentence="没有生成新口令。", mend="请重新点“更换口令”。")
            )
        if f.kind == "public_key" and not (f.name and "BEGIN PUBLIC KEY" in f.public):
            problems.append(
                Problem(
                    code="rotate.key",
                    sentence="公钥编号或者公钥没有填写完整。",
                    mend="请填写编号，并粘贴单位提供的 PEM 公钥（Ed25519）。",
                    field="public",
                )
            )
        return problems

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The new secret holds from now, the old one for the hours that the settings give."""
        f, rules = ctx.fields, ctx.book.at(ctx.today)
        agency = Agency.objects.get(pk=f.agency)
        keep_old = timedelta(hours=rules.value("gateway_door.secret_overlap_hours"))
        until = ctx.moment + timedelta(days=rules.value("gateway_door.secret_days"))
        if f.kind == "password":
            password_digest_add(
                agency,
                bytes.fromhex(f.digest),
                bytes.fromhex(f.salt),
                moment=ctx.moment,
                keep_old=keep_old,
                valid_until=until,
            )
        else:
            public_key_add(
                agency,
                f.public.encode(),
                name=f.name,
                moment=ctx.moment,
                keep_old=keep_old,
                valid_until=until,
            )
        return {"agency": f.agency, "kind": f.kind, "valid_until": until.isoformat()}
