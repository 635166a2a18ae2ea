"""The command room."""

from __future__ import annotations

from django.apps import AppConfig


class CommandConfig(AppConfig):
    """The court tree, from above."""

    name = "zhixing.command"
    label = "command"
    verbose_name = "指挥"
