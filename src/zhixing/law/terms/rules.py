"""Which periods there are: for the select of a form, and to find one by the names the rulebooks give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhixing.law.book import LawBook, book
from zhixing.law.schemas import Term

if TYPE_CHECKING:
    from datetime import date

UNIT_WORDS = {"days": "日", "working_days": "个工作日", "hours": "小时", "months": "个月", "years": "年"}
# Headings of the select; a code belongs to the first group that names its head.
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("立案与通知", ("docket", "handler", "notice", "service", "declaration", "clue")),
    ("调查与查控", ("inquiry", "bank", "control", "investigation", "audit", "reward", "requery")),
    ("控制与处分权", ("renewal", "equity", "receivable", "first_seal", "preservation", "home")),
    ("威慑措施", ("summons", "list", "grace", "consumption", "detention", "sanction", "exitban", "police")),
    ("财产处置", ("price", "sale", "auction", "deal")),
    ("案款与分配", ("funds", "plan", "bankruptcy")),
    ("执行期限", ("case", "idle", "entrust", "limitation")),
    ("异议、复议与诉讼", ("objection", "reconsider", "outsider", "jurisdiction", "parties", "award", "notarised",
                  "revocation")),
    ("结案与监督", ("termination", "resume", "closed", "archive", "publish", "disclose", "petition", "supervise",
               "prosecutor", "superior", "cross", "assist")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChoice:
    """One period for a select.

    Attributes:
        code: what `deadline` takes. title: its name. length: such as 10日, 6个月, 按文书.
        runs_from: the event it starts with (or ends before).
        unit: days, working_days, hours, months, years. needs_amount: the length must be given.
        is_setting: our default or a local practice, which the court confirms.
    """

    code: str
    title: str
    length: str
    runs_from: str
    unit: str
    tier: str
    before: bool
    needs_amount: bool
    is_setting: bool
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermGroup:
    """A heading of the select with its periods in the order of the table."""

    title: str
    choices: tuple[TermChoice, ...]


def terms_listed(on: date, law_book: LawBook | None = None) -> tuple[TermChoice, ...]:
    """All periods in force on a day, in the order of the table."""
    return tuple(_choice(row) for row in (law_book or book()).at(on).rows("terms", Term))


def term_groups(on: date, law_book: LawBook | None = None) -> tuple[TermGroup, ...]:
    """The same under headings; empty headings are left out."""
    listed = terms_listed(on, law_book)
    groups: list[TermGroup] = []
    named: set[str] = set()
    for title, heads in _GROUPS:
        chosen = tuple(choice for choice in listed if choice.code.partition(".")[0] in heads)
        named.update(choice.code for choice in chosen)
        if chosen:
            groups.append(TermGroup(title=title, choices=chosen))
    rest = tuple(choice for choice in listed if choice.code not in named)
    return (*groups, TermGroup(title="其他", choices=rest)) if rest else tuple(groups)


def term_codes(rule: str, on: date, law_book: LawBook | None = None) -> tuple[str, ...]:
    """Codes of the periods that a name means: a code itself, a clock key (notice_issue) or a rule id (PT-31).

    Several for a rule that names several periods; empty when nobody knows the name.
    """
    rows = (law_book or book()).at(on).rows("terms", Term)
    wanted = rule.strip()
    if any(row.code == wanted for row in rows):
        return (wanted,)
    return tuple(row.code for row in rows if wanted in row.rules or f"clock:{wanted}" in row.rules)


def term_length(row: Term) -> str:
    """The length of a period as people read it: 10日, 6个月, 立即, 按文书."""
    if row.amount is None:
        return "按文书"
    return f"{row.amount}{UNIT_WORDS[row.unit]}" if row.amount else "立即"


def _choice(row: Term) -> TermChoice:
    return TermChoice(
        code=row.code,
        title=row.title,
        length=term_length(row),
        runs_from=row.runs_from,
        unit=row.unit,
        tier=row.tier,
        before=row.direction == "before",
        needs_amount=row.amount is None,
        is_setting=row.status == "default",
        law=row.source,
    )
