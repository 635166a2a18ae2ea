"""Case, parties, identifiers, papers, clues, nodes."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from zhixing.courts.models import Account, Court, Staff


class CaseState(models.TextChoices):
    """A case is open until an act closes it, then archived."""

    OPEN = "open", "在办"
    CLOSED = "closed", "已结"
    ARCHIVED = "archived", "已归档"


class Whereabouts(models.TextChoices):
    """Whether the debtor can be found decides which road leads to the inquiry (B1)."""

    UNSET = "unset", "未登记"
    KNOWN = "known", "下落明确"
    UNKNOWN = "unknown", "下落不明"


class NumberSeries(models.Model):
    """Last serial given per court, special-trial code, type code and year (CN-03). One row, updated under its lock."""

    court = models.ForeignKey(Court, models.PROTECT, help_text="Numbering court.")
    special = models.CharField(max_length=2, blank=True, help_text="专门审判代字; empty as a rule.")
    type_code = models.CharField(max_length=3, help_text="类型代字, such as 执.")
    year = models.PositiveSmallIntegerField(help_text="Year of docketing.")
    last = models.PositiveIntegerField(help_text="Last serial given.")

    class Meta:
        db_table = "cases_number_series"
        constraints = [
            models.UniqueConstraint(fields=["court", "special", "type_code", "year"], name="one_series")
        ]


class Filing(models.Model):
    """Papers handed in before there is a case: what was read from them waits for the clerk's confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    court_key = models.IntegerField(help_text="Court where it was filed.")
    subject = models.UUIDField(help_text="Becomes the subject of the case.")
    created_by = models.ForeignKey(Staff, models.PROTECT, help_text="Who received the papers.")
    created_at = models.DateTimeField(help_text="Received at.")
    case_id = models.BigIntegerField(null=True, help_text="Case made of it; NULL while waiting.")

    class Meta:
        db_table = "cases_filing"


class Case(models.Model):
    """One enforcement case. Its state changes only by acts; its stage follows from its nodes."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="cases", help_text="Court in charge.")
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    number = models.CharField(
        max_length=40, unique=True, help_text="案号, normalised with full-width brackets."
    )
    special = models.CharField(max_length=2, blank=True, help_text="专门审判代字.")
    type_code = models.CharField(max_length=3, help_text="类型代字.")
    year = models.PositiveSmallIntegerField(help_text="Year of docketing.")
    serial = models.PositiveIntegerField(help_text="Serial in its series.")
    state = models.CharField(
        max_length=8, choices=CaseState.choices, default=CaseState.OPEN, help_text="State."
    )
    cause = models.CharField(max_length=40, help_text="案由 of the title.")
    subject = models.UUIDField(help_text="Subject whose key seals the case's sensitive acts.")
    received_on = models.DateField(help_text="Day the application arrived.")
    docketed_on = models.DateField(help_text="立案之日; the internal term starts the next day.")
    handler = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", help_text="承办法官.")
    handler_id: int | None
    assistant = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", help_text="法官助理.")
    assistant_id: int | None
    clerk = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+", help_text="书记员.")
    clerk_id: int | None
    whereabouts = models.CharField(
        max_length=7,
        choices=Whereabouts.choices,
        default=Whereabouts.UNSET,
        help_text="Debtor's whereabouts.",
    )
    title_number = models.CharField(max_length=60, help_text="Number of the title (执行依据).")
    title_kind = models.CharField(max_length=20, help_text="Kind of the title, such as 民事判决书.")
    title_made_by = models.CharField(max_length=60, help_text="Who made the title.")
    perform_by = models.DateField(help_text="Last day of the period for performance.")
    principal = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="Money debt without interest, yuan."
    )
    interest_fixed = models.DecimalField(
        max_digits=18, decimal_places=2, default=0, help_text="General interest fixed as an amount, yuan."
    )
    costs = models.DecimalField(
        max_digits=18, decimal_places=2, default=0, help_text="Costs due to the creditor, yuan."
    )
    rate_text = models.CharField(
        max_length=200, blank=True, help_text="Interest clause in the title's own words."
    )
    declare_by = models.DateField(
        null=True, help_text="Deadline of the declaration order; NULL before the notice."
    )
    notice_served_on = models.DateField(null=True, help_text="Day the notice was served; NULL before.")
    fund_account = models.CharField(
        max_length=30, unique=True, help_text="一案一账号: virtual account of the case."
    )
    close_mode = models.CharField(max_length=20, blank=True, help_text="结案方式; empty while open.")
    closed_on = models.DateField(null=True, help_text="Day of closing.")
    archived_on = models.DateField(null=True, help_text="Day of archiving.")
    search = ArrayField(
        models.CharField(max_length=4), default=list, help_text="Bigrams of number and party names."
    )
    sort_key = models.CharField(
        max_length=120, blank=True, help_text="Pinyin of the first obligor, for order."
    )
    parties_text = models.CharField(
        max_length=120, blank=True, help_text="申请人 / 被执行人 as lists show it."
    )
    parties: models.Manager[Party]
    nodes: models.Manager[Node]

    class Meta:
        db_table = "cases_case"
        constraints = [
            models.UniqueConstraint(
                fields=["court", "special", "type_code", "year", "serial"], name="case_number_once"
            ),
            models.CheckConstraint(condition=models.Q(principal__gte=0), name="principal_not_negative"),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_on=None)
                | ~models.Q(state="open") & ~models.Q(closed_on=None),
                name="closed_day_matches_state",
            ),
        ]
        indexes = [
            models.Index(fields=["court_key", "-docketed_on", "-id"], name="cases_of_court"),
            models.Index(fields=["handler", "state"], name="cases_of_handler"),
            GinIndex(fields=["search"], name="cases_by_bigram"),
        ]

    def __str__(self) -> str:
        return self.number


class PartyRole(models.TextChoices):
    """Position in the case."""

    APPLICANT = "applicant", "申请执行人"
    OBLIGOR = "obligor", "被执行人"
    THIRD = "third", "利害关系人"


class PartyKind(models.TextChoices):
    """Natural person or organisation."""

    PERSON = "person", "自然人"
    ORGANISATION = "organisation", "法人或其他组织"


class Party(models.Model):
    """One party of one case. Network measures reach obligors only, at that moment (NIC-08)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    role = models.CharField(max_length=9, choices=PartyRole.choices, help_text="Position.")
    kind = models.CharField(max_length=12, choices=PartyKind.choices, help_text="Person or organisation.")
    name = models.CharField(max_length=80, help_text="Name as in the title.")
    subject = models.UUIDField(help_text="Subject whose key seals this party's identifiers.")
    represented_by = models.CharField(max_length=60, blank=True, help_text="法定代表人 or agent.")
    obligor_from = models.DateField(null=True, help_text="First day as obligor; NULL for others.")
    obligor_to = models.DateField(null=True, help_text="Last day as obligor; NULL while it lasts.")

    class Meta:
        db_table = "cases_party"
        indexes = [models.Index(fields=["case", "role"], name="parties_of_case")]

    def __str__(self) -> str:
        return self.name


