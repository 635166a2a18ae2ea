"""What the registry tells the court: rights found, results of seizures, receipts."""

from __future__ import annotations

import base64
import sqlite3
from datetime import datetime

from simworld.catalog import Agency
from simworld.institutions.clock import stamp
from simworld.institutions.freezing import yuan
from simworld.institutions.realty_books import live_seizures, settle
from simworld.institutions.realty_control import Registered
from simworld.institutions.receipts import registry_receipt
from simworld.institutions.wire_realty import RIGHT_LISTS, Content, message


def inquiry_answer(
    db: sqlite3.Connection,
    head: dict[str, str],
    agency: Agency,
    units: list[str],
    now: datetime,
    refused: str,
    *,
    leaf_base64: bool,
) -> str:
    """Nine lists of rights, most of them empty; nothing found is 0000 with all lists empty."""
    found = rights_of(db, agency, units, now)
    lists: dict[str, Content] = {name: [(name, row) for row in rows] for name, rows in found.items()}
    result: Content = [
        ("CXQQDH", head.get("CXQQDH", "")),
        ("RESULT", "2040" if refused else "0000"),
        ("MESSAGE", refused or "成功"),
    ]
    result += [(f"{name}LIST", lists[name]) for name in RIGHT_LISTS]
    return _message([("BDCFKLIST", [("BDCCXJG", result)])], now, leaf_base64)


def rights_of(
    db: sqlite3.Connection, agency: Agency, units: list[str], now: datetime
) -> dict[str, list[Content]]:
    """The nine lists with the rights on these units, most of them empty."""
    lists: dict[str, list[Content]] = {name: [] for name in RIGHT_LISTS}
    for number in units:
        settle(db, number, now)
        unit = db.execute("select * from units where number = ?", (number,)).fetchone()
        holders = db.execute("select * from holders where unit = ? order by place", (number,)).fetchall()
        lists["FDCQ"].append(_house(unit, holders, agency))
        if unit["mortgagee"]:
            lists["DYAQ"].append(_mortgage(unit, holders, agency))
        for seizure in live_seizures(db, number):
            lists["CFDJ"].append(_seizure(unit, seizure, agency))
    return lists


def _message(data: Content, now: datetime, leaf_base64: bool) -> str:
    return message(data, created=now.strftime("%Y/%m/%d %H:%M:%S"), leaf_base64=leaf_base64)


def _slashed(text: str) -> str:
    return text[:10].replace("-", "/")


def _tail(unit: sqlite3.Row, agency: Agency, note: str, holders: Content) -> Content:
    return [
        ("DJJG", agency.name),
        ("DQDM", unit["number"][:6]),
        ("YWH", unit["business_no"]),
        ("BEIZ", note),
        ("QLRXXLIST", holders),
    ]


def _house(unit: sqlite3.Row, holders: list[sqlite3.Row], agency: Agency) -> Content:
    own: Content = [
        ("BDCDYH", unit["number"]),
        ("FDZL", unit["location"]),
        ("JZMJ", unit["area"]),
        ("ZYJZMJ", ""),
        ("FTJZMJ", ""),
        ("GHYT", unit["use"]),
        ("FWXZ", "市场化商品房" if unit["use"] == "成套住宅" else "其它"),
        ("JGSJ", _slashed(unit["completed"])),
        ("TDSYQSSJ", ""),
        ("TDSYJSSJ", _slashed(unit["land_until"])),
        ("BDCQZH", holders[0]["certificate"] if holders else ""),
        ("ZCS", unit["floors"]),
    ]
    people: Content = [("QLRXX", _holder(unit, row, len(holders))) for row in holders]
    return own + _tail(unit, agency, "", people)


