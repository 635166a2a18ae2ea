"""The control room."""

from __future__ import annotations

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Freeze, seal, receipts, notices to the debtor, transfer, release."""

    name = "zhixing.control"
    label = "control"
    verbose_name = "控制"

    def ready(self) -> None:
        """Receipts take effect here."""
        from zhixing.control.receipts import receipt_take
        from zhixing.gateway.hooks import on_answer

        on_answer("control", receipt_take)
