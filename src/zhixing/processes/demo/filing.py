"""File one demo case by the same services and acts that the pages use."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from zhixing.acts.actors import Actor
from zhixing.acts.models import Draft
from zhixing.acts.services import act_submit
from zhixing.cases.intake import filing_clues, paper_receive
from zhixing.cases.models import Case
from zhixing.cases.services import filing_open
from zhixing.courts.models import Staff
from zhixing.kernel.clock import court_date
from zhixing.processes.demo.materials import Material


def case_file(
    material: Material, *, clerk: Staff, actor: Actor, moment: datetime, key: str, with_papers: bool
) -> Case:
    """Papers in, extraction, docketing. Returns the new case."""
    filing = filing_open(staff=clerk, moment=moment)
    names = list(material.texts) if with_papers else list(material.texts)[:1]
    for name in names:
        paper_receive(
            content=material.texts[name].encode(),
            filename=f"{name}.txt",
            filing=filing,
            uploaded_by=clerk.name,
            moment=moment,
        )
    draft = act_submit(
        code="cases.docket",
        actor=actor,
        payload=docket_payload(material, str(filing.pk), moment),
        key=key,
        moment=moment,
        overrides={"docket.not_due": "示例", **{f"party.{n}.no_id": "示例" for n in range(6)}},
    )
    case = Case.objects.get(pk=draft.case_id)
    filing_clues(case)
    return case


def docket_payload(material: Material, filing: str, moment: datetime) -> dict[str, Any]:
    """The docketing form filled in from the facts of a case."""
    title, day = material.title, court_date(moment)
    due = min(datetime.fromisoformat(title["due"]).date(), day - timedelta(days=10))
    return {
        "filing": filing,
        "type_code": "执",
        "cause": title["cause"],
        "received_on": (day - timedelta(days=2)).isoformat(),
        "title_kind": "民事判决书",
        "title_number": title["case_number"],
        "title_made_by": title["court"],
        "perform_by": due.isoformat(),
        "principal": title["principal"],
        "costs": title["costs"],
        "rate_text": f"以{title['principal']}元为基数，自{title['interest_from']}起按年利率{title['rate']}%计付"
        if title["rate"]
        else "",
        "parties": [
            _party(material.facts["applicant"], "applicant", material.texts),
            *(_party(debtor, "obligor", material.texts) for debtor in material.facts["debtors"]),
        ],
    }


def _representative(company: str, texts: dict[str, str]) -> str:
    """法定代表人 as the application names him behind his company."""
    found = re.search(
        re.escape(company) + r".{0,120}?法定代表人[：:]?\s*([\u4e00-\u9fa5]{2,4}?)[，,。；\s]",
        " ".join(texts.values()),
        re.DOTALL,
    )
    return found[1] if found else ""


def _party(who: dict[str, Any], role: str, texts: dict[str, str]) -> dict[str, Any]:
    is_person = "resident_id" in who
    fields = {
        "role": role,
        "kind": "person" if is_person else "organisation",
        "name": who["name"],
        "id_kind": "resident_id" if is_person else "uscc",
        "id_number": who["resident_id"] if is_person else who["uscc"],
        "address": who.get("address", ""),
    }
    if is_person and who.get("mobile"):
        fields["phone"] = who["mobile"]
    if not is_person:
        fields["represented_by"] = _representative(who["name"], texts)
    return fields


def confirm_all(case: Case, *, actor: Actor, moment: datetime, key: str) -> Draft | None:
    """A clerk's click on every clue whose check holds and that is bound to a party."""
    from zhixing.cases.models import ClueState, Identifier

    ids = list(
        Identifier.objects.filter(case=case, state=ClueState.PROPOSED)
        .exclude(check_ok=False)
        .exclude(party=None)
        .values_list("pk", flat=True)
    )
    if not ids:
        return None
    return act_submit(
        code="cases.confirm_clues",
        actor=actor,
        case_id=case.pk,
        payload={"confirm": ids},
        key=key,
        moment=moment,
    )
