"""The road of the money, act by act; each refusal with the set-up of its success."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest
from funds_world import BANK, NOON, World, case_make, line

from zhixing.acts.errors import ActRefused
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.services import act_submit, step_decide
from zhixing.documents.models import Document
from zhixing.funds.distributions import claim_after, standing_of
from zhixing.funds.models import Entry, Payout, Reason, StatementLine
from zhixing.funds.selectors import account_equation, case_equation, ledger_of
from zhixing.funds.services import statement_receive

D = Decimal
_keys = itertools.count(1)


def money(world: World, amount: str = "110000.00", **changes: Any) -> None:
    """Money for the case arrives on 3 March."""
    statement_receive(agency_code=BANK, lines=[line(world.case, amount, **changes)], moment=NOON)


def do(
    world: World, who: str, code: str, *, overrides: dict[str, str] | None = None, **payload: Any
) -> Draft:
    """Submit an act as a person."""
    return act_submit(
        code=code,
        actor=world.actor(who),
        case_id=world.case.pk,
        payload=payload,
        key=f"k{next(_keys)}",
        moment=NOON,
        overrides=overrides,
    )


def payment(world: World, amount: str = "103409.96", **changes: Any) -> dict[str, Any]:
    """A correct payment to the applicant."""
    return {
        "purpose": "claim",
        "payee": world.applicant.pk,
        "amount": amount,
        "holder": "韩玉芬",
        "bank": "农业银行孟村支行",
        "account": "6228480639998887776",
        "reason": "执行到位，发放案款",
    } | changes


def approve(world: World, draft: Draft) -> Draft:
    """Funds manager, bureau chief, vice-president (Hebei practice, CF-04)."""
    for who in ("manager", "chief", "vice"):
        draft = step_decide(
            draft_id=draft.pk, actor=world.actor(who), approve=True, opinion="同意", moment=NOON
        )
    return draft


def refused(call: Any) -> list[str]:
    """Codes of the refusal."""
    with pytest.raises(ActRefused) as caught:
        call()
    assert all(p.sentence for p in caught.value.problems)
    return [p.code for p in caught.value.problems]


LATER = {"payout.excess": "另行退款"}


def test_whole_road_fee_payout_refund_booked_and_the_account_is_empty(world: World) -> None:
    """110,000 = 1,451.15 fee + 103,409.96 claim + 5,138.89 rest (see test_distribution)."""
    money(world)
    do(world, "payer", "funds.fee", amount="1451.15", voucher="JK-1")
    first = do(world, "judge", "funds.payout", overrides=LATER, **payment(world))
    assert (first.state, first.steps.count()) == (DraftState.PENDING, 3)
    assert approve(world, first).state == DraftState.EFFECTIVE
    second = approve(
        world,
        do(
            world,
            "judge",
            "funds.payout",
            **payment(world, "5138.89", purpose="refund", payee=world.obligor.pk, holder="田文祥"),
        ),
    )
    assert case_equation(world.case.pk).pending == D("108548.85")
    for no, draft in enumerate((first, second)):
        payout = Payout.objects.get(draft_id=draft.pk)
        do(world, "payer", "funds.book", payout=str(payout.pk), voucher=f"HD-000{no}", paid_on="2026-03-04")
    found = case_equation(world.case.pk)
    assert (found.received, found.paid, found.fees, found.refunded, found.balance) == (
        D("110000.00"),
        D("103409.96"),
        D("1451.15"),
        D("5138.89"),
        D("0.00"),
    )
    assert found.holds
    assert claim_after(world.case, NOON.date()).total == D("0.00")
    bank = account_equation(world.case.court_key)
    assert (bank.bank, bank.fees, bank.holds) == (D("1451.15"), D("1451.15"), True)
    assert [row.balance for row in ledger_of(world.case.pk)] == [
        D("110000.00"),
        D("108548.85"),
        D("5138.89"),
        D("0.00"),
    ]
    form = Document.objects.filter(draft_id=first.pk, kind="payout_form")
    assert form.count() == 1
    assert not form.get().is_sealed


def test_account_number_is_sealed_in_draft_and_payout(world: World) -> None:
    money(world)
    draft = approve(world, do(world, "judge", "funds.payout", overrides=LATER, **payment(world)))
    payout = Payout.objects.get(draft_id=draft.pk)
    assert payout.account_masked == "6228****7776"
    assert set(draft.payload["account"]) == {"sealed"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": "110000.01"}, "funds.balance"),
        ({"amount": "103409.97"}, "payout.over_claim"),
        ({"holder": "韩雪"}, "payout.holder"),
        ({"payee": 0}, "payout.payee"),
    ],
)
def test_payout_is_refused_for(world: World, changes: dict[str, Any], code: str) -> None:
    money(world)
    overrides = LATER | {"payout.fee_first": "免交"}
    assert code in refused(
        lambda: do(world, "judge", "funds.payout", overrides=overrides, **payment(world) | changes)
    )
    assert (
        do(world, "judge", "funds.payout", overrides=overrides, **payment(world)).state == DraftState.PENDING
    )


def test_fee_comes_first_unless_somebody_says_why_not(world: World) -> None:
    """50,000 came in, 650.00 of it is the fee."""
    money(world, "50000.00")
    assert refused(lambda: do(world, "judge", "funds.payout", **payment(world, "50000.00"))) == [
        "payout.fee_first"
    ]
    assert do(world, "judge", "funds.payout", **payment(world, "49350.00")).state == DraftState.PENDING
    codes = refused(
        lambda: do(
            world,
            "judge",
            "funds.payout",
            overrides={"payout.fee_first": "批准免交"},
            **payment(world, "700.00"),
        )
    )
    assert "funds.balance" in codes  # what waits for approval is promised already


def test_excess_must_be_returned_or_explained(world: World) -> None:
    money(world)
    assert refused(lambda: do(world, "judge", "funds.payout", **payment(world))) == ["payout.excess"]
    over = payment(world, "5138.90", purpose="refund", payee=world.obligor.pk, holder="田文祥")
    assert refused(lambda: do(world, "judge", "funds.payout", **over)) == ["payout.over_rest"]


def test_refund_tells_of_other_cases_against_the_same_debtor(world: World) -> None:
    from zhixing.cases.services import Mark, identifiers_add

    money(world)
    other = case_make(world.case.court)
    for case in (world.case, other):
        debtor = case.parties.get(role="obligor")
        identifiers_add(
            case=case,
            party=debtor,
            marks=[Mark(kind="resident_id", value="130930197403010017", source="立案")],
        )
    refund = payment(world, "5138.89", purpose="refund", payee=world.obligor.pk, holder="田文祥")
    assert refused(lambda: do(world, "judge", "funds.payout", **refund)) == ["payout.other_cases"]


def test_who_checked_the_payout_does_not_book_it_and_it_is_booked_once(world: World) -> None:
    money(world)
    payout = Payout.objects.get(
        draft_id=approve(world, do(world, "judge", "funds.payout", overrides=LATER, **payment(world))).pk
    )
    fields = {"payout": str(payout.pk), "voucher": "HD-0001", "paid_on": "2026-03-04"}
    assert refused(lambda: do(world, "manager", "funds.book", **fields)) == ["book.four_eyes"]
    assert refused(lambda: do(world, "payer", "funds.book", **fields | {"paid_on": "2026-03-05"})) == [
        "book.day"
    ]
    assert refused(lambda: do(world, "judge", "funds.book", **fields))[0] == "act.not_allowed"
    do(world, "payer", "funds.book", **fields)
    assert "book.twice" in refused(
        lambda: do(world, "payer", "funds.book", **fields | {"voucher": "HD-0002"})
    )
    assert case_equation(world.case.pk).paid == D("103409.96")


def test_fee_never_more_than_the_scale(world: World) -> None:
    money(world, "50000.00")
    assert refused(lambda: do(world, "payer", "funds.fee", amount="650.01", voucher="JK-1")) == ["fee.over"]
    do(world, "payer", "funds.fee", amount="650.00", voucher="JK-1")
    assert "fee.over" in refused(lambda: do(world, "payer", "funds.fee", amount="0.01", voucher="JK-2"))
    assert standing_of(world.case).claim_due == D("49350.00")


def test_unknown_money_is_claimed_once_with_a_reason(world: World) -> None:
    statement_receive(agency_code=BANK, lines=[line(memo="还款")], moment=NOON)
    row = StatementLine.objects.get()
    assert (
        refused(lambda: do(world, "judge", "funds.match", line=row.pk, reason="电话核实"))[0]
        == "act.not_allowed"
    )
    do(world, "manager", "funds.match", line=row.pk, reason="付款人即被执行人")
    assert case_equation(world.case.pk).received == D("50000.00")
    assert refused(lambda: do(world, "manager", "funds.match", line=row.pk, reason="再认一次")) == [
        "line.claimed"
    ]


def test_late_claim_says_why(world: World) -> None:
    """Arrived on Monday 23 February; three working days end on the 26th."""
    statement_receive(agency_code=BANK, lines=[line(at="2026-02-23T09:00:00+08:00")], moment=NOON)
    row = StatementLine.objects.get()
    fields = {"line": row.pk, "reason": "付款人即被执行人"}
    codes = refused(lambda: do(world, "manager", "funds.match", **fields))
    assert codes == ["match.late"]
    do(world, "manager", "funds.match", overrides={"match.late": "付款人今日才确认"}, **fields)


def test_money_of_another_court_is_out_of_reach(world: World) -> None:
    statement_receive(agency_code=BANK, lines=[line(account="6230130921000000")], moment=NOON)
    row = StatementLine.objects.get()
    assert refused(lambda: do(world, "manager", "funds.match", line=row.pk, reason="付款人即被执行人")) == [
        "line.unknown"
    ]


def test_wrong_claim_is_undone_by_another_person_and_claimed_anew(world: World) -> None:
    statement_receive(agency_code=BANK, lines=[line()], moment=NOON)
    row = StatementLine.objects.get()
    do(world, "manager", "funds.match", line=row.pk, reason="付款人即被执行人")
    entry = Entry.objects.get(reason=Reason.MATCH)
    undo = {"entry": entry.pk, "reason": "认错案件"}
    assert refused(lambda: do(world, "manager", "funds.reverse", **undo)) == ["reverse.four_eyes"]
    do(world, "payer", "funds.reverse", **undo)
    assert "reverse.twice" in refused(lambda: do(world, "payer", "funds.reverse", **undo))
    found = case_equation(world.case.pk)
    assert (found.received, found.receipts, found.holds) == (D("0.00"), 0, True)
    do(world, "manager", "funds.match", line=row.pk, reason="再次核对无误")
    assert Entry.objects.filter(reason=Reason.MATCH).count() == 2
    assert account_equation(world.case.court_key).holds


def test_money_already_spent_cannot_be_taken_back_out_of_the_case(world: World) -> None:
    money(world)
    approve(world, do(world, "judge", "funds.payout", overrides=LATER, **payment(world)))
    entry = Entry.objects.get(reason=Reason.RECEIVE)
    assert "funds.balance" in refused(
        lambda: do(world, "payer", "funds.reverse", entry=entry.pk, reason="银行冲正")
    )


def test_returned_payment_is_reversed_and_paid_again(world: World) -> None:
    money(world)
    payout = Payout.objects.get(
        draft_id=approve(world, do(world, "judge", "funds.payout", overrides=LATER, **payment(world))).pk
    )
    do(world, "payer", "funds.book", payout=str(payout.pk), voucher="HD-0001", paid_on="2026-03-04")
    booked = Entry.objects.get(reason=Reason.BOOK)
    approved = Entry.objects.get(reason=Reason.PAYOUT)
    assert "reverse.paid" in refused(
        lambda: do(world, "manager", "funds.reverse", entry=approved.pk, reason="银行退回")
    )
    do(world, "manager", "funds.reverse", entry=booked.pk, reason="银行退回")
    assert case_equation(world.case.pk).paid == D("0.00")
    do(world, "payer", "funds.book", payout=str(payout.pk), voucher="HD-0002", paid_on="2026-03-04")
    assert case_equation(world.case.pk).paid == D("103409.96")


def test_approval_lapses_when_the_money_is_gone_meanwhile(world: World) -> None:
    money(world, "50000.00")
    draft = do(world, "judge", "funds.payout", **payment(world, "49350.00"))
    for who in ("manager", "chief"):
        step_decide(draft_id=draft.pk, actor=world.actor(who), approve=True, opinion="同意", moment=NOON)
    entry = Entry.objects.get(reason=Reason.RECEIVE)
    do(world, "payer", "funds.reverse", entry=entry.pk, reason="银行冲正")
    draft = step_decide(
        draft_id=draft.pk, actor=world.actor("vice"), approve=True, opinion="同意", moment=NOON
    )
    assert draft.state == DraftState.LAPSED
    assert not Payout.objects.exists()
