"""An institution that speaks the court's own JSON format; five kinds of property, one way of working."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.institutions.base import Institution, Message, Taken
from simworld.institutions.books import insert
from simworld.institutions.clock import end_of, stamp
from simworld.institutions.faults import CHARSET, EXPIRED, SKEWED, spoiled_json
from simworld.institutions.freezing import fen
from simworld.institutions.holdings import holdings_of, open_books, yuan
from simworld.institutions.signed_json import SignedCaller
from simworld.institutions.soap import CourtFaultError
from simworld.population import World

INQUIRY, CONTROL = "inquiry", "control"
FEED = {INQUIRY: "/feedback/inquiries", CONTROL: "/feedback/controls"}
REFUSED = "/rollbacks"


class JsonAgency(Institution):
    """Vehicle office, securities depository, insurer, payment institution or housing fund."""

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
        open_books(self.books, world, agency.kind)
        self.caller = SignedCaller(self.court, credentials.username, credentials.private_key)

    def listed(self) -> list[Taken]:
        """Inquiries, then controls."""
        taken = []
        for path, kind in (("/inquiries", INQUIRY), ("/controls", CONTROL)):
            for row in self.caller.get(path).get("requests", []):
                name = row.get("subject", {}).get("name", "")
                taken.append(Taken(kind=kind, request_no=row["request_no"], subject=name, content=row))
        return taken

    def refusal_of(self, taken: Taken) -> str:
        """A name, a number, a sealed paper and the officers' cards, or the request goes back."""
        subject = taken.content.get("subject", {})
        if not subject.get("name") or not subject.get("id_no"):
            return "请求缺少姓名或者证件号码"
        if not self._has(f"/requests/{taken.request_no}/documents", "documents", "content"):
            return "无法律文书"
        if not self._has(f"/requests/{taken.request_no}/certificates", "entries", "officer"):
            return "无证件信息"
        return ""

    def _has(self, path: str, name: str, part: str) -> bool:
        return any(row.get(part) for row in self.caller.get(path).get(name, []))

    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Search the books, or enter each measure."""
        number = content["request_no"]
        if refusal:
            told = {
                "type": "rollbacks",
                "rollbacks": [{"request_no": number, "reason": "业务审核未通过", "note": refusal}],
            }
            return [_message(REFUSED, told)]
        if kind == INQUIRY:
            told = {"type": "inquiry_feedback", "results": [self._found(db, content, moment)]}
        else:
            items = [self._controlled(db, content, item, moment) for item in content.get("items", [])]
            told = {"type": "control_feedback", "results": items}
        messages = [_message(FEED[kind], told)]
        if fault == "twice":
            again = self.settings.faults.again_seconds
            messages.append(
                Message(operation=FEED[kind], body=messages[0].body, is_final=False, after_seconds=again)
            )
        if fault == "different_second":
            told["results"][0]["note"] = "经再次核对"
            body = json.dumps(told, ensure_ascii=False)
            again = self.settings.faults.again_seconds
            messages.append(Message(operation=FEED[kind], body=body, is_final=False, after_seconds=again))
        return messages

    def _found(self, db: sqlite3.Connection, content: dict, moment: datetime) -> dict[str, Any]:
        subject = content["subject"]
        rows = holdings_of(db, subject["name"], subject["id_no"])
        result: dict[str, Any] = {
            "request_no": content["request_no"],
            "outcome": "found" if rows else "not_found",
            "responded_at": stamp(moment),
        }
        if not rows:
            return result | {"outcome_text": "查无登记信息"}
        assets = []
        for seq, row in enumerate(rows, start=1):
            measures = [_measure(no, hold) for no, hold in enumerate(_holds(db, row["number"]), start=1)]
            asset = {"kind": self.agency.kind, "seq": str(seq), "detail": json.loads(row["detail"])}
            assets.append(asset | ({"measures": measures} if measures else {}))
        return result | {"assets": assets}

    def _controlled(
        self, db: sqlite3.Connection, content: dict, item: dict, moment: datetime
    ) -> dict[str, Any]:
        target = item.get("target", {})
        named = {value for value in target.values() if isinstance(value, str)}
        subject = content["subject"]
        rows = holdings_of(db, subject["name"], subject["id_no"])
        row = next((row for row in rows if named & _names(row)), None)
        result = {"request_no": content["request_no"], "item_seq": item["seq"], "target": target}
        reason = "登记中没有该人名下的这一财产" if row is None else ""
        action = item.get("action", "")
        until = end_of(item["effective_to"]) if item.get("effective_to") else ""
        if row is not None and action in ("freeze", "seize", "waiting_freeze", "waiting_seize"):
            limit = fen(item["amount"]) if item.get("amount") else row["worth_fen"]
            result |= _enter(db, content, item, row, limit, until, moment)
        elif row is not None and action in ("renew", "release"):
            done = db.execute(
                "update holds set until = case when ? = 'renew' then ? else until end,"
                " state = case when ? = 'release' then 'lifted' else state end"
                " where holding = ? and request_no = ? and state in ('effective', 'waiting')",
                (action, until, action, row["number"], item.get("original_request_no", "")),
            ).rowcount
            reason = "" if done else "没有可续行或者解除的在先措施"
        elif row is not None:
            reason = f"措施 {action} 不能线上办理，请到窗口办理"
        insert(
            db,
            "orders",
            request_no=content["request_no"],
            item=item["seq"],
            action=action,
            amount=item.get("amount", ""),
            at=stamp(moment),
            target=row["number"] if row is not None else "",
            controlled=int(not reason),
            reason=reason,
        )
        return result | ({"outcome": "not_done", "reason": reason} if reason else {"outcome": "done"})

    def _spoiled(self, messages: list[Message], fault: str, request_no: str) -> list[Message]:
        """Messages with what the fault sends before the final one."""
        if fault == "never":
            return []
        made = []
        for message in messages:
            *before, last = (
                spoiled_json(message.body, fault, request_no) if message.is_final else [message.body]
            )
            made += [Message(operation=message.operation, body=body, is_final=False) for body in before]
            made.append(replace(message, body=last))
        return made

    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Feed back and read the acknowledgement."""
        told, charset, more = body, "utf-8", {}
        if body.startswith(CHARSET):
            told, charset = body.removeprefix(CHARSET), "gbk"
        elif body.startswith(SKEWED):
            told, more = body.removeprefix(SKEWED), {"skew_seconds": -86_400 * self.settings.faults.skew_days}
        elif body.startswith(EXPIRED):
            told, more = body.removeprefix(EXPIRED), {"key": Ed25519PrivateKey.generate()}
        content = told.encode(charset, "replace")
        for ack in self.caller.post(operation, content, drip_seconds=self.drip_seconds, **more).get(
            "acks", []
        ):
            if ack["request_no"] == request_no:
                return ack["result"] in ("success", "already"), ack.get("message", "")
        raise CourtFaultError("应答中没有这一请求单号")

    def close(self) -> None:
        """Close files and connections."""
        self.caller.close()
        super().close()


