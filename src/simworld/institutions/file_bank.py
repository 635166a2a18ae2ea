"""A bank that exchanges packages with the court over a front machine: a folder to read from and a folder to write to.

Inquiries are fed back as one package per batch, once every request of the batch has its answer; controls as one package per
request, because freezing cannot wait. A batch that comes again is known by its requests and is not carried out twice.
"""

from __future__ import annotations

import json
import time
from datetime import datetime
from pathlib import Path

from simworld.catalog import Agency
from simworld.config import Credentials, Settings
from simworld.institutions.bank import CONTROL, INQUIRY, carried_out, changed_answer, taken_of
from simworld.institutions.bank_answers import control_answer, inquiry_answer, namesake_answer
from simworld.institutions.bank_books import open_books
from simworld.institutions.base import Institution, Message, Taken
from simworld.institutions.clock import ticks
from simworld.institutions.statements import StatementSender
from simworld.institutions.wire_bank import Node, md5_of
from simworld.institutions.wire_files import Package, content_of, encode, packages, write_package
from simworld.population import World

KINDS = {"CXQQ": (INQUIRY, "cxqq"), "KZQQ": (CONTROL, "kzqq")}
# reasons for which sending the same once more would not help
FINAL_REASONS = ("内容不同", "没有发给", "已撤销", "已了结")
MOST_SENDS = 3
# a package the court does not take is replaced by the next one after so long
PATIENCE_SECONDS = 5.0
CUT = "cut"
_WAITING = (
    "select d.id, d.request_no, d.kind, d.body, d.is_final, d.due_at, d.attempts,"
    " json_extract(r.content, '$.batch') as batch from deliveries d"
    " join requests r on r.kind = d.kind and r.request_no = d.request_no where d.state = 'pending'"
)


