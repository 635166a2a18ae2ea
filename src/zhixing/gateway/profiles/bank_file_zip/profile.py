"""The file format of banks with a front machine: packages of plain attribute XML. See docs/profiles/bank-file-zip.md."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from zhixing.gateway.domain.messages import (
    Body,
    CertificateList,
    ControlFeedback,
    DocumentList,
    FilePackage,
    InquiryFeedback,
    PackageMember,
    RequestList,
    RollbackList,
    request_numbers,
)
from zhixing.gateway.domain.problems import WireProblem, errors_only
from zhixing.gateway.profiles.bank_file_zip.archive import (
    ArchiveLimits,
    archive_read,
    archive_write,
    is_archive,
)
from zhixing.gateway.profiles.bank_file_zip.dialect import GENERATION_2017PLUS
from zhixing.gateway.profiles.bank_file_zip.names import (
    MemberKind,
    PackageKind,
    member_name,
    package_name,
)
from zhixing.gateway.profiles.bank_file_zip.sorting import names_judged, package_of
from zhixing.gateway.profiles.bank_soap_gbk.payload import (
    FEEDBACK_ROOTS,
    REQUEST_ROOTS,
    BankPayload,
)
from zhixing.gateway.profiles.base import Decoded, Encoded
from zhixing.gateway.profiles.context import MOST_PROBLEMS, Dialect
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits, local_name, parse_xml, serialize

Problems = list[WireProblem]
_ANSWERS = {MemberKind.RESULTS, MemberKind.RECEIPTS, MemberKind.REFUSALS, MemberKind.FAILURES}
_ROOTS = {
    "zhxxlist": MemberKind.RESULTS,
    "kzxxlist": MemberKind.RESULTS,
    "hzxxlist": MemberKind.RECEIPTS,
    "htxxlist": MemberKind.REFUSALS,
    "cxqqlist": MemberKind.REQUESTS,
    "kzqqlist": MemberKind.REQUESTS,
}


class BankFileZip:
    """`bank-file-zip`: packages and their members, bytes to canonical bodies and back."""

    name: str = "bank-file-zip"
    charset: str = "utf-8"

    def __init__(self, dialect: Dialect = GENERATION_2017PLUS) -> None:
        self.dialect = dialect
        self.payload = BankPayload(Layer(charset="utf-8", is_base64=False), dialect)

    # --- reading ------------------------------------------------------------------------------------------

    def decode(self, raw: bytes, *, operation: str = "", limits: Limits = DEFAULT_LIMITS) -> Decoded:
        """Read a package, or one member by itself.

        ``operation``: name or kind of the package or of the member, as far as known; ``CXFK/QR000000000001`` reads that
        one member of a package (``tail`` of its name behind the kind).
        """
        if not is_archive(raw):
            return self._decoded_member(raw, operation, limits)
        package, _, member = operation.partition("/")
        wanted = (lambda held: _short(held) == member) if member else None
        contents, problems = archive_read(raw, ArchiveLimits.of(limits), wanted=wanted)
        name = package_of(contents, package)
        problems += names_judged(name, contents, {held: member_name(held) for held in contents})
        if member and not contents and not problems:
            problems.append(_wrong("missing_member", "ZIP", "不含该成员文件的包", member, "核对后重新打包"))
        members = [
            PackageMember(name=held, body=read)
            for held, content in contents.items()
            if (read := self._read(content, held, problems, limits)) is not None
        ]
        kind = str(name.kind) if name else ""
        if name and name.kind.is_inquiry and any(isinstance(part.body, ControlFeedback) for part in members):
            problems.append(
                _wrong("wrong_member", "ZIP", "查询包中的控制结果", "zhxxList 查询结果", "按请求种类分别打包")
            )
        body: Body = FilePackage(name=str(name or ""), members=tuple(members))
        numbers = request_numbers(body)
        if member and len(members) == 1:
            body = members[0].body
        return Decoded(
            operation=f"{kind}/{member}" if member else kind,
            is_reply=name is not None and name.kind not in (PackageKind.INQUIRY, PackageKind.CONTROL),
            body=None if errors_only(problems) or not members else body,
            problems=tuple(_capped(problems)),
            request_numbers=tuple(number for number in numbers if number),
            raw=raw,
        )

    def _decoded_member(self, raw: bytes, operation: str, limits: Limits) -> Decoded:
        problems: Problems = []
        named = member_name(operation)
        asked = named.kind if named else _kind_or_none(operation)
        body = self._read(raw, operation, problems, limits, asked)
        kind = asked or _kind_of_body(body)
        return Decoded(
            operation=str(kind or ""),
            is_reply=kind in _ANSWERS,
            body=None if errors_only(problems) else body,
            problems=tuple(_capped(problems)),
            request_numbers=tuple(number for number in request_numbers(body) if number) if body else (),
            raw=raw,
        )

    def _read(
        self,
        content: bytes,
        where: str,
        problems: Problems,
        limits: Limits,
        asked: MemberKind | None = None,
    ) -> Body | None:
        root = parse_xml(content, limits=limits, where=where)
        if isinstance(root, WireProblem):
            problems.append(root)
            return None
        named = member_name(where)
        kind = asked or (named.kind if named else None) or _kind_of_root(root)
        found: Problems = []
        body = self._body(kind, root, found, where)
        # Damage on the way must be told before anything takes effect: the bank sends the file again.
        problems.extend(
            replace(item, level="error" if item.code == "md5_mismatch" else item.level) for item in found
        )
        return body

    def _body(
        self, kind: MemberKind | None, root: etree._Element, problems: Problems, where: str
    ) -> Body | None:
        match kind:
            case MemberKind.REQUESTS:
                return self.payload.read_requests(root, problems, where)
            case MemberKind.DOCUMENTS:
                return self.payload.read_documents(root, problems)
            case MemberKind.CERTIFICATES:
                return self.payload.read_certificates(root, problems)
        body = self.payload.read_feedback(root, problems, where)
        if body is not None and not _fits(kind, body):
            problems.append(
                _wrong(
                    "wrong_member",
                    where,
                    f"根元素为 {local_name(root)[:40]} 的文件",
                    f"与文件名前缀 {kind} 相符的内容",
                    "按内容命名文件",
                )
            )
        return body

    # --- writing ------------------------------------------------------------------------------------------

    def encode(self, body: Body, *, operation: str = "") -> Encoded:
        """Write a package, or the XML of one member; ``operation`` names the member's kind where two would fit."""
        if isinstance(body, FilePackage):
            return self._packed(body, operation)
        problems: Problems = []
        named = member_name(operation)
        asked = named.kind if named else _kind_or_none(operation)
        if not _kinds_for(body) or (operation and (asked is None or not _fits(asked, body))):
            return Encoded(content=b"", problems=(_cannot_say(body, operation),))
        return Encoded(content=self._written(body, problems), problems=tuple(_capped(problems)))

    def _packed(self, body: FilePackage, operation: str) -> Encoded:
        problems: Problems = []
        name = package_name(body.name or operation)
        if name is None:
            problems.append(_wrong("package_name", "ZIP", "不合规范的包名", PACKAGE_SHAPE, "按规范命名"))
        kinds = {member.name: member_name(member.name) for member in body.members}
        problems += names_judged(name, kinds, kinds)
        written = []
        for member in body.members:
            named = kinds[member.name]
            if named is not None and not _fits(named.kind, member.body):
                problems.append(_cannot_say(member.body, member.name))
            written.append((member.name, self._written(member.body, problems)))
        if len(kinds) < len(written):
            problems.append(
                _wrong("duplicate_member", "ZIP", "重名的成员文件", "每个成员文件名只出现一次", "改名")
            )
        content = b"" if errors_only(problems) else archive_write(written)
        return Encoded(content=content, problems=tuple(_capped(problems)))

    def _written(self, body: Body, problems: Problems) -> bytes:
        root = self.payload.written(body, problems)
        return b"" if root is None or errors_only(problems) else serialize(root)


