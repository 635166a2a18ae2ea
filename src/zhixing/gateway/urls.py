"""Addresses for agencies."""

from __future__ import annotations

from django.urls import path

from zhixing.gateway import review_views, views, wire_views

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
    path("gateway/statement/", views.statement, name="statement"),
]
