"""Look before starting: what would fail later is said at once, all of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from zhixing.platform.runtime.locks import is_locked
from zhixing.platform.runtime.ports import ports_require
from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

NEEDED_BYTES = 500 * 1024 * 1024


def preflight(runtime: Runtime, *, assets: Sequence[str], with_world: bool) -> None:
    """Check folders, space, page assets and ports.

    Args:
        assets: files that must be in the assets folder.
        with_world: whether the simulated outside world starts too and needs its ports.
    Raises: RuntimeProblem: the first group of faults found: folder, space, assets, ports.
    """
    _home_check(runtime)
    _assets_check(runtime, assets)
    wanted = [("网页", runtime.web_host, runtime.web_port, "ZHIXING_WEB_PORT")]
    # A database somebody holds at this moment is ours and will be shared.
    if runtime.is_embedded and not is_locked(runtime.postgres_dir / "guardian.lock"):
        wanted.append(("数据库", "127.0.0.1", runtime.pg_port, "ZHIXING_PG_PORT"))
    if with_world:
        wanted.append(("模拟手机与邮箱", "127.0.0.1", runtime.services_port, "ZHIXING_SERVICES_PORT"))
        wanted.append(("模拟收信", "127.0.0.1", runtime.smtp_port, "ZHIXING_SMTP_PORT"))
    ports_require(wanted)


def _home_check(runtime: Runtime) -> None:
    try:
        runtime.home.mkdir(parents=True, exist_ok=True, mode=0o711)
        is_writable = os.access(runtime.home, os.W_OK | os.X_OK)
    except OSError:
        is_writable = False
    if not is_writable:
        raise RuntimeProblem(
            f"无法写入数据目录 {runtime.home}。请改用有权限的用户运行，或用 ZHIXING_HOME 另选目录。",
            f"Cannot write into the home folder {runtime.home}. "
            "Run as a user who may, or choose another folder with ZHIXING_HOME.",
        )
    free = shutil.disk_usage(runtime.home).free
    if free < NEEDED_BYTES:
        raise RuntimeProblem(
            f"磁盘空间不足：{runtime.home} 只剩 {free // 2**20} MB，至少需要 {NEEDED_BYTES // 2**20} MB。请清理磁盘后重试。",
            f"Too little disk space: {free // 2**20} MB left for {runtime.home}, at least {NEEDED_BYTES // 2**20} MB "
            "needed. Make room and try again.",
        )


def _assets_check(runtime: Runtime, assets: Sequence[str]) -> None:
    missing = [name for name in assets if not (runtime.assets_dir / name).is_file()]
    if missing:
        raise RuntimeProblem(
            f"缺少 {len(missing)} 个页面资源（如 {missing[0]}）。请在项目目录运行 make setup。",
            f"{len(missing)} page assets are missing (such as {missing[0]}). Run `make setup` in the checkout.",
        )
