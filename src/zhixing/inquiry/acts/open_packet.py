"""开启反馈包: the judge alone, with the code from his phone; the opening is on record."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience, Sensitive
from zhixing.courts.roles import Role
from zhixing.inquiry import comparisons, packets
from zhixing.inquiry.models import Packet
from zhixing.kernel.errors import Problem
from zhixing.platform import codes, scope


class OpenPacket(Act):
    """Opening a sealed packet (C2; design §6). The code works once, for ten minutes, for this judge."""

    code = "inquiry.open_packet"
    title = "开启查询反馈包"
    summary = "输入发到本人手机的开启码，查看筛查后的结果。"
    law = ("network.7",)
    drafters = frozenset({Role.JUDGE})
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """Packet and code. A page may have redeemed the code just before; then it is not needed again."""

        packet: uuid.UUID = Field(title="反馈包")
        code: Sensitive = Field("", title="开启码", max_length=12)

    def check(self, ctx: ActContext) -> list[Problem]:
        """Addressee only, with the code from his phone; the door a command comes through does not matter."""
        packet = Packet.objects.filter(pk=ctx.fields.packet, case_id=ctx.case.pk).first()
        if packet is None or packet.judge_id != ctx.actor.staff_id:
            return [
                Problem(
                    code="packet.not_yours",
                    sentence="反馈内容只对承办法官开放。",
                    mend="因监督需要查看的，请提出申请。",
                    law="network.7",
                )
            ]
        redeemed = codes.is_redeemed(
            purpose=packets.PURPOSE, reference=str(packet.pk), staff_id=packet.judge_id, moment=ctx.moment
        )
        if packet.opened_at is not None or redeemed:
            return []
        problem = code_problem(
            packet=packet, staff_id=packet.judge_id, code=ctx.fields.code, moment=ctx.moment
        )
        return [problem] if problem else []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Make the rows readable to him and lay declared beside found."""
        packet = Packet.objects.select_related("case", "request").get(pk=ctx.fields.packet)
        if packet.opened_at is not None:
            return {"packet": str(packet.pk), "again": True}
        with scope.system("inquiry.open_packet"):
            packets.packet_open(packet, moment=ctx.moment)
            comparisons.comparisons_make(packet, on=ctx.today)
        return {"packet": str(packet.pk), "no": packet.no}


def code_problem(*, packet: Packet, staff_id: int, code: str, moment: Any) -> Problem | None:
    """Redeem the code; a wrong one is a problem beside its field."""
    sentence = codes.redeem(
        purpose=packets.PURPOSE, reference=str(packet.pk), staff_id=staff_id, code=code, moment=moment
    )
    return (
        None
        if sentence is None
        else Problem(code="packet.code", sentence=sentence, mend="请核对短信中的六位数字。", field="code")
    )
