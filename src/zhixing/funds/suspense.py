"""Money that nobody has claimed yet, with the cases it may belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from zhixing.cases.models import Case, CaseState, Party, PartyRole
from zhixing.funds.domain.statement import case_numbers_in
from zhixing.funds.models import Entry, StatementLine
from zhixing.funds.selectors import CLAIMS
from zhixing.funds.statements import payer_of
from zhixing.kernel.clock import court_date
from zhixing.law.terms import deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case that the money may belong to, and why the machine thinks so."""

    case_id: int
    number: str
    parties: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One unclaimed line. due: last day of the claim term."""

    line: StatementLine
    due: date
    tier: str
    candidates: tuple[Candidate, ...]


def lines_unclaimed(*, court_key: int) -> QuerySet[StatementLine]:
    """Lines of a court without a standing claim, oldest first."""
    claimed = Entry.objects.filter(line=OuterRef("pk"), reason__in=CLAIMS, reversed_by=None)
    return StatementLine.objects.filter(~Exists(claimed), court_key=court_key).order_by("at", "id")


def waiting_of(lines: Sequence[StatementLine]) -> list[Waiting]:
    """Lines with their term and candidates: same payer as an obligor of an open case, or a number in the memo.

    Two statements for any number of lines. Names are compared here and never shown in clear.
    """
    names = {line.pk: payer_of(line)["name"] for line in lines}
    numbers = {line.pk: case_numbers_in(line.memo_masked) for line in lines}
    keys = {line.court_key for line in lines}
    parties = (
        Party.objects.filter(
            name__in={n for n in names.values() if n},
            court_key__in=keys,
            case__state=CaseState.OPEN,
            role=PartyRole.OBLIGOR,
        )
        .select_related("case")
        .order_by("-case_id")
    )
    by_name: dict[str, list[Case]] = defaultdict(list)
    for party in parties:
        by_name[party.name].append(party.case)
    by_number = {
        case.number: case
        for case in Case.objects.filter(
            number__in={n for found in numbers.values() for n in found}, court_key__in=keys
        )
    }
    return [
        _waiting(line, by_name[names[line.pk]], [by_number[n] for n in numbers[line.pk] if n in by_number])
        for line in lines
    ]


def _waiting(line: StatementLine, same_payer: list[Case], named: list[Case]) -> Waiting:
    why: dict[int, tuple[Case, list[str]]] = {}
    for cases, words in ((named, "附言写明案号"), (same_payer, "付款人与被执行人同名")):
        for case in cases:
            why.setdefault(case.pk, (case, []))[1].append(words)
    term = deadline(court_date(line.at), "funds.match")
    return Waiting(
        line=line,
        due=term.due,
        tier=term.tier,
        candidates=tuple(
            Candidate(
                case_id=case.pk,
                number=case.number,
                parties=case.parties_text,
                why="，".join(dict.fromkeys(words)),
            )
            for case, words in list(why.values())[:5]
        ),
    )
