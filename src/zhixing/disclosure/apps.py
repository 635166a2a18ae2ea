"""The disclosure room."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """What parties may know, derived from acts."""

    name = "zhixing.disclosure"
    label = "disclosure"
    verbose_name = "公开"

    def ready(self) -> None:
        """Derive after each act, and tell applicants of key events."""
        from zhixing.acts.hooks import hooks
        from zhixing.disclosure.derive import disclosure_derive
        from zhixing.disclosure.push import push_events

        hooks.derive.extend([disclosure_derive, push_events])
