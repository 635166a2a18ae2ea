"""One demo case with facts from registers, so that the page of leads on evasion has something to show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from zhixing.cases.models import Case
from zhixing.kernel.clock import court_date

INDEX = 6  # goes all the way and belongs to the first judge
MATERIAL, SEARCH = "inquiry.evasion_material", "inquiry.evasion_search"


def facts_of(case: Case, moment: datetime) -> list[dict[str, Any]]:
    """Payloads of the facts: the days, a relative, a cheap sale to him, a loan to be explained, a divorce before the debt."""
    day = court_date(moment)
    debtor = case.parties.filter(role="obligor").order_by("id")[0]
    is_person = debtor.kind == "person"

    def fact(topic: str, source: str, **detail: Any) -> dict[str, Any]:
        return {"topic": topic, "detail": detail, "source": source}

    def ago(days: int) -> str:
        return (day - timedelta(days=days)).isoformat()

    return [
        fact(
            "cases", "执行依据及审判卷宗", debt_on=ago(420), sued_on=ago(230), judged_on=ago(120)
        ),
        fact("ties", "户籍档案查询" if is_person else "企业登记档案查询", a=debtor.name, b="示例亲属",
             kind="sibling" if is_person else "controller"),
        fact("dealings", "不动产登记信息查询", kind="sale", on=ago(110), debtor=debtor.name, other="示例亲属", label="转让商铺一间",
             price="310000.00", market="620000.00"),
        fact("dealings", "机动车登记信息查询", kind="sale", on=ago(400), debtor=debtor.name, other="示例买受人", label="转让小型轿车一辆",
             price="78000.00", market="83000.00"),
        fact("dealings", "不动产登记信息查询", kind="guarantee", on=ago(90), debtor=debtor.name, other="示例亲属", label="为他人借款提供抵押",
             price="260000.00"),
    ]  # fmt: skip


def leads_seed(case: Case, moment: datetime, do: Callable[[str, str, dict[str, Any]], object]) -> None:
    """Enter the facts and search once. do: submits one act as the judge of the case, given code, key, payload."""
    for no, payload in enumerate(facts_of(case, moment)):
        do(MATERIAL, f"{no}", payload)
    do(SEARCH, "", {})
