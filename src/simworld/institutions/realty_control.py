"""What the registry does with a seizure order: lock the unit, accept the case, enter the seizure, unlock."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from simworld.institutions.books import insert
from simworld.institutions.clock import days_between, end_of, stamp, start_of
from simworld.institutions.realty_books import live_seizures, settle, units_of


class NotControlledError(Exception):
    """The measure cannot be registered; the text is the registry's reason."""


@dataclass(slots=True, kw_only=True)
class Registered:
    """What happened to one item. Days as the registry writes them: yyyy/MM/dd."""

    item: dict[str, str]
    number: str
    controlled: bool = False
    reason: str = ""
    remark: str = ""
    start: str = ""
    until: str = ""
    business_no: str = ""
    seizure_no: str = ""


def execute(
    db: sqlite3.Connection, head: dict[str, str], item: dict[str, str], number: str, now: datetime
) -> Registered:
    """Register one item inside the caller's transaction and enter it into `orders`."""
    done = Registered(item=item, number=number)
    unit = item.get("BDCDYH", "")
    try:
        _check_unit(db, head, unit)
        _lock(db, unit, head.get("CXQQDH", ""))
        settle(db, unit, now)
        done.business_no = f"SL{stamp(now)[:10].replace('-', '')}{_next(db):05d}"
        measure = {"11": _seize, "12": _renew, "14": _release}.get(item.get("KZCS", ""))
        if measure is None:
            raise NotControlledError(
                f"控制措施代码“{item.get('KZCS', '')}”不能线上办理，可办 11、12、14，请到登记窗口办理"
            )
        measure(db, head, item, done, now)
        done.controlled = True
        settle(db, unit, now)
    except NotControlledError as refusal:
        done.reason = str(refusal)
    _unlock(db, unit, head.get("CXQQDH", ""))
    insert(
        db,
        "orders",
        request_no=head.get("CXQQDH", ""),
        item=number,
        action=item.get("KZCS", ""),
        amount="",
        at=stamp(now),
        target=unit,
        controlled=int(done.controlled),
        reason=done.reason,
    )
    return done


def reject(
    db: sqlite3.Connection, head: dict[str, str], done: list[Registered], now: datetime
) -> list[Registered]:
    """A clerk rejects an accepted seizure: it is taken out of the register and the reason goes to the court."""
    corrected = []
    for row in done:
        if not row.controlled or row.item.get("KZCS") != "11":
            corrected.append(row)
            continue
        reason = "经审核，裁定书所载坐落与登记簿记载不一致，予以退回"
        db.execute("update seizures set state = 'rejected' where seizure_no = ?", (row.seizure_no,))
        db.execute(
            "update orders set controlled = 0, reason = ? where request_no = ? and item = ?",
            (reason, head.get("CXQQDH", ""), row.number),
        )
        settle(db, row.item.get("BDCDYH", ""), now)
        corrected.append(
            Registered(item=row.item, number=row.number, reason=reason, business_no=row.business_no)
        )
    return corrected


def _next(db: sqlite3.Connection) -> int:
    return db.execute("select count(*) + 1 from orders").fetchone()[0]


def _check_unit(db: sqlite3.Connection, head: dict[str, str], unit: str) -> None:
    if not unit:
        raise NotControlledError("控制请求未载明不动产单元号")
    if db.execute("select 1 from units where number = ?", (unit,)).fetchone() is None:
        raise NotControlledError("登记簿中查无此不动产单元号")
    if unit not in units_of(db, head.get("XM", ""), head.get("ZJH", ""), head.get("ZJZL", "")):
        raise NotControlledError("登记权利人与被执行人不一致，不予办理")


def _lock(db: sqlite3.Connection, unit: str, request_no: str) -> None:
    """No other registration may touch the unit while this one is entered."""
    changed = db.execute(
        "update units set locked_by = ? where number = ? and locked_by in ('', ?)",
        (request_no, unit, request_no),
    )
    if not changed.rowcount:
        raise NotControlledError("该单元正在办理其他登记业务，已锁定，请稍后重新发送")


def _unlock(db: sqlite3.Connection, unit: str, request_no: str) -> None:
    db.execute("update units set locked_by = '' where number = ? and locked_by = ?", (unit, request_no))


def _seize(db, head, item, done: Registered, now: datetime) -> None:
    """11: seize; behind an earlier seizure it waits."""
    start, until = start_of(item.get("KSRQ", ""), now), end_of(item.get("JSRQ", ""))
    if not until or until <= stamp(now):
        raise NotControlledError(f"查封截止日期为“{item.get('JSRQ', '')}”，应为今天以后的日期")
    earlier = live_seizures(db, item["BDCDYH"])
    done.seizure_no = done.business_no.replace("SL", "CF")
    insert(
        db,
        "seizures",
        unit=item["BDCDYH"],
        authority=head.get("FYMC", ""),
        case_no=head.get("AH", ""),
        doc_no=item.get("CKWH", ""),
        request_no=head.get("CXQQDH", ""),
        item=done.number,
        seizure_no=done.seizure_no,
        start=start,
        until=until,
        days=days_between(start, until),
        state="waiting" if earlier else "effective",
        at=stamp(now),
    )
    done.start, done.until = _day(start), _day(until)
    if earlier:
        names = "、".join(f"{row['authority']}{row['doc_no']}" for row in earlier)
        done.remark = f"轮候查封，第{len(earlier) + 1}顺位；在先查封：{names}"


def _renew(db, head, item, done: Registered, now: datetime) -> None:
    """12: a later end; the rank stays."""
    seizure = _original(db, item)
    until = end_of(item.get("JSRQ", ""))
    if not until or until <= seizure["until"]:
        raise NotControlledError(
            f"续封截止日期“{item.get('JSRQ', '')}”不晚于原截止日期“{_day(seizure['until'])}”"
        )
    db.execute("update seizures set until = ? where id = ?", (until, seizure["id"]))
    done.start, done.until, done.seizure_no = _day(seizure["start"]), _day(until), seizure["seizure_no"]
    done.remark = "继续查封，顺位不变"


def _release(db, head, item, done: Registered, now: datetime) -> None:
    """14: take the seizure out; the next waiting one moves up."""
    seizure = _original(db, item)
    db.execute("update seizures set state = 'lifted' where id = ?", (seizure["id"],))
    done.start, done.until = _day(seizure["start"]), _day(stamp(now))
    done.seizure_no, done.remark = seizure["seizure_no"], "已解除查封"


def _original(db, item: dict[str, str]) -> sqlite3.Row:
    """The earlier seizure, by its own business number, else by the original request number."""
    for row in live_seizures(db, item["BDCDYH"]):
        if item.get("YCFYWH") and row["seizure_no"] == item["YCFYWH"]:
            return row
        if not item.get("YCFYWH") and item.get("YDJDH") and row["request_no"] == item["YDJDH"]:
            return row
    raise NotControlledError("未找到对应的原查封登记，请核对原查封业务号；原查封可能已到期失效")


def _day(text: str) -> str:
    return text[:10].replace("-", "/")
