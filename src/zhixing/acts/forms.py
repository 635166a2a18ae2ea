"""From an act's typed fields to the web form and back. The same fields give the JSON API and the command line."""

from __future__ import annotations

import re
import types
import typing
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from django.http import QueryDict
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from zhixing.acts.kinds import Act, ActFields
from zhixing.kernel.errors import Problem
from zhixing.ui.forms import Choice, FieldView, FormView

ROW_NAME = re.compile(r"^(?P<field>\w+)-(?P<no>\d+)-(?P<part>\w+)$")


def form_build(
    act: Act,
    *,
    action: str,
    values: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
    choices: Mapping[str, Sequence[Choice]] | None = None,
    key: str = "",
    submit_label: str = "",
    hidden: Mapping[str, str] | None = None,
    cancel_href: str = "",
    overridden: Sequence[str] = (),
    reason: str = "",
) -> FormView:
    """The form of an act.

    values: field name → value as entered or proposed. choices: field name → choices that the page knows (staff, parties).
    Problems are put beside their fields; those without one stand at the top. key: idempotency key, made when empty.
    """
    values, choices = values or {}, choices or {}
    fields = [
        _field(
            name,
            info,
            values.get(name, _default(info)),
            [p for p in problems if _root(p.field) == name],
            choices,
        )
        for name, info in act.Fields.model_fields.items()
    ]
    names = {field.name for field in fields}
    return FormView(
        action=action,
        fields=fields,
        problems=[p for p in problems if _root(p.field) not in names],
        submit_label=submit_label or act.title,
        idempotency_key=key or str(uuid.uuid4()),
        title=act.title,
        cancel_href=cancel_href,
        overridden=overridden,
        override_reason=reason,
        extra_hidden=list((hidden or {}).items()),
    )


def payload_read(act: Act, posted: QueryDict) -> dict[str, Any]:
    """The payload a posted form holds: rows become lists of objects, empty optional fields are left out."""
    payload: dict[str, Any] = {}
    for name, info in act.Fields.model_fields.items():
        inner = _row_model(info)
        if inner is not None:
            payload[name] = _rows(name, inner, posted)
        elif _is_list(info):
            payload[name] = [value for value in posted.getlist(name) if value]
        elif _bare(info) is bool:
            payload[name] = posted.get(name) in ("on", "true", "1")
        elif posted.get(name, "").strip():
            payload[name] = _cleaned(info, str(posted[name]))
    return payload


def overrides_read(posted: QueryDict) -> dict[str, str]:
    """Warnings ticked for override, with the reason given for them."""
    reason = posted.get("override_reason", "").strip()
    return {code: reason for code in posted.getlist("override") if reason}


def _rows(name: str, inner: type[ActFields], posted: QueryDict) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for key in posted:
        match = ROW_NAME.match(key)
        if match and match["field"] == name and match["part"] in inner.model_fields:
            info = inner.model_fields[match["part"]]
            value: Any = posted.getlist(key) if _is_list(info) else str(posted[key]).strip()
            if value:
                found.setdefault(int(match["no"]), {})[match["part"]] = (
                    value if _is_list(info) else _cleaned(info, value)
                )
    # A row in which only preset choices stand was never filled in.
    free = {part for part, info in inner.model_fields.items() if get_origin(_bare(info)) is not Literal}
    return [found[no] for no in sorted(found) if free & set(found[no])]


def _cleaned(info: FieldInfo, text: str) -> str:
    return text.replace(",", "").replace("，", "").strip() if _bare(info) is Decimal else text


def _field(
    name: str, info: FieldInfo, value: Any, problems: list[Problem], choices: Mapping[str, Sequence[Choice]]
) -> FieldView:
    inner = _row_model(info)
    if inner is not None:
        return _rows_field(name, info, inner, value or [], problems, choices)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    offered = choices.get(name) or _literal_choices(info)
    return FieldView(
        name=name,
        label=info.title or name,
        widget=_widget(info, extra, bool(offered)),
        value=_text(value),
        law="",
        choices=offered,
        hint=info.description or "",
        required=info.is_required(),
        problems=problems,
        unit="元" if _bare(info) is Decimal and "元" not in (info.title or "") else "",
        max_length=_max_length(info),
    )


