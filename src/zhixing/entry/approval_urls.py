"""The approval inbox."""

from __future__ import annotations

from django.urls import path

from zhixing.entry.views import approvals

app_name = "approvals"
urlpatterns = [
    path("approvals/", approvals.inbox, name="inbox"),
    path("approvals/decided/", approvals.decided, name="decided"),
    path("approvals/<uuid:draft_id>/", approvals.item, name="item"),
    path("approvals/<uuid:draft_id>/papers/<int:no>.png", approvals.paper, name="paper"),
]
