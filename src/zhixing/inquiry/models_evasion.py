"""Booked transactions, facts entered by the court, and leads on evasion. All sealed to the judge of the case."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db import models

from zhixing.cases.models import Case


class Flow(models.Model):
    """One booked line of a statement that a bank fed back, or a line that could not be read with its reason."""

    request = models.ForeignKey("inquiry.Request", models.PROTECT, related_name="flows", help_text="Request.")
    packet = models.ForeignKey(
        "inquiry.Packet", models.PROTECT, null=True, related_name="flows", help_text="Packet."
    )
    packet_id: uuid.UUID | None
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    party_id = models.BigIntegerField(help_text="Obligor asked about.")
    order_id = models.UUIDField(help_text="Order answered.")
    version = models.PositiveSmallIntegerField(help_text="Version of the answer.")
    place = models.PositiveIntegerField(help_text="Line within the answer, from 1.")
    is_current = models.BooleanField(default=True, help_text="False once a correction replaced it.")
    account_index = models.BinaryField(help_text="Blind index of the account.")
    at = models.DateTimeField(null=True, help_text="Booked at; NULL when it could not be read.")
    amount = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Yuan; NULL when it could not be read."
    )
    fault = models.CharField(max_length=200, blank=True, help_text="Why it could not be read.")
    subject = models.UUIDField(help_text="Subject whose key seals the detail.")
    detail_sealed = models.BinaryField(
        help_text="Line as JSON: accounts, direction, other side, remark, serial."
    )
    agency_name = models.CharField(max_length=60, help_text="Who told it.")
    message_sha256 = models.CharField(max_length=64, help_text="Digest of the message it came in.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=False, help_text="Packet opened.")

    class Meta:
        db_table = "inquiry_flow"
        constraints = [models.UniqueConstraint(fields=["order_id", "version", "place"], name="flow_once")]
        indexes = [models.Index(fields=["case_id", "at"], name="flows_of_case")]


class Material(models.Model):
    """A fact from a register or a paper: a person, tie, account, dealing, hold, or the days of the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="materials", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    topic = models.CharField(max_length=10, help_text="Table of the search it belongs to.")
    detail_sealed = models.BinaryField(help_text="Values as JSON.")
    source_sealed = models.BinaryField(help_text="Register, paper and number, in words.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the paper, else of the values entered.")
    entered_by = models.CharField(max_length=60, help_text="Who entered it.")
    entered_at = models.DateTimeField(help_text="When.")
    draft_id = models.UUIDField(help_text="Act that entered it.")
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back; it stays in the file.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=True, help_text="Readable from the start.")

    class Meta:
        db_table = "inquiry_material"
        indexes = [models.Index(fields=["case", "topic"], name="materials_of_case")]


class LeadVerdict(models.TextChoices):
    """What the judge made of a lead."""

    OPEN = "", "待核实"
    PURSUE = "pursue", "据以处理"
    EXPLAINED = "explained", "已有合理解释"
    DROPPED = "dropped", "不再追查"


class Lead(models.Model):
    """A lead of the search. The same records give the same lead; a verdict stays with it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="leads", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    key = models.CharField(max_length=64, help_text="Digest of rule, sides and first record.")
    code = models.CharField(max_length=6, help_text="EVA-01 to EVA-17.")
    rule = models.CharField(max_length=3, help_text="Rule of the search.")
    strength = models.CharField(max_length=7, help_text="strong, medium, unclear.")
    on = models.DateField(null=True, help_text="Day of the (first) dealing.")
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="Yuan.")
    told_sealed = models.BinaryField(help_text="Sentence, sides, signs, evidence, explanations, JSON.")
    found_at = models.DateTimeField(help_text="First found.")
    is_current = models.BooleanField(default=True, help_text="Still found by the last search.")
    verdict = models.CharField(
        max_length=9, choices=LeadVerdict.choices, blank=True, help_text="Of the judge."
    )
    reason_sealed = models.BinaryField(null=True, help_text="Why.")
    decided_by = models.CharField(max_length=60, blank=True, help_text="Who decided.")
    decided_at = models.DateTimeField(null=True, help_text="When.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=True, help_text="Readable from the start.")
    get_verdict_display: Callable[[], str]

    class Meta:
        db_table = "inquiry_lead"
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="lead_once")]


class EvidenceBundle(models.Model):
    """Leads put together for the file or for the applicant: sealed paper, data, digests."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence_bundles", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    audience = models.CharField(max_length=9, help_text="court or applicant.")
    leads = models.PositiveSmallIntegerField(help_text="How many leads.")
    sha256 = models.CharField(max_length=64, help_text="Zip in the file store.")
    made_by = models.CharField(max_length=60, help_text="Who made it.")
    made_at = models.DateTimeField(help_text="When.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=True, help_text="Readable from the start.")

    class Meta:
        db_table = "inquiry_evidence_bundle"
        indexes = [models.Index(fields=["case", "made_at"], name="bundles_of_case")]
