"""The JSON interface and its guide."""

from __future__ import annotations

from django.urls import path

from zhixing.entry.api import api, guide

urlpatterns = [path("api/", guide, name="api_guide"), path("api/", api.urls)]
