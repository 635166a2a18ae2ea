"""Which acts tell whom, and what a delayed item waits for. PB-04: what is told early could defeat the measure.

Acts whose audience is PARTIES, APPLICANT or PUBLIC are told at once. Acts with audience AFTER_MEASURE are told by the rows
below; one without a row is told at the close of the case. INTERNAL acts are never told (PB-12).
"""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.disclosure.models import ItemAudience, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One delayed act for one audience. reason: why it waits for just that."""

    code: str
    audience: ItemAudience
    release: Release
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Also:
    """A second sentence for the one party whom the act's field `party` names."""

    code: str
    audience: ItemAudience
    text: str


_KNOWS = "反馈未阅前，任何一方知情都可能使财产转移；申请执行人自反馈开启起可以知道查询已经进行"
_DEBTOR = "被执行人知道查询即可能转移财产，须待其后的控制措施办完"
_COMPLETE = "同一裁定的多家单位中有一家未办完，先公开会使其余部分落空；须待全部回执到齐"

RULES = (
    Rule(
        code="inquiry.request", audience=ItemAudience.APPLICANT, release=Release.PACKET_OPENED, reason=_KNOWS
    ),
    Rule(
        code="inquiry.request", audience=ItemAudience.OBLIGOR, release=Release.MEASURES_DONE, reason=_DEBTOR
    ),
    Rule(
        code="inquiry.release", audience=ItemAudience.APPLICANT, release=Release.PACKET_OPENED, reason=_KNOWS
    ),
    Rule(
        code="inquiry.release", audience=ItemAudience.OBLIGOR, release=Release.MEASURES_DONE, reason=_DEBTOR
    ),
    Rule(
        code="control.freeze",
        audience=ItemAudience.PARTIES,
        release=Release.RECEIPTS_COMPLETE,
        reason=_COMPLETE,
    ),
    Rule(
        code="control.seal",
        audience=ItemAudience.PARTIES,
        release=Release.RECEIPTS_COMPLETE,
        reason=_COMPLETE,
    ),
    Rule(
        code="control.transfer",
        audience=ItemAudience.PARTIES,
        release=Release.RECEIPTS_COMPLETE,
        reason=_COMPLETE,
    ),
    Rule(
        code="control.release",
        audience=ItemAudience.PARTIES,
        release=Release.RECEIPTS_COMPLETE,
        reason=_COMPLETE,
    ),
    Rule(
        code="control.receipt",
        audience=ItemAudience.PARTIES,
        release=Release.RECEIPTS_COMPLETE,
        reason=_COMPLETE,
    ),
)
ALSO = (Also(code="inquiry.declare", audience=ItemAudience.OBLIGOR, text="法院已收到您的财产报告。"),)
PACKET_SEALED, PACKET_OPENED, RECEIPT, CLOSE = (
    "inquiry.seal_packet",
    "inquiry.open_packet",
    "control.receipt",
    "cases.close",
)
