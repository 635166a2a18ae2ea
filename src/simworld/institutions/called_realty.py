"""A land registry that is called: a JSON service of its own, with tokens, over the same books as the other registries.

What was done under an idempotency key is answered again from the books, byte for byte, and never done twice.
"""

from __future__ import annotations

import base64
import json
import secrets
import sqlite3
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.hero import HERO_NAMES
from simworld.identifiers import unit_number
from simworld.institutions.base import Institution, Message, Taken
from simworld.institutions.books import insert
from simworld.institutions.clock import now as court_now
from simworld.institutions.clock import stamp, ticks
from simworld.institutions.realty_answers import result_row, rights_of
from simworld.institutions.realty_books import fill_books, units_of, units_of_namesakes
from simworld.institutions.realty_control import Registered, execute
from simworld.institutions.receipts import registry_receipt
from simworld.institutions.wire_realty import RIGHT_LISTS
from simworld.population import World
from simworld.records import Share, Unit

DIVISION = "130983"
TOKEN_SECONDS = 300
MOST_BODY = 30 * 1024 * 1024
# faults that spoil the first answer; the next try is answered soundly
FIRST = {"empty", "truncated", "bad_charset", "wrong_number", "bad_base64", "late", "huge", "slow_drip"}
_SCHEMA = """
create table if not exists said(key text primary key, body text not null);
create table if not exists spoiled(request_no text primary key, fault text not null);
"""


def units_drawn(world: World) -> list[Unit]:
    """Houses in the registry's own town; drawn apart, so that what people own elsewhere does not depend on them."""
    units = []
    for place, person in enumerate(world.persons, start=1):
        dice = Random(f"{world.seed}:called_realty:{person.key}")
        if person.name in HERO_NAMES or dice.random() > 0.15:
            continue
        number = unit_number(
            DIVISION, place, dice.randint(1, 9), dice.randint(1, 6) * 100 + dice.randint(1, 4)
        )
        year = dice.randint(2005, 2022)
        units.append(
            Unit(
                number=number,
                location=f"黄骅市信誉街 {dice.randint(1, 200)} 号 {dice.randint(1, 20)} 幢",
                use="成套住宅", area=f"{dice.randint(60, 160)}.00", floors="18", completed=f"{year}-06-01",
                land_until=f"{year + 70}-05-31", worth="600000.00", sole_residence=False,
                owners=[Share(owner=person.key, share="100%", certificate=f"冀（{year}）黄骅市不动产权第{place:07d}号")],
            )
        )  # fmt: skip
    return units


