"""Reading the fund bank's statement: lines from loose values, and what their memo points at."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from zhixing.kernel.clock import parse_moment
from zhixing.kernel.errors import InvalidInput, Problem
from zhixing.kernel.money import money
from zhixing.kernel.text import normalise

_FIELDS = ("serial", "account", "amount", "payer", "payer_account", "memo", "at")
_NEEDED = ("serial", "account", "amount", "at")
_NAMES = {
    "serial": "流水号",
    "account": "收款账号",
    "amount": "金额",
    "payer": "付款人",
    "payer_account": "付款账号",
    "memo": "附言",
    "at": "入账时间",
}
_LIMITS = {
    "serial": 40,
    "account": 40,
    "payer": 120,
    "payer_account": 40,
    "memo": 500,
    "at": 40,
    "amount": 30,
}
# Brackets of any width, optional spaces: payers write case numbers by hand.
_CASE_NUMBER = re.compile(
    r"[(\[【〔]?\s*(\d{4})\s*[)\]】〕]?\s*([\u4e00-\u9fff]\d{2,4}|最高法)\s*([\u4e00-\u9fff]{1,4})\s*(\d{1,6})\s*号"
)
# Day, division, sequence: 20 digits with nothing numeric around them.
_REQUEST_NUMBER = re.compile(r"(?<!\d)(20\d{18})(?!\d)")

# Numbers of a court's special account and of the cases under it, as cases.services.fund_account makes them.
_COURT_ACCOUNT = re.compile(r"6230(\d{6})\d{6,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as read. account: the account credited, without spaces. sha256: of the line as it came."""

    serial: str
    account: str
    amount: Decimal
    payer: str
    payer_account: str
    memo: str
    at: datetime
    sha256: str


def lines_read(raw: Sequence[Mapping[str, Any]]) -> tuple[list[Line], list[Problem]]:
    """Lines that can be read, in the order given, and every problem of the others (field = the line's serial)."""
    lines, problems = [], []
    for no, item in enumerate(raw, start=1):
        line, found = _line_read(no, item)
        problems += found
        if line is not None:
            lines.append(line)
    return lines, problems


def _line_read(no: int, item: Mapping[str, Any]) -> tuple[Line | None, list[Problem]]:
    serial = str(item.get("serial") or "").strip()
    where = f"第 {no} 行（流水号 {serial[:40]}）" if serial else f"第 {no} 行"
    problems = [
        _problem(serial, f"{where}没有{_NAMES[name]}。", "请补齐后重发这一行。")
        for name in _NEEDED
        if str(item.get(name) or "").strip() == ""
    ]
    problems += [
        _problem(serial, f"{where}的{_NAMES[name]}超过 {limit} 字。", "请缩短后重发这一行。")
        for name, limit in _LIMITS.items()
        if len(str(item.get(name) or "")) > limit
    ]
    amount, at = _amount(item, where, serial, problems), _at(item, where, serial, problems)
    if problems or amount is None or at is None:
        return None, problems
    text = {name: normalise(str(item.get(name) or "")) for name in ("payer", "payer_account", "memo")}
    return Line(
        serial=serial,
        account=_digits(str(item["account"])),
        amount=amount,
        at=at,
        sha256=line_digest(item),
        **text,
    ), []


def line_digest(item: Mapping[str, Any]) -> str:
    """sha256 over the canonical JSON of the line as it came, known fields only."""
    body = {name: str(item.get(name) or "") for name in _FIELDS}
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def case_numbers_in(text: str) -> list[str]:
    """Case numbers a memo names, in their official form with full-width brackets, each once, in order."""
    found = [
        f"（{year}）{court}{kind}{int(serial)}号"
        for year, court, kind, serial in _CASE_NUMBER.findall(normalise(text))
    ]
    return list(dict.fromkeys(found))


def request_numbers_in(text: str) -> list[str]:
    """Request numbers (20 digits) a memo names, each once, in order."""
    return list(dict.fromkeys(_REQUEST_NUMBER.findall(normalise(text))))


def court_key_in(account: str) -> int | None:
    """Key of the court whose special account a number belongs to: the six digits behind the bank's 6230."""
    match = _COURT_ACCOUNT.match(account)
    return int(match[1]) if match else None


def memo_shown(text: str) -> str:
    """What of a memo may be shown without opening it: the numbers of cases and requests, never free text."""
    return " ".join([*case_numbers_in(text), *request_numbers_in(text)])[:120]


def _amount(item: Mapping[str, Any], where: str, serial: str, problems: list[Problem]) -> Decimal | None:
    value = item.get("amount")
    if value in (None, ""):
        return None
    if isinstance(value, float):
        problems.append(_problem(serial, f"{where}的金额是浮点数。", '请以文字给出金额，如 "1234.50"。'))
        return None
    try:
        amount = money(value)
    except (InvalidInput, TypeError):
        problems.append(
            _problem(serial, f"{where}的金额“{str(value)[:30]}”不是金额。", "请写成 1234.50，最多两位小数。")
        )
        return None
    if amount <= 0:
        problems.append(
            _problem(serial, f"{where}的金额 {amount} 不大于零。", "本接口只收进账流水，支出和冲正请走对账。")
        )
        return None
    return amount


def _at(item: Mapping[str, Any], where: str, serial: str, problems: list[Problem]) -> datetime | None:
    value = item.get("at")
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, datetime) and value.tzinfo else parse_moment(str(value))
    except ValueError:
        problems.append(
            _problem(
                serial,
                f"{where}的入账时间“{str(value)[:30]}”无法识别。",
                "请写成 2026-03-04T10:14:00+08:00。",
            )
        )
        return None


def _digits(account: str) -> str:
    return re.sub(r"[\s-]", "", normalise(account))


def _problem(serial: str, sentence: str, mend: str) -> Problem:
    return Problem(code="statement.line", sentence=sentence, mend=mend, field=serial or None)
