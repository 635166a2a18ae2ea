"""Builds the icon sprite: one SVG file that holds only the icons named in `icons.txt`.

The drawings come from the npm package `@tabler/icons` (MIT); they are a dependency and are not committed.
`make setup` runs `python -m zhixing.ui.icons` after npm; pages refer to `vendor/icons.svg#name`.
"""

from __future__ import annotations

import argparse
import re
import sys
from difflib import get_close_matches
from pathlib import Path

LIST_FILE = Path(__file__).with_name("icons.txt")
_BODY = re.compile(r"<svg\b[^>]*>(?P<body>.*)</svg>", re.DOTALL)
# Tabler draws an invisible square in each icon to fix its box; our symbols have a viewBox instead.
_BOX = re.compile(r'<path\b[^>]*\bd="M0 0h24v24H0z"[^>]*/>')


class IconsMissing(Exception):
    """Some names of icons.txt are not in the icon package; each is told with its nearest match."""


def icon_names(list_file: Path = LIST_FILE) -> list[str]:
    """Names in `icons.txt`, sorted, each once; `#` begins a comment."""
    lines = (line.partition("#")[0].strip() for line in list_file.read_text(encoding="utf-8").splitlines())
    return sorted({line for line in lines if line})


def symbol_text(name: str, svg: str) -> str:
    """One `<symbol>`; stroke and fill are left to the page's CSS so that colour follows the text."""
    found = _BODY.search(svg)
    if found is None:
        raise IconsMissing(f"{name}: the file holds no <svg> element")
    body = " ".join(_BOX.sub("", found["body"]).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def sprite_text(icons_dir: Path, names: list[str]) -> str:
    """The whole sprite. Raises IconsMissing with all missing names at once."""
    missing = [name for name in names if not (icons_dir / f"{name}.svg").is_file()]
    if missing:
        known = [path.stem for path in icons_dir.glob("*.svg")]
        hints = [
            f"{name} (nearest: {', '.join(get_close_matches(name, known, 2)) or 'none'})" for name in missing
        ]
        raise IconsMissing(f"not in {icons_dir}: {'; '.join(hints)}; mend {LIST_FILE.name}")
    symbols = [symbol_text(name, (icons_dir / f"{name}.svg").read_text(encoding="utf-8")) for name in names]
    note = "<!-- Tabler Icons, MIT licence, see licences/tabler-icons.txt -->"
    head = f'<svg xmlns="http://www.w3.org/2000/svg">\n{note}\n'
    return head + "\n".join(symbols) + "\n</svg>\n"


def sprite_write(icons_dir: Path, out: Path) -> int:
    """Write the sprite; answers how many icons it holds."""
    names = icon_names()
    text = sprite_text(icons_dir, names)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    return len(names)


def main(argv: list[str] | None = None) -> int:
    """Command line: paths default to the checkout's `node_modules` and `build/assets`."""
    parser = argparse.ArgumentParser(
        prog="python -m zhixing.ui.icons", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--icons", type=Path, default=Path("node_modules/@tabler/icons/icons/outline"))
    parser.add_argument("--out", type=Path, default=Path("build/assets/vendor/icons.svg"))
    given = parser.parse_args(argv)
    try:
        count = sprite_write(given.icons, given.out)
    except IconsMissing as problem:
        print(f"icons: {problem}", file=sys.stderr)
        return 1
    print(f"icons: {count} icons, {given.out.stat().st_size} bytes in {given.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
