"""Requests, batches, answers, findings, packets, declarations."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhixing.cases.models import Case, Party
from zhixing.courts.models import Staff


class RequestState(models.TextChoices):
    """Life of an inquiry request; each step is an act."""

    APPROVED = "approved", "待发起"
    RELEASED = "released", "查询中"
    SEALED = "sealed", "反馈已密封"
    OPENED = "opened", "已开启"


class Urgency(models.TextChoices):
    """Why an inquiry goes before others. A closed list: officers and agencies see it, so it names nobody."""

    MOVING = "moving", "有转移、隐匿财产之虞"
    EXPIRING = "expiring", "控制措施即将届满"
    LIVING = "living", "涉及追索工资、抚养费等基本生活"
    SUPERIOR = "superior", "上级法院限期办理"


class Batch(models.Model):
    """A batch released by two officers together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    court_key = models.IntegerField(help_text="Court.")
    no = models.CharField(max_length=20, help_text="Day and number of the day, such as 0304-02.")
    day = models.DateField(help_text="Day of release.")
    digest = models.CharField(max_length=64, help_text="sha256 over what both officers signed.")
    signers = models.JSONField(help_text="The two officers: staff id, name, certificate, signature, moment.")
    released_at = models.DateTimeField(help_text="Both signed.")

    class Meta:
        db_table = "inquiry_batch"
        constraints = [models.UniqueConstraint(fields=["court_key", "day", "no"], name="batch_number_once")]


class Request(models.Model):
    """One inquiry about one obligor, with what is asked and what narrows it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="inquiries", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    party = models.ForeignKey(Party, models.PROTECT, help_text="The obligor asked about.")
    party_id: int
    judge = models.ForeignKey(
        Staff, models.PROTECT, related_name="+", help_text="Judge who alone may read the answers."
    )
    judge_id: int
    stage = models.PositiveSmallIntegerField(default=1, help_text="1 property; 2 activity records.")
    menu = ArrayField(models.CharField(max_length=40), help_text="Menu items.")
    identifiers = ArrayField(models.BigIntegerField(), help_text="Identifiers used as constraints.")
    agencies = ArrayField(models.CharField(max_length=17), help_text="Agencies asked.")
    period_from = models.DateField(null=True, help_text="Transactions from; NULL asks for none.")
    period_to = models.DateField(null=True, help_text="Transactions to.")
    urgency = models.CharField(
        max_length=8, choices=Urgency.choices, blank=True, help_text="Why it is urgent; empty for routine."
    )
    ruling_no = models.CharField(max_length=60, help_text="Number of the ruling.")
    draft_id = models.UUIDField(unique=True, help_text="Act that approved it.")
    documents = models.JSONField(help_text="Agency code → ids of sealed papers.")
    state = models.CharField(max_length=8, choices=RequestState.choices, help_text="State.")
    batch = models.ForeignKey(
        Batch, models.PROTECT, null=True, related_name="requests", help_text="Release batch."
    )
    approved_at = models.DateTimeField(help_text="Approved at.")
    released_at = models.DateTimeField(null=True, help_text="Released at.")
    packets: models.Manager[Packet]
    answers: models.Manager[Answer]
    get_urgency_display: Callable[[], str]

    class Meta:
        db_table = "inquiry_request"
        indexes = [
            models.Index(fields=["case", "approved_at"], name="requests_of_case"),
            models.Index(
                fields=["court_key", "approved_at"],
                name="requests_to_release",
                condition=models.Q(state="approved"),
            ),
        ]


class Packet(models.Model):
    """Answers of one request, sealed to the judge. Whoever has no code sees that it exists and no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="packets", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Court.")
    request = models.ForeignKey(Request, models.PROTECT, related_name="packets", help_text="Request.")
    request_id: uuid.UUID
    no = models.PositiveSmallIntegerField(help_text="Number within the case, from 1.")
    judge = models.ForeignKey(Staff, models.PROTECT, related_name="+", help_text="Addressee.")
    judge_id: int
    agencies_asked = models.PositiveSmallIntegerField(help_text="Orders sent.")
    agencies_answered = models.PositiveSmallIntegerField(help_text="Orders answered by then.")
    sealed_at = models.DateTimeField(help_text="Sealed at.")
    zip_sha256 = models.CharField(max_length=64, help_text="Encrypted file that went to the mailbox.")
    opened_at = models.DateTimeField(null=True, help_text="Opened by the judge; NULL before.")

    class Meta:
        db_table = "inquiry_packet"
        constraints = [models.UniqueConstraint(fields=["case", "no"], name="packet_number_once")]
        indexes = [models.Index(fields=["judge", "opened_at"], name="packets_of_judge")]


