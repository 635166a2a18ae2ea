"""Template tags and filters of every page (built in: templates need no `load`). Catalogue: docs/ui.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhixing.kernel import clock as court_clock
from zhixing.ui import format as fmt
from zhixing.ui import parts
from zhixing.ui.forms import FieldView, FormView

register = template.Library()

CHIP_ICONS = {
    "late": "alert-octagon",
    "due": "clock-hour-4",
    "warn": "alert-triangle",
    "done": "circle-check",
    "doing": "circle-half-2",
    "todo": "circle-dashed",
    "wait": "hourglass",
    "back": "arrow-back-up",
    "stop": "ban",
    "adverse": "circle-minus",
    "neutral": "circle-check",
    "doubt": "help-circle",
}
TIER_MEANING = {
    "T1": "法律、司法解释规定的期限",
    "T2": "最高人民法院文件规定的期限",
    "T3": "考核目标",
    "T4": "本院内部默认",
}
CHECK_ICONS = {"ok": "circle-check", "warn": "alert-triangle", "bad": "circle-x", "todo": "circle-dashed"}
CHECK_WORDS = {"ok": "通过", "warn": "提示", "bad": "不能办", "todo": "未查"}
NOTE_ICONS = {"": "info-circle", "warn": "alert-triangle", "late": "alert-octagon", "done": "circle-check"}


# ── text ──


@register.filter
def yuan(value: Decimal | int | str | None) -> str:
    """Money as written in court papers: 608,530.09."""
    return fmt.yuan_text(value)


@register.filter
def partyshort(value: str) -> str:
    """Parties of a case in a list: 沧州恒达管道装备 / 马立群."""
    return fmt.parties_short(value)


@register.filter
def wan(value: Decimal | int | str | None) -> str:
    """Yuan in ten thousands: 8,642.15."""
    return fmt.wan_text(value)


@register.filter
def count(value: int | None) -> str:
    """A number of things with separators."""
    return fmt.count_text(value)


@register.filter
def cnday(value: date | datetime | None) -> str:
    """3月4日, or 2025年3月4日 when the year is not this one."""
    return fmt.day_text(value, court_clock.today())


@register.filter
def cnmoment(value: datetime | None) -> str:
    """今日 08:46, 昨日 16:40, 3月2日 15:40."""
    return fmt.moment_text(value, court_clock.today())


@register.filter
def cnnow(value: datetime | None) -> str:
    """3月4日 星期三 08:46."""
    return fmt.now_text(value) if value else ""


@register.filter
def filesize(value: int) -> str:
    """38 KB, 14.2 MB."""
    return fmt.size_text(value)


# ── small pieces ──


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite; without a label it is hidden from screen readers."""
    href = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="ti" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="ti" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href)


@register.simple_tag
def chip(kind: str, text: str, icon_name: str = "") -> SafeString:
    """A state: shape, words and colour together. Kinds are the keys of CHIP_ICONS; others are errors."""
    drawn = icon(icon_name or CHIP_ICONS[kind])
    return format_html('<span class="chip chip-{}">{}{}</span>', kind, drawn, text)


@register.simple_tag
def due_chip(
    due: date, tier: str = "T1", warn_days: int | None = None, today: date | None = None
) -> SafeString:
    """The chip of a term: red only for a passed T1 or T2 term."""
    kind, words = fmt.due_words(due, today or court_clock.today(), tier, warn_days)
    return chip(kind, words, "clock-hour-4" if kind == "todo" else "")


@register.simple_tag
def tier(code: str) -> SafeString:
    """T1 … T4 with its meaning."""
    return format_html('<span class="tier" title="{}">{}</span>', TIER_MEANING.get(code, ""), code)


def _citation(key: str) -> tuple[str, str]:
    """Short and full text. Chinese text is taken as it is; anything else is a key (an unknown one raises)."""
    if not key.isascii():
        return key, ""
    from zhixing.law.book import book  # lazily: pages without a legal source need no law book

    found = book().citation(key)
    words = found.quote or found.gist
    return found.short, f"《{found.title}》{found.article}" + (f"：{words}" if words else "")


