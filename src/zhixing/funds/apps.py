"""The funds room."""

from __future__ import annotations

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Ledger, bank statement, payout, fee."""

    name = "zhixing.funds"
    label = "funds"
    verbose_name = "案款"

    def ready(self) -> None:
        """Tell the gateway who books the fund bank's statement."""
        from zhixing.funds.services import statement_receive
        from zhixing.gateway.hooks import on_statement

        on_statement(statement_receive)