class CalledRealty(Institution):
    """One registry that waits for calls on ``credentials.listen`` (host:port)."""

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
        fill_books(self.books, world, units_drawn(world))
        self.books.db.executescript(_SCHEMA)
        self.lock = threading.Lock()
        self.tokens: dict[str, float] = {}
        self.server: ThreadingHTTPServer | None = None
        self._bind()

    def _bind(self) -> None:
        """Open the socket; a port still in use is tried again, and keeps nobody else from starting."""
        host, _, port = self.credentials.listen.rpartition(":")
        try:
            self.server = ThreadingHTTPServer((host or "127.0.0.1", int(port)), _handler(self))
        except OSError as error:
            self.log.warning("port_not_free error=%s", type(error).__name__)
            return
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        """Where it answers; "" while its port is not free."""
        return f"http://127.0.0.1:{self.server.server_address[1]}" if self.server else ""

    def run(self, stop: threading.Event) -> None:
        """Serve until told to stop."""
        while self.server is None and not stop.wait(2.0):
            self._bind()
        if self.server is not None:
            serving = threading.Thread(target=self.server.serve_forever, args=(0.2,), daemon=True)
            serving.start()
            stop.wait()
            self.server.shutdown()
            serving.join(5)
        self.close()

    def close(self) -> None:
        """Close the socket and the books."""
        if self.server is not None:
            self.server.server_close()
        super().close()

    # --- calls --------------------------------------------------------------------------------------------

    def answer(self, operation: str, told: Any, key: str) -> tuple[bytes, str]:
        """The answer to one call and the fault that spoils it, if any."""
        head, data = told.get("head") or {}, told.get("data") or {}
        with self.lock:
            if (head.get("username"), head.get("password")) != (
                self.credentials.username,
                self.credentials.password,
            ):
                return _said("2000", "用户名或密码错误"), ""
            if operation == "getToken":
                token = secrets.token_urlsafe(16)
                self.tokens = {held: until for held, until in self.tokens.items() if until > ticks()}
                self.tokens[token] = ticks() + TOKEN_SECONDS
                return _said("0000", "成功", {"token": token, "expires": str(TOKEN_SECONDS)}), ""
            if self.tokens.get(head.get("token", ""), 0.0) <= ticks():
                return _said("2010", "token 错误或已失效"), ""
            return self._once(operation, head, data, key)

    def _once(self, operation: str, head: dict, data: dict, key: str) -> tuple[bytes, str]:
        number = data.get("cxqqdh") or head.get("cxqqdh") or ""
        fault = self._spoils(operation, number, data)
        known = self.books.rows("select body from said where key = ?", key) if key else []
        if known:
            return known[0]["body"].encode(), fault
        with self.books.transaction() as db:
            body = self._work(db, operation, head, data, number)
            if key:
                insert(db, "said", key=key, body=body.decode())
        return body, fault

    def _spoils(self, operation: str, number: str, data: dict) -> str:
        """The fault of this request, the first time only unless it never answers."""
        if operation not in ("queryRights", "createSeizureCase", "createReleaseCase"):
            return ""
        kind = "inquiry" if operation == "queryRights" else "control"
        name = data.get("qlrmc") or data.get("xm") or ""
        fault = self._fault(Taken(kind=kind, request_no=number, subject=name, content={}))
        if fault not in FIRST:
            return fault
        with self.books.transaction() as db:
            if db.execute("select 1 from spoiled where request_no = ?", (number,)).fetchone():
                return ""
            insert(db, "spoiled", request_no=number, fault=fault)
        return fault

    def _work(self, db: sqlite3.Connection, operation: str, head: dict, data: dict, number: str) -> bytes:
        moment = court_now()
        if operation == "queryRights":
            return self._rights(db, head, data, number, moment)
        if operation in ("createSeizureCase", "createReleaseCase"):
            return self._case(db, data, number, moment)
        if operation in ("lockUnit", "unlockUnit"):
            return self._lock(db, operation, data.get("bdcdyh", ""), number)
        return _said("1000", "没有这一接口")

    def _rights(self, db: sqlite3.Connection, head: dict, data: dict, number: str, moment: datetime) -> bytes:
        name, id_no = data.get("qlrmc", ""), data.get("zjh", "")
        if not (name and id_no and data.get("zjzl")):
            return _said("1000", "请求缺少姓名、证件类型或者证件号码", {"CXQQDH": number})
        fault = self._fault(Taken(kind="inquiry", request_no=number, subject=name, content={}))
        units = units_of(db, name, id_no, data["zjzl"])
        if fault == "wrong_person":
            units = units_of_namesakes(db, name, id_no) or units
        lists = rights_of(db, self.agency, units, moment)
        rows = [(name, row) for name in RIGHT_LISTS for row in lists[name]]
        size, page = int(head.get("size") or 50), int(head.get("page") or 1)
        shown = rows[(page - 1) * size : page * size]
        told: dict[str, Any] = {"CXQQDH": number}
        told |= {f"{name}LIST": [_plain(row) for held, row in shown if held == name] for name in RIGHT_LISTS}
        return _said("0000", "成功", told, total=str(len(rows)))

    def _case(self, db: sqlite3.Connection, data: dict, number: str, moment: datetime) -> bytes:
        if not data.get("wslist"):
            return _said("1000", "无法律文书", {"CXQQDH": number})
        head = {name.upper(): text for name, text in data.items() if isinstance(text, str)}
        done = []
        for place, raw in enumerate(data.get("bdcqllist") or [], start=1):
            item = {name.upper(): text for name, text in raw.items() if isinstance(text, str)}
            done.append(execute(db, head, item, item.get("KZQQDH") or str(place), moment))
        rows = [{"KZQQDH": row.number, **dict(result_row(row))} for row in done]
        told: dict[str, Any] = {"CXQQDH": number, "KZXXLIST": rows}
        if self.settings.realty_receipts:
            told["HZXXLIST"] = [self._receipt(head, done, number, moment)]
        return _said("0000", "成功", told)

    def _receipt(self, head: dict, done: list[Registered], number: str, moment: datetime) -> dict[str, str]:
        rows = [
            {
                "action": row.item.get("KZCS", ""), "number": row.number, "unit": row.item.get("BDCDYH", ""),
                "controlled": row.controlled, "reason": row.reason, "remark": row.remark,
                "period": f"{row.start} 至 {row.until}" if row.controlled else "", "seizure_no": row.seizure_no,
            }
            for row in done
        ]  # fmt: skip
        fonts = list(self.settings.font_paths)
        pdf = registry_receipt(self.agency, head, rows, at=stamp(moment), font_paths=fonts)
        content = base64.b64encode(pdf).decode()
        return {
            "CXQQDH": number, "WJMC": f"协助执行回执_{number}.pdf", "WJLX": "pdf", "WSLB": "回执", "WSNR": content,
        }  # fmt: skip

    def _lock(self, db: sqlite3.Connection, operation: str, unit: str, number: str) -> bytes:
        wanted, held = (number, ("", number)) if operation == "lockUnit" else ("", (number, number))
        changed = db.execute(
            "update units set locked_by = ? where number = ? and locked_by in (?, ?)", (wanted, unit, *held)
        )
        if operation == "lockUnit" and not changed.rowcount:
            known = db.execute("select 1 from units where number = ?", (unit,)).fetchone()
            reason = "该单元正在办理其他登记业务，已锁定" if known else "登记簿中查无此不动产单元号"
            return _said("1000", reason, {"BDCDYH": unit})
        return _said("0000", "成功", {"BDCDYH": unit})

    # --- what a caller of the court does, and this registry does not -----------------------------------------

    def listed(self) -> list[Taken]:
        """Nothing: it polls nobody."""
        return []

    def refusal_of(self, taken: Taken) -> str:
        """Nothing is taken from a list."""
        return ""

    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Nothing waits to be worked off."""
        return []

    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Nothing is sent."""
        return True, ""


