"""Addresses of the control room."""

from __future__ import annotations

from django.urls import path

from zhixing.control.views import measures

app_name = "control"
urlpatterns = [
    path("cases/<int:case_id>/measures/", measures.measures, name="measures"),
    path("cases/<int:case_id>/measures/notify/", measures.notify, name="notify"),
    path("cases/<int:case_id>/measures/transfer/", measures.transfer, name="transfer"),
    path("cases/<int:case_id>/measures/release/", measures.release, name="release"),
    path("cases/<int:case_id>/receipts/<int:receipt_id>/", measures.receipt, name="receipt"),
]
