"""`zhixing conformance`: plays the court against an agency's client and judges it rule by rule. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhixing.gateway.conformance.samples import Person

NAME = "conformance"
HELP = "检验协助单位的客户端：扮演法院，逐条判断是否符合报文格式"
ORDER = 31
FAILED = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is tried, where, and where the bytes go."""
    parser.add_argument(
        "--profile",
        required=True,
        help="报文格式：bank-soap-gbk、realty-soap-utf8、bank-file-zip、zhixing-rest-json、realty-rest-json",
    )
    parser.add_argument("--dialect", default="", help="版本；默认为该格式的第一个")
    parser.add_argument(
        "--target",
        required=True,
        help="扮演法院时：供客户端轮询的 主机:端口，或者前置机目录；扮演协助单位时：法院的服务地址",
    )
    parser.add_argument("--role", choices=("court", "agency"), default="court", help="扮演谁，默认法院")
    parser.add_argument("--username", default="conformance", help="约定的用户名；签名方式为公钥编号")
    parser.add_argument("--public-key", metavar="FILE", help="签名方式：贵单位的 Ed25519 公钥（PEM）")
    parser.add_argument("--password-file", metavar="FILE", help="口令所在文件；默认口令 conformance")
    parser.add_argument(
        "--person", metavar="姓名,证件号码", default="", help="对方测试环境中有财产的测试客户"
    )
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="法院调用的格式：该单位的设置，如 regioncode=130930、ca=/路径/ca.pem；可以多次",
    )
    parser.add_argument("--code", default="", help="17 位机构代码（文件方式）")
    parser.add_argument("--seconds", type=float, default=300.0, help="最长等待秒数，默认 300")
    parser.add_argument("--out", metavar="DIR", help="报文和结果写到的目录；默认 conformance-<时间>")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: every exercised rule holds; 1: one is broken, nothing was exercised, or it could not be run."""
    from zhixing.gateway.conformance.report import outcome_save, outcome_text
    from zhixing.gateway.conformance.run import Plan, WrongTarget, run_plan, stamp_of
    from zhixing.gateway.profiles.registry import UnknownProfile
    from zhixing.kernel.clock import now

    try:
        plan = Plan(
            profile=args.profile,
            dialect=args.dialect,
            target=args.target,
            role=args.role,
            username=args.username,
            password=Path(args.password_file).read_text("utf-8").strip()
            if args.password_file
            else "conformance",
            person=_person(args.person),
            code=args.code,
            public_key=Path(args.public_key).read_bytes() if args.public_key else b"",
            settings=dict(item.partition("=")[::2] for item in args.setting),
            seconds=args.seconds,
        )
        outcome = run_plan(plan, lambda line: print(line, file=sys.stderr, flush=True))
    except WrongTarget as problem:
        print(problem, file=sys.stderr)
        return FAILED
    except UnknownProfile as problem:
        print(f"没有这种报文格式或者版本：{problem}", file=sys.stderr)
        return FAILED
    except OSError as problem:
        print(f"无法开始：{problem.strerror}。请检查端口是否被占用、目录是否可写。", file=sys.stderr)
        return FAILED
    folder = Path(args.out or f"conformance-{stamp_of(now())}")
    told = outcome_save(outcome, folder)
    print(json.dumps(told, ensure_ascii=False, indent=1) if args.json else outcome_text(told))
    print(f"报文和结果在 {folder}", file=sys.stderr)
    return 0 if outcome.is_passed else FAILED


def _person(text: str) -> Person | None:
    from zhixing.gateway.conformance.run import WrongTarget
    from zhixing.gateway.conformance.samples import Person

    if not text:
        return None
    name, _, number = text.replace("，", ",").partition(",")
    if not name.strip() or not number.strip():
        raise WrongTarget("--person 应为 姓名,证件号码，例如 张某,130930199001010010。")
    return Person(name=name.strip(), id_no=number.strip())
