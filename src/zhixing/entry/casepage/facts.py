"""How far a case has come, read once for the whole page."""

from __future__ import annotations

from dataclasses import dataclass

from zhixing.acts.models import Draft, DraftState
from zhixing.cases.claims import Claim, outstanding_of
from zhixing.cases.models import Case, ClueState, Identifier, Node
from zhixing.cases.page import Viewer
from zhixing.control.models import Measure
from zhixing.funds.domain.balances import CaseEquation
from zhixing.funds.selectors import case_equation
from zhixing.inquiry.models import Declaration, Finding, Packet, Request, RequestState, Screen
from zhixing.inquiry.slices import Slice, slices_of
from zhixing.kernel.clock import now
from zhixing.law.errors import NoRuleInForce


@dataclass(slots=True, kw_only=True)
class Facts:
    """Rows of the case that decide what comes next. claim: None when no rule of law covers its dates.

    proposed: clues to decide; doubtful: those whose check failed.
    pending: codes of acts that wait for approval. packets: newest first. nodes: open ones by code.
    has_found: the opened answers hold property; taken for granted for whoever may not see them.
    slices: agencies of the newest inquiry that is out; empty while none is.
    """

    case: Case
    viewer: Viewer
    proposed: int
    doubtful: int
    pending: list[str]
    requests: list[Request]
    packets: list[Packet]
    declared: set[int]
    measures: list[Measure]
    equation: CaseEquation
    claim: Claim | None
    nodes: dict[str, Node]
    has_found: bool
    slices: list[Slice]

    @property
    def open_packet(self) -> Packet | None:
        """The oldest packet that the judge has not opened."""
        return next((packet for packet in reversed(self.packets) if packet.opened_at is None), None)


def facts_of(case: Case, viewer: Viewer) -> Facts:
    """Read everything. A constant number of statements."""
    try:
        claim = outstanding_of(case, case.closed_on or viewer.today)
    except NoRuleInForce:
        claim = None
    nodes = Node.objects.filter(case=case, closed_on=None).order_by("-due_on")
    requests = list(Request.objects.filter(case=case).order_by("-approved_at"))
    out = next((row for row in requests if row.state != RequestState.APPROVED), None)
    clues = Identifier.objects.filter(case=case, state=ClueState.PROPOSED).exclude(party=None)
    return Facts(
        case=case,
        viewer=viewer,
        claim=claim,
        nodes={node.code: node for node in nodes},
        proposed=clues.exclude(check_ok=False).count(),
        doubtful=clues.filter(check_ok=False).count(),
        pending=list(
            Draft.objects.filter(case_id=case.pk, state=DraftState.PENDING).values_list("code", flat=True)
        ),
        requests=requests,
        slices=slices_of([out.pk], moment=now()).get(out.pk, []) if out is not None else [],
        packets=list(Packet.objects.filter(case=case).order_by("-no")),
        declared=set(Declaration.objects.filter(case=case).values_list("party_id", flat=True)),
        measures=list(Measure.objects.filter(case=case).select_related("party").order_by("ordered_at", "pk")),
        equation=case_equation(case.pk),
        has_found=not viewer.is_judge or _found(case),
    )


def _found(case: Case) -> bool:
    """Whether the judge's opened packets hold anything of this debtor."""
    rows = Finding.objects.filter(case_id=case.pk, screen=Screen.OWN, is_current=True, is_opened=True)
    return rows.exists()
