"""What a form shows. The room `acts` builds these from an act's fields; templates only draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from zhixing.kernel.errors import Problem

Widget = Literal[
    "text",
    "textarea",
    "money",
    "number",
    "date",
    "select",
    "radio",
    "checkbox",
    "checkboxes",
    "file",
    "password",
    "rows",
    "hidden",
]


# A problem is drawn as it is told: the kernel's own shape (code, sentence, mend, law, field, override).
ProblemView = Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice of a select, radio group or group of check boxes. `group` puts it under a heading."""

    value: str
    label: str
    hint: str = ""
    group: str = ""
    disabled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field as drawn.

    Attributes:
        value: text as entered; for `checkboxes` a sequence of texts; for `checkbox` true or false.
        choices: for `select`, `radio`, `checkboxes`.
        unit: shown behind the field, for example 元 or 天.
        accept: for `file`: extensions, comma separated, for example ".pdf,.docx,.txt".
        max_bytes: for `file`: largest size; 0 = not told.
        autocomplete: HTML value; "off" unless told, because most fields speak of other people.
        rows: for `textarea`: lines.
        items: for widget `rows`: the rows entered so far, each several FieldView (names `items-0-kind`).
        blank: for widget `rows`: an empty row whose names hold `__n__` in place of the number.
    """

    name: str
    label: str
    widget: Widget = "text"
    value: str | bool | Sequence[str] = ""
    choices: Sequence[Choice] = ()
    hint: str = ""
    required: bool = False
    problems: Sequence[ProblemView] = ()
    autocomplete: str = "off"
    unit: str = ""
    accept: str = ""
    max_bytes: int = 0
    multiple: bool = False
    max_length: int = 0
    rows: int = 3
    law: str = ""
    readonly: bool = False
    items: Sequence[Sequence[FieldView]] = ()
    blank: Sequence[FieldView] = ()

    @property
    def input_id(self) -> str:
        """Id of the control; the summary of problems links to it."""
        return f"f-{self.name}"

    @property
    def values(self) -> tuple[str, ...]:
        """Chosen values of `checkboxes`, `select` and `radio`."""
        if isinstance(self.value, str):
            return (self.value,) if self.value else ()
        if isinstance(self.value, bool):
            return ()
        return tuple(str(value) for value in self.value)

    @property
    def described_by(self) -> str:
        """Ids of hint and problems, for aria-describedby."""
        parts = [f"{self.input_id}-h"] if self.hint or self.accept or self.max_bytes else []
        if self.problems:
            parts.append(f"{self.input_id}-e")
        return " ".join(parts)

    @property
    def choice_groups(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """Choices by group heading, both in the order given."""
        groups: dict[str, list[Choice]] = {}
        for choice in self.choices:
            groups.setdefault(choice.group, []).append(choice)
        return tuple((name, tuple(found)) for name, found in groups.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A whole form.

    Attributes:
        problems: problems of the whole form; those of fields may be given here or at the field.
        idempotency_key: posted as `idempotency_key`; the same key again returns the first result.
        overridden: codes of warnings that were already overridden (boxes stay ticked).
        override_reason: reason already entered.
        confirm: question asked before sending; empty = none.
        is_side: a form beside the page's main one; its button is not the loudest.
        blocked: why it cannot be sent now; shown beside the disabled button.
    """

    action: str
    fields: Sequence[FieldView]
    problems: Sequence[ProblemView] = ()
    submit_label: str = "提交"
    idempotency_key: str = ""
    title: str = ""
    submit_icon: str = "send"
    cancel_href: str = ""
    overridden: Sequence[str] = ()
    override_reason: str = ""
    confirm: str = ""
    blocked: str = ""
    is_side: bool = False
    form_id: str = "act-form"
    extra_hidden: Sequence[tuple[str, str]] = field(default=())

    @property
    def multipart(self) -> bool:
        """Whether it carries files."""
        return any(found.widget == "file" for found in self.fields)

    @property
    def all_fields(self) -> tuple[FieldView, ...]:
        """The fields and, behind each field of rows, the cells of its rows."""
        return tuple(
            found for top in self.fields for found in (top, *(cell for row in top.items for cell in row))
        )

    @property
    def refusals(self) -> tuple[tuple[ProblemView, FieldView | None], ...]:
        """All problems that must be mended, in the order of the fields, each with its field if it has one."""
        by_name = {found.name: found for found in self.fields}
        pairs = [
            (problem, by_name.get(problem.field or "")) for problem in self.problems if not problem.override
        ]
        for found in self.all_fields:
            pairs.extend((problem, found) for problem in found.problems if not problem.override)
        return tuple(pairs)

    @property
    def warnings(self) -> tuple[ProblemView, ...]:
        """Problems that may be overridden with a reason."""
        own = [problem for problem in self.problems if problem.override]
        return (*own, *(p for found in self.all_fields for p in found.problems if p.override))
