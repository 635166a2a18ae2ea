"""What went out, with its bytes: recorded when orders or their papers leave, not for polls that carried nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from zhixing.gateway.models import Agency, Outbound
from zhixing.platform import files


def sent_record(
    agency: Agency, profile: str, operation: str, numbers: Sequence[str], content: bytes, *, moment: datetime
) -> None:
    """Keep the bytes of a message that carries these requests; nothing for a message that carries none.

    In the transaction that marks the orders; the bytes of one that is rolled back are a harmless orphan.
    """
    if not numbers:
        return
    Outbound.objects.create(
        agency=agency,
        profile=profile,
        operation=operation,
        requests=list(numbers),
        sha256=files.put(content),
        size=len(content),
        sent_at=moment,
    )


def sent_once(
    agency: Agency, profile: str, operation: str, numbers: Sequence[str], content: bytes, *, moment: datetime
) -> Outbound | None:
    """As `sent_record`, for a call that may be made again: the same bytes are recorded once. None when it carries nothing.

    Secrets must be taken out of the bytes before.
    """
    if not numbers:
        return None
    sha256 = files.put(content)
    # By the numbers, which are indexed: an agency has very many rows, a request a few.
    known = Outbound.objects.filter(requests__contains=list(numbers), agency=agency, sha256=sha256)
    row = known.filter(operation=operation).first()
    if row is None:
        row = Outbound.objects.create(
            agency=agency,
            profile=profile,
            operation=operation,
            requests=list(numbers),
            sha256=sha256,
            size=len(content),
            sent_at=moment,
        )
    return row


def sent_told(row: Outbound | None, problem: str) -> None:
    """Note why a call did not arrive. ``problem`` names no person."""
    if row is not None:
        row.problem = problem[:300]
        row.save(update_fields=["problem"])
