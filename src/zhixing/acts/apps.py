"""The mechanism of acts."""

from __future__ import annotations

from django.apps import AppConfig


class ActsConfig(AppConfig):
    """Registry, drafts, approvals, journal."""

    name = "zhixing.acts"
    label = "acts"
    verbose_name = "行为"

    def ready(self) -> None:
        """Find every act file once all models are loaded."""
        from zhixing.acts.registry import discover

        discover()
