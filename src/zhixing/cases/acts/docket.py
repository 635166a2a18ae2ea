"""立案: a case is born with its number, parties, title and papers."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from zhixing.acts.kinds import SENSITIVE, Act, ActContext, ActFields, Audience, DocumentSpec, Sensitive
from zhixing.cases import services
from zhixing.cases.models import Case, Filing, Paper, Party, PartyKind, PartyRole
from zhixing.cases.nodes import due_from
from zhixing.courts.models import Court
from zhixing.courts.roles import Role
from zhixing.kernel.errors import Problem
from zhixing.law import identifiers
from zhixing.law.case_numbers import parse
from zhixing.platform.crypto import new_subject


class PartyFields(ActFields):
    """One party as the clerk confirmed it."""

    role: Literal["applicant", "obligor", "third"] = Field(title="地位")
    kind: Literal["person", "organisation"] = Field(title="类型")
    name: str = Field(title="姓名或名称", min_length=1, max_length=80)
    id_kind: Literal["resident_id", "uscc", "passport", ""] = Field("", title="证件类型")
    id_number: str = Field("", title="证件号码", max_length=40)
    phone: str = Field("", title="手机号", max_length=20)
    address: str = Field("", title="住址或住所", max_length=120)
    represented_by: str = Field("", title="法定代表人", max_length=60)


class Docket(Act):
    """Docketing by the filing clerk; the number is given here and nowhere else (CN-01..CN-10, N01)."""

    code = "cases.docket"
    title = "立案"
    summary = "收到执行申请，审查后编立案号，登记当事人与执行依据。"
    law = ("work.16", "casenumber.2")
    drafters = frozenset({Role.CLERK, Role.JUDGE})
    audience = Audience.PARTIES
    plain = "法院已经立案，案件开始办理。"
    case_bound = False
    offered = False

    class Fields(ActFields):
        """What the clerk confirms after extraction proposed it."""

        filing: uuid.UUID = Field(title="材料", json_schema_extra={"widget": "hidden"})
        type_code: Literal["执", "执恢", "执保"] = Field("执", title="案件类型")
        cause: str = Field(title="案由", min_length=1, max_length=40)
        received_on: date = Field(title="收到申请日期")
        title_kind: str = Field("民事判决书", title="执行依据种类", max_length=20)
        title_number: str = Field(title="执行依据文号", min_length=1, max_length=60)
        title_made_by: str = Field(title="作出单位", min_length=1, max_length=60)
        perform_by: date = Field(title="履行期限届满日")
        principal: Decimal = Field(title="本金（元）", ge=0, max_digits=18, decimal_places=2)
        interest_fixed: Decimal = Field(
            Decimal(0), title="已定利息（元）", ge=0, max_digits=18, decimal_places=2
        )
        costs: Decimal = Field(Decimal(0), title="应付受理费等（元）", ge=0, max_digits=18, decimal_places=2)
        rate_text: str = Field("", title="利息条款", max_length=200, json_schema_extra={"widget": "textarea"})
        parties: Annotated[list[PartyFields], SENSITIVE] = Field(title="当事人", min_length=2)
        note: Sensitive = Field("", title="备注", max_length=500, json_schema_extra={"widget": "textarea"})

    def subject(self, ctx: ActContext) -> uuid.UUID | None:
        """The filing's subject becomes the case's."""
        filing = Filing.objects.filter(pk=ctx.fields.filing).first()
        return filing.subject if filing else None

    def check(self, ctx: ActContext) -> list[Problem]:
        """Both sides present, identifiers well formed, the title of another court is fine but a case number is not."""
        f = ctx.fields
        problems = self._check_parties(f.parties)
        filing = Filing.objects.filter(pk=f.filing, court_key=ctx.actor.court_key).first()
        if filing is None:
            problems.append(
                Problem(
                    code="docket.no_filing",
                    sentence="找不到这次收到的材料。",
                    mend="请先上传申请书和执行依据。",
                    field="filing",
                )
            )
        elif filing.case_id is not None:
            problems.append(
                Problem(
                    code="docket.twice",
                    sentence="这份材料已经立案，不能再立一次。",
                    mend="请到案件列表打开已立案件。",
                    field="filing",
                )
            )
        title = parse(f.title_number)
        if title.number is not None and title.number.type_code in ("执", "执恢"):
            problems.append(
                Problem(
                    code="docket.title_is_case",
                    sentence=f"{title.normalised}是执行案件的案号，不是执行依据的文号。",
                    mend="请填写判决书、调解书、裁决书等执行依据的文号。",
                    field="title_number",
                )
            )
        if f.received_on > ctx.today:
            problems.append(
                Problem(
                    code="docket.future",
                    sentence=f"收到申请日期 {f.received_on} 晚于今天。",
                    mend="请核对日期。",
                    field="received_on",
                )
            )
        if f.principal + f.interest_fixed + f.costs == 0:
            problems.append(
                Problem(
                    code="docket.no_claim",
                    sentence="执行标的合计为零。",
                    mend="请填写本金、利息或费用。",
                    field="principal",
                )
            )
        if f.perform_by >= ctx.today:
            problems.append(
                Problem(
                    code="docket.not_due",
                    sentence=f"履行期限到 {f.perform_by} 才届满。",
                    level="warning",
                    field="perform_by",
                    mend="分期履行等情形请写明理由后继续。",
                    law="work.16",
                )
            )
        return problems

    @staticmethod
    def _check_parties(parties: list[PartyFields]) -> list[Problem]:
        problems = []
        roles = {party.role for party in parties}
        for role, name in (("applicant", "申请执行人"), ("obligor", "被执行人")):
            if role not in roles:
                problems.append(
                    Problem(
                        code=f"docket.no_{role}",
                        sentence=f"没有填写{name}。",
                        mend=f"请至少填写一名{name}。",
                        field="parties",
                    )
                )
        for no, party in enumerate(parties):
            if not party.id_number:
                if party.role == "obligor":
                    problems.append(
                        Problem(
                            code=f"party.{no}.no_id",
                            sentence=f"{party.name}没有证件号码，将无法网络查询。",
                            level="warning",
                            mend="请补充证件号码，或写明理由后先行立案。",
                            field=f"parties.{no}.id_number",
                        )
                    )
                continue
            if party.id_kind:
                checked = identifiers.check(party.id_kind, party.id_number)
                problems += [
                    Problem(
                        code=f"party.{no}.{p.code}",
                        sentence=f"{party.name}：{p.sentence}",
                        mend=p.mend,
                        level="warning",
                        field=f"parties.{no}.id_number",
                    )
                    for p in checked.problems
                ]
        return problems

    def documents(self, ctx: ActContext) -> list[DocumentSpec]:
        """The notice of acceptance is issued from the case, once its number exists (see cases.notice)."""
        return []

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """Give the number, write case, parties, identifiers; move the papers into the case."""
        f = ctx.fields
        court = Court.objects.get(pk=ctx.actor.court_key)
        year = ctx.today.year
        serial = services.serial_next(court_key=court.key, special="", type_code=f.type_code, year=year)
        filing = Filing.objects.select_for_update().get(pk=f.filing)
        case = Case.objects.create(
            court=court,
            court_key=court.key,
            type_code=f.type_code,
            year=year,
            serial=serial,
            cause=f.cause,
            number=services.case_number(court=court, type_code=f.type_code, year=year, serial=serial),
            subject=filing.subject,
            received_on=f.received_on,
            docketed_on=ctx.today,
            title_number=f.title_number,
            title_kind=f.title_kind,
            title_made_by=f.title_made_by,
            perform_by=f.perform_by,
            principal=f.principal,
            interest_fixed=f.interest_fixed,
            costs=f.costs,
            rate_text=f.rate_text,
            fund_account=services.fund_account(court=court, year=year, type_code=f.type_code, serial=serial),
        )
        for no, fields in enumerate(f.parties):
            self._party(ctx, case, fields, no)
        services.case_search_refresh(case)
        filing.case_id = case.pk
        filing.save(update_fields=["case_id"])
        Paper.objects.filter(filing=filing).update(case=case)
        ctx.case, ctx.court_key = case, case.court_key
        return {
            "number": case.number,
            "title_number": _clean_title(f.title_number),
            "amount": str(f.principal),
            # What the law counts from the application does not wait for the docketing.
            "node_due": due_from("APP", f.received_on, code=self.code),
        }

    @staticmethod
    def _party(ctx: ActContext, case: Case, fields: PartyFields, no: int) -> None:
        party = Party.objects.create(
            case=case,
            court_key=case.court_key,
            role=PartyRole(fields.role),
            kind=PartyKind(fields.kind),
            name=fields.name,
            subject=new_subject(),
            represented_by=fields.represented_by,
            obligor_from=ctx.today if fields.role == "obligor" else None,
        )
        marks = [
            _mark(kind, value, ctx.actor.name)
            for kind, value in ((fields.id_kind, fields.id_number), ("mobile", fields.phone))
            if kind and value
        ]
        if fields.address:
            marks.append(
                services.Mark(
                    kind="address", value=fields.address, source="立案登记", decided_by=ctx.actor.name
                )
            )
        services.identifiers_add(case=case, party=party, marks=marks)


def _mark(kind: str, value: str, who: str) -> services.Mark:
    checked = identifiers.check(kind, value)
    return services.Mark(
        kind=kind,
        value=checked.normalised,
        source="立案登记",
        check_ok=checked.ok and checked.checksum_ok is not False,
        check_note="；".join(p.sentence for p in checked.problems),
        decided_by=who,
    )


def _clean_title(number: str) -> str:
    """Normalised form of a title's number where it is a court's; other titles stay as they came."""
    parsed = parse(number)
    return parsed.number.text if parsed.number else number
