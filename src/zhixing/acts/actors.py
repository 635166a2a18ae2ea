"""Who acts: a person, a person standing in for another, an agency, or the system by a named rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhixing.courts.models import Staff
from zhixing.courts.roles import Role


class ActorKind(StrEnum):
    """Kinds of actors; there is no anonymous process."""

    PERSON = "person"
    PARTY = "party"
    AGENCY = "agency"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One actor at one moment.

    id: staff id, account id (party), agency code or rule name, as text. for_staff: set when standing in for another.
    """

    kind: ActorKind
    id: str
    name: str
    roles: frozenset[Role] = frozenset()
    court_key: int = 0
    for_staff: str = ""

    @classmethod
    def person(cls, staff: Staff, roles: frozenset[Role]) -> Actor:
        """A member of staff acting for himself."""
        return cls(
            kind=ActorKind.PERSON, id=str(staff.pk), name=staff.name, roles=roles, court_key=staff.court_id
        )

    @classmethod
    def party(cls, *, account_id: int, name: str, court_key: int) -> Actor:
        """A party acting through the portal."""
        return cls(kind=ActorKind.PARTY, id=str(account_id), name=name, court_key=court_key)

    @classmethod
    def agency(cls, *, code: str, name: str) -> Actor:
        """An agency speaking through the gateway."""
        return cls(kind=ActorKind.AGENCY, id=code, name=name)

    @classmethod
    def system(cls, rule: str, *, name: str = "系统") -> Actor:
        """The system, under a named rule."""
        return cls(kind=ActorKind.SYSTEM, id=rule, name=name)

    @property
    def staff_id(self) -> int | None:
        """Staff id of a person, else None."""
        return int(self.id) if self.kind == ActorKind.PERSON else None

    def label(self) -> dict[str, str]:
        """What the journal records of the actor."""
        label = {"kind": self.kind.value, "id": self.id, "name": self.name}
        return label | ({"for": self.for_staff} if self.for_staff else {})
