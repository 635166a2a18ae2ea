"""Draws persons: households with parents and children, and namesakes who are other people."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from simworld.identifiers import old_resident_id, resident_id
from simworld.names import (
    COUNTIES,
    ESTATES,
    FEMALE,
    MAIL_HOSTS,
    MALE,
    PLATE_LETTERS,
    STREETS,
    SURNAMES,
    WORDS,
)
from simworld.records import Honesty, Person

# how debtors answer an order to report property: most leave something out
HONESTY: tuple[Honesty, ...] = ("honest", "honest", "honest", "incomplete", "incomplete", "false")
NAMESAKE_EVERY = 13


def draw_people(seed: int, size: int) -> list[Person]:
    """`size` persons in households of one to four; about one in thirteen bears another's name."""
    people: list[Person] = []
    household = 0
    while len(people) < size:
        household += 1
        people.extend(_household(Random(f"{seed}:household:{household}"), household))
    people = people[:size]
    _rename_namesakes(Random(f"{seed}:namesakes"), people)
    _settle_unique(people)
    return people


def _household(rng: Random, number: int) -> list[Person]:
    division, county, towns = COUNTIES[0] if rng.random() < 0.55 else rng.choice(COUNTIES)
    address = draw_address(rng, county, rng.choice(towns))
    husband = rng.choice(SURNAMES)
    key = f"H{number:04d}"
    first_birth = date(rng.randint(1956, 1994), 1, 1) + timedelta(days=rng.randint(0, 364))
    members = [_person(rng, f"P{number:04d}A", husband, "男", first_birth, division, address, key)]
    if rng.random() < 0.75:
        birth = first_birth + timedelta(days=rng.randint(-1500, 1500))
        members.append(
            _person(rng, f"P{number:04d}B", rng.choice(SURNAMES), "女", birth, division, address, key)
        )
        grown = first_birth.year + 25
        for letter in "CD"[: rng.randint(0, 2)]:
            # only grown children: minors are never parties here
            if grown <= 2006:
                birth = date(rng.randint(grown, 2006), rng.randint(1, 12), rng.randint(1, 28))
                sex = rng.choice(("男", "女"))
                members.append(
                    _person(rng, f"P{number:04d}{letter}", husband, sex, birth, division, address, key)
                )
    return members


def _person(
    rng: Random,
    key: str,
    surname: str,
    sex: str,
    birth: date,
    division: str,
    address: str,
    household: str,
) -> Person:
    given = "".join(rng.sample(MALE if sex == "男" else FEMALE, rng.choice((1, 2, 2, 2))))
    number = resident_id(division, birth, rng.randrange(901 if sex == "男" else 902, 999, 2))
    mobile = draw_mobile(rng)
    word = rng.choice(WORDS) + rng.choice(WORDS)
    return Person(
        key=key,
        name=surname + given,
        sex=sex,  # type: ignore[arg-type]
        birth=birth.isoformat(),
        nation="回族" if rng.random() < 0.3 else "汉族",
        resident_id=number,
        old_id=old_resident_id(number) if birth.year < 1985 and rng.random() < 0.35 else "",
        mobile=mobile,
        landline=f"0317-{rng.randint(2000000, 8999999)}" if rng.random() < 0.25 else "",
        wechat=f"wx_{word}{rng.randint(10, 9999)}" if rng.random() < 0.8 else "",
        qq=str(rng.randint(10_000_000, 2_999_999_999)) if rng.random() < 0.7 else "",
        alipay=mobile if rng.random() < 0.75 else "",
        email=f"{word}{rng.randint(1, 999)}@{rng.choice(MAIL_HOSTS)}" if rng.random() < 0.4 else "",
        passport=f"E{rng.choice('ABCDEFGH')}{rng.randint(1_000_000, 9_999_999)}"
        if rng.random() < 0.12
        else "",
        address=address,
        employer="",
        plate=draw_plate(rng) if rng.random() < 0.45 else "",
        household=household,
        honesty=rng.choice(HONESTY),
    )


def draw_mobile(rng: Random) -> str:
    """An eleven-digit mobile number."""
    return rng.choice(("130", "133", "138", "139", "150", "155", "158", "176", "186", "187")) + (
        f"{rng.randint(0, 99_999_999):08d}"
    )


def draw_plate(rng: Random) -> str:
    """A plate of Cangzhou: 冀J and five characters."""
    return "冀J" + "".join(
        rng.choice(PLATE_LETTERS if rng.random() < 0.25 else "0123456789") for _ in range(5)
    )


def draw_address(rng: Random, county: str, town: str) -> str:
    """An address in natural form: in an estate, on a street, or in a village."""
    head = f"河北省沧州市{county}{town}"
    kind = rng.random()
    if kind < 0.4:
        return (
            f"{head}{rng.choice(STREETS)}{rng.choice(ESTATES)}"
            f"{rng.randint(1, 18)}号楼{rng.randint(1, 4)}单元{rng.randint(1, 18)}0{rng.randint(1, 3)}室"
        )
    if kind < 0.7:
        return f"{head}{rng.choice(STREETS)}{rng.randint(1, 399)}号"
    return (
        f"{head}{rng.choice(SURNAMES)}{rng.choice(('庄子', '家屯', '楼', '官屯'))}村{rng.randint(1, 260)}号"
    )


def _rename_namesakes(rng: Random, people: list[Person]) -> None:
    for index in range(NAMESAKE_EVERY, len(people), NAMESAKE_EVERY):
        same_sex = [p for p in people[:index] if p.sex == people[index].sex]
        if same_sex:
            people[index].name = rng.choice(same_sex).name


def _settle_unique(people: list[Person]) -> None:
    """Two draws may give one number; the later person gets the next free sequence or mobile."""
    seen: set[str] = set()
    for person in people:
        while person.resident_id in seen:
            sequence = int(person.resident_id[14:17]) - 2
            birth = date.fromisoformat(person.birth)
            person.resident_id = resident_id(person.resident_id[:6], birth, sequence)
            person.old_id = old_resident_id(person.resident_id) if person.old_id else ""
        while person.mobile in seen:
            person.mobile = f"{int(person.mobile) + 1}"
        seen.update((person.resident_id, person.mobile))
