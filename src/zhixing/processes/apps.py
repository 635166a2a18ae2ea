"""Flows over several rooms."""

from __future__ import annotations

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """Ties rooms together that may not know each other."""

    name = "zhixing.processes"
    label = "processes"
    verbose_name = "流程"

    def ready(self) -> None:
        """Measures find their targets in answers; the search for evasion hears of freezes."""
        from zhixing.control.targets import register_source
        from zhixing.inquiry.evasion_source import HOLDS
        from zhixing.processes.evasion_holds import holds_of
        from zhixing.processes.targets import facts_from_findings

        register_source(facts_from_findings)
        if holds_of not in HOLDS:
            HOLDS.append(holds_of)
