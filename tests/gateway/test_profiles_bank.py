"""Bank messages written by hand from the format description, with invented persons."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from lxml import etree
from profile_samples import PDF, attributes, b64, bank_call, bank_feed, filled, soap, whole

from zhixing.gateway.domain.assets import Asset, AssetKind, Deposit, FinancialAsset
from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    CertificateEntry,
    ControlResult,
    InquiryResult,
    LegalDocument,
    Outcome,
    ReceiptDocument,
    Request,
    RequestKind,
    Rollback,
)
from zhixing.gateway.domain.messages import (
    AccountTransactions,
    AckList,
    CertificateList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    KeyQuery,
    NoBody,
    RequestList,
    RollbackList,
    TransactionFeedback,
)
from zhixing.gateway.domain.values import COURT_OFFSET, Amount, Coded, When
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk import request_tables as orders
from zhixing.gateway.profiles.bank_soap_gbk.dialect import GENERATION_2016, POINT_TO_POINT_DIALECT
from zhixing.gateway.profiles.bank_soap_gbk.profile import BankSoapGbk
from zhixing.gateway.profiles.base import Credentials, OperationKind
from zhixing.gateway.profiles.soap import SOAP_12, read_envelope

BANK = BankSoapGbk()
OPS = BANK.operations
WHO = Credentials(username="YH001", password="pw")
NUMBER = "20260305130930000001"


def inner(content: bytes) -> etree._Element:
    """The XML below the Base64 of an answer."""
    import base64

    message = read_envelope(content)
    return etree.fromstring(base64.b64decode(message.texts["return"]))


def test_nine_operations_and_the_old_one_have_their_meaning() -> None:
    assert {name: item.kind for name, item in OPS.items()} == {
        "getXzcxList": OperationKind.LIST_INQUIRIES,
        "getXzkzList": OperationKind.LIST_CONTROLS,
        "cxwsInfo": OperationKind.INQUIRY_DOCUMENTS,
        "kzwsInfo": OperationKind.CONTROL_DOCUMENTS,
        "zjInfo": OperationKind.CERTIFICATES,
        "shfeedXzcxInfo": OperationKind.FEED_INQUIRY,
        "shfeedXzcxwlxxInfo": OperationKind.FEED_TRANSACTIONS,
        "shfeedXzkzInfo": OperationKind.FEED_CONTROL,
        "htInfo": OperationKind.ROLLBACK,
        "wsInfo": OperationKind.DOCUMENTS,
    }


def test_list_call_by_hand_is_read() -> None:
    call = BANK.parse_call(bank_call("getXzcxList"))
    assert call.problems == ()
    assert call.operation is OPS["getXzcxList"]
    assert call.credentials == WHO
    assert call.body == NoBody()
    assert "pw" not in repr(call)


def test_call_in_soap_12_with_renamed_arguments_is_answered_in_soap_12() -> None:
    raw = soap(
        "cxwsInfo", in0=bank_call("x").split(b"<arg0>")[1].split(b"</arg0>")[0].decode(), in1="WS2026001"
    )
    raw = raw.replace(b"http://schemas.xmlsoap.org/soap/envelope/", SOAP_12.encode())
    call = BANK.parse_call(raw)
    assert (call.problems, call.body, call.soap_version) == ((), KeyQuery(key="WS2026001"), SOAP_12)
    reply = BANK.build_response(call.operation, DocumentList(), soap_version=call.soap_version)
    assert SOAP_12.encode() in reply.content


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        b64(NUMBER),
        whole(f"<usermarker><condition BDHM='{b64(NUMBER)}'/></usermarker>"),
        whole(f"<condition><WSBH>{NUMBER}</WSBH></condition>"),
    ],
    ids=["clear", "base64", "xml attribute", "xml element"],
)
def test_key_is_read_in_every_form(written: str) -> None:
    assert BANK.parse_call(bank_call("zjInfo", written)).body == KeyQuery(key=NUMBER)


@pytest.mark.parametrize("number", [f"2026{n:016}" for n in range(0, 10**15, 10**15 // 97)])
def test_key_in_clear_is_never_taken_for_base64(number: str) -> None:
    assert BANK.parse_call(bank_call("kzwsInfo", number)).body == KeyQuery(key=number)


def test_document_number_with_chinese_is_read_clear_and_wrapped() -> None:
    number = "（2026）冀0930执12号"
    assert BANK.parse_call(bank_call("cxwsInfo", number)).body == KeyQuery(key=number)
    assert BANK.parse_call(bank_call("cxwsInfo", b64(number))).body == KeyQuery(key=number)


def test_inquiry_feedback_by_hand_becomes_canonical() -> None:
    jrxx = attributes(ZCXH="1", ZCMC="稳盈一号", LCZH="LC88", SE="5000.00", ZCZJE="5000.00", CLR="2025/12/01")
    djxx = attributes(CSXH="1", ZCXH="1", DJJG="沧州市中级人民法院", DJJE="3,000.00", DJJZRQ="2026-12-31")
    wlxx = attributes(WLXH="1", ZJLX="贷", JE="12.00", JYSJ="2026-03-01 08:00:00", ZCKZXM="李四海")
    glxx = attributes(GLXH="1", ZKHZH="6222020000000001", GLZHHM="6222020000000001-01", YE="1.00")
    qlxx = attributes(XH="1", QLLX="质押", QLR="某某银行", QLJE="100")
    zhxx = attributes(
        BDHM=NUMBER, CCXH="1", KHZH="6222020000000001", CCLB="借记卡", ZHZT="正常", KHRQ="2019-04-01 00:00:00",
        BZ="156", YE="8000.5", KYYE="5000.50", FKSJ="2026-03-05 10:00:00", BEIZ="",
    )  # fmt: skip
    xml = (
        f"<zhxxList><zhxx{zhxx}><jrxxList><jrxx{jrxx}/></jrxxList><djxxList><djxx{djxx}/></djxxList>"
        f"<wlxxList><wlxx{wlxx}/></wlxxList><qlxxList><qlxx{qlxx}/></qlxxList>"
        f"<glxxList><glxx{glxx}/></glxxList></zhxx></zhxxList>"
    )
    call = bank_feed("shfeedXzcxInfo", xml)
    assert call.problems == ()
    assert call.request_numbers == (NUMBER,)
    (result,) = call.body.results
    assert (result.request_no, result.outcome) == (NUMBER, Outcome.FOUND)
    assert result.responded_at.value == datetime(2026, 3, 5, 10, tzinfo=COURT_OFFSET)
    (asset,) = result.assets
    assert asset.kind is AssetKind.DEPOSIT
    assert asset.detail == Deposit(
        account_no="6222020000000001",
        category="借记卡",
        status="正常",
        opened=When(raw="2019-04-01 00:00:00", value=datetime(2019, 4, 1, tzinfo=COURT_OFFSET)),
        currency=Coded(code="156", system="iso4217", normalized="CNY"),
        balance=Amount(raw="8000.5", value=Decimal("8000.5")),
        available=Amount(raw="5000.50", value=Decimal("5000.50")),
    )
    (holding,) = asset.holdings
    assert holding.kind is AssetKind.FINANCIAL_ASSET
    assert isinstance(holding.detail, FinancialAsset)
    assert holding.detail.inception == When(raw="2025/12/01", value=date(2025, 12, 1))
    assert asset.measures_on("1")[0].amount == Amount(raw="3,000.00", value=Decimal("3000.00"))
    assert asset.transactions[0].direction == Coded(code="贷", system="bank.zjlx.direction", normalized="in")
    assert asset.priority_rights[0].holder == "某某银行"
    assert asset.sub_accounts[0].account_no == "6222020000000001-01"
    assert result.every_asset() == (asset, holding)


def test_request_list_is_written_as_a_client_expects() -> None:
    body = RequestList(
        requests=(
            Request(
                request_no=NUMBER,
                category=Coded.of("commercial_bank"),
                nature=Coded.of("inquiry"),
                document_no="WS1",
            ),
        )
    )
    root = inner(BANK.build_response(OPS["getXzcxList"], body).content)
    assert root.tag == "cxqqList"
    assert root[0].tag == "cxqq"
    assert (root[0].get("BDHM"), root[0].get("LB"), root[0].get("XZ"), root[0].get("WSBH")) == (
        b64(NUMBER), b64("YH"), b64("1"), b64("WS1"),
    )  # fmt: skip
    assert root[0].get("CKKSSJ") == "", "no period means no transactions are wanted"


def test_declared_utf8_over_ascii_and_values_in_gbk() -> None:
    import base64

    reply = BANK.build_response(OPS["getXzcxList"], RequestList(error_message="系统维护"))
    text = base64.b64decode(read_envelope(reply.content).texts["return"])
    assert text.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert b64("系统维护", "gbk").encode() in text
    assert text.isascii()


def test_document_content_is_base64_twice_and_read_once_or_twice() -> None:
    body = DocumentList(documents=(LegalDocument(document_no="WS1", file_type="pdf", content=PDF),))
    reply = BANK.build_response(OPS["cxwsInfo"], body)
    assert inner(reply.content)[0].get("WSNR") == b64(b64(PDF))
    once = f"<wsList><ws{attributes(WSBH='WS1')} WSNR='{b64(PDF)}'/></wsList>"
    response = soap("cxwsInfoResponse", **{"return": whole(once)})
    assert BANK.parse_reply(OPS["cxwsInfo"], response).body.documents[0].content == PDF


@pytest.mark.parametrize("names", [("wsList", "ws"), ("wsxxList", "wsxx"), ("list", "item")])
def test_documents_are_read_under_any_root_and_row_name(names: tuple[str, str]) -> None:
    root, row = names
    xml = f"<{root}><{row}{attributes(WSBH='WS1', XH='1', WJMC='裁定书')} WSNR='{b64(b64(PDF))}'/></{root}>"
    reply = BANK.parse_reply(OPS["cxwsInfo"], soap("cxwsInfoResponse", **{"return": whole(xml)}))
    assert reply.body.documents == (LegalDocument(document_no="WS1", seq="1", name="裁定书", content=PDF),)


def full(record: object) -> object:
    """A row of the generation every test bank speaks."""
    return filled(record, features=frozenset({"star"}))  # pyright: ignore[reportArgumentType]: any table


BODIES = [
    ("getXzcxList", RequestList(requests=(full(orders.CXQQ), Request(request_no="2")))),
    ("getXzcxList", RequestList()),
    ("getXzcxList", RequestList(error_message="用户名或口令错误")),
    ("getXzkzList", RequestList(kind=RequestKind.CONTROL, requests=(full(orders.KZQQ),))),
    ("getXzkzList", RequestList(kind=RequestKind.CONTROL)),
    ("cxwsInfo", DocumentList(documents=(full(orders.WS), LegalDocument(request_no="2", content=PDF)))),
    ("kzwsInfo", DocumentList(error_message="没有该请求单号的文书")),
    ("zjInfo", CertificateList(entries=(full(orders.ZJ), CertificateEntry(request_no="2", name="证")))),
    (
        "shfeedXzcxInfo",
        AckList(
            acks=(
                Ack(request_no="1"),
                Ack(request_no="2", result=AckResult.FAIL, message="请求单号不存在"),
                Ack(request_no="3", result=AckResult.ALREADY, message="该请求单号已反馈"),
            )
        ),
    ),
    ("htInfo", AckList(error_message="报文无法解析")),
]


@pytest.mark.parametrize(
    ("operation", "body"), BODIES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_court_answer_there_and_back(operation: str, body: object) -> None:
    reply = BANK.build_response(OPS[operation], body)
    assert reply.errors == ()
    parsed = BANK.parse_reply(OPS[operation], reply.content)
    back, errors = parsed.body, [problem for problem in parsed.problems if problem.level == "error"]
    if isinstance(body, RequestList):
        # The header alone carries scope and officers; an empty one comes back as such.
        back = RequestList(kind=back.kind, requests=tuple(back.requests), error_message=back.error_message)
        expected = body.requests
        assert [item.request_no for item in back.requests] == [item.request_no for item in expected]
        if expected:
            assert back.requests[0] == expected[0]
        assert back.error_message == body.error_message
    else:
        assert back == body
    assert errors == []


def account(seq: str = "1") -> Asset:
    row = full(answers.ZHXX)
    return row.asset


FEEDBACKS = [
    (
        "shfeedXzcxInfo",
        InquiryFeedback(
            results=(
                InquiryResult(
                    request_no="1",
                    responded_at=When.parse("2026-03-05 10:00:00"),
                    assets=(account(), Asset(seq="2", detail=Deposit(account_no="62"), reported_at=When())),
                ),
                InquiryResult(
                    request_no="2", outcome=Outcome.NOT_FOUND, outcome_text="查无开户信息", note="无",
                    responded_at=When.parse("2026-03-05"),
                ),
            )
        ),
    ),
    (
        "shfeedXzcxwlxxInfo",
        TransactionFeedback(
            entries=(
                AccountTransactions(
                    request_no="1", asset_seq="1", account_no="62",
                    transactions=(full(answers.WLXX), full(answers.WLXX)),
                ),
                AccountTransactions(request_no="1", asset_seq="2", transactions=(full(answers.WLXX),)),
            )
        ),
    ),
    (
        "shfeedXzkzInfo",
        ControlFeedback(
            results=(
                full(answers.KZXX),
                ControlResult(
                    request_no="1", item_seq="2", outcome=answers.codes.RESULT.read("2"), reason="账户已销户"
                ),
            ),
            receipts=(full(answers.HZXX),),
        ),
    ),
    ("shfeedXzkzInfo", ControlFeedback(receipts=(ReceiptDocument(request_no="1", content=PDF),))),
    ("htInfo", RollbackList(rollbacks=(full(answers.HTXX), Rollback(request_no="2", reason="无法律文书")))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("operation", "body"), FEEDBACKS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_feedback_there_and_back(operation: str, body: object) -> None:
    sent = BANK.build_call(OPS[operation], WHO, body)
    assert sent.errors == ()
    call = BANK.parse_call(sent.content)
    assert (call.errors, call.credentials) == ((), WHO)
    assert call.body == body


@pytest.mark.parametrize("form", ["plain", "base64"])
def test_key_there_and_back(form: str) -> None:
    from dataclasses import replace

    bank = BankSoapGbk(replace(GENERATION_2016, settings={**GENERATION_2016.settings, "key_form": form}))
    sent = bank.build_call(OPS["kzwsInfo"], WHO, KeyQuery(key=NUMBER))
    assert bank.parse_call(sent.content).body == KeyQuery(key=NUMBER)


def test_receipts_inside_a_result_are_found_with_its_request_number() -> None:
    receipt = f"<hzxxList><hzxx{attributes(WJMC='回执', WSLB='回执')} WSNR='{b64(b64(PDF))}'/></hzxxList>"
    xml = f"<kzxxList><kzxx{attributes(BDHM=NUMBER, CCXH='1', KZZT='1')}>{receipt}</kzxx></kzxxList>"
    body = bank_feed("shfeedXzkzInfo", xml).body
    assert body.receipts == (ReceiptDocument(request_no=NUMBER, name="回执", category="回执", content=PDF),)
    assert body.results[0].is_done
    assert body.results[0].ext == {}


def test_feedback_through_the_wrong_operation_is_taken_by_its_root() -> None:
    xml = (
        f"<zhxxList><zhxx{attributes(BDHM='1', CCXH='1', KHZH='无法律文书', FKSJ='2026-03-05')}/></zhxxList>"
    )
    call = bank_feed("shfeedXzkzInfo", xml)
    assert [problem.code for problem in call.problems] == ["other_operation"]
    assert call.body.results[0].outcome is Outcome.REFUSED


def test_wsdl_is_well_formed_and_names_the_operations() -> None:
    for dialect, count in ((GENERATION_2016, 9), (POINT_TO_POINT_DIALECT, 10)):
        root = etree.fromstring(BankSoapGbk(dialect).wsdl("http://127.0.0.1:1/x?a=1&b=2").encode())
        names = root.findall(".//{*}portType/{*}operation")
        assert len(names) == count
        assert root.get("targetNamespace") == "http://syyh.service.webService.ckw.tdh/"
        assert root.find(".//{*}address").get("location") == "http://127.0.0.1:1/x?a=1&b=2"
