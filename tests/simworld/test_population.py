"""The population: reproducible, well-formed, with the fixed first case in it."""

from __future__ import annotations

from datetime import date

import pytest

from simworld import World
from simworld.identifiers import (
    is_resident_id,
    is_uscc,
    luhn_digit,
    old_resident_id,
    resident_id_check,
    same_resident,
)


def test_check_digits_agree_with_published_examples():
    # GB 11643-1999 annex A; a credit code that is printed on a public register; ISO/IEC 7812 example
    assert resident_id_check("11010519491231002") == "X"
    assert is_resident_id("440524188001010014")
    assert is_uscc("91110000600037341L")
    assert not is_uscc("91110000600037341M")
    assert luhn_digit("7992739871") == "3"


def test_old_number_drops_century_and_check():
    assert old_resident_id("11010519491231002X") == "110105491231002"
    assert same_resident("11010519491231002x", "110105491231002")
    assert not same_resident("110105200412310028", "110105041231002")


def test_same_seed_gives_same_world_and_other_seed_another(tmp_path):
    first, second, other = World(7, 60), World(7, 60), World(8, 60)
    assert first.to_json() == second.to_json()
    assert first.to_json() != other.to_json()
    first.dump(tmp_path / "world.json")
    assert World.load(tmp_path / "world.json").to_json() == first.to_json()


def test_default_size_has_enough_people_companies_and_valid_numbers():
    world = World()
    assert len(world.persons) >= 300
    assert len(world.companies) >= 60
    assert all(is_resident_id(p.resident_id) for p in world.persons)
    assert all(is_uscc(c.uscc) for c in world.companies)
    assert len({p.resident_id for p in world.persons}) == len(world.persons)
    assert len({c.name for c in world.companies}) == len(world.companies)
    assert len({a.number for a in world.accounts}) == len(world.accounts)
    assert len({u.number for u in world.units}) == len(world.units)
    assert all(len(u.number) == 28 for u in world.units)
    assert any(p.old_id for p in world.persons)
    assert any(a.freezes for a in world.accounts)


def test_sex_digit_and_birth_agree_with_the_person():
    for person in World().persons:
        assert (int(person.resident_id[16]) % 2 == 1) == (person.sex == "男")
        assert person.resident_id[6:14] == date.fromisoformat(person.birth).strftime("%Y%m%d")


def test_namesakes_are_other_people(world):
    names = [p.name for p in world.persons]
    shared = {name for name in names if names.count(name) > 1}
    assert len(shared) >= 3
    for name in shared:
        assert len({p.resident_id for p in world.named(name)}) == names.count(name)


def test_hero_agrees_with_the_fixed_case(world):
    hero = world.hero_debtor
    assert (hero.name, hero.resident_id[:10], hero.resident_id[-2:]) == ("马立群", "1309301974", "17")
    assert hero.birth.startswith("1974-03")
    tails = {a.number[-4:]: a.balance for a in world.accounts_of(hero)}
    assert tails["7719"] == "286340.12"
    assert tails["3382"] == "41206.55"


def test_declarations_by_kind(world):
    seen = set()
    for person in world.persons:
        declared = world.declaration_of(person)
        owned = {a.number for a in world.accounts_of(person)}
        owned |= {u.owners[0].certificate for u in world.units_of(person)}
        said = {item.reference for item in declared.items if item.kind != "vehicle"}
        assert said | set(declared.left_out) == owned
        assert not said & set(declared.left_out)
        if person.honesty == "honest":
            assert not declared.left_out
            assert not declared.misstated
        elif owned:
            assert declared.left_out
        if declared.misstated:
            assert person.honesty == "false"
            seen.add("misstated")
        seen.add(person.honesty)
    assert seen == {"honest", "incomplete", "false", "misstated"}


def test_too_small_a_world_is_refused():
    with pytest.raises(ValueError, match="至少需要 40 人"):
        World(1, 10)
