"""Money arrives: statement lines are kept, booked to suspense, and claimed for their case where they name it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction

from zhixing.acts.actors import Actor
from zhixing.acts.errors import ActRefused
from zhixing.acts.services import act_record
from zhixing.cases.models import Case
from zhixing.courts.models import Court
from zhixing.funds.domain.balances import transfer
from zhixing.funds.domain.statement import (
    Line,
    case_numbers_in,
    court_key_in,
    lines_read,
    memo_shown,
    request_numbers_in,
)
from zhixing.funds.ledger import court_accounts
from zhixing.funds.models import AccountKind, Entry, Posting, Reason, StatementLine
from zhixing.gateway.models import Agency, Order
from zhixing.kernel.clock import court_date
from zhixing.kernel.errors import Problem
from zhixing.kernel.masking import mask_account, mask_name
from zhixing.platform.crypto import keyring

log = structlog.get_logger()
RULE = "funds.auto_match"


@dataclass(slots=True, kw_only=True)
class StatementResult:
    """accepted: serials that are safely kept, also those known before. claimed: of these, newly claimed for a case."""

    accepted: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def statement_receive(*, agency_code: str, lines: Sequence[Mapping[str, Any]], moment: datetime) -> list[str]:
    """Keep statement lines and claim what names its case. Returns the serials that need not be sent again.

    A line: serial, account (credited), amount (text), payer, payer_account, memo, at. Runs in a system scope.
    """
    return statement_book(agency_code=agency_code, lines=lines, moment=moment).accepted


@transaction.atomic
def statement_book(
    *, agency_code: str, lines: Sequence[Mapping[str, Any]], moment: datetime
) -> StatementResult:
    """As `statement_receive`, with the problems of lines that were not accepted.

    Locks: the bank's statement, so that the same serial sent twice at once is one line. Constant number of
    statements for keeping; one act per claimed line.
    """
    read, problems = lines_read(lines)
    result = StatementResult(problems=problems)
    _lock(agency_code)
    known = dict(
        StatementLine.objects.filter(
            agency_code=agency_code, serial__in=[line.serial for line in read]
        ).values_list("serial", "sha256")
    )
    fresh: dict[str, Line] = {}
    for line in read:
        earlier = fresh[line.serial].sha256 if line.serial in fresh else known.get(line.serial)
        if earlier is None:
            fresh[line.serial] = line
        elif earlier != line.sha256:
            result.problems.append(_changed(line))
            continue
        result.accepted.append(line.serial)
    result.accepted = list(dict.fromkeys(result.accepted))
    cases = _cases_named(list(fresh.values()))
    stored = _store(agency_code, fresh, cases, moment, result)
    _claim(stored, fresh, cases, moment, result)
    log.info(
        "funds.statement",
        agency=agency_code,
        lines=len(lines),
        fresh=len(stored),
        claimed=len(result.claimed),
        problems=len(result.problems),
    )
    return result


def payer_of(line: StatementLine) -> dict[str, str]:
    """Payer's name and account in clear. For comparing and for the pay-out form; the reader journals."""
    return json.loads(keyring().unwrap(bytes(line.payer_sealed), _context(line.agency_code, line.serial)))


def payer_seal(agency_code: str, line: Line) -> bytes:
    """Payer as stored."""
    body = json.dumps({"name": line.payer, "account": line.payer_account}, ensure_ascii=False)
    return keyring().wrap(body.encode(), _context(agency_code, line.serial))


# ── inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class _Named:
    """Cases that lines point at: by fund account, by number, by request number."""

    by_account: dict[str, Case]
    by_number: dict[str, Case]
    by_request: dict[str, Case]

    def of(self, line: Line) -> list[Case]:
        """Cases this line names, each once; two different ones mean that a person must look."""
        found = [self.by_account.get(line.account)]
        found += [self.by_number.get(number) for number in case_numbers_in(line.memo)]
        found += [self.by_request.get(number) for number in request_numbers_in(line.memo)]
        return list({case.pk: case for case in found if case is not None}.values())


def _context(agency_code: str, serial: str) -> bytes:
    return f"{agency_code}:{serial}".encode()


def _lock(agency_code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('funds.statement:' || %s, 0))", [agency_code]
        )


def _changed(line: Line) -> Problem:
    return Problem(
        code="statement.changed",
        field=line.serial,
        sentence=f"流水号 {line.serial} 已经收过，这次内容不同。",
        mend="已收的一行不变；确需更正的，请银行以新流水号冲正。",
    )


