"""One case for the search for evasion: its people, accounts, days, and the record of what is true."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from simworld.identifiers import resident_id
from simworld.names import BRANDS, COUNTIES, FEMALE, MALE, SURNAMES, TRADES

TODAY = date(2026, 11, 24)


class Case:
    """A debtor, his family, companies and strangers. Every draw comes from the seed and the case's number.

    Each episode notes the records it leaves; `truth` tells which episodes hide property and which only look alike.
    """

    def __init__(self, seed: str, number: int) -> None:
        self.rng = Random(f"{seed}:evasion:{number}")
        self.number, self.serial = number, 0
        self.people: list[dict[str, Any]] = []
        self.ties: list[dict[str, Any]] = []
        self.accounts: list[dict[str, Any]] = []
        self.flows: list[dict[str, Any]] = []
        self.dealings: list[dict[str, Any]] = []
        self.holds: list[dict[str, Any]] = []
        self.truth: list[dict[str, Any]] = []
        self.days = self._days()
        self.is_company = self.rng.random() < 0.3
        self.debtor = self.person("d", is_company=self.is_company, is_debtor=True)
        self.home = self.account("d", declared=True, covered=True)
        self.kin: list[str] = []
        self.firms: list[str] = []
        self._family()

    def _days(self) -> dict[str, date]:
        rng = self.rng
        debt = date(2023, 6, 1) + timedelta(days=rng.randrange(500))
        sued = debt + timedelta(days=rng.randint(90, 300))
        judged = sued + timedelta(days=rng.randint(40, 200))
        docketed = judged + timedelta(days=rng.randint(20, 90))
        notice = docketed + timedelta(days=rng.randint(3, 15))
        return {
            "debt_on": debt, "sued_on": sued, "judged_on": judged, "docketed_on": docketed, "notice_on": notice,
            "sealed_on": notice + timedelta(days=rng.randint(5, 40)), "restricted_on": notice + timedelta(days=rng.randint(10, 60)),
        }  # fmt: skip

    def _family(self) -> None:
        rng = self.rng
        owner = "d"
        if self.is_company:
            owner = self.person("boss")["who"]
            self.tie("d", owner, rng.choice(("representative", "controller", "shareholder")), known=0.97)
            self.kin.append(owner)
        for kind, chance in (("spouse", 0.8), ("child", 0.7), ("parent", 0.6), ("sibling", 0.5)):
            if rng.random() < chance:
                who = self.person(kind)["who"]
                self.tie(owner, who, kind, known=0.96)
                self.kin.append(who)
        if not self.kin:
            self.tie(owner, self.person("sibling")["who"], "sibling", known=1)
            self.kin.append("sibling")
        if rng.random() < 0.6:
            firm = self.person("firm", is_company=True)["who"]
            self.tie(rng.choice(self.kin), firm, rng.choice(("controller", "representative")), known=0.95)
            self.firms.append(firm)

    # Records -----------------------------------------------------------------------------------------------------

    def person(self, who: str, *, is_company: bool = False, is_debtor: bool = False) -> dict[str, Any]:
        """Someone the case knows, with a number that is his own."""
        rng = self.rng
        if is_company:
            name = f"{rng.choice(COUNTIES)[1]}{rng.choice(BRANDS)}{rng.choice(TRADES)[0]}"
            number = f"91{rng.randrange(10**14):014d}XA"
        else:
            name = rng.choice(SURNAMES) + "".join(
                rng.choice(rng.choice((MALE, FEMALE))) for _ in range(rng.choice((1, 2, 2)))
            )
            number = resident_id(
                rng.choice(COUNTIES)[0],
                date(1955, 1, 1) + timedelta(days=rng.randrange(16000)),
                rng.randrange(1000),
            )
        row = {"who": who, "kind": "company" if is_company else "person", "name": name, "id_no": number, "is_debtor": is_debtor}  # fmt: skip
        self.people.append(row)
        return row

    def tie(
        self,
        a: str,
        b: str,
        kind: str,
        *,
        known: float = 1,
        since: date | None = None,
        until: date | None = None,
    ) -> None:
        """A tie that registers tell with some probability; those they do not tell stay true."""
        if self.rng.random() < known:
            self.ties.append(
                {"tie": f"t{len(self.ties)}", "a": a, "b": b, "kind": kind}
                | ({"since": since.isoformat()} if since else {})
                | ({"until": until.isoformat()} if until else {})
            )

    def account(self, owner: str, *, declared: bool = False, covered: bool = False, opened: date | None = None, **more: Any) -> str:  # fmt: skip
        """An account whose owner the case knows."""
        number = f"6217{self.number % 10**6:06d}{self.rng.randrange(10**6):06d}{len(self.accounts):03d}"
        row = {"account": number, "owner": owner, "is_declared": declared} | more
        if opened:
            row["opened"] = opened.isoformat()
        if covered:
            row |= {
                "from": (self.days["debt_on"] - timedelta(days=400)).isoformat(),
                "to": TODAY.isoformat(),
            }
        self.accounts.append(row)
        return number

    def named(self, who: str) -> dict[str, Any]:
        """The person behind a key."""
        return next(row for row in self.people if row["who"] == who)

    def move(
        self, day: date, yuan: float, *, account: str = "", other: dict[str, Any] | None = None, to: str = "", out: bool = True, remark: str = "",
        number_told: float = 0.9,
    ) -> str:  # fmt: skip
        """A booked movement; gives its serial. The bank tells the other side's number in most cases."""
        rng = self.rng
        self.serial += 1
        serial = f"L{self.number:06d}{self.serial:05d}"
        at = datetime(day.year, day.month, day.day, rng.randint(8, 20), rng.randrange(60), rng.randrange(60))
        row = {"serial": serial, "account": account or self.home, "at": at, "out": out, "yuan": f"{yuan:.2f}", "remark": remark,
               "name": "", "id_no": "", "to": to or f"6228{rng.randrange(10**15):015d}"}  # fmt: skip
        if other is not None:
            told = other["name"]
            if rng.random() < 0.03:
                told = " ".join(told)  # spaces between the signs
            row["name"] = told
            row["id_no"] = other["id_no"] if rng.random() < number_told else ""
        self.flows.append(row)
        return f"flow:{serial}"

    def deal(self, kind: str, on: date, other: str = "", **more: Any) -> str:
        """A paper of the file. Amounts in yuan."""
        name = f"g{len(self.dealings)}"
        row = {"dealing": name, "kind": kind, "on": on.isoformat(), "debtor": "d", "other": other}
        for key, value in more.items():
            row[key] = f"{value:.2f}" if isinstance(value, float) else value.isoformat() if isinstance(value, date) else value  # fmt: skip
        self.dealings.append({key: value for key, value in row.items() if value is not None})
        return f"dealing:{name}"

    def note(self, episode: str, *records: str, evasive: bool) -> None:
        """What an episode is and which records it left."""
        self.truth.append({"episode": episode, "evasive": evasive, "records": list(records)})

    # Draws -------------------------------------------------------------------------------------------------------

    def after(self, name: str, most: int = 200, least: int = 1) -> date:
        """A day after a key day, never in the future."""
        return min(self.days[name] + timedelta(days=self.rng.randint(least, most)), TODAY - timedelta(days=1))

    def before(self, name: str, most: int = 900, least: int = 1) -> date:
        """A day before a key day."""
        return self.days[name] - timedelta(days=self.rng.randint(least, most))

    def relative(self) -> dict[str, Any]:
        """One of the family."""
        return self.named(self.rng.choice(self.kin))

    def close(self) -> dict[str, Any]:
        """One of the family or a company of theirs."""
        return self.named(self.rng.choice(self.kin + self.firms))

    def stranger(self, *, is_company: bool = False) -> dict[str, Any]:
        """Somebody without any tie."""
        return self.person(f"x{len(self.people)}", is_company=is_company)

    def money(self, low: int, high: int) -> float:
        """An amount as people choose them."""
        amount = self.rng.uniform(low, high)
        return float(round(amount, -3)) if self.rng.random() < 0.6 and amount > 5000 else round(amount, 2)
