"""The inquiry room."""

from __future__ import annotations

from django.apps import AppConfig


class InquiryConfig(AppConfig):
    """Menu, requests, blind release, answers, packets, declarations, comparison."""

    name = "zhixing.inquiry"
    label = "inquiry"
    verbose_name = "查询"

    def ready(self) -> None:
        """Answers to inquiries take effect here."""
        from zhixing.gateway.hooks import on_answer
        from zhixing.inquiry.answers import answer_take

        on_answer("inquiry", answer_take)
