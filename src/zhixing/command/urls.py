"""Addresses of the command room."""

from __future__ import annotations

from django.urls import path

from zhixing.command import views, views_institutions

app_name = "command"
urlpatterns = [
    path("command/", views.overview, name="overview"),
    path("command/live/", views.live, name="live"),
    path("command/cases/<int:case_id>/", views.case_moves, name="case"),
    path("command/institutions/", views_institutions.institutions, name="institutions"),
    path("command/institutions/<str:code>/", views_institutions.institution, name="institution"),
    path("command/institutions/<str:code>/letter/", views_institutions.letter, name="institution_letter"),
    path("command/institutions/<str:code>/remind/", views_institutions.remind, name="institution_remind"),
]
