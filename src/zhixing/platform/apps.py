"""Django plumbing shared by all rooms."""

from __future__ import annotations

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """Scope, encryption, files, one-time codes, outgoing notices."""

    name = "zhixing.platform"
    label = "zx_platform"
    verbose_name = "平台"
