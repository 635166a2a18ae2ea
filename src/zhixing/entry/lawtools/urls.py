"""Addresses of the law tools; open to everybody."""

from __future__ import annotations

from django.urls import path

from zhixing.entry.lawtools import views

app_name = "lawtools"
urlpatterns = [
    path("law/", views.index, name="index"),
    path("law/interest/case/<int:case_id>/", views.interest_of_case, name="interest_of_case"),
    path("law/<slug:key>/", views.tool, name="tool"),
]
