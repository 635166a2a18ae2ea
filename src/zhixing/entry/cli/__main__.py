"""`python -m zhixing.entry.cli`: the same as `zhixing`."""

from __future__ import annotations

import sys

from zhixing.entry.cli import main

if __name__ == "__main__":
    sys.exit(main())
