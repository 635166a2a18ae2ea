"""The main pages, who opens them, and on which rows: the fullest ones of the demo, since those are the slowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from zhixing.platform import scope

MOST_PATHS = 5  # different rows per page, so that no cache of one row flatters the page
JUDGE, CLERK, OFFICER, CHIEF, FUNDS = "zhangwenqing", "wangxiaonan", "dinghongliang", "liuzhenguo", "lvjing"
# The seeding leaves packets unopened for the other judge only.
OTHER = "haojianxin"
OF_CASES = {
    # page: who, path, cases ordered by what fills the page
    "case": (JUDGE, "/cases/{}/", "acts_entry"),
    "case chain": (JUDGE, "/cases/{}/chain/", "acts_entry"),
    "case clues": (CLERK, "/cases/{}/clues/", "cases_identifier"),
    "case act form": (JUDGE, "/cases/{}/act/cases.whereabouts/", "acts_entry"),
    "inquiry menu": (JUDGE, "/cases/{}/inquiry/new/", "cases_identifier"),
    "declaration form": (CLERK, "/cases/{}/declare/", "inquiry_declaration"),
    "measures": (JUDGE, "/cases/{}/measures/", "control_measure"),
    "funds of a case": (FUNDS, "/funds/case/{}/", "funds_entry"),
    "command case": ("lujia", "/command/cases/{}/", "acts_entry"),
}
FIXED = {
    "workbench judge": (JUDGE, "/"),
    "workbench assistant": ("lixiang", "/"),
    "workbench clerk": (CLERK, "/"),
    "workbench chief": (CHIEF, "/"),
    "case list": (CLERK, "/cases/"),
    "filing": (CLERK, "/cases/new/"),
    "inquiry list": (JUDGE, "/inquiry/"),
    "release": (OFFICER, "/release/"),
    "approvals inbox chief": (CHIEF, "/approvals/"),
    "approvals inbox officer": ("sunjie", "/approvals/"),
    "approvals inbox vice president": ("chenlimin", "/approvals/"),
    "approvals inbox president": ("majianping", "/approvals/"),
    "approvals inbox funds": (FUNDS, "/approvals/"),
    "approvals decided": (CHIEF, "/approvals/decided/"),
    "funds list": (FUNDS, "/funds/"),
    "funds suspense": (FUNDS, "/funds/suspense/"),
    "command province": ("lujia", "/command/"),
    "command city": ("gaoyuan", "/command/"),
    "command basic court": ("gaoyuan", "/command/?court=130930"),
    "command live": ("lujia", "/command/live/"),
    "interface guide": (JUDGE, "/api/"),
    "verify": ("", "/verify/"),
    "login": ("", "/login/"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One kind of page. user: login name, empty for a visitor."""

    name: str
    user: str
    paths: tuple[str, ...]


def pages() -> list[Page]:
    """All main pages with addresses of this installation."""
    found = [Page(name=name, user=user, paths=(path,)) for name, (user, path) in FIXED.items()]
    with scope.system("bench.pages"):
        for name, (user, path, table) in OF_CASES.items():
            found.append(_page(name, user, path, _cases(table, user)))
        found += [
            _page("packet sealed", OTHER, "/packets/{}/", _packets("opened_at IS NULL", OTHER)),
            _page("packet result", JUDGE, "/packets/{}/", _packets("opened_at IS NOT NULL", JUDGE)),
            _page("receipt", JUDGE, "/cases/{}/receipts/{}/", _rows(
                "SELECT r.case_id, r.id FROM control_receipt r JOIN cases_case c ON c.id = r.case_id"
                " WHERE c.handler_id = (SELECT s.id FROM courts_staff s JOIN courts_account a ON a.id = s.account_id"
                " WHERE a.username = %s) ORDER BY r.id DESC", JUDGE)),
            _page("approval item", CHIEF, "/approvals/{}/", _rows(
                "SELECT s.draft_id FROM acts_step s JOIN acts_draft d ON d.id = s.draft_id WHERE s.state = 'open'"
                " AND s.role = 'bureau_chief' AND d.court_key = 130930 ORDER BY d.id")),
            _page("case paper", CLERK, "/cases/{}/papers/{}/", _rows(
                "SELECT case_id, id FROM cases_paper WHERE court_key = 130930 AND case_id IS NOT NULL"
                " ORDER BY size DESC, id")),
            _page("search", CLERK, "/search?q={}", _rows(
                "SELECT left(p.name, 2) FROM cases_party p WHERE p.court_key = 130930"
                " GROUP BY 1 ORDER BY count(*) DESC, 1")),
            _page("case list filtered", CLERK, "/cases/?q={}", _rows(
                "SELECT left(p.name, 2) FROM cases_party p WHERE p.court_key = 130930"
                " GROUP BY 1 ORDER BY count(*) DESC, 1")),
            _page("verify result", "", "/verify/{}/", _rows("SELECT code FROM documents_document ORDER BY id DESC")),
            *_portal("applicant0"),
            *_portal("debtor0"),
        ]  # fmt: skip
    return found


def _page(name: str, user: str, path: str, rows: Sequence[Sequence[Any]]) -> Page:
    if not rows:
        raise LookupError(f"The demo holds nothing for the page {name!r}.")
    return Page(name=name, user=user, paths=tuple(path.format(*row) for row in rows))


def _rows(query: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{query} LIMIT {MOST_PATHS}", values)
        return cursor.fetchall()


def _cases(table: str, user: str) -> list[tuple[Any, ...]]:
    """Cases of the home court with most rows in a table; a judge's own."""
    own = "c.handler_id = (SELECT s.id FROM courts_staff s JOIN courts_account a ON a.id = s.account_id"
    mine = f" AND {own} WHERE a.username = '{user}')" if user == JUDGE else ""
    return _rows(
        f"SELECT c.id FROM cases_case c JOIN {table} t ON t.case_id = c.id WHERE c.court_key = 130930{mine}"
        " GROUP BY c.id ORDER BY count(*) DESC, c.id"
    )


def _packets(state: str, judge: str) -> list[tuple[Any, ...]]:
    return _rows(
        "SELECT p.id FROM inquiry_packet p JOIN courts_staff s ON s.id = p.judge_id JOIN courts_account a"
        " ON a.id = s.account_id LEFT JOIN inquiry_finding f ON f.packet_id = p.id"
        f" WHERE {state} AND a.username = %s GROUP BY p.id ORDER BY count(f.id) DESC, p.id",
        judge,
    )


def _portal(user: str) -> list[Page]:
    rows = _rows(
        "SELECT x.case_id FROM cases_party_access x JOIN courts_account a ON a.id = x.account_id WHERE a.username = %s",
        user,
    )
    ways = {"now": "/party/{}/", "money": "/party/{}/money/", "do": "/party/{}/do/"}
    if user.startswith("debtor"):
        ways["declare"] = "/party/{}/declare/"
    return [_page(f"portal {user[:-1]} {name}", user, path, rows) for name, path in ways.items()]
