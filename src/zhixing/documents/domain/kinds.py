"""The list of document kinds, and building one of them from plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from zhixing.documents.domain import closing, control, evasion, exhaustion, inquiry, institutions, opening
from zhixing.documents.domain.problems import ContentRefused, UnknownKind, content_problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhixing.documents.domain.paper import Paper

KINDS: dict[str, type[Paper]] = {
    kind.code: kind
    for kind in (
        opening.AcceptanceNotice,
        opening.EnforcementNotice,
        opening.DeclarationOrder,
        inquiry.InquiryApproval,
        inquiry.InquiryRuling,
        inquiry.DepositInquiryNotice,
        inquiry.RealtyInquiryNotice,
        inquiry.PropertyInquiryNotice,
        control.FreezeRuling,
        control.FreezeNotice,
        control.RenewFreezeRuling,
        control.RenewFreezeNotice,
        control.ReleaseFreezeRuling,
        control.ReleaseFreezeNotice,
        control.DeductRuling,
        control.DeductNotice,
        control.SealRuling,
        control.SealNotice,
        control.FreezeAdvice,
        closing.ComparisonTable,
        exhaustion.ExhaustionList,
        evasion.EvasionLeads,
        closing.PayoutForm,
        closing.ClosingNotice,
        closing.ArchiveIndex,
        institutions.InstitutionLetter,
        institutions.AnswerReminder,
    )
}
"""All kinds by code, in the order of a case's road."""


def kind_of(code: str) -> type[Paper]:
    """The kind with this code.

    Raises: UnknownKind.
    """
    try:
        return KINDS[code]
    except KeyError:
        raise UnknownKind(code, tuple(KINDS)) from None


def paper_build(code: str, content: Mapping[str, Any]) -> Paper:
    """A checked paper of this kind, from values or from a stored `model_dump(mode="json")`.

    Raises: UnknownKind; ContentRefused with every problem at once.
    """
    kind = kind_of(code)
    try:
        return kind.model_validate(dict(content))
    except ValidationError as refusal:
        raise ContentRefused(kind.label, content_problems(kind, refusal)) from refusal
