"""What went out: packages of files, and the bytes of every message that carried orders."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zhixing.gateway.models.agency import Agency


class PackageState(models.TextChoices):
    """Where a package stands."""

    BUILT = "built", "已打包"
    DELIVERED = "delivered", "已送达"
    ANSWERED = "answered", "已全部反馈"
    FAILED = "failed", "送达失败"


class Package(models.Model):
    """One package of orders for an agency that takes files."""

    batch_no = models.CharField(max_length=30, primary_key=True, help_text="Batch number, 30 characters.")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="packages", help_text="For whom.")
    kind = models.CharField(max_length=7, help_text="Inquiry or control.")
    name = models.CharField(max_length=80, help_text="File name.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the bytes; the file store's key.")
    state = models.CharField(
        max_length=9, choices=PackageState.choices, default=PackageState.BUILT, help_text="State."
    )
    built_at = models.DateTimeField(help_text="Built at.")
    delivered_at = models.DateTimeField(null=True, help_text="Whole in the agency's folder at.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Tries to deliver it.")

    class Meta:
        db_table = "gateway_package"
        indexes = [
            models.Index(
                fields=["agency", "built_at"],
                name="packages_to_deliver",
                condition=models.Q(state="built"),
            ),
        ]


class Outbound(models.Model):
    """A message that carried orders out, or answered an agency; its bytes are in the file store."""

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, help_text="To whom.")
    profile = models.CharField(max_length=30, help_text="Profile.")
    operation = models.CharField(max_length=40, help_text="Operation.")
    requests = ArrayField(
        models.CharField(max_length=60), default=list, help_text="Request numbers it speaks about."
    )
    sha256 = models.CharField(max_length=64, help_text="Digest of the bytes; the file store's key.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    sent_at = models.DateTimeField(help_text="Sent at.")
    problem = models.CharField(
        max_length=300, blank=True, help_text="Why it did not arrive; names no person; empty when it did."
    )

    class Meta:
        db_table = "gateway_outbound"
        indexes = [
            GinIndex(fields=["requests"], name="outbound_of_request"),
            models.Index(fields=["agency", "sent_at"], name="outbound_of_agency"),
        ]