class Paper(models.Model):
    """A paper that came in. The bytes are kept as they came, under their sha256."""

    filing = models.ForeignKey(Filing, models.PROTECT, null=True, related_name="papers", help_text="Filing.")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="papers", help_text="Case, once docketed."
    )
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    subject = models.UUIDField(help_text="Subject whose key seals the text.")
    filename = models.CharField(max_length=120, help_text="Name as uploaded.")
    kind = models.CharField(max_length=5, help_text="txt, docx or pdf.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the bytes; the file store's key.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    text_sealed = models.BinaryField(help_text="Text read from it.")
    found_sealed = models.BinaryField(help_text="What extraction found, JSON.")
    uploaded_by = models.CharField(max_length=60, help_text="Who handed it in.")
    uploaded_at = models.DateTimeField(help_text="When.")
    identifier_set: models.Manager[Identifier]

    class Meta:
        db_table = "cases_paper"
        indexes = [models.Index(fields=["case"], name="papers_of_case")]


class ClueState(models.TextChoices):
    """A clue is the machine's proposal until a person decides."""

    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不采用"


class Identifier(models.Model):
    """Something that identifies a party or points at his assets: raw, normalised, check result, source (ID-15)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="identifiers", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, related_name="identifiers", help_text="Whose."
    )
    party_id: int | None
    kind = models.CharField(max_length=20, help_text="resident_id, uscc, mobile, bank_account, address …")
    value_sealed = models.BinaryField(help_text="Normalised value under the party's key.")
    value_index = models.BinaryField(help_text="Blind index of the normalised value.")
    masked = models.CharField(max_length=120, help_text="For display.")
    subject = models.UUIDField(help_text="Subject that sealed it.")
    check_ok = models.BooleanField(
        null=True, help_text="Check digit or format; NULL when there is nothing to check."
    )
    check_note = models.CharField(
        max_length=200, blank=True, help_text="What the check said, or the override reason."
    )
    state = models.CharField(
        max_length=9, choices=ClueState.choices, help_text="Proposed, confirmed or rejected."
    )
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, help_text="Paper it was read from.")
    paper_id: int | None
    span_from = models.PositiveIntegerField(null=True, help_text="First character in the paper's text.")
    span_to = models.PositiveIntegerField(null=True, help_text="Character after the last.")
    source = models.CharField(max_length=60, help_text="Where it comes from, in words.")
    decided_by = models.CharField(max_length=60, blank=True, help_text="Who confirmed or rejected it.")

    class Meta:
        db_table = "cases_identifier"
        indexes = [
            models.Index(fields=["case", "state"], name="identifiers_of_case"),
            models.Index(fields=["value_index"], name="identifiers_by_value"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party", "kind", "value_index"], name="identifier_once", nulls_distinct=False
            ),
        ]


class Node(models.Model):
    """One key node of a case, derived from acts by law/tables/nodes.yaml. Can be rebuilt from the journal."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="nodes", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    code = models.CharField(max_length=4, help_text="Node code, N01 to N37.")
    opened_on = models.DateField(help_text="Day the act that opens it took effect.")
    due_on = models.DateField(null=True, help_text="Last day; NULL when no term runs.")
    tier = models.CharField(max_length=2, blank=True, help_text="T1..T4; only T1 and T2 can be 超期.")
    closed_on = models.DateField(null=True, help_text="Day the act that closes it took effect.")
    opened_seq = models.BigIntegerField(help_text="Journal entry that opened it.")
    closed_seq = models.BigIntegerField(null=True, help_text="Journal entry that closed it.")

    class Meta:
        db_table = "cases_node"
        constraints = [
            models.UniqueConstraint(fields=["case", "code", "opened_seq"], name="node_opened_once")
        ]
        indexes = [
            models.Index(
                fields=["court_key", "due_on"], name="nodes_due", condition=models.Q(closed_on=None)
            ),
            models.Index(fields=["case", "code"], name="nodes_of_case"),
        ]


class PartyAccess(models.Model):
    """A party's login sees this case, in this position."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="accesses", help_text="Login.")
    case = models.ForeignKey(Case, models.PROTECT, help_text="Case.")
    party = models.ForeignKey(Party, models.PROTECT, help_text="As whom.")

    class Meta:
        db_table = "cases_party_access"
        constraints = [models.UniqueConstraint(fields=["account", "case"], name="one_access_per_case")]
