"""What vehicle office, depository, insurer, payment institution and housing fund have in their books.

Drawn from the ground truth, one generator per person and institution, so that the same world always has the same books.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from random import Random

from simworld.identifiers import same_resident
from simworld.institutions.bank_books import plain_name
from simworld.institutions.books import Books, insert
from simworld.names import OTHER_COURTS
from simworld.population import World
from simworld.records import Person

Row = tuple[str, dict[str, object], int]
"""Number by which a measure finds it, detail as in the interface document, value in fen."""
_STOCKS = (("600000", "模拟浦江", "上海证券交易所"), ("000001", "模拟鹏城", "深圳证券交易所"))
_BRANDS = (
    ("模拟牌", "MN7150", "小型轿车"),
    ("示例牌", "SL6480", "小型普通客车"),
    ("样车牌", "YC1040", "轻型栏板货车"),
)


def open_books(books: Books, world: World, kind: str) -> None:
    """Fill an empty file from the ground truth."""
    if not books.is_empty("holdings"):
        return
    draw = DRAWN[kind]
    with books.transaction() as db:
        for person in world.persons:
            rng = Random(f"{world.seed}:{kind}:{person.key}")
            for number, detail, worth in draw(rng, person):
                insert(
                    db,
                    "holdings",
                    number=number,
                    holder_name=person.name,
                    holder_id=person.resident_id,
                    detail=json.dumps(detail, ensure_ascii=False),
                    worth_fen=worth,
                )
                if rng.random() < 0.08:
                    _earlier(db, rng, number, worth)


def holdings_of(db: sqlite3.Connection, name: str, id_no: str) -> list[sqlite3.Row]:
    """What a person with this name and number has here."""
    rows = db.execute(
        "select * from holdings where holder_name in (?, ?) order by rowid", (name, plain_name(name))
    ).fetchall()
    return [row for row in rows if same_resident(row["holder_id"], id_no)]


def yuan(fen: int) -> str:
    """Fen as decimal text."""
    return f"{fen // 100}.{fen % 100:02d}"


def _earlier(db: sqlite3.Connection, rng: Random, number: str, worth: int) -> None:
    court, code = rng.choice(OTHER_COURTS)
    insert(
        db,
        "holds",
        holding=number,
        authority=court,
        doc_no=f"（2025）冀{code}执{rng.randint(100, 1999)}号",
        request_no="",
        item="",
        limit_fen=worth or 5_000_000,
        start="2025-11-03 10:00:00",
        until="2027-11-02 23:59:59",
        state="effective",
        at="2025-11-03 10:00:00",
    )


def _vehicles(rng: Random, person: Person) -> Iterator[Row]:
    if not person.plate:
        return
    brand, model, kind = rng.choice(_BRANDS)
    vin = "LMN" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(14))
    detail = {
        "plate_no": person.plate,
        "plate_type": "小型汽车",
        "vin": vin,
        "engine_no": f"E{rng.randint(100000, 999999)}",
        "brand": brand,
        "model": model,
        "vehicle_type": kind,
        "use_nature": "非营运",
        "owner": person.name,
        "owner_id_no": person.resident_id,
        "registered": f"{rng.randint(2012, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        "status": "正常" if rng.random() < 0.85 else "逾期未检验",
        "mortgaged": "未抵押",
        "registry": "模拟沧州车辆管理所",
    }
    yield vin, detail, 0


def _securities(rng: Random, person: Person) -> Iterator[Row]:
    if rng.random() > 0.25:
        return
    account = f"A{rng.randint(100_000_000, 999_999_999)}"
    for code, name, market in _STOCKS[: rng.choice((1, 1, 2))]:
        count, price = rng.randint(1, 80) * 100, rng.randint(400, 3000)
        detail = {
            "account_no": account,
            "market": market,
            "security_code": code,
            "security_name": name,
            "security_type": "无限售流通股",
            "holder": person.name,
            "quantity": str(count),
            "available_quantity": str(count),
            "frozen_quantity": "0",
            "custodian": "模拟证券沧州营业部",
            "currency": "CNY",
            "unit_price": yuan(price),
            "market_value": yuan(count * price),
        }
        yield f"{account}-{code}", detail, count * price


def _policies(rng: Random, person: Person) -> Iterator[Row]:
    if rng.random() > 0.3:
        return
    number, worth = f"P{rng.randint(10**11, 10**12 - 1)}", rng.randint(200, 9000) * 1000
    year = rng.randint(2014, 2023)
    detail = {
        "insurer": "模拟人寿保险公司",
        "policy_no": number,
        "product": rng.choice(("模拟两全保险（分红型）", "模拟年金保险", "模拟终身寿险")),
        "category": "人寿保险",
        "policyholder": person.name,
        "policyholder_id_no": person.resident_id,
        "insured": person.name,
        "cash_value": yuan(worth),
        "sum_insured": yuan(worth * 4),
        "currency": "CNY",
        "status": "有效",
        "effective_from": f"{year}-05-01",
        "effective_to": f"{year + 20}-04-30",
    }
    yield number, detail, worth


def _payments(rng: Random, person: Person) -> Iterator[Row]:
    if not person.alipay:
        return
    balance, wealth = rng.randint(0, 9000) * 100 + rng.randint(0, 99), rng.randint(0, 30000) * 100
    detail = {
        "account_no": f"2088{rng.randint(10**11, 10**12 - 1)}",
        "category": "个人支付账户（三类）",
        "status": "正常",
        "balance": yuan(balance),
        "available": yuan(balance),
        "wealth_balance": yuan(wealth),
        "currency": "CNY",
        "linked_cards": [f"{rng.randint(0, 9999):04d}"],
        "phone": person.mobile,
        "opened": f"{rng.randint(2010, 2022)}-06-18",
    }
    yield str(detail["account_no"]), detail, balance + wealth


def _funds(rng: Random, person: Person) -> Iterator[Row]:
    if not person.employer or rng.random() > 0.7:
        return
    base = rng.randint(3000, 12000) * 100
    balance = base * rng.randint(3, 40) // 5
    detail = {
        "account_no": f"1309{rng.randint(10**7, 10**8 - 1)}",
        "status": "正常",
        "employer": person.employer,
        "balance": yuan(balance),
        "deposit_base": yuan(base),
        "monthly_deposit": yuan(base * 24 // 100),
        "paid_until": "2026-01",
        "opened": f"{rng.randint(2008, 2022)}-07-01",
        "center": "模拟沧州市住房公积金管理中心",
    }
    yield str(detail["account_no"]), detail, balance


DRAWN: dict[str, Callable[[Random, Person], Iterator[Row]]] = {
    "vehicle": _vehicles,
    "securities": _securities,
    "insurance": _policies,
    "payment": _payments,
    "housing_fund": _funds,
}
