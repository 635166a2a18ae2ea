"""The funds room."""

from __future__ import annotations

from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Ledger, bank statement, payout, fee."""

    name = "zhixing.funds"
    label = "funds"
    verbose_name = "案款"

    def ready(self) -> None:
        """Tell the gateway who books the fund bank's statement, and the case room how money counts."""
        from zhixing.cases.claims import register_outstanding
        from zhixing.funds.distributions import claim_after
        from zhixing.funds.statements import statement_receive
        from zhixing.gateway.hooks import on_statement

        on_statement(statement_receive)
        register_outstanding(claim_after)
