"""The list of sources before 终本: every source for every debtor, gaps told, checked by a script of no shared code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from inquiry_world import ABC, CCB, REALTY, World

from zhixing.acts.errors import ActRefused
from zhixing.documents.engine.seals.verification import verify
from zhixing.documents.models import Document
from zhixing.documents.services import authority, document_content
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.models import Order, OrderState
from zhixing.inquiry.domain.exhaustion import canonical, digest_of
from zhixing.inquiry.exhaustion import exhaustion_of
from zhixing.inquiry.exhaustion_paper import told_of
from zhixing.inquiry.models import Answer, Packet
from zhixing.kernel.clock import now
from zhixing.law.book import book
from zhixing.platform import scope

SCRIPT = Path(__file__).parents[2] / "scripts" / "exhaustion_check.py"


def told(world: World, *, later: timedelta = timedelta(0)) -> dict[str, Any]:
    """The list of now, or of later."""
    return exhaustion_of(world.case, moment=now() + later)


def answers(found: dict[str, Any], source: str) -> dict[str, str]:
    """Class by agency of one source."""
    return {line["agency"]: line["answer"] for line in found["lines"] if line["source"] == source}


def checked(path: Path, *more: str) -> tuple[int, str]:
    """What the script says, with nothing of ours on its path."""
    ran = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), *more], capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout


def script_says(tmp_path: Path, found: dict[str, Any], *, redigest: bool = True) -> tuple[int, str]:
    """The script on these values; the digest made anew, so that only what was changed is wrong."""
    path = tmp_path / "list.json"
    path.write_bytes(canonical(found | ({"digest": digest_of(found)} if redigest else {})))
    return checked(path)


def test_before_anything_is_asked_every_source_of_the_first_stage_is_a_gap(world: World) -> None:
    found = told(world)
    first = [row.code for row in book().at(now().date()).rows("inquiry.menu") if row.stage == 1]
    assert [row["code"] for row in found["sources"]] == first
    assert answers(found, "deposit") == {ABC: "not_asked", CCB: "not_asked"}
    assert answers(found, "vehicle") == {"": "not_connected"}
    assert not found["complete"] and len(found["gaps"]) == len(found["lines"])


def test_answers_have_their_class_and_the_digest_of_their_bytes(
    world: World, answered: Callable[..., Packet]
) -> None:
    """ABC found, CCB found nothing, realty found; wealth was not asked of the banks."""
    packet = answered()
    assert answers(told(world), "deposit") == {ABC: "found", CCB: "not_found"}
    found = told(world)
    assert answers(found, "realty_local") == {REALTY: "found"}
    assert answers(found, "wealth") == {ABC: "not_asked", CCB: "not_asked"}
    line = next(row for row in found["lines"] if row["agency"] == CCB and row["source"] == "deposit")
    order = Order.objects.get(reference=packet.request_id, agency_id=CCB)
    assert line["request_nos"] == [order.request_no]
    assert line["messages"] == list(order.messages.values_list("sha256", flat=True))


def test_a_sealed_packet_stays_sealed_in_the_list_too(world: World, answered: Callable[..., Packet]) -> None:
    answered()
    with scope.using(world.scope("judge")):
        assert set(answers(told(world), "deposit").values()) == {"sealed"}
    with scope.system("test"):
        Answer.objects.update(is_opened=True)
    with scope.using(world.scope("judge")):
        assert answers(told(world), "deposit") == {ABC: "found", CCB: "not_found"}


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (InquiryResult(outcome=Outcome.ERROR, outcome_text="系统维护"), "error"),
        (InquiryResult(outcome=Outcome.REFUSED, outcome_text="未附公务证"), "refused"),
    ],
)
def test_a_refusal_or_an_error_is_a_gap(
    world: World, answered: Callable[..., Packet], content: InquiryResult, answer: str
) -> None:
    answered(ccb=content)
    assert answers(told(world), "deposit")[CCB] == answer


def test_who_is_silent_is_a_gap_after_his_hours_and_within_them(world: World) -> None:
    request = world.released()
    Order.objects.filter(reference=request.pk).update(state=OrderState.LISTED, listed_at=now())
    assert set(answers(told(world), "deposit").values()) == {"waiting"}
    assert set(answers(told(world, later=timedelta(hours=25)), "deposit").values()) == {"silent"}


def test_approved_and_not_sent_is_told_apart_from_not_asked(world: World) -> None:
    world.approved()
    assert set(answers(told(world), "deposit").values()) == {"not_sent"}


def test_the_number_of_statements_does_not_grow(world: World, answered: Callable[..., Packet]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as before:
        told(world)
    answered()
    with CaptureQueriesContext(connection) as after:
        told(world)
    assert len(after) <= len(before) + 4


def test_the_judge_seals_it_and_the_script_reads_it_out_of_the_pdf(
    world: World, answered: Callable[..., Packet], tmp_path: Path
) -> None:
    answered()
    draft = world.submit("judge", "inquiry.certify", {})
    paper = Document.objects.get(draft_id=draft.pk)
    content = document_content(paper)
    assert verify(content, [authority().root_certificate()]).valid
    found = told_of(content)
    assert found["digest"] == digest_of(found)
    assert draft.result["gaps"] == len(found["gaps"]) > 0
    path = tmp_path / "list.pdf"
    path.write_bytes(content)
    code, said = checked(path)
    assert (code, "清单无矛盾" in said) == (1, True), said
    missing = checked(path, "--messages", str(tmp_path))
    assert missing[0] == 2 and "文件夹里没有报文" in missing[1]


def test_nothing_asked_or_another_judge_is_refused(world: World) -> None:
    for who, code in (("judge", "certify.nothing"), ("other", "certify.not_handler")):
        with pytest.raises(ActRefused) as refused:
            world.submit(who, "inquiry.certify", {})
        assert [problem.code for problem in refused.value.problems] == [code]


def test_the_script_accepts_a_complete_list_and_finds_each_contradiction(
    world: World, answered: Callable[..., Packet], tmp_path: Path
) -> None:
    answered()
    found = told(world)
    settled = [line for line in found["lines"] if line["answer"] in ("found", "not_found")]
    codes = {line["source"] for line in settled}
    whole = found | {
        "sources": [row for row in found["sources"] if row["code"] in codes],
        "lines": settled,
        "gaps": [],
        "counts": {kind: n for kind, n in found["counts"].items() if kind in ("found", "not_found")},
        "complete": True,
    }
    assert script_says(tmp_path, whole)[0] == 0
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("没有列出", {"lines": [line for line in settled if line["source"] != "realty_local"]}),
        ("列了两次", {"lines": [*settled, settled[0]]}),
        ("计数与明细不符", {"counts": {}}),
        ("结论与明细不符", {"complete": False}),
        ("缺口与明细不符", {"gaps": [{"debtor": 1, "source": "x", "agency": "", "answer": "error"}]}),
        ("却没有报文", {"lines": [settled[0] | {"messages": []}, *settled[1:]]}),
        ("时间先后不对", {"cut_off": "2020-01-01T00:00:00+08:00"}),
        ("不认识的结果类别", {"lines": [settled[0] | {"answer": "maybe"}, *settled[1:]]}),
    ]
    for words, change in wrong:
        code, said = script_says(tmp_path, json.loads(json.dumps(whole | change)))
        assert code == 2 and words in said, (words, said)
    code, said = script_says(tmp_path, whole | {"case": "（2026）冀0930执999号"}, redigest=False)
    assert code == 2 and "摘要与内容不符" in said


def test_the_page_shows_gaps_to_the_handler_and_to_nobody_else(
    world: World, answered: Callable[..., Packet]
) -> None:
    answered()
    client = Client()
    client.force_login(world.staff["judge"].account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/cases/{world.case.pk}/exhaustion/").content.decode()
    assert "没有接入，须线下调查" in page and "出具并用印" in page
    posted = client.post(f"/cases/{world.case.pk}/exhaustion/", {"idempotency_key": "e1"})
    assert posted.status_code == 302
    paper = Document.objects.get(kind="exhaustion_list")
    data = client.get(f"/cases/{world.case.pk}/exhaustion/{paper.pk}.json")
    assert data.json()["case"] == world.case.number
    for who in ("other", "clerk", "first"):
        other = Client()
        other.force_login(world.staff[who].account, backend="django.contrib.auth.backends.ModelBackend")
        assert other.get(f"/cases/{world.case.pk}/exhaustion/").status_code in (302, 403, 404)
