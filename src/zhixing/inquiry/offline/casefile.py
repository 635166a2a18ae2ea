"""The case file: who is asked about, which request asked about whom, what was declared, what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from zhixing.inquiry.domain.records import Kind
from zhixing.kernel.errors import InvalidInput
from zhixing.law.reading import Reader

IDENTIFIERS = {
    "resident_id": "id", "uscc": "id", "org_code": "id", "passport": "id", "former_name": "former_name",
    "mobile": "phone", "landline": "phone", "phone": "phone", "address": "address", "bank_account": "account",
}  # fmt: skip
_KINDS = {str(kind): str(kind) for kind in Kind}
_ROLES = {"debtor": "被执行人", "other": "其他当事人"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One party. identifiers: (kind of the sieve, value)."""

    id: str
    name: str
    is_debtor: bool
    identifiers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One declared item."""

    id: str
    person: str
    kind: str
    number: str
    tail: str
    place: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as far as screening needs it.

    Attributes:
        requests: request number → person.
        reported_on, noticed_on: by person; absent when no report or notice is known.
        due: yuan to be covered by the plan; None asks for no plan.
    """

    received_on: date
    persons: tuple[Person, ...]
    requests: Mapping[str, str] = field(default_factory=dict)
    declared: tuple[Item, ...] = ()
    reported_on: Mapping[str, date] = field(default_factory=dict)
    noticed_on: Mapping[str, date] = field(default_factory=dict)
    due: Decimal | None = None

    def person_of(self, request_no: str) -> str:
        """Whom a request asked about; the only debtor where nothing is said; "" when nobody knows."""
        debtors = [person.id for person in self.persons if person.is_debtor]
        return self.requests.get(request_no) or (
            debtors[0] if len(debtors) == 1 and not self.requests else ""
        )


def case_read(given: Mapping[str, Any] | object, *, today: date) -> CaseFile:
    """Read the JSON.

    Raises:
        InvalidInput: with every fault.
    """
    reader = Reader(given, allowed={"case_no", "received_on", "persons", "requests", "declared", "due"})
    received_on = reader.day("received_on") or today
    reported: dict[str, date] = {}
    noticed: dict[str, date] = {}
    persons = []
    fields = {"id", "name", "role", "identifiers", "reported_on", "noticed_on"}
    for row in reader.rows("persons", allowed=fields):
        marks = tuple(
            (IDENTIFIERS.get(mark.choice("kind", dict.fromkeys(IDENTIFIERS, "")), "id"), mark.text("value"))
            for mark in row.rows("identifiers", allowed={"kind", "value"}, required=False)
        )
        person = Person(
            id=row.text("id"), name=row.text("name"), identifiers=marks,
            is_debtor=row.choice("role", _ROLES, required=False, default="debtor") == "debtor",
        )  # fmt: skip
        persons.append(person)
        for name, days in (("reported_on", reported), ("noticed_on", noticed)):
            if day := row.day(name):
                days[person.id] = day
    known = {person.id: person.name for person in persons}
    if len(known) < len(persons):
        reader.fault("persons", "input.twice", "有两个人的 id 相同，", "请给每个人不同的 id。")
    requests = {
        row.text("request_no"): row.choice("person", known)
        for row in reader.rows("requests", allowed={"request_no", "person"}, required=False)
    }
    declared = tuple(
        Item(
            id=row.text("id"), person=row.choice("person", known), kind=row.choice("kind", _KINDS),
            number=row.text("number", required=False), tail=row.text("tail", required=False),
            place=row.text("place", required=False), amount=row.amount("amount") if row.has("amount") else None,
        )
        for row in reader.rows(
            "declared", allowed={"id", "person", "kind", "number", "tail", "place", "amount"}, required=False
        )
    )  # fmt: skip
    due = reader.amount("due") if reader.has("due") else None
    reader.finish()
    return CaseFile(
        received_on=received_on, persons=tuple(persons), requests=requests, declared=declared,
        reported_on=reported, noticed_on=noticed, due=due,
    )  # fmt: skip


def case_parse(text: str, *, today: date) -> CaseFile:
    """The same from JSON text. Raises InvalidInput."""
    import json

    from zhixing.kernel.errors import Problem

    try:
        return case_read(json.loads(text, parse_float=str), today=today)
    except ValueError as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(
            [
                Problem(
                    code="input.json",
                    sentence=f"案件文件不是 JSON（{type(error).__name__}），",
                    mend="请按 docs/screening.md 的格式填写。",
                )
            ]
        ) from error
