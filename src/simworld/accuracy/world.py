"""Cases with ground truth: who owns what, what the agencies write about it, what the debtor reports."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from simworld.accuracy.noise import identity, name, spoiled
from simworld.accuracy.wires import case_write
from simworld.identifiers import organisation_code, resident_id, unit_number, uscc
from simworld.names import BRANDS, COUNTIES, FEMALE, MALE, PRODUCTS, SURNAMES, TRADES

RECEIVED = date(2026, 11, 24)
_CASH = ("活期储蓄", "借记卡", "定期存款", "个人结算账户", "一般存款账户", "基本存款账户", "理财资金回款账户")
_WEALTH = ("结构性存款", "大额存单", "个人理财产品")
_PROTECTED = (
    ("农民工工资专用账户", "EXM-02"), ("代发工资户", "EXM-01"), ("养老金账户", "EXM-06"), ("工会经费账户", "EXM-17"),
    ("预售资金监管账户", "EXM-13"), ("承兑保证金专户", "EXM-19"), ("社会保险基金专户", "EXM-05"), ("封闭贷款账户", "EXM-14"),
)  # fmt: skip
_TABLE_KINDS = (("payment", "支付账户"), ("vehicle", "小型轿车"), ("securities", "证券账户"))
_AMOUNT_FORMS = ("{}", "{}", "{}", "+{}", " {} ")
_DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S")


class CaseMaker:
    """One case; every draw comes from the seed and the case's number."""

    def __init__(self, seed: str, number: int) -> None:
        self.rng = Random(f"{seed}:accuracy:{number}")
        self.number = number
        self.serial = self.rng.randrange(9000)
        self.truth: list[dict[str, Any]] = []
        self.asks: list[dict[str, Any]] = []
        self.declared: list[dict[str, Any]] = []
        self.verdicts: list[dict[str, Any]] = []
        self.people: list[dict[str, Any]] = []

    def make(self) -> dict[str, Any]:
        """The case file; lines, declared items and truth stand beside it."""
        self.people = [self._debtor(f"d{no}") for no in range(1, self.rng.choice((2, 2, 3)))]
        for person in self.people:
            self._bank(person)
            if self.rng.random() < 0.5:
                self._realty(person)
            if self.rng.random() < 0.6:
                self._table(person)
        return {
            "received_on": RECEIVED.isoformat(),
            "persons": [
                {"id": p["id"], "name": p["name"], "identifiers": p["marks"], "reported_on": "2026-10-01", "noticed_on": "2026-09-01"}
                for p in self.people
            ],
            "requests": [{"request_no": ask["request_no"], "person": ask["person"]} for ask in self.asks],
            "declared": self.declared,
            "due": f"{self.rng.randint(5_000, 900_000)}.00",
        }  # fmt: skip

    def _debtor(self, key: str) -> dict[str, Any]:
        rng = self.rng
        if rng.random() < 0.25:
            place, (ending, _) = rng.choice(COUNTIES), rng.choice(TRADES)
            code = organisation_code(
                "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(6))
            )
            number, title = uscc(place[0], code), f"{place[1]}{rng.choice(BRANDS)}{ending}"
            return {
                "id": key,
                "name": title,
                "number": number,
                "is_company": True,
                "marks": [{"kind": "uscc", "value": number}],
            }
        number, title = self._resident(), self._person_name()
        return {
            "id": key,
            "name": title,
            "number": number,
            "is_company": False,
            "marks": [{"kind": "resident_id", "value": number}],
        }

    def _resident(self) -> str:
        rng = self.rng
        birth = date(1950, 1, 1) + timedelta(days=rng.randrange(20000))
        return resident_id(rng.choice(COUNTIES)[0], birth, rng.randrange(1000))

    def _person_name(self) -> str:
        rng = self.rng
        return rng.choice(SURNAMES) + "".join(
            rng.choice(rng.choice((MALE, FEMALE))) for _ in range(rng.choice((1, 2, 2)))
        )

    def _owner(self, person: dict[str, Any], *, strangers: float) -> tuple[str, str, str, str]:
        """Whose the line is: ("self", "party" or "other"), name, number, number as written with its noise."""
        others = [p for p in self.people if p is not person]
        draw = self.rng.random()
        if others and draw < strangers / 4:
            who, title, number = "party", others[0]["name"], others[0]["number"]
        elif draw < strangers:
            who, title, number = "other", person["name"], self._resident()
        else:
            who, title, number = "self", person["name"], person["number"]
        if who == "self" and person["is_company"] and self.rng.random() < 0.06:
            title = f"{title[:2]}{self.rng.choice(BRANDS)}{title[-4:]}"  # renamed since
        return who, title, number, ""

    def _line(self, person: dict[str, Any], kind: str, **told: Any) -> dict[str, Any]:
        """A plain line with an amount; the number's last four signs are its own within the case."""
        rng = self.rng
        self.serial += 1
        cents = rng.choice((0, rng.randrange(1, 10**6), rng.randrange(10**5, 10**8)))
        balance, day = f"{cents // 100}.{cents % 100:02d}", RECEIVED - timedelta(days=rng.randrange(1, 25))
        return {
            "kind": kind, "number": f"6222{self.number:06d}{rng.randrange(10**5):05d}{self.serial % 10000:04d}", "label": "某银行某支行",
            "category": "活期储蓄", "status": "正常", "remark": "", "phone": "", "currency": rng.choice(("156", "CNY", "人民币")),
            "balance": rng.choice(_AMOUNT_FORMS).format(balance), "available": balance, "as_of": f"{day:{rng.choice(_DAY_FORMS)}}",
            "amount": balance, "form": "account",
        } | told  # fmt: skip

    def _say(self, ask: dict[str, Any], line: dict[str, Any], **truth: Any) -> None:
        ask["lines"].append(line)
        row = {"request_no": ask["request_no"], "person": ask["person"], "number": line["number"], "owner": "self", "state": "usable",
               "knowable": True, "class": line["kind"], "exempt": "", "available": line["available"].strip()} | truth  # fmt: skip
        self.truth.append(row)

    def _ask(self, person: dict[str, Any], wire: str) -> dict[str, Any]:
        ask = {
            "request_no": f"1309302026{self.number:06d}{len(self.asks):03d}",
            "person": person["id"],
            "wire": wire,
            "lines": [],
        }
        self.asks.append(ask)
        return ask

    def _bank(self, person: dict[str, Any]) -> None:
        rng, ask = self.rng, self._ask(person, "bank")
        for _ in range(rng.randint(2, 6)):
            line, protected = self._line(person, "cash", category=rng.choice(_CASH)), ""
            if rng.random() < 0.08:
                line["category"], protected = rng.choice(_PROTECTED)
            elif rng.random() < 0.06:
                line |= {"category": rng.choice(_WEALTH)}
            kind = "wealth" if line["category"] in _WEALTH else "cash"
            owner, _, number, _ = self._owner(person, strangers=0.08)
            knowable = True
            if owner != "self" or rng.random() < 0.15:
                written, noise = identity(rng, number)
                knowable = noise not in ("masked", "typo")
                line["remark"] = f"按户名匹配，开户证件号码{'：' if rng.random() < 0.5 else ''}{written}"
                if owner == "other" and rng.random() < 0.1:
                    line["remark"], knowable = "按户名匹配", False
            if rng.random() < 0.05:
                line |= {"label": "䶮城𠮷祥支行"}  # outside GBK: escaped on the wire
            self._told(ask, person, line, owner=owner, knowable=knowable, kind=kind, exempt=protected)
            if owner == "self" and rng.random() < 0.1:
                self._inside(ask, person, line)
        if rng.random() < 0.06:
            self._say(
                ask,
                self._line(person, "cash", number=rng.choice(("查无开户信息", "查询异常"))),
                owner="",
                state="empty",
            )

    def _told(
        self, ask: dict[str, Any], person: dict[str, Any], line: dict[str, Any], *, owner: str, knowable: bool, kind: str, exempt: str = "",
    ) -> None:  # fmt: skip
        """Write the line, perhaps spoiled, old or twice, and what is true of it; a usable one may be declared."""
        rng, truth = self.rng, {"owner": owner, "knowable": knowable, "class": kind, "exempt": exempt}
        draw, state = rng.random(), "usable"
        if draw < 0.02:
            line |= spoiled(rng, line["amount"] if line["amount"] != "0.00" else "15.00")
            state = "malformed"
        elif draw < 0.05:
            line["as_of"], state = f"{RECEIVED - timedelta(days=rng.randrange(40, 900)):%Y-%m-%d}", "stale"
        elif draw < 0.08 and kind == "cash":
            held = f"{float(line['amount']) / 2:.2f}"
            line |= {"frozen": held, "available": f"{float(line['amount']) - float(held):.2f}"}
        self._say(ask, line, state=state, **truth)
        if state == "usable" and rng.random() < 0.03:
            again = dict(line) | {"again": True}
            contradicts = rng.random() < 0.3
            if contradicts:
                again |= {"balance": "77777777.77", "available": "1.00"}
            self._say(ask, again, **truth | {"state": "contradicted" if contradicts else "duplicate"})
        if state == "usable" and owner == "self" and knowable:
            self._declare(person, line, kind)

    def _inside(self, ask: dict[str, Any], person: dict[str, Any], line: dict[str, Any]) -> None:
        """A product behind the account, or a sub-account; they share its owner, day and age."""
        last = self.truth[-1]
        if last["state"] != "usable" or not last["knowable"]:
            return
        if self.rng.random() < 0.5:
            product = self.rng.choice(PRODUCTS)
            inner = self._line(
                person, "wealth", inside=line["number"], form="product", label=product[0], category=product[2]
            )
        else:
            inner = self._line(person, "cash", inside=line["number"], form="sub", category="定期存款")
        self._say(ask, inner | {"balance": inner["amount"]}, **{"class": inner["kind"]})
        self._declare(person, inner, inner["kind"])

    def _realty(self, person: dict[str, Any]) -> None:
        rng, ask = self.rng, self._ask(person, "realty")
        for _ in range(rng.randint(1, 2)):
            self.serial += 1
            owner, title, number, _ = self._owner(person, strangers=0.1)
            written, noise = identity(rng, number)
            holders = [
                (name(rng, title)[0] if owner == "self" and not person["is_company"] else title, written, "")
            ]
            if rng.random() < 0.25:
                holders.append((self._person_name(), self._resident(), "50%"))
                holders[0] = (*holders[0][:2], "50%")
                rng.shuffle(holders)
            line = {"kind": "realty", "label": "某县建设大街1号", "holders": holders, "available": "0", "amount": "",
                    "number": unit_number(rng.choice(COUNTIES)[0], self.number % 100000, rng.randrange(10000), self.serial % 10000)}  # fmt: skip
            knowable = noise not in ("masked", "typo")
            self._say(ask, line, owner=owner, knowable=knowable)
            if owner == "self" and knowable:
                self._declare(person, line, "realty")

    def _table(self, person: dict[str, Any]) -> None:
        rng, ask = self.rng, self._ask(person, "table")
        for _ in range(rng.randint(1, 3)):
            kind, label = rng.choice(_TABLE_KINDS)
            owner, title, number, _ = self._owner(person, strangers=0.12)
            written, noise = identity(rng, number)
            line = self._line(person, kind, label=label, category="", holder_id=written,
                              holder_name=title if person["is_company"] else name(rng, title)[0])  # fmt: skip
            knowable = noise not in ("masked", "typo")
            if rng.random() < 0.3:
                line["holder_id"] = ""  # found by the number that was asked by, or by name alone
                if owner != "self":
                    line["holder_id"], knowable = "*" * 14 + number[14:], False
                else:
                    knowable = True
            self._told(ask, person, line, owner=owner, knowable=knowable, kind=kind)

    def _declare(self, person: dict[str, Any], line: dict[str, Any], kind: str) -> None:
        """Report the thing truly, wrongly or not at all."""
        rng, worth = self.rng, float(line["amount"] or 0)
        has_amount = bool(line["amount"])
        choice = rng.choices(("match", "understated", "overstated", "omitted"), (5, 1.5, 0.5, 3))[0]
        if choice in ("understated", "overstated") and (not has_amount or worth <= 1):
            choice = "match"
        truth = {"number": line["number"], "person": person["id"], "verdict": choice, "declared": None}
        self.verdicts.append(truth)
        if choice == "omitted":
            return
        factor = {
            "match": rng.uniform(0.99, 1.01),
            "understated": rng.uniform(0.05, 0.8),
            "overstated": rng.uniform(1.3, 3),
        }[choice]
        item = {"id": f"i{len(self.declared)}", "person": person["id"], "kind": kind}
        item |= (
            {"tail": line["number"][-4:]}
            if rng.random() < 0.2 and kind != "realty"
            else {"number": line["number"]}
        )
        if has_amount:
            item["amount"] = f"{worth * factor:.2f}" if worth > 1 else line["amount"]
        truth["declared"] = item["id"]
        self.declared.append(item)


def world_write(seed: str, size: int, out: Path) -> None:
    """`size` cases below `out`, and truth.jsonl: one line a case. Raises FileExistsError."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("x", encoding="utf-8") as told:
        for number in range(size):
            maker = CaseMaker(seed, number)
            case = maker.make()
            case_write(out / f"case-{number:06d}", case, maker.asks, f"{RECEIVED:%Y/%m/%d} 09:00:00")
            truth = {"case": f"case-{number:06d}", "lines": maker.truth, "compared": maker.verdicts}
            told.write(json.dumps(truth, ensure_ascii=False) + "\n")
