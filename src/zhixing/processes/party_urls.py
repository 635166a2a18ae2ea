"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from zhixing.processes.party import views

app_name = "party"
urlpatterns = [
    path("party/", views.cases, name="cases"),
    path("party/<int:case_id>/", views.now_page, name="now"),
    path("party/<int:case_id>/money/", views.money, name="money"),
    path("party/<int:case_id>/do/", views.do, name="do"),
    path("party/<int:case_id>/report/", views.report, name="report"),
    path("party/<int:case_id>/declare/", views.declare, name="declare"),
    path("party/<int:case_id>/documents/<uuid:document_id>/", views.document, name="document"),
]
