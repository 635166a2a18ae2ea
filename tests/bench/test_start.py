"""How long people wait for a start, and what the whole stack keeps in memory when nothing happens."""

from __future__ import annotations

import pytest
from bench_demo import Demo
from bench_figures import figure, report

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

MIB = 1024 * 1024


def test_starts_and_memory(demo: Demo) -> None:
    report(
        [
            figure("processors busy with other work before the start", demo.busy_percent, "%"),
            figure("first start to first page", demo.first_start, "s", limit=60),
            figure("second start to first page", demo.second_start, "s", limit=10, peer=demo.first_start,
                   peer_is="first start"),
            figure("remaining cases seeded behind the first page", demo.seeding, "s"),
            figure("memory of the whole stack at rest", sum(demo.memory.values()) / MIB, "MiB PSS", limit=1024,
                   parts={name: round(used / MIB) for name, used in sorted(demo.memory.items())}),
        ]
    )  # fmt: skip
