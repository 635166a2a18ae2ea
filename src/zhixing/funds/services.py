"""Writes of the ledger. Acts call these; only the arrival of money is booked without an act."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from zhixing.cases.models import Case, Party
from zhixing.funds.domain.balances import Leg, contra, transfer
from zhixing.funds.ledger import case_account, court_accounts, entry_post, line_lock
from zhixing.funds.models import AccountKind, Entry, Payout, Purpose, Reason, StatementLine
from zhixing.funds.statements import statement_book, statement_receive
from zhixing.kernel.clock import court_date
from zhixing.kernel.masking import mask_account
from zhixing.kernel.text import normalise
from zhixing.platform.crypto import seal

__all__ = [
    "case_account",
    "court_accounts",
    "entry_post",
    "entry_reverse",
    "fee_take",
    "line_claim",
    "payout_approve",
    "payout_book",
    "statement_book",
    "statement_receive",
]


def line_claim(
    *, line: StatementLine, case: Case, reason: Reason, draft_id: uuid.UUID, moment: datetime
) -> Entry:
    """Move a line's money from suspense to the case. Locks: the line. A second claim violates `line_claimed_once`."""
    line_lock(line.pk)
    accounts = court_accounts(case.court_key, moment)
    legs = transfer(
        debit=accounts[AccountKind.SUSPENSE], credit=case_account(case, moment), amount=line.amount
    )
    attempt = (
        1 + Entry.objects.filter(line=line, reversed_by__isnull=False).exclude(reason=Reason.ARRIVAL).count()
    )
    return entry_post(
        reason=reason,
        court_key=case.court_key,
        case_id=case.pk,
        legs=legs,
        moment=moment,
        value_on=court_date(line.at),
        draft_id=draft_id,
        line=line,
        attempt=attempt,
    )


def fee_take(*, case: Case, amount: Decimal, draft_id: uuid.UUID, voucher: str, moment: datetime) -> Entry:
    """Take the execution fee out of the case's money, to be handed to the treasury (FEE-02)."""
    fee = court_accounts(case.court_key, moment)[AccountKind.FEE]
    return entry_post(
        reason=Reason.FEE,
        court_key=case.court_key,
        case_id=case.pk,
        draft_id=draft_id,
        voucher=voucher,
        legs=transfer(debit=case_account(case, moment), credit=fee, amount=amount),
        moment=moment,
        value_on=court_date(moment),
    )


def payout_approve(
    *,
    case: Case,
    party: Party,
    purpose: Purpose,
    amount: Decimal,
    bank: str,
    account: str,
    draft_id: uuid.UUID,
    moment: datetime,
) -> Payout:
    """Note an approved payment and set its money apart from the case, so that nothing else can spend it."""
    number = normalise(account).replace(" ", "")
    payout = Payout.objects.create(
        case=case,
        court_key=case.court_key,
        draft_id=draft_id,
        party=party,
        purpose=purpose,
        amount=amount,
        bank=bank,
        account_sealed=seal(party.subject, number),
        account_masked=mask_account(number),
        approved_at=moment,
    )
    payable = court_accounts(case.court_key, moment)[AccountKind.PAYABLE]
    entry_post(
        reason=Reason.PAYOUT,
        court_key=case.court_key,
        case_id=case.pk,
        draft_id=draft_id,
        payout=payout,
        moment=moment,
        legs=transfer(debit=case_account(case, moment), credit=payable, amount=amount),
        value_on=court_date(moment),
    )
    return payout


def payout_book(
    *, payout: Payout, draft_id: uuid.UUID, voucher: str, paid_on: date, moment: datetime
) -> Entry:
    """Book that the bank paid. A second booking violates `payout_paid_once` unless the first was reversed."""
    accounts = court_accounts(payout.court_key, moment)
    attempt = 1 + Entry.objects.filter(payout=payout, reason=Reason.BOOK, reversed_by__isnull=False).count()
    legs = transfer(
        debit=accounts[AccountKind.PAYABLE], credit=accounts[AccountKind.BANK], amount=payout.amount
    )
    return entry_post(
        reason=Reason.BOOK,
        court_key=payout.court_key,
        case_id=payout.case_id,
        draft_id=draft_id,
        payout=payout,
        legs=legs,
        moment=moment,
        value_on=paid_on,
        attempt=attempt,
        voucher=voucher,
    )


def entry_reverse(*, entry: Entry, draft_id: uuid.UUID, moment: datetime) -> Entry:
    """Undo an entry by its contra entry. The original stays; a second reversal violates the one-to-one link."""
    legs = [Leg(account_id=row.account_id, amount=row.amount) for row in entry.postings.order_by("id")]
    return entry_post(
        reason=Reason.REVERSE,
        court_key=entry.court_key,
        case_id=entry.case_id,
        draft_id=draft_id,
        line=entry.line,
        payout=entry.payout,
        reverses=entry,
        legs=contra(legs),
        moment=moment,
        value_on=court_date(moment),
    )
