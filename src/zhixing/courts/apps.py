"""Courts and the people in them."""

from __future__ import annotations

from django.apps import AppConfig


class CourtsConfig(AppConfig):
    """Court tree, accounts, staff, roles, credentials."""

    name = "zhixing.courts"
    label = "courts"
    verbose_name = "法院与人员"
