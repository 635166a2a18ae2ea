"""Reads about case funds: equations, ledger, receipts, payments. Balances come from postings, never from a counter."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Prefetch, QuerySet

from zhixing.funds.domain.balances import AccountEquation, CaseEquation
from zhixing.funds.domain.distribution import Receipt
from zhixing.funds.models import AccountKind, Entry, Payout, Posting, Purpose, Reason
from zhixing.kernel.clock import court_date
from zhixing.kernel.money import ZERO

CLAIMS = (Reason.RECEIVE, Reason.MATCH)
# A contra entry counts under the reason of what it undoes.
_SUMS = """
SELECT p.case_id, a.kind, coalesce(o.reason, e.reason), coalesce(y.purpose, ''), sum(p.amount),
    sum(CASE WHEN e.reverses_id IS NULL THEN 1 ELSE -1 END)
FROM funds_posting p JOIN funds_account a ON a.id = p.account_id JOIN funds_entry e ON e.id = p.entry_id
LEFT JOIN funds_entry o ON o.id = e.reverses_id LEFT JOIN funds_payout y ON y.id = e.payout_id
WHERE p.case_id = ANY(%s) GROUP BY 1, 2, 3, 4
"""


def case_equation(case_id: int) -> CaseEquation:
    """Received = paid + fees + refunded + deposited + balance, of one case."""
    return case_equations([case_id])[case_id]


def case_equations(case_ids: Iterable[int]) -> dict[int, CaseEquation]:
    """The equations of many cases in one statement; cases without money give zeros."""
    ids = list(case_ids)
    sums: dict[int, list[tuple[str, str, str, Decimal, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [ids])
        for case_id, *row in cursor.fetchall():
            sums[case_id].append(tuple(row))
    return {case_id: _equation(sums[case_id]) for case_id in ids}


def _equation(rows: list[tuple[str, str, str, Decimal, int]]) -> CaseEquation:
    def total(kind: str, *reasons: str, purpose: str | None = None) -> Decimal:
        return sum(
            (
                amount
                for k, reason, why, amount, _ in rows
                if k == kind and (not reasons or reason in reasons) and (purpose is None or why == purpose)
            ),
            ZERO,
        )

    def paid(purpose: Purpose) -> Decimal:
        return -total(AccountKind.BANK, Reason.BOOK, purpose=purpose)

    return CaseEquation(
        received=-total(AccountKind.CASE, *CLAIMS),
        paid=paid(Purpose.CLAIM),
        refunded=paid(Purpose.REFUND),
        receipts=sum(
            int(count) for kind, reason, _, _, count in rows if kind == AccountKind.CASE and reason in CLAIMS
        ),
        deposited=paid(Purpose.DEPOSIT),
        fees=total(AccountKind.CASE, Reason.FEE),
        pending=-total(AccountKind.PAYABLE),
        releasable=-total(AccountKind.CASE),
        approved={p.value: total(AccountKind.CASE, Reason.PAYOUT, purpose=p) for p in Purpose},
    )


def account_equation(court_key: int) -> AccountEquation:
    """Bank = cases + pending + suspense + fees, of one court."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.kind, coalesce(sum(p.amount), 0) FROM funds_account a JOIN funds_posting p ON p.account_id = a.id"
            " WHERE a.court_key = %s GROUP BY 1",
            [court_key],
        )
        sums = dict(cursor.fetchall())
    return AccountEquation(
        bank=sums.get(AccountKind.BANK, ZERO),
        cases=-sums.get(AccountKind.CASE, ZERO),
        pending=-sums.get(AccountKind.PAYABLE, ZERO),
        suspense=-sums.get(AccountKind.SUSPENSE, ZERO),
        fees=-sums.get(AccountKind.FEE, ZERO),
    )


def receipts_live(case_id: int) -> list[Entry]:
    """Claims of money for a case that stand, with their line, oldest money first."""
    rows = Entry.objects.filter(case_id=case_id, reason__in=CLAIMS, reversed_by=None)
    return list(rows.select_related("line").order_by("value_on", "id"))


def receipts_of(case_id: int) -> list[Receipt]:
    """What reached a case, by the bank's day, oldest first."""
    return [Receipt(day=entry.value_on, amount=entry.line.amount) for entry in receipts_live(case_id)]


def payouts_of(case_id: int) -> QuerySet[Payout]:
    """Approved payments of a case with their payee and entries, oldest first."""
    entries = Entry.objects.select_related("reversed_by").order_by("id")
    return (
        Payout.objects.filter(case_id=case_id)
        .select_related("party")
        .prefetch_related(Prefetch("entries", entries))
        .order_by("approved_at", "id")
    )


def payout_state(payout: Payout) -> tuple[str, str]:
    """(state, label) of a payment from `payouts_of`: pending, paid or reversed."""
    live = {entry.reason for entry in payout.entries.all() if not hasattr(entry, "reversed_by")}
    if Reason.PAYOUT not in live:
        return "reversed", "已冲销"
    return ("paid", "已付款") if Reason.BOOK in live else ("pending", "待付款")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One line of a case's ledger as people read it. income, outgo: one of both is zero; balance: after it."""

    entry_id: int
    at: datetime
    value_on: date
    title: str
    party: str
    reason: str
    voucher: str
    income: Decimal
    outgo: Decimal
    balance: Decimal
    reversed_: bool
    payout_id: uuid.UUID | None


def ledger_of(case_id: int) -> list[LedgerRow]:
    """Every movement of the case's account with the running balance, oldest first. Two statements."""
    rows = (
        Posting.objects.filter(case_id=case_id, account__kind=AccountKind.CASE)
        .select_related("entry__line", "entry__payout__party", "entry__reverses", "entry__reversed_by")
        .order_by("entry__at", "id")
    )
    found, balance = [], ZERO
    for posting in rows:
        entry = posting.entry
        balance -= posting.amount
        found.append(
            LedgerRow(
                entry_id=entry.pk,
                at=entry.at,
                value_on=entry.value_on,
                title=_title(entry),
                party=_counterparty(entry),
                reason=entry.reason,
                voucher=entry.voucher,
                balance=balance,
                payout_id=entry.payout_id,
                income=max(ZERO, -posting.amount),
                outgo=max(ZERO, posting.amount),
                reversed_=hasattr(entry, "reversed_by"),
            )
        )
    return found


def _title(entry: Entry) -> str:
    if entry.reverses is not None:
        return f"冲销：{Reason(entry.reverses.reason).label}"
    if entry.payout is not None:
        return str(Purpose(entry.payout.purpose).label)
    return "执行款到账" if entry.reason in CLAIMS else str(Reason(entry.reason).label)


def _counterparty(entry: Entry) -> str:
    if entry.payout is not None:
        return entry.payout.party.name
    if entry.line is not None:
        return entry.line.payer_masked or "付款人不明"
    return "国库" if entry.reason == Reason.FEE else ""


def first_arrivals(entries: Iterable[Entry]) -> list[tuple[date, Decimal]]:
    """(day told to the court, amount) of standing claims: from that day the pay-out terms run (FUND-07)."""
    return [(court_date(entry.at), entry.line.amount) for entry in entries]