@register.simple_tag
def law(key: str, term: str = "") -> SafeString:
    """A legal source, by citation key or as text; `term` adds words such as 30 日."""
    if not key:
        return mark_safe("")
    short, full = _citation(key)
    words = f"{short} {term}" if term else short
    if full and full != short:
        return format_html('<span class="law" title="{}">{}</span>', full, words)
    return format_html('<span class="law">{}</span>', words)


@register.simple_tag
def caseno(number: str) -> SafeString:
    """A case number that never breaks inside."""
    return format_html('<span class="no">{}</span>', number)


@register.simple_tag
def avatar(name: str) -> SafeString:
    """The family name in a circle."""
    return format_html('<span class="ava" aria-hidden="true">{}</span>', name[:1])


@register.simple_tag
def person(name: str, note: str = "") -> SafeString:
    """Avatar, name and a second line."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html('<span class="person">{}<span><b>{}</b>{}</span></span>', avatar(name), name, small)


@register.simple_tag
def note(text: str, kind: str = "", icon_name: str = "") -> SafeString:
    """A note: plain, `warn`, `late` or `done`."""
    css = f"note {kind}".strip()
    return format_html(
        '<div class="{}">{}<span>{}</span></div>',
        css,
        icon(icon_name or NOTE_ICONS.get(kind, "info-circle")),
        text,
    )


@register.simple_tag
def crumb(*pairs: str) -> SafeString:
    """Way to this page: label, path, label, path, …, label of this page."""
    links = [(pairs[i], pairs[i + 1]) for i in range(0, len(pairs) - 1, 2)]
    drawn = format_html_join(
        "", '<a href="{}">{}</a>{}', ((href, label, icon("chevron-right")) for label, href in links)
    )
    last = format_html('<span aria-current="page">{}</span>', pairs[-1]) if len(pairs) % 2 else ""
    return format_html('<nav class="crumb" aria-label="位置">{}{}</nav>', drawn, last)


@register.simple_tag
def kbd(*keys: str) -> SafeString:
    """Keys of the keyboard."""
    return format_html_join("", "<kbd>{}</kbd>", ((key,) for key in keys))


# ── drawn components ──


@register.inclusion_tag("ui/parts/clock.html")
def clock(item: parts.Clock) -> dict[str, Any]:
    """A running term."""
    return {"c": item}


@register.inclusion_tag("ui/parts/two_clocks.html")
def two_clocks(items: Sequence[parts.TwoClocks]) -> dict[str, Any]:
    """Cases whose terms end next, both clocks in one row each."""
    return {"items": items}


@register.inclusion_tag("ui/parts/metro.html")
def metro(stages: Sequence[parts.Stage], label: str = "办案线路") -> dict[str, Any]:
    """The line of stages with time per stage. Horizontal; vertical where there is no room."""
    return {"stages": stages, "label": label, "stops": len(stages), "branch": False}


@register.inclusion_tag("ui/parts/metro.html")
def metro_branch(stages: Sequence[parts.Stage], stops: int, label: str = "并行事项") -> dict[str, Any]:
    """Things that run beside the line; `stops` = number of stops of the main line, so that both align."""
    return {"stages": stages, "label": label, "stops": stops, "branch": True}


@register.inclusion_tag("ui/parts/bar.html")
def bar(
    items: Sequence[parts.BarPart], total: Decimal | int | None = None, label: str = "", css: str = ""
) -> dict[str, Any]:
    """A stacked bar; without a label the labels of the parts are read out."""
    shares = sum((Decimal(part.value) for part in items), Decimal(0)) if total is None else total
    words = label or "，".join(f"{p.label} {parts.percent(p.value, shares)}%" for p in items if p.label)
    return {"rects": parts.bar_rects(items, total), "label": words, "css": css}


@register.inclusion_tag("ui/parts/legend.html")
def bar_legend(items: Sequence[parts.BarPart]) -> dict[str, Any]:
    """Colour, name and number of each part of a bar."""
    return {"items": items}


@register.inclusion_tag("ui/parts/waterfall.html")
def waterfall(rows: Sequence[parts.WaterfallRow], label: str = "分配瀑布") -> dict[str, Any]:
    """The way of the money from receipt to nothing left."""
    return {"rows": parts.waterfall_rects(rows), "label": label}


@register.inclusion_tag("ui/parts/approval_steps.html")
def approval_steps(steps: Sequence[parts.ApprovalStep], css: str = "") -> dict[str, Any]:
    """Steps of an approval chain, or of any road in words."""
    return {"steps": steps, "css": css}


@register.inclusion_tag("ui/parts/checks.html")
def checks(items: Sequence[Any]) -> dict[str, Any]:
    """Legal checks. Takes CheckLine (with `state`) or Problem (a warning may be overridden, an error not)."""
    lines = []
    for item in items:
        state = getattr(item, "state", "") or ("warn" if getattr(item, "override", False) else "bad")
        text = getattr(item, "note", "") or getattr(item, "mend", "")
        lines.append(
            {
                "state": state,
                "icon": CHECK_ICONS[state],
                "word": CHECK_WORDS[state],
                "sentence": item.sentence,
                "note": text,
                "law": item.law or "",
            }
        )
    return {"lines": lines}


# Two names: directly inside a `for`, Django keeps the word `empty` for itself; there write `empty_state`.
@register.inclusion_tag("ui/parts/empty.html", name="empty")
@register.inclusion_tag("ui/parts/empty.html", name="empty_state")
def empty(
    title: str, text: str = "", label: str = "", href: str = "", icon_name: str = "inbox", code: str = ""
) -> dict[str, Any]:
    """Nothing here, an error or no right: what, why, and one thing to do. `code` is for the help desk."""
    return {"title": title, "text": text, "label": label, "href": href, "icon_name": icon_name, "code": code}


@register.inclusion_tag("ui/parts/skeleton.html")
def skeleton(lines: int = 6, text: str = "正在载入") -> dict[str, Any]:
    """Grey lines while something is being fetched."""
    widths = ("w60", "w90", "w80", "w40", "w90", "w60")
    return {"widths": [widths[i % len(widths)] for i in range(lines)], "text": text}


@register.inclusion_tag("ui/parts/seal.html")
def seal(court: str, preview: bool = True) -> dict[str, Any]:
    """A drawn seal for previews. The real one is in the sealed PDF."""
    return {"court": court, "preview": preview}


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], param: str = "page") -> dict[str, Any]:
    """Pages of a list; other parameters of the address are kept."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "param": param, "request": context.get("request")}


# ── forms ──


@register.inclusion_tag("ui/parts/form.html", takes_context=True)
def act_form(context: template.Context, form: FormView) -> dict[str, Any]:
    """A whole form with problems above and beside the fields, warnings with reason, and a busy state."""
    return {"form": form, "csrf_token": context.get("csrf_token"), "fields": form.fields}


@register.inclusion_tag("ui/parts/field.html")
def field(view: FieldView) -> dict[str, Any]:
    """One labelled field, for forms laid out by a page."""
    accepted = [part.strip().lstrip(".").upper() for part in view.accept.split(",") if part.strip()]
    return {"f": view, "accepted": "、".join(accepted)}


@register.inclusion_tag("ui/parts/problems.html")
def form_problems(form: FormView) -> dict[str, Any]:
    """All that must be mended, with links to the fields."""
    return {"form": form}


@register.inclusion_tag("ui/parts/warnings.html")
def form_warnings(form: FormView) -> dict[str, Any]:
    """Warnings that may be overridden, and the reason. Posts `override` (codes) and `override_reason`."""
    return {"form": form}