class FileBank(Institution):
    """One bank branch behind a front machine."""

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
        self.folder = Path(credentials.front_machine)
        for name in ("download", "upload"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.statements = StatementSender(self.books, credentials, self.court, settings.backoff_cap_seconds)
        self._found: list[Package] = []

    def step(self) -> None:
        """One round, then the court bank's statement lines that are not accepted yet."""
        super().step()
        self.statements.send_due()

    # taking in

    def take_in(self) -> None:
        """Save the requests of every package, then remove it: it is in the books now."""
        self._found = packages(self.folder / "download", self.agency.code)
        super().take_in()
        for package in self._found:
            if package.kind in KINDS and self._is_saved(package):
                package.path.unlink(missing_ok=True)
            elif package.kind in ("CXHZ", "KZHZ"):
                self._refused(package)
                package.path.unlink(missing_ok=True)

    def _is_saved(self, package: Package) -> bool:
        kind, tag = KINDS[package.kind]
        numbers = [node["BDHM"] for node in package.members["QA"].all(tag) if node["BDHM"]]
        known = {
            row["request_no"]
            for row in self.books.rows("select request_no from requests where kind = ?", kind)
        }
        return set(numbers) <= known

    def listed(self) -> list[Taken]:
        """Requests of the packages that lie there, inquiries before controls."""
        taken = []
        for package in sorted(self._found, key=lambda package: package.kind):
            if package.kind not in KINDS or "QA" not in package.members:
                continue
            kind, tag = KINDS[package.kind]
            for node in package.members["QA"].all(tag):
                if node["BDHM"]:
                    request = taken_of(kind, node)
                    request.content |= {"batch": package.batch, "lacks": _lacks(package, kind, node)}
                    taken.append(request)
        return taken

    def refusal_of(self, taken: Taken) -> str:
        """Documents and certificates came in the same package."""
        return taken.content["lacks"]

    def _refused(self, package: Package) -> None:
        """The court could not process feedback: send it again, unless that would not help."""
        for node in package.members.get("QNR", Node("empty")).all("htxx"):
            self.log.warning("feedback_refused kind=%s", package.kind)
            if any(word in node["XCHTYY"] for word in FINAL_REASONS):
                continue
            with self.books.transaction() as db:
                db.execute(
                    "update deliveries set state = 'pending', due_at = ? where request_no = ? and is_final = 1"
                    " and state = 'sent' and attempts < ?",
                    (ticks(), node["BDHM"], MOST_SENDS),
                )

    # working off

    def work(self, db, kind: str, content: dict, refusal: str, fault: str, moment: datetime) -> list[Message]:
        """Look into the books, or carry out each item and write the receipt."""
        head, again = content["head"], self.settings.faults.again_seconds
        if refusal:
            note = {
                "BDHM": head["BDHM"],
                "XCHTYY": "业务审核未通过",
                "XCHTBZ": refusal,
                "XCHTR": "司法协助岗",
            }
            told = Node("htxxList", {}, [Node("htxx", note | {"XCHTDH": self.agency.phone})])
            return [Message(operation="", body=json.dumps({"QNA": encode(told)}))]
        changed = None
        if kind == INQUIRY:
            root = inquiry_answer(db, head, self.agency, moment)
            if fault == "wrong_person":
                root = namesake_answer(db, head, self.agency, moment) or root
            body = json.dumps({"QR": encode(root)})
            if fault == "different_second":
                changed = json.dumps({"QR": encode(changed_answer(root))})
        else:
            done, receipt = carried_out(db, content, "", self.agency, self.settings, moment)
            body = json.dumps(_split(control_answer(head, done, receipt)))
        messages = [*_broken(fault), Message(operation="", body=body)]
        if fault == "twice" or changed:
            messages.append(Message(operation="", body=changed or body, is_final=False, after_seconds=again))
        return messages

    def send(self, operation: str, body: str, request_no: str) -> tuple[bool, str]:
        """Files are sent by `deliver`, which knows the batch."""
        raise AssertionError("packages are written per batch, never per message")

    # delivering

    def deliver(self) -> None:
        """Write what is due: each control request by itself, a batch of inquiries when all of it is answered."""
        rows = self.books.rows(_WAITING + " order by d.id")
        first: dict[tuple[str, str], list] = {}
        for row in rows:
            key = (row["kind"], row["batch"] if row["kind"] == INQUIRY else row["request_no"])
            group = first.setdefault(key, [])
            if row["request_no"] not in {held["request_no"] for held in group}:
                group.append(row)
        for (kind, _), group in first.items():
            if all(row["due_at"] <= ticks() for row in group):
                self._write(kind, group)

    def _write(self, kind: str, group: list) -> None:
        batch = group[0]["batch"]
        if kind == CONTROL:
            name = f"KZFK{self.agency.code}{batch}{group[0]['request_no']}.zip"
            bodies = [json.loads(group[0]["body"])]
        else:
            open_ones = "select 1 from requests where kind = ? and state = 'open' and json_extract(content, '$.batch') = ?"
            if self.books.rows(open_ones, INQUIRY, batch):
                return
            name = f"CXFK{self.agency.code}{batch}.zip"
            bodies = self._bodies(batch, group)
        target = self.folder / "upload" / name
        if target.exists() and time.time() - target.stat().st_mtime < PATIENCE_SECONDS:
            return  # the court has not taken the one before
        tail = f"{batch}{group[0]['request_no']}" if kind == CONTROL else batch
        is_cut = any(CUT in body for body in bodies)
        write_package(self.folder / "upload", name, _named(self.agency.code, tail, kind, bodies), cut=is_cut)
        for row in group:
            self._settled(row, True, "")

    def _bodies(self, batch: str, group: list) -> list[dict]:
        """What the package says about each request of the batch: what is due now, else its final answer."""
        due = {row["request_no"]: json.loads(row["body"]) for row in group}
        finals = self.books.rows(
            "select d.request_no, d.body from deliveries d join requests r on r.kind = d.kind and r.request_no ="
            " d.request_no where d.kind = ? and d.is_final = 1 and json_extract(r.content, '$.batch') = ? order by d.id",
            INQUIRY,
            batch,
        )
        return [due.get(row["request_no"]) or json.loads(row["body"]) for row in finals]

    def close(self) -> None:
        """Close files and connections."""
        self.statements.close()
        super().close()


def _lacks(package: Package, kind: str, node: Node) -> str:
    """What the package lacks for one request; empty when documents and certificates are there."""
    key = "WSBH" if kind == INQUIRY else "BDHM"
    if not node[key]:
        return "无文书编号"
    papers = package.members.get("QI", Node("empty"))
    documents = [paper for paper in papers.children if paper[key] == node[key]]
    if not documents:
        return "无法律文书"
    for paper in documents:
        content = content_of(paper, "WSNR")
        if not content:
            return "无文书内容"
        if paper["MD5"] and md5_of(content) != paper["MD5"].lower():
            return "文书内容与MD5校验值不一致"
    cards = [
        card for card in package.members.get("QC", Node("empty")).children if card["BDHM"] == node["BDHM"]
    ]
    if not cards:
        return "无证件信息"
    return "" if any(content_of(card, code) for card in cards for code in ("GZZ", "GWZ")) else "无证件内容"


def _split(answer: Node) -> dict[str, str]:
    """Results and receipt documents ride in files of their own."""
    receipts = [child for child in answer.children if child.name == "hzxxList"]
    results = Node(answer.name, {}, [child for child in answer.children if child not in receipts])
    return {"QR": encode(results)} | ({"QRI": encode(receipts[0])} if receipts else {})


def _named(code: str, tail: str, kind: str, bodies: list[dict]) -> dict[str, str | bytes]:
    """Members by name: results of inquiries are numbered, refusals of a batch share one file."""
    members: dict[str, str | bytes] = {}
    refusals = []
    for body in bodies:
        for prefix, xml in body.items():
            if prefix == "QNA":
                refusals.append(xml)
            elif prefix in ("QR", "bytes"):
                number = f"{len(members) + 1:012d}" if kind == INQUIRY else ""
                members[f"QR{code}{tail}{number}.xml"] = bytes.fromhex(xml) if prefix == "bytes" else xml
            elif prefix != CUT:
                members[f"{prefix}{code}{tail}.xml"] = xml
    if refusals:
        rows = "".join(xml.removeprefix("<htxxList>").removesuffix("</htxxList>") for xml in refusals)
        members[f"QNA{code}{tail}.xml"] = f"<htxxList>{rows}</htxxList>"
    return members


def _broken(fault: str) -> list[Message]:
    """The package that comes before the true one, for faults that begin with a bad one."""
    bad = {
        "empty": {"QR": "<zhxxList/>"},
        "truncated": {"QR": "<zhxxList/>", CUT: ""},
        # a lone continuation byte is no UTF-8
        "bad_charset": {"bytes": b'<zhxxList><zhxx BDHM="\xff\xfe\x81"/></zhxxList>'.hex()},
    }.get(fault)
    return [Message(operation="", body=json.dumps(bad), is_final=False)] if bad else []
