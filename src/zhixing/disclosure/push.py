"""Short messages to applicants at key events (PB-03). No amounts, no names: a message can be read on a locked screen."""

from __future__ import annotations

from typing import Any

from zhixing.acts.kinds import Act, ActContext
from zhixing.cases.models import ClueState, Identifier, PartyRole
from zhixing.cases.selectors import identifiers_in_clear
from zhixing.platform import notices

EVENTS = {
    "cases.docket": "法院已经立案",
    "funds.receive": "法院收到一笔执行款",
    "funds.match": "法院收到一笔执行款",
    "funds.book": "执行款已经转账到您的收款账户",
    "cases.close": "案件已经办结",
}


def push_events(act: Act, ctx: ActContext, seq: int, result: dict[str, Any]) -> None:
    """Listener of the mechanism: queue one message per confirmed mobile number of each applicant."""
    if act.code not in EVENTS or ctx.case is None:
        return
    rows = Identifier.objects.filter(
        case_id=ctx.case.pk, kind="mobile", state=ClueState.CONFIRMED, party__role=PartyRole.APPLICANT
    ).order_by("party_id", "id")
    text = f"【{ctx.case.court.name}】{ctx.case.number} 案：{EVENTS[act.code]}。详情请登录当事人服务查看，咨询 12368。法院不会索要密码、验证码。"
    for mark in {mark.value: mark for mark in identifiers_in_clear(rows)}.values():
        notices.sms(
            to=mark.value,
            text=text,
            reason=f"disclosure.{act.code}",
            court_key=ctx.case.court_key,
            case_id=ctx.case.pk,
            moment=ctx.moment,
        )
