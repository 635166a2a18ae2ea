"""Addresses of the gallery: `path("ui/", include("zhixing.ui.urls"))`."""

from __future__ import annotations

from django.urls import path

from zhixing.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("phone/", views.phone, name="phone"),
    path("hall/", views.hall, name="hall"),
    path("plain/", views.plain, name="plain"),
    path("errors/<int:code>/", views.error, name="error"),
]
