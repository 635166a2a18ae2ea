"""Start a whole installation in the foreground or behind the terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from zhixing.entry.cli import programs
from zhixing.entry.cli.page_assets import assets_wanted
from zhixing.entry.cli.steps import Steps
from zhixing.platform.runtime.postgres.lease import database
from zhixing.platform.runtime.preflight import preflight
from zhixing.platform.runtime.settings import Runtime
from zhixing.platform.runtime.supervisor import Supervisor, sole_supervisor, state_read


def stack_run(runtime: Runtime, *, with_demo: bool) -> int:
    """Start everything, say where it is, stay until Ctrl-C or `zhixing stop`, stop everything.

    Args:
        with_demo: also seed the demo and run the simulated outside world.
    """
    for sign in (signal.SIGTERM, signal.SIGHUP):
        # Until the supervisor takes over, being asked to stop is the same as Ctrl-C.
        signal.signal(sign, signal.default_int_handler)
    steps = Steps()
    with sole_supervisor(runtime):
        with steps.step("检查环境"):
            preflight(runtime, assets=assets_wanted(), with_world=with_demo)
        with steps.step("数据库"):
            holder = database(runtime, steps.note)
            holder.__enter__()
        try:
            with steps.step("数据表"):
                programs.migrate(runtime, steps.note)
            if with_demo:
                with steps.step("演示数据"):
                    programs.seed(runtime, steps.note)
            supervisor = Supervisor(runtime, programs.services(runtime, with_world=with_demo), _log)
            with steps.step("网页、后台任务、模拟机构" if with_demo else "网页、后台任务"):
                supervisor.start()
            print(_welcome(runtime, steps.seconds, with_demo=with_demo), flush=True)
            supervisor.run()
            print("已停止。", flush=True)
        finally:
            holder.__exit__(None, None, None)
    return 0


def stack_detach(runtime: Runtime, command: str) -> int:
    """Start the same in the background and follow its progress until it is ready or has failed."""
    runtime.log_dir.mkdir(parents=True, exist_ok=True)
    path = runtime.log_dir / f"{command}.log"
    with open(path, "wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "zhixing.entry.cli", command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=runtime.checkout,
            env=os.environ | runtime.environment(),
            start_new_session=True,
        )
    with open(path, encoding="utf-8", errors="replace") as follow:
        try:
            while process.poll() is None and not _is_ready(runtime, process.pid):
                print(follow.read(), end="", flush=True)
                time.sleep(0.2)
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        time.sleep(0.2)  # the welcome is printed just behind "ready"
        print(follow.read(), end="", flush=True)
    if process.poll() is not None:
        return process.returncode or 1
    process.returncode = 0  # it lives on; it is not ours to wait for
    print(f"已在后台运行（进程 {process.pid}）。停止：zhixing stop；日志：{runtime.log_dir}", flush=True)
    return 0


def _is_ready(runtime: Runtime, pid: int) -> bool:
    state = state_read(runtime)
    return state is not None and state.get("pid") == pid and state.get("phase") == "ready"


def _log(note: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {note}", flush=True)


def _welcome(runtime: Runtime, seconds: float, *, with_demo: bool) -> str:
    lines = ["", f"知行已就绪（{seconds:.0f} 秒）：{runtime.web_url}/"]
    path = programs.accounts_file(runtime)
    if with_demo and path.exists():
        accounts = json.loads(path.read_text())
        lines.append(f"模拟手机与邮箱：{runtime.services_url}/")
        lines.append(f"演示账号（口令均为 {accounts['password']}，签名 PIN {accounts['pin']}）：")
        lines += [f"    {login:<16}{title}  {name}".rstrip() for login, title, name in accounts["people"]]
        lines.append("先试一试：")
        lines.append("  1. 用 wangxiaonan（书记员）登录，上传裁判文书立案，点击确认提取出的线索；")
        lines.append(
            "  2. 用 zhangwenqing（执行法官）登录，在工作台处理今天到期和已反馈的事项，发起网络查询；"
        )
        lines.append("  3. 在模拟手机上看验证码，开启查询结果；用 applicant0 登录，看当事人能看到的进展。")
    lines += ["停止：按 Ctrl-C，或运行 zhixing stop。数据保留，重新开始请运行 zhixing reset。", ""]
    return "\n".join(lines)
