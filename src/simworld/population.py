"""The population: who lives in the simulated world and what each of them truly owns.

Everything is drawn from seeded generators, one per subject, so that adding a field to one subject leaves the others
as they were. The same seed and size give the same world, byte for byte.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from simworld.assets import draw_accounts, draw_units
from simworld.companies import draw_companies
from simworld.declarations import declare
from simworld.hero import add_hero
from simworld.people import draw_people
from simworld.records import (
    Account,
    Company,
    Declaration,
    EarlierFreeze,
    Mortgage,
    Movement,
    Person,
    Share,
    Unit,
)

FORMAT = 1


class World:
    """Ground truth: persons, companies, accounts, real estate.

    Args:
        seed: the same seed and size give the same world.
        size: number of persons, at least 40; companies are a fifth of that, at least 60.
    """

    def __init__(self, seed: int = 1, size: int = 320) -> None:
        if size < 40:
            raise ValueError(f"世界人数为 {size}，至少需要 40 人；请把 size 调大。")
        self.seed, self.size = seed, size
        self.persons: list[Person] = draw_people(seed, size)
        self.companies: list[Company] = draw_companies(seed, max(60, size // 5), self.persons)
        self.accounts: list[Account] = draw_accounts(seed, self.persons, self.companies)
        self.units: list[Unit] = draw_units(seed, self.persons, self.companies)
        add_hero(self)
        self._index()

    def _index(self) -> None:
        self._owners: dict[str, Person | Company] = {p.key: p for p in self.persons}
        self._owners.update({c.key: c for c in self.companies})

    def owner(self, key: str) -> Person | Company:
        """The person or company with this key."""
        return self._owners[key]

    def named(self, name: str) -> list[Person | Company]:
        """Everybody who bears exactly this name; several when there are namesakes. World order."""
        return [o for o in self._owners.values() if o.name == name]

    def household(self, person: Person) -> list[Person]:
        """The family the person lives with, himself included."""
        return [p for p in self.persons if p.household == person.household]

    def accounts_of(self, owner: Person | Company, bank: str | None = None) -> list[Account]:
        """Accounts and wealth products the owner truly has, at one bank (catalogue key) or at all."""
        return [a for a in self.accounts if a.owner == owner.key and bank in (None, a.bank)]

    def units_of(self, owner: Person | Company) -> list[Unit]:
        """Houses and shops the owner truly has, alone or with others."""
        return [u for u in self.units if any(s.owner == owner.key for s in u.owners)]

    def declaration_of(self, owner: Person | Company) -> Declaration:
        """What the owner writes into his property report, by his kind of honesty."""
        return declare(owner, self.accounts_of(owner), self.units_of(owner), seed=self.seed)

    @property
    def hero_debtor(self) -> Person:
        """The debtor of the fixed first case."""
        return next(p for p in self.persons if p.key == "P-HERO")

    def to_json(self) -> str:
        """The whole ground truth as JSON text."""
        return json.dumps(
            {
                "format": FORMAT,
                "seed": self.seed,
                "size": self.size,
                "persons": [asdict(p) for p in self.persons],
                "companies": [asdict(c) for c in self.companies],
                "accounts": [asdict(a) for a in self.accounts],
                "units": [asdict(u) for u in self.units],
            },
            ensure_ascii=False,
            indent=1,
        )

    def dump(self, path: Path | str) -> None:
        """Write `to_json` beside the target and move it into place, so that a reader never sees half a file."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        part.write_text(self.to_json(), encoding="utf-8")
        part.replace(target)

    @classmethod
    def load(cls, path: Path | str) -> World:
        """Read a world written by `dump`.

        Raises: ValueError: the file is of another format; the sentence says which.
        """
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if data.get("format") != FORMAT:
            raise ValueError(
                f"世界文件格式为 {data.get('format')!r}，需要 {FORMAT}；请用 `python -m simworld world` 重新生成。"
            )
        world = cls.__new__(cls)
        world.seed, world.size = data["seed"], data["size"]
        world.persons = [Person(**p) for p in data["persons"]]
        world.companies = [Company(**c) for c in data["companies"]]
        world.accounts = [_account(a) for a in data["accounts"]]
        world.units = [_unit(u) for u in data["units"]]
        world._index()
        return world


def _account(row: dict) -> Account:
    row = dict(row)
    row["freezes"] = [EarlierFreeze(**f) for f in row["freezes"]]
    row["movements"] = [Movement(**m) for m in row["movements"]]
    return Account(**row)


def _unit(row: dict) -> Unit:
    row = dict(row)
    row["owners"] = [Share(**s) for s in row["owners"]]
    row["mortgage"] = Mortgage(**row["mortgage"]) if row["mortgage"] else None
    row["seizures"] = [EarlierFreeze(**s) for s in row["seizures"]]
    return Unit(**row)
