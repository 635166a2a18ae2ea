"""Third-party page assets and fonts: from the package folder of npm into our own, as listed in `ui/assets.json`."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

from zhixing.platform.runtime.problems import RuntimeProblem


def assets_copy(packages: Path, target: Path) -> int:
    """Make `target` hold exactly the listed files; it is replaced as a whole, so that nothing old stays.

    Args:
        packages: a `node_modules` folder.
        target: the folder to fill, `build/assets` of the checkout.
    Returns: how many files were copied.
    Raises: RuntimeProblem: names every listed file that the packages do not hold.
    """
    listed = json.loads(files("zhixing.ui").joinpath("assets.json").read_text("utf-8"))
    pairs = [(packages / row["package"] / row["file"], row["to"]) for row in listed]
    missing = [str(source.relative_to(packages)) for source, _ in pairs if not source.is_file()]
    if missing:
        raise RuntimeProblem(
            f"{packages} 中缺少 {len(missing)} 个文件：{'、'.join(missing)}。请在项目目录运行 make setup。",
            f"{len(missing)} files are missing in {packages}: {', '.join(missing)}. Run `make setup` in the checkout.",
        )
    draft = target.with_name(target.name + ".new")
    shutil.rmtree(draft, ignore_errors=True)
    for source, name in pairs:
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, draft / name)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return len(pairs)
