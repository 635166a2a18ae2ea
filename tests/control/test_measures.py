"""Freeze, receipt, deduction, release: checks and effects over the life of a measure (DUR-10, NIC-31, NIC-32)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from inquiry_world import ABC, CCB, World, message_of

from zhixing.acts.errors import ActRefused
from zhixing.cases.claims import outstanding_of
from zhixing.control import receipts
from zhixing.control.models import Measure, MeasureState, Receipt
from zhixing.gateway.domain.assets import Measure as Prior
from zhixing.gateway.domain.canonical import ControlResult, ReceiptDocument
from zhixing.gateway.domain.values import Amount, Coded
from zhixing.gateway.models import Order
from zhixing.kernel.clock import now, today
from zhixing.platform.models import Notice

D = Decimal


def freeze(world: World, *targets: tuple[int, str], **more: Any) -> Any:
    """Order a freeze and let the chief approve it."""
    payload = {"targets": [{"finding": pk, "amount": amount} for pk, amount in targets]}
    draft = world.submit("judge", "control.freeze", payload, **more)
    return world.decide("chief", draft)


def refusal(world: World, *targets: tuple[int, str]) -> set[str]:
    """Codes of the problems of a freeze, ids of findings left out."""
    with pytest.raises(ActRefused) as refused:
        freeze(world, *targets)
    return {
        ".".join(part for part in problem.code.split(".") if not part.isdigit())
        for problem in refused.value.problems
    }


def settle(monkeypatch: pytest.MonkeyPatch, papers: tuple[ReceiptDocument, ...] = (), **fields: Any) -> None:
    """Let every order of the case be answered with one result."""
    told = {"item_seq": "1", "outcome": Coded.of("done")} | fields
    monkeypatch.setattr(
        receipts,
        "message_body",
        lambda message, order: ((ControlResult(request_no=order.request_no, **told),), papers),
    )
    for order in (
        Order.objects.filter(kind="control").exclude(messages__isnull=False).select_related("agency")
    ):
        receipts.receipt_take(order, message_of(order), None, now())


def amount(text: str) -> Amount:
    """An amount as it comes over the wire."""
    return Amount.parse(text)


def test_a_freeze_makes_one_measure_per_target_and_one_order_per_bank(
    world: World, findings: Callable[..., list[int]]
) -> None:
    """Three accounts at two banks: three measures, two orders, one year."""
    one, two, three = findings(
        (ABC, "6228480000000001", "10000", {}),
        (ABC, "6228480000000002", "5000", {}),
        (CCB, "6217000000000003", "7000", {}),
    )
    done = freeze(world, (one, "10000.00"), (two, "5000.00"), (three, "7000.00"))
    assert done.result == {"measures": 3, "orders": 2, "total": "22000.00"}
    measure = Measure.objects.get(finding_id=one)
    assert (measure.state, measure.starts_on) == (MeasureState.ORDERED, today())
    assert (measure.ends_on.year - measure.starts_on.year) == 1


def test_what_is_not_the_debtors_own_may_not_be_frozen(
    world: World, findings: Callable[..., list[int]]
) -> None:
    """Namesake's, undecided, protected: each says why, all at once."""
    rows = findings(
        (ABC, "6228480000000001", "10", {"screen": "other"}),
        (ABC, "6228480000000002", "10", {"screen": "unclear"}),
        (CCB, "6217000000000003", "10", {"exempt_rule": "EXM-01", "exempt_action": "block"}),
    )
    assert refusal(world, *((pk, "10.00") for pk in rows)) == {"control.not_own", "control.exempt"}


def test_a_restricted_account_needs_a_reason(world: World, findings: Callable[..., list[int]]) -> None:
    """A warning that may be overridden."""
    (pk,) = findings((ABC, "6228480000000001", "10", {"exempt_rule": "EXM-05", "exempt_action": "reserve"}))
    assert refusal(world, (pk, "10.00")) == {"control.exempt"}
    assert (
        freeze(world, (pk, "10.00"), overrides={f"control.{pk}.exempt": "已保留生活费"}).state == "effective"
    )


def test_not_more_than_the_claim_and_what_is_ordered_counts(
    world: World, findings: Callable[..., list[int]]
) -> None:
    """One fen above the claim is refused; after a freeze of the whole claim nothing is left."""
    one, two = findings((ABC, "6228480000000001", "999999", {}), (CCB, "6217000000000002", "999999", {}))
    claim = outstanding_of(world.case, today()).total
    assert refusal(world, (one, str(claim + D("0.01")))) == {"control.over_limit"}
    freeze(world, (one, str(claim)))
    assert refusal(world, (two, "0.01")) == {"control.over_limit"}
    assert refusal(world, (one, "1.00")) >= {"control.live"}


def test_the_drafter_may_not_approve_his_own_freeze(world: World, findings: Callable[..., list[int]]) -> None:
    """Four eyes."""
    (pk,) = findings((ABC, "6228480000000001", "10", {}))
    draft = world.submit("judge", "control.freeze", {"targets": [{"finding": pk, "amount": "10.00"}]})
    with pytest.raises(ActRefused) as refused:
        world.decide("judge", draft)
    assert {problem.code for problem in refused.value.problems} >= {"step.four_eyes"}


