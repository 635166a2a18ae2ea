"""Addresses for agencies."""

from __future__ import annotations

from django.urls import path

from zhixing.gateway import rest_views, review_views, views, wire_views
from zhixing.gateway.profiles.zhixing_rest_json.operations import BASE, ENDPOINTS

_REST = (
    path(
        f"{BASE}{item.path}".removeprefix("/").replace("{request_no}", "<str:request_no>"),
        rest_views.serve,
        {"name": item.operation.name},
        name=f"rest-{item.operation.name}",
    )
    for item in ENDPOINTS
)
app_name = "gateway"
urlpatterns = [
    path(
        "gateway/bank-soap-gbk/SyyhConvertDataService",
        views.soap,
        {"name": "bank-soap-gbk"},
        name="bank-soap",
    ),
    path("gateway/realty-soap-utf8/BdcService", views.soap, {"name": "realty-soap-utf8"}, name="realty-soap"),
    path("review/", review_views.board, name="review"),
    path("review/<int:message_id>/", review_views.conclude, name="message"),
    path("wire/", wire_views.desk, name="wire"),
    path("wire/conformance/", wire_views.conformance, name="conformance"),
    *_REST,
    path("gateway/v1/openapi.json", rest_views.described, name="rest-openapi"),
    path("gateway/v1/keys", rest_views.keys, name="rest-keys"),
    path("gateway/statement/", views.statement, name="statement"),
]
