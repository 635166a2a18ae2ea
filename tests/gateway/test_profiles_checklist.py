"""The adapter checklist of the format description, one by one, and what else must survive."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from profile_samples import PDF, attributes, b64, bank_call, bank_feed, filled, soap, whole

from zhixing.gateway.domain.assets import Asset, Deposit
from zhixing.gateway.domain.canonical import (
    Ack,
    AckResult,
    InquiryResult,
    LegalDocument,
    Officer,
    Outcome,
    ReceiptDocument,
    Request,
    RequestKind,
    Subject,
)
from zhixing.gateway.domain.messages import (
    AckList,
    ControlFeedback,
    DocumentList,
    InquiryFeedback,
    RequestList,
    request_numbers,
)
from zhixing.gateway.domain.storage import canonical_json, content_fingerprint, from_json
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.bank_soap_gbk import feedback_tables as answers
from zhixing.gateway.profiles.bank_soap_gbk.profile import BankSoapGbk
from zhixing.gateway.profiles.bank_soap_gbk.sentinels import outcome_of
from zhixing.gateway.profiles.base import Credentials
from zhixing.gateway.profiles.registry import UnknownProfile, profile_get, profiles_known
from zhixing.gateway.profiles.safe_xml import Limits

BANK = BankSoapGbk()
OPS = BANK.operations
WHO = Credentials(username="u", password="p")


def through(body: InquiryFeedback) -> InquiryFeedback:
    sent = BANK.build_call(OPS["shfeedXzcxInfo"], WHO, body)
    call = BANK.parse_call(sent.content)
    assert call.errors == ()
    return call.body


def listed(request: Request) -> tuple[Request, list[str]]:
    reply = BANK.build_response(OPS["getXzcxList"], RequestList(requests=(request,)))
    back = BANK.parse_reply(OPS["getXzcxList"], reply.content).body.requests[0]
    return back, [problem.code for problem in reply.problems]


# --- sentinel texts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("查无开户信息", Outcome.NOT_FOUND),
        ("查无该客户信息", Outcome.NOT_FOUND),
        ("查询异常", Outcome.ERROR),
        ("控制类请求处理失败", Outcome.ERROR),
        ("业务审核未通过", Outcome.REFUSED),
        ("无法律文书", Outcome.REFUSED),
        ("无证件信息，不予受理", Outcome.REFUSED),
        ("核心系统日终批量", Outcome.ERROR),
        ("6222020000000001", None),
        ("6222020000000001（一类户）", None),
        ("NRA-000123", None),
        ("", None),
    ],
)
def test_sentinel_text_means_outcome(text: str, outcome: Outcome | None) -> None:
    assert outcome_of(text) is outcome


@pytest.mark.parametrize("outcome", [Outcome.NOT_FOUND, Outcome.ERROR, Outcome.REFUSED])
def test_outcome_without_text_is_written_as_a_sentinel_and_read_back(outcome: Outcome) -> None:
    body = InquiryFeedback(results=(InquiryResult(request_no="1", outcome=outcome, note="说明"),))
    (back,) = through(body).results
    assert (back.outcome, back.note, back.assets) == (outcome, "说明", ())
    assert outcome_of(back.outcome_text) is outcome


def test_sentinel_row_keeps_what_else_it_says() -> None:
    row = attributes(
        BDHM="1", CCXH="7", KHZH="查无开户信息", KHWD="某支行", YE="0.00", FKSJ="2026-03-05", XIN="新"
    )
    body = bank_feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}/></zhxxList>").body
    assert body.results[0].ext == {"CCXH": "7", "KHWD": "某支行", "YE": "0.00", "XIN": "新"}
    assert through(body) == body


def test_found_and_not_found_for_one_request_stay_apart_and_are_told() -> None:
    rows = "".join(
        f"<zhxx{attributes(BDHM='1', CCXH=str(place), KHZH=text, FKSJ='2026-03-05')}/>"
        for place, text in enumerate(["6222020000000001", "查询异常", "6222020000000002"], start=1)
    )
    call = bank_feed("shfeedXzcxInfo", f"<zhxxList>{rows}</zhxxList>")
    assert [(item.outcome, len(item.assets)) for item in call.body.results] == [
        (Outcome.FOUND, 2),
        (Outcome.ERROR, 0),
    ]
    assert [problem.code for problem in call.problems] == ["mixed_outcome"]


# --- empty list, error root ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(RequestKind))
@pytest.mark.parametrize("error", ["", "系统维护中"])
def test_empty_list_and_error_root(kind: RequestKind, error: str) -> None:
    operation = OPS["getXzcxList" if kind is RequestKind.INQUIRY else "getXzkzList"]
    body = RequestList(kind=kind, error_message=error)
    assert BANK.parse_reply(operation, BANK.build_response(operation, body).content).body == body


# --- characters GBK cannot hold ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["㐂某某", "𠮷某", "阿依古丽·某某", "王㐂&#x3402;", "&amp;&#13314;", "&#x3402;"]
)
def test_rare_names_survive_and_are_reported(name: str) -> None:
    back, problems = listed(Request(request_no="1", subject=Subject(name=name)))
    assert back.subject.name == name
    assert back.ext == {}
    assert ("charset_gap" in problems) is any(character in name for character in "㐂𠮷")


def test_middle_dot_is_in_gbk_and_needs_no_escape() -> None:
    assert "·".encode("gbk") == b"\xa1\xa4"
    assert listed(Request(request_no="1", subject=Subject(name="阿·某")))[1] == []


@pytest.mark.parametrize("written", ["&#13314;某", "&#x3402;某"])
def test_references_of_other_senders_are_resolved(written: str) -> None:
    row = attributes(BDHM="1", CCXH="1", KHZH="62220200", FKSJ="2026-03-05", BEIZ=written)
    assert (
        bank_feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}/></zhxxList>").body.results[0].assets[0].remark
        == "㐂某"
    )


def test_gb18030_bytes_are_read() -> None:
    row = (
        attributes(BDHM="1", CCXH="1", KHZH="62220200", FKSJ="2026-03-05") + f' BEIZ="{b64("㐂", "gb18030")}"'
    )
    assert (
        bank_feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}/></zhxxList>").body.results[0].assets[0].remark
        == "㐂"
    )


# --- size ----------------------------------------------------------------------------------------------------


def test_very_long_document_passes_when_the_limit_allows_it() -> None:
    content = b"%PDF" + bytes(range(256)) * 30_000
    reply = BANK.build_response(OPS["cxwsInfo"], DocumentList(documents=(LegalDocument(content=content),)))
    wide = BANK.parse_reply(OPS["cxwsInfo"], reply.content, limits=Limits(max_bytes=40_000_000))
    assert wide.body.documents[0].content == content
    narrow = BANK.parse_reply(OPS["cxwsInfo"], reply.content)
    assert [problem.code for problem in narrow.problems] == ["too_large"]


def busy_account(place: int) -> Asset:
    """An account as banks send them: much is the same from row to row, numbers and balances are not."""
    own = filled(answers.ZHXX, features=frozenset({"star"})).asset
    detail = replace(
        own.detail, account_no=f"62220200{place:011}", balance=Amount.parse(f"{place * 37}.{place % 100:02}")
    )
    moved = tuple(
        replace(
            own.transactions[0], seq=str(row), serial=f"SN{place:06}{row:04}", amount=Amount.parse(f"{place}{row}.00"),
            time=When.parse(f"2026-02-{row % 28 + 1:02} 10:{place % 60:02}:{row:02}"),
        )
        for row in range(1, 6)
    )  # fmt: skip
    return replace(own, seq=str(place), detail=detail, transactions=moved)


def test_one_megabyte_feedback_is_decoded_quickly() -> None:
    result = InquiryResult(request_no="1", assets=tuple(busy_account(place) for place in range(1, 241)))
    sent = BANK.build_call(OPS["shfeedXzcxInfo"], WHO, InquiryFeedback(results=(result,)))
    assert 1_000_000 < len(sent.content) < 1_200_000
    spent = []
    for _ in range(5):
        begun = time.process_time()
        assert BANK.parse_call(sent.content).errors == ()
        spent.append(time.process_time() - begun)
    # 30 to 70 ms of processor time on an idle core; twice the allowed 100 ms when the machine is shared.
    assert min(spent) < 0.2


def test_a_message_full_of_faults_costs_no_more_than_a_sound_one() -> None:
    rows = "<zhxx BDHM='!' KHZH='!' YE='!'/>" * 20_000
    begun = time.process_time()
    call = bank_feed("shfeedXzcxInfo", f"<zhxxList>{rows}</zhxxList>")
    assert time.process_time() - begun < 10
    assert call.body is None
    assert len(call.problems) <= 60


# --- once only, corrections, partial success -----------------------------------------------------------------


def test_second_feedback_is_answered_in_words_clients_look_for() -> None:
    reply = BANK.build_response(
        OPS["shfeedXzcxInfo"], AckList(acks=(Ack(request_no="1", result=AckResult.ALREADY),))
    )
    (ack,) = BANK.parse_reply(OPS["shfeedXzcxInfo"], reply.content).body.acks
    assert ack.result is AckResult.ALREADY
    assert "已反馈" in ack.message


def test_same_answer_sent_later_has_the_same_fingerprint_and_a_different_one_not() -> None:
    first = InquiryResult(
        request_no="1",
        responded_at=When.parse("2026-03-05 10:00:00"),
        assets=(Asset(seq="1", detail=Deposit(account_no="6", balance=Amount.parse("100.00"))),),
    )
    again = replace(
        first,
        responded_at=When.parse("2026-03-05 11:00:00"),
        assets=(Asset(seq="1", detail=Deposit(account_no="6", balance=Amount.parse("100"))),),
    )
    other = replace(
        first, assets=(Asset(seq="1", detail=Deposit(account_no="6", balance=Amount.parse("99"))),)
    )
    assert content_fingerprint(first) == content_fingerprint(again) != content_fingerprint(other)


def test_partial_success_is_told_per_item() -> None:
    rows = "".join(
        f"<kzxx{attributes(BDHM='1', CCXH=str(place), KZZT=state, SKJE=held, CESKJE=over, WNKZYY=why)}/>"
        for place, (state, held, over, why) in enumerate(
            [("1", "10.00", "9990.00", ""), ("2", "", "", "账户已销户")], start=1
        )
    )
    done, refused = bank_feed("shfeedXzkzInfo", f"<kzxxList>{rows}</kzxxList>").body.results
    assert (done.is_done, done.controlled_amount.value, done.over_limit_amount.value) == (
        True, Decimal("10.00"), Decimal("9990.00"),
    )  # fmt: skip
    assert (refused.item_seq, refused.is_done, refused.reason) == ("2", False, "账户已销户")


# --- ZJLX, identity numbers ----------------------------------------------------------------------------------


def test_zjlx_is_an_identity_type_in_a_request_and_a_direction_in_a_transaction() -> None:
    wlxx = f"<wlxxList><wlxx{attributes(WLXH='1', ZJLX='1', JYDSZJLX='1')}/></wlxxList>"
    row = attributes(BDHM="1", CCXH="1", KHZH="62220200", FKSJ="2026-03-05")
    (moved,) = (
        bank_feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}>{wlxx}</zhxx></zhxxList>")
        .body.results[0]
        .assets[0]
        .transactions
    )
    assert moved.direction == Coded(code="1", system="bank.zjlx.direction")
    assert moved.counterparty.id_type == Coded(code="1", system="bank.zjlx", normalized="resident_id")


@pytest.mark.parametrize("number", ["130930199001010011", "13093019900101001X", "130930900101001"])
def test_identity_numbers_of_18_and_15_places_pass_unchanged(number: str) -> None:
    back, _ = listed(Request(request_no="1", subject=Subject(id_no=number, id_type=Coded.of("resident_id"))))
    assert back.subject.id_no == number
    assert back.subject.id_type.code == "1"


# --- nothing lost --------------------------------------------------------------------------------------------


def test_unknown_attributes_and_elements_come_back() -> None:
    row = attributes(BDHM="1", CCXH="1", KHZH="62220200", FKSJ="2026-03-05", XIN="新字段")
    xml = (
        f'<zhxxList{attributes(BB="2")}><zhxx{row} raw="not base64!"><djxxList n="1"><djxx{attributes(CSXH="1", NEU="x")}/>'
        f'<weird a="b"/></djxxList><newList><new{attributes(A="1")}/></newList></zhxx></zhxxList>'
    )
    body = bank_feed("shfeedXzcxInfo", xml).body
    asset = body.results[0].assets[0]
    assert body.ext == {"BB": "2"}
    assert asset.ext["XIN"] == "新字段"
    assert asset.measures[0].ext == {"NEU": "x"}
    assert asset.ext["@raw"] == "not base64!"
    assert through(body) == body


def test_text_of_amounts_and_dates_is_kept_even_when_unreadable() -> None:
    row = attributes(
        BDHM="1", CCXH="1", KHZH="62220200", FKSJ="昨天", YE="约一百元", KYYE="NaN", KHRQ="2026-02-30"
    )
    call = bank_feed("shfeedXzcxInfo", f"<zhxxList><zhxx{row}/></zhxxList>")
    detail = call.body.results[0].assets[0].detail
    assert (detail.balance, detail.available) == (Amount(raw="约一百元"), Amount(raw="NaN"))
    assert detail.opened == When(raw="2026-02-30")
    assert sorted(problem.code for problem in call.problems) == [
        "bad_amount",
        "bad_amount",
        "bad_date",
        "bad_date",
    ]
    assert through(call.body) == call.body


def test_wrong_md5_is_told_but_the_receipt_is_kept() -> None:
    row = attributes(BDHM="1", WJMC="回执", MD5="0" * 32) + f' WSNR="{b64(b64(PDF))}"'
    call = bank_feed("shfeedXzkzInfo", f"<kzxxList><hzxxList><hzxx{row}/></hzxxList></kzxxList>")
    assert [problem.code for problem in call.problems] == ["md5_mismatch"]
    assert call.body == ControlFeedback(
        receipts=(ReceiptDocument(request_no="1", name="回执", content=PDF, md5="0" * 32),)
    )


def test_code_this_family_does_not_have_is_refused_on_writing() -> None:
    request = filled(answers.KZXX, features=frozenset({"star"}))
    body = ControlFeedback(results=(replace(request, outcome=Coded.of("perhaps")),))
    sent = BANK.build_call(OPS["shfeedXzkzInfo"], WHO, body)
    assert [problem.code for problem in sent.errors] == ["no_code"]
    assert sent.content == b""


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2026-03-05", date(2026, 3, 5)),
        ("2026/03/05", date(2026, 3, 5)),
        ("20260305", date(2026, 3, 5)),
        ("2026-03-05 09:30:00", datetime(2026, 3, 5, 1, 30, tzinfo=UTC)),
        ("2026/03/05 09:30:00", datetime(2026, 3, 5, 1, 30, tzinfo=UTC)),
        ("20260305093000", datetime(2026, 3, 5, 1, 30, tzinfo=UTC)),
        ("2026-03/05", None),
        ("2026-13-01", None),
        ("长期", None),
    ],
)
def test_days_and_moments_are_read_in_court_time(raw: str, value: date | None) -> None:
    assert When.parse(raw) == When(raw=raw, value=value)


@settings(max_examples=60, deadline=None)
@given(
    name=st.text(max_size=10),
    ext=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    content=st.binary(max_size=20),
    number=st.decimals(allow_nan=False, allow_infinity=False, places=2),
)
def test_stored_json_loses_nothing(name: str, ext: dict[str, str], content: bytes, number: Decimal) -> None:
    body = (
        Request(request_no="1", officers=(Officer(name=name),), ext=ext),
        LegalDocument(content=content, registered_at=When.of(datetime(2026, 3, 5, 1, 30, tzinfo=UTC))),
        Asset(detail=Deposit(balance=Amount(raw=name, value=number))),
        Ack(result=AckResult.ALREADY),
    )
    assert from_json(canonical_json(body)) == body
    assert canonical_json(from_json(canonical_json(body))) == canonical_json(body)


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"v":1,"body":{"@":"Popen"}}', '{"v":9,"body":null}', "nonsense"]
)
def test_stored_json_from_elsewhere_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)


def test_registry_knows_profiles_and_dialects() -> None:
    known = dict(profiles_known())
    assert known["bank-soap-gbk"] == known["bank-file-zip"] == ("2017plus", "2016", "point_to_point")
    assert known["realty-soap-utf8"] == ("plain_leaves", "base64_leaves")
    assert profile_get("bank-soap-gbk").dialect.name == "2017plus"
    with pytest.raises(UnknownProfile):
        profile_get("bank-soap-gbk", "1999")
    with pytest.raises(UnknownProfile):
        profile_get("fax")


# --- malformed input -----------------------------------------------------------------------------------------

GOOD = attributes(BDHM="1", CCXH="1", KHZH="62220200", FKSJ="2026-03-05")
MALFORMED = [
    ("empty body", b"", "empty"),
    ("no XML", b"hello", "not_xml"),
    ("truncated", bank_call("getXzcxList")[:200], "not_xml"),
    ("not SOAP", b"<a/>", "not_soap"),
    ("empty envelope", b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>', "not_soap"),
    ("entity bomb", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document_type"),
    ("hidden doctype", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "document_type"),
    ("unknown operation", soap("dropTables", arg0="x"), "unknown_operation"),
    ("no arguments", soap("getXzcxList"), "missing_argument"),
    ("arg0 no Base64", soap("getXzcxList", arg0="!!!"), "bad_base64"),
    ("arg0 no XML", soap("getXzcxList", arg0=b64("hello")), "not_xml"),
    ("arg0 wrong root", soap("getXzcxList", arg0=whole("<user/>")), "bad_credentials_shape"),
    ("no password", soap("getXzcxList", arg0=whole(f"<usermarker><condition{attributes(username='u')}/></usermarker>")),
     "bad_credentials_shape"),
    ("credentials no Base64", soap("getXzcxList", arg0=whole('<usermarker><condition username="!" password="!"/></usermarker>')),
     "bad_base64"),
    ("arg1 missing", bank_call("shfeedXzcxInfo"), "missing_argument"),
    ("arg1 no Base64", bank_call("shfeedXzcxInfo", "!!!"), "bad_base64"),
    ("arg1 no XML", bank_call("shfeedXzcxInfo", b64("hello")), "not_xml"),
    ("arg1 DTD", bank_call("shfeedXzcxInfo", whole("<!DOCTYPE a><a/>")), "document_type"),
    ("unknown root", bank_call("shfeedXzcxInfo", whole("<foo/>")), "unknown_root"),
    ("empty feedback", bank_call("shfeedXzcxInfo", whole("<zhxxList/>")), "empty_feedback"),
    ("value no Base64", bank_call("shfeedXzcxInfo", whole(f'<zhxxList><zhxx{GOOD} YE="1.0!"/></zhxxList>')), "bad_base64"),
    ("value no GBK", bank_call("shfeedXzcxInfo", whole(f'<zhxxList><zhxx{GOOD} BEIZ="/w=="/></zhxxList>')), "bad_charset"),
    ("NUL in value", bank_call("shfeedXzcxInfo", whole(f"<zhxxList><zhxx{GOOD} BEIZ='{b64(chr(0))}'/></zhxxList>")),
     "control_character"),
    ("no request number", bank_call("shfeedXzcxInfo", whole(f"<zhxxList><zhxx{attributes(KHZH='62')}/></zhxxList>")),
     "missing_field"),
    ("no control state", bank_call("shfeedXzkzInfo", whole(f"<kzxxList><kzxx{attributes(BDHM='1', CCXH='1')}/></kzxxList>")),
     "missing_field"),
    ("key without number", bank_call("zjInfo", whole("<condition/>")), "missing_key"),
    ("too large", b" " * 10_000_001, "too_large"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "code"), [row[1:] for row in MALFORMED], ids=[row[0] for row in MALFORMED])
def test_malformed_call_is_told_and_answered_in_the_formats_own_form(raw: bytes, code: str) -> None:
    call = BANK.parse_call(raw)
    assert code in [problem.code for problem in call.errors]
    assert not call.is_usable
    assert call.raw == raw
    for problem in call.errors:
        assert problem.sentence.endswith("。")
        assert problem.as_problem().level == "error"
    reply = BANK.refuse(call)
    assert reply.content
    assert reply.is_fault is (call.operation is None)
    if call.operation is not None:
        answer = BANK.parse_reply(call.operation, reply.content).body
        assert answer.error_message


def test_refusal_names_the_request_where_it_is_known() -> None:
    call = bank_feed("shfeedXzcxInfo", f'<zhxxList><zhxx{GOOD} YE="!"/></zhxxList>')
    assert call.request_numbers == ("1",)
    answer = BANK.parse_reply(call.operation, BANK.refuse(call).content).body
    assert [(ack.request_no, ack.result) for ack in answer.acks] == [("1", AckResult.FAIL)]
    assert "YE" in answer.error_message


def test_fault_of_the_court_is_a_problem_for_the_agency() -> None:
    call = BANK.parse_call(b"hello")
    reply = BANK.parse_reply(OPS["getXzcxList"], BANK.refuse(call).content)
    assert reply.body is None
    assert [problem.code for problem in reply.problems] == ["soap_fault"]


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10_000), junk=st.binary(min_size=0, max_size=6))
@pytest.mark.parametrize("layer", ["envelope", "message"])
def test_damaged_calls_never_raise(layer: str, place: int, junk: bytes) -> None:
    inner = (
        f"<zhxxList><zhxx{GOOD}><jrxxList><jrxx{attributes(ZCXH='1')}/></jrxxList></zhxx></zhxxList>".encode()
    )
    if layer == "message":
        place %= len(inner)
        raw = bank_call("shfeedXzcxInfo", b64(inner[:place] + junk + inner[place + len(junk) // 2 :]))
    else:
        raw = bank_call("shfeedXzcxInfo", b64(inner))
        place %= len(raw)
        raw = raw[:place] + junk + raw[place + len(junk) // 2 :]
    call = BANK.parse_call(raw)
    assert call.is_usable or call.errors
    assert BANK.refuse(call).content
    if call.body is not None:
        assert isinstance(request_numbers(call.body), tuple)
