"""Run inside an installation, in a process of its own: `inside.py SUBJECT` prints the figures of `inside_SUBJECT`."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

os.environ["DJANGO_SETTINGS_MODULE"] = "zhixing.config.settings"

import django


def main(subject: str) -> None:
    """Figures go to the real standard output; what a library prints goes elsewhere."""
    talk = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    django.setup()
    for line in import_module(f"inside_{subject}").measure():
        talk.write(json.dumps(line, ensure_ascii=False) + "\n")
        talk.flush()


if __name__ == "__main__":
    main(sys.argv[1])
