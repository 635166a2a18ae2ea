"""发出查询: one request of a released batch goes into the outbox, in its case's own journal."""

from __future__ import annotations

import uuid
from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.inquiry import release
from zhixing.inquiry.models import Batch, Request, RequestState
from zhixing.kernel.errors import Problem


class Release(Act):
    """The case's share in a batch; written by the batch act only."""

    code = "inquiry.release"
    title = "发出网络查询"
    summary = "两名查询员共同发起后，查询请求进入发件箱，由协助单位取走。"
    law = ("network.1", "network.3")
    by_system = True
    audience = Audience.AFTER_MEASURE
    plain = "法院向银行、不动产登记机构等发出了查询。"
    offered = False

    class Fields(ActFields):
        """Request and batch."""

        request: uuid.UUID = Field(title="查询单")
        batch: uuid.UUID = Field(title="批次")

    def check(self, ctx: ActContext) -> list[Problem]:
        """Checked again under the case's lock: obligor and open case at this very moment."""
        request = Request.objects.select_related("case", "party").get(pk=ctx.fields.request)
        return release.request_problems(request, on=ctx.today)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Mark it. The batch act writes the orders of all its requests at once, in the same transaction."""
        request = Request.objects.select_for_update().get(pk=ctx.fields.request)
        batch = Batch.objects.get(pk=ctx.fields.batch)
        request.state, request.batch, request.released_at = RequestState.RELEASED, batch, ctx.moment
        request.save(update_fields=["state", "batch", "released_at"])
        return {"orders": len(request.agencies), "batch": batch.no}
