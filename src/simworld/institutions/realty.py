"""The land registry as a SOAP client of the court: BdcService, element XML in UTF-8."""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.institutions import wire_realty
from simworld.institutions.base import Institution, Message, Taken
from simworld.institutions.realty_answers import control_answer, inquiry_answer, receipt_message
from simworld.institutions.realty_books import open_books, units_of, units_of_namesakes
from simworld.institutions.realty_control import Registered, execute, reject
from simworld.institutions.soap import CourtFaultError, SoapCaller
from simworld.institutions.wire_realty import Received
from simworld.population import World

PATH = "/gateway/realty-soap-utf8/BdcService"
INQUIRY, CONTROL = "inquiry", "control"
_HEAD = ("CXQQDH LB XZ XM GJ ZJZL ZJH FZJG FYMC CBR AH GZZBH GWZBH CKH WSBH").split()
_ITEM = ("KZQQDH KZCS BDCQLLX BDCDYH ZL BDCQZH CKWH KSRQ JSRQ YDJAH YDJDH YWH YCFYWH DJJG").split()


class Realty(Institution):
    """One registry."""

    speaks_soap = True

    def __init__(
        self,
        agency: Agency,
        credentials: Credentials,
        *,
        court: str,
        home: Path,
        world: World,
        settings: Settings,
    ) -> None:
        super().__init__(agency, credentials, court=court, home=home, world=world, settings=settings)
        open_books(self.books, world)
        self.soap = SoapCaller(self.court + PATH, wire_realty.NAMESPACE)
        # mirrors how the court writes its leaves, unless the config fixes it
        self.leaf_base64 = bool(settings.realty_leaf_base64)

    def _ask(self, operation: str, **more: str) -> Received:
        marker = wire_realty.user_marker(self.credentials.username, self.credentials.password)
        return Received(
            self.soap.call(operation, {"usermarker": marker, **more}, drip_seconds=self.drip_seconds)
        )

    def listed(self) -> list[Taken]:
        """Inquiries, then controls."""
        taken = []
        for operation, tag, kind in (("cxBdcQL", "BDCCXQQ", INQUIRY), ("kzBdcQL", "BDCKZQQ", CONTROL)):
            received = self._ask(operation)
            records = [r for r in received.all(tag) if r["CXQQDH"]]
            if records and self.settings.realty_leaf_base64 is None:
                self.leaf_base64 = received.leaf_base64
            taken += [_taken(kind, record) for record in records]
        return taken

    def refusal_of(self, taken: Taken) -> str:
        """Documents and certificates belong to a seizure case; an inquiry needs name, type and number."""
        head = taken.content["head"]
        missing = [code for code in ("XM", "ZJZL", "ZJH") if not head.get(code)]
        if missing:
            return f"请求缺少 {'、'.join(missing)}"
        if taken.kind == INQUIRY:
            return ""
        marker = wire_realty.request_marker(taken.request_no, self.settings.realty_key_form)
        documents = self._ask("kzwsInfo", wsbhinfo=marker)
        found = list(documents.all("WSINFO"))
        if not found and documents.error:
            raise CourtFaultError(documents.error)
        if not found:
            return "无法律文书"
        if not all(record.raw("WSNR") for record in found):
            return "无文书内容"
        certificates = self._ask("zjInfo", wsbhinfo=marker)
        papers = list(certificates.all("ZJINFO"))
        if not papers and certificates.error:
            raise CourtFaultError(certificates.error)
        if not papers:
            return "无证件信息"
        return "" if any(p.raw("GZZ") or p.raw("GWZ") for p in papers) else "无证件内容"

    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Search the register, or register each item."""
        if kind == INQUIRY:
            return self._inquired(db, content["head"], refusal, fault, moment)
        return self._controlled(db, content, refusal, fault, moment)

    def _inquired(self, db, head: dict, refused: str, fault: str, moment: datetime) -> list[Message]:
        name, number = head.get("XM", ""), head.get("ZJH", "")
        units = [] if refused else units_of(db, name, number, head.get("ZJZL", ""))
        if fault == "wrong_person":
            units = units_of_namesakes(db, name, number) or units
        body = inquiry_answer(db, head, self.agency, units, moment, refused, leaf_base64=self.leaf_base64)
        messages = self._broken("feedBdcQL", fault, body, moment)
        messages.append(Message(operation="feedBdcQL", body=body))
        again = self.settings.faults.again_seconds
        if fault == "twice":
            messages.append(Message(operation="feedBdcQL", body=body, is_final=False, after_seconds=again))
        if fault == "different_second":
            other = inquiry_answer(db, head, self.agency, units[1:], moment, "", leaf_base64=self.leaf_base64)
            messages.append(Message(operation="feedBdcQL", body=other, is_final=False, after_seconds=again))
        return messages

    def _controlled(self, db, content: dict, refused: str, fault: str, moment: datetime) -> list[Message]:
        head, done = content["head"], []
        for place, item in enumerate(content["items"], start=1):
            number = item.get("KZQQDH") or str(place)
            if refused:
                done.append(Registered(item=item, number=number, reason=f"业务审核未通过，{refused}"))
            else:
                done.append(execute(db, head, item, number, moment))
        operation, again = "feedkzBdcQL", self.settings.faults.again_seconds
        body = control_answer(head, self.agency, done, moment, leaf_base64=self.leaf_base64)
        messages = self._broken(operation, fault, body, moment)
        messages.append(Message(operation=operation, body=body))
        if self.settings.realty_receipts and not refused:
            messages.append(self._receipt(head, done, moment))
        if fault == "twice":
            messages.append(Message(operation=operation, body=body, is_final=False, after_seconds=again))
        if fault == "rejected_later":
            corrected = reject(db, head, done, moment)
            body = control_answer(head, self.agency, corrected, moment, leaf_base64=self.leaf_base64)
            # must be accepted although an answer was accepted before: a correction
            messages.append(Message(operation=operation, body=body, after_seconds=again))
        return messages

    def _receipt(self, head: dict, done: list[Registered], moment: datetime) -> Message:
        body = receipt_message(
            head, self.agency, done, moment, list(self.settings.font_paths), leaf_base64=self.leaf_base64
        )
        # courts differ in whether they take receipts from registries, so a refusal is no failure
        return Message(operation="feedkzhzBdcQL", body=body, is_final=False)

    def _broken(self, operation: str, fault: str, body: str, moment: datetime) -> list[Message]:
        if fault == "empty":
            created = moment.strftime("%Y/%m/%d %H:%M:%S")
            bad = wire_realty.message([("BDCFKLIST", [])], created=created, leaf_base64=self.leaf_base64)
        elif fault == "truncated":
            bad = body[: len(body) // 2 // 4 * 4 + 1]
        elif fault == "bad_charset":
            raw = b'<?xml version="1.0" encoding="UTF-8"?><Message><Data><ZL>\xc3\xcf\xb4\xe5</ZL></Data></Message>'
            bad = base64.b64encode(raw).decode()
        else:
            return []
        return [Message(operation=operation, body=bad, is_final=False)]

    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Feed back and read the acknowledgement."""
        received = self._ask(operation, feedbackinfo=body)
        lines = list(wire_realty.acknowledgements(received))
        for number, accepted, message in lines:
            if number in (request_no, ""):
                return accepted, message
        if received.error or not lines:
            return False, received.error
        return lines[0][1], lines[0][2]

    def close(self) -> None:
        """Close files and connections."""
        self.soap.close()
        super().close()


def _taken(kind: str, record: wire_realty.Record) -> Taken:
    head = {code: record[code] for code in _HEAD}
    items = [{code: item[code] for code in _ITEM} for item in record.all("BDCQL")]
    return Taken(
        kind=kind, request_no=head["CXQQDH"], subject=head["XM"], content={"head": head, "items": items}
    )
