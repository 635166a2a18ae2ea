"""The ledger itself: accounts and entries. Every other write of money goes through `entry_post`."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from zhixing.cases.models import Case
from zhixing.funds.domain.balances import Leg
from zhixing.funds.models import Account, AccountKind, Entry, Payout, Posting, Reason, StatementLine

COURT_KINDS = (AccountKind.BANK, AccountKind.SUSPENSE, AccountKind.PAYABLE, AccountKind.FEE)


def court_accounts(court_key: int, moment: datetime) -> dict[str, int]:
    """Ids of the court's own accounts by kind; opened at first use."""
    rows = Account.objects.filter(court_key=court_key, case=None)
    found = dict(rows.values_list("kind", "id"))
    if len(found) < len(COURT_KINDS):
        Account.objects.bulk_create(
            [
                Account(kind=kind, court_key=court_key, code=f"{court_key:06d}", opened_at=moment)
                for kind in COURT_KINDS
                if kind not in found
            ],
            ignore_conflicts=True,
        )
        found = dict(rows.values_list("kind", "id"))
    return found


def case_account(case: Case, moment: datetime) -> int:
    """Id of the case's account; opened at first use under the case's fund account number."""
    found = Account.objects.filter(case=case).values_list("id", flat=True).first()
    if found is None:
        Account.objects.bulk_create(
            [
                Account(
                    kind=AccountKind.CASE,
                    court_key=case.court_key,
                    case=case,
                    code=case.fund_account,
                    opened_at=moment,
                )
            ],
            ignore_conflicts=True,
        )
        found = Account.objects.filter(case=case).values_list("id", flat=True).get()
    return found


@transaction.atomic
def entry_post(
    *,
    reason: Reason,
    court_key: int,
    legs: Sequence[Leg],
    moment: datetime,
    value_on: date,
    case_id: int | None = None,
    draft_id: uuid.UUID | None = None,
    line: StatementLine | None = None,
    payout: Payout | None = None,
    reverses: Entry | None = None,
    attempt: int = 1,
    voucher: str = "",
) -> Entry:
    """Write one entry with its legs. The database checks at commit that they sum to zero and overdraw no case."""
    entry = Entry.objects.create(
        reason=reason,
        case_id=case_id,
        court_key=court_key,
        draft_id=draft_id,
        line=line,
        payout=payout,
        reverses=reverses,
        attempt=attempt,
        voucher=voucher,
        value_on=value_on,
        at=moment,
    )
    Posting.objects.bulk_create(
        [
            Posting(
                entry=entry,
                account_id=leg.account_id,
                case_id=case_id,
                court_key=court_key,
                amount=leg.amount,
            )
            for leg in legs
        ]
    )
    return entry


def line_lock(line_id: int) -> None:
    """One claim at a time per statement line, to the end of the transaction.

    An advisory lock, because the web role may not UPDATE the line and therefore not lock its row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('funds.line', %s))", [line_id])
