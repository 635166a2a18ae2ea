"""The JSON interface: same mechanism, one shape of refusal, a description that holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from acts_world import SECRET, World, case_make, party_login, probe
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings

from zhixing.acts.api import Problems
from zhixing.acts.models import Draft, DraftState
from zhixing.acts.registry import all_acts
from zhixing.entry.api import api
from zhixing.platform import scope

Login = Callable[[str], Client]


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, body, content_type="application/json")


def codes(answer: Any) -> list[str]:
    assert all(
        set(p) == {"code", "sentence", "mend", "law", "field", "level"} for p in answer.json()["problems"]
    )
    return [p["code"] for p in answer.json()["problems"]]


def test_every_act_that_people_do_has_one_typed_operation(world: World) -> None:
    schema = api.get_openapi_schema()
    assert schema["openapi"].startswith("3.1")
    for kind in all_acts():
        if kind.code == "test.probe" or not (kind.drafters or kind.by_party):
            continue
        body = schema["paths"][f"/api/acts/{kind.code}"]["post"]["requestBody"]["content"][
            "application/json"
        ]["schema"]
        assert set(body["properties"]["fields"].get("properties", {})) == set(kind.Fields.model_fields)
    names = [op["operationId"] for methods in schema["paths"].values() for op in methods.values()]
    assert len(names) == len(set(names))


def test_act_by_json_is_journalled_and_repeated_keys_are_harmless(world: World, login: Login) -> None:
    body = {
        "case": world.case.pk,
        "fields": {"whereabouts": "unknown", "evidence": "两次送达未果"},
        "key": "api-000001",
    }
    first = post(login("clerk"), "/api/acts/cases.whereabouts", body)
    assert first.status_code == 200, first.content.decode()
    assert first.json()["state"] == "effective"
    assert "evidence" not in first.json()["fields"]
    again = post(login("clerk"), "/api/acts/cases.whereabouts", body)
    assert again.json()["id"] == first.json()["id"]
    other = post(login("judge"), "/api/acts/cases.whereabouts", body)
    assert (other.status_code, codes(other)) == (409, ["act.key_used"])


def test_refusals_have_one_shape_and_the_right_status(world: World, login: Login) -> None:
    path, good = (
        "/api/acts/cases.whereabouts",
        {"case": world.case.pk, "fields": {"whereabouts": "unknown", "evidence": "两次送达未果"}},
    )
    stranger = post(Client(), path, good | {"key": "api-000001"})
    assert (stranger.status_code, codes(stranger)) == (401, ["api.login"])
    role = post(login("officer"), path, good | {"key": "api-000002"})
    assert (role.status_code, codes(role)) == (403, ["act.not_allowed"])
    nowhere = post(login("clerk"), path, good | {"case": 987654321, "key": "api-000003"})
    assert (nowhere.status_code, codes(nowhere)) == (404, ["act.no_case"])
    wrong = post(
        login("clerk"), path, {"case": world.case.pk, "fields": {"whereabouts": "maybe"}, "key": "api-000004"}
    )
    assert (wrong.status_code, codes(wrong)) == (422, ["field.literal_error", "field.missing"])
    short = post(login("clerk"), path, good | {"key": "x"})
    assert short.status_code == 422
    garbled = post(login("clerk"), path, "{not json")
    assert (garbled.status_code, codes(garbled)) == (422, ["api.unreadable"])


def test_post_without_csrf_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.staff["clerk"].account, backend="django.contrib.auth.backends.ModelBackend")
    answer = post(client, "/api/acts/cases.whereabouts", {"key": "api-000001", "fields": {}})
    assert (answer.status_code, codes(answer)) == (403, ["api.csrf"])


def test_draft_and_decision(world: World, login: Login) -> None:
    draft = probe(world)
    told = login("manager").get(f"/api/drafts/{draft.pk}").json()
    assert [step["state"] for step in told["steps"]] == ["open", "waiting", "waiting"]
    assert SECRET not in str(told)
    answer = post(login("chief"), f"/api/steps/{draft.pk}", {"approve": True})
    assert (answer.status_code, codes(answer)) == (403, ["step.wrong_role"])
    answer = post(login("manager"), f"/api/steps/{draft.pk}", {"approve": False})
    assert (answer.status_code, codes(answer)) == (422, ["step.no_opinion"])
    answer = post(login("manager"), f"/api/steps/{draft.pk}", {"approve": False, "opinion": "金额有误"})
    assert answer.json()["state"] == "returned"
    answer = post(login("manager"), f"/api/steps/{draft.pk}", {"approve": True})
    assert (answer.status_code, codes(answer)) == (409, ["step.none_open"])
    assert Draft.objects.get(pk=draft.pk).state == DraftState.RETURNED


def test_blind_officer_and_party_see_no_draft_of_others(world: World, login: Login) -> None:
    draft = probe(world)
    party = Client()
    party.force_login(party_login(world.case), backend="django.contrib.auth.backends.ModelBackend")
    assert login("officer").get(f"/api/drafts/{draft.pk}").status_code == 404
    assert party.get(f"/api/drafts/{draft.pk}").status_code == 404
    own = party.get(f"/api/cases/{world.case.pk}")
    assert (own.status_code, own.json()["number"], own.json()["nodes"]) == (200, world.case.number, [])
    with scope.system("test"):
        other = case_make()
    assert party.get(f"/api/cases/{other.pk}").status_code == 404


def test_refusal_of_a_party_outside_his_cases_is_told_not_a_crash(world: World) -> None:
    party = Client()
    party.force_login(party_login(world.case), backend="django.contrib.auth.backends.ModelBackend")
    answer = post(party, "/api/acts/cases.docket", {"key": "api-000001", "fields": {}})
    assert answer.status_code in (403, 422)
    assert codes(answer)


def test_description_and_guide_load_nothing_from_elsewhere(world: World) -> None:
    assert Client().get("/api/openapi.json").json()["info"]["title"] == "知行"
    page = Client().get("/api/").content.decode()
    assert "/api/acts/cases.docket" in page
    assert "//cdn" not in page


@pytest.mark.parametrize("who", ["judge", "clerk", "party"])
def test_random_requests_never_break_the_interface(world: World, login: Login, who: str) -> None:
    """A few made-up requests per operation: documented statuses and shapes only, and never a server error."""
    client = login(who) if who != "party" else Client()
    if who == "party":
        client.force_login(party_login(world.case), backend="django.contrib.auth.backends.ModelBackend")
    for found in schemathesis.openapi.from_dict(api.get_openapi_schema()).get_all_operations():
        operation_try(found.ok(), client, world.case.pk)


def operation_try(operation: Any, client: Client, case_id: int) -> None:
    """Four requests that the description allows; half of them aimed at the world's own case."""
    documented = {int(status) for status in operation.definition.raw["responses"]}

    @given(request=operation.as_strategy())
    @settings(max_examples=4, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    def send(request: Any) -> None:
        body = request.body if isinstance(request.body, dict) else None
        if body is not None and "case" in body:
            body["case"] = case_id
        if request.method == "GET":
            answer = client.get(request.formatted_path)
        else:
            answer = client.generic(
                request.method, request.formatted_path, json.dumps(body), content_type="application/json"
            )
        assert answer.status_code in documented, (operation.label, body, answer.content.decode())
        if answer.status_code >= 400:
            assert Problems.model_validate(answer.json()).problems

    send()
