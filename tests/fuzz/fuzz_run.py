"""Fuzz one format from the shell and say how fast: `python tests/fuzz/fuzz_run.py PROFILE MESSAGES [SEED] [DIALECT]`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "src"), str(Path(__file__).resolve().parent)]

from fuzz_checks import Broken, run


def main(profile: str, messages: str, seed: str = "1", dialect: str = "") -> int:
    """One JSON line; a message that breaks a rule is written to a file beside us, and its name told."""
    began = time.perf_counter()
    try:
        malformed, done = run(profile, dialect, messages=int(messages), seed=int(seed))
    except Broken as broken:
        path = Path(f"fuzz-{profile}-broken.bin")
        path.write_bytes(broken.raw)
        print(
            json.dumps({"profile": profile, "broken": str(broken), "message": str(path)}, ensure_ascii=False)
        )
        return 1
    spent = time.perf_counter() - began
    told = {
        "profile": profile,
        "seed": int(seed),
        "malformed": malformed,
        "messages": done,
        "per_second": round(done / spent),
    }
    print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
