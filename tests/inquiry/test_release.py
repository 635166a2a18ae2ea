"""Release by two officers: two people, two signatures over one list, and a list that did not change."""

from __future__ import annotations

import pytest
from inquiry_world import PIN, World

from zhixing.acts.errors import ActRefused, StepRefused
from zhixing.acts.models import DraftState
from zhixing.cases.models import Party
from zhixing.courts.selectors import credential_on
from zhixing.courts.services import WrongPin, credential_sign
from zhixing.gateway.models import Order
from zhixing.inquiry.models import Batch, RequestState
from zhixing.inquiry.release import batch_digest
from zhixing.inquiry.release_page import batches_released, waiting_rows
from zhixing.kernel.clock import now, today


def codes(refused: pytest.ExceptionInfo[ActRefused]) -> set[str]:
    """Codes of a refusal."""
    return {problem.code for problem in refused.value.problems}


def test_two_officers_release_and_the_orders_are_in_the_outbox(world: World) -> None:
    """Three agencies, three orders, both signatures on the batch."""
    request = world.released()
    assert (request.state, Order.objects.filter(reference=request.pk).count()) == (RequestState.RELEASED, 3)
    batch = Batch.objects.get()
    assert [signer["name"] for signer in batch.signers] == ["丁洪亮", "赵雨"]
    assert batch.no == f"{today():%m%d}-01"


def test_nothing_leaves_after_one_signature(world: World) -> None:
    """The first signature makes a draft; the list is taken off the waiting page."""
    request = world.approved()
    assert [row.id for row in waiting_rows(court_key=request.court_key, on=today())] == [request.pk]
    draft = world.batch(request)
    assert (draft.state, Order.objects.count()) == (DraftState.PENDING, 0)
    assert waiting_rows(court_key=request.court_key, on=today()) == []


def test_the_first_officer_may_not_sign_twice(world: World) -> None:
    """Four eyes, even with a good signature."""
    draft = world.batch(world.approved())
    with pytest.raises(StepRefused) as refused:
        world.decide(
            "first", draft, evidence={"signature": world.signature("first", draft.payload["digest"])}
        )
    assert codes(refused) == {"step.four_eyes"}


@pytest.mark.parametrize("evidence", [{"signature": ""}, {"signature": "bm8="}, {"signature": "不是"}])
def test_a_click_without_signature_releases_nothing(world: World, evidence: dict[str, str]) -> None:
    """The act itself asks for it, whichever page or interface the command comes through."""
    draft = world.batch(world.approved())
    with pytest.raises(StepRefused) as refused:
        world.decide("second", draft, evidence=evidence)
    assert codes(refused) == {"release.second_signature"}
    assert Order.objects.count() == 0


def test_somebody_elses_signature_does_not_count(world: World) -> None:
    """The second officer hands in the first one's signature."""
    draft = world.batch(world.approved())
    with pytest.raises(StepRefused) as refused:
        world.decide("second", draft, evidence={"signature": draft.payload["signature"]})
    assert codes(refused) == {"release.second_signature"}


def test_a_signature_over_another_list_is_refused(world: World) -> None:
    """The first officer signs what he did not choose."""
    request = world.approved()
    digest = batch_digest([request])
    payload = {
        "requests": [str(request.pk)],
        "digest": digest,
        "signature": world.signature("first", "00" * 32),
    }
    with pytest.raises(ActRefused) as refused:
        world.submit("first", "inquiry.release_batch", payload, case_id=None)
    assert codes(refused) == {"release.signature"}


def test_a_wrong_pin_signs_nothing(world: World) -> None:
    """The key stays locked."""
    with pytest.raises(WrongPin):
        credential_sign(credential_on(world.staff["first"].pk, on=today()), pin=PIN[::-1], digest=b"x" * 32)


def test_the_second_officer_may_send_it_back_with_a_reason(world: World) -> None:
    """Without a reason not; afterwards the request waits again."""
    request = world.approved()
    draft = world.batch(request)
    with pytest.raises(StepRefused) as refused:
        world.decide("second", draft, approve=False, opinion=" ")
    assert codes(refused) == {"step.no_opinion"}
    assert world.decide("second", draft, approve=False, opinion="被查询人有误").state == DraftState.RETURNED
    assert [row.id for row in waiting_rows(court_key=request.court_key, on=today())] == [request.pk]


def test_who_is_no_obligor_any_more_is_not_asked_about_at_the_last_moment(world: World) -> None:
    """Between the signatures the obligor dropped out: the batch lapses, nothing leaves."""
    draft = world.batch(world.approved())
    Party.objects.filter(pk=world.obligor.pk).update(role="third")
    done = world.decide(
        "second", draft, evidence={"signature": world.signature("second", draft.payload["digest"])}
    )
    assert (done.state, Order.objects.count()) == (DraftState.LAPSED, 0)
    assert done.result["problems"][0]["code"] == "release.not_obligor"


def test_officers_see_masked_names_and_only_whether_answers_came(world: World) -> None:
    """马某, three orders, none answered, none late."""
    request = world.approved()
    assert waiting_rows(court_key=request.court_key, on=today())[0].who == "马某"
    draft = world.batch(request)
    world.decide("second", draft, evidence={"signature": world.signature("second", draft.payload["digest"])})
    found = batches_released(court_key=request.court_key, moment=now(), on=today())[0]
    assert (found.asked, found.came, found.taken, found.late) == (3, 0, 0, 0)
