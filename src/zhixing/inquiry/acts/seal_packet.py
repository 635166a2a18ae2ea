"""密封送达: the answers of one request become an encrypted packet in the judge's mailbox."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.inquiry.models import Request
from zhixing.inquiry.packets import packet_make
from zhixing.kernel.errors import Problem


class SealPacket(Act):
    """C2: the result is turned into an encrypted file; the password goes to the judge's phone alone."""

    code = "inquiry.seal_packet"
    title = "反馈密封送达承办法官"
    summary = "反馈齐备后加密成包送承办法官邮箱，口令只发到其本人手机。"
    law = ("network.7",)
    by_system = True
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """The request."""

        request: uuid.UUID = Field(title="查询单")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Something must have come that is in no packet yet."""
        request = Request.objects.get(pk=ctx.fields.request)
        if not request.answers.exists():
            return [Problem(code="packet.empty", sentence="还没有任何单位反馈。", mend="请等待反馈。")]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Packet row, encrypted file, mail and short message, all in this transaction."""
        return packet_make(request_id=ctx.fields.request, moment=ctx.moment)
