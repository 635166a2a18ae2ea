"""Agencies: who they are, how they connect, what they may send and receive, and their secrets."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class AgencyKind(models.TextChoices):
    """What kind of assisting agency it is."""

    BANK = "bank", "银行"
    REALTY = "realty", "不动产登记机构"
    FUND_BANK = "fund_bank", "执行款专户开户行"
    MARKET = "market", "市场监督管理部门"
    CIVIL = "civil", "民政部门"
    VEHICLE = "vehicle", "车辆管理部门"
    SECURITIES = "securities", "证券登记结算机构"
    INSURANCE = "insurance", "保险机构"
    PAYMENT = "payment", "支付机构"
    HOUSING_FUND = "housing_fund", "住房公积金管理中心"
    OTHER = "other", "其他协助单位"


class Agency(models.Model):
    """An assisting agency (协助执行单位) with the profile that it speaks."""

    code = models.CharField(max_length=17, primary_key=True, help_text="17-character institution code.")
    name = models.CharField(max_length=60, help_text="Name as on notices.")
    kind = models.CharField(max_length=12, choices=AgencyKind.choices, help_text="Kind.")
    profile = models.CharField(max_length=30, help_text="Profile that encodes and decodes.")
    dialect = models.CharField(
        max_length=40, blank=True, help_text="Dialect of the profile; empty for its default."
    )
    liaison_mail = models.EmailField(
        blank=True, help_text="Mail of the institution's liaison, for letters; empty when they go on paper."
    )
    endpoint = models.CharField(
        max_length=200,
        blank=True,
        help_text="Where the court calls it or drops files; empty when it calls us.",
    )
    settings = models.JSONField(
        default=dict, help_text="What the profile's transport needs besides; never secrets."
    )
    username = models.CharField(max_length=40, unique=True, help_text="Name in its credentials.")
    menu = ArrayField(
        models.CharField(max_length=40),
        default=list,
        help_text="Menu items that it answers.",
    )
    region = models.CharField(max_length=6, blank=True, help_text="Division code it serves; empty for all.")
    is_active = models.BooleanField(default=True, help_text="May receive orders.")
    networks = ArrayField(
        models.CharField(max_length=43),
        default=list,
        help_text="Networks it may call from, CIDR; empty for any.",
    )
    calls_per_minute = models.PositiveIntegerField(
        null=True, help_text="Most calls a minute from it; NULL for the setting of all."
    )
    orders_per_hour = models.PositiveIntegerField(
        null=True, help_text="Most orders handed to it an hour; NULL for no quota."
    )
    orders_per_batch = models.PositiveIntegerField(
        default=500, help_text="Most orders in one list or package."
    )
    opens_at = models.TimeField(null=True, help_text="Routine orders from this court time; NULL for any.")
    closes_at = models.TimeField(null=True, help_text="Routine orders until this court time; NULL for any.")
    secrets: models.Manager[AgencySecret]
    health: AgencyHealth
    on_working_days = models.BooleanField(default=False, help_text="Routine orders on working days only.")

    class Meta:
        db_table = "gateway_agency"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SecretKind(models.TextChoices):
    """What a secret proves."""

    PASSWORD = "password", "口令"
    STATEMENT = "statement", "对账签名密钥"
    PUBLIC_KEY = "public_key", "单位签名公钥"
    TOKEN = "token", "访问令牌"
    OUTGOING = "outgoing", "法院访问该单位的口令或密钥"


class AgencySecret(models.Model):
    """One secret of one agency. Two of a kind may hold at once, so that an agency can change over without a gap."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="secrets", help_text="Whose.")
    kind = models.CharField(max_length=10, choices=SecretKind.choices, help_text="What it proves.")
    name = models.CharField(
        max_length=60, blank=True, help_text="Key id, for kinds that are named on the wire."
    )
    digest = models.BinaryField(null=True, help_text="Slow digest of a password or token that comes in.")
    salt = models.BinaryField(null=True, help_text="Its salt.")
    sealed = models.BinaryField(
        null=True, help_text="Under the keyring, for secrets that we must use ourselves."
    )
    public = models.BinaryField(null=True, help_text="Public key, PEM.")
    valid_from = models.DateTimeField(help_text="Holds from.")
    valid_until = models.DateTimeField(null=True, help_text="Holds until; NULL for open.")

    class Meta:
        db_table = "gateway_agency_secret"
        indexes = [models.Index(fields=["agency", "kind"], name="secrets_of_agency")]
        constraints = [
            # One key id is one agency's: a signature names nothing but it.
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(kind="public_key"), name="one_agency_per_key_id"
            ),
        ]


class AgencyHealth(models.Model):
    """What changes with each call, apart from what an administrator sets."""

    agency = models.OneToOneField(
        Agency, models.CASCADE, primary_key=True, related_name="health", help_text="Whose."
    )
    last_seen_at = models.DateTimeField(null=True, help_text="Last call from it.")
    last_answered_at = models.DateTimeField(null=True, help_text="Last time it answered a call of ours.")
    failures = models.PositiveIntegerField(default=0, help_text="Failed calls of ours in a row.")
    closed_until = models.DateTimeField(
        null=True, help_text="The circuit is open: no call of ours before this moment."
    )

    class Meta:
        db_table = "gateway_agency_health"
