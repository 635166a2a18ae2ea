"""Style sheets, scripts and icons keep the rules of the house."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from zhixing.ui import icons
from zhixing.ui.shell import PLACES
from zhixing.ui.templatetags.ui import CHECK_ICONS, CHIP_ICONS, NOTE_ICONS

ROOT = Path(__file__).resolve().parents[2] / "src" / "zhixing"
UI = ROOT / "ui"
SHEETS = sorted((UI / "static" / "ui").rglob("*.css"))
SCRIPTS = sorted((UI / "static" / "ui" / "js").glob("*.js"))
SVG = """<svg
  viewBox="0 0 24 24"
>
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M5 12l5 5l10 -10" />
</svg>"""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheet_has_no_override_by_force_and_nothing_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    assert "!important" not in text
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_is_short_and_builds_no_code_or_markup_from_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"\beval\(|new Function|\.innerHTML\s*=|insertAdjacentHTML|document\.write", text)


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _tokens(block: str) -> dict[str, str]:
    text = (UI / "static" / "ui" / "tokens.css").read_text(encoding="utf-8")
    body = re.search(re.escape(block) + r"\s*\{(.*?)\n\}", text, re.DOTALL)
    assert body
    raw = dict(re.findall(r"--([\w-]+):\s*([^;]+);", body[1]))

    def value(name: str) -> str:
        found = raw[name].strip()
        inner = re.fullmatch(r"var\(--([\w-]+)\)", found)
        return value(inner[1]) if inner else found

    return {name: ("#ffffff" if value(name) == "#fff" else value(name)) for name in raw}


LIGHT_PAIRS = [
    ("text", "bg"), ("text-2", "bg"), ("text-3", "bg"), ("text-3", "surface-2"), ("brass-700", "brass-50"),
    ("brass-700", "paper"), ("late-700", "paper"), ("paper", "late-600"), ("warn-800", "warn-100"),
    ("warn-800", "paper"),
    ("done-700", "done-100"), ("ink-800", "ink-100"), ("ink-700", "paper"), ("paper", "ink-700"),
    ("stone-500", "stone-100"),
    ("stone-700", "stone-100"), ("brass-700", "brass-200"),
]  # fmt: skip
HALL_PAIRS = [
    ("text", "bg"),
    ("text-2", "surface"),
    ("text-3", "surface"),
    ("late-600", "surface"),
    ("done-600", "surface"),
    ("warn-800", "surface"),
    ("brass-700", "brass-200"),
]


@pytest.mark.parametrize(("block", "pairs"), [(":root", LIGHT_PAIRS), ('[data-theme="hall"]', HALL_PAIRS)])
def test_text_has_contrast_aa(block: str, pairs: list[tuple[str, str]]) -> None:
    tokens = _tokens(block)
    poor = {
        pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in pairs
        if _contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    }
    assert poor == {}


def test_every_icon_used_is_in_the_list() -> None:
    known = set(icons.icon_names())
    used = (
        {place.icon for place in PLACES}
        | set(CHIP_ICONS.values())
        | set(CHECK_ICONS.values())
        | set(NOTE_ICONS.values())
    )
    patterns = (
        re.compile(r'\{%\s*icon\s+"([a-z0-9-]+)"'),
        re.compile(r'\{%\s*chip\s+\S+\s+(?:"[^"]*"|\S+)\s+"([a-z0-9-]+)"'),
        re.compile(r'icon_name="([a-z0-9-]+)"'),
    )
    for page in ROOT.rglob("templates/**/*.html"):
        text = page.read_text(encoding="utf-8")
        used.update(name for pattern in patterns for name in pattern.findall(text))
    assert used - known == set(), "add these names to src/zhixing/ui/icons.txt and build the sprite again"


def test_sprite_holds_one_symbol_per_name(tmp_path: Path) -> None:
    (tmp_path / "check.svg").write_text(SVG, encoding="utf-8")
    text = icons.sprite_text(tmp_path, ["check"])
    assert '<symbol id="check" viewBox="0 0 24 24"><path d="M5 12l5 5l10 -10" /></symbol>' in text
    assert "M0 0h24v24H0z" not in text


def test_missing_icons_are_told_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "check.svg").write_text(SVG, encoding="utf-8")
    with pytest.raises(icons.IconsMissing, match=r"chek \(nearest: check\).*nothing"):
        icons.sprite_text(tmp_path, ["chek", "nothing"])


def test_assets_are_named_by_package_file_and_place() -> None:
    rows = json.loads((UI / "assets.json").read_text(encoding="utf-8"))
    assert all(set(row) == {"package", "file", "to"} for row in rows)
    assert len({row["to"] for row in rows}) == len(rows)
    assert {"vendor/htmx.min.js", "vendor/echarts.esm.min.js"} <= {row["to"] for row in rows}
