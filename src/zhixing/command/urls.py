"""Addresses of the command room."""

from __future__ import annotations

from django.urls import path

from zhixing.command import views

app_name = "command"
urlpatterns = [
    path("command/", views.overview, name="overview"),
    path("command/live/", views.live, name="live"),
    path("command/cases/<int:case_id>/", views.case_moves, name="case"),
]