def _message(path: str, told: dict[str, Any]) -> Message:
    return Message(operation=path, body=json.dumps(told, ensure_ascii=False))


def _names(row: sqlite3.Row) -> set[str]:
    """Every number by which the thing may be named in an order."""
    detail = json.loads(row["detail"])
    keys = ("plate_no", "vin", "account_no", "policy_no", "security_code")
    return {row["number"], *(detail[key] for key in keys if detail.get(key))}


def _holds(db: sqlite3.Connection, number: str) -> list[sqlite3.Row]:
    return db.execute(
        "select * from holds where holding = ? and state in ('effective', 'waiting') order by id", (number,)
    ).fetchall()


def _measure(no: int, hold: sqlite3.Row) -> dict[str, str]:
    return {
        "seq": str(no),
        "authority": hold["authority"],
        "doc_no": hold["doc_no"],
        "amount": yuan(hold["limit_fen"]),
        "effective_to": hold["until"][:10],
        "rank": str(no),
    }


def _enter(
    db: sqlite3.Connection,
    content: dict,
    item: dict,
    row: sqlite3.Row,
    limit: int,
    until: str,
    moment: datetime,
) -> dict[str, Any]:
    """Enter a measure behind the earlier ones; the first is effective, later ones wait."""
    earlier = _holds(db, row["number"])
    insert(
        db,
        "holds",
        holding=row["number"],
        authority=content.get("court", {}).get("name", ""),
        doc_no=content.get("document_no", ""),
        request_no=content["request_no"],
        item=item["seq"],
        limit_fen=limit,
        start=stamp(moment),
        until=until,
        state="waiting" if earlier else "effective",
        at=stamp(moment),
    )
    held = 0 if earlier else min(limit, row["worth_fen"])
    told: dict[str, Any] = {
        "effective_from": stamp(moment),
        "controlled_amount": yuan(held),
        "prior_measures": [_measure(no, hold) for no, hold in enumerate(earlier, start=1)],
        "remark": f"轮候，第{len(earlier)}顺位" if earlier else "",
    }
    return {name: value for name, value in told.items() if value} | ({"effective_to": until} if until else {})
