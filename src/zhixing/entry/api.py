"""The JSON interface: acts, drafts, decisions and a short view of a case. Session login, CSRF token in a header."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from zhixing.acts.api import BIGINT, Problems, problems_out, refusal, router_build, status_of
from zhixing.acts.errors import ActRefused
from zhixing.acts.registry import all_acts
from zhixing.cases.models import CaseState
from zhixing.cases.selectors import case_load, nodes_of
from zhixing.documents.domain.problems import DocumentError
from zhixing.kernel.errors import Problem


class LoginSession(SessionAuth):
    """A person logged in on the pages: staff of a court, or a party."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """The account, if it has anybody to act for."""
        is_known = request.user.is_authenticated and (
            request.staff is not None or request.user.kind == "party"
        )
        return request.user if is_known else None


class NodeOut(Schema):
    """One key node."""

    code: str
    opened_on: date
    due_on: date | None
    closed_on: date | None
    tier: str


class CaseOut(Schema):
    """A case in short."""

    id: int
    number: str
    court: str
    court_key: int
    state: str
    state_label: str
    cause: str
    parties: str
    docketed_on: date
    handler: str
    nodes: list[NodeOut]


class Interface(NinjaAPI):
    """Ninja's interface, with each act's own schema in place of the general command."""

    def get_openapi_schema(self, **options: Any) -> dict[str, Any]:
        """The description; a body that tells its own properties needs no reference beside them."""
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for operation in methods.values():
                body = (
                    operation.get("requestBody", {})
                    .get("content", {})
                    .get("application/json", {})
                    .get("schema", {})
                )
                if "properties" in body:
                    body.pop("$ref", None)
        return schema


api = Interface(
    title="知行",
    version="1",
    description="执行办案接口。先在登录页登录；写操作须在 X-CSRFToken 请求头带上 CSRF 令牌。出错时一律返回 problems 列表。",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=LoginSession(),
    urls_namespace="api",
)
api.add_router("", router_build())


@api.get("/cases/{case_id}", response={200: CaseOut, 401: Problems, 404: Problems}, summary="案件概要", tags=["案件"],
         operation_id="case")  # fmt: skip
def case(request: HttpRequest, case_id: int) -> dict[str, Any]:
    """Number, court, state and nodes; out of scope is the same as not there."""
    found = case_load(case_id, False) if 0 < case_id <= BIGINT else None
    if found is None:
        raise refusal("api.not_found", "找不到这个案件，或者您无权查看。", "请核对案件编号。")
    return {
        "id": found.pk, "number": found.number, "court": found.court.name, "court_key": found.court_key, "state": found.state,
        "state_label": CaseState(found.state).label, "cause": found.cause, "parties": found.parties_text,
        "docketed_on": found.docketed_on, "handler": found.handler.name if found.handler else "",
        # A party sees that the case moves, not the court's inner clocks.
        "nodes": list(nodes_of(found.pk)) if request.staff is not None else [],
    }  # fmt: skip


def _answer(request: HttpRequest, problems: list[Problem], status: int) -> HttpResponse:
    return api.create_response(request, problems_out(problems), status=status)


@api.exception_handler(ActRefused)
def _refused(request: HttpRequest, error: ActRefused) -> HttpResponse:
    return _answer(request, error.problems, status_of(error.problems))


@api.exception_handler(DocumentError)
def _paper(request: HttpRequest, error: DocumentError) -> HttpResponse:
    # A paper that cannot be made leaves nothing of its act: the outer transaction is undone.
    from django.db import transaction

    transaction.set_rollback(True)
    return _answer(
        request, [Problem(code="paper.failed", sentence=str(error), mend="请改正内容后重试。")], 422
    )


@api.exception_handler(AuthenticationError)
def _stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _answer(
        request, [Problem(code="api.login", sentence="没有登录。", mend="请先在 /login/ 登录。")], 401
    )


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = [
        Problem(
            code=f"api.{item['type']}", sentence=f"{'.'.join(str(p) for p in item['loc'][-1:])}：{item['msg']}",
            mend="请按接口说明改正。", field=".".join(str(part) for part in item["loc"][2:]) or None,
        )
        for item in error.errors
    ]  # fmt: skip
    return _answer(request, found, 422)


@api.exception_handler(HttpError)
def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return _answer(
            request,
            [
                Problem(
                    code="api.csrf",
                    sentence="没有 CSRF 令牌，或者令牌已失效。",
                    mend="请在 X-CSRFToken 请求头带上令牌。",
                )
            ],
            403,
        )
    return _answer(
        request,
        [Problem(code="api.unreadable", sentence="请求正文不是合格的 JSON。", mend="请按接口说明发送。")],
        422,
    )


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """A plain list of the operations, without a script from elsewhere."""
    kinds = [kind for kind in all_acts() if kind.drafters or kind.by_party]
    return render(request, "entry/api.html", {"kinds": kinds})
