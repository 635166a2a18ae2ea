"""Sentences that banks put where an account number belongs, and what they mean."""

from __future__ import annotations

import re

from zhixing.gateway.domain.canonical import Outcome

NO_ACCOUNT = "查无开户信息"
QUERY_ERROR = "查询异常"
REFUSED = "业务审核未通过"

# Values seen on the wire. No code list exists, so wording is all there is; the first of each outcome is written.
_EXACT = {
    NO_ACCOUNT: Outcome.NOT_FOUND,
    "查无该客户信息": Outcome.NOT_FOUND,
    QUERY_ERROR: Outcome.ERROR,
    "控制类请求处理失败": Outcome.ERROR,
    REFUSED: Outcome.REFUSED,
}
_BEGINNINGS = (
    ("查无", Outcome.NOT_FOUND),
    ("无开户", Outcome.NOT_FOUND),
    ("无法律文书", Outcome.REFUSED),
    ("无证件信息", Outcome.REFUSED),
    ("业务审核", Outcome.REFUSED),
    ("拒绝", Outcome.REFUSED),
)
_WRITTEN = {Outcome.NOT_FOUND: NO_ACCOUNT, Outcome.ERROR: QUERY_ERROR, Outcome.REFUSED: REFUSED}
_CHINESE = re.compile("[\u3400-\u9fff]")
_LONG_NUMBER = re.compile(r"[0-9]{6}")


def outcome_of(text: str) -> Outcome | None:
    """What a sentence means; None when the text is an account number (or empty).

    A text in Chinese without a long run of digits is a sentence; one that nobody knows is an error.
    """
    text = text.strip()
    if found := _EXACT.get(text):
        return found
    if not _CHINESE.search(text) or _LONG_NUMBER.search(text):
        return None
    for beginning, outcome in _BEGINNINGS:
        if text.startswith(beginning):
            return outcome
    return Outcome.ERROR


def sentence_of(outcome: Outcome) -> str:
    """The sentence to write for an outcome other than found. Raises KeyError for found."""
    return _WRITTEN[outcome]