def _rows_field(
    name: str,
    info: FieldInfo,
    inner: type[ActFields],
    rows: Sequence[Any],
    problems: list[Problem],
    choices: Mapping[str, Sequence[Choice]],
) -> FieldView:
    def row(no: str, values: Mapping[str, Any]) -> list[FieldView]:
        views = []
        for part, part_info in inner.model_fields.items():
            own = [p for p in problems if p.field == f"{name}.{no}.{part}"]
            view = _field(part, part_info, values.get(part, _default(part_info)), own, choices)
            views.append(FieldView(**{**_as_dict(view), "name": f"{name}-{no}-{part}"}))
        return views

    items = [row(str(no), dict(values)) for no, values in enumerate(rows)]
    placed = {p for p in problems if p.field and p.field.count(".") >= 2}
    return FieldView(
        name=name,
        label=info.title or name,
        widget="rows",
        items=items or [row("0", {})],
        blank=row("__n__", {}),
        problems=[p for p in problems if p not in placed],
        hint=info.description or "",
        required=info.is_required(),
    )


def _as_dict(view: FieldView) -> dict[str, Any]:
    return {slot: getattr(view, slot) for slot in view.__dataclass_fields__}


def _widget(info: FieldInfo, extra: dict[str, Any], has_choices: bool) -> Any:
    named = str(extra.get("widget", "")).split(":")[0]
    if named and named not in ("staff", "json"):
        return named
    bare = _bare(info)
    if _is_list(info):
        return "checkboxes"
    if has_choices:
        return "select"
    return {bool: "checkbox", Decimal: "money", date: "date", int: "number"}.get(bare, "text")


def _bare(info: FieldInfo) -> Any:
    """The type without None."""
    annotation = info.annotation
    if get_origin(annotation) in (typing.Union, types.UnionType):
        rest = [arg for arg in get_args(annotation) if arg is not type(None)]
        return rest[0] if rest else annotation
    return annotation


def _is_list(info: FieldInfo) -> bool:
    return get_origin(_bare(info)) is list


def _row_model(info: FieldInfo) -> type[ActFields] | None:
    bare = _bare(info)
    if get_origin(bare) is not list:
        return None
    inner = get_args(bare)[0]
    return inner if isinstance(inner, type) and issubclass(inner, ActFields) else None


CHOICE_WORDS = {
    "执": "首次执行（执）",
    "执恢": "恢复执行（执恢）",
    "执保": "财产保全执行（执保）",
    "applicant": "申请执行人",
    "obligor": "被执行人",
    "third": "利害关系人",
    "person": "自然人",
    "organisation": "法人或其他组织",
    "resident_id": "居民身份证",
    "uscc": "统一社会信用代码",
    "passport": "护照",
    "direct": "直接送达",
    "electronic": "电子送达",
    "post": "邮寄送达",
    "leave": "留置送达",
    "announcement": "公告送达",
    "known": "下落明确",
    "unknown": "下落不明",
    "claim": "执行案款",
    "refund": "退还被执行人",
    "deposit": "提存",
    "performed": "执行完毕",
    "cash": "现金与存款",
    "wealth": "理财产品",
    "realty": "不动产",
    "other": "其他",
    "paid": "债务已经清偿",
    "excess": "控制的财产超出应执行总额",
    "third_party": "财产属于案外人",
    "withdrawn": "撤回申请或放弃债权",
    "security": "提供担保且申请执行人同意",
}


def _literal_choices(info: FieldInfo) -> Sequence[Choice]:
    bare = _bare(info)
    if get_origin(bare) is not Literal:
        return ()
    return [
        Choice(value=str(v), label=CHOICE_WORDS.get(str(v), str(v)) if v != "" else "—")
        for v in get_args(bare)
    ]


def _max_length(info: FieldInfo) -> int:
    return next((m.max_length for m in info.metadata if getattr(m, "max_length", None)), 0)


def _default(info: FieldInfo) -> Any:
    if info.default is not PydanticUndefined and info.default is not None:
        return info.default
    return info.get_default(call_default_factory=True, validated_data={}) if info.default_factory else ""


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return "" if value is None else str(value)


def _root(field: str | None) -> str:
    return (field or "").split(".", 1)[0]
