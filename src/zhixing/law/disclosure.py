"""Disclosure: who learns what, when; and how personal data are shown to whom (PB-01 to PB-14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from zhixing.kernel.masking import mask_account, mask_id, mask_name, mask_phone
from zhixing.law.book import LawBook, book
from zhixing.law.steps import Step, steps_printed
from zhixing.law.terms import deadline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from zhixing.law.schemas import DisclosureKind, MaskRule

KINDS, MASKS = "disclosure.kinds", "disclosure.masking"
Audience = Literal["party", "applicant", "public"]
AUDIENCES: dict[Audience, str] = {"party": "当事人及代理人", "applicant": "申请执行人", "public": "社会公众"}
_METHODS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "surname": mask_name,
    "id_court": mask_id,
    "id_public": lambda text: mask_id(text, public=True),
    "account": mask_account,
    "phone": mask_phone,
    "removed": lambda _: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureAnswer:
    """Whether information goes out now.

    Attributes:
        answer: must, may, must_not, or wait (after the measure is completed).
        due: last day or moment for it, None where no clock runs.
        fields: what may be shown; empty: the information as a whole.
    """

    kind: str
    title: str
    answer: Literal["must", "may", "must_not", "wait"]
    reason: str
    due: date | datetime | None
    fields: tuple[str, ...]
    steps: tuple[Step, ...]
    book_hash: str

    def as_json(self, law_book: LawBook | None = None) -> dict[str, Any]:
        """Plain values."""
        return {
            "kind": self.kind,
            "answer": self.answer,
            "reason": self.reason,
            "due": self.due.isoformat() if self.due else None,
            "fields": list(self.fields),
            "steps": steps_printed(self.steps, law_book or book()),
            "book_hash": self.book_hash,
        }


def disclosure_of(
    kind: str,
    audience: Audience,
    *,
    on: date,
    saved_at: datetime | None = None,
    measure_done: bool = False,
    law_book: LawBook | None = None,
) -> DisclosureAnswer:
    """Whether a kind of information goes to an audience.

    Args:
        kind: code of ``disclosure.kinds``. on: day by whose table it is judged.
        saved_at: moment (aware) at which the node was saved, the document took effect …; starts the clock.
        measure_done: the measure that early disclosure could defeat is completed.

    Raises:
        UnknownRule, NoRuleInForce: no such kind, or not yet.
    """
    law_book = law_book or book()
    row = cast("DisclosureKind", law_book.at(on).row(KINDS, kind))
    # The applicant is a party; what goes to parties goes to him too.
    reached = audience in row.audiences or (audience == "applicant" and "party" in row.audiences)
    answer: Literal["must", "may", "must_not", "wait"] = "must"
    reason = f"{row.title}：应当公开"
    if row.timing == "never":
        answer, reason = "must_not", f"{row.title}：不予公开"
    elif not reached:
        answer, reason = "must_not", f"{row.title}不向{AUDIENCES[audience]}公开"
    elif row.timing == "after_measure" and not measure_done:
        answer, reason = "wait", "提前公开可能妨害措施，待措施实施完毕后公开"
    elif row.timing == "on_request":
        answer = "may" if row.request == "may" else "must"
        reason = f"经申请，{'可以' if answer == 'may' else '应当'}准许查询；{row.detail}"
    due = None
    if answer == "must" and row.term and saved_at:
        found = deadline(saved_at, row.term, law_book)
        due = found.due_moment or found.due
    return DisclosureAnswer(
        kind=kind,
        title=row.title,
        answer=answer,
        reason=reason,
        due=due,
        fields=row.fields if answer in ("must", "may") else (),
        steps=(Step(text=reason, value=str(due or ""), law=row.source),),
        book_hash=law_book.hash,
    )


def shown(
    data: str,
    value: str,
    audience: Literal["court", "party", "public", "document"],
    *,
    on: date,
    law_book: LawBook | None = None,
) -> str:
    """A piece of personal data as the audience may see it; empty when it must be left out.

    Args:
        data: name, id_number, phone, account, address or plate.

    Raises:
        UnknownRule: no rule for this kind of data and audience; nothing is then shown by default.
    """
    row = cast("MaskRule", (law_book or book()).at(on).row(MASKS, f"{data}.{audience}"))
    return _METHODS[row.method](value) if value else ""
