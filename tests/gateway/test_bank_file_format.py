"""Packages of the front machine: names, members, and archives that must not be trusted."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from zhixing.gateway.domain.canonical import (
    Card,
    CertificateEntry,
    ControlResult,
    InquiryResult,
    LegalDocument,
    Officer,
    Outcome,
    ReceiptDocument,
    Request,
    RequestKind,
    Rollback,
    Subject,
)
from zhixing.gateway.domain.messages import (
    AckList,
    CertificateList,
    ControlFeedback,
    DocumentList,
    FilePackage,
    InquiryFeedback,
    PackageMember,
    RequestList,
    RollbackList,
)
from zhixing.gateway.domain.storage import canonical_json, from_json
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.profiles.bank_file_zip.archive import (
    ArchiveLimits,
    archive_read,
    archive_write,
    is_whole,
)
from zhixing.gateway.profiles.bank_file_zip.names import PackageKind, member_name, package_name
from zhixing.gateway.profiles.bank_soap_gbk.codes import RESULT
from zhixing.gateway.profiles.registry import wire_get

BANK = "C1040313000093001"
BATCH = "202611240930001234567890123456"
NUMBER, OTHER = "20261124130930000001", "20261124130930000002"
TAIL = BANK + BATCH
PDF = b"%PDF-1.7 invented"
WIRE = wire_get("bank-file-zip")

LIST = RequestList(
    kind=RequestKind.INQUIRY,
    requests=(Request(request_no=NUMBER, subject=Subject(name="郑小㐂", id_no="130930199001010010")),),
)
PAPERS = DocumentList(documents=(LegalDocument(document_no="（2026）冀0930执1号", seq="1", content=PDF),))
CARDS = CertificateList(
    entries=(
        CertificateEntry(
            request_no=NUMBER, seq="1", officer=Officer(work_card=Card(number="冀1", image=b"\x89PNG"))
        ),
    )
)
NOTHING = InquiryFeedback(results=(InquiryResult(request_no=NUMBER, outcome=Outcome.NOT_FOUND),))
FROZEN = ControlFeedback(results=(ControlResult(request_no=NUMBER, item_seq="1", outcome=Coded.of("done")),))
RECEIPT = ControlFeedback(
    receipts=(ReceiptDocument(request_no=NUMBER, name="回执", file_type="pdf", category="回执", content=PDF),)
)
REFUSED = RollbackList(
    rollbacks=(Rollback(request_no=OTHER, reason="无法律文书", contact="柜员", phone="0317-1"),)
)
PACKAGES = {
    "CXQQ": (("QA", LIST), ("QI", PAPERS), ("QC", CARDS)),
    "KZQQ": (("QA", replace(LIST, kind=RequestKind.CONTROL)), ("QI", PAPERS), ("QC", CARDS)),
    "CXFK": (("QR", NOTHING), ("QNA", REFUSED)),
    "KZFK": (("QR", FROZEN), ("QRI", RECEIPT), ("QNA", replace(REFUSED))),
    "CXHZ": (("QNR", REFUSED),),
    "KZHZ": (("QNR", REFUSED),),
}


def package(kind: str) -> FilePackage:
    """A package of one kind, named by the rules of the format, by hand."""
    request = NUMBER if kind == "KZFK" else ""
    tails = {"QR": "000000000001"} if kind == "CXFK" else {}
    members = tuple(
        PackageMember(name=f"{part}{TAIL}{tails.get(part, request)}.xml", body=body)
        for part, body in PACKAGES[kind]
    )
    return FilePackage(name=f"{kind}{TAIL}{request}.zip", members=members)


def zipped(*members: tuple[str, bytes], **more: int) -> bytes:
    """A ZIP made by the standard library alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("kind", PACKAGES)
@pytest.mark.parametrize("told", ["name", "kind"])
def test_each_package_there_and_back(kind: str, told: str) -> None:
    sent = package(kind)
    written = WIRE.encode(sent)
    assert written.problems == ()
    read = WIRE.decode(written.content, operation=sent.name if told == "name" else kind)
    assert read.errors == ()
    assert isinstance(read.body, FilePackage)
    assert (read.operation, read.body.name) == (kind, sent.name)
    assert [member.name for member in read.body.members] == [member.name for member in sent.members]
    assert read.is_reply == (kind not in ("CXQQ", "KZQQ"))
    again = WIRE.encode(read.body)
    assert again.content == written.content, "the same content gives the same bytes"
    assert from_json(canonical_json(read.body)) == read.body


@pytest.mark.parametrize("kind", ["CXQQ", "KZQQ", "CXFK", "KZFK", "CXHZ"])
def test_a_package_whose_name_was_lost_is_known_by_its_members(kind: str) -> None:
    assert WIRE.decode(WIRE.encode(package(kind)).content).operation == kind


