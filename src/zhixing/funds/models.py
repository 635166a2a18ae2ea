"""Ledger, bank statement lines, payouts. Every table is insert-only: states are derived, corrections are new rows.

Sign: debit positive, credit negative. The bank account is an asset (balance above zero); money held for a case,
money nobody claimed yet, approved payments and fees are owed by the court (balance below zero).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db import models

from zhixing.cases.models import Case, Party


class AccountKind(models.TextChoices):
    """What an account stands for."""

    BANK = "bank", "执行款专户"
    SUSPENSE = "suspense", "不明款"
    CASE = "case", "案款"
    PAYABLE = "payable", "已批准待付"
    FEE = "fee", "执行申请费"


class Account(models.Model):
    """One account of one court. A case has exactly one of kind case (一案一账号, CF-01)."""

    kind = models.CharField(max_length=8, choices=AccountKind.choices, help_text="What it stands for.")
    court_key = models.IntegerField(help_text="Court that keeps it.")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", help_text="Case; NULL but for kind case."
    )
    code = models.CharField(max_length=30, help_text="Number shown; the case's fund account for kind case.")
    opened_at = models.DateTimeField(help_text="Opened at.")
    get_kind_display: Callable[[], str]

    class Meta:
        db_table = "funds_account"
        constraints = [
            models.UniqueConstraint(fields=["court_key", "kind", "code"], name="funds_account_once"),
            models.UniqueConstraint(
                fields=["case"], name="one_account_per_case", condition=~models.Q(case=None)
            ),
            models.CheckConstraint(
                condition=models.Q(kind="case", case__isnull=False)
                | ~models.Q(kind="case") & models.Q(case=None),
                name="case_account_has_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"


class StatementLine(models.Model):
    """One line of the fund bank's statement: money that came in. Whether it is claimed follows from the ledger."""

    agency_code = models.CharField(max_length=17, help_text="Bank that told it.")
    serial = models.CharField(max_length=40, help_text="Bank's serial; once per bank.")
    court_key = models.IntegerField(help_text="Court whose account it reached.")
    account = models.CharField(
        max_length=40, help_text="Account credited, as the bank wrote it, without spaces."
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2, help_text="Yuan, above zero.")
    payer_sealed = models.BinaryField(help_text="JSON of payer name and account, under the keyring.")
    payer_masked = models.CharField(
        max_length=120, help_text="Payer for display: masked name, last signs of account."
    )
    memo_sealed = models.BinaryField(help_text="附言 as it came, under the keyring: it may name anybody.")
    memo_masked = models.CharField(
        max_length=120, help_text="What of the memo may be shown: numbers of case and request."
    )
    at = models.DateTimeField(help_text="Booked by the bank at; interest stops that day (INT-05).")
    received_at = models.DateTimeField(help_text="Told to us at.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the line as it came, canonical JSON.")

    class Meta:
        db_table = "funds_statement_line"
        constraints = [
            models.UniqueConstraint(fields=["agency_code", "serial"], name="statement_line_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="statement_amount_above_zero"),
        ]
        indexes = [models.Index(fields=["court_key", "-at"], name="lines_of_court")]

    def __str__(self) -> str:
        return self.serial


class Purpose(models.TextChoices):
    """Why money leaves a case."""

    CLAIM = "claim", "发放执行案款"
    REFUND = "refund", "退还被执行人"
    DEPOSIT = "deposit", "提存"


class Payout(models.Model):
    """One approved payment out of a case. Whether it was paid follows from the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", help_text="Case.")
    case_id: int
    court_key = models.IntegerField(help_text="Key of the court, for scope.")
    draft_id = models.UUIDField(unique=True, help_text="Act that approved it.")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", help_text="Payee.")
    purpose = models.CharField(max_length=7, choices=Purpose.choices, help_text="Why.")
    amount = models.DecimalField(max_digits=18, decimal_places=2, help_text="Yuan, above zero.")
    bank = models.CharField(max_length=60, help_text="Bank of the payee.")
    account_sealed = models.BinaryField(help_text="Account number under the payee's key.")
    account_masked = models.CharField(max_length=40, help_text="For display.")
    approved_at = models.DateTimeField(help_text="Last approval.")
    get_purpose_display: Callable[[], str]
    entries: models.Manager[Entry]

    class Meta:
        db_table = "funds_payout"
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="payout_above_zero")]
        indexes = [models.Index(fields=["case", "approved_at"], name="payouts_of_case")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.amount}"


class Reason(models.TextChoices):
    """Why an entry was made."""

    ARRIVAL = "arrival", "到账"
    RECEIVE = "receive", "自动认领"
    MATCH = "match", "人工认领"
    FEE = "fee", "执行申请费"
    PAYOUT = "payout", "批准发放"
    BOOK = "book", "付款"
    REVERSE = "reverse", "冲销"


class Entry(models.Model):
    """One ledger entry. Its postings sum to zero; the database refuses anything else at commit."""

    reason = models.CharField(max_length=8, choices=Reason.choices, help_text="Why it was made.")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", help_text="Case; NULL before it is claimed."
    )
    case_id: int | None
    court_key = models.IntegerField(help_text="Court.")
    draft_id = models.UUIDField(
        null=True, help_text="Act behind it; NULL for arrivals, which no one decides."
    )
    line = models.ForeignKey(
        StatementLine, models.PROTECT, null=True, related_name="entries", help_text="Statement line."
    )
    payout = models.ForeignKey(
        Payout, models.PROTECT, null=True, related_name="entries", help_text="Payment."
    )
    payout_id: uuid.UUID | None
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="reversed_by",
        help_text="Entry that it corrects; each at most once.",
    )
    attempt = models.PositiveSmallIntegerField(
        default=1, help_text="Counts on after a reversal of the same step."
    )
    voucher = models.CharField(
        max_length=60, blank=True, help_text="Number of the bank voucher or payment slip."
    )
    value_on = models.DateField(help_text="Day on which the money moved, court time.")
    at = models.DateTimeField(help_text="Booked at.")
    postings: models.Manager[Posting]
    get_reason_display: Callable[[], str]

    class Meta:
        db_table = "funds_entry"
        constraints = [
            models.UniqueConstraint(
                fields=["line", "attempt"],
                name="line_claimed_once",
                condition=models.Q(reason__in=["receive", "match"]),
            ),
            models.UniqueConstraint(
                fields=["line"], name="line_arrives_once", condition=models.Q(reason="arrival")
            ),
            models.UniqueConstraint(
                fields=["payout"], name="payout_approved_once", condition=models.Q(reason="payout")
            ),
            models.UniqueConstraint(
                fields=["payout", "attempt"], name="payout_paid_once", condition=models.Q(reason="book")
            ),
            models.CheckConstraint(
                condition=models.Q(reason="reverse", reverses__isnull=False)
                | ~models.Q(reason="reverse") & models.Q(reverses=None),
                name="reversal_names_its_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "at"], name="entries_of_fund_case"),
            models.Index(fields=["court_key", "-at"], name="fund_entries_of_court"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} {self.pk}"


class Posting(models.Model):
    """One leg of an entry: signed amount, debit positive."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="postings", help_text="Entry.")
    account = models.ForeignKey(Account, models.PROTECT, related_name="postings", help_text="Account.")
    account_id: int
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Case of the entry."
    )
    court_key = models.IntegerField(help_text="Court of the entry.")
    amount = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="Yuan, debit positive, never zero."
    )

    class Meta:
        db_table = "funds_posting"
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="posting_not_zero")]
        indexes = [
            # Balances are sums over these; with amount inside, the heap is never read.
            models.Index(fields=["account"], include=["amount"], name="balance_of_account"),
            models.Index(fields=["case", "account"], include=["amount", "entry"], name="balance_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
