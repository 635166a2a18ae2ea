"""The encrypted packet in which a judge receives results: AES-256 ZIP, opened with 7-Zip or WinRAR."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

import pyzipper

from zhixing.documents.domain.problems import DocumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

# No 0 O, no 1 I L, no U V: what is read aloud or copied by hand must not be mistaken.
PASSWORD_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"
PASSWORD_LENGTH = 16
COVER_NAME = "说明.txt"

COVER_NOTE = """本压缩包由人民法院执行案件系统生成，内容已用 AES-256 加密。

一、打开方法：用 7-Zip（19.00 以上）或者 WinRAR（5.0 以上）打开，输入密码。
    Windows 自带的“提取全部”不能打开这种压缩包，会提示错误，这不是文件损坏。
二、密码共 16 位，由大写字母和数字组成，中间的短横线不用输入；其中没有容易混淆的 0、1、I、L、O、U、V。
三、密码另行发送，不要与本压缩包一起保存或者转发。
四、内容仅用于本案执行，不得泄露。用完后请删除解压出的文件。
"""


class UnsafePacketName(DocumentError):
    """压缩包内的文件名不合格。"""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"压缩包内的文件名“{name}”不合格：文件名不加密，只能用 report-01.pdf 这样的中性名称"
            "（小写字母、数字、短横线和一个扩展名）。"
        )


class WeakPassword(DocumentError):
    """压缩包密码太短。"""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"压缩包密码只有 {length} 位，至少需要 {PASSWORD_LENGTH} 位。请用 password_new 生成。"
        )


def password_new() -> str:
    """A random password of 16 signs without look-alikes (about 77 bits)."""
    return "".join(secrets.choice(PASSWORD_ALPHABET) for _ in range(PASSWORD_LENGTH))


def password_spaced(password: str) -> str:
    """For reading on a phone: XXXX-XXXX-XXXX-XXXX."""
    return "-".join(password[i : i + 4] for i in range(0, len(password), 4))


def make_packet(files: Mapping[str, bytes], password: str) -> bytes:
    """One encrypted ZIP with a cover note.

    Args:
        files: neutral name → content, in the order of the packet. ZIP does not encrypt names, so a name that could
            carry a person or a case (anything but small letters, digits, hyphens) is refused.
        password: at least 16 signs.
    Returns: the ZIP; its bytes differ at each call (random salts). The cover note is encrypted too.
    Raises: UnsafePacketName, WeakPassword.
    """
    if len(password) < PASSWORD_LENGTH:
        raise WeakPassword(len(password))
    for name in files:
        if not _is_neutral(name):
            raise UnsafePacketName(name)
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    ) as packet:
        packet.setpassword(password.encode())
        packet.setencryption(pyzipper.WZ_AES, nbits=256)
        packet.writestr(COVER_NAME, COVER_NOTE.encode("utf-8-sig"))
        for name, content in files.items():
            packet.writestr(name, content)
    return out.getvalue()


def _is_neutral(name: str) -> bool:
    stem, dot, extension = name.partition(".")
    allowed = set("abcdefghijklmnopqrstuvwxyz0123456789-")
    # Nine digits in a row may be part of an identity or account number.
    longest = max(map(len, "".join(c if c.isdigit() else " " for c in stem).split()), default=0)
    return (
        bool(dot and stem)
        and extension.isalnum()
        and extension.isascii()
        and set(stem) <= allowed
        and longest < 9
    )
