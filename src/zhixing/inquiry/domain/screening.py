"""The sieve (去伪存真): right person, seen before, too old, unreadable, nothing there. Each verdict says why.

It abstains where it cannot know: then the judge decides (PRIV-06).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zhixing.inquiry.domain.records import Kind, Record
from zhixing.kernel.text import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the case knows about the person asked about; values normalised."""

    name: str
    strong: frozenset[str]
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieved:
    """Verdict on one record. verdict: own, other, duplicate, stale, malformed, unclear. reasons: rule and evidence."""

    record: Record
    verdict: str
    reasons: tuple[str, ...]


def sieve(
    records: Iterable[Record], *, known: Known, seen: set[str], on: date, stale_days: int
) -> list[Sieved]:
    """Judge records in order. `seen` holds keys of earlier own records and grows with these."""
    return [_judge(record, known, seen, on, stale_days) for record in records]


def _judge(record: Record, known: Known, seen: set[str], on: date, stale_days: int) -> Sieved:
    if not record.number:
        return Sieved(record=record, verdict="malformed", reasons=("没有账号或单元号，无法确定是哪一项财产",))
    if record.faults:
        return Sieved(record=record, verdict="malformed", reasons=record.faults)
    person = _person(record, known)
    if person.verdict in ("other", "unclear"):
        return person
    key = f"{record.kind}:{record.number}"
    if key in seen:
        return Sieved(record=record, verdict="duplicate", reasons=("同一账号或单元号已经反馈过一次",))
    seen.add(key)
    day = record.as_of.date() if isinstance(record.as_of, datetime) else record.as_of
    if day is not None and (on - day).days > stale_days:
        return Sieved(record=record, verdict="stale", reasons=(f"反馈时点早于 {stale_days} 日，须重新查询",))
    return person


def _person(record: Record, known: Known) -> Sieved:
    """Right person? A different strong number decides against; a contradiction of weaker ones is left to the judge."""
    told = identity_forms(record.holder.id_no)
    if told:
        ours = frozenset(form for number in known.strong for form in identity_forms(number))
        if told & ours:
            return Sieved(record=record, verdict="own", reasons=("权利人证件号与本案一致",))
        return Sieved(record=record, verdict="other", reasons=("权利人证件号与本案被执行人不一致",))
    if record.holder.name and normalise(record.holder.name) != normalise(known.name):
        return Sieved(record=record, verdict="other", reasons=("权利人姓名与本案被执行人不同，且没有证件号",))
    if record.number in known.accounts:
        return Sieved(record=record, verdict="own", reasons=("账号与案卷中已确认的账号一致",))
    phone, address = normalise(record.phone), normalise(record.address)
    other_phone = phone and known.phones and phone not in known.phones
    other_address = (
        address
        and known.addresses
        and not any(address in ours or ours in address for ours in known.addresses)
    )
    if other_phone and other_address:
        return Sieved(
            record=record,
            verdict="unclear",
            reasons=(
                "开户时留存的电话与本案已确认的电话不同",
                "开户时留存的地址与本案已确认的地址不同",
                "反馈不含证件号，不能排除同名",
            ),
        )
    return Sieved(record=record, verdict="own", reasons=("协助单位按姓名和证件号查得",))


def identity_forms(number: str) -> frozenset[str]:
    """A resident ID in both its forms, so that an old record with 15 digits meets the new one (ID-03)."""
    clean = normalise(number).upper().replace(" ", "")
    if not clean:
        return frozenset()
    if len(clean) == 18 and clean[6:8] == "19":
        return frozenset({clean, clean[:6] + clean[8:17]})
    return frozenset({clean})


def available_of(record: Record) -> Decimal | None:
    """What is free: what the agency says, but never more than balance less earlier freezes (NIC-31)."""
    if record.kind == Kind.REALTY or record.balance is None:
        return record.available
    earlier = sum((m.amount.value for m in record.prior if m.amount and m.amount.value), Decimal(0))
    free = max(Decimal(0), record.balance - earlier)
    return free if record.available is None else min(free, record.available)
