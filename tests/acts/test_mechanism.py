"""From a draft to its effect: who may, once only, with other eyes, and checked again at the end."""

from __future__ import annotations

import json

import pytest
from acts_world import NOON, SECRET, Probe, World, probe

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused, StepRefused
from zhixing.acts.models import Draft, DraftState, Entry, EntryKind, StepState
from zhixing.acts.payloads import payload_unseal
from zhixing.acts.services import act_submit, context_of, draft_withdraw, step_decide
from zhixing.kernel.errors import Problem

FAULT = Problem(code="probe.changed", sentence="情况已经变化。", mend="请重新核对。")


def decide(world: World, draft: Draft, who: str, *, approve: bool = True, opinion: str = "同意") -> Draft:
    return step_decide(
        draft_id=draft.pk, actor=world.actor(who), approve=approve, opinion=opinion, moment=NOON
    )


def refused(call: object) -> list[str]:
    with pytest.raises(ActRefused) as caught:
        call()  # type: ignore[operator]
    assert all(p.sentence and p.mend for p in caught.value.problems)
    return [p.code for p in caught.value.problems]


def entries(world: World, kind: EntryKind) -> list[dict[str, object]]:
    rows = Entry.objects.filter(chain=world.case.pk, kind=kind).order_by("seq")
    return [json.loads(row.body) for row in rows]


def test_key_repeated_by_the_same_person_gives_the_first_draft(world: World) -> None:
    first = probe(world, key="key-0001")
    assert probe(world, key="key-0001", amount="1.00").pk == first.pk
    assert Draft.objects.filter(code="test.probe").count() == 1


def test_key_of_another_person_shows_him_nothing(world: World) -> None:
    probe(world, key="key-0001")
    other = Actor(
        kind=world.actor("judge").kind,
        id="999999",
        name="郝建新",
        roles=world.actor("judge").roles,
        court_key=world.case.court_key,
    )
    assert refused(
        lambda: act_submit(
            code="test.probe",
            actor=other,
            case_id=world.case.pk,
            payload={"amount": "1"},
            key="key-0001",
            moment=NOON,
        )
    ) == ["act.key_used"]


def test_chain_of_hebei_takes_effect_only_after_three_different_persons(world: World) -> None:
    draft = probe(world)
    assert [s.role for s in draft.steps.all()] == ["funds_manager", "bureau_chief", "vice_president"]
    assert decide(world, draft, "manager").state == DraftState.PENDING
    assert decide(world, draft, "chief").state == DraftState.PENDING
    assert Probe.applied == []
    assert decide(world, draft, "vice").state == DraftState.EFFECTIVE
    assert Probe.applied == [draft.pk]
    assert [e["result"] for e in entries(world, EntryKind.EFFECT)] == [{"amount": "86300.00"}]


def test_step_of_another_role_is_refused_and_journalled(world: World) -> None:
    draft = probe(world)
    assert refused(lambda: decide(world, draft, "vice")) == ["step.wrong_role"]
    assert entries(world, EntryKind.REFUSED)[-1]["problems"] == ["step.wrong_role"]
    assert draft.steps.get(no=1).state == StepState.OPEN


def test_role_of_another_court_is_refused(world: World) -> None:
    draft = probe(world)
    stranger = Actor(
        kind=world.actor("manager").kind,
        id="888888",
        name="外院",
        roles=world.actor("manager").roles,
        court_key=130921,
    )
    assert refused(
        lambda: step_decide(draft_id=draft.pk, actor=stranger, approve=True, opinion="", moment=NOON)
    ) == ["step.wrong_role"]


def test_drafter_holding_the_role_cannot_approve_his_own(world: World) -> None:
    draft = probe(world)
    own = Actor.person(world.staff["judge"], world.actor("manager").roles)
    assert refused(
        lambda: step_decide(draft_id=draft.pk, actor=own, approve=True, opinion="", moment=NOON)
    ) == ["step.four_eyes"]


def test_approver_of_one_step_cannot_decide_the_next(world: World) -> None:
    draft = probe(world)
    both = Actor.person(world.staff["manager"], world.actor("manager").roles | world.actor("chief").roles)
    step_decide(draft_id=draft.pk, actor=both, approve=True, opinion="", moment=NOON)
    assert refused(
        lambda: step_decide(draft_id=draft.pk, actor=both, approve=True, opinion="", moment=NOON)
    ) == ["step.four_eyes"]


def test_return_without_words_is_refused_with_words_it_ends(world: World) -> None:
    draft = probe(world)
    assert refused(lambda: decide(world, draft, "manager", approve=False, opinion="  ")) == [
        "step.no_opinion"
    ]
    assert decide(world, draft, "manager", approve=False, opinion="金额有误").state == DraftState.RETURNED
    assert refused(lambda: decide(world, draft, "manager")) == ["step.none_open"]
    assert entries(world, EntryKind.RETURNED)[-1]["opinion"] == "金额有误"


