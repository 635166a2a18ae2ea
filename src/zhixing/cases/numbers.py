"""What to tell a reader whose search is a case number that is not found here."""

from __future__ import annotations

from zhixing.courts.models import Court
from zhixing.law.case_numbers import parse


def number_remark(text: str, *, court: Court) -> str:
    """One or two sentences when the text looks like a case number: another court's, or unreadable. Else empty."""
    if "号" not in text and "执" not in text:
        return ""
    parsed = parse(text)
    if parsed.number is None:
        return (
            "".join(str(problem) for problem in parsed.problems)
            if "号" in text and any(c.isdigit() for c in text)
            else ""
        )
    if parsed.number.court == court.code:
        return f"本院没有{parsed.number.text}。请核对年份和序号。"
    other = Court.objects.filter(code=parsed.number.court).first()
    name = other.name if other else f"代字为“{parsed.number.court}”的法院"
    return f"{parsed.number.text}是{name}的案号，不属于您可以查看的案件。需要协助的，请通过指挥中心联系该院。"


def title_remark(text: str, *, court: Court) -> str:
    """A sentence when the title was made by another court, so that jurisdiction is looked at (民诉法第二百三十五条)."""
    parsed = parse(text)
    if parsed.number is None or parsed.number.court == court.code:
        return ""
    other = Court.objects.filter(code=parsed.number.court).first()
    name = other.name if other else f"代字为“{parsed.number.court}”的法院"
    return f"执行依据{parsed.number.text}由{name}作出，请核对本院是否为第一审法院的同级财产所在地法院。"
