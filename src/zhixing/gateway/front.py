"""Visits to front machines: packages out, feedback in, receipts for what could not be processed.

Order of saving, so that a death at any point neither loses nor doubles: a package is built in the transaction that takes
its orders, written to the front machine, then marked delivered; death in between writes the same bytes under the same name
again, which an agency knows by its batch number. Feedback is claimed by moving it, taken in one transaction, answered
by a receipt if need be, then removed; death in between takes it again, which changes nothing, and writes the same receipt.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db.models import F

from zhixing.gateway.adapters.front_machine import (
    ASIDE,
    DOWNLOAD,
    TAKEN,
    UPLOAD,
    FoundFile,
    FrontMachine,
    FrontMachineFault,
    machine_open,
    place_of,
)
from zhixing.gateway.agencies import agency_seen, secrets_holding
from zhixing.gateway.batches import PROFILE, packages_build
from zhixing.gateway.feedback_files import Verdict, package_take, receipt_package
from zhixing.gateway.inbox import MOST_BYTES
from zhixing.gateway.models import Agency, Order, OrderState, Package, PackageState, SecretKind
from zhixing.gateway.outbound import sent_record
from zhixing.gateway.pace import call_failed, call_succeeded, circuit_closed
from zhixing.gateway.profiles.bank_file_zip.archive import is_whole
from zhixing.gateway.profiles.bank_file_zip.names import PackageKind, PackageName, package_name
from zhixing.gateway.profiles.registry import wire_get
from zhixing.platform import files, scope
from zhixing.platform.crashpoints import crash_here
from zhixing.platform.crypto import keyring

log = structlog.get_logger()
RULE = "gateway.front_machine"
# What writers call a file they have not finished.
UNFINISHED = (".tmp", ".part", ".filepart", ".writing", ".uploading", ".swp", ".crdownload")
# A package that is not whole and does not grow any more for so long was left half written.
HALF_SECONDS = 60.0
MOST_A_VISIT = 50
# First sight of each half package by this process: agency, name, size and time stamp.
_half: dict[tuple[str, str, int, float], float] = {}


@dataclass(slots=True)
class Visited:
    """What one visit did."""

    delivered: int = 0
    taken: int = 0
    repeated: int = 0
    refused: int = 0
    aside: int = 0
    fault: str = ""


def agencies_with_files() -> list[str]:
    """Codes of active agencies that exchange packages, whose front machine is known."""
    with scope.system(RULE):
        rows = Agency.objects.filter(profile=PROFILE, is_active=True).exclude(endpoint="")
        return list(rows.values_list("code", flat=True))


def visit(code: str, *, moment: datetime) -> Visited:
    """Build, deliver, collect. Faults of the front machine are counted and told, never raised.

    Call it outside any transaction: what is written to a front machine cannot be rolled back, so each step commits first.
    """
    visited = Visited()
    with scope.system(RULE):
        agency = Agency.objects.filter(pk=code, is_active=True, profile=PROFILE).exclude(endpoint="").first()
        if agency is None or not circuit_closed(agency, moment):
            return visited
        packages_build(agency, moment=moment)
        secret = _secret(agency, moment)
    try:
        place = place_of(agency.endpoint, agency.settings, code=agency.code)
        with machine_open(place, secret) as machine:
            _deliver(machine, agency, moment, visited)
            _collect(machine, agency, moment, visited)
    except FrontMachineFault as fault:
        visited.fault = str(fault)
        log.warning("front_machine", agency=agency.code, fault=visited.fault)
    with scope.system(RULE):
        call_failed(agency, moment) if visited.fault else call_succeeded(agency, moment)
        if visited.taken or visited.repeated:
            agency_seen(agency, moment)
    return visited


def _secret(agency: Agency, moment: datetime) -> str:
    """Password or key by which the court may enter; "" when none is kept."""
    row = secrets_holding(agency, SecretKind.OUTGOING, moment=moment).first()
    return keyring().unwrap(bytes(row.sealed or b""), agency.code.encode()).decode() if row else ""


# --- out ------------------------------------------------------------------------------------------------------


def _deliver(machine: FrontMachine, agency: Agency, moment: datetime, visited: Visited) -> None:
    with scope.system(RULE):
        waiting = list(
            Package.objects.filter(agency=agency, state=PackageState.BUILT).order_by("built_at")[
                :MOST_A_VISIT
            ]
        )
        # Counted before the try: a death in it counts as well.
        Package.objects.filter(pk__in=[row.pk for row in waiting]).update(attempts=F("attempts") + 1)
    for package in waiting:
        content = files.get(package.sha256)
        crash_here("front.package.opened")
        machine.write(DOWNLOAD, package.name, content)
        crash_here("front.package.written")
        with scope.system(RULE):
            _delivered(package, content, moment)
        crash_here("front.package.delivered")
        visited.delivered += 1


def _delivered(package: Package, content: bytes, moment: datetime) -> None:
    """The agency has the orders from now: its 24 hours start (NIC-20), papers came along."""
    is_first = Package.objects.filter(pk=package.pk, state=PackageState.BUILT).update(
        state=PackageState.DELIVERED, delivered_at=moment
    )
    if not is_first:
        return
    orders = Order.objects.filter(package=package, state=OrderState.LISTED)
    numbers = list(orders.order_by("request_no").values_list("request_no", flat=True))
    orders.update(state=OrderState.FETCHED, listed_at=moment, fetched_at=moment)
    sent_record(package.agency, PROFILE, package.name[:4], numbers, content, moment=moment)


# --- in -------------------------------------------------------------------------------------------------------


def _collect(machine: FrontMachine, agency: Agency, moment: datetime, visited: Visited) -> None:
    """First what an earlier visit claimed and did not settle, then what lies in the upload folder."""
    claimed = machine.found(TAKEN)
    faults: dict[str, FrontMachineFault] = {}
    done = 0
    for folder, found in [
        *((TAKEN, row) for row in claimed),
        *((UPLOAD, row) for row in machine.found(UPLOAD)),
    ]:
        # A claimed package that could not be settled yet must not be overwritten by the next of its name.
        if found.name in faults or done >= MOST_A_VISIT:
            continue
        try:
            done += _one(machine, agency, folder, found, moment, visited)
        except FrontMachineFault as fault:
            # One file that may not be read must not hold up the others.
            faults[found.name] = fault
            log.warning("front_machine_file", agency=agency.code, folder=folder, fault=str(fault))
    if faults and not done:
        raise next(iter(faults.values()))


def _one(
    machine: FrontMachine, agency: Agency, folder: str, found: FoundFile, moment: datetime, visited: Visited
) -> bool:
    """Deal with one file. Whether it is dealt with; one that is still being written is not."""
    if folder == TAKEN:
        _settle(machine, agency, found.name, moment, visited)
        return True
    if found.name.startswith((".", "~")) or found.name.lower().endswith(UNFINISHED):
        return False
    if reason := _foreign(agency, found):
        _set_aside(machine, agency, found.name, UPLOAD, reason, visited)
        return True
    if not _is_ready(machine, agency, found):
        return False
    machine.move(found.name, UPLOAD, TAKEN)
    crash_here("front.feedback.claimed")
    _settle(machine, agency, found.name, moment, visited)
    return True


def _foreign(agency: Agency, found: FoundFile) -> str:
    """Why a file is none that this agency should send; "" when it may be."""
    name = package_name(found.name)
    if name is None:
        return "文件名不合规范，应为 CXFK 或 KZFK 加 17 位机构代码、30 位批次号（KZFK 再加请求单号）和 .zip。"
    if not name.kind.is_from_bank:
        return f"{name.kind} 包由法院发出，协助单位应上传 CXFK 或 KZFK 包。"
    if name.bank != agency.code:
        return "包名中的机构代码与本目录的机构不符。"
    if found.size > MOST_BYTES:
        return f"文件有 {found.size} 字节，应不超过 {MOST_BYTES} 字节，请拆分后重新上传。"
    return ""


def _is_ready(machine: FrontMachine, agency: Agency, found: FoundFile) -> bool:
    """Whether a package is whole. A half one waits, until nobody has written to it for a minute; then it is told."""
    key = (agency.code, found.name, found.size, found.changed)
    if is_whole(machine.read(UPLOAD, found.name, most=MOST_BYTES + 1)):
        _half.pop(key, None)
        return True
    seen = _half.setdefault(key, time.monotonic())
    if len(_half) > MOST_A_VISIT * 20:
        _half.clear()
    if time.monotonic() - seen < float(agency.settings.get("half_seconds", HALF_SECONDS)):
        return False
    _half.pop(key, None)
    return True


def _settle(
    machine: FrontMachine, agency: Agency, file_name: str, moment: datetime, visited: Visited
) -> None:
    """Take one claimed package, write a receipt if need be, remove it: its bytes are in the file store."""
    name = package_name(file_name)
    if name is None:
        _set_aside(machine, agency, file_name, TAKEN, "文件名不合规范。", visited)
        return
    raw = machine.read(TAKEN, file_name, most=MOST_BYTES + 1)
    with scope.system(RULE):
        verdict = package_take(agency, name, raw, moment=moment)
    crash_here("front.feedback.kept")
    visited.taken += verdict.accepted
    visited.repeated += verdict.repeated
    if verdict.refused:
        _receipt(machine, agency, name, verdict, moment)
        visited.refused += len(verdict.refused)
    crash_here("front.receipt.written")
    machine.remove(TAKEN, file_name)


def _receipt(
    machine: FrontMachine, agency: Agency, name: PackageName, verdict: Verdict, moment: datetime
) -> None:
    written = wire_get(agency.profile, agency.dialect).encode(receipt_package(name, verdict.refused))
    if written.errors:
        log.error("receipt_unsayable", agency=agency.code, codes=[item.code for item in written.errors][:5])
        return
    receipt = str(name.receipt)
    machine.write(DOWNLOAD, receipt, written.content)
    numbers = [told.request_no for told in verdict.refused]
    with scope.system(RULE):
        sent_record(agency, PROFILE, receipt[:4], numbers, written.content, moment=moment)


def _set_aside(
    machine: FrontMachine, agency: Agency, name: str, folder: str, reason: str, visited: Visited
) -> None:
    """Move what cannot be used where people look, with the reason in a file beside it."""
    machine.write(ASIDE, f"{name[:120]}.reason.txt", f"{reason}\n".encode())
    machine.move(name, folder, ASIDE)
    visited.aside += 1
    log.info(
        "file_set_aside", agency=agency.code, kind=name[:4] if name[:4] in list(PackageKind) else "other"
    )
