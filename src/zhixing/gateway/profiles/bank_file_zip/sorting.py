"""Whether the names of a package and of its members belong together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.bank_file_zip.names import (
    MEMBERS_OF,
    MemberKind,
    MemberName,
    PackageKind,
    PackageName,
    member_name,
    package_name,
)


def package_of(contents: Mapping[str, bytes], told: str) -> PackageName | None:
    """The package's name: as told, else worked out from its members and the kind that was told.

    A file upload or a kept copy has lost its name; bank, batch and request stand in every member's name.
    """
    if named := package_name(told):
        return named
    members = [named for name in contents if (named := member_name(name))]
    if not members:
        return None
    kind = PackageKind(told) if told in PackageKind.__members__.values() else _kind_of(members, contents)
    first = members[0]
    request_no = first.tail if kind is PackageKind.CONTROL_FEEDBACK else ""
    return PackageName(kind=kind, bank=first.bank, batch=first.batch, request_no=request_no)


def _kind_of(members: list[MemberName], contents: Mapping[str, bytes]) -> PackageKind:
    kinds = {member.kind for member in members}
    if MemberKind.REQUESTS in kinds:
        is_control = any(b"kzqqlist" in content[:400].lower() for content in contents.values())
        return PackageKind.CONTROL if is_control else PackageKind.INQUIRY
    if kinds == {MemberKind.FAILURES}:
        return PackageKind.INQUIRY_RECEIPT
    # The results of an inquiry are numbered with twelve digits, its refusals bear no number at all.
    is_control = MemberKind.RECEIPTS in kinds or any(len(member.tail) not in (0, 12) for member in members)
    return PackageKind.CONTROL_FEEDBACK if is_control else PackageKind.INQUIRY_FEEDBACK


def names_judged(
    package: PackageName | None, names: Iterable[str], kinds: Mapping[str, MemberName | None]
) -> list[WireProblem]:
    """What is wrong with the names of members; each sort of fault once."""
    names = list(names)
    if package is None:
        return [_wrong("member_name", "不合规范的成员文件名", _SHAPE, "按规范命名成员文件")] if names else []
    return list(_faults(package, names, kinds))


def _faults(
    package: PackageName, names: list[str], kinds: Mapping[str, MemberName | None]
) -> Iterator[WireProblem]:
    members = [named for name in names if (named := kinds[name])]
    if len(members) < len(names):
        yield _wrong("member_name", "不合规范的成员文件名", _SHAPE, "按规范命名成员文件")
    allowed = MEMBERS_OF[package.kind]
    if any(member.kind not in allowed for member in members):
        yield _wrong(
            "foreign_member",
            f"{package.kind} 包中不应有的成员文件",
            f"{package.kind} 包只含 {'、'.join(allowed)}",
            "把文件放入相应的包",
        )
    if any((member.bank, member.batch) != (package.bank, package.batch) for member in members):
        yield _wrong(
            "other_batch",
            "成员文件名中另一机构或另一批次的编号",
            "与包名相同的机构代码和批次号",
            "核对后重新打包",
        )
    if package.request_no and any(member.tail not in ("", package.request_no) for member in members):
        yield _wrong("other_request", "成员文件名中另一请求单号", "与包名相同的请求单号", "核对后重新打包")
    is_order = package.kind in (PackageKind.INQUIRY, PackageKind.CONTROL)
    if is_order and names and MemberKind.REQUESTS not in {member.kind for member in members}:
        yield _wrong("missing_member", "没有 QA 文件的包", "含 QA 请求文件的包", "补充请求文件后重新打包")


_SHAPE = "QA、QI、QC、QR、QRI、QNA 或 QNR，加 17 位机构代码、30 位批次号及序号或请求单号和 .xml"


def _wrong(code: str, came: str, expected: str, mend: str) -> WireProblem:
    return WireProblem(code=code, where="ZIP", came=came, expected=expected, mend=mend)
