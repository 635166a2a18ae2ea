"""Letters on their way to institutions."""

from __future__ import annotations

from zhixing.acts.kinds import ActContext, PreparedDocument
from zhixing.gateway.models import Agency
from zhixing.platform import notices


def letter_post(ctx: ActContext, paper: PreparedDocument, *, agency_code: str) -> bool:
    """Queue the sealed letter to the institution's liaison. False when no mailbox is on file: it goes on paper."""
    agency = Agency.objects.get(pk=agency_code)
    if not agency.liaison_mail:
        return False
    notices.mail(
        to=agency.liaison_mail,
        subject=paper.title,
        text=f"{agency.name}：\n随信附{paper.title}（{paper.number}），已加盖本院电子印章，真伪可按文书末尾的核验码查询。",
        attachments=(notices.Attachment(name=f"{paper.code}.pdf", content=paper.content),),
        reason="command.letter",
        court_key=ctx.court_key,
        moment=ctx.moment,
    )
    return True
