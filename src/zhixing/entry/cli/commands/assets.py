"""`zhixing assets`: put third-party page assets and fonts in their place (part of `make setup`)."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhixing.entry.cli.page_assets import assets_copy
from zhixing.platform.runtime.settings import checkout_find

NAME = "assets"
HELP = "把第三方页面资源和字体复制到 build/assets（make setup 会运行）"
ORDER = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where from and where to."""
    parser.add_argument("--packages", type=Path, help="npm 包目录，默认 node_modules")
    parser.add_argument("--target", type=Path, help="目标目录，默认 build/assets")


def run(args: argparse.Namespace) -> int:
    """Copy and count."""
    checkout = checkout_find()
    target = args.target or checkout / "build" / "assets"
    count = assets_copy(args.packages or checkout / "node_modules", target)
    print(f"已复制 {count} 个页面资源和字体到 {target}。")
    return 0
