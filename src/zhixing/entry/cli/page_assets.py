"""Third-party page assets, icons and fonts: from the package folder of npm into our own, as `zhixing.ui` lists them."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.ui.icons import IconsMissing, sprite_write

ICONS = "vendor/icons.svg"


def assets_listed() -> list[dict[str, str]]:
    """Rows of `ui/assets.json`: package, file (in the package), to (in the assets folder)."""
    return json.loads(files("zhixing.ui").joinpath("assets.json").read_text("utf-8"))


def assets_wanted() -> list[str]:
    """Every file the pages and documents need, relative to the assets folder."""
    return [*(row["to"] for row in assets_listed()), ICONS]


def assets_copy(packages: Path, target: Path) -> int:
    """Make `target` hold exactly the listed files; it is replaced as a whole, so that nothing old stays.

    Args:
        packages: a `node_modules` folder.
        target: the folder to fill, `build/assets` of the checkout.
    Returns: how many files it holds.
    Raises: RuntimeProblem: names every listed file that the packages do not hold.
    """
    pairs = [(packages / row["package"] / row["file"], row["to"]) for row in assets_listed()]
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
    try:
        sprite_write(packages / "@tabler" / "icons" / "icons" / "outline", draft / ICONS)
    except IconsMissing as error:
        raise RuntimeProblem(f"图标有缺：{error}", f"Icons are missing: {error}") from error
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return len(pairs) + 1
