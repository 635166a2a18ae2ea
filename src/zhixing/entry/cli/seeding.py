"""The demo's cases, in a process of its own so that the supervisor stays small: `… seeding first | rest`."""

from __future__ import annotations

import json
import os
import sys

STEP_MARK = "· "


def main(part: str) -> int:
    """Seed the first cases before the first page, or the rest behind it. Both leave seeded data alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhixing.config.settings")
    import django

    django.setup()
    from zhixing.processes.demo import seed as demo

    if part == "first":
        demo.seed(report=_tell)
        _accounts_write()
    else:
        demo.seed_rest(report=_tell)
    return 0


def _tell(line: str) -> None:
    print(f"{STEP_MARK}{line}", flush=True)


def _accounts_write() -> None:
    """Leave the demo's accounts for the supervisor, which prints them and knows no Django."""
    from django.conf import settings

    from zhixing.processes.demo.people import PASSWORD, PIN, STAFF

    people = [[person.username, person.title, person.name] for person in STAFF]
    people += [["applicant0", "申请执行人", ""], ["debtor0", "被执行人", ""]]
    from zhixing.entry.cli.programs import accounts_file

    path = accounts_file(settings.RUNTIME)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"password": PASSWORD, "pin": PIN, "people": people}, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
