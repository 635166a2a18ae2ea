"""ZIP files from outside, read so that they can do no harm; and written so that equal content gives equal bytes."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.profiles.safe_xml import DEFAULT_LIMITS, Limits

_ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"
_END_SIZE, _LONGEST_COMMENT = 22, 65535
_STAMP = (1980, 1, 1, 0, 0, 0)
_FAULTS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
    struct.error, IndexError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much of a ZIP file is read at all.

    Attributes:
        max_bytes: largest file.
        most_members: most entries.
        member_bytes: largest member, unpacked.
        total_bytes: all members together, unpacked.
        most_ratio: a member that unpacks to more than so many times its packed size, and is not small, is a bomb.
            Attribute XML of a large batch shrinks to about a fortieth.
    """

    max_bytes: int
    most_members: int = 5000
    member_bytes: int = 32 * 1024 * 1024
    total_bytes: int = 96 * 1024 * 1024
    most_ratio: int = 200

    @classmethod
    def of(cls, limits: Limits) -> ArchiveLimits:
        """Limits of an archive whose file keeps the limit of a message."""
        if limits is DEFAULT_LIMITS:
            return cls(max_bytes=32 * 1024 * 1024)
        return cls(max_bytes=limits.max_bytes)


_SMALL = 1024 * 1024


def is_archive(raw: bytes) -> bool:
    """Whether bytes begin as a ZIP file does."""
    return raw[:4] in (b"PK\x03\x04", _END)


def is_whole(raw: bytes) -> bool:
    """Whether the directory that a writer puts at the very end of a ZIP file is there, with all that it lists.

    A file that is still being written fails: neither its size nor its age need to be trusted.
    """
    end = raw.rfind(_END, max(0, len(raw) - _END_SIZE - _LONGEST_COMMENT))
    if end < 0 or len(raw) < end + _END_SIZE:
        return False
    (comment,) = struct.unpack_from("<H", raw, end + 20)
    if len(raw) < end + _END_SIZE + comment:
        return False
    size, start = struct.unpack_from("<II", raw, end + 12)
    return start + size <= end


def archive_read(
    raw: bytes, limits: ArchiveLimits, *, wanted: Callable[[str], bool] | None = None
) -> tuple[dict[str, bytes], list[WireProblem]]:
    """Members by name, in their order, and what is wrong. With any problem nothing of the file may be used.

    Args:
        wanted: which members to unpack; None for all.
    """
    if len(raw) > limits.max_bytes:
        return {}, [_too_large(f"{len(raw)} 字节的压缩包", f"不超过 {limits.max_bytes} 字节")]
    # Counted in the bytes, because a list of a million entries would fill memory before anybody could count it.
    if raw.count(_ENTRY) > limits.most_members * 2:
        return {}, [_too_many(limits)]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            problems = list(_judged(packed.infolist(), limits))
            return ({}, problems) if problems else _unpacked(packed, limits, wanted)
    except _FAULTS:
        return {}, [not_archive()]


def archive_write(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP file. Time stamps are fixed, so that a package built again after a crash is the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            # Pictures in Base64 shrink no more at higher levels, and they are most of a package.
            packed.writestr(info, content, compresslevel=1)
    return out.getvalue()


def _judged(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> Iterator[WireProblem]:
    """What the directory alone shows to be wrong; the first of each sort is told."""
    if len(entries) > limits.most_members:
        yield _too_many(limits)
        return
    if not entries:
        yield _wrong("empty_package", "没有成员文件的压缩包", "至少一个 XML 成员文件", "重新打包")
    names = [entry.orig_filename for entry in entries]
    if len({name.upper() for name in names}) < len(names):
        yield _wrong(
            "duplicate_member", "成员文件重名的压缩包", "每个成员文件名只出现一次", "去掉重名文件后重新打包"
        )
    if any(_leads_outside(name) for name in names):
        yield _wrong(
            "member_path",
            "带有路径的成员文件名",
            "不含目录、斜杠和“..”的文件名",
            "把文件直接放在压缩包根目录下",
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        yield _wrong("encrypted", "加密的压缩包", "不加密的压缩包", "去掉压缩包口令后重新打包")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        yield _wrong(
            "compression", "用其他算法压缩的成员文件", "存储或 Deflate 压缩", "改用标准 ZIP 压缩后重新打包"
        )
    if any(entry.file_size > limits.member_bytes for entry in entries):
        yield _too_large("解压后过大的成员文件", f"解压后不超过 {limits.member_bytes} 字节")
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        yield _too_large("解压后总量过大的压缩包", f"解压后共不超过 {limits.total_bytes} 字节")
    if any(
        entry.file_size > _SMALL and entry.file_size > entry.compress_size * limits.most_ratio
        for entry in entries
    ):
        yield _bomb(limits)


def _leads_outside(name: str) -> bool:
    return not name or any(mark in name for mark in ("/", "\\", "..", ":", "\0"))


def _unpacked(
    packed: zipfile.ZipFile, limits: ArchiveLimits, wanted: Callable[[str], bool] | None
) -> tuple[dict[str, bytes], list[WireProblem]]:
    """The members. Sizes in the directory may lie, so the bytes that really come are counted."""
    members: dict[str, bytes] = {}
    left = limits.total_bytes
    for entry in packed.infolist():
        if wanted is not None and not wanted(entry.orig_filename):
            continue
        most = min(left, limits.member_bytes)
        with packed.open(entry) as opened:
            content = opened.read(most + 1)
        if len(content) > most:
            return {}, [_too_large("解压后过大的压缩包", f"解压后共不超过 {limits.total_bytes} 字节")]
        if len(content) > _SMALL and len(content) > max(1, entry.compress_size) * limits.most_ratio:
            return {}, [_bomb(limits)]
        if is_archive(content):
            nested = _wrong(
                "nested", "压缩包中的压缩包", "直接装有 XML 文件的压缩包", "去掉里层压缩包后重新打包"
            )
            return {}, [nested]
        members[entry.orig_filename] = content
        left -= len(content)
    return members, []


def not_archive() -> WireProblem:
    """The bytes are no ZIP file, or not all of one."""
    return _wrong(
        "not_archive",
        "无法解开的压缩包（不是 ZIP、不完整或校验不符）",
        "完整的 ZIP 文件",
        "检查文件是否传输完整后重新发送",
    )


def _too_many(limits: ArchiveLimits) -> WireProblem:
    return _wrong(
        "too_many_members",
        "成员文件过多的压缩包",
        f"不超过 {limits.most_members} 个成员文件",
        "拆成几个批次发送",
    )


def _bomb(limits: ArchiveLimits) -> WireProblem:
    return _wrong(
        "archive_bomb",
        "压缩比异常的成员文件",
        f"压缩比不超过 {limits.most_ratio} 的报文",
        "检查文件内容后重新打包",
    )


def _too_large(came: str, expected: str) -> WireProblem:
    return _wrong("too_large", came, expected, "拆成几个批次发送")


def _wrong(code: str, came: str, expected: str, mend: str) -> WireProblem:
    return WireProblem(code=code, where="ZIP", came=came, expected=expected, mend=mend)
