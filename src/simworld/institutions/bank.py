"""A bank as a SOAP client of the court: SyyhConvertDataService, GBK inside two layers of Base64."""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.institutions import wire_bank
from simworld.institutions.bank_answers import (
    control_answer,
    inquiry_answer,
    namesake_answer,
    refusal,
)
from simworld.institutions.bank_books import open_books
from simworld.institutions.bank_control import Order, Outcome, execute
from simworld.institutions.bank_dialect import POINT_TO_POINT, spoken
from simworld.institutions.base import Institution, Message, Taken
from simworld.institutions.receipts import bank_receipt
from simworld.institutions.soap import CourtFaultError, SoapCaller
from simworld.institutions.statements import StatementSender
from simworld.institutions.wire_bank import Node, decode_message, encode_message
from simworld.population import World

PATH = "/gateway/bank-soap-gbk/SyyhConvertDataService"
INQUIRY, CONTROL = "inquiry", "control"


class Bank(Institution):
    """One bank branch."""

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
        open_books(self.books, agency, world)
        self.soap = SoapCaller(self.court + PATH, wire_bank.NAMESPACE)
        self.statements = StatementSender(self.books, credentials, self.court, settings.backoff_cap_seconds)
        # documents are shared by the requests of a batch, so each number is fetched once
        self._documents: dict[str, str] = {}

    def step(self) -> None:
        """One round, then the court bank's statement lines that are not accepted yet."""
        super().step()
        self.statements.send_due()

    def _ask(self, operation: str, argument: str | None = None) -> Node:
        arguments = {"arg0": wire_bank.user_marker(self.credentials.username, self.credentials.password)}
        if argument is not None:
            arguments["arg1"] = argument
        return decode_message(self.soap.call(operation, arguments, drip_seconds=self.drip_seconds))

    def listed(self) -> list[Taken]:
        """Inquiries, then controls."""
        taken = []
        for operation, tag, kind in (("getXzcxList", "cxqq", INQUIRY), ("getXzkzList", "kzqq", CONTROL)):
            root = self._ask(operation)
            requests = root.all(tag)
            if not requests and wire_bank.error_of(root):
                self.log.debug("court_list_error kind=%s", kind)
            taken += [taken_of(kind, node) for node in requests if node["BDHM"]]
        return taken

    def refusal_of(self, taken: Taken) -> str:
        """Documents by document number (inquiry) or request number (control), then officers' certificates."""
        head = taken.content["head"]
        if taken.kind == INQUIRY and self.credentials.dialect == POINT_TO_POINT:
            problem = self._check_documents("wsInfo", taken.request_no)
        elif taken.kind == INQUIRY:
            number = head.get("WSBH", "")
            if not number:
                return "无文书编号"
            if number not in self._documents:
                if len(self._documents) > 500:
                    self._documents.clear()
                self._documents[number] = self._check_documents("cxwsInfo", number)
            problem = self._documents[number]
            if problem:
                # a document may be filed later under the same number
                del self._documents[number]
        else:
            problem = self._check_documents("kzwsInfo", taken.request_no)
        return problem or self._check_certificates(taken.request_no)

    def _check_documents(self, operation: str, number: str) -> str:
        root = self._ask(operation, number)
        documents = [n for n in _everything(root) if "WSNR" in n.values or "WSLB" in n.values]
        if not documents:
            self._raise_error(root)
            return "无法律文书"
        for node in documents:
            content = wire_bank.content_of(node, "WSNR", node["MD5"])
            if not content:
                return "无文书内容"
            if node["MD5"] and wire_bank.md5_of(content) != node["MD5"].lower():
                return "文书内容与MD5校验值不一致"
        return ""

    def _check_certificates(self, request_no: str) -> str:
        root = self._ask("zjInfo", request_no)
        certificates = [n for n in _everything(root) if {"GZZ", "GWZ", "GZZBM", "GWZBM"} & n.values.keys()]
        if not certificates:
            self._raise_error(root)
            return "无证件信息"
        images = (wire_bank.content_of(n, code) for n in certificates for code in ("GZZ", "GWZ"))
        return "" if any(images) else "无证件内容"

    @staticmethod
    def _raise_error(root: Node) -> None:
        """An error text instead of a list is a reason to ask again, not yet a reason to refuse."""
        error = wire_bank.error_of(root)
        if error:
            raise CourtFaultError(error)

    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Look into the books, or carry out each item and write the receipt."""
        if kind == INQUIRY:
            return self._inquired(db, content["head"], refusal, fault, moment)
        return self._controlled(db, content, refusal, fault, moment)

    def _encoded(self, root: Node) -> str:
        return encode_message(spoken(root, self.credentials.dialect))

    def _inquired(self, db, head: dict, refused: str, fault: str, moment: datetime) -> list[Message]:
        operation = "shfeedXzcxInfo"
        if refused:
            return [Message(operation=operation, body=self._encoded(refusal(head, moment, refused)))]
        root = inquiry_answer(db, head, self.agency, moment)
        if fault == "wrong_person":
            root = namesake_answer(db, head, self.agency, moment) or root
        body = self._encoded(root)
        again = self.settings.faults.again_seconds
        messages = _broken(operation, fault, body)
        messages.append(Message(operation=operation, body=body))
        if fault == "twice":
            messages.append(Message(operation=operation, body=body, is_final=False, after_seconds=again))
        if fault == "different_second":
            changed = self._encoded(changed_answer(root))
            messages.append(Message(operation=operation, body=changed, is_final=False, after_seconds=again))
        return messages

    def _controlled(self, db, content: dict, refused: str, fault: str, moment: datetime) -> list[Message]:
        head = content["head"]
        done, receipt = carried_out(db, content, refused, self.agency, self.settings, moment)
        body = self._encoded(control_answer(head, done, receipt))
        messages = _broken("shfeedXzkzInfo", fault, body)
        messages.append(Message(operation="shfeedXzkzInfo", body=body))
        if fault == "twice":
            again = self.settings.faults.again_seconds
            messages.append(
                Message(operation="shfeedXzkzInfo", body=body, is_final=False, after_seconds=again)
            )
        return messages

    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Feed back; an answer without a line for this request is judged by its error text."""
        root = self._ask(operation, body)
        lines = list(wire_bank.acknowledgements(root))
        for number, accepted, message in lines:
            if number in (request_no, ""):
                return accepted, message
        error = wire_bank.error_of(root)
        return (False, error) if error or not lines else (lines[0][1], lines[0][2])

    def close(self) -> None:
        """Close files and connections."""
        self.soap.close()
        self.statements.close()
        super().close()