def test_plain_values_in_utf8_and_document_bytes_in_base64_once() -> None:
    members, _ = archive_read(WIRE.encode(package("KZFK")).content, ArchiveLimits(max_bytes=10_000))
    receipt = members[f"QRI{TAIL}{NUMBER}.xml"].decode("utf-8")
    assert 'WJMC="回执"' in receipt
    assert 'WSNR="JVBERi0xLjcgaW52ZW50ZWQ="' in receipt
    asked, _ = archive_read(WIRE.encode(package("CXQQ")).content, ArchiveLimits(max_bytes=10_000))
    assert 'XM="郑小㐂"' in asked[f"QA{TAIL}.xml"].decode("utf-8"), "UTF-8 holds rare names as they are"


@pytest.mark.parametrize("kind", ["QA", "QI", "QC", "QR", "QRI", "QNA", "QNR"])
def test_each_member_alone(kind: str) -> None:
    bodies = {part: body for members in PACKAGES.values() for part, body in members}
    written = WIRE.encode(bodies[kind], operation=kind)
    assert written.content.startswith(b"<?xml")
    read = WIRE.decode(written.content, operation=kind)
    assert (read.operation, read.errors) == (kind, ())
    assert type(read.body) is type(bodies[kind])


def test_one_member_of_a_package_alone() -> None:
    raw = WIRE.encode(package("CXFK")).content
    read = WIRE.decode(raw, operation="CXFK/QR000000000001")
    assert isinstance(read.body, InquiryFeedback)
    assert read.request_numbers == (NUMBER,)
    assert WIRE.decode(raw, operation="CXFK/QR000000000009").errors[0].code == "missing_member"


@pytest.mark.parametrize(
    "name",
    [
        f"CXFK{TAIL}.zip",
        f"KZFK{TAIL}{NUMBER}.zip",
        f"KZFK{TAIL}S{NUMBER}.ZIP",
    ],
)
def test_names_of_packages(name: str) -> None:
    read = package_name(name)
    assert read is not None
    assert str(read).upper() == name.upper()
    assert (read.bank, read.batch) == (BANK, BATCH)


@pytest.mark.parametrize(
    "name",
    [
        f"CXFK{TAIL}{NUMBER}.zip",
        f"KZFK{TAIL}.zip",
        f"cxfk{TAIL}.zip",
        f"CXFK{TAIL[:-1]}.zip",
        f"CXFK{TAIL}.zip.tmp",
        f"../CXFK{TAIL}.zip",
        f"CXFK{TAIL}.zip\n",
        "readme.txt",
        "",
    ],
)
def test_no_names_of_packages(name: str) -> None:
    assert package_name(name) is None


def test_a_receipt_is_named_after_what_it_refuses() -> None:
    read = package_name(f"KZFK{TAIL}{NUMBER}.zip")
    assert read is not None
    assert str(read.receipt) == f"KZHZ{TAIL}.zip"
    assert read.receipt.kind is PackageKind.CONTROL_RECEIPT
    assert member_name(f"QNR{TAIL}.xml") is not None


@pytest.mark.parametrize("letters", [str.lower, str.upper])
def test_md5_of_either_letter_case_is_taken(letters: object) -> None:
    import hashlib

    digest = hashlib.md5(PDF, usedforsecurity=False).hexdigest()
    xml = f'<hzxxList><hzxx BDHM="{NUMBER}" WSNR="JVBERi0xLjcgaW52ZW50ZWQ=" MD5="{letters(digest)}"/></hzxxList>'  # type: ignore[operator]
    assert WIRE.decode(xml.encode(), operation="QRI").problems == ()


def test_a_document_that_its_md5_does_not_fit_stops_the_package() -> None:
    xml = f'<hzxxList><hzxx BDHM="{NUMBER}" WSNR="JVBERi0xLjcgaW52ZW50ZWQ=" MD5="{"0" * 32}"/></hzxxList>'
    raw = zipped((f"QRI{TAIL}{NUMBER}.xml", xml.encode()))
    read = WIRE.decode(raw, operation=f"KZFK{TAIL}{NUMBER}.zip")
    assert read.body is None
    assert [problem.code for problem in read.errors] == ["md5_mismatch"]
    assert read.request_numbers == (NUMBER,), "who it was about is known all the same"


