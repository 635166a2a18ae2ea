"""Drafts with their approval steps, and the journal."""

from __future__ import annotations

import uuid

from django.db import models


class DraftState(models.TextChoices):
    """Life of an act before and after it takes effect."""

    PENDING = "pending", "审批中"
    RETURNED = "returned", "退回"
    WITHDRAWN = "withdrawn", "撤回"
    EFFECTIVE = "effective", "已生效"
    LAPSED = "lapsed", "失效"


class Draft(models.Model):
    """One act on its way. Sensitive fields of the payload are encrypted under the case's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=80, unique=True, help_text="Idempotency key of the command.")
    code = models.CharField(max_length=40, help_text="Act kind.")
    version = models.PositiveSmallIntegerField(help_text="Version of the payload.")
    case_id = models.BigIntegerField(null=True, help_text="Case; NULL for acts of a court.")
    court_key = models.IntegerField(help_text="Court whose act it is.")
    state = models.CharField(max_length=9, choices=DraftState.choices, help_text="Where it stands.")
    subject = models.UUIDField(
        null=True, help_text="Subject under whose key the sensitive fields are sealed."
    )
    payload = models.JSONField(help_text="Fields as given, sensitive ones sealed.")
    overrides = models.JSONField(default=dict, help_text="Warnings overridden: problem code → reason.")
    drafter = models.JSONField(help_text="Actor who drafted it.")
    drafter_staff_id = models.BigIntegerField(null=True, help_text="Staff id of the drafter, for four-eyes.")
    created_at = models.DateTimeField(help_text="Drafted at.")
    decided_at = models.DateTimeField(
        null=True, help_text="Took effect, lapsed, was returned or withdrawn at."
    )
    result = models.JSONField(default=dict, help_text="What apply() returned, or why it lapsed.")
    entry_seq = models.BigIntegerField(null=True, help_text="Its journal entry in the chain of the case.")
    due_on = models.DateField(null=True, help_text="Day by which it should take effect, if a term runs.")
    steps: models.Manager[Step]

    class Meta:
        db_table = "acts_draft"
        indexes = [
            models.Index(fields=["case_id", "created_at"], name="drafts_of_case"),
            models.Index(
                fields=["court_key", "created_at"], name="drafts_waiting", condition=models.Q(state="pending")
            ),
            models.Index(fields=["drafter_staff_id", "state"], name="drafts_of_drafter"),
        ]


class StepState(models.TextChoices):
    """Life of one approval step."""

    WAITING = "waiting", "未到"
    OPEN = "open", "待审"
    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回"


class Step(models.Model):
    """One approval step, copied from the policy when the act was drafted."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="steps", help_text="Which act.")
    draft_id: uuid.UUID
    case_id = models.BigIntegerField(null=True, help_text="Case of the act.")
    court_key = models.IntegerField(help_text="Court of the act.")
    no = models.PositiveSmallIntegerField(help_text="Order, from 1.")
    role = models.CharField(max_length=20, help_text="Role that decides it.")
    name = models.CharField(max_length=30, help_text="What the step is called.")
    law = models.CharField(max_length=60, blank=True, help_text="Citation key of the power.")
    state = models.CharField(max_length=8, choices=StepState.choices, help_text="Where it stands.")
    decided_by = models.JSONField(null=True, help_text="Actor who decided.")
    decided_staff_id = models.BigIntegerField(null=True, help_text="His staff id.")
    decided_at = models.DateTimeField(null=True, help_text="Decided at.")
    opinion = models.CharField(max_length=500, blank=True, help_text="His words.")
    evidence = models.JSONField(default=dict, help_text="Signature over the act where one is required.")

    class Meta:
        db_table = "acts_step"
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["draft", "no"], name="step_order_is_unique")]
        indexes = [
            models.Index(fields=["court_key", "role"], name="steps_open", condition=models.Q(state="open")),
        ]


class EntryKind(models.TextChoices):
    """What a journal entry tells."""

    EFFECT = "effect", "生效"
    DRAFTED = "drafted", "提出"
    APPROVED = "approved", "同意"
    RETURNED = "returned", "退回"
    LAPSED = "lapsed", "失效"
    REFUSED = "refused", "拒绝"
    READ = "read", "查看"


class Entry(models.Model):
    """One line of the journal. The table is partitioned by chain, insert-only, hashed by a trigger.

    chain: the case id, or minus (court key + 1) for what belongs to a court and no case.
    """

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.BigIntegerField(help_text="Chain that it belongs to.")
    seq = models.BigIntegerField(help_text="Position in the chain, from 1; set by the database.")
    kind = models.CharField(max_length=8, choices=EntryKind.choices, help_text="What it tells.")
    code = models.CharField(max_length=40, help_text="Act kind.")
    case_id = models.BigIntegerField(null=True, help_text="Case, if any.")
    court_key = models.IntegerField(help_text="Court whose act it is.")
    moment = models.DateTimeField(help_text="When it happened.")
    actor_name = models.CharField(max_length=60, help_text="Who, in words.")
    audience = models.CharField(max_length=13, help_text="Who may learn of it.")
    body = models.TextField(
        help_text="Canonical JSON of actor, fields, result, documents; exactly what is hashed."
    )
    prev_hash = models.BinaryField(help_text="Hash of the entry before; 32 zero bytes for the first.")
    hash = models.BinaryField(help_text="sha256 over prev_hash and this entry.")

    class Meta:
        db_table = "acts_entry"
        managed = False
