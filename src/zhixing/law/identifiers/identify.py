"""What a number can be: all kinds whose form it has, the surest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.book import book
from zhixing.law.case_numbers import case_number_sheet, parse
from zhixing.law.identifiers import Checked, check
from zhixing.law.identifiers.forms import form_of, kinds
from zhixing.law.sheets import Sheet, SheetTable
from zhixing.law.steps import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_LABELS = {
    "document": "证件种类",
    "holder": "持有人",
    "number": "号码",
    "issue": "换证次数",
    "division": "行政区划代码",
    "division_name": "行政区划",
    "nationality": "国籍代码",
    "birth": "出生日期",
    "sex": "性别",
    "head": "前两位",
    "authority": "登记管理部门或发牌机关",
    "authority_name": "发牌地",
    "body": "机构类别",
    "org_code": "组织机构代码",
    "org_code_check": "组织机构代码校验",
    "energy": "号牌类别",
    "size": "车型",
    "drive": "动力",
    "maker": "制造厂代码",
    "description": "车辆特征",
    "check_digit": "校验位",
    "year_sign": "年份代码",
    "plant": "装配厂代码",
    "serial": "顺序号",
    "district": "地籍区",
    "subdistrict": "地籍子区",
    "ownership": "所有权类型",
    "right": "使用权类型",
    "parcel": "宗地（宗海）代码",
    "parcel_serial": "宗地顺序号",
    "fixture": "定着物代码",
    "fixture_name": "定着物种类",
    "unit": "定着物单元号",
    "building": "幢号",
    "room": "户号",
    "province": "省份简称",
    "year": "年份",
    "registry": "登记机构所在地",
}


def identify(code: str, *, on: date | None = None) -> tuple[Checked, ...]:
    """Every kind whose form a number has, the surest first; empty when it has no known form.

    Surest: its check digit comes out; then forms of their own; then a check digit or a birthday that is wrong; at
    last forms so loose that fitting them says little (foreign passports, account numbers, handles).

    Args:
        code: as it was written.
        on: today's court date, to refuse birthdays in the future.
    """
    found = [check(kind, code, on=on) for kind in kinds()]
    fitting = [one for one in found if one.ok or not one.problems[0].code.endswith(".form")]
    return tuple(sorted(fitting, key=_doubt))


def identifier_title(kind: str) -> str:
    """The kind's name for people. Raises UnknownRule for an unknown kind."""
    return form_of(kind).title


def identifier_sheet(checked: Checked) -> Sheet:
    """One number, taken apart."""
    form = form_of(checked.kind)
    results = [("规范形式", checked.normalised), *_parts(checked), ("校验结果", verdict(checked))]
    return Sheet(
        kind="identifier",
        title=f"{form.title}核对单",
        given=(("号码", checked.raw), ("种类", form.title)),
        results=tuple(results),
        steps=(Step(text=f"{form.title}的格式：{form.expected}", value=verdict(checked), law=form.source),),
        notes=_NOTES,
        problems=checked.problems,
        book_hash=book().hash,
    )


def identify_sheet(code: str, *, on: date | None = None) -> Sheet:
    """What a code can be, for `zhixing law id`: case numbers and identifiers alike.

    The surest kind is taken apart; the others stand in a table.
    """
    if parse(code).ok:
        return case_number_sheet(code, on=on)
    found = identify(code, on=on)
    if not found:
        return _nothing(code)
    first = identifier_sheet(found[0])
    return Sheet(
        kind="identifier",
        title="号码核对单",
        given=(("号码", code),),
        results=(("最可能的种类", form_of(found[0].kind).title), *first.results),
        tables=(_kinds_table("可能的种类", found),),
        steps=first.steps,
        notes=first.notes,
        problems=first.problems,
        book_hash=first.book_hash,
    )


def identify_json(
    code: str, *, on: date | None = None, only: tuple[Checked, ...] | None = None
) -> dict[str, object]:
    """The same as plain values: `{"code", "case_number": bool, "kinds": [{kind, title, normalised, …}]}`.

    Args:
        only: what was checked when the kind was given; the other kinds are then left out.
    """
    return {
        "code": code,
        "case_number": parse(code).ok,
        "kinds": [
            {
                "kind": one.kind,
                "title": form_of(one.kind).title,
                "normalised": one.normalised,
                "checksum_ok": one.checksum_ok,
                "generic": form_of(one.kind).generic,
                "parts": dict(one.parts),
                "problems": [
                    {"code": p.code, "text": str(p), "level": p.level, "override": p.override}
                    for p in one.problems
                ],
            }
            for one in (identify(code, on=on) if only is None else only)
        ],
    }


def verdict(checked: Checked) -> str:
    """One line: whether form and check digit hold."""
    if not checked.ok:
        return "格式相符，内容有误" if checked.parts else "格式不符"
    if checked.checksum_ok is None:
        return "格式相符，没有校验位"
    return "格式和校验位均相符" if checked.checksum_ok else "格式相符，校验位不符"


_NOTES = ("格式相符不表示号码真实或者属于某人，以主管部门的反馈为准。",)


def _doubt(checked: Checked) -> int:
    if checked.ok and checked.checksum_ok:
        return 0
    if form_of(checked.kind).generic:
        return 3
    return 1 if checked.ok and checked.checksum_ok is None else 2


def _parts(checked: Checked) -> list[tuple[str, str]]:
    return [(_LABELS.get(name, name), text) for name, text in checked.parts.items() if text]


def _kinds_table(title: str, found: Sequence[Checked]) -> SheetTable:
    return SheetTable(
        title=title,
        columns=("种类", "规范形式", "结果"),
        rows=tuple((form_of(one.kind).title, one.normalised, verdict(one)) for one in found),
    )


def _nothing(code: str) -> Sheet:
    """No form fits: show the forms."""
    forms = [form_of(kind) for kind in kinds() if not form_of(kind).generic]
    rows = tuple((form.title, form.expected) for form in forms)
    return Sheet(
        kind="identifier",
        title="号码核对单",
        given=(("号码", code),),
        results=(("结果", "不符合任何已知的号码格式"),),
        tables=(SheetTable(title="各种号码的格式", columns=("种类", "格式"), rows=rows),),
        notes=_NOTES,
        book_hash=book().hash,
    )