def _cases_named(lines: list[Line]) -> _Named:
    accounts = {line.account for line in lines}
    numbers = {number for line in lines for number in case_numbers_in(line.memo)}
    requests = {number for line in lines for number in request_numbers_in(line.memo)}
    orders = (
        dict(Order.objects.filter(request_no__in=requests).values_list("request_no", "case_id"))
        if requests
        else {}
    )
    cases = Case.objects.filter(fund_account__in=accounts) | Case.objects.filter(number__in=numbers)
    found = list((cases | Case.objects.filter(pk__in=set(orders.values()))).distinct())
    by_id = {case.pk: case for case in found}
    return _Named(
        by_account={case.fund_account: case for case in found},
        by_number={case.number: case for case in found},
        by_request={number: by_id[case_id] for number, case_id in orders.items() if case_id in by_id},
    )


def _store(
    agency_code: str, fresh: dict[str, Line], cases: _Named, moment: datetime, result: StatementResult
) -> list[StatementLine]:
    """Write lines and their arrival, bank ↔ suspense of the court whose account it is."""
    courts = _courts_of(agency_code, list(fresh.values()), cases)
    rows = []
    for line in fresh.values():
        court_key = courts.get(line.serial)
        if court_key is None:
            result.accepted.remove(line.serial)
            result.problems.append(
                Problem(
                    code="statement.no_court",
                    field=line.serial,
                    sentence=f"流水号 {line.serial} 的收款账号不属于任何法院。",
                    mend="请核对收款账号，或由管理员登记开户行服务的法院。",
                )
            )
            continue
        rows.append(
            StatementLine(
                agency_code=agency_code,
                serial=line.serial,
                court_key=court_key,
                account=line.account,
                amount=line.amount,
                payer_sealed=payer_seal(agency_code, line),
                payer_masked=_payer_masked(line),
                at=line.at,
                memo_sealed=keyring().wrap(line.memo.encode(), _context(agency_code, line.serial)),
                memo_masked=memo_shown(line.memo),
                received_at=moment,
                sha256=line.sha256,
            )
        )
    stored = StatementLine.objects.bulk_create(rows)
    entries = Entry.objects.bulk_create(
        [
            Entry(
                reason=Reason.ARRIVAL,
                court_key=row.court_key,
                line=row,
                value_on=court_date(row.at),
                at=moment,
            )
            for row in stored
        ]
    )
    accounts = {key: court_accounts(key, moment) for key in {row.court_key for row in stored}}
    Posting.objects.bulk_create(
        [
            Posting(entry=entry, account_id=leg.account_id, court_key=entry.court_key, amount=leg.amount)
            for entry in entries
            for leg in transfer(
                debit=accounts[entry.court_key][AccountKind.BANK],
                credit=accounts[entry.court_key][AccountKind.SUSPENSE],
                amount=entry.line.amount,
            )
        ]
    )
    return stored


def _courts_of(agency_code: str, lines: list[Line], cases: _Named) -> dict[str, int]:
    """Court of each line by serial: the case whose account it is, the court in the account number, the bank's own court."""
    region = Agency.objects.filter(pk=agency_code).values_list("region", flat=True).first()
    told = {line.serial: court_key_in(line.account) for line in lines}
    known = set(
        Court.objects.filter(key__in={key for key in told.values() if key is not None}).values_list(
            "key", flat=True
        )
    )
    found: dict[str, int] = {}
    for line in lines:
        case, key = cases.by_account.get(line.account), told[line.serial]
        if case is not None:
            found[line.serial] = case.court_key
        elif key is not None and key in known:
            found[line.serial] = key
        elif region:
            found[line.serial] = int(region)
    return found


def _claim(
    stored: list[StatementLine],
    fresh: dict[str, Line],
    cases: _Named,
    moment: datetime,
    result: StatementResult,
) -> None:
    """One act per line that names exactly one case of its court; what the act refuses stays in suspense."""
    for row in stored:
        named = cases.of(fresh[row.serial])
        if len(named) != 1 or named[0].court_key != row.court_key:
            continue
        try:
            act_record(
                code="funds.receive",
                actor=Actor.system(RULE, name="系统自动认领"),
                case_id=named[0].pk,
                moment=moment,
                payload={"line": row.pk},
                key=f"funds.receive:{row.pk}",
            )
        except ActRefused:
            continue  # journalled with its problems; the line waits for a person on the suspense page
        result.claimed.append(row.serial)


_ORGANISATION = re.compile(
    r"(公司|企业|工厂|厂|店|社|银行|支行|支队|学校|医院|法院|机构|中心|协会|委员会|政府|局|所|站|部)$"
)


def _payer_masked(line: Line) -> str:
    """Organisations are no natural persons and are shown; of everybody else only the family name stays."""
    name = line.payer if len(line.payer) > 3 and _ORGANISATION.search(line.payer) else mask_name(line.payer)
    account = (
        f"尾号{line.payer_account[-4:]}" if len(line.payer_account) >= 8 else mask_account(line.payer_account)
    )
    return " ".join(part for part in (name, account) if part)[:120]
