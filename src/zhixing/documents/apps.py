"""Papers of the court."""

from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Templates → PDF → electronic seal → public verification."""

    name = "zhixing.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Papers of acts are made and kept here."""
        from zhixing.acts.hooks import hooks
        from zhixing.documents import services

        hooks.prepare = services.papers_prepare
        hooks.store = services.papers_store
