"""`python -m simworld`: run the outside world, write it to a file, look into its books."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

from simworld.accuracy.evasion_world import evasion_write
from simworld.accuracy.world import world_write
from simworld.cases import case_material
from simworld.catalog import AGENCIES
from simworld.config import ConfigError
from simworld.institutions.books import dump
from simworld.paperfiles import write_papers
from simworld.population import World
from simworld.runner import run


def main(argv: list[str] | None = None) -> int:
    """Entry point; returns the exit status."""
    options = _parser().parse_args(argv)
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.INFO,
        format="%(asctime)s %(name)s %(levelname)s %(message)s",
    )
    for noisy in ("httpx", "httpcore", "mail.log", "asyncio"):
        # their lines carry addresses and message heads
        logging.getLogger(noisy).setLevel(logging.ERROR)
    try:
        return options.do(options)
    except ConfigError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 2
    except OSError as error:
        print(f"无法启动：{error.strerror or error}。请检查端口是否被占用、目录是否可写。", file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simworld", description="模拟的外部世界：人、银行、登记机构、手机和邮箱"
    )
    parser.add_argument("--verbose", action="store_true", help="写更细的日志")
    commands = parser.add_subparsers(required=True)

    runner = commands.add_parser("run", help="启动模拟机构和手机、邮箱")
    runner.add_argument("--home", type=Path, required=True, help="数据目录")
    runner.add_argument("--court", default="http://127.0.0.1:8000", help="法院系统地址")
    runner.add_argument("--config", type=Path, required=True, help="法院端写出的机构口令文件（JSON）")
    runner.add_argument("--services-port", type=int, default=8025, help="手机与邮箱网页端口")
    runner.add_argument("--smtp-port", type=int, default=8026, help="收信端口")
    runner.add_argument(
        "--poll", type=float, default=None, help="轮询间隔（秒），默认取配置文件，再默认 1 秒"
    )
    runner.add_argument(
        "--only", action="append", default=[], help="只启动：services、bank、realty、bank:abc、bank:机构代码"
    )
    _world_options(runner)
    runner.set_defaults(do=_run)

    world = commands.add_parser("world", help="写出人口和财产（JSON）")
    world.add_argument("--out", type=Path, required=True)
    _world_options(world)
    world.set_defaults(do=_world)

    papers = commands.add_parser("papers", help="写出案件材料：每案一个目录，含 material.json 和文书")
    papers.add_argument("--out", type=Path, required=True)
    papers.add_argument("--first", type=int, default=0, help="第一件的编号，0 为固定示例案")
    papers.add_argument("--cases", type=int, default=1, help="件数")
    papers.add_argument("--formats", default="txt", help="逗号分隔：txt、docx、pdf；空为不写文书文件")
    papers.add_argument("--fonts", action="append", default=[], help="字体目录，可多次")
    _world_options(papers)
    papers.set_defaults(do=_papers)

    books = commands.add_parser("books", help="打印各机构账簿：指令、冻结、划款")
    books.add_argument("--home", type=Path, required=True)
    books.add_argument("--json", action="store_true", help="JSON 输出（默认也是 JSON，只是缩进）")
    books.set_defaults(do=_books)

    agencies = commands.add_parser("agencies", help="列出模拟机构的代码和名称（JSON）")
    agencies.set_defaults(do=_agencies)
    accuracy = commands.add_parser("accuracy-world", help="写出带真相的案件和反馈，用于测量筛查的准确程度")
    accuracy.add_argument("--seed", default="1", help="种子，任意文字")
    accuracy.add_argument("--size", type=int, default=100, help="案件数")
    accuracy.add_argument("--out", type=Path, required=True, help="还没有 truth.jsonl 的目录")
    accuracy.set_defaults(do=_accuracy)
    return parser


def _world_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=1, help="种子，相同则世界相同")
    parser.add_argument("--size", type=int, default=320, help="人数")


def _run(options: argparse.Namespace) -> int:
    return run(
        home=options.home,
        court=options.court,
        config_path=options.config,
        seed=options.seed,
        size=options.size,
        services_port=options.services_port,
        smtp_port=options.smtp_port,
        poll_seconds=options.poll,
        only=options.only,
    )


def _world(options: argparse.Namespace) -> int:
    World(options.seed, options.size).dump(options.out)
    return 0


def _papers(options: argparse.Namespace) -> int:
    world = World(options.seed, options.size)
    formats = tuple(name for name in options.formats.split(",") if name)
    for number in range(options.first, options.first + options.cases):
        material = case_material(world, number)
        folder = options.out / f"case-{number:04d}"
        write_papers(material.texts, folder, formats, options.fonts)
        text = json.dumps(material.as_json(world), ensure_ascii=False, indent=1)
        (folder / "material.json").write_text(text, encoding="utf-8")
    return 0


def _books(options: argparse.Namespace) -> int:
    folder = options.home / "institutions"
    found = {path.stem: dump(path) for path in sorted(folder.glob("*.sqlite3"))}
    print(json.dumps(found, ensure_ascii=False, indent=None if options.json else 1))
    return 0


def _accuracy(options: argparse.Namespace) -> int:
    world_write(options.seed, options.size, options.out)
    evasion_write(options.seed, options.size, options.out / "evasion")
    return 0


def _agencies(options: argparse.Namespace) -> int:
    print(json.dumps([asdict(agency) for agency in AGENCIES], ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
