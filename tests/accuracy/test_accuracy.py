"""The measured figures of a small world stand at their targets; the interval leaves room for its size."""

from __future__ import annotations

import json
import subprocess
import sys

TARGETS = {"identity_precision": 0.9999, "identity_recall": 0.98, "classification": 0.995, "comparison": 0.99}


def test_a_small_world_meets_the_targets():
    words = [
        sys.executable,
        "-m",
        "zhixing.entry.cli",
        "bench",
        "accuracy",
        "--world",
        "test",
        "--size",
        "40",
    ]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    figures = {line["figure"]: line for line in map(json.loads, done.stdout.splitlines())}
    for name, target in TARGETS.items():
        assert figures[name]["high"] >= target, figures[name]
        assert figures[name]["n"] > 100
    assert figures["plan_floor_breaks"]["value"] == figures["plan_cap_breaks"]["value"] == 0
