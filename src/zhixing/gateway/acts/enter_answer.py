"""录入书面反馈: a paper answer typed in by one person and compared with the paper by another."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.gateway import desk, manual
from zhixing.gateway.inbox import OPEN_STATES
from zhixing.kernel.errors import Problem
from zhixing.platform import files, scope


class EnterAnswer(Act):
    """A paper answer takes the same road as any message: kept with its bytes, judged, effect once."""

    code = "gateway.enter_answer"
    title = "录入书面反馈"
    summary = "没有接入系统的协助单位以书面答复的，由书记员对照原件录入，另一人复核后与网络反馈同样处理。"
    law = ("cpl.253",)
    drafters = frozenset({Role.CLERK, Role.ASSISTANT})
    chain = "gateway.enter_answer"
    audience = Audience.INTERNAL
    offered = False

    class Fields(ActFields):
        """References only: what was typed and the scan lie in the encrypted file store."""

        order: uuid.UUID = Field(title="请求", json_schema_extra={"widget": "hidden"})
        content: str = Field(title="录入内容摘要", pattern="^[0-9a-f]{64}$")
        scan: str = Field(title="原件扫描件摘要", pattern="^[0-9a-f]{64}$")

    def check(self, ctx: ActContext) -> list[Problem]:
        """An open order of this case to an agency without an interface, an answer that can be read, its scan."""
        order = manual.order_by_id(ctx.fields.order)
        if order is None or order.case_id != ctx.case.pk:
            return [
                Problem(
                    code="manual.unknown",
                    sentence="本案没有发给无接口单位的这一请求。",
                    mend="请回到书面反馈清单重新选择。",
                )
            ]
        problems = []
        if order.state not in OPEN_STATES:
            problems.append(
                Problem(
                    code="manual.closed",
                    sentence="这一请求已经反馈或者撤销，不能再录入。",
                    mend="确有新的书面答复，请由承办法官重新发起。",
                )
            )
        try:
            read = manual.answer_read(order, files.get(ctx.fields.content))
            files.get(ctx.fields.scan)
        except FileNotFoundError:
            problems.append(
                Problem(
                    code="manual.file", sentence="录入内容或者扫描件找不到了。", mend="请重新上传并录入。"
                )
            )
        else:
            problems += [problem.as_problem() for problem in read.errors]
            if read.body is not None and read.request_numbers != (order.request_no,):
                problems.append(
                    Problem(code="manual.number", sentence="录入内容不属于这一请求。", mend="请重新录入。")
                )
        return problems

    def check_step(self, ctx: ActContext, *, approve: bool, evidence: dict[str, Any]) -> list[Problem]:
        """Approval only from the page that shows the scan beside what was typed."""
        if approve and evidence.get("scan") != ctx.fields.scan:
            return [
                Problem(
                    code="manual.unseen",
                    sentence="复核须对照原件扫描件。",
                    mend="请在“书面反馈”页打开这一件，对照扫描件后再通过。",
                )
            ]
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The typed answer enters by the same door as a message."""
        order = manual.order_by_id(ctx.fields.order)
        if order is None:
            raise LookupError("The order was checked a moment ago.")
        raw = files.get(ctx.fields.content)
        read = manual.answer_read(order, raw)
        if read.body is None:
            raise ValueError("The answer was read a moment ago.")
        with scope.system("gateway.manual"):
            acks = desk.feedback_take(
                agency=order.agency,
                profile_name=manual.NAME,
                operation=manual.operation_of(order),
                body=read.body,
                numbers=read.request_numbers,
                raw=raw,
                moment=ctx.moment,
            )
        return {"order": order.request_no, "result": str(acks.acks[0].result), "scan": ctx.fields.scan}
