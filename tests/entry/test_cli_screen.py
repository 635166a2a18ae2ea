"""`zhixing screen` in a plain process: raw messages of two formats, a table, rubbish; same verdicts as the web."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from zhixing.gateway.domain.assets import Asset, Deposit, RealRight, RightHolder
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.domain.messages import InquiryFeedback
from zhixing.gateway.domain.values import Amount, Coded, When
from zhixing.gateway.profiles.registry import wire_get

DEBTOR, OTHER = "11010519491231002X", "130930199001010016"
CASE = {
    "received_on": "2026-03-04",
    "due": "150.00",
    "persons": [
        {"id": "d1", "name": "郑某", "identifiers": [{"kind": "resident_id", "value": DEBTOR}], "reported_on": "2026-03-01"},
        {"id": "p2", "name": "周某", "role": "other", "identifiers": [{"kind": "resident_id", "value": OTHER}]},
    ],
    "declared": [{"id": "r1", "person": "d1", "kind": "cash", "number": "6228 4800 0000 0001", "amount": "10.00"}],
}  # fmt: skip
MAPPING = {
    "columns": {"账号": "number", "户名": "holder_name", "证件号": "holder_id", "余额": "balance"}, "kind": "payment", "person": "d1",
}  # fmt: skip


def bank_message(*accounts):
    result = InquiryResult(
        request_no="20260304130930000001", outcome=Outcome.FOUND, responded_at=When.parse("2026-03-03 10:00:00"),
        assets=tuple(
            Asset(seq=str(no), detail=Deposit(account_no=number, category="借记卡", balance=Amount(raw=balance), currency=Coded.of("CNY")))
            for no, (number, balance) in enumerate(accounts, start=1)
        ),
    )  # fmt: skip
    return wire_get("bank-soap-gbk").encode(InquiryFeedback(results=(result,))).content


def registry_message(holder_id):
    right = RealRight(
        right_class="FDCQ", unit_no="130930001001GB00001F00000001", location="某小区1号",
        holders=(RightHolder(unit_no="130930001001GB00001F00000001", name="郑某", id_no=holder_id),),
    )  # fmt: skip
    result = InquiryResult(request_no="20260304130930000002", assets=(Asset(seq="1", detail=right),))
    return wire_get("realty-soap-utf8").encode(InquiryFeedback(results=(result,))).content


@pytest.fixture
def desk(tmp_path):
    answers = tmp_path / "answers"
    answers.mkdir()
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    (tmp_path / "map.json").write_text(json.dumps(MAPPING))
    (answers / "a-bank.xml").write_bytes(
        bank_message(("6228480000000001", "100.00"), ("6228480000000002", "1.2万元"))
    )
    (answers / "b-realty.xml").write_bytes(registry_message(DEBTOR))
    (answers / "c-table.csv").write_text(
        f"账号,户名,证件号,余额\nZ1,郑某,{DEBTOR},50\nZ2,周某,{OTHER},70\n", encoding="gb18030"
    )
    (answers / "d-rubbish.bin").write_bytes(b"\xff\x00 nothing")
    return tmp_path


def screen(desk, *more, case="case.json"):
    command = [
        sys.executable, "-m", "zhixing.entry.cli", "screen", "--case", str(desk / case), "--answers", str(desk / "answers"), *more,
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_folder_is_screened_compared_and_planned(desk):
    done = screen(desk, "--mapping", str(desk / "map.json"), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [(item["file"], item["class"], item["verdict"], item["rule"]) for item in told["items"]] == [
        ("a-bank.xml", "cash", "own", "P18"),
        ("a-bank.xml", "cash", "malformed", "V02"),
        ("b-realty.xml", "realty", "own", "P01"),
        ("c-table.csv", "payment", "own", "P01"),
        ("c-table.csv", "payment", "other", "P06"),
    ]
    assert [one["file"] for one in told["apart"]] == ["d-rubbish.bin"]
    assert [(row["declared"], row["item"], row["verdict"]) for row in told["comparison"]] == [
        ("r1", 0, "understated"), (None, 2, "omitted"), (None, 3, "omitted"),
    ]  # fmt: skip
    assert [(pick["item"], pick["amount"]) for pick in told["plan"]["picks"]] == [(0, "100.00"), (3, "50.00")]
    assert sum(told["summary"].values()) == len(told["items"]) + len(told["apart"])


def test_a_table_without_a_mapping_is_set_apart_and_the_rest_goes_on(desk):
    told = json.loads(screen(desk, "--json").stdout)
    assert [one["file"] for one in told["apart"]] == ["c-table.csv", "d-rubbish.bin"]
    assert len(told["items"]) == 3


def test_people_see_no_whole_numbers(desk):
    done = screen(desk, "--mapping", str(desk / "map.json"))
    assert "归入本案" in done.stdout
    assert "6228480000000001" not in done.stdout
    assert DEBTOR not in done.stdout


def test_a_faulty_case_file_is_told_all_at_once(desk):
    faulty = {
        "persons": [{"id": "d1", "name": "", "identifiers": [{"kind": "shoe", "value": 3}]}],
        "due": 1.5,
        "what": 1,
    }
    (desk / "bad.json").write_text(json.dumps(faulty))
    done = screen(desk, "--json", case="bad.json")
    assert done.returncode == 2
    sentences = "\n".join(json.loads(done.stdout)["problems"])
    for field in ("persons.0.name", "persons.0.identifiers.0.kind", "persons.0.identifiers.0.value", "what"):
        assert field in sentences
    (desk / "bad.json").write_text("{")
    assert screen(desk, case="bad.json").returncode == 2
