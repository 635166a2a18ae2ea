"""The judge's packet: opens with the password only; neutral names; wordless password."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
import pyzipper

from zhixing.documents.engine.packet import (
    COVER_NAME,
    PASSWORD_ALPHABET,
    UnsafePacketName,
    WeakPassword,
    make_packet,
    password_new,
    password_spaced,
)

PASSWORD = "ABCD2345EFGH6789"
FILES = {"report-01.pdf": b"%PDF-1.7 one", "accounts.xlsx": b"two" * 5000}


@pytest.mark.skipif(shutil.which("7z") is None, reason="7z is not installed on this machine")
def test_7z_opens_with_the_right_password_only(tmp_path):
    packet = tmp_path / "packet.zip"
    packet.write_bytes(make_packet(FILES, PASSWORD))
    out = tmp_path / "out"
    right = subprocess.run(
        ["7z", "x", f"-p{PASSWORD}", f"-o{out}", str(packet)], capture_output=True, check=False
    )
    assert right.returncode == 0
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.name in FILES} == FILES
    note = (out / COVER_NAME).read_text("utf-8-sig")
    assert "7-Zip" in note
    assert "WinRAR" in note
    for wrong in ("ABCD2345EFGH6788", ""):
        told = subprocess.run(
            ["7z", "x", f"-p{wrong}", f"-o{tmp_path / 'no'}", "-y", str(packet)],
            capture_output=True,
            check=False,
        )
        assert told.returncode != 0


def test_strength_is_aes_256():
    with pyzipper.AESZipFile(io.BytesIO(make_packet(FILES, PASSWORD))) as packet:
        assert {i.wz_aes_strength for i in packet.infolist()} == {3}
        packet.setpassword(b"wrong" * 4)
        with pytest.raises(RuntimeError):
            packet.read("report-01.pdf")


@pytest.mark.parametrize(
    "name",
    ["马立群.pdf", "130930197403150016.pdf", "../x.pdf", "a/b.pdf", "Report.pdf", "noext", ".pdf", "a b.pdf"],
)
def test_names_that_could_tell_something_are_refused(name):
    with pytest.raises(UnsafePacketName, match="文件名不加密"):
        make_packet({name: b""}, PASSWORD)


def test_short_password_is_refused():
    with pytest.raises(WeakPassword, match="16 位"):
        make_packet(FILES, PASSWORD[:-1])


def test_password_has_16_signs_without_look_alikes():
    made = {password_new() for _ in range(50)}
    assert len(made) == 50
    assert {len(p) for p in made} == {16}
    assert not set("".join(made)) & set("01OILUV")
    assert set("".join(made)) <= set(PASSWORD_ALPHABET)
    assert password_spaced(PASSWORD) == "ABCD-2345-EFGH-6789"
