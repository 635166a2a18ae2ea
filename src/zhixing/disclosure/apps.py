"""The disclosure room."""

from __future__ import annotations

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """What parties may know, derived from acts."""

    name = "zhixing.disclosure"
    label = "disclosure"
    verbose_name = "公开"
