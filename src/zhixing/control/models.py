"""Measures on property."""

from __future__ import annotations

import uuid

from django.db import models

from zhixing.cases.models import Case, Party


class MeasureState(models.TextChoices):
    """Life of a measure; it changes only by acts."""

    ORDERED = "ordered", "已发出"
    ACTIVE = "active", "已控制"
    WAITING = "waiting", "轮候"
    FAILED = "failed", "未控制"
    DEDUCTING = "deducting", "扣划中"
    DEDUCTED = "deducted", "已扣划"
    RELEASING = "releasing", "解除中"
    RELEASED = "released", "已解除"


# A claim is reserved before the order leaves: these count against the ceiling (DUR-10).
RESERVING = (MeasureState.ORDERED, MeasureState.ACTIVE, MeasureState.WAITING, MeasureState.DEDUCTING)


class Measure(models.Model):
    """One measure on one thing, from order to end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="measures", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    party = models.ForeignKey(Party, models.PROTECT, help_text="Whose property.")
    party_id: int
    finding_id = models.BigIntegerField(help_text="Record of the inquiry that it rests on.")
    agency_code = models.CharField(max_length=17, help_text="Who carries it out.")
    agency_name = models.CharField(max_length=60, help_text="Its name then.")
    category = models.CharField(max_length=6, help_text="cash, wealth, realty.")
    subject = models.UUIDField(help_text="Subject whose key seals the target.")
    target_sealed = models.BinaryField(help_text="Canonical target, JSON.")
    label_sealed = models.BinaryField(help_text="Line for lists.")
    limit = models.DecimalField(max_digits=18, decimal_places=2, help_text="Amount ordered, yuan.")
    controlled = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Actually held, yuan."
    )
    excess = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Beyond the balance: later deposits fill it."
    )
    balance = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Balance at execution, yuan."
    )
    deducted = models.DecimalField(
        max_digits=18, decimal_places=2, default=0, help_text="Moved to the court, yuan."
    )
    prior = models.JSONField(
        default=list, help_text="Earlier measures told by the agency: authority, document, amount, until."
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was not controlled.")
    ruling_no = models.CharField(max_length=60, help_text="Ruling.")
    order_id = models.UUIDField(null=True, help_text="Order that carries it now.")
    item_seq = models.CharField(max_length=8, help_text="Item within the order.")
    freeze_request_no = models.CharField(
        max_length=30, blank=True, help_text="Request number of the freeze, for renewal and release."
    )
    agency_business_no = models.CharField(
        max_length=60, blank=True, help_text="The agency's own number of the seizure."
    )
    state = models.CharField(max_length=9, choices=MeasureState.choices, help_text="State.")
    starts_on = models.DateField(null=True, help_text="First day.")
    ends_on = models.DateField(null=True, help_text="Last day.")
    ordered_at = models.DateTimeField(help_text="Ordered at.")
    settled_at = models.DateTimeField(null=True, help_text="Receipt arrived.")
    debtor_told_at = models.DateTimeField(null=True, help_text="Debtor notified.")
    receipts: models.Manager[Receipt]

    class Meta:
        db_table = "control_measure"
        constraints = [
            models.CheckConstraint(condition=models.Q(limit__gt=0), name="limit_is_positive"),
            models.UniqueConstraint(
                fields=["case", "finding_id"],
                name="one_live_measure_per_finding",
                condition=models.Q(state__in=["ordered", "active", "waiting", "deducting", "releasing"]),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state"], name="measures_of_case"),
            models.Index(
                fields=["court_key", "ends_on"], name="measures_expiring", condition=models.Q(state="active")
            ),
            models.Index(fields=["order_id"], name="measures_of_order"),
        ]


class Receipt(models.Model):
    """An agency's sealed receipt (回执)."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="receipts", help_text="Measure.")
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    action = models.CharField(max_length=20, help_text="freeze, deduct, release …")
    name = models.CharField(max_length=120, help_text="File name as sent.")
    sha256 = models.CharField(max_length=64, help_text="Digest; the file store's key.")
    md5_ok = models.BooleanField(help_text="Whether the agency's MD5 agreed.")
    received_at = models.DateTimeField(help_text="Arrived at.")

    class Meta:
        db_table = "control_receipt"
