"""Orders out, messages in."""

from __future__ import annotations

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Envelopes, outbox, inbox, profiles, adapters."""

    name = "zhixing.gateway"
    label = "gateway"
    verbose_name = "网关"
