"""Orders to agencies and the numbers they bear."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhixing.gateway.models.agency import Agency


class OrderKind(models.TextChoices):
    """What an order asks for."""

    INQUIRY = "inquiry", "查询"
    CONTROL = "control", "控制"


class OrderState(models.TextChoices):
    """Where an order stands."""

    QUEUED = "queued", "待取"
    LISTED = "listed", "已取走"
    FETCHED = "fetched", "文书已取"
    ANSWERED = "answered", "已反馈"
    REFUSED = "refused", "被退回"
    CANCELLED = "cancelled", "已撤销"


class Failure(models.TextChoices):
    """Why an answer does not settle its order. Says nothing about what an inquiry found."""

    PAPERS = "papers", "认为手续或者文书不全，退回"
    REFUSED = "refused", "退回"
    ERROR = "error", "技术异常"
    PARTIAL = "partial", "只反馈了一部分"


class Order(models.Model):
    """One order to one agency, written in the transaction of the act that gives it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request_no = models.CharField(
        max_length=30, unique=True, help_text="BDHM or CXQQDH: day, division, sequence."
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="orders", help_text="To whom.")
    agency_id: str
    kind = models.CharField(max_length=7, choices=OrderKind.choices, help_text="Inquiry or control.")
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court of the case.")
    reference = models.UUIDField(help_text="Inquiry request or draft of the control act that gave it.")
    batch = models.CharField(max_length=30, blank=True, help_text="Release batch, for inquiries.")
    document_no = models.CharField(max_length=60, help_text="WSBH: number of the notice that goes with it.")
    documents = ArrayField(
        models.UUIDField(),
        default=list,
        help_text="Sealed papers the agency may fetch.",
    )
    officers = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="Staff whose certificates go with it.",
    )
    subject = models.UUIDField(help_text="Subject whose key seals the content.")
    content_sealed = models.BinaryField(help_text="Canonical request, JSON.")
    package = models.ForeignKey(
        "gateway.Package",
        models.PROTECT,
        null=True,
        related_name="orders",
        help_text="File package that carried it; NULL for other transports.",
    )
    is_urgent = models.BooleanField(
        default=False, help_text="Goes before routine orders, also outside hours."
    )
    repeat_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="repeats",
        help_text="The order whose failed slice this one asks again.",
    )
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="Calls of ours that tried to deliver it."
    )
    state = models.CharField(
        max_length=9,
        choices=OrderState.choices,
        default=OrderState.QUEUED,
        help_text="State.",
    )
    failure = models.CharField(
        max_length=8,
        choices=Failure.choices,
        blank=True,
        help_text="Why its last answer does not settle it; empty when it does, and before.",
    )
    queued_at = models.DateTimeField(help_text="Ready for the agency from.")
    not_before = models.DateTimeField(
        null=True, help_text="After a failed delivery: next try from; NULL for at once."
    )
    listed_at = models.DateTimeField(
        null=True, help_text="First listed to the agency; its 24 hours start (NIC-20)."
    )
    fetched_at = models.DateTimeField(null=True, help_text="Papers fetched.")
    answered_at = models.DateTimeField(null=True, help_text="First accepted answer.")

    class Meta:
        db_table = "gateway_order"
        indexes = [
            # Handed out and not answered yet: listed again to an agency that asks again.
            models.Index(
                fields=["agency", "kind", "listed_at"],
                name="orders_to_list_again",
                condition=models.Q(state__in=["listed", "fetched"]),
            ),
            # What may be taken next, in the order in which it is taken; stays short however many wait for an answer.
            models.Index(
                fields=["agency", "kind", "-is_urgent", "queued_at"],
                name="orders_to_take",
                condition=models.Q(state="queued"),
            ),
            # How many went to an agency in the last hour, for its quota; and what it was handed in a month.
            models.Index(
                fields=["agency", "listed_at"],
                name="orders_handed_to_agency",
                condition=models.Q(listed_at__isnull=False),
            ),
            models.Index(fields=["reference"], name="orders_of_reference"),
            models.Index(fields=["case_id", "kind"], name="orders_of_case"),
            models.Index(fields=["court_key", "queued_at"], name="orders_of_court"),
            models.Index(fields=["agency", "document_no"], name="orders_by_document"),
            models.Index(
                fields=["listed_at"],
                name="orders_unanswered",
                condition=models.Q(state__in=["listed", "fetched"]),
            ),
        ]

    def __str__(self) -> str:
        return self.request_no


class RequestSeries(models.Model):
    """Last request number of a day and division."""

    day = models.DateField(help_text="Day.")
    region = models.IntegerField(help_text="Division, the court key.")
    last = models.PositiveIntegerField(help_text="Last sequence given.")

    class Meta:
        db_table = "gateway_request_series"
        constraints = [models.UniqueConstraint(fields=["day", "region"], name="one_request_series")]
