"""Flags of supervision and rules of disclosure, at their thresholds."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from zhixing.kernel.masking import mask_account, mask_id, mask_phone
from zhixing.law.approvals import chain_for, chains_checked
from zhixing.law.book import book
from zhixing.law.disclosure import disclosure_of, shown
from zhixing.law.errors import NoRuleInForce, UnknownRule
from zhixing.law.supervision import flag_level, knowledge_for, supervision_flags, supervision_rules

DAY = date(2026, 3, 4)
COURT = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("code", "count", "level", "word"),
    [
        ("SV-10", -4, "", ""),
        ("SV-10", -3, "yellow", "预警"),
        ("SV-10", 0, "orange", "预警"),
        ("SV-10", 4, "orange", "超期"),
        ("SV-10", 5, "red", "超期"),
        ("SV-11", 29, "", ""),
        ("SV-11", 30, "yellow", "预警"),
        ("SV-11", 59, "yellow", "预警"),
        ("SV-11", 60, "red", "预警"),
        ("SV-12.online", 47, "", ""),
        ("SV-12.online", 48, "yellow", "预警"),
        ("SV-13.price", 30, "", ""),
        ("SV-13.price", 31, "red", "超期"),
        ("SV-13.sale", 10, "", ""),
        ("SV-13.sale", 11, "red", "超期"),
        ("SV-14", 61, "", ""),
        ("SV-14", 60, "yellow", "预警"),
        ("SV-14", 15, "orange", "预警"),
        ("SV-14", 7, "red", "预警"),
        ("SV-18", 7, "", ""),
        ("SV-18", 8, "red", "预警"),
        ("SV-15.payout", 9, "", ""),
        ("SV-15.payout", 10, "yellow", "预警"),
        ("SV-15.payout", 15, "orange", "预警"),
        ("SV-15.payout", 16, "orange", "超期"),
        ("SV-15.limit", 29, "", ""),
        ("SV-15.limit", 30, "red", "预警"),
        ("SV-15.limit", 31, "red", "超期"),
        ("SV-19", 3, "", ""),
        ("SV-19", 4, "red", "超期"),
    ],
)
def test_flag(code: str, count: int, level: str, word: str) -> None:
    found = flag_level(code, count, on=DAY)
    assert (found.level, found.word) == (level, word)


def test_every_flag_of_the_rulebook_is_there() -> None:
    rules = {rule for row in supervision_flags(DAY) for rule in row.rules}
    assert rules == {f"SV-{no}" for no in range(10, 22)}
    with pytest.raises(NoRuleInForce):
        flag_level("SV-10", 1, on=date(2021, 12, 5))


@pytest.mark.parametrize(
    ("topic", "count"), [("concept", 4), ("procedure", 9), ("recording", 4), ("retention", 3), ("entrust", 8)]
)
def test_rules_by_topic(topic: str, count: int) -> None:
    assert len(supervision_rules(topic, DAY)) == count


@pytest.mark.parametrize(
    ("kind", "audience", "done", "answer", "why"),
    [
        ("case_basics", "party", False, "must", "PB-02"),
        ("case_basics", "public", False, "must_not", "PB-02: parties only"),
        ("control", "party", False, "wait", "PB-04: would defeat the freeze"),
        ("control", "party", True, "must", "PB-04: the measure is done"),
        ("coercion", "applicant", False, "wait", "PB-04"),
        ("report", "applicant", False, "must", "PB-13: must be allowed"),
        ("report", "party", False, "must_not", "PB-13: the creditor's right"),
        ("found_assets", "applicant", False, "may", "PB-13: the court may"),
        ("dishonest", "public", False, "must", "PB-08"),
        ("inner", "party", True, "must_not", "PB-12"),
        ("informants", "applicant", True, "must_not", "PB-12"),
        ("rulings_kept", "public", False, "must_not", "PB-10"),
    ],
)
def test_disclosure(kind: str, audience: Any, done: bool, answer: str, why: str) -> None:
    assert disclosure_of(kind, audience, on=DAY, measure_done=done).answer == answer, why


def test_push_within_a_day_and_documents_within_seven_working_days() -> None:
    saved = datetime(2026, 3, 4, 9, 30, tzinfo=COURT)
    assert disclosure_of("money", "party", on=DAY, saved_at=saved).due == datetime(
        2026, 3, 5, 9, 30, tzinfo=COURT
    )
    assert disclosure_of("rulings", "public", on=DAY, saved_at=saved).due == date(2026, 3, 13)
    assert disclosure_of("control", "party", on=DAY, saved_at=saved).due is None


def test_public_fields_of_the_list() -> None:
    fields = disclosure_of("dishonest", "public", on=DAY).fields
    assert "conduct" in fields
    assert "address" not in fields


@pytest.mark.parametrize(
    ("data", "value", "audience", "seen"),
    [
        ("name", "欧阳明", "document", "欧阳某"),
        ("name", "王小明", "public", "王小明"),
        ("id_number", "130930199003070034", "public", "1309301990****0034"),
        ("id_number", "130930199003070034", "court", "130930199003****34"),
        ("id_number", "130930199003070034", "document", ""),
        ("phone", "13800006621", "party", "138****6621"),
        ("phone", "13800006621", "public", ""),
        ("account", "6217000000006618", "party", "6217****6618"),
        ("account", "6217000000006618", "document", ""),
        ("address", "河北省沧州市孟村县某村1号", "court", "河北省沧州市孟村县某村1号"),
        ("address", "河北省沧州市孟村县某村1号", "party", ""),
        ("plate", "冀J12345", "public", ""),
        ("name", "", "document", ""),
    ],
)
def test_masking(data: str, value: str, audience: Any, seen: str) -> None:
    assert shown(data, value, audience, on=DAY) == seen


def test_masking_is_the_kernels() -> None:
    number = "130930199003070034"
    assert shown("id_number", number, "public", on=DAY) == mask_id(number, public=True)
    assert shown("phone", "13800006621", "court", on=DAY) == mask_phone("13800006621")
    assert shown("account", "6217000000006618", "court", on=DAY) == mask_account("6217000000006618")


def test_unknown_data_is_not_shown() -> None:
    with pytest.raises(UnknownRule):
        shown("dna", "x", "public", on=DAY)


def test_every_floor_has_a_chain_and_no_chain_is_below() -> None:
    chains_checked(book())
    for floor in book().all_rows("approval.floors"):
        assert chain_for(floor.code).min_legal_role, floor.code


@pytest.mark.parametrize(
    ("key", "cited"), [("N05", "cpl.251"), ("N21", "cpl.118"), ("settlement", "cpl.241")]
)
def test_law_that_is_shown_at_a_node(key: str, cited: str) -> None:
    assert cited in knowledge_for(key, DAY)
    assert knowledge_for("N99", DAY) == ()
