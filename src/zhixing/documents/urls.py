"""Sealed papers and their public check."""

from __future__ import annotations

from django.urls import path

from zhixing.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<uuid:document_id>/", views.file, name="file"),
    path("verify/", views.verify_start, name="verify"),
    path("verify/<str:code>/", views.verify_code, name="verify_code"),
]