class AnswerOutcome(models.TextChoices):
    """What an agency said on the whole."""

    FOUND = "found", "有反馈"
    NOT_FOUND = "not_found", "查无"
    REFUSED = "refused", "退回"
    ERROR = "error", "技术异常"


class Answer(models.Model):
    """One agency's answer to one order. The outcome is sealed like the findings: officers see only that it came."""

    order_id = models.UUIDField(help_text="Order answered.")
    request = models.ForeignKey(Request, models.PROTECT, related_name="answers", help_text="Request.")
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    agency_code = models.CharField(max_length=17, help_text="Agency.")
    agency_name = models.CharField(max_length=60, help_text="Its name then.")
    version = models.PositiveSmallIntegerField(help_text="1, then corrections.")
    outcome = models.CharField(max_length=9, choices=AnswerOutcome.choices, help_text="What it said.")
    note = models.CharField(
        max_length=200, blank=True, help_text="Reason of a refusal or error, no personal data."
    )
    inbound_id = models.BigIntegerField(help_text="Message it came in.")
    received_at = models.DateTimeField(help_text="Arrived at.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=False, help_text="Packet opened.")
    get_outcome_display: Callable[[], str]

    class Meta:
        db_table = "inquiry_answer"
        constraints = [models.UniqueConstraint(fields=["order_id", "version"], name="answer_version_once")]
        indexes = [models.Index(fields=["request"], name="answers_of_request")]


class Screen(models.TextChoices):
    """What the sieve made of one record."""

    OWN = "own", "归入本案"
    OTHER = "other", "同名另列"
    DUPLICATE = "duplicate", "重复"
    STALE = "stale", "时点过旧"
    MALFORMED = "malformed", "格式异常"
    EMPTY = "empty", "查无"
    ERROR = "error", "查询失败"
    UNCLEAR = "unclear", "待您认定"


class Category(models.TextChoices):
    """Classes of property."""

    CASH = "cash", "现金与存款"
    PAYMENT = "payment", "互联网金融"
    WEALTH = "wealth", "理财产品"
    SECURITIES = "securities", "证券与基金"
    INSURANCE = "insurance", "保险"
    REALTY = "realty", "不动产"
    VEHICLE = "vehicle", "车辆"
    VESSEL = "vessel", "船舶"
    EQUITY = "equity", "股权与投资"
    RECEIVABLE = "receivable", "到期债权与应收案款"
    INCOME = "income", "收入"
    HOUSING_FUND = "housing_fund", "住房公积金"
    OTHER = "other", "其他"


class Finding(models.Model):
    """One record of an answer with the sieve's verdict. Sealed to the judge by row-level security and by encryption."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="findings", help_text="Request.")
    packet = models.ForeignKey(
        Packet, models.PROTECT, null=True, related_name="findings", help_text="Packet."
    )
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    party = models.ForeignKey(Party, models.PROTECT, help_text="Obligor asked about.")
    party_id: int
    order_id = models.UUIDField(help_text="Order answered.")
    agency_code = models.CharField(max_length=17, help_text="Agency.")
    agency_name = models.CharField(max_length=60, help_text="Its name then.")
    version = models.PositiveSmallIntegerField(help_text="Version of the answer.")
    is_current = models.BooleanField(default=True, help_text="False once a correction replaced it.")
    screen = models.CharField(max_length=9, choices=Screen.choices, help_text="Verdict of the sieve.")
    rule = models.CharField(max_length=3, blank=True, help_text="Rule of the sieve that decided.")
    reasons = models.JSONField(default=list, help_text="Why: rule, evidence in words without identifiers.")
    is_strong = models.BooleanField(
        default=False, help_text="A check-digit-valid number stands behind it, so a measure may rest on it."
    )
    hold = models.CharField(
        max_length=3, blank=True, help_text="Why no measure may follow at once; empty when ready."
    )
    thing = models.PositiveIntegerField(
        default=0,
        help_text="Records of one answer with the same number are controlled together; 0 for old rows.",
    )
    category = models.CharField(max_length=12, choices=Category.choices, help_text="Class.")
    subject = models.UUIDField(help_text="Subject whose key seals the detail.")
    detail_sealed = models.BinaryField(help_text="Canonical record, JSON.")
    label_sealed = models.BinaryField(help_text="Line for lists.")
    asset_index = models.BinaryField(help_text="Blind index of the account or unit number, for equality.")
    balance = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Balance or value told, yuan."
    )
    available = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Free of earlier freezes, yuan."
    )
    currency = models.CharField(max_length=3, default="CNY", help_text="ISO 4217.")
    exempt_rule = models.CharField(
        max_length=10, blank=True, help_text="EXM rule that applies; empty when none."
    )
    exempt_action = models.CharField(
        max_length=12, blank=True, help_text="block, freeze_only, reserve, purpose, warn."
    )
    prior_count = models.PositiveSmallIntegerField(default=0, help_text="Earlier measures told.")
    as_of = models.DateTimeField(null=True, help_text="Moment the agency speaks of.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=False, help_text="Packet opened.")

    class Meta:
        db_table = "inquiry_finding"
        indexes = [
            models.Index(fields=["case_id", "category"], name="findings_of_case"),
            models.Index(fields=["packet"], name="findings_of_packet"),
            models.Index(fields=["asset_index"], name="findings_by_asset"),
        ]


class Declaration(models.Model):
    """A debtor's report of property (报告财产)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="declarations", help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    party = models.ForeignKey(Party, models.PROTECT, help_text="Who reports.")
    received_on = models.DateField(help_text="Day of receipt.")
    is_late = models.BooleanField(help_text="After the deadline of the order.")
    entered_by = models.CharField(max_length=60, help_text="Debtor himself, or the clerk who typed it.")
    draft_id = models.UUIDField(help_text="Act that recorded it.")
    items: models.Manager[DeclaredItem]

    class Meta:
        db_table = "inquiry_declaration"
        indexes = [models.Index(fields=["case", "received_on"], name="declarations_of_case")]


class DeclaredItem(models.Model):
    """One item of a report, by the form groups of 财产调查规定第五条."""

    declaration = models.ForeignKey(Declaration, models.PROTECT, related_name="items", help_text="Report.")
    declaration_id: int
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    category = models.CharField(max_length=12, choices=Category.choices, help_text="Class.")
    text_sealed = models.BinaryField(help_text="As the debtor wrote it.")
    place_sealed = models.BinaryField(help_text="Bank, registry or place.")
    number_index = models.BinaryField(null=True, help_text="Blind index of an account or certificate number.")
    number_tail = models.CharField(max_length=8, blank=True, help_text="Last four for display.")
    amount = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, help_text="Yuan; NULL when not told."
    )
    flags = ArrayField(models.CharField(max_length=20), default=list, help_text="出租、担保、共有 …")

    class Meta:
        db_table = "inquiry_declared_item"


