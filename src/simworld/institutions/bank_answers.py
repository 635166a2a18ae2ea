"""What a bank tells the court: answers to inquiries, results of measures, receipts, refusals."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from simworld.catalog import Agency
from simworld.institutions.bank_books import accounts_of, available, live_freezes, namesakes_of, settle
from simworld.institutions.bank_control import Outcome, rights_of
from simworld.institutions.clock import end_of, read_day, stamp, start_of
from simworld.institutions.freezing import yuan
from simworld.institutions.wire_bank import NO_ACCOUNT, REFUSED, Node, content_value, md5_of


def inquiry_answer(db: sqlite3.Connection, head: dict[str, str], agency: Agency, now: datetime) -> Node:
    """The true answer: every account of the person inquired, with assets, measures, rights and sub-accounts."""
    found = accounts_of(db, head.get("XM", ""), head.get("DSRZJHM", ""))
    return _answer(db, head, agency, now, found)


def namesake_answer(
    db: sqlite3.Connection, head: dict[str, str], agency: Agency, now: datetime
) -> Node | None:
    """The answer of a careless search by name only; None when this bank knows no namesake."""
    found = namesakes_of(db, head.get("XM", ""), head.get("DSRZJHM", ""))
    if not found:
        return None
    root = _answer(db, head, agency, now, found)
    for node, row in zip(root.children, [r for r in found if r["kind"] != "wealth"], strict=True):
        node.values["BEIZ"] = f"按户名匹配，开户证件号码{row['holder_id']}"
    return root


def no_account(head: dict[str, str], now: datetime, text: str = NO_ACCOUNT, note: str = "") -> Node:
    """The record that says nothing was found, or why the request was refused: account number carries the text."""
    values = {
        "BDHM": head.get("BDHM", ""),
        "CCXH": "1",
        "KHZH": text,
        "FKSJ": stamp(now),
        "BEIZ": note,
    }
    return Node("zhxxList", {}, [Node("zhxx", values)])


def refusal(head: dict[str, str], now: datetime, why: str) -> Node:
    """A refused inquiry: an ordinary answer whose account number says so."""
    return no_account(head, now, REFUSED, why)


def _answer(db, head: dict[str, str], agency: Agency, now: datetime, found: list[sqlite3.Row]) -> Node:
    if not found:
        return no_account(head, now)
    for row in found:
        settle(db, row["number"], now)
    wealth = [row for row in found if row["kind"] == "wealth"]
    deposits = [row for row in found if row["kind"] != "wealth"]
    nodes = [
        _account(db, head, agency, now, place, row, [w for w in wealth if w["linked"] == row["number"]])
        for place, row in enumerate(deposits, start=1)
    ]
    return Node("zhxxList", {}, nodes)


def _account(
    db, head, agency: Agency, now, place: int, row: sqlite3.Row, products: list[sqlite3.Row]
) -> Node:
    values = {
        "BDHM": head.get("BDHM", ""),
        "CCXH": str(place),
        "KHZH": row["number"],
        "CCLB": row["category"],
        "ZHZT": row["status"],
        "KHWD": row["branch"],
        "KHWDDM": row["branch_code"],
        "KHRQ": row["opened"],
        "XHRQ": "",
        "BZ": "156",
        "YE": yuan(row["balance_fen"]),
        "KYYE": yuan(available(db, row["number"])),
        "GLZJZH": row["linked"],
        "FKSJ": stamp(now),
        "TXDZ": row["address"],
        "YZBM": agency.postcode,
        "LXDH": row["phone"],
        "BEIZ": "",
    }
    measures = _measures(db, row, "")
    assets: list[Node] = []
    rights = [Node("qlxx", {**right, "ZCXH": "", "BEIZ": ""}) for right in rights_of(row)]
    for number, product in enumerate(products, start=1):
        assets.append(_product(db, number, product, row["number"]))
        measures += _measures(db, product, str(number), offset=len(measures))
    children = [
        Node("jrxxList", {}, assets),
        Node("djxxList", {}, measures),
        Node("wlxxList", {}, _movements(db, row, head)),
        Node("qlxxList", {}, rights),
        Node("glxxList", {}, _subaccounts(row)),
    ]
    return Node("zhxx", values, children)


def _product(db, place: int, row: sqlite3.Row, cash_account: str) -> Node:
    return Node(
        "jrxx",
        {
            "ZCXH": str(place),
            "ZCMC": row["product_name"],
            "ZCLX": row["product_type"],
            "CPXSZL": "直销",
            "DQH": "0317",
            "JRCPBH": row["product_no"],
            "LCZH": row["number"],
            "ZJHKZH": cash_account,
            "ZCGLR": row["branch"],
            "ZCKFJY": "否" if row["closed_until"] else "是",
            "ZCJYXZ": "封闭期内不得赎回" if row["closed_until"] else "",
            "XZXCRQ": row["closed_until"],
            "CLR": row["opened"][:10],
            "JLDW": "份",
            "BZ": "156",
            "ZCDWJG": row["unit_price"],
            "SE": yuan(row["balance_fen"]),
            "KYSE": yuan(available(db, row["number"])),
            "ZCZJE": yuan(row["balance_fen"]),
            "BEIZ": "",
        },
    )


def _measures(db, row: sqlite3.Row, asset: str, offset: int = 0) -> list[Node]:
    return [
        Node(
            "djxx",
            {
                "CSXH": str(place),
                "ZCXH": asset,
                "JRCPBH": row["product_no"],
                "DJJZRQ": freeze["until"],
                "DJJG": freeze["authority"],
                "DJWH": freeze["doc_no"],
                "DJJE": yuan(freeze["limit_fen"]),
                "BEIZ": "轮候冻结" if freeze["state"] == "waiting" else "",
            },
        )
        for place, freeze in enumerate(live_freezes(db, row["number"]), start=offset + 1)
    ]


def _movements(db, row: sqlite3.Row, head: dict[str, str]) -> list[Node]:
    """Movements inside the period asked for; none when either end is empty, because then none were asked for."""
    first, last = head.get("CKKSSJ", ""), head.get("CKJSSJ", "")
    if not read_day(first) or not read_day(last):
        return []
    rows = db.execute(
        "select * from movements where account = ? and at between ? and ? order by at, serial",
        (row["number"], start_of(first, datetime(1900, 1, 1)), end_of(last)),
    ).fetchall()
    return [
        Node(
            "wlxx",
            {
                "WLXH": str(place),
                "JYZL": "转账",
                "ZJLX": movement["direction"],
                "BZ": "156",
                "JE": yuan(movement["amount_fen"]),
                "JYSJ": movement["at"],
                "JYLSH": movement["serial"],
                "ZCKZXM": movement["name"],
                "ZCKZH": movement["counter_account"],
                "ZCKZHKHH": movement["bank"],
                "BEIZ": movement["memo"],
            },
        )
        for place, movement in enumerate(rows, start=1)
    ]


def _subaccounts(row: sqlite3.Row) -> list[Node]:
    if not row["subaccount"]:
        return []
    amount = yuan(row["subaccount_fen"])
    values = {
        "GLXH": "1",
        "ZKHZH": row["number"],
        "GLZHLB": "定期存款",
        "GLZHHM": row["subaccount"],
        "BZ": "156",
        "YE": amount,
        "KYYE": amount,
        "BEIZ": "",
    }
    return [Node("glxx", values)]


def control_answer(
    head: dict[str, str], items: list[tuple[dict[str, str], Outcome]], receipt: bytes | None
) -> Node:
    """Results per item, earlier freezes and priority rights below each, the receipt document at the end."""
    nodes = [_result(head, item, outcome) for item, outcome in items]
    if receipt:
        number = head.get("BDHM", "")
        document = {
            "BDHM": number,
            "WJMC": f"协助执行回执_{number}.pdf",
            "WJLX": "pdf",
            "WSLB": "回执",
            "WSNR": content_value(receipt),
            "MD5": md5_of(receipt),
        }
        nodes.append(Node("hzxxList", {}, [Node("hzxx", document)]))
    return Node("kzxxList", {}, nodes)


def _result(head: dict[str, str], item: dict[str, str], outcome: Outcome) -> Node:
    values = {
        "BDHM": head.get("BDHM", ""),
        "CCXH": outcome.number,
        "KHZH": item.get("KHZH", "") or outcome.account,
        "JRCPBH": item.get("JRCPBH", ""),
        "LCZH": item.get("LCZH", ""),
        "KZNR": item.get("KZNR", ""),
        "KZZT": "1" if outcome.controlled else "2",
        "YE": yuan(outcome.balance),
        "KYYE": yuan(outcome.available),
        "CSKSRQ": outcome.start,
        "CSJSRQ": outcome.until,
        "DJXE": yuan(outcome.limit),
        "SKJE": yuan(outcome.amount),
        "SKSE": outcome.quantity,
        "CESKJE": yuan(outcome.excess),
        "WNKZYY": outcome.reason,
        "BEIZ": outcome.remark,
    }
    children = []
    if outcome.earlier:
        children.append(Node("djxxList", {}, [Node("djxx", row) for row in outcome.earlier]))
    if outcome.rights:
        children.append(Node("qlxxList", {}, [Node("qlxx", {**row, "BEIZ": ""}) for row in outcome.rights]))
    return Node("kzxx", values, children)
