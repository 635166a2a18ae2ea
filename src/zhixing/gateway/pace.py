"""Which orders may go to an agency now: urgent before routine, within its quota and hours, while its circuit is whole.

All ways out take their orders here. Nothing is marked: who takes them says so in the same transaction, once the orders
are listed, packed or called. Numbers that are no law are settings (law table `gateway`) or columns of the agency.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from zhixing.gateway.models import Agency, AgencyHealth, Order, OrderState
from zhixing.kernel.clock import COURT_ZONE, court_date
from zhixing.law.book import book

QUOTA_OF = timedelta(hours=1)
# A busy agency answers many calls a second; one write per half minute tells enough.
ANSWERED_EVERY = timedelta(seconds=30)
MOST_DOUBLINGS = 30  # more exceed every longest pause and only make the number huge


@transaction.atomic
def orders_take(agency: Agency, kind: str, *, moment: datetime, most: int | None = None) -> list[Order]:
    """Orders not handed out yet that may go to the agency now.

    Args:
        kind: inquiry or control.
        most: at most so many; the agency's own most per batch holds besides.

    Returns: urgent ones first, then the oldest. After a pause of the circuit a single order goes, as a trial.
    Locks: the rows taken, until the caller's transaction ends; rows that another worker holds are passed over. With a
        quota also the agency's health, so that two workers cannot both use up what is left.
    """
    health = _health(agency, lock=agency.orders_per_hour is not None)
    if _is_open(health, moment):
        return []
    room = _room(agency, moment, min(agency.orders_per_batch, most or agency.orders_per_batch))
    if _is_on_trial(health, moment):
        room = min(room, 1)
    if room <= 0:
        return []
    waiting = Order.objects.filter(
        Q(not_before=None) | Q(not_before__lte=moment),
        agency=agency,
        kind=kind,
        state=OrderState.QUEUED,
        queued_at__lte=moment,
    )
    if not routine_goes(agency, moment):
        waiting = waiting.filter(is_urgent=True)
    ordered = waiting.order_by("-is_urgent", "queued_at")
    return list(ordered.select_for_update(skip_locked=True, of=("self",))[:room])


def _room(agency: Agency, moment: datetime, most: int) -> int:
    """What batch and quota leave."""
    if agency.orders_per_hour is None:
        return most
    gone = Order.objects.filter(agency=agency, listed_at__gt=moment - QUOTA_OF, listed_at__lte=moment).count()
    return min(most, agency.orders_per_hour - gone)


def routine_goes(agency: Agency, moment: datetime) -> bool:
    """Whether routine orders may go: in the agency's hours, on working days of the law book if it keeps them."""
    if agency.on_working_days and not book().calendar.is_working_day(court_date(moment)):
        return False
    clock, opens, closes = moment.astimezone(COURT_ZONE).time(), agency.opens_at, agency.closes_at
    if opens is not None and closes is not None and opens > closes:
        return clock >= opens or clock < closes  # open over midnight
    return (opens or time.min) <= clock and (closes is None or clock < closes)


def circuit_closed(agency: Agency, moment: datetime) -> bool:
    """Whether the circuit is whole, so that calls may go. It is open until the pause after failed calls is over."""
    return not _is_open(_health(agency), moment)


def _is_open(health: AgencyHealth, moment: datetime) -> bool:
    return health.closed_until is not None and health.closed_until > moment


def _is_on_trial(health: AgencyHealth, moment: datetime) -> bool:
    """Whether a pause is over and no call has come through since."""
    return health.closed_until is not None and health.closed_until <= moment


def call_succeeded(agency: Agency, moment: datetime) -> None:
    """The agency answered a call of ours: the circuit is whole, earlier failures are forgotten."""
    stale = Q(last_answered_at=None) | Q(last_answered_at__lt=moment - ANSWERED_EVERY)
    AgencyHealth.objects.filter(
        stale | Q(failures__gt=0) | Q(closed_until__isnull=False), pk=agency.pk
    ).update(failures=0, closed_until=None, last_answered_at=moment)


@transaction.atomic
def call_failed(agency: Agency, moment: datetime) -> datetime | None:
    """A call of ours got no answer. Returns until when no call goes; None while calls may go on.

    Call it outside any transaction that is rolled back because of the failure. Locks: the agency's health.
    """
    health = _health(agency, lock=True)
    rules = book().at(court_date(moment))
    health.failures += 1
    over = health.failures - rules.value("gateway.breaker_after")
    if over >= 0:
        health.closed_until = moment + pause_of(over, salt=f"{agency.pk}:{health.failures}", moment=moment)
    health.save(update_fields=["failures", "closed_until"])
    return health.closed_until


def orders_put_off(orders: list[Order], *, moment: datetime) -> None:
    """These orders could not be delivered this time: count the try, and let each wait longer after each try.

    Others go meanwhile, so that one order the agency cannot take never holds up the rest.
    """
    for order in orders:
        order.not_before = moment + pause_of(order.attempts, salt=order.request_no, moment=moment)
        order.attempts += 1
    Order.objects.bulk_update(orders, ["attempts", "not_before"])


def pause_of(doublings: int, *, salt: str, moment: datetime) -> timedelta:
    """First pause doubled so often, up to the longest, shortened by a share that differs by salt (jitter).

    The share comes from a digest and not from chance, so that the same failure is always told the same.
    """
    rules = book().at(court_date(moment))
    first, most = rules.value("gateway.backoff_first_seconds"), rules.value("gateway.backoff_most_seconds")
    seconds = Decimal(min(most, first * 2 ** min(doublings, MOST_DOUBLINGS)))
    share = Decimal(int.from_bytes(hashlib.sha256(salt.encode()).digest()[:2])) / 65535
    return timedelta(seconds=int(seconds * (1 - share * rules.value("gateway.backoff_jitter"))))


def _health(agency: Agency, *, lock: bool = False) -> AgencyHealth:
    """The agency's health as stored now; the object in hand may be minutes old."""
    rows = AgencyHealth.objects.select_for_update() if lock else AgencyHealth.objects.all()
    return rows.filter(pk=agency.pk).first() or AgencyHealth.objects.get_or_create(agency=agency)[0]