class Verdict(models.TextChoices):
    """How a declared item and a finding stand to each other."""

    MATCH = "match", "属实"
    OMITTED = "omitted", "漏报"
    UNDERSTATED = "understated", "少报"
    OVERSTATED = "overstated", "多报"
    NOT_FOUND = "not_found", "未查到"
    DOUBT = "doubt", "存疑"


class Comparison(models.Model):
    """One line of declared against found: the machine's proposal and the judge's verdict."""

    packet = models.ForeignKey(Packet, models.PROTECT, related_name="comparisons", help_text="Packet.")
    case_id = models.BigIntegerField(help_text="Case.")
    court_key = models.IntegerField(help_text="Court.")
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, help_text="Found; NULL when nothing was.")
    finding_id: int | None
    item = models.ForeignKey(
        DeclaredItem, models.PROTECT, null=True, help_text="Declared; NULL when it was not."
    )
    item_id: int | None
    proposed = models.CharField(max_length=11, choices=Verdict.choices, help_text="Machine's proposal.")
    reasons = models.JSONField(default=list, help_text="Why, in words.")
    is_material = models.BooleanField(default=False, help_text="At or above the court's threshold.")
    decided = models.CharField(
        max_length=11, choices=Verdict.choices, blank=True, help_text="Judge's verdict."
    )
    decided_by = models.CharField(max_length=60, blank=True, help_text="Who decided.")
    decided_at = models.DateTimeField(null=True, help_text="When.")
    judge_id = models.BigIntegerField(help_text="Judge it is sealed to.")
    is_opened = models.BooleanField(default=True, help_text="Made when the packet is opened.")

    class Meta:
        db_table = "inquiry_comparison"
        indexes = [models.Index(fields=["packet"], name="comparisons_of_packet")]


from zhixing.inquiry.models_evasion import (  # noqa: E402 - they point at the models above by name
    EvidenceBundle,
    Flow,
    Lead,
    LeadVerdict,
    Material,
)

__all__ = [
    "Answer", "AnswerOutcome", "Batch", "Category", "Comparison", "Declaration", "DeclaredItem", "EvidenceBundle", "Finding", "Flow",
    "Lead", "LeadVerdict", "Material", "Packet", "Request", "RequestState", "Screen", "Urgency", "Verdict",
]  # fmt: skip
