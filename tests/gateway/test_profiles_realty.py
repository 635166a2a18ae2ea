"""Registry messages written by hand from the format description, with invented persons."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree
from profile_samples import PDF, REALTY_MARKER, b64, filled, realty_call, realty_feed, soap, whole

from zhixing.gateway.domain.assets import Asset, AssetKind, RealRight
from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    ControlResult,
    Envelope,
    InquiryResult,
    Outcome,
    ReceiptDocument,
    Request,
    RequestKind,
    Target,
)
from zhixing.gateway.domain.messages import (
    AckList,
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    RequestList,
)
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.base import Credentials, OperationKind
from zhixing.gateway.profiles.realty_soap_utf8 import codes
from zhixing.gateway.profiles.realty_soap_utf8 import feedback_tables as answers
from zhixing.gateway.profiles.realty_soap_utf8 import request_tables as orders
from zhixing.gateway.profiles.realty_soap_utf8.dialect import BASE64_LEAVES, PLAIN_LEAVES
from zhixing.gateway.profiles.realty_soap_utf8.profile import RealtySoapUtf8
from zhixing.gateway.profiles.soap import read_envelope

PLAIN = RealtySoapUtf8(PLAIN_LEAVES)
WRAPPED = RealtySoapUtf8(BASE64_LEAVES)
OPS = PLAIN.operations
WHO = Credentials(username="BDC01", password="pw")
NUMBER = "20260305130930000001"
UNIT = "130930001001GB00012F00010023"
HEAD = Envelope(
    created_at=When.parse("2026/03/05 10:00:00"), signature="SIGN", response_code="0000", response_text="成功"
)


def message(data: str, error: str = "", *, leaf: bool = False) -> str:
    """A message by hand; ``leaf`` wraps every leaf text of Data."""
    if leaf:
        root = etree.fromstring(f"<Data>{data}</Data>")
        for item in root.iter():
            if not len(item) and item.text:
                item.text = b64(item.text, "utf-8")
        data = "".join(etree.tostring(item, encoding="unicode") for item in root)
    head = "<Head><CREATETIME>2026/03/05 10:00:00</CREATETIME><RESPONSECODE>0000</RESPONSECODE></Head>"
    return f'<Message ErrorMSG="{error}">{head}<Data>{data}</Data></Message>'


HOUSE = (
    f"<FDCQLIST><FDCQ><BDCDYH>{UNIT}</BDCDYH><FDZL>河北省沧州市孟村县某街1号</FDZL><JZMJ>98.50</JZMJ><GHYT>住宅</GHYT>"
    "<TDSYJSSJ>2079/06/30</TDSYJSSJ><BDCQZH>冀(2020)孟村县不动产权第0000001号</BDCQZH><ZCS>18</ZCS><DJJG>孟村县登记中心</DJJG>"
    "<DQDM>130930</DQDM><YWH>YW1</YWH><BEIZ></BEIZ><QLRXXLIST><QLRXX><QLRMC>赵一某</QLRMC><ZJZL>1</ZJZL><GYFS>2</GYFS>"
    "<QLBL>50%</QLBL><BZ>备注</BZ></QLRXX><QLRXX><QLRMC>钱二某</QLRMC><GYFS>2</GYFS></QLRXX></QLRXXLIST></FDCQ></FDCQLIST>"
    f"<DYAQLIST><DYAQ><BDCDYH>{UNIT}</BDCDYH><DYR>赵一某</DYR><DYFS>2</DYFS><BDBZZQSE>600000</BDBZZQSE><DYQR>某某银行</DYQR>"
    "<BDCDJZMH>冀(2021)证明第1号</BDCDJZMH></DYAQ></DYAQLIST>"
    f"<CFDJLIST><CFDJ><BDCDYH>{UNIT}</BDCDYH><CFJG>某某法院</CFJG><CFLX>2</CFLX><CFQSSJ>2025/01/01</CFQSSJ></CFDJ></CFDJLIST>"
)
ANSWER = (
    f"<BDCFKLIST><BDCCXJG><CXQQDH>{NUMBER}</CXQQDH><RESULT>0000</RESULT><MESSAGE>成功</MESSAGE>"
    f"<TDSYQLIST/>{HOUSE}</BDCCXJG></BDCFKLIST>"
)


def test_seven_operations_have_their_meaning() -> None:
    assert {name: item.kind for name, item in OPS.items()} == {
        "cxBdcQL": OperationKind.LIST_INQUIRIES,
        "feedBdcQL": OperationKind.FEED_INQUIRY,
        "kzBdcQL": OperationKind.LIST_CONTROLS,
        "feedkzBdcQL": OperationKind.FEED_CONTROL,
        "feedkzhzBdcQL": OperationKind.FEED_RECEIPT,
        "kzwsInfo": OperationKind.DOCUMENTS,
        "zjInfo": OperationKind.CERTIFICATES,
    }


@pytest.mark.parametrize("leaf", [False, True], ids=["clear", "base64"])
def test_inquiry_feedback_by_hand_becomes_canonical(leaf: bool) -> None:
    call = realty_feed("feedBdcQL", message(ANSWER, leaf=leaf))
    assert call.problems == ()
    assert call.credentials == WHO
    assert call.request_numbers == (NUMBER,)
    assert call.body.envelope.created_at.day == date(2026, 3, 5)
    (result,) = call.body.results
    assert (result.outcome, result.processing.normalized, result.outcome_text) == (
        Outcome.FOUND,
        "ok",
        "成功",
    )
    house, mortgage, seizure = result.assets
    assert [asset.detail.right_class for asset in result.assets] == ["FDCQ", "DYAQ", "CFDJ"]
    assert house.kind is AssetKind.REAL_ESTATE
    assert house.detail.unit_no == UNIT
    assert house.detail.location == "河北省沧州市孟村县某街1号"
    assert house.detail.areas.building == Amount(raw="98.50", value=Decimal("98.50"))
    assert house.detail.term_to.value == date(2079, 6, 30)
    assert [holder.name for holder in house.detail.holders] == ["赵一某", "钱二某"]
    assert house.detail.holders[0].remark == "备注"
    assert house.detail.holders[0].co_ownership.normalized == "by_shares"
    assert mortgage.detail.mortgage.mode.normalized == "maximum_amount"
    assert mortgage.detail.mortgage.amount.value == Decimal(600000)
    assert mortgage.detail.certificate_no == "冀(2021)证明第1号"
    assert seizure.detail.seizure.type.normalized == "waiting_seizure"
    assert house.detail.mortgage is None
    assert house.detail.sea is None


def test_nothing_found_is_0000_with_all_lists_empty() -> None:
    data = (
        f"<BDCFKLIST><BDCCXJG><CXQQDH>{NUMBER}</CXQQDH><RESULT>0000</RESULT><FDCQLIST/></BDCCXJG></BDCFKLIST>"
    )
    (result,) = realty_feed("feedBdcQL", message(data)).body.results
    assert (result.outcome, result.assets) == (Outcome.NOT_FOUND, ())


@pytest.mark.parametrize(
    ("text", "outcome"), [("数据库连接失败", Outcome.ERROR), ("业务审核未通过：无法律文书", Outcome.REFUSED)]
)
def test_other_result_codes_are_errors_or_refusals(text: str, outcome: Outcome) -> None:
    data = f"<BDCFKLIST><BDCCXJG><CXQQDH>1</CXQQDH><RESULT>2040</RESULT><MESSAGE>{text}</MESSAGE></BDCCXJG></BDCFKLIST>"
    (result,) = realty_feed("feedBdcQL", message(data)).body.results
    assert (result.outcome, result.outcome_text) == (outcome, text)


def test_nine_lists_are_always_written() -> None:
    body = InquiryFeedback(results=(InquiryResult(request_no="1", outcome=Outcome.NOT_FOUND),))
    sent = PLAIN.build_call(OPS["feedBdcQL"], WHO, body)
    root = etree.fromstring(base64.b64decode(read_envelope(sent.content).texts["feedbackinfo"]))
    lists = [item.tag for item in root.find("Data/BDCFKLIST/BDCCXJG") if item.tag.endswith("LIST")]
    assert lists == [
        "TDSYQLIST", "JSYDSYQLIST", "FDCQLIST", "HYSYQLIST", "GJZWSYQLIST", "LQLIST", "DYAQLIST", "YGDJLIST", "CFDJLIST",
    ]  # fmt: skip
    assert root.findtext("Data/BDCFKLIST/BDCCXJG/RESULT") == "0000"


RIGHTS = tuple(filled(record) for record in answers.RIGHTS.values())
RESULTS = (
    InquiryResult(
        request_no="1", processing=codes.PROCESSING.read("0000"), outcome=Outcome.FOUND, outcome_text="成功", assets=RIGHTS
    ),
    InquiryResult(
        request_no="2", processing=codes.PROCESSING.read("0000"), outcome=Outcome.NOT_FOUND, outcome_text="成功"
    ),
    InquiryResult(
        request_no="3", processing=codes.PROCESSING.read("2040"), outcome=Outcome.ERROR, outcome_text="系统异常"
    ),
)  # fmt: skip
CONTROL = ControlFeedback(
    results=(
        replace(filled(answers.KZXX), request_no="1", processing=codes.PROCESSING.read("0000")),
        ControlResult(
            request_no="1",
            processing=codes.PROCESSING.read("0000"),
            target=Target(unit_no="U2"),
            outcome=codes.OUTCOME.read("2"),
            reason="已被其他法院查封",
        ),
        ControlResult(request_no="2", processing=codes.PROCESSING.read("2040"), reason="系统异常"),
    ),
    receipts=(filled(answers.HZXX),),
    envelope=HEAD,
)
FEEDBACKS = [
    ("feedBdcQL", InquiryFeedback(results=RESULTS, envelope=HEAD)),
    ("feedkzBdcQL", CONTROL),
    (
        "feedkzhzBdcQL",
        ControlFeedback(receipts=(ReceiptDocument(request_no="1", content=PDF),), envelope=HEAD),
    ),
]
ANSWERS = [
    ("cxBdcQL", RequestList(requests=(filled(orders.BDCCXQQ),), envelope=HEAD)),
    ("cxBdcQL", RequestList(envelope=HEAD)),
    ("cxBdcQL", RequestList(error_message="口令错误", envelope=replace(HEAD, response_code="2040"))),
    ("kzBdcQL", RequestList(kind=RequestKind.CONTROL, requests=(filled(orders.BDCKZQQ),), envelope=HEAD)),
    ("kzwsInfo", DocumentList(documents=(filled(orders.WSINFO),), envelope=HEAD)),
    ("zjInfo", CertificateList(entries=(filled(orders.ZJINFO),), envelope=HEAD)),
    (
        "feedBdcQL",
        AckList(acks=(Ack(request_no="1"), Ack(request_no="2", result=AckResult.FAIL, message="无此单号"))),
    ),
    ("feedkzBdcQL", AckList(acks=(Ack(request_no="1", result=AckResult.ALREADY, message="已反馈"),))),
    ("feedkzhzBdcQL", AckList(error_message="报文无法解析")),
]


@pytest.mark.parametrize("profile", [PLAIN, WRAPPED], ids=["clear", "base64"])
@pytest.mark.parametrize(
    ("operation", "body"), FEEDBACKS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_feedback_there_and_back(profile: RealtySoapUtf8, operation: str, body: object) -> None:
    sent = profile.build_call(OPS[operation], WHO, body)
    assert sent.problems == ()
    call = PLAIN.parse_call(sent.content)
    assert call.errors == ()
    assert call.body == body


@pytest.mark.parametrize("profile", [PLAIN, WRAPPED], ids=["clear", "base64"])
@pytest.mark.parametrize(
    ("operation", "body"), ANSWERS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_court_answer_there_and_back(profile: RealtySoapUtf8, operation: str, body: object) -> None:
    reply = profile.build_response(OPS[operation], body)
    assert reply.errors == ()
    parsed = PLAIN.parse_reply(OPS[operation], reply.content)
    assert [problem for problem in parsed.problems if problem.level == "error"] == []
    assert parsed.body == body


@pytest.mark.parametrize("form", ["xml", "plain", "base64"])
def test_key_there_and_back(form: str) -> None:
    profile = RealtySoapUtf8(replace(PLAIN_LEAVES, settings={**PLAIN_LEAVES.settings, "key_form": form}))
    sent = profile.build_call(OPS["kzwsInfo"], WHO, KeyQuery(key=NUMBER))
    assert PLAIN.parse_call(sent.content).body == KeyQuery(key=NUMBER)


def test_answer_goes_out_as_typed_named_return() -> None:
    reply = PLAIN.build_response(OPS["cxBdcQL"], RequestList(envelope=HEAD))
    root = etree.fromstring(reply.content)
    result = root.find(".//cxBdcQLReturn")
    assert result.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "xsd:string"
    assert result.getparent().tag == "{http://ip.service.webService.ckw.tdh}cxBdcQLResponse"


def test_values_made_here_are_written_with_slashes_and_codes() -> None:
    item = filled(orders.BDCQL)
    item = replace(item, action=Coded.of("seize"), effective_from=When.of(date(2026, 3, 5)))
    body = RequestList(
        kind=RequestKind.CONTROL,
        requests=(Request(request_no="1", kind=RequestKind.CONTROL, items=(item,)),),
    )
    reply = PLAIN.build_response(OPS["kzBdcQL"], body)
    root = etree.fromstring(base64.b64decode(read_envelope(reply.content).texts["kzBdcQLReturn"]))
    row = root.find("Data/BDCKZQQLIST/BDCKZQQ/BDCQLLIST/BDCQL")
    assert (row.findtext("KZCS"), row.findtext("KSRQ")) == ("11", "2026/03/05")
    assert row.findtext("GHDXLIST/GHDX/DXXM") == item.transferees[0].name


def test_later_rejection_of_a_seizure_is_read_as_its_own_result() -> None:
    def told(state: str, reason: str) -> str:
        return (
            f"<BDCFKLIST><BDCKZJG><CXQQDH>{NUMBER}</CXQQDH><RESULT>0000</RESULT><KZXXLIST><KZXX><BDCDYH>{UNIT}</BDCDYH>"
            f"<KZZT>{state}</KZZT><WNKZYY>{reason}</WNKZYY></KZXX></KZXXLIST></BDCKZJG></BDCFKLIST>"
        )

    first = realty_feed("feedkzBdcQL", message(told("1", ""))).body.results[0]
    later = realty_feed("feedkzBdcQL", message(told("2", "权利人不一致"))).body.results[0]
    assert (first.is_done, later.is_done, later.reason) == (True, False, "权利人不一致")
    assert first.request_no == later.request_no == NUMBER


def test_receipt_anywhere_below_data_is_found() -> None:
    receipt = f"<HZXX><WJMC>回执</WJMC><WSNR>{b64(PDF)}</WSNR></HZXX>"
    data = (
        f"<BDCFKLIST><BDCKZJG><CXQQDH>{NUMBER}</CXQQDH><HZXXLIST>{receipt}</HZXXLIST></BDCKZJG></BDCFKLIST>"
    )
    body = realty_feed("feedkzhzBdcQL", message(data)).body
    assert body.receipts == (ReceiptDocument(request_no=NUMBER, name="回执", content=PDF),)


def test_unknown_parts_come_back_where_they_were() -> None:
    data = (
        f"<BDCFKLIST><BDCCXJG><CXQQDH>1</CXQQDH><RESULT>0000</RESULT><XIN>新字段</XIN><XLIST><X a='1'>甲</X></XLIST>"
        f"<FDCQLIST><FDCQ><BDCDYH>{UNIT}</BDCDYH><NIAN>2020</NIAN></FDCQ></FDCQLIST></BDCCXJG></BDCFKLIST><DUO>多</DUO>"
    )
    xml = (
        message(data)
        .replace("</Head>", "<TOKEN>t</TOKEN></Head><Tail>尾</Tail>")
        .replace("<Message", "<Message v='2'")
    )
    body = realty_feed("feedBdcQL", xml).body
    assert body.results[0].ext["XIN"] == "新字段"
    assert body.results[0].assets[0].ext == {"NIAN": "2020"}
    sent = PLAIN.build_call(OPS["feedBdcQL"], WHO, body)
    root = etree.fromstring(base64.b64decode(read_envelope(sent.content).texts["feedbackinfo"]))
    assert root.findtext("Data/BDCFKLIST/BDCCXJG/XIN") == "新字段"
    assert root.findtext("Data/BDCFKLIST/BDCCXJG/XLIST/X") == "甲"
    assert root.findtext("Data/BDCFKLIST/BDCCXJG/FDCQLIST/FDCQ/NIAN") == "2020"
    assert (root.findtext("Data/DUO"), root.findtext("Head/TOKEN"), root.findtext("Tail")) == (
        "多",
        "t",
        "尾",
    )
    assert root.get("v") == "2"
    assert PLAIN.parse_call(sent.content).body == body


@pytest.mark.parametrize(
    ("marker", "code"),
    [
        (whole("<USERMARKER/>"), "bad_credentials_shape"),
        (
            whole("<USERMARKER><CONDITION><USERNAME>!</USERNAME></CONDITION></USERMARKER>"),
            "bad_credentials_shape",
        ),
        ("", "missing_argument"),
    ],
)
def test_wrong_credentials_are_told(marker: str, code: str) -> None:
    call = PLAIN.parse_call(soap("cxBdcQL", "urn:x", usermarker=marker))
    assert [problem.code for problem in call.errors] == [code]
    assert not call.is_usable


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<Nachricht/>", "unknown_root"),
        ("<Message/>", "unknown_root"),
        (message(""), "empty_feedback"),
        (message("<BDCFKLIST><BDCCXJG><RESULT>0000</RESULT></BDCCXJG></BDCFKLIST>"), "missing_field"),
        (message("<BDCFKLIST><BDCKZJG><CXQQDH>1</CXQQDH><KZXXLIST><KZXX><YWH>1</YWH></KZXX></KZXXLIST></BDCKZJG></BDCFKLIST>"),
         "missing_field"),
        ("<Message><Data>", "not_xml"),
        ("<!DOCTYPE Message [<!ENTITY a 'b'>]><Message><Data>&a;</Data></Message>", "document_type"),
    ],
)  # fmt: skip
def test_malformed_feedback_is_told_and_refused_in_the_formats_own_words(xml: str, code: str) -> None:
    call = PLAIN.parse_call(realty_call("feedBdcQL", feedbackinfo=whole(xml).replace("PD94", "PD94")))
    assert code in [problem.code for problem in call.errors]
    assert call.body is None
    reply = PLAIN.refuse(call)
    assert not reply.is_fault
    acks = PLAIN.parse_reply(call.operation, reply.content).body
    assert acks.error_message


def test_assets_of_other_kinds_cannot_be_sent() -> None:
    body = InquiryFeedback(
        results=(
            InquiryResult(request_no="1", assets=(Asset(kind=AssetKind.REAL_ESTATE, detail=RealRight()),)),
        )
    )
    sent = PLAIN.build_call(OPS["feedBdcQL"], WHO, body)
    assert [problem.code for problem in sent.errors] == ["cannot_say"]
    assert sent.content == b""


def test_wsdl_is_well_formed_and_names_the_operations() -> None:
    root = etree.fromstring(PLAIN.wsdl("http://127.0.0.1:1/bdc").encode())
    assert len(root.findall(".//{*}portType/{*}operation")) == 7
    parts = [part.get("name") for part in root.findall(".//{*}message[@name='kzwsInfoRequest']/{*}part")]
    assert parts == ["usermarker", "wsbhinfo"]
    assert REALTY_MARKER
