"""Packages that banks send back: judged whole, taken once, and answered by a receipt where they cannot be processed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhixing.gateway import inbox
from zhixing.gateway.domain.canonical import Rollback
from zhixing.gateway.domain.messages import (
    Body,
    ControlFeedback,
    FilePackage,
    PackageMember,
    RollbackList,
    request_numbers,
)
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.inbox_batch import Share, messages_take
from zhixing.gateway.models import Agency, Inbound, Order, OrderKind, Outcome, Package, PackageState
from zhixing.gateway.profiles.bank_file_zip.names import MemberKind, PackageName
from zhixing.gateway.profiles.bank_file_zip.profile import operation_of
from zhixing.gateway.profiles.base import Decoded
from zhixing.gateway.profiles.registry import wire_get
from zhixing.platform.crashpoints import crash_after_commit, crash_here

FINE = (Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.PROCESSED)
_MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a package; ``refused`` says which requests could not be processed, and why."""

    accepted: int = 0
    repeated: int = 0
    refused: tuple[Rollback, ...] = ()


def package_take(agency: Agency, name: PackageName, raw: bytes, *, moment: datetime) -> Verdict:
    """Take one package of feedback. All of it in one transaction; the same package again changes nothing.

    Nothing takes effect of a package that is damaged, or that answers only a part of its batch. In a sound one each
    request is judged by itself. Runs under the system's scope.
    """
    wire = wire_get(agency.profile, agency.dialect)
    read = wire.decode(raw, operation=str(name), limits=inbox.LIMITS)
    kind = OrderKind.INQUIRY if name.kind.is_inquiry else OrderKind.CONTROL
    with transaction.atomic():
        package = (
            Package.objects.select_for_update().filter(batch_no=name.batch, agency=agency, kind=kind).first()
        )
        orders = (
            {order.request_no: order for order in Order.objects.filter(package=package)} if package else {}
        )
        faults = read.errors or tuple(_incomplete(read, name, package, orders))
        if faults or read.body is None:
            return _refuse(agency, name, raw, faults, orders, read, moment)
        messages = messages_take(
            agency=agency,
            profile_name=agency.profile,
            raw=raw,
            kind=kind,
            shares=_shares(read.body, read, kind, name),
            among=set(orders),
            moment=moment,
        )
        _settle(package)
        crash_here(f"files.{kind}.kept")
    crash_after_commit(f"files.{kind}.committed")
    return _verdict(messages)


def _incomplete(
    read: Decoded, name: PackageName, package: Package | None, orders: dict[str, Order]
) -> list[WireProblem]:
    """Why a readable package may not be processed yet."""
    if package is None:
        return [
            _problem(
                "unknown_batch", "没有发给贵单位的批次号", "法院所发请求包的批次号", "核对包名中的批次号"
            )
        ]
    told = set(read.request_numbers)
    if name.request_no:
        if told - {name.request_no}:
            other = _problem(
                "other_request", "包内另一请求单号的记录", "只含包名所载请求单号的记录", "按请求单号分别打包"
            )
            return [other]
        parts = read.body.members if isinstance(read.body, FilePackage) else ()
        if not any(isinstance(part.body, RollbackList) or _has_results(part.body) for part in parts):
            half = _problem(
                "half_package", "没有控制结果的包", "QR 结果或 QNA 回退", "补充结果文件后重新打包"
            )
            return [half]
        return []
    missing = [
        number for number, order in orders.items() if order.state in inbox.OPEN_STATES and number not in told
    ]
    if missing:
        return [
            _problem(
                "incomplete_batch",
                f"批次中 {len(missing)} 个请求单号没有反馈的包",
                "整批请求全部查询完成后的一个包",
                "待全部请求有结果后重新打包",
            )
        ]
    return []


def _has_results(body: Body) -> bool:
    return isinstance(body, ControlFeedback) and bool(body.results)


def _problem(code: str, came: str, expected: str, mend: str) -> WireProblem:
    return WireProblem(code=code, where="ZIP", came=came, expected=expected, mend=mend)


def _shares(body: Body, read: Decoded, kind: str, name: PackageName) -> list[Share]:
    """The share of each request, and the member where it alone can be read again."""
    members = body.members if isinstance(body, FilePackage) else ()
    places: dict[str, list[PackageMember]] = {}
    for member in members:
        for number in request_numbers(member.body):
            places.setdefault(number, []).append(member)
    shares = []
    for number in read.request_numbers:
        found = places[number]
        is_alone = kind == OrderKind.INQUIRY and len(found) == 1
        content = inbox.part_of(FilePackage(members=tuple(found)), number, kind)
        operation = operation_of(str(name), found[0].name if is_alone else "")
        shares.append(Share(request_no=number, operation=operation, content=content))
    return shares


def _settle(package: Package | None) -> None:
    """A package whose orders are all answered needs nothing more."""
    if package is None:
        return
    if not Order.objects.filter(package=package, state__in=inbox.OPEN_STATES).exists():
        package.state = PackageState.ANSWERED
        package.save(update_fields=["state"])


def _refuse(
    agency: Agency,
    name: PackageName,
    raw: bytes,
    faults: tuple[WireProblem, ...],
    orders: dict[str, Order],
    read: Decoded,
    moment: datetime,
) -> Verdict:
    """Keep the package for review and say for each request it should have answered why it was not processed."""
    inbox.message_take(
        agency=agency,
        profile_name=agency.profile,
        operation=operation_of(str(name)),
        request_no=name.request_no or name.batch,
        raw=raw,
        kind="",
        moment=moment,
        fault="；".join(dict.fromkeys(problem.code for problem in faults)) or "empty_package",
    )
    sentences = "".join(problem.sentence for problem in faults[:_MOST_SENTENCES])
    waiting = [number for number, order in orders.items() if order.state in inbox.OPEN_STATES]
    numbers = [name.request_no] if name.request_no else waiting or list(read.request_numbers)
    return Verdict(refused=tuple(_told(number, sentences) for number in numbers))


def _verdict(messages: dict[str, Inbound]) -> Verdict:
    outcomes = [message.outcome for message in messages.values()]
    return Verdict(
        accepted=outcomes.count(Outcome.ACCEPTED),
        repeated=outcomes.count(Outcome.DUPLICATE),
        refused=tuple(
            _told(number, f"{message.problem}。")
            for number, message in messages.items()
            if message.outcome not in FINE
        ),
    )


def _told(number: str, reason: str) -> Rollback:
    return Rollback(request_no=number, reason=reason[:300], note="原文已留存待核")


def receipt_package(name: PackageName, refused: tuple[Rollback, ...]) -> FilePackage:
    """The receipt for a package that could not be processed, or not all of it."""
    receipt = name.receipt
    member = PackageMember(name=receipt.member(MemberKind.FAILURES), body=RollbackList(rollbacks=refused))
    return FilePackage(name=str(receipt), members=(member,))
