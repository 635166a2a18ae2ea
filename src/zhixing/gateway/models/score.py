"""How institutions answer, counted by day; and when this system itself was up."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhixing.gateway.models.agency import Agency


class Uptime(models.Model):
    """One stretch in which this system ran and took calls. The gaps between stretches are our own failures."""

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField(help_text="First sign of life.")
    last_at = models.DateTimeField(help_text="Last sign of life so far.")

    class Meta:
        db_table = "gateway_uptime"
        indexes = [models.Index(fields=["-last_at"], name="uptime_latest")]


class ScoreDay(models.Model):
    """What one institution did with the orders handed to it on one day, and the messages it sent that day.

    Derived from orders and messages and rebuilt from them; nothing here names a case or a person.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField(
        help_text="Court day: orders by the day they were handed over, messages by receipt."
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="scores", help_text="Whose.")
    court_key = models.IntegerField(help_text="Court of the orders; 0 for messages of no known court.")
    handed = models.PositiveIntegerField(default=0, help_text="Orders handed over.")
    answered = models.PositiveIntegerField(default=0, help_text="Of these answered.")
    late = models.PositiveIntegerField(
        default=0, help_text="Of these beyond the hours allowed, silent included."
    )
    silent = models.PositiveIntegerField(
        default=0, help_text="Of these beyond the hours and not answered yet."
    )
    refused = models.PositiveIntegerField(default=0, help_text="Of these sent back.")
    failed = models.PositiveIntegerField(default=0, help_text="Of these answered with a technical failure.")
    partial = models.PositiveIntegerField(default=0, help_text="Of these answered in part.")
    repeats = models.PositiveIntegerField(default=0, help_text="Of these asked again after a failure.")
    minutes = ArrayField(
        models.IntegerField(), default=list, help_text="Minutes to answer, ascending, each once."
    )
    counts = ArrayField(models.IntegerField(), default=list, help_text="Orders answered in so many minutes.")
    schema_faults = models.PositiveIntegerField(default=0, help_text="Messages that could not be read.")
    conflicts = models.PositiveIntegerField(
        default=0, help_text="Messages that contradict an earlier answer."
    )
    unknown = models.PositiveIntegerField(default=0, help_text="Messages with a number of no order.")
    corrections = models.PositiveIntegerField(default=0, help_text="Later versions of an answer.")
    duplicates = models.PositiveIntegerField(default=0, help_text="The same bytes again.")
    computed_at = models.DateTimeField(help_text="Counted at.")

    class Meta:
        db_table = "gateway_score_day"
        constraints = [
            models.UniqueConstraint(fields=["day", "agency", "court_key"], name="score_once_a_day"),
        ]
        indexes = [models.Index(fields=["court_key", "day"], name="scores_of_court")]
