"""`zhixing catalogue`: write the catalogue of all acts from the registry, or check that it is not stale."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

NAME = "catalogue"
HELP = "由代码生成行为目录 docs/acts.md；--check 只检查是否过期"
ORDER = 40
STALE = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and whether to write."""
    parser.add_argument("--check", action="store_true", help="只检查，过期时退出码为 1")
    parser.add_argument("--output", metavar="文件", help="写到这个文件，默认 docs/acts.md")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: written or up to date; 1: stale. Needs no database."""
    from zhixing.platform.runtime.settings import Runtime

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.config.settings")
    import django

    django.setup()
    from zhixing.entry.catalogue import catalogue_text

    path = Path(args.output) if args.output else Runtime.from_environment().checkout / "docs" / "acts.md"
    wanted = catalogue_text()
    if args.check:
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            print(f"✓ {path.name} 与代码一致")
            return 0
        print(f"✗ {path.name} 已过期，请运行 zhixing catalogue", file=sys.stderr)
        return STALE
    path.write_text(wanted, encoding="utf-8")
    print(f"✓ 已写入 {path}")
    return 0