@pytest.mark.parametrize(
    ("told", "state", "controlled", "excess"),
    [
        ({"controlled_amount": "8000.00", "over_limit_amount": "2000.00"}, "active", "8000.00", "2000.00"),
        (
            {"controlled_amount": "0.00", "over_limit_amount": "10000.00", "prior": True},
            "waiting",
            "0.00",
            "10000.00",
        ),
        (
            {"controlled_amount": "3000.00", "over_limit_amount": "7000.00", "prior": True},
            "active",
            "3000.00",
            "7000.00",
        ),
        ({"outcome": Coded.of("not_done"), "reason": "账户已销户"}, "failed", None, None),
    ],
)
def test_a_receipt_settles_the_measure_as_the_bank_tells_it(
    world: World,
    findings: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch,
    told: dict[str, Any],
    state: str,
    controlled: str | None,
    excess: str | None,
) -> None:
    """Nothing held and somebody earlier: waiting in line; not done: failed with the reason."""
    (pk,) = findings((ABC, "6228480000000001", "8000", {}))
    freeze(world, (pk, "10000.00"))
    fields = {
        key: amount(value) if isinstance(value, str) and key != "reason" else value
        for key, value in told.items()
        if key != "prior"
    }
    prior = (
        (Prior(authority="沧县人民法院", doc_no="（2025）冀0921执9号之一", amount=amount("5000.00")),)
        if told.get("prior")
        else ()
    )
    settle(monkeypatch, prior_measures=prior, **fields)
    measure = Measure.objects.get()
    assert measure.state == state
    assert measure.controlled == (D(controlled) if controlled else None)
    assert measure.excess == (D(excess) if excess else None)
    assert measure.reason == told.get("reason", "")


def held(world: World, findings: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch) -> Measure:
    """A freeze of 10,000 of which 8,000 are held."""
    (pk,) = findings((ABC, "6228480000000001", "8000", {}))
    freeze(world, (pk, "10000.00"))
    paper = ReceiptDocument(name="协助冻结回执.pdf", content=b"%PDF-1.7 receipt")
    settle(monkeypatch, (paper,), controlled_amount=amount("8000.00"), over_limit_amount=amount("2000.00"))
    return Measure.objects.get()


def test_only_what_is_held_may_be_deducted(
    world: World, findings: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """8,000 are held: 8,000.01 is refused, 3,000 leaves 5,000 frozen, the rest ends the measure."""
    measure = held(world, findings, monkeypatch)

    def deduct(value: str) -> None:
        world.decide(
            "chief",
            world.submit(
                "judge", "control.transfer", {"items": [{"measure": str(measure.pk), "amount": value}]}
            ),
        )
        settle(monkeypatch, controlled_amount=amount(value))
        measure.refresh_from_db()

    with pytest.raises(ActRefused):
        deduct("8000.01")
    deduct("3000.00")
    assert (measure.state, measure.controlled, measure.deducted) == ("active", D("5000.00"), D("3000.00"))
    deduct("5000.00")
    assert (measure.state, measure.deducted) == ("deducted", D("8000.00"))


def test_a_release_ends_the_measure_when_the_bank_has_done_it(
    world: World, findings: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ordered: releasing; told: released; then nothing is left to release."""
    measure = held(world, findings, monkeypatch)
    payload = {"measures": [str(measure.pk)], "ground": "paid"}
    world.decide("chief", world.submit("judge", "control.release", payload))
    measure.refresh_from_db()
    assert measure.state == "releasing"
    settle(monkeypatch)
    measure.refresh_from_db()
    assert measure.state == "released"
    with pytest.raises(ActRefused):
        world.submit("judge", "control.release", payload)


def test_the_page_shows_receipts_and_tells_the_debtor_once(
    world: World, findings: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Receipt as it came; one short message to the phone on file, without an amount; a release needs a choice."""
    held(world, findings, monkeypatch)
    client = Client()
    client.force_login(world.staff["judge"].account, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/cases/{world.case.pk}/measures/").content.decode()
    assert "8,000.00" in page
    assert "超额 2,000.00" in page
    assert "6228480000000001" not in page
    receipt = Receipt.objects.get()
    assert client.get(f"/cases/{world.case.pk}/receipts/{receipt.pk}/").content == b"%PDF-1.7 receipt"
    assert client.post(f"/cases/{world.case.pk}/measures/notify/").status_code == 302
    assert Notice.objects.filter(reason="control.notify_debtor").count() == 1
    assert client.post(f"/cases/{world.case.pk}/measures/notify/").status_code == 422
    empty = client.post(f"/cases/{world.case.pk}/measures/release/", {"ground": "paid"})
    assert empty.status_code == 422
    assert "至少选一项" in empty.content.decode()


@pytest.mark.parametrize(
    ("told", "failure"),
    [
        ({}, ""),
        ({"outcome": Coded.of("not_done"), "reason": "账户已销户"}, ""),
        ({"outcome": Coded.of("not_done"), "reason": "无法律文书"}, "papers"),
        ({"item_seq": "", "outcome": Coded.of("not_done"), "reason": "业务审核未通过"}, "refused"),
        ({"item_seq": "", "outcome": None, "reason": "系统异常"}, "error"),
    ],
)
def test_an_order_tells_whether_the_institution_turned_it_down(
    world: World,
    findings: Callable[..., list[int]],
    monkeypatch: pytest.MonkeyPatch,
    told: dict[str, Any],
    failure: str,
) -> None:
    (pk,) = findings((ABC, "6228480000000001", "8000", {}))
    freeze(world, (pk, "10000.00"))
    settle(monkeypatch, **told)
    assert Order.objects.get(kind="control").failure == failure


def test_an_order_of_two_items_of_which_one_is_told_is_partly_answered(
    world: World, findings: Callable[..., list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = findings((ABC, "6228480000000001", "8000", {}), (ABC, "6228480000000002", "8000", {}))
    freeze(world, (first, "1000.00"), (second, "1000.00"))
    settle(monkeypatch)
    assert Order.objects.get(kind="control").failure == "partial"
