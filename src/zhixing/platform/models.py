"""Tables of the plumbing."""

from __future__ import annotations

import uuid

from django.db import models


class SubjectKey(models.Model):
    """The wrapped data key of one subject. `wrapped` is NULL after erasure."""

    subject = models.UUIDField(
        primary_key=True, default=uuid.uuid4, help_text="Subject whose data it encrypts."
    )
    wrapped = models.BinaryField(
        null=True, help_text="Data key under the key-encryption key; NULL once destroyed."
    )
    destroyed_at = models.DateTimeField(null=True, help_text="Moment of lawful erasure.")

    class Meta:
        db_table = "platform_subject_key"


class OneTimeCode(models.Model):
    """A code sent to one phone for one purpose. Only its digest is kept."""

    purpose = models.CharField(max_length=40, help_text="What it opens, such as packet.open.")
    reference = models.CharField(max_length=64, help_text="Id of the thing that it opens.")
    staff_id = models.BigIntegerField(help_text="The one person who may use it.")
    digest = models.BinaryField(help_text="Scrypt digest of the code.")
    salt = models.BinaryField(help_text="Salt of the digest.")
    expires_at = models.DateTimeField(help_text="After this moment it opens nothing.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Wrong tries so far.")
    used_at = models.DateTimeField(null=True, help_text="Moment of its only use; NULL while unused.")

    class Meta:
        db_table = "platform_one_time_code"
        indexes = [models.Index(fields=["purpose", "reference", "staff_id"], name="code_for_purpose")]


class Notice(models.Model):
    """An SMS or a mail on its way out. Written in the act's transaction; the body is forgotten once sent."""

    class Channel(models.TextChoices):
        SMS = "sms", "短信"
        MAIL = "mail", "邮件"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=4, choices=Channel.choices, help_text="How it goes out.")
    sealed = models.BinaryField(
        null=True, help_text="Encrypted JSON: to, subject, text, attachments; NULL once sent."
    )
    reason = models.CharField(max_length=60, help_text="Act code or rule that caused it.")
    court_key = models.IntegerField(help_text="Court that sends it.")
    case_id = models.BigIntegerField(null=True, help_text="Case that it concerns, if any.")
    created_at = models.DateTimeField(help_text="Written at.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Tries so far.")
    next_try_at = models.DateTimeField(help_text="Not before this moment.")
    sent_at = models.DateTimeField(null=True, help_text="Accepted by the SMS gateway or mail server.")
    last_error = models.CharField(
        max_length=120, blank=True, help_text="Kind of the last failure, no content."
    )

    class Meta:
        db_table = "platform_notice"
        indexes = [
            models.Index(fields=["next_try_at"], name="notice_waiting", condition=models.Q(sent_at=None)),
        ]
