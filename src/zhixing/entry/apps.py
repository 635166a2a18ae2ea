"""The doors of the system."""

from __future__ import annotations

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """Login, workbench, navigation, search, approvals, REST root."""

    name = "zhixing.entry"
    label = "entry"
    verbose_name = "入口"

    def ready(self) -> None:
        """Tell the case page what the rooms above it know."""
        from zhixing.cases.page import register_upper
        from zhixing.entry.casepage import upper_of

        register_upper(upper_of)
