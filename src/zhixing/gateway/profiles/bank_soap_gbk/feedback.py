"""Bank answers: rows of accounts to results per request and back, and the other answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from lxml import etree

from zhixing.gateway.domain.assets import Asset, AssetKind, Deposit
from zhixing.gateway.domain.canonical import InquiryResult, Outcome
from zhixing.gateway.domain.messages import (
    AccountTransactions,
    ControlFeedback,
    InquiryFeedback,
    TransactionFeedback,
)
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.domain.values import When
from zhixing.gateway.profiles.bank_soap_gbk.feedback_tables import (
    KZXX,
    ZHXX,
    AccountList,
    AccountRow,
    TransactionRow,
    TransactionRows,
)
from zhixing.gateway.profiles.bank_soap_gbk.sentinels import outcome_of, sentence_of
from zhixing.gateway.profiles.context import Reading, Writing
from zhixing.gateway.profiles.layers import Layer
from zhixing.gateway.profiles.records import value_at
from zhixing.gateway.profiles.safe_xml import local_name
from zhixing.gateway.profiles.styles import ATTRIBUTES

# What a row of a sentence may hold besides; everything else goes to ext under its wire name.
_SENTENCE_FIELDS = {"BDHM", "KHZH", "FKSJ", "BEIZ"}
_PLAIN = Layer(charset="utf-8", is_base64=False)


def results_of(accounts: AccountList, reading: Reading) -> InquiryFeedback:
    """Rows to results: one per request for its accounts, one per sentence, in the order of their first row."""
    results: list[InquiryResult | str] = []
    found: dict[str, list[AccountRow]] = {}
    for row in accounts.rows:
        outcome = outcome_of(_deposit(row).account_no)
        if outcome is not None and not _has_children(row.asset):
            results.append(_sentence_result(row, outcome, reading))
        else:
            if row.request_no not in found:
                results.append(row.request_no)
            found.setdefault(row.request_no, []).append(row)
    made = tuple(_found_result(found[item]) if isinstance(item, str) else item for item in results)
    _report_mixed(made, found, reading)
    return InquiryFeedback(results=made, ext=accounts.ext)


def _found_result(rows: list[AccountRow]) -> InquiryResult:
    first = rows[0]

    def asset_of(row: AccountRow) -> Asset:
        reported_at = None if row.responded_at == first.responded_at else row.responded_at or When()
        return replace(row.asset, ext=row.ext, reported_at=reported_at)

    return InquiryResult(
        request_no=first.request_no,
        responded_at=first.responded_at,
        assets=tuple(asset_of(row) for row in rows),
    )


def _sentence_result(row: AccountRow, outcome: Outcome, reading: Reading) -> InquiryResult:
    ext = dict(row.ext)
    plain = Writing(
        layer=_PLAIN, dialect=reading.dialect, style=ATTRIBUTES, date_separator="-", can_escape=False
    )
    for item in ZHXX.fields:
        value = value_at(row, item.path)
        if item.code in _SENTENCE_FIELDS or value is None or value == item.converter.empty:
            continue
        if item.code != "CCXH" or value != "1":
            ext[item.code] = item.converter.write(value, item.code, plain)
    return InquiryResult(
        request_no=row.request_no,
        outcome=outcome,
        outcome_text=_deposit(row).account_no,
        note=row.asset.remark,
        responded_at=row.responded_at,
        ext=ext,
    )


def _report_mixed(
    results: tuple[InquiryResult, ...], found: dict[str, list[AccountRow]], reading: Reading
) -> None:
    for result in results:
        if result.outcome is not Outcome.FOUND and result.request_no in found:
            reading.add(
                WireProblem(
                    code="mixed_outcome",
                    where="zhxxList",
                    came="同一请求单号既有账户又有“未查到或出错”的记录",
                    expected="每个请求单号只有一种结果",
                    mend="核实该请求单号的查询结果",
                    level="warning",
                )
            )
            return


def rows_of(feedback: InquiryFeedback, writing: Writing) -> AccountList:
    """Results to rows; the sentence of an outcome stands where an account number belongs."""
    rows = [row for result in feedback.results for row in _rows_of_result(result, writing)]
    return AccountList(rows=tuple(rows), ext=feedback.ext)


def _rows_of_result(result: InquiryResult, writing: Writing) -> Iterator[AccountRow]:
    if result.outcome is not Outcome.FOUND:
        detail = Deposit(account_no=result.outcome_text or sentence_of(result.outcome))
        yield AccountRow(
            request_no=result.request_no,
            responded_at=result.responded_at,
            asset=Asset(seq="1", detail=detail, remark=result.note),
            ext=result.ext,
        )
        return
    if not result.assets:
        writing.add(_cannot_say("没有账户的“查到”结果", "至少一个账户，或改为“查无开户信息”"))
    for asset in result.assets:
        if asset.kind is not AssetKind.DEPOSIT or not isinstance(asset.detail, Deposit):
            writing.add(_cannot_say(f"种类为 {asset.kind} 的财产", "账户（金融资产列在所属账户之下）"))
            continue
        responded_at = result.responded_at if asset.reported_at is None else asset.reported_at
        yield AccountRow(request_no=result.request_no, responded_at=responded_at, asset=asset, ext=asset.ext)


def _cannot_say(came: str, expected: str) -> WireProblem:
    return WireProblem(code="cannot_say", where="zhxxList", came=came, expected=expected, mend="改正查询结果")


def _deposit(row: AccountRow) -> Deposit:
    return row.asset.detail if isinstance(row.asset.detail, Deposit) else Deposit()


def _has_children(asset: Asset) -> bool:
    return bool(
        asset.holdings or asset.measures or asset.transactions or asset.priority_rights or asset.sub_accounts
    )


def entries_of(rows: TransactionRows) -> TransactionFeedback:
    """Rows of one account that stand together become one entry."""
    entries = tuple(
        AccountTransactions(
            request_no=number,
            asset_seq=seq,
            account_no=account,
            transactions=tuple(replace(row.transaction, ext=row.ext) for row in group),
        )
        for (number, seq, account), group in groupby(
            rows.rows, key=lambda row: (row.request_no, row.asset_seq, row.account_no)
        )
    )
    return TransactionFeedback(entries=entries, ext=rows.ext)


def transaction_rows_of(feedback: TransactionFeedback) -> TransactionRows:
    """Entries to rows, each with the keys of its account."""
    return TransactionRows(
        rows=tuple(
            TransactionRow(
                request_no=entry.request_no,
                asset_seq=entry.asset_seq,
                account_no=entry.account_no,
                transaction=transaction,
                ext=transaction.ext,
            )
            for entry in feedback.entries
            for transaction in entry.transactions
        ),
        ext=feedback.ext,
    )


def gather_receipts(root: etree._Element) -> None:
    """Bring receipts that a client put inside a row to the list itself, with the row's request number."""
    for row in root.iter(KZXX.name):
        number = row.get("BDHM")
        for container in [part for part in row if local_name(part).lower() == "hzxxlist"]:
            for receipt in container:
                if number and not receipt.get("BDHM"):
                    receipt.set("BDHM", number)
            root.append(container)


def is_empty(body: object) -> bool:
    """Whether a feedback says nothing at all, which even “nothing found” must not."""
    match body:
        case InquiryFeedback():
            return not body.results
        case TransactionFeedback():
            return not body.entries
        case ControlFeedback():
            return not body.results and not body.receipts
    return not getattr(body, "rollbacks", True)
