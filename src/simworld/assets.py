"""Draws what people and companies own at the three banks and in the land registry."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from simworld.catalog import BANKS, BY_KEY, FILE_BANKS, Agency
from simworld.identifiers import card_number, unit_number
from simworld.names import COUNTIES, ESTATES, OTHER_COURTS, PRODUCTS, STREETS
from simworld.records import Account, Company, EarlierFreeze, Mortgage, Movement, Person, Share, Unit

# the world's own "today" for histories; later events belong to the running simulation
EPOCH = date(2026, 1, 31)


def draw_accounts(seed: int, people: list[Person], companies: list[Company]) -> list[Account]:
    """Accounts of everybody, unique numbers, grouped by owner in population order."""
    accounts: list[Account] = []
    taken: set[str] = set()
    for person in people:
        rng = Random(f"{seed}:accounts:{person.key}")
        family = [p for p in people if p.household == person.household and p.key != person.key]
        accounts.extend(_personal(rng, person, family, taken))
        for bank in FILE_BANKS:
            accounts.extend(_savings(Random(f"{seed}:accounts:{bank.key}:{person.key}"), bank, person, taken))
    for company in companies:
        accounts.extend(_corporate(Random(f"{seed}:accounts:{company.key}"), company, taken))
    return accounts


def account_number(rng: Random, bank: str, taken: set[str], *, corporate: bool = False) -> str:
    """A number not used before: 19 digits with Luhn check for cards, longer plain ones for companies."""
    agency = BY_KEY[bank]
    while True:
        if corporate:
            number = agency.corporate_prefix + f"{rng.randint(0, 9_999_999):07d}"
        else:
            number = card_number(agency.card_prefix, f"{rng.randint(0, 999_999_999_999):012d}")
        if number not in taken:
            taken.add(number)
            return number


def amount(rng: Random, low: int, high: int) -> str:
    """A decimal amount in yuan, skewed to the low end, as text."""
    return f"{low + (high - low) * rng.random() ** 3:.2f}"


def a_day(rng: Random, first: int, last: int) -> str:
    """A day between two years, as ISO text."""
    return f"{rng.randint(first, last)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _personal(rng: Random, person: Person, family: list[Person], taken: set[str]) -> list[Account]:
    found: list[Account] = []
    for bank in BANKS:
        if rng.random() > 0.62:
            continue
        old = bool(person.old_id) and rng.random() < 0.5
        kind = "wage" if person.employer and rng.random() < 0.3 else rng.choice(("card", "card", "current"))
        account = Account(
            bank=bank.key,
            number=account_number(rng, bank.key, taken),
            owner=person.key,
            holder_id=person.old_id if old else person.resident_id,
            kind=kind,
            category={"wage": "借记卡（代发工资）", "card": "借记卡", "current": "活期储蓄"}[kind],
            opened=a_day(rng, 1999, 2003) if old else a_day(rng, 2005, 2024),
            balance=amount(rng, 0, 15_000 if kind == "wage" else 260_000),
            branch=bank.name,
        )
        if family and rng.random() < 0.06:
            account.co_owner = rng.choice(family).key
        if rng.random() < 0.06:
            account.subaccount = account.number + "01"
            account.subaccount_balance = amount(rng, 1_000, 80_000)
        account.freezes = draw_freezes(rng, 0.1)
        account.movements = _movements(rng, account)
        found.append(account)
        if rng.random() < 0.14:
            found.extend(draw_wealth(rng, account, taken))
    return found


def _savings(rng: Random, bank: Agency, person: Person, taken: set[str]) -> list[Account]:
    """One card at a savings bank, for about every third person."""
    if rng.random() > 0.35 or person.key.startswith("P-HERO"):
        return []
    account = Account(
        bank=bank.key,
        number=account_number(rng, bank.key, taken),
        owner=person.key,
        holder_id=person.resident_id,
        kind="card",
        category="借记卡",
        opened=a_day(rng, 2006, 2024),
        balance=amount(rng, 0, 60_000),
        branch=bank.name,
    )
    account.freezes = draw_freezes(rng, 0.08)
    account.movements = _movements(rng, account)
    return [account]


def draw_wealth(rng: Random, deposit: Account, taken: set[str]) -> list[Account]:
    """A wealth product and the cash-return account its money goes back to."""
    back = account_number(rng, deposit.bank, taken)
    name, code, kind = rng.choice(PRODUCTS)
    total = f"{rng.randint(1, 30)}0000.00"
    common = {"bank": deposit.bank, "owner": deposit.owner, "holder_id": deposit.holder_id}
    opened = a_day(rng, 2024, 2025)
    closed = (EPOCH + timedelta(days=rng.randint(10, 300))).isoformat() if rng.random() < 0.4 else ""
    return [
        Account(
            **common,
            number=back,
            kind="cash_return",
            category="理财产品回款资金账户",
            opened=opened,
            balance=amount(rng, 0, 2_000),
            branch=deposit.branch,
        ),
        Account(
            **common,
            number=f"LC{rng.randint(0, 9_999_999_999):010d}",
            kind="wealth",
            category="理财卡",
            opened=opened,
            balance=total,
            branch=deposit.branch,
            linked=back,
            product_name=name,
            product_no=f"{code}{rng.randint(1, 99):02d}",
            product_type=kind,
            units=total,
            unit_price="1.0000",
            closed_until=closed,
        ),
    ]


def _corporate(rng: Random, company: Company, taken: set[str]) -> list[Account]:
    banks = rng.sample(BANKS, rng.randint(1, 3))
    found: list[Account] = []
    for place, bank in enumerate(banks):
        kind, category = ("basic", "基本存款账户") if place == 0 else ("current", "一般存款账户")
        if place and "建筑" in company.name:
            kind, category = "migrant_wage", "农民工工资专用账户"
        elif place and rng.random() < 0.25:
            kind, category = "margin", "保证金账户"
        account = Account(
            bank=bank.key,
            number=account_number(rng, bank.key, taken, corporate=True),
            owner=company.key,
            holder_id=company.org_code if rng.random() < 0.1 else company.uscc,
            kind=kind,
            category=category,
            opened=a_day(rng, 2008, 2024),
            balance=amount(rng, 0, 1_200_000),
            branch=bank.name,
            secured_party=f"{bank.name}（银行承兑汇票质押）" if kind == "margin" else "",
        )
        account.freezes = draw_freezes(rng, 0.14) if kind not in ("migrant_wage", "margin") else []
        account.movements = _movements(rng, account)
        found.append(account)
    return found


def draw_freezes(rng: Random, chance: float) -> list[EarlierFreeze]:
    """None, one or two freezes by neighbouring courts, oldest first, still in force at EPOCH + 6 months."""
    if rng.random() > chance:
        return []
    freezes = []
    for _ in range(rng.choice((1, 1, 2))):
        court, code = rng.choice(OTHER_COURTS)
        start = EPOCH - timedelta(days=rng.randint(5, 90))
        end = EPOCH + timedelta(days=rng.randint(330, 1000))
        freezes.append(
            EarlierFreeze(
                authority=court,
                doc_no=f"（2025）冀{code}执{rng.randint(100, 1999)}号",
                limit=f"{rng.randint(1, 60)}0000.00",
                start=start.isoformat(),
                end=end.isoformat(),
            )
        )
    return sorted(freezes, key=lambda f: f.start)


def _movements(rng: Random, account: Account) -> list[Movement]:
    day, rows = EPOCH, []
    for number in range(rng.randint(0, 6)):
        day -= timedelta(days=rng.randint(1, 25))
        rows.append(
            Movement(
                serial=f"{account.number[-8:]}{number:04d}",
                at=f"{day.isoformat()} {rng.randint(8, 20):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}",
                direction=rng.choice(("收入", "支出")),
                amount=amount(rng, 10, 60_000),
                name=rng.choice(("沧州模拟商行", "孟村模拟百货店", "模拟支付平台", "本人")),
                account=f"{rng.randint(10**15, 10**16 - 1)}",
                bank="模拟清算银行",
                memo=rng.choice(("货款", "转账", "消费", "工资", "还款")),
            )
        )
    return rows


def draw_units(seed: int, people: list[Person], companies: list[Company]) -> list[Unit]:
    """Houses of about half the households and works of some companies."""
    units: list[Unit] = []
    households: dict[str, list[Person]] = {}
    for person in people:
        households.setdefault(person.household, []).append(person)
    for key, family in households.items():
        rng = Random(f"{seed}:units:{key}")
        count = rng.choice((0, 0, 1, 1, 1, 2))
        for number in range(count):
            units.append(_home(rng, family, len(units) + 1, sole=count == 1, second=number > 0))
    for company in companies:
        rng = Random(f"{seed}:units:{company.key}")
        if rng.random() < 0.25:
            units.append(_works(rng, company, len(units) + 1))
    return units


def _home(rng: Random, family: list[Person], parcel: int, *, sole: bool, second: bool) -> Unit:
    division, county, towns = COUNTIES[0] if rng.random() < 0.6 else rng.choice(COUNTIES)
    building, floor, door = rng.randint(1, 18), rng.randint(1, 17), rng.randint(1, 3)
    holders = family[: rng.choice((1, 2))]
    year = rng.randint(2004, 2023)
    area = rng.randint(620, 1480) / 10
    worth = round(area * rng.randint(4200, 7600), 2)
    certificate = f"冀（{year}）{county}不动产权第{rng.randint(1, 29999):07d}号"
    mortgage = None
    if rng.random() < 0.4:
        bank = rng.choice(BANKS)
        mortgage = Mortgage(
            mortgagee=bank.name,
            amount=f"{worth * rng.uniform(0.2, 0.65):.2f}",
            certificate=f"冀（{year}）{county}不动产证明第{rng.randint(1, 29999):07d}号",
            start=f"{year}-06-01",
            end=f"{year + 20}-05-31",
        )
    return Unit(
        number=unit_number(division, parcel, building, floor * 100 + door),
        location=f"{county}{rng.choice(towns)}{rng.choice(STREETS)}{rng.choice(ESTATES)}{building}-{rng.randint(1, 4)}-{floor:d}0{door}",
        use="成套住宅",
        area=f"{area:.2f}",
        floors=str(rng.choice((6, 11, 18))),
        completed=f"{year - 1}-11-30",
        land_until=f"{year + 68}-03-31",
        worth=f"{worth:.2f}",
        sole_residence=sole and not second,
        owners=[
            Share(owner=p.key, share=f"{100 // len(holders)}%", certificate=certificate) for p in holders
        ],
        mortgage=mortgage,
        seizures=draw_freezes(rng, 0.08)[:1],
    )


def _works(rng: Random, company: Company, parcel: int) -> Unit:
    division, county, towns = COUNTIES[0]
    area = rng.randint(3000, 48000) / 10
    year = rng.randint(2010, 2022)
    return Unit(
        number=unit_number(division, parcel, 1, 1),
        location=f"{county}{rng.choice(towns)}工业园区{rng.randint(1, 40)}号厂房",
        use="工业",
        area=f"{area:.2f}",
        floors="1",
        completed=f"{year - 1}-09-30",
        land_until=f"{year + 48}-12-31",
        worth=f"{area * rng.randint(900, 1800):.2f}",
        sole_residence=False,
        owners=[
            Share(
                owner=company.key,
                share="100%",
                certificate=f"冀（{year}）{county}不动产权第{rng.randint(1, 29999):07d}号",
            )
        ],
        mortgage=None,
        seizures=draw_freezes(rng, 0.1)[:1],
    )