def carried_out(
    db, content: dict, refused: str, agency: Agency, settings: Settings, moment: datetime
) -> tuple[list[tuple[dict, Outcome]], bytes | None]:
    """Each item of a control request with what came of it, and the receipt; a refused request has none."""
    head, done = content["head"], []
    for place, item in enumerate(content["items"], start=1):
        number = item.get("CCXH") or str(place)
        if refused:
            reason = f"业务审核未通过，{refused}"
            outcome = Outcome(
                number=number, action=item.get("KZCS", ""), account=item.get("KHZH", ""), reason=reason
            )
        else:
            order = Order(head=head, item=item, number=number)
            outcome = execute(db, order, agency_code=agency.code, now=moment)
        done.append((item, outcome))
    if not done or refused:
        return done, None
    return done, bank_receipt(agency, head, done, now=moment, font_paths=list(settings.font_paths))


def taken_of(kind: str, node: Node) -> Taken:
    """A request as it stands in a list."""
    items: list[dict[str, str]] = []
    seen: set[str] = set()
    for item in node.all("kzzh"):
        # the same item number twice in one request is one item
        if item["CCXH"] not in seen or not item["CCXH"]:
            items.append({code: value.strip() for code, value in item.values.items()})
        seen.add(item["CCXH"])
    head = {code: value.strip() for code, value in node.values.items()}
    return Taken(
        kind=kind, request_no=node["BDHM"], subject=node["XM"], content={"head": head, "items": items}
    )


def _everything(root: Node) -> list[Node]:
    found = [root]
    for child in root.children:
        found.extend(_everything(child))
    return found


def _broken(operation: str, fault: str, body: str) -> list[Message]:
    """The message that comes before the true one, for faults that begin with a bad message."""
    if fault == "empty":
        bad = encode_message(Node("zhxxList"))
    elif fault == "truncated":
        bad = body[: len(body) // 2 // 4 * 4 + 1]
    elif fault == "bad_charset":
        # 0xFF and a lone lead byte are no GBK
        value = base64.b64encode(b"\xff\xfe\x81").decode()
        bad = base64.b64encode(
            f'<zhxxList><zhxx BDHM="{value}" KHZH="{value}"/></zhxxList>'.encode()
        ).decode()
    else:
        return []
    return [Message(operation=operation, body=bad, is_final=False)]


def changed_answer(root: Node) -> Node:
    """A second answer that disagrees with the first: another balance, or an account where there was none."""
    first = root.children[0]
    values = dict(first.values)
    if "YE" in values:
        values["YE"] = values["KYYE"] = "1.00"
    else:
        values["BEIZ"] = "经复核仍无开户信息"
    return Node(root.name, {}, [Node("zhxx", values, first.children), *root.children[1:]])
