"""All addresses. Each room brings its own; `entry` brings the doors."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import include, path

# Order matters only where prefixes overlap; the doors come last because they own the root.
ROOM_URLS = (
    "zhixing.documents.urls",
    "zhixing.gateway.urls",
    "zhixing.cases.urls",
    "zhixing.inquiry.urls",
    "zhixing.control.urls",
    "zhixing.funds.urls",
    "zhixing.disclosure.urls",
    "zhixing.command.urls",
    "zhixing.processes.urls",
    "zhixing.processes.party_urls",
    "zhixing.entry.approval_urls",
    "zhixing.entry.api_urls",
    "zhixing.entry.lawtools.urls",
    "zhixing.entry.urls",
)

urlpatterns = [
    path("ui/", include("zhixing.ui.urls")),
    *(path("", include(name)) for name in ROOM_URLS if find_spec(name) and import_module(name)),
]
handler403 = "zhixing.entry.views.errors.forbidden"
handler404 = "zhixing.entry.views.errors.not_found"
handler500 = "zhixing.entry.views.errors.failed"