PACKAGE_SHAPE = (
    "CXQQ、KZQQ、CXFK、KZFK、CXHZ 或 KZHZ，加 17 位机构代码、30 位批次号（KZFK 再加请求单号）和 .zip"
)


def operation_of(name: str, member: str = "") -> str:
    """How a package, or one member of it, is named where messages are kept: ``KZFK``, ``CXFK/QR000000000001``."""
    kind = name[:4]
    return f"{kind}/{_short(member)}" if member else kind


def _short(member: str) -> str:
    named = member_name(member)
    return f"{named.kind}{named.tail}" if named else ""


def _kind_or_none(operation: str) -> MemberKind | None:
    return MemberKind(operation) if operation in MemberKind.__members__.values() else None


def _kind_of_root(root: etree._Element) -> MemberKind | None:
    """What a file of unknown name is, by its root, else by the marks of its rows."""
    name = local_name(root).lower()
    if name in REQUEST_ROOTS or name in FEEDBACK_ROOTS:
        return _ROOTS.get(name)
    codes = {code.upper() for row in root.iter() for code in row.attrib}
    if codes & {"GZZBM", "GWZBM", "GZZ", "GWZ"}:
        return MemberKind.CERTIFICATES
    return MemberKind.DOCUMENTS if codes & {"WSNR", "WSBH"} else None


def _kinds_for(body: Body | None) -> tuple[MemberKind, ...]:
    """The kinds of members that carry a body, the usual one first."""
    match body:
        case RequestList():
            return (MemberKind.REQUESTS,)
        case DocumentList():
            return (MemberKind.DOCUMENTS,)
        case CertificateList():
            return (MemberKind.CERTIFICATES,)
        case ControlFeedback(results=()):
            return (MemberKind.RECEIPTS, MemberKind.RESULTS)
        case InquiryFeedback() | ControlFeedback():
            return (MemberKind.RESULTS,)
        case RollbackList():
            return (MemberKind.REFUSALS, MemberKind.FAILURES)
    return ()


def _kind_of_body(body: Body | None) -> MemberKind | None:
    return next(iter(_kinds_for(body)), None)


def _fits(kind: MemberKind | None, body: Body) -> bool:
    return kind is None or kind in _kinds_for(body)


def _capped(problems: Problems) -> Iterable[WireProblem]:
    """The first fifty, errors before warnings where there are more: nobody reads on, and one error decides."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    return sorted(problems, key=lambda item: item.level != "error")[:MOST_PROBLEMS]


def _cannot_say(body: Body, where: str) -> WireProblem:
    kinds = "、".join(_kinds_for(body)) or "QA、QI、QC、QR、QRI、QNA、QNR 所能表达的报文"
    return _wrong("cannot_say", where or "ZIP", type(body).__name__, kinds, "改用与内容相符的文件")


def _wrong(code: str, where: str, came: str, expected: str, mend: str) -> WireProblem:
    return WireProblem(code=code, where=where, came=came, expected=expected, mend=mend)
