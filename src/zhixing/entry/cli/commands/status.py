"""`zhixing status`: what runs in this home."""

from __future__ import annotations

import argparse
import json

from zhixing.platform.runtime.settings import Runtime
from zhixing.platform.runtime.supervisor import state_read

NAME = "status"
HELP = "查看本目录的系统是否在运行"
ORDER = 12
PHASES = {"starting": "正在启动", "ready": "运行中", "stopping": "正在停止"}
NOT_RUNNING = 3  # as service managers answer for a stopped service


def arguments(parser: argparse.ArgumentParser) -> None:
    """For people or for programs."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: something runs; 3: nothing does."""
    runtime = Runtime.from_environment()
    state = state_read(runtime)
    if args.json:
        print(json.dumps(state or {"phase": "stopped"}, ensure_ascii=False, indent=1))
    elif state is None:
        print(f"未运行（数据目录 {runtime.home}）。")
    else:
        print(
            f"{PHASES[state['phase']]}：{state['web']}/  （数据目录 {runtime.home}，主进程 {state['pid']}）"
        )
        for name, service in state["services"].items():
            condition = (
                "已结束" if service["done"] else f"进程 {service['pid']}" if service["pid"] else "等待启动"
            )
            print(f"    {name:<10}{condition}  重启 {service['restarts']} 次")
    return NOT_RUNNING if state is None else 0
