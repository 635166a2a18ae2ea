"""Sealed papers and their numbers."""

from __future__ import annotations

import uuid

from django.db import models


class Document(models.Model):
    """One paper, final. The bytes lie in the file store under their sha256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.BigIntegerField(null=True, help_text="Case.")
    court_key = models.IntegerField(help_text="Court that issued it.")
    draft_id = models.UUIDField(help_text="Act that produced it.")
    kind = models.CharField(max_length=40, help_text="Template key.")
    key = models.CharField(max_length=80, blank=True, help_text="Name by which the act finds it.")
    title = models.CharField(max_length=60, help_text="Name in lists.")
    number = models.CharField(max_length=60, help_text="文号.")
    recipient = models.CharField(max_length=120, blank=True, help_text="For whom.")
    code = models.CharField(max_length=20, unique=True, help_text="文书核验码.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the final bytes.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    is_sealed = models.BooleanField(help_text="Carries the court's electronic seal.")
    made_at = models.DateTimeField(help_text="Sealed at.")

    class Meta:
        db_table = "documents_document"
        indexes = [
            models.Index(fields=["case_id", "made_at"], name="documents_of_case"),
            models.Index(fields=["sha256"], name="documents_by_digest"),
        ]

    def __str__(self) -> str:
        return self.number


class RulingSeries(models.Model):
    """Last ruling number of a case: （案号）之一, 之二 …"""

    case_id = models.BigIntegerField(primary_key=True, help_text="Case.")
    last = models.PositiveIntegerField(help_text="Last number given.")

    class Meta:
        db_table = "documents_ruling_series"