def test_check_that_fails_at_the_end_lets_the_act_lapse_with_its_reason(world: World) -> None:
    draft = probe(world)
    decide(world, draft, "manager")
    decide(world, draft, "chief")
    Probe.problems.append(FAULT)
    done = decide(world, draft, "vice")
    assert done.state == DraftState.LAPSED
    assert done.result["problems"] == [{"code": "probe.changed", "sentence": "情况已经变化。"}]
    assert Probe.applied == []
    assert entries(world, EntryKind.LAPSED)[-1]["problems"] == ["probe.changed"]
    assert entries(world, EntryKind.EFFECT) == []


def test_warning_holds_until_overridden_with_a_reason(world: World) -> None:
    Probe.problems.append(
        Problem(code="probe.odd", sentence="金额偏大。", mend="请写明理由。", level="warning")
    )
    assert refused(lambda: probe(world)) == ["probe.odd"]
    given = {
        "code": "test.probe",
        "actor": world.actor("judge"),
        "case_id": world.case.pk,
        "payload": {"amount": "1"},
        "moment": NOON,
    }
    assert refused(lambda: act_submit(**given, key="key-0002", overrides={"probe.odd": "  "})) == [
        "probe.odd"
    ]
    assert act_submit(**given, key="key-0003", overrides={"probe.odd": "已核对"}).overrides == {
        "probe.odd": "已核对"
    }


def test_refusal_is_journalled_without_content(world: World) -> None:
    assert refused(lambda: probe(world, who="clerk")) == ["act.not_allowed"]
    assert refused(lambda: probe(world, amount="-3", extra="x")) == [
        "field.greater_than",
        "field.extra_forbidden",
    ]
    told = entries(world, EntryKind.REFUSED)
    assert [entry["problems"] for entry in told] == [
        ["act.not_allowed"],
        ["field.greater_than", "field.extra_forbidden"],
    ]
    assert all("fields" not in entry for entry in told)


def test_text_that_cannot_be_stored_is_a_problem_not_a_crash(world: World) -> None:
    assert refused(lambda: probe(world, secret="a\x00b")) == ["field.unstorable"]
    assert refused(lambda: probe(world, secret="\ud800")) == ["field.unstorable"]


def test_sensitive_fields_lie_sealed_in_draft_and_journal(world: World) -> None:
    draft = probe(world)
    for who in ("manager", "chief", "vice"):
        decide(world, draft, who)
    stored = Draft.objects.get(pk=draft.pk)
    assert set(stored.payload["secret"]) == {"sealed"}
    assert SECRET not in json.dumps(stored.payload, ensure_ascii=False)
    bodies = list(Entry.objects.filter(chain=world.case.pk).values_list("body", flat=True))
    assert len(bodies) == 5  # drafted, three approvals, effect
    assert not any(SECRET in body for body in bodies)
    assert context_of(stored, actor=world.actor("chief"), moment=NOON).fields.secret == SECRET


def test_payload_of_an_older_version_is_brought_forward(world: World, probe_kind: type[Probe]) -> None:
    fields = payload_unseal(probe_kind(), {"sum": "12.30"}, 1, world.case.subject)
    assert str(fields.amount) == "12.30"
    draft = probe(world)
    Draft.objects.filter(pk=draft.pk).update(version=1, payload={"sum": "45.60"})
    assert (
        str(context_of(Draft.objects.get(pk=draft.pk), actor=world.actor("judge"), moment=NOON).fields.amount)
        == "45.60"
    )


def test_only_the_drafter_withdraws_and_only_while_it_waits(world: World) -> None:
    draft = probe(world)
    assert refused(lambda: draft_withdraw(draft_id=draft.pk, actor=world.actor("clerk"), moment=NOON)) == [
        "act.not_yours"
    ]
    assert (
        draft_withdraw(draft_id=draft.pk, actor=world.actor("judge"), moment=NOON).state
        == DraftState.WITHDRAWN
    )
    assert refused(lambda: decide(world, draft, "manager")) == ["step.none_open"]


def test_approval_that_needs_a_signature_is_refused_without(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Probe, "evidence_needed", ("signature",))
    draft = probe(world)
    with pytest.raises(StepRefused) as caught:
        decide(world, draft, "manager")
    assert [p.code for p in caught.value.problems] == ["step.no_signature"]


def test_case_out_of_sight_looks_like_none(world: World) -> None:
    def call(case: int | None) -> Draft:
        return act_submit(
            code="test.probe", actor=world.actor("judge"), case_id=case, payload={"amount": "1"}, key="key-0009", moment=NOON
        )  # fmt: skip

    assert refused(lambda: call(987654321)) == ["act.no_case"]
    assert refused(lambda: call(None)) == ["act.case_missing"]
