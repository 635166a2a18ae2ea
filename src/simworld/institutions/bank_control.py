"""What a bank does when a court orders it to freeze, renew, release or deduct: one function per measure."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from simworld.institutions.bank_books import available, is_holder, live_freezes, settle
from simworld.institutions.books import insert
from simworld.institutions.clock import days_between, end_of, stamp, start_of
from simworld.institutions.freezing import fen, share_out, yuan


class NotControlledError(Exception):
    """The measure cannot be carried out; the text is the reason the bank gives the court."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One item of a control request, with the head it came under. Codes as on the wire, values as sent."""

    head: dict[str, str]
    item: dict[str, str]
    number: str

    def __getitem__(self, code: str) -> str:
        return self.item.get(code, "").strip()

    @property
    def request_no(self) -> str:
        """Request number."""
        return self.head.get("BDHM", "")

    @property
    def target(self) -> str:
        """Account, or the wealth account when a product is the object."""
        return (self["LCZH"] or self["KHZH"]) if self["KZLX"] == "2" else self["KHZH"]


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What happened to one item. Amounts in fen."""

    number: str
    action: str
    account: str
    controlled: bool = False
    reason: str = ""
    remark: str = ""
    balance: int = 0
    available: int = 0
    start: str = ""
    until: str = ""
    limit: int = 0
    amount: int = 0
    excess: int = 0
    quantity: str = ""
    earlier: list[dict[str, str]] = field(default_factory=list)
    rights: list[dict[str, str]] = field(default_factory=list)


def execute(db: sqlite3.Connection, order: Order, *, agency_code: str, now: datetime) -> Outcome:
    """Carry out one item inside the caller's transaction and enter it into `orders`.

    An item that was carried out before changes nothing: the primary key of `orders` refuses it.
    """
    outcome = Outcome(number=order.number, action=order["KZCS"], account=order.target)
    try:
        account = _account(db, order, outcome, now)
        measure = MEASURES.get(order["KZCS"])
        if measure is None:
            raise NotControlledError(
                f"控制措施代码“{order['KZCS']}”本机构不能线上办理，可办 01、02、03、04、05、06，请到柜面办理"
            )
        measure(db, order, account, outcome, agency_code, now)
        outcome.controlled = True
        settle(db, account["number"], now)
    except NotControlledError as refusal:
        outcome.reason = str(refusal)
    except ValueError as error:
        outcome.reason = str(error).rstrip("。")
    insert(
        db,
        "orders",
        request_no=order.request_no,
        item=order.number,
        action=order["KZCS"],
        amount=yuan(outcome.amount),
        at=stamp(now),
        target=outcome.account,
        controlled=int(outcome.controlled),
        reason=outcome.reason,
    )
    return outcome


def _account(db: sqlite3.Connection, order: Order, outcome: Outcome, now: datetime) -> sqlite3.Row:
    if not order.target:
        raise NotControlledError("控制请求未载明账号，请补充开户账号后重新发送")
    row = db.execute("select * from accounts where number = ?", (order.target,)).fetchone()
    if row is None:
        raise NotControlledError("查无此账户，请核对开户账号")
    if not is_holder(row, order.head.get("XM", ""), order.head.get("DSRZJHM", "")):
        raise NotControlledError("账户户名、证件号码与被执行人不一致，不予控制")
    if order["GLZHHM"]:
        raise NotControlledError("关联子账户须到开户网点办理，不能线上控制")
    settle(db, row["number"], now)
    outcome.balance = row["balance_fen"]
    outcome.available = available(db, row["number"])
    outcome.earlier = [
        _earlier(place, freeze, row)
        for place, freeze in enumerate(live_freezes(db, row["number"]), start=1)
        if freeze["request_no"] != order.request_no
    ]
    outcome.rights = rights_of(row)
    return row


def _earlier(place: int, freeze: sqlite3.Row, account: sqlite3.Row) -> dict[str, str]:
    return {
        "CSXH": str(place),
        "JRCPBH": account["product_no"],
        "DJJG": freeze["authority"],
        "DJWH": freeze["doc_no"],
        "DJJE": yuan(freeze["limit_fen"]),
        "DJJZRQ": freeze["until"],
        "BEIZ": "轮候冻结" if freeze["state"] == "waiting" else "",
    }


def rights_of(account: sqlite3.Row) -> list[dict[str, str]]:
    """Co-ownership and priority rights on an account, in wire codes."""
    rights = []
    if account["co_owner"]:
        name, address, contact = account["co_owner"].split("|")
        rights.append(_right(account, "共有权", name, account["balance_fen"] // 2, address, contact))
    if account["secured_party"]:
        rights.append(_right(account, "质权", account["secured_party"], account["balance_fen"], "", ""))
    for place, right in enumerate(rights, start=1):
        right["XH"] = str(place)
    return rights


def _right(account: sqlite3.Row, kind: str, holder: str, amount: int, address: str, contact: str) -> dict:
    return {
        "XH": "",
        "JRCPBH": account["product_no"],
        "QLLX": kind,
        "QLR": holder,
        "QLJE": yuan(amount),
        "QLRDZ": address,
        "QLRLXFS": contact,
    }


def _freeze(db, order, account, outcome, agency_code, now) -> None:
    """01 and 03: freeze up to a limit; what the balance lacks is excess; behind others it waits."""
    if account["kind"] == "migrant_wage":
        # 保障农民工工资支付条例第三十三条: not for debts other than the wages of that project
        raise NotControlledError("该账户为农民工工资专用账户，依法只能用于支付本项目农民工工资，系统限制冻结")
    limit = _requested(order, account)
    if limit <= 0:
        raise NotControlledError(f"申请冻结金额为“{order['JE']}”，应为大于零的金额")
    start, until = start_of(order["KSRQ"], now), end_of(order["JSRQ"])
    if not until or until <= stamp(now):
        raise NotControlledError(f"冻结截止日期为“{order['JSRQ']}”，应为今天以后的日期")
    insert(
        db,
        "freezes",
        account=account["number"],
        authority=order.head.get("FYMC", ""),
        case_no=order.head.get("AH", ""),
        doc_no=order["CKWH"] or order.head.get("CKH", ""),
        request_no=order.request_no,
        item=order.number,
        limit_fen=limit,
        frozen_fen=0,
        start=start,
        until=until,
        days=days_between(start, until),
        state="waiting",
        at=stamp(now),
    )
    rows = live_freezes(db, account["number"])
    held = share_out(account["balance_fen"], [row["limit_fen"] for row in rows])[-1]
    if len(rows) == 1 or not held.is_waiting:
        # in force from the day the order names; a waiting one gets its days when its turn comes
        db.execute("update freezes set state = 'effective' where id = ?", (rows[-1]["id"],))
    settle(db, account["number"], now)
    _report_freeze(db, order, account, outcome)


def _report_freeze(db, order, account, outcome) -> None:
    mine = db.execute(
        "select * from freezes where request_no = ? and item = ?", (order.request_no, order.number)
    ).fetchone()
    outcome.start, outcome.until = mine["start"], mine["until"]
    outcome.limit, outcome.amount = mine["limit_fen"], mine["frozen_fen"]
    outcome.excess = mine["limit_fen"] - mine["frozen_fen"]
    outcome.quantity = _quantity(account, mine["frozen_fen"])
    if mine["state"] == "waiting":
        rank = len(outcome.earlier) + 1
        outcome.remark = f"轮候冻结，第{rank}顺位；在先冻结解除或者失效后自动生效，期限自生效之日起计算"
    elif outcome.earlier and outcome.excess:
        outcome.remark = "有在先冻结，已冻结其余可用余额，超额部分按顺位轮候"
    elif outcome.excess:
        outcome.remark = "余额不足，超额部分为额度冻结，后续入账自动冻结至限额"


def _requested(order: Order, account: sqlite3.Row) -> int:
    """Amount ordered in fen; for a product the quantity counts when no amount is given."""
    amount = fen(order["JE"])
    if account["kind"] == "wealth" and not amount and order["SE"]:
        return fen(order["SE"]) * fen(account["unit_price"][:4] or "1.00") // 100
    return amount


def _quantity(account: sqlite3.Row, amount: int) -> str:
    if account["kind"] != "wealth":
        return ""
    price = fen(account["unit_price"][:4] or "1.00")
    return yuan(amount * 100 // price)


def _renew(db, order, account, outcome, agency_code, now) -> None:
    """02: a later end for a freeze that is still in force; it keeps its rank."""
    freeze = _original(db, order, account)
    until = end_of(order["JSRQ"])
    if not until or until <= freeze["until"]:
        raise NotControlledError(f"续冻截止日期“{order['JSRQ']}”不晚于原截止日期“{freeze['until'][:10]}”")
    db.execute("update freezes set until = ? where id = ?", (until, freeze["id"]))
    outcome.start, outcome.until, outcome.limit = freeze["start"], until, freeze["limit_fen"]
    outcome.amount = freeze["frozen_fen"]
    outcome.excess = freeze["limit_fen"] - freeze["frozen_fen"]
    outcome.quantity = _quantity(account, outcome.amount)
    outcome.remark = "继续冻结，顺位不变"


def _release(db, order, account, outcome, agency_code, now) -> None:
    """04 and 05: lift a freeze, or the part of the money held that the order names."""
    freeze = _original(db, order, account)
    wanted, held = fen(order["JE"]), freeze["frozen_fen"]
    if 0 < wanted < held:
        db.execute("update freezes set limit_fen = ? where id = ?", (held - wanted, freeze["id"]))
        outcome.amount, outcome.limit = wanted, held - wanted
        outcome.remark = f"部分解除冻结，继续冻结{yuan(held - wanted)}元"
    else:
        db.execute("update freezes set state = 'lifted', frozen_fen = 0 where id = ?", (freeze["id"],))
        outcome.amount = held
        outcome.remark = "已全部解除冻结"
    outcome.start, outcome.until = freeze["start"], stamp(now)


def _original(db, order: Order, account: sqlite3.Row) -> sqlite3.Row:
    """The freeze that a later order is about, by its own request number, else by court and case."""
    mine = [f for f in live_freezes(db, account["number"]) if f["request_no"]]
    if order["YDJDH"]:
        found = [f for f in mine if f["request_no"] == order["YDJDH"]]
    else:
        case = order["YDJAH"] or order.head.get("AH", "")
        found = [f for f in mine if f["case_no"] == case and f["authority"] == order.head.get("FYMC", "")]
    if found:
        return found[0]
    lapsed = db.execute(
        "select until from freezes where account = ? and request_no = ? and state = 'expired'",
        (account["number"], order["YDJDH"]),
    ).fetchone()
    if lapsed:
        raise NotControlledError(f"原冻结已于{lapsed['until'][:10]}到期失效，请重新冻结")
    raise NotControlledError("未找到对应的原冻结，请核对原冻结请求单号和账号")


def _deduct(db, order, account, outcome, agency_code, now) -> None:
    """06: move frozen money to the court's enforcement account; never more than this case holds.

    Source: 法〔2018〕64号 (freeze first, then deduct, in whole or part); 法发〔2017〕6号 (only to the court's account).
    """
    payee = order["ZXKZHZH"]
    if not payee:
        raise NotControlledError("扣划请求未载明执行款专户账号，请补充收款账户后重新发送")
    if account["kind"] == "margin":
        raise NotControlledError("该账户为保证金账户，账户资金已为他人设立质权，须经异议审查后办理")
    if account["kind"] == "wealth" and account["closed_until"] > stamp(now)[:10]:
        raise NotControlledError(f"理财产品处于封闭期，{account['closed_until']}开放赎回后方可扣划")
    freeze = _original(db, order, account)
    wanted, held = fen(order["JE"]), freeze["frozen_fen"]
    if wanted <= 0:
        raise NotControlledError(f"申请扣划金额为“{order['JE']}”，应为大于零的金额")
    moved = min(wanted, held)
    if moved == 0:
        raise NotControlledError("本案在该账户实际冻结金额为 0.00 元，无款可扣")
    left = freeze["limit_fen"] - moved
    db.execute(
        "update accounts set balance_fen = balance_fen - ? where number = ?", (moved, account["number"])
    )
    db.execute(
        "update freezes set limit_fen = ?, frozen_fen = frozen_fen - ?, state = ? where id = ?",
        (left, moved, "deducted" if left == 0 else freeze["state"], freeze["id"]),
    )
    insert(
        db,
        "transfers",
        serial=f"{agency_code[-6:]}-{order.request_no}-{order.number}",
        request_no=order.request_no,
        item=order.number,
        account=account["number"],
        payer=account["holder_name"],
        payee_account=payee,
        amount_fen=moved,
        memo=f"{order.head.get('AH', '')} {order.request_no}",
        at=now.isoformat(),
    )
    insert(
        db,
        "movements",
        account=account["number"],
        serial=f"{order.request_no}-{order.number}",
        at=stamp(now),
        direction="支出",
        amount_fen=moved,
        name=order["ZXKZHHM"],
        counter_account=payee,
        bank=order["ZXKZHKHH"],
        memo="司法扣划",
    )
    outcome.amount, outcome.limit = moved, left
    outcome.start = outcome.until = stamp(now)
    outcome.quantity = _quantity(account, moved)
    outcome.remark = (
        "已划至执行款专户" if moved == wanted else f"冻结余额不足，按实际冻结金额扣划，申请{yuan(wanted)}元"
    )


_Measure = Callable[[sqlite3.Connection, Order, sqlite3.Row, Outcome, str, datetime], None]
MEASURES: dict[str, _Measure] = {
    "01": _freeze,
    "02": _renew,
    "03": _freeze,
    "04": _release,
    "05": _release,
    "06": _deduct,
}
