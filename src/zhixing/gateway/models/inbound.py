"""Messages from agencies."""

from __future__ import annotations

from django.db import models

from zhixing.gateway.models.agency import Agency
from zhixing.gateway.models.order import Order


class Outcome(models.TextChoices):
    """What became of a message."""

    ACCEPTED = "accepted", "已受理"
    DUPLICATE = "duplicate", "重复"
    CONFLICT = "conflict", "与前次不同，待核"
    UNKNOWN = "unknown", "查无此请求，待核"
    CLOSED = "closed", "请求已了结，待核"
    MALFORMED = "malformed", "无法解读，待核"
    PROCESSED = "processed", "已处理"
    FAILED = "failed", "处理失败，待核"


TO_REVIEW = (Outcome.CONFLICT, Outcome.UNKNOWN, Outcome.CLOSED, Outcome.MALFORMED, Outcome.FAILED)


class Review(models.TextChoices):
    """What a person concluded about a message that was set apart."""

    CORRECTED = "corrected", "已请单位更正后重新反馈"
    FIRST_STANDS = "stands", "以前次反馈为准，本次不采用"
    OFFLINE = "offline", "已转线下核实"
    VOID = "void", "与本院案件无关，留存备查"


class Inbound(models.Model):
    """A message from an agency: bytes kept as they came, one row per different content of one request."""

    id = models.BigAutoField(primary_key=True)
    profile = models.CharField(max_length=30, help_text="Profile it came by.")
    operation = models.CharField(max_length=40, help_text="Operation called.")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, help_text="From whom; NULL when not known.")
    request_no = models.CharField(max_length=60, help_text="Request it answers; empty when it named none.")
    order = models.ForeignKey(
        Order,
        models.PROTECT,
        null=True,
        related_name="messages",
        help_text="The order.",
    )
    case_id = models.BigIntegerField(null=True, help_text="Case of the order.")
    court_key = models.IntegerField(help_text="Court of the order; 0 when unknown.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the bytes; the file store's key.")
    fingerprint = models.CharField(
        max_length=64, help_text="Digest of the content without times; of the bytes if unread."
    )
    size = models.PositiveIntegerField(help_text="Bytes.")
    version = models.PositiveSmallIntegerField(
        default=1, help_text="1 for the first accepted answer; corrections count on."
    )
    outcome = models.CharField(max_length=9, choices=Outcome.choices, help_text="What became of it.")
    problem = models.CharField(max_length=300, blank=True, help_text="Why it was set apart; names no person.")
    received_at = models.DateTimeField(help_text="Arrived at.")
    processed_at = models.DateTimeField(null=True, help_text="Took effect in the case at.")
    repeats = models.PositiveIntegerField(default=0, help_text="How often the same bytes came again.")
    review = models.CharField(
        max_length=9, blank=True, choices=Review.choices, help_text="What a person concluded; empty before."
    )
    reviewed_at = models.DateTimeField(null=True, help_text="When a person concluded it.")

    class Meta:
        db_table = "gateway_inbound"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "request_no", "operation", "sha256"],
                name="message_once",
            ),
        ]
        indexes = [
            models.Index(fields=["order"], name="messages_of_order"),
            # The messages of one institution and day, for its figures and the list behind them.
            models.Index(fields=["agency", "received_at"], name="messages_of_agency"),
            models.Index(
                fields=["court_key", "received_at"],
                name="messages_for_review",
                condition=models.Q(
                    outcome__in=["conflict", "unknown", "closed", "malformed", "failed"], review=""
                ),
            ),
        ]
