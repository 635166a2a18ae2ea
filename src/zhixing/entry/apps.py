"""The doors of the system."""

from __future__ import annotations

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """Login, workbench, navigation, search, approvals, REST root."""

    name = "zhixing.entry"
    label = "entry"
    verbose_name = "入口"
