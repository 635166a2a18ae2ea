"""Agencies, orders to them, messages from them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AgencyKind(models.TextChoices):
    """What kind of assisting agency it is."""

    BANK = "bank", "银行"
    REALTY = "realty", "不动产登记机构"
    FUND_BANK = "fund_bank", "执行款专户开户行"


class Agency(models.Model):
    """An assisting agency (协助执行单位) with the profile that it speaks."""

    code = models.CharField(max_length=17, primary_key=True, help_text="17-character institution code.")
    name = models.CharField(max_length=60, help_text="Name as on notices.")
    kind = models.CharField(max_length=9, choices=AgencyKind.choices, help_text="Kind.")
    profile = models.CharField(max_length=30, help_text="Profile that encodes and decodes.")
    username = models.CharField(max_length=40, unique=True, help_text="Name in its credentials.")
    secret_digest = models.BinaryField(help_text="Scrypt digest of its password.")
    secret_salt = models.BinaryField(help_text="Salt.")
    statement_secret = models.BinaryField(
        null=True, help_text="Signing secret under the keyring; fund bank only."
    )
    menu = ArrayField(
        models.CharField(max_length=40),
        default=list,
        help_text="Menu items that it answers.",
    )
    region = models.CharField(max_length=6, blank=True, help_text="Division code it serves; empty for all.")
    is_active = models.BooleanField(default=True, help_text="May receive orders.")
    last_seen_at = models.DateTimeField(null=True, help_text="Last call from it.")

    class Meta:
        db_table = "gateway_agency"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


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
    state = models.CharField(
        max_length=9,
        choices=OrderState.choices,
        default=OrderState.QUEUED,
        help_text="State.",
    )
    queued_at = models.DateTimeField(help_text="Ready for the agency from.")
    listed_at = models.DateTimeField(
        null=True, help_text="First listed to the agency; its 24 hours start (NIC-20)."
    )
    fetched_at = models.DateTimeField(null=True, help_text="Papers fetched.")
    answered_at = models.DateTimeField(null=True, help_text="First accepted answer.")

    class Meta:
        db_table = "gateway_order"
        indexes = [
            models.Index(
                fields=["agency", "kind", "queued_at"],
                name="orders_open_of_agency",
                condition=models.Q(state__in=["queued", "listed", "fetched"]),
            ),
            models.Index(fields=["reference"], name="orders_of_reference"),
            models.Index(fields=["case_id", "kind"], name="orders_of_case"),
            models.Index(fields=["court_key", "queued_at"], name="orders_of_court"),
            models.Index(fields=["agency", "document_no"], name="orders_by_document"),
        ]

    def __str__(self) -> str:
        return self.request_no


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
            models.Index(
                fields=["court_key", "received_at"],
                name="messages_for_review",
                condition=models.Q(
                    outcome__in=["conflict", "unknown", "closed", "malformed", "failed"], review=""
                ),
            ),
        ]


class RequestSeries(models.Model):
    """Last request number of a day and division."""

    day = models.DateField(help_text="Day.")
    region = models.IntegerField(help_text="Division, the court key.")
    last = models.PositiveIntegerField(help_text="Last sequence given.")

    class Meta:
        db_table = "gateway_request_series"
        constraints = [models.UniqueConstraint(fields=["day", "region"], name="one_request_series")]