def _holder(unit: sqlite3.Row, row: sqlite3.Row, count: int) -> Content:
    return [
        ("BDCDYH", unit["number"]),
        ("SXH", str(row["place"])),
        ("QLRMC", row["name"]),
        ("BDCQZH", row["certificate"]),
        ("SFCZR", "1" if row["place"] == 1 else "0"),
        ("ZJZL", row["id_kind"]),
        ("ZJH", row["id_no"]),
        ("GJ", "156"),
        ("QLRLX", "1" if row["id_kind"] == "1" else "2"),
        ("QLBL", row["share"]),
        ("GYFS", "0" if count == 1 else "2"),
        ("GYQK", "单独所有" if count == 1 else "按份共有"),
        ("YWH", unit["business_no"]),
        ("QSZT", "1"),
        ("BDCLX", "2"),
    ]


def _mortgage(unit: sqlite3.Row, holders: list[sqlite3.Row], agency: Agency) -> Content:
    own: Content = [
        ("BDCDYH", unit["number"]),
        ("DYBDCLX", "2"),
        ("ZL", unit["location"]),
        ("DYR", unit["mortgagor"]),
        ("DYFS", "1"),
        ("BDBZZQSE", yuan(unit["mortgage_fen"])),
        ("ZWLXQSSJ", _slashed(unit["mortgage_from"])),
        ("ZWLXJSSJ", _slashed(unit["mortgage_until"])),
        ("BDCDJZMH", unit["mortgage_cert"]),
        ("DYQR", unit["mortgagee"]),
    ]
    return own + _tail(unit, agency, "", [])


def _seizure(unit: sqlite3.Row, seizure: sqlite3.Row, agency: Agency) -> Content:
    own: Content = [
        ("BDCDYH", unit["number"]),
        ("ZL", unit["location"]),
        ("CFJG", seizure["authority"]),
        ("CFLX", "2" if seizure["state"] == "waiting" else "1"),
        ("CFWH", seizure["doc_no"]),
        ("CFQSSJ", _slashed(seizure["start"])),
        ("CFJSSJ", _slashed(seizure["until"])),
        ("CFYWH", seizure["seizure_no"]),
    ]
    return own + _tail(unit, agency, "", [])


def control_answer(
    head: dict[str, str], agency: Agency, done: list[Registered], now: datetime, *, leaf_base64: bool
) -> str:
    """Result per item."""
    rows: Content = [("KZXX", result_row(row)) for row in done]
    result: Content = [("CXQQDH", head.get("CXQQDH", "")), ("RESULT", "0000"), ("KZXXLIST", rows)]
    return _message([("BDCFKLIST", [("BDCKZJG", result)])], now, leaf_base64)


def result_row(row: Registered) -> Content:
    """What the registry says about one item."""
    return [
        ("BDCQLLX", row.item.get("BDCQLLX", "") or "3"),
        ("BDCDYH", row.item.get("BDCDYH", "")),
        ("BDCQZH", row.item.get("BDCQZH", "")),
        ("KZZT", "1" if row.controlled else "2"),
        ("CSKSRQ", row.start),
        ("CSJSRQ", row.until),
        ("WNKZYY", row.reason),
        ("BEIZ", row.remark),
        ("YWH", row.business_no),
        ("CFYWH", row.seizure_no),
    ]


def receipt_message(
    head: dict[str, str],
    agency: Agency,
    done: list[Registered],
    now: datetime,
    font_paths: list[str],
    *,
    leaf_base64: bool,
) -> str:
    """The receipt document of a control request."""
    number = head.get("CXQQDH", "")
    rows = [
        {
            "action": row.item.get("KZCS", ""),
            "number": row.number,
            "unit": row.item.get("BDCDYH", ""),
            "controlled": row.controlled,
            "period": f"{row.start} 至 {row.until}" if row.controlled else "",
            "reason": row.reason,
            "remark": row.remark,
            "seizure_no": row.seizure_no,
        }
        for row in done
    ]
    pdf = registry_receipt(agency, head, rows, at=stamp(now), font_paths=font_paths)
    document: Content = [
        ("CXQQDH", number),
        ("WJMC", f"协助执行回执_{number}.pdf"),
        ("WJLX", "pdf"),
        ("WSLB", "回执"),
        ("WSNR", base64.b64encode(pdf).decode("ascii")),
    ]
    return _message([("HZXXLIST", [("HZXX", document)])], now, leaf_base64)
