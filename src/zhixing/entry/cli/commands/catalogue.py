"""`zhixing catalogue`: write the pages that come from the code (acts, coverage of the law), or check that they are not stale."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

NAME = "catalogue"
HELP = "由代码生成行为目录 docs/acts.md 和法律规则覆盖表 docs/law-coverage.md；--check 只检查是否过期"
ORDER = 40
STALE = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and whether to write."""
    parser.add_argument("--check", action="store_true", help="只检查，过期时退出码为 1")
    parser.add_argument("--output", metavar="文件", help="只写行为目录，写到这个文件")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: written or up to date; 1: stale. Needs no database."""
    from zhixing.platform.runtime.settings import Runtime

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.config.settings")
    import django

    django.setup()
    from zhixing.entry.catalogue import catalogue_text
    from zhixing.law.coverage import coverage_text

    checkout = Runtime.from_environment().checkout
    if args.output:
        pages = {Path(args.output): catalogue_text()}
    else:
        pages = {
            checkout / "docs" / "acts.md": catalogue_text(),
            checkout / "docs" / "law-coverage.md": coverage_text(checkout),
        }
    return _checked(pages) if args.check else _written(pages)


def _written(pages: dict[Path, str]) -> int:
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
        print(f"✓ 已写入 {path}")
    return 0


def _checked(pages: dict[Path, str]) -> int:
    stale = [p for p, text in pages.items() if not p.exists() or p.read_text(encoding="utf-8") != text]
    for path in pages:
        if path in stale:
            print(f"✗ {path.name} 已过期，请运行 zhixing catalogue", file=sys.stderr)
        else:
            print(f"✓ {path.name} 与代码一致")
    return STALE if stale else 0
