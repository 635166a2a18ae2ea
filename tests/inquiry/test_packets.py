"""Answers are sealed to one judge: by the database, by the code on his phone, with every look on record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from inquiry_world import NAMESAKE_ID, World, account, result

from zhixing.acts.errors import ActRefused
from zhixing.inquiry.models import Comparison, Finding, Packet, RequestState
from zhixing.inquiry.packets import PURPOSE, sieve_counts
from zhixing.kernel.clock import now, today
from zhixing.platform import codes, scope
from zhixing.platform.models import Notice

TABLES = ("inquiry_finding", "inquiry_answer", "inquiry_comparison")


def counts() -> list[int]:
    """Rows that raw SQL sees in this scope."""
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found.append(cursor.fetchone()[0])
    return found


def opened(world: World, packet: Packet) -> Packet:
    """The packet opened by its judge with a fresh code."""
    code = codes.issue(purpose=PURPOSE, reference=str(packet.pk), staff_id=packet.judge_id, moment=now())
    with scope.using(world.scope("judge")):
        world.submit("judge", "inquiry.open_packet", {"packet": str(packet.pk), "code": code})
    packet.refresh_from_db()
    return packet


def refusal(world: World, who: str, packet: Packet, code: str) -> set[str]:
    """Codes of the problems of an attempt to open."""
    with scope.using(world.scope(who)), pytest.raises(ActRefused) as refused:
        world.submit(who, "inquiry.open_packet", {"packet": str(packet.pk), "code": code})
    return {problem.code for problem in refused.value.problems}


def test_one_packet_although_all_messages_were_there_before_the_first_took_effect(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Three answers, one packet, sent as mail and password by short message."""
    packet = answered()
    assert (packet.agencies_asked, packet.agencies_answered, Packet.objects.count()) == (3, 3, 1)
    assert sorted(Notice.objects.filter(reason="inquiry.seal_packet").values_list("channel", flat=True)) == [
        "mail",
        "sms",
    ]
    assert Finding.objects.filter(packet=None).count() == 0


def test_sealed_answers_are_invisible_to_everybody_even_in_sql(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Officer, chief, other judge and the judge himself see no row before the code was used."""
    answered()
    for who in ("first", "chief", "other", "judge"):
        with scope.using(world.scope(who)):
            assert counts() == [0, 0, 0], who


def test_opened_answers_are_visible_to_their_judge_alone(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Two findings, three answers, two lines; for all others still nothing."""
    packet = opened(world, answered())
    assert packet.request.__class__.objects.get(pk=packet.request_id).state == RequestState.OPENED
    with scope.using(world.scope("judge")):
        assert counts() == [2, 3, 2]
    for who in ("first", "chief", "other"):
        with scope.using(world.scope(who)):
            assert counts() == [0, 0, 0], who


def test_only_the_addressee_opens_and_only_with_the_code(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Another judge is told that it is not his; five wrong tries use the code up."""
    packet = answered()
    assert refusal(world, "other", packet, "000000") == {"packet.not_yours"}
    code = codes.issue(purpose=PURPOSE, reference=str(packet.pk), staff_id=packet.judge_id, moment=now())
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(codes.MAX_ATTEMPTS):
        assert refusal(world, "judge", packet, wrong) == {"packet.code"}
    assert refusal(world, "judge", packet, code) == {"packet.code"}


def test_the_sieve_keeps_a_namesake_out_of_the_table(world: World, answered: Callable[..., Packet]) -> None:
    """The bank matched by name and says whose number it is."""
    packet = opened(
        world,
        answered(
            ccb=result(account("6217000000009999", "5.00", remark=f"按户名匹配，开户证件号码{NAMESAKE_ID}"))
        ),
    )
    with scope.using(world.scope("judge")):
        found = sieve_counts(packet)
        assert (found["own"], found["other"], found["empty"]) == (2, 1, 0)
        assert Comparison.objects.filter(finding__screen="other").count() == 0


def find(world: World, **payload: Any) -> Any:
    """The judge finds."""
    with scope.using(world.scope("judge")):
        return world.submit("judge", "inquiry.find", payload)


def test_a_verdict_that_departs_from_the_proposal_needs_a_reason(
    world: World, answered: Callable[..., Packet]
) -> None:
    """And is kept under the judge's name."""
    packet = opened(world, answered())
    line = Comparison.objects.filter(packet=packet, proposed="omitted").first()
    with pytest.raises(ActRefused) as refused:
        find(world, comparison=line.pk, verdict="match")
    assert {problem.code for problem in refused.value.problems} == {"find.reason"}
    find(world, comparison=line.pk, verdict="match", reason="当庭核对属实")
    line.refresh_from_db()
    assert (line.decided, line.decided_by) == ("match", "张文清")


def test_an_unclear_record_found_to_be_his_joins_the_table(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Without basis it is refused; with one it becomes his own and appears as omitted."""
    packet = opened(
        world,
        answered(
            ccb=result(account("6217000000009999", "5000.00", phone="13900000000", address="沧县旧州镇"))
        ),
    )
    unclear = Finding.objects.get(packet=packet, screen="unclear")
    with pytest.raises(ActRefused):
        find(world, finding=unclear.pk, whose="own")
    find(world, finding=unclear.pk, whose="own", reason="与本人核对")
    unclear.refresh_from_db()
    assert (unclear.screen, Comparison.objects.get(finding=unclear).proposed) == ("own", "omitted")


def test_a_declared_account_is_laid_beside_the_found_one(
    world: World, answered: Callable[..., Packet]
) -> None:
    """Declared 60,000, found 80,000: understated by 20,000."""
    item = {
        "category": "cash",
        "place": "模拟农业银行",
        "number": "6228480631234567890",
        "text": "活期存款",
        "amount": "60000",
    }
    world.submit(
        "clerk",
        "inquiry.declare",
        {"party": world.obligor.pk, "received_on": today().isoformat(), "items": [item]},
    )
    packet = opened(world, answered())
    line = Comparison.objects.get(packet=packet, item__isnull=False)
    assert (line.proposed, line.is_material, line.reasons) == (
        "understated",
        True,
        ["查得 80,000.00 元，报告 60,000.00 元，相差 20,000.00 元"],
    )
