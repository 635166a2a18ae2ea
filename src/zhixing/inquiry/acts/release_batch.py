"""双人发起: two officers sign the same digest; only then do orders leave the court."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.actors import Actor
from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.acts.services import act_record
from zhixing.courts.models import Credential
from zhixing.courts.roles import Role
from zhixing.courts.selectors import credential_on
from zhixing.courts.services import signature_holds
from zhixing.inquiry import release
from zhixing.inquiry.models import Batch, Request
from zhixing.kernel.errors import Problem


class ReleaseBatch(Act):
    """Release by two officers who cannot see results (C1; 法释〔2013〕20号 art. 1(b))."""

    code = "inquiry.release_batch"
    title = "双人发起查询"
    summary = "两名查询员核对清单与文书，各自签名后一并发出；二人都看不到反馈。"
    law = ("network.1", "network.2")
    drafters = frozenset({Role.INQUIRY_OFFICER})
    chain = "inquiry.release"
    evidence_needed = ("signature",)
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Requests, their digest and the first officer's signature over it."""

        requests: list[uuid.UUID] = Field(title="查询单", min_length=1)
        digest: str = Field(title="摘要", min_length=64, max_length=64)
        signature: str = Field(title="签名", min_length=8, max_length=400)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Every request still releasable, digest unchanged, first signature holds."""
        rows = self._requests(ctx)
        problems = [p for row in rows for p in release.request_problems(row, on=ctx.today)]
        if len(rows) != len(set(ctx.fields.requests)):
            problems.append(
                Problem(
                    code="release.unknown", sentence="清单中有不属于本院的查询单。", mend="请刷新页面后重选。"
                )
            )
        if release.batch_digest(rows) != ctx.fields.digest:
            problems.append(
                Problem(
                    code="release.changed", sentence="签名以后清单内容有变动。", mend="请重新核对并签名。"
                )
            )
        credential = credential_on(ctx.actor.staff_id or 0, on=ctx.today)
        if credential is None:
            problems.append(_no_credential())
        elif not _holds(credential, ctx.fields.signature, ctx.fields.digest):
            problems.append(
                Problem(code="release.signature", sentence="签名与清单不符。", mend="请重新签名。")
            )
        return problems

    def check_step(self, ctx: ActContext, *, approve: bool, evidence: dict[str, Any]) -> list[Problem]:
        """The second officer signs the same digest with his own certificate; a click alone releases nothing."""
        if not approve:
            return []
        credential = credential_on(ctx.actor.staff_id or 0, on=ctx.today)
        if credential is None:
            return [_no_credential()]
        signature = str(evidence.get("signature", ""))
        if not signature or not _holds(credential, signature, ctx.fields.digest):
            return [
                Problem(
                    code="release.second_signature",
                    sentence="第二名查询员没有用本人证书对同一清单签名。",
                    mend="请到“发起”页核对清单后输入证书口令签名。",
                    law="network.1",
                )
            ]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """One batch; one release per case, in ascending order of cases."""
        second = ctx.steps[-1]
        batch = Batch.objects.create(
            court_key=ctx.court_key,
            day=ctx.today,
            no=release.batch_number(court_key=ctx.court_key, day=ctx.today),
            digest=ctx.fields.digest,
            released_at=ctx.moment,
            signers=[
                {"staff": ctx.actor.staff_id, "name": ctx.actor.name, "signature": ctx.fields.signature},
                {
                    "staff": int(second["id"]),
                    "name": second["by"],
                    "signature": second["evidence"].get("signature", ""),
                },
            ],
        )
        names = "、".join(signer["name"] for signer in batch.signers)
        rows = self._requests(ctx)
        for row in rows:
            act_record(
                code="inquiry.release",
                actor=Actor.system("inquiry.release_batch", name=names),
                case_id=row.case_id,
                payload={"request": str(row.pk), "batch": str(batch.pk)},
                key=f"release:{row.pk}",
                moment=ctx.moment,
            )
        orders = release.orders_release(rows, batch_no=batch.no, moment=ctx.moment)
        return {"batch": batch.no, "requests": len(ctx.fields.requests), "orders": len(orders)}

    @staticmethod
    def _requests(ctx: ActContext) -> list[Request]:
        return list(
            Request.objects.filter(pk__in=ctx.fields.requests, court_key=ctx.court_key)
            .select_related("case__handler", "party")
            .order_by("case_id", "pk")
        )


def _no_credential() -> Problem:
    return Problem(
        code="release.no_credential",
        sentence="您的公务证件没有备案或已过期，不能发起查询。",
        mend="请先办理备案。",
        law="network.2",
    )


def _holds(credential: Credential, signature: str, digest: str) -> bool:
    """Whether the text is this officer's signature over the digest; what is no base64 or no hex is none."""
    try:
        return signature_holds(
            credential, signature=base64.b64decode(signature), digest=bytes.fromhex(digest)
        )
    except ValueError:
        return False
