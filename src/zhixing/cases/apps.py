"""The case room."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Case, parties, identifiers and clues, papers, title, nodes, team."""

    name = "zhixing.cases"
    label = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        """Tell the mechanism how to load a case, how nodes follow from acts, what a party may see."""
        from zhixing.acts.hooks import hooks
        from zhixing.cases import nodes, selectors
        from zhixing.cases.documents import sealed_papers
        from zhixing.courts.middleware import register_party_scope
        from zhixing.gateway.hooks import register_papers

        hooks.load_case = selectors.case_load
        hooks.derive.append(nodes.nodes_derive)
        register_party_scope(selectors.scope_of_party)
        register_papers(sealed_papers)
