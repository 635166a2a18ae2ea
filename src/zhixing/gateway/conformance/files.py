"""Plays the court to a bank with a front machine: packages put into a folder, feedback taken from another."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zhixing.gateway.conformance.bank import SHARED_RULES, script_bank
from zhixing.gateway.conformance.cards import Card, share_of
from zhixing.gateway.conformance.common import nothing_twice, of_card, readable, sent_again
from zhixing.gateway.conformance.exchange import Exchange, Tape
from zhixing.gateway.conformance.rules import Rule, Verdict, failed, not_exercised, passed
from zhixing.gateway.conformance.samples import Person, certificates, documents
from zhixing.gateway.domain.canonical import RequestKind, Rollback
from zhixing.gateway.domain.messages import (
    Body,
    CertificateList,
    DocumentList,
    FilePackage,
    PackageMember,
    RequestList,
    RollbackList,
    request_numbers,
)
from zhixing.gateway.profiles.bank_file_zip.archive import is_whole
from zhixing.gateway.profiles.bank_file_zip.names import (
    MemberKind,
    PackageKind,
    PackageName,
    package_name,
)
from zhixing.gateway.profiles.base import Wire
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.kernel.clock import now

DOWNLOAD, UPLOAD = "download", "upload"
MOST_BYTES = 32 * 1024 * 1024
_KINDS = {RequestKind.INQUIRY: PackageKind.INQUIRY, RequestKind.CONTROL: PackageKind.CONTROL}
_HALF_SECONDS = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """One feedback package: its name as read (None when it is none) and the requests it speaks about."""

    exchange: int
    name: PackageName | None
    numbers: tuple[str, ...]


class FolderPlayed:
    """The court's side of one run. ``folder`` holds ``download`` (to the bank) and ``upload`` (from it)."""

    def __init__(self, wire: Wire, folder: Path, *, code: str, stamp: str, person: Person | None) -> None:
        self.wire, self.folder, self.code, self.tape = wire, folder, code, Tape()
        self.script = script_bank(stamp=stamp, person=person, moment=now(), acks=False)
        self.script.card("shared").acks = ("fail", "success")
        for card in self.script.cards:
            card.listed_after_answer = 0
        self.batches: dict[str, list[str]] = {}
        self.fed: list[Fed] = []
        self.half: dict[str, float] = {}
        self.torn: list[str] = []
        self._first: tuple[PackageName, bytes] | None = None
        self._again = False
        for name in (DOWNLOAD, UPLOAD):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def work(self, until: float, say: Callable[[str], None]) -> None:
        """Put and take until the script is done or time is over."""
        while time.monotonic() < until and not (self.script.is_done and self._again):
            self._put_ready()
            for path in sorted((self.folder / UPLOAD).glob("*.[zZ][iI][pP]")):
                if self._is_there(path):
                    say(f"  已取到反馈包：{path.name[:4]}")
                    self._take(path)
            if self.script.is_done and not self._again and self._first is not None:
                self._again = True
                self._put(*self._first)
                until = min(until, time.monotonic() + 3.0)
                self._rest(until)
            time.sleep(0.1)

    def _rest(self, until: float) -> None:
        """A batch that comes again must not be carried out again: look a while for what comes of it."""
        while time.monotonic() < until:
            for path in sorted((self.folder / UPLOAD).glob("*.[zZ][iI][pP]")):
                if self._is_there(path):
                    self._take(path)
            time.sleep(0.1)

    # --- out ----------------------------------------------------------------------------------------------

    def _put_ready(self) -> None:
        for kind in RequestKind:
            cards = [card for card in self.script.ready(kind) if not card.listings]
            if cards:
                self._put_batch(kind, cards)

    def _put_batch(self, kind: RequestKind, cards: list[Card]) -> None:
        batch = f"{self.script.stamp}{secrets.randbelow(10**16):016d}"
        name = PackageName(kind=_KINDS[kind], bank=self.code, batch=batch)
        requests = tuple(card.request for card in cards if card.request)
        papers = {
            (paper.document_no if kind is RequestKind.INQUIRY else paper.request_no): paper
            for card in cards
            if card.request
            for paper in documents(card.request.document_no, card.number, card.documents)
            if paper.document_no or paper.request_no
        }
        parts: tuple[tuple[MemberKind, Body], ...] = (
            (MemberKind.REQUESTS, RequestList(kind=kind, requests=requests)),
            (MemberKind.DOCUMENTS, DocumentList(documents=tuple(papers.values()))),
            (
                MemberKind.CERTIFICATES,
                CertificateList(
                    entries=tuple(
                        entry for card in cards for entry in certificates(card.number, card.certificates)
                    )
                ),
            ),
        )
        members = tuple(PackageMember(name=name.member(part), body=body) for part, body in parts)
        made = self.wire.encode(FilePackage(name=str(name), members=members))
        self.batches[batch] = [card.number for card in cards]
        number = self._put(name, made.content)
        self._first = self._first or (name, made.content)
        for card in cards:
            card.listings.append(number)

    def _put(self, name: PackageName, content: bytes) -> int:
        target = self.folder / DOWNLOAD / str(name)
        half = target.with_suffix(".tmp")
        half.write_bytes(content)
        os.replace(half, target)
        exchange = Exchange(
            no=0,
            at=now(),
            operation=str(name.kind),
            request=b"",
            response=content,
            action="put",
            extension="zip",
        )
        return self.tape.add(exchange).no

    def _put_receipt(self, name: PackageName, number: str) -> None:
        receipt = name.receipt
        told = RollbackList(
            rollbacks=(Rollback(request_no=number, reason="法院系统繁忙，没有受理，请重新反馈"),)
        )
        member = PackageMember(name=receipt.member(MemberKind.FAILURES), body=told)
        made = self.wire.encode(FilePackage(name=str(receipt), members=(member,)))
        self._put(receipt, made.content)

    # --- in -----------------------------------------------------------------------------------------------

    def _is_there(self, path: Path) -> bool:
        """Whether a package is whole; one that stays half is taken as it is, so that it is told."""
        try:
            raw = path.read_bytes()
        except OSError:
            return False
        if is_whole(raw):
            return True
        first = self.half.setdefault(path.name, time.monotonic())
        if path.name not in self.torn:
            self.torn.append(path.name)
        return time.monotonic() - first > _HALF_SECONDS

    def _take(self, path: Path) -> None:
        raw = path.read_bytes()
        path.unlink()
        name = package_name(path.name)
        read = self.wire.decode(raw, operation=path.name, limits=Limits(max_bytes=MOST_BYTES))
        exchange = self.tape.add(
            Exchange(
                no=0,
                at=now(),
                operation=path.name[:4],
                request=raw,
                body=read.body,
                problems=read.problems,
                extension="zip",
            )
        )
        numbers = request_numbers(read.body) if read.body is not None else ()
        self.fed.append(Fed(exchange=exchange.no, name=name, numbers=numbers))
        for number in numbers:
            card, share = self.script.of_number(number), share_of(read.body, number)
            if card is None or share is None:
                continue
            answer = self.script.take(card, share, exchange.no)
            if answer.ack == "fail" and name is not None:
                self._put_receipt(name, number)