def _plain(content: Any) -> dict[str, Any]:
    """A row of tuples as an object; lists of rows inside become arrays."""
    return {
        name: [_plain(row) for _, row in held] if isinstance(held, list) else held for name, held in content
    }


def _said(code: str, message: str, data: dict[str, Any] | None = None, **head: str) -> bytes:
    told = {"head": {"code": code, "msg": message, **head}, "data": data or {}}
    return json.dumps(told, ensure_ascii=False).encode()


def _spoiled(body: bytes, fault: str, settings: Settings, number: str) -> bytes:
    if fault == "empty":
        return b"{}"
    if fault == "truncated":
        return body[: len(body) // 2]
    if fault == "bad_charset":
        return body.decode().encode("gb18030")
    if fault == "bad_base64":
        return b"***"
    if fault == "huge":
        return b" " * settings.faults.huge_bytes + body
    if fault == "wrong_number":
        return body.replace(number.encode(), b"9" * len(number)) if number else body
    return body


def _handler(registry: CalledRealty) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if length > MOST_BODY:
                self._send(413, b"{}", "")
                return
            raw = self.rfile.read(length)
            try:
                told = json.loads(raw)
                number = str(told["head"].get("cxqqdh") or "")
            except (ValueError, KeyError, TypeError, AttributeError):
                self._send(400, _said("1000", "报文无法解析"), "")
                return
            key = self.headers.get("Idempotency-Key", "")
            body, fault = registry.answer(self.path.strip("/"), told, key)
            if fault == "never":
                self.close_connection = True
                return
            if fault == "late":
                self._send(503, b"", "")
                return
            self._send(200, _spoiled(body, fault, registry.settings, number), fault)

        def _send(self, status: int, body: bytes, fault: str) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if fault != "slow_drip":
                    self.wfile.write(body)
                    return
                pause = registry.settings.faults.drip_seconds / 20
                for start in range(0, len(body), max(1, len(body) // 20)):
                    self.wfile.write(body[start : start + max(1, len(body) // 20)])
                    self.wfile.flush()
                    threading.Event().wait(pause)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: addresses and bodies are no news."""

    return Handler