QR = f"QR{TAIL}000000000001.xml"
XML = f'<zhxxList><zhxx BDHM="{NUMBER}" CCXH="1" KHZH="查无开户信息" FKSJ="2026-11-24 10:00:00"/></zhxxList>'.encode()
BAD = {
    "member_path": ((f"../{QR}", XML),),
    "member_name": (("notes.xml", XML),),
    "other_batch": ((QR.replace("2026112409", "2026112408"), XML),),
    "foreign_member": ((f"QA{TAIL}.xml", b"<cxqqList/>"),),
    "nested": ((QR, zipped((QR, XML))),),
    "not_xml": ((QR, XML[:-9]),),
    "unknown_root": ((QR, b"<html/>"),),
    "empty_feedback": ((QR, b"<zhxxList/>"),),
    "empty_package": (),
    "document_type": ((QR, b'<!DOCTYPE a [<!ENTITY b "c">]>' + XML),),
    "wrong_member": ((f"QNA{TAIL}.xml", XML),),
}


@pytest.mark.parametrize("code", BAD)
def test_bad_packages_are_told_and_have_no_body(code: str) -> None:
    read = WIRE.decode(zipped(*BAD[code]), operation=f"CXFK{TAIL}.zip")
    assert read.body is None
    assert code in {problem.code for problem in read.errors}
    for problem in read.errors:
        assert problem.sentence.endswith("。")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_members() -> None:
    read = WIRE.decode(zipped((QR, XML), (QR, XML)), operation="CXFK")
    assert [problem.code for problem in read.errors] == ["duplicate_member"]


def test_encrypted() -> None:
    raw = bytearray(zipped((QR, XML)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    read = WIRE.decode(bytes(raw), operation="CXFK")
    assert [problem.code for problem in read.errors] == ["encrypted"]


def test_a_bomb_is_not_unpacked() -> None:
    read = WIRE.decode(zipped((QR, b" " * 20_000_000)), operation="CXFK")
    assert [problem.code for problem in read.errors] == ["archive_bomb"]


def test_a_bomb_that_lies_about_its_size_is_stopped() -> None:
    raw = bytearray(zipped((QR, b" " * 20_000_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(mark) + place
        raw[at : at + 4] = (1000).to_bytes(4, "little")
    read = WIRE.decode(bytes(raw), operation="CXFK")
    assert read.body is None
    assert read.errors[0].code in ("archive_bomb", "not_archive", "not_xml", "empty")


def test_too_many_members_and_too_much() -> None:
    many = zipped(*((f"QR{TAIL}{number:012}.xml", b"x") for number in range(60)))
    _, problems = archive_read(many, ArchiveLimits(max_bytes=100_000, most_members=50))
    assert [problem.code for problem in problems] == ["too_many_members"]
    _, problems = archive_read(many, ArchiveLimits(max_bytes=100_000, most_members=10))
    assert [problem.code for problem in problems] == ["too_many_members"], "before the directory is read"
    _, problems = archive_read(many, ArchiveLimits(max_bytes=1000))
    assert [problem.code for problem in problems] == ["too_large"]
    _, problems = archive_read(many, ArchiveLimits(max_bytes=100_000, total_bytes=59))
    assert [problem.code for problem in problems] == ["too_large"]


def test_every_beginning_of_a_package_is_not_whole_and_every_damage_is_told() -> None:
    raw = archive_write([(QR, XML), (f"QNA{TAIL}.xml", b"<htxxList><htxx BDHM='1'/></htxxList>")])
    assert is_whole(raw)
    for cut in range(len(raw)):
        assert not is_whole(raw[:cut])
        assert WIRE.decode(raw[:cut], operation="CXFK").body is None
    for place in range(0, len(raw), 3):
        damaged = bytearray(raw)
        damaged[place] ^= 0x55
        WIRE.decode(bytes(damaged), operation="CXFK")


@pytest.mark.parametrize("body", [AckList(), FilePackage(name="x.zip"), RequestList()])
def test_what_the_format_cannot_say_is_a_problem(body: object) -> None:
    written = WIRE.encode(body, operation="QR")  # type: ignore[arg-type]
    assert written.content == b""
    assert written.errors


def test_a_package_with_a_wrong_member_is_not_written() -> None:
    sent = package("CXFK")
    wrong = replace(sent, members=(*sent.members, PackageMember(name=f"QA{TAIL}.xml", body=LIST)))
    assert {problem.code for problem in WIRE.encode(wrong).errors} == {"foreign_member"}
    swapped = replace(sent, members=(PackageMember(name=QR, body=LIST),))
    assert {problem.code for problem in WIRE.encode(swapped).errors} == {"cannot_say"}


def test_generations_are_dialects_of_the_file_format_too() -> None:
    held = ControlFeedback(
        results=(ControlResult(request_no=NUMBER, item_seq="1", outcome=RESULT.read("1"), ext={"NEU": "x"}),)
    )
    for dialect in ("2016", "2017plus", "point_to_point"):
        wire = wire_get("bank-file-zip", dialect)
        read = wire.decode(wire.encode(held).content)
        assert read.body == held, "unknown fields are kept in every generation"