# --- rules of the carrier ---------------------------------------------------------------------------------


def _named(run: FolderPlayed) -> Verdict:
    if not run.fed:
        return failed("没有取到反馈包；请核对目录和机构代码")
    for fed in run.fed:
        if fed.name is None:
            return failed("包名不合规范", fed.exchange)
        if fed.name.bank != run.code or fed.name.batch not in run.batches or not fed.name.kind.is_from_bank:
            return failed(f"包名 {fed.name} 的种类、机构代码或者批次号与请求不符", fed.exchange)
    return passed(f"共 {len(run.fed)} 个包")


def _whole_batch(run: FolderPlayed) -> Verdict:
    first: dict[str, Fed] = {}
    for fed in run.fed:
        if fed.name is not None and fed.name.kind is PackageKind.INQUIRY_FEEDBACK:
            first.setdefault(fed.name.batch, fed)
    if not first:
        return not_exercised("没有取到查询反馈包")
    for batch, fed in first.items():
        missing = sorted(set(run.batches.get(batch, [])) - set(fed.numbers))
        if missing:
            return failed(f"反馈时还有 {len(missing)} 个请求没有结果：{'、'.join(missing[:5])}", fed.exchange)
    return passed(f"{len(first)} 个批次")


def _one_by_one(run: FolderPlayed) -> Verdict:
    controls = [fed for fed in run.fed if fed.name and fed.name.kind is PackageKind.CONTROL_FEEDBACK]
    if not controls:
        return not_exercised("没有取到控制反馈包")
    for fed in controls:
        if fed.name and set(fed.numbers) != {fed.name.request_no}:
            return failed("包中的请求单号与包名不一致，应一个请求一个包", fed.exchange)
    return passed(f"{len(controls)} 个包")


def _atomic(run: FolderPlayed) -> Verdict:
    if not run.fed:
        return not_exercised("没有取到反馈包")
    return failed(f"{len(run.torn)} 个包在没有写完时已用正式文件名") if run.torn else passed()


RULES: tuple[Rule, ...] = (
    Rule(id="F-01", says="反馈包和成员文件都可以解读，MD5 相符", place="1.3", judge=readable),
    Rule(id="F-02", says="反馈包名的种类、机构代码、批次号与请求包一致", place="1.3 包名", judge=_named),
    Rule(id="F-03", says="查询反馈在全批请求都有结果之后一次反馈", place="1.1、1.3", judge=_whole_batch),
    Rule(id="F-04", says="控制反馈一个请求一个包，包名带请求单号", place="1.3 KZFK", judge=_one_by_one),
    Rule(id="F-05", says="收到反馈失败回执（CXHZ/QNR）后再次反馈", place="1.3 CXHZ", judge=of_card("shared", sent_again)),
    Rule(id="F-06", says="写完之后才用正式文件名", place="1.3", judge=_atomic, is_advice=True),
    Rule(id="F-07", says="同一批次的请求包再次出现时不重复办理", place="1.3 批次号", judge=nothing_twice),
    *(rule for rule in SHARED_RULES if rule.id not in ("B-33", "B-51")),
)  # fmt: skip
