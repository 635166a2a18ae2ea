"""Packets: sealing, the code to the phone, opening."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from zhixing.cases.models import Case
from zhixing.courts.models import Staff
from zhixing.courts.services import staff_phone
from zhixing.documents.engine.packet import make_packet, password_new
from zhixing.gateway.models import Order, OrderState
from zhixing.inquiry.models import Answer, Finding, Flow, Packet, Request, RequestState, Screen
from zhixing.inquiry.tables import packet_workbook
from zhixing.platform import codes, files, notices

PURPOSE = "packet.open"


def packet_make(*, request_id: Any, moment: datetime) -> dict[str, Any]:
    """Bind loose findings of a request into a packet and send it: file to the mailbox, password to the phone."""
    request = Request.objects.select_for_update().get(pk=request_id)
    case = Case.objects.select_for_update().get(pk=request.case_id)
    judge = Staff.objects.get(pk=request.judge_id)
    orders = Order.objects.filter(reference=request.pk)
    packet = Packet.objects.create(
        case=case,
        court_key=case.court_key,
        request=request,
        no=Packet.objects.filter(case=case).count() + 1,
        judge=judge,
        agencies_asked=orders.count(),
        sealed_at=moment,
        zip_sha256="",
        agencies_answered=orders.filter(state__in=[OrderState.ANSWERED, OrderState.REFUSED]).count(),
    )
    Finding.objects.filter(request=request, packet=None).update(packet=packet)
    Flow.objects.filter(request=request, packet=None).update(packet=packet)
    password = password_new()
    content = make_packet({"result.xlsx": packet_workbook(packet)}, password)
    packet.zip_sha256 = files.put(content)
    packet.save(update_fields=["zip_sha256"])
    request.state = RequestState.SEALED
    request.save(update_fields=["state"])
    _send(packet, judge, case, content, password, moment)
    return {
        "packet": str(packet.pk),
        "no": packet.no,
        "answered": packet.agencies_answered,
        "asked": packet.agencies_asked,
        "sha256": packet.zip_sha256,
    }


def _send(packet: Packet, judge: Staff, case: Case, content: bytes, password: str, moment: datetime) -> None:
    name = f"packet-{moment:%Y%m%d}-{secrets.token_hex(3)}.zip"
    notices.mail(
        to=judge.email,
        subject=f"{case.number} 查询反馈包第 {packet.no} 包",
        text=f"{case.number} 的查询反馈已密封，见附件。开启口令已发到您本人的手机。\n附件请用 7-Zip 或 WinRAR 打开。也可以在系统内输入开启码查看。",
        attachments=(notices.Attachment(name=name, content=content),),
        reason="inquiry.seal_packet",
        court_key=case.court_key,
        case_id=case.pk,
        moment=moment,
    )
    notices.sms(
        to=staff_phone(judge),
        text=f"【知行】{case.number} 查询反馈包第 {packet.no} 包的附件口令：{password}。请勿转发。",
        reason="inquiry.seal_packet",
        court_key=case.court_key,
        case_id=case.pk,
        moment=moment,
    )


def code_send(packet: Packet, *, judge: Staff, moment: datetime) -> None:
    """Send a fresh opening code to the judge's phone."""
    code = codes.issue(purpose=PURPOSE, reference=str(packet.pk), staff_id=judge.pk, moment=moment)
    notices.sms(
        to=staff_phone(judge),
        text=f"【知行】开启码 {code}，{codes.VALID_MINUTES} 分钟内有效，用于开启 {packet.case.number} 第 {packet.no} 包。请勿告诉他人。",
        reason="inquiry.code",
        court_key=packet.court_key,
        case_id=packet.case_id,
        moment=moment,
    )


def packet_open(packet: Packet, *, moment: datetime) -> dict[str, int]:
    """Make the packet's rows readable to its judge. The caller runs under the system's scope."""
    packet.opened_at = moment
    packet.save(update_fields=["opened_at"])
    Finding.objects.filter(packet=packet).update(is_opened=True)
    Flow.objects.filter(packet=packet).update(is_opened=True)
    Answer.objects.filter(request=packet.request_id).update(is_opened=True)
    Request.objects.filter(pk=packet.request_id).update(state=RequestState.OPENED)
    return {"findings": Finding.objects.filter(packet=packet).count()}


def sieve_counts(packet: Packet) -> dict[str, int]:
    """How many records fell into which pocket of the sieve, for the opened packet."""
    from django.db.models import Count

    rows = (
        Finding.objects.filter(packet=packet, is_current=True).values_list("screen").annotate(n=Count("id"))
    )
    counts = dict.fromkeys(Screen.values, 0) | dict(rows)
    counts["empty"] = Answer.objects.filter(request=packet.request_id, outcome="not_found").count()
    return counts
