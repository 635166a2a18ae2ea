"""Material for enforcement cases, drawn from the world: who sues whom, for what, and the papers that say so."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random

from simworld.catalog import BY_KEY
from simworld.hero import JUDGMENT, PRINCIPAL
from simworld.papers import clue_list_text, enforcement_application_text, judgment_text
from simworld.population import World
from simworld.records import Company, Person

# cause, does the debtor tend to be a company, lowest and highest principal in yuan, usual yearly rates in percent
CAUSES: tuple[tuple[str, bool, int, int, tuple[str, ...]], ...] = (
    ("买卖合同纠纷", True, 20_000, 900_000, ("3.00", "3.45", "4.00")),
    ("民间借贷纠纷", False, 10_000, 500_000, ("3.45", "6.00", "12.00")),
    ("承揽合同纠纷", True, 15_000, 400_000, ("3.00", "3.45")),
    ("追索劳动报酬纠纷", True, 5_000, 90_000, ("",)),
    ("机动车交通事故责任纠纷", False, 8_000, 300_000, ("",)),
    ("租赁合同纠纷", False, 10_000, 260_000, ("3.10", "3.45")),
)
FIRST_JUDGMENT = 900


@dataclass(slots=True, kw_only=True)
class Title:
    """The enforcement title. Amounts are decimal text in yuan, days ISO text, `rate` yearly percent or empty."""

    case_number: str
    court: str
    cause: str
    decided: str
    effective: str
    principal: str
    rate: str
    interest_from: str
    due: str
    costs: str


@dataclass(slots=True, kw_only=True)
class CaseMaterial:
    """Everything needed to file one case.

    `texts` maps a document name (强制执行申请书, 民事判决书, 财产线索清单) to its full text.
    `expected_clues` maps a kind of clue to the values a careful reader finds in the texts, sorted, none empty.
    `parties` lists name, role and kind (person or company) as the papers give them.
    """

    number: int
    applicant: Person | Company
    debtors: list[Person | Company]
    title: Title
    applied: str
    known_accounts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    certificates: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    parties: list[dict[str, str]] = field(default_factory=list)
    expected_clues: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self, world: World) -> dict:
        """Plain data for other programs, with the declaration each debtor would make."""
        return {
            "number": self.number,
            "applicant": asdict(self.applicant),
            "debtors": [asdict(d) for d in self.debtors],
            "title": asdict(self.title),
            "applied": self.applied,
            "parties": self.parties,
            "expected_clues": self.expected_clues,
            "declarations": [asdict(world.declaration_of(d)) for d in self.debtors],
            "texts": self.texts,
        }


def case_material(world: World, n: int) -> CaseMaterial:
    """Material of case number `n`; 0 is the fixed first case, the same in every world of any seed."""
    material = _hero(world) if n == 0 else _drawn(world, n)
    _choose_clues(world, material)
    material.texts = {
        "强制执行申请书": enforcement_application_text(world, material),
        "民事判决书": judgment_text(world, material),
        "财产线索清单": clue_list_text(world, material),
    }
    material.parties = [_party(material.applicant, "applicant")] + [
        _party(d, "debtor") for d in material.debtors
    ]
    material.expected_clues = _expected(world, material)
    return material


def _party(who: Person | Company, role: str) -> dict[str, str]:
    kind = "person" if isinstance(who, Person) else "company"
    return {"name": who.name, "role": role, "kind": kind, "id_no": who.id_no}


def _hero(world: World) -> CaseMaterial:
    return CaseMaterial(
        number=0,
        applicant=world.owner("C-HENGDA"),
        debtors=[world.owner("P-HERO"), world.owner("C-HERO")],
        title=Title(
            case_number=JUDGMENT,
            court="孟村回族自治县人民法院",
            cause="买卖合同纠纷",
            decided="2025-12-02",
            effective="2025-12-21",
            principal=PRINCIPAL,
            rate="3.00",
            interest_from="2025-06-01",
            due="2025-12-31",
            costs="12840.00",
        ),
        applied="2026-01-26",
    )


def _drawn(world: World, n: int) -> CaseMaterial:
    rng = Random(f"{world.seed}:case:{n}")
    cause, by_company, low, high, rates = CAUSES[rng.randrange(len(CAUSES))]
    people = [p for p in world.persons if not p.key.startswith("P-H")]
    companies = [c for c in world.companies if not c.key.startswith("C-H")]
    debtors: list[Person | Company] = []
    if by_company:
        company = rng.choice(companies)
        debtors.append(company)
        if cause == "买卖合同纠纷" and rng.random() < 0.4:
            debtors.append(world.owner(company.representative))
    else:
        person = rng.choice(people)
        debtors.append(person)
        spouse = [p for p in world.household(person) if p.key[-1] in "AB" and p.key != person.key]
        if cause == "民间借贷纠纷" and spouse and rng.random() < 0.3:
            debtors.append(spouse[0])
    pool = people if cause in ("民间借贷纠纷", "追索劳动报酬纠纷", "机动车交通事故责任纠纷") else companies
    families = {d.household for d in debtors if isinstance(d, Person)}
    taken = {d.key for d in debtors}
    applicant = rng.choice(
        [a for a in pool if a.key not in taken and getattr(a, "household", None) not in families]
    )
    return CaseMaterial(
        number=n,
        applicant=applicant,
        debtors=debtors,
        title=_title(rng, n, cause, low, high, rates),
        applied="",
    )


def _title(rng: Random, n: int, cause: str, low: int, high: int, rates: tuple[str, ...]) -> Title:
    decided = date(2025, 3, 1) + timedelta(days=rng.randint(0, 270))
    effective = decided + timedelta(days=19)
    principal = f"{rng.randint(low // 100, high // 100) * 100}.00"
    rate = rng.choice(rates)
    return Title(
        case_number=f"（2025）冀0930民初{FIRST_JUDGMENT + n}号",
        court="孟村回族自治县人民法院",
        cause=cause,
        decided=decided.isoformat(),
        effective=effective.isoformat(),
        principal=principal,
        rate=rate,
        interest_from=(decided - timedelta(days=rng.randint(60, 400))).isoformat() if rate else "",
        due=(effective + timedelta(days=10)).isoformat(),
        costs=f"{rng.randint(10, 9800)}.00",
    )


def _choose_clues(world: World, material: CaseMaterial) -> None:
    """What the applicant happens to know: some accounts and houses of each debtor, never all of them."""
    rng = Random(f"{world.seed}:clues:{material.number}")
    if not material.applied:
        due = date.fromisoformat(material.title.due)
        material.applied = (due + timedelta(days=rng.randint(5, 60))).isoformat()
    for debtor in material.debtors:
        accounts = [a for a in world.accounts_of(debtor) if a.kind in ("card", "current", "basic")]
        if material.number == 0:
            accounts = [a for a in accounts if a.number.endswith(("3382", "1127"))]
        else:
            accounts = [a for a in accounts if rng.random() < 0.5][:2]
        if accounts:
            material.known_accounts[debtor.key] = [(BY_KEY[a.bank].plain_name, a.number) for a in accounts]
        for unit in world.units_of(debtor)[:1]:
            share = next(s for s in unit.owners if s.owner == debtor.key)
            if share.certificate not in material.certificates:
                material.certificates.append(share.certificate)


# printed in the head of every party; companies have no personal number, persons no credit code
_HEAD_FIELDS = ("resident_id", "uscc", "mobile", "landline", "email", "address")
# stated only in the clue list, and only about debtors who are persons
_CLUE_FIELDS = ("passport", "wechat", "qq", "alipay", "plate", "employer")


def _expected(world: World, material: CaseMaterial) -> dict[str, list[str]]:
    """What the texts state. Each value must occur in them, so that the list cannot promise too much."""
    joined = "\n".join(material.texts.values())
    found: dict[str, set[str]] = {kind: set() for kind in (*_HEAD_FIELDS, *_CLUE_FIELDS)}
    for who in (material.applicant, *material.debtors):
        kinds = _HEAD_FIELDS
        if isinstance(who, Person) and who in material.debtors:
            kinds = (*_HEAD_FIELDS, *_CLUE_FIELDS)
        for kind in kinds:
            value = getattr(who, kind, "")
            if value and value in joined:
                found[kind].add(value)
    found["bank_account"] = {number for rows in material.known_accounts.values() for _, number in rows}
    found["realty_certificate"] = set(material.certificates)
    found["case_number"] = {material.title.case_number}
    found["amount_principal"] = {material.title.principal}
    found["rate"] = {material.title.rate} if material.title.rate else set()
    return {kind: sorted(values) for kind, values in found.items()}
