"""Addresses for agencies."""

from __future__ import annotations

from django.urls import path

from zhixing.gateway import agency_views, manual_views, rest_views, review_views, views, wire_views
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
    path("agencies/", agency_views.board, name="agencies"),
    path("agencies/<str:code>/rotate/", agency_views.rotate, name="rotate"),
    path("agencies/court-key/", agency_views.rotate_court, name="rotate-court"),
    path("exchange/", agency_views.exchanged, name="exchange"),
    path("exchange/case/<int:case_id>/", agency_views.of_case, name="exchange-case"),
    path("exchange/raw/", agency_views.raw, name="exchange-raw"),
    path("manual/", manual_views.board, name="manual"),
    path("manual/scan/<str:token>/", manual_views.scan, name="manual-scan"),
    path("manual/check/<uuid:draft_id>/", manual_views.check, name="manual-check"),
    path("manual/<str:request_no>/", manual_views.entry, name="manual-entry"),
    path("manual/<str:request_no>/papers.zip", manual_views.papers, name="manual-papers"),
    path("manual/<str:request_no>/handed/", manual_views.hand_over, name="manual-hand-over"),
    *_REST,
    path("gateway/v1/openapi.json", rest_views.described, name="rest-openapi"),
    path("gateway/v1/keys", rest_views.keys, name="rest-keys"),
    path("gateway/statement/", views.statement, name="statement"),
]
