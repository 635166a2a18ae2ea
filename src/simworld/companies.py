"""Draws companies, gives them legal representatives, and gives many persons an employer."""

from __future__ import annotations

from random import Random

from simworld.identifiers import organisation_code, uscc
from simworld.names import BRANDS, COUNTIES, STREETS, TRADES, WORDS
from simworld.people import HONESTY, draw_mobile
from simworld.records import Company, Person

_ORG_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def draw_companies(seed: int, count: int, people: list[Person]) -> list[Company]:
    """`count` companies with distinct names; writes `employer` into about four persons in ten."""
    companies: list[Company] = []
    taken: set[str] = set()
    for number in range(1, count + 1):
        companies.append(_company(Random(f"{seed}:company:{number}"), number, people, taken))
    rng = Random(f"{seed}:employers")
    for person in people:
        if rng.random() < 0.4:
            person.employer = rng.choice(companies).name
    return companies


def _company(rng: Random, number: int, people: list[Person], taken: set[str]) -> Company:
    division, county, towns = COUNTIES[0] if rng.random() < 0.6 else rng.choice(COUNTIES)
    place = rng.choice(("沧州", county))
    while True:
        ending, trade = rng.choice(TRADES)
        name = f"{place}{rng.choice(BRANDS)}{ending}"
        if name not in taken:
            break
    taken.add(name)
    code = organisation_code("MA" + "".join(rng.choice(_ORG_LETTERS) for _ in range(6)))
    return Company(
        key=f"C{number:04d}",
        name=name,
        uscc=uscc(division, code),
        org_code=code,
        representative=rng.choice(people).key,
        representative_title=rng.choice(("经理", "执行董事", "总经理")),
        address=f"河北省沧州市{county}{rng.choice(towns)}{rng.choice(STREETS)}{rng.randint(1, 299)}号",
        landline=f"0317-{rng.randint(2000000, 8999999)}",
        mobile=draw_mobile(rng),
        email=f"{rng.choice(WORDS)}{rng.choice(WORDS)}{number}@example.com" if rng.random() < 0.5 else "",
        founded=f"{rng.randint(2001, 2022)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        capital=f"{rng.choice((50, 100, 200, 300, 500, 1000, 2000))}0000.00",
        trade=trade,
        honesty=rng.choice(HONESTY),
    )
