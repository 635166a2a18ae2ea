"""The court's codecs against the simulated agencies' own, which were written apart from the same description."""

from __future__ import annotations

from profile_samples import PDF, filled, realty_call, soap

from simworld.institutions import wire_bank, wire_realty
from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    Card,
    CertificateEntry,
    LegalDocument,
    Officer,
    Outcome,
    Request,
    RequestKind,
    Subject,
)
from zhixing.gateway.domain.messages import AckList, CertificateList, DocumentList, KeyQuery, RequestList
from zhixing.gateway.profiles.base import Encoded
from zhixing.gateway.profiles.layers import md5_hex
from zhixing.gateway.profiles.realty_soap_utf8 import request_tables as realty_orders
from zhixing.gateway.profiles.registry import profile_get
from zhixing.gateway.profiles.soap import SoapMessage, read_envelope

BANK = profile_get("bank-soap-gbk")
REALTY = profile_get("realty-soap-utf8")


def answer_text(reply: Encoded) -> str:
    message = read_envelope(reply.content)
    assert isinstance(message, SoapMessage)
    return next(iter(message.texts.values()))


def test_bank_reads_our_list_documents_certificates_and_acks() -> None:
    request = Request(request_no="B1", document_no="W1", subject=Subject(name="赵一某", id_no="X1"))
    reply = BANK.build_response(BANK.operations["getXzcxList"], RequestList(requests=(request,)))
    (row,) = wire_bank.decode_message(answer_text(reply)).all("cxqq")
    assert (row["BDHM"], row["WSBH"], row["XM"], row["DSRZJHM"]) == ("B1", "W1", "赵一某", "X1")

    papers = DocumentList(documents=(LegalDocument(document_no="W1", content=PDF, md5=md5_hex(PDF)),))
    root = wire_bank.decode_message(answer_text(BANK.build_response(BANK.operations["cxwsInfo"], papers)))
    assert wire_bank.content_of(root.children[0], "WSNR", root.children[0]["MD5"]) == PDF

    cards = CertificateList(entries=(CertificateEntry(officer=Officer(work_card=Card(image=PDF))),))
    root = wire_bank.decode_message(answer_text(BANK.build_response(BANK.operations["zjInfo"], cards)))
    assert wire_bank.content_of(root.children[0], "GZZ") == PDF

    acks = AckList(acks=(Ack(request_no="1"), Ack(request_no="2", result=AckResult.ALREADY)))
    root = wire_bank.decode_message(answer_text(BANK.build_response(BANK.operations["htInfo"], acks)))
    told = list(wire_bank.acknowledgements(root))
    assert [(number, is_taken) for number, is_taken, _ in told] == [("1", True), ("2", False)]
    assert "已反馈" in told[1][2]

    reply = BANK.build_response(BANK.operations["getXzcxList"], RequestList(error_message="系统维护"))
    assert wire_bank.error_of(wire_bank.decode_message(answer_text(reply))) == "系统维护"


def test_we_read_a_banks_call() -> None:
    node = wire_bank.Node
    account = {
        "BDHM": "B1",
        "CCXH": "1",
        "KHZH": "6222020000000001",
        "YE": "12.30",
        "FKSJ": "2026-03-05 10:00:00",
    }
    move = node("wlxxList", {}, [node("wlxx", {"WLXH": "1", "ZCKZXM": "㐂某"})])
    message = wire_bank.encode_message(node("zhxxList", {}, [node("zhxx", account, [move])]))
    call = BANK.parse_call(soap("shfeedXzcxInfo", arg0=wire_bank.user_marker("u", "p"), arg1=message))
    assert call.problems == ()
    assert call.credentials.username == "u"
    assert call.body.results[0].assets[0].transactions[0].counterparty.name == "㐂某"


def test_registry_reads_our_list_documents_and_acks() -> None:
    for dialect in ("plain_leaves", "base64_leaves"):
        registry = profile_get("realty-soap-utf8", dialect)
        request = filled(realty_orders.BDCKZQQ)
        body = RequestList(kind=RequestKind.CONTROL, requests=(request,))
        received = wire_realty.Received(
            answer_text(registry.build_response(registry.operations["kzBdcQL"], body))
        )
        (row,) = received.all("BDCKZQQ")
        assert row["CXQQDH"] == request.request_no
        assert row["XM"] == request.subject.name
        (item,) = row.all("BDCQL")
        assert item["BDCDYH"] == request.items[0].target.unit_no

        acks = AckList(
            acks=(Ack(request_no="20260305130930000001", result=AckResult.FAIL, message="无此请求"),)
        )
        reply = registry.build_response(registry.operations["feedkzBdcQL"], acks)
        told = list(wire_realty.acknowledgements(wire_realty.Received(answer_text(reply))))
        assert told == [("20260305130930000001", False, "无此请求")]


def test_we_read_a_registrys_calls() -> None:
    result = [
        ("CXQQDH", "20260305130930000001"),
        ("RESULT", "0000"),
        ("MESSAGE", "成功"),
        ("FDCQLIST", [("FDCQ", [("BDCDYH", "U1"), ("QLRXXLIST", [("QLRXX", [("QLRMC", "赵一某")])])])]),
        ("CFDJLIST", []),
    ]
    for is_wrapped in (False, True):
        message = wire_realty.message(
            [("BDCFKLIST", [("BDCCXJG", result)])], created="2026/03/05 10:00:00", leaf_base64=is_wrapped
        )
        marker = wire_realty.user_marker("u", "p")
        call = REALTY.parse_call(soap("feedBdcQL", "urn:any", usermarker=marker, feedbackinfo=message))
        assert call.problems == ()
        (answer,) = call.body.results
        assert answer.outcome is Outcome.FOUND
        assert answer.assets[0].detail.holders[0].name == "赵一某"
    for form in ("xml", "plain", "base64"):
        marker = wire_realty.request_marker("20260305130930000001", form)
        assert REALTY.parse_call(realty_call("kzwsInfo", wsbhinfo=marker)).body == KeyQuery(
            key="20260305130930000001"
        )
