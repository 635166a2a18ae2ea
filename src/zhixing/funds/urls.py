"""Addresses of the funds room."""

from __future__ import annotations

from django.urls import path

from zhixing.funds.views import cases, lists, suspense

app_name = "funds"
urlpatterns = [
    path("funds/", lists.fund_list, name="list"),
    path("funds/list.xlsx", lists.fund_list_xlsx, name="list_xlsx"),
    path("funds/suspense/", suspense.suspense, name="suspense"),
    path("funds/suspense/<int:line_id>/", suspense.claim, name="claim"),
    path("funds/case/<int:case_id>/", cases.case_funds, name="case"),
    path("funds/case/<int:case_id>/ledger.xlsx", cases.ledger_xlsx, name="ledger_xlsx"),
    path("funds/case/<int:case_id>/payout/", cases.payout, name="payout"),
    path("funds/case/<int:case_id>/fee/", cases.fee, name="fee"),
    path("funds/case/<int:case_id>/book/<uuid:payout_id>/", cases.book, name="book"),
    path("funds/case/<int:case_id>/reverse/<int:entry_id>/", cases.reverse, name="reverse"),
]
