"""What parties may know of a case, one row per act and audience. Derived from the journal; can be rebuilt from it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhixing.cases.models import Case, Party


class ItemAudience(models.TextChoices):
    """Whom an item is for."""

    APPLICANT = "applicant", "申请执行人"
    OBLIGOR = "obligor", "被执行人"
    PARTIES = "parties", "双方当事人"
    PUBLIC = "public", "公众"


class Release(models.TextChoices):
    """What an item waits for before anybody sees it (PB-04)."""

    AT_ONCE = "at_once", "即时公开"
    PACKET_OPENED = "packet_opened", "反馈开启后"
    RECEIPTS_COMPLETE = "receipts_complete", "本次措施的回执齐备后"
    MEASURES_DONE = "measures_done", "查询之后的控制措施办完后"
    CLOSED = "closed", "结案后"


class DisclosureItem(models.Model):
    """One thing that happened, in plain words, for one audience. Hidden while `visible_at` is NULL."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    seq = models.BigIntegerField(help_text="Journal entry of the case's chain that it tells of.")
    code = models.CharField(max_length=40, help_text="Act kind.")
    audience = models.CharField(max_length=9, choices=ItemAudience.choices, help_text="For whom.")
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, help_text="Only for this party; NULL for all of the audience."
    )
    text = models.CharField(max_length=200, help_text="Plain words, without names, numbers or amounts.")
    happened_at = models.DateTimeField(help_text="When the act took effect.")
    release = models.CharField(max_length=20, choices=Release.choices, help_text="What it waits for.")
    group = models.CharField(
        max_length=40, blank=True, help_text="Inquiry request or control act it belongs to; empty if none."
    )
    expected = models.PositiveSmallIntegerField(
        null=True, help_text="Orders of the control act; NULL for other acts."
    )
    seen = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Packets sealed or orders answered so far."
    )
    visible_at = models.DateTimeField(null=True, help_text="Visible from; NULL while it waits.")

    class Meta:
        db_table = "disclosure_item"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "seq", "audience", "party"], name="disclosure_item_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=models.Q(visible_at=None) | models.Q(visible_at__gte=models.F("happened_at")),
                name="never_visible_before_it_happened",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-seq"], name="disclosures_of_case"),
            models.Index(
                fields=["case", "group"], name="disclosures_waiting", condition=models.Q(visible_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.audience}"
