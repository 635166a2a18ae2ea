"""Application entry of the room `ui`."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look: no models, no acts."""

    name = "zhixing.ui"
    label = "ui"
    verbose_name = "界面"
