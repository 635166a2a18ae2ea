"""One figure, one line of JSON. Used by the benchmarks and by the programs they start inside an installation."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def figure(
    name: str,
    value: float,
    unit: str,
    *,
    limit: float | None = None,
    peer: float | None = None,
    peer_is: str = "",
    **more: Any,
) -> dict[str, Any]:
    """One measured value.

    limit: the most that is allowed, in the same unit; ratio is value / limit.
    peer: the same work done the bare way in the same run, in the same unit; ratio is value / peer, and `peer_is` says
        what it was. With a limit and a peer the ratio is to the limit.
    """
    base = limit if limit is not None else peer
    line: dict[str, Any] = {"figure": name, "value": short(value), "unit": unit}
    if limit is not None:
        line["limit"] = limit
    if peer is not None:
        line |= {"peer": short(peer), "peer_is": peer_is}
    if base:
        line["ratio"] = short(value / base)
    return line | {"machine": machine()} | more


def short(value: float) -> float:
    """Three significant places are all that a measurement on a shared machine can carry."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)


@lru_cache(maxsize=1)
def machine() -> str:
    """Cores and processor, as the kernel names it."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "unknown processor",
    )
    return f"{os.cpu_count()} cores/{cpu}"


def report(figures: Iterable[dict[str, Any]]) -> None:
    """Print every figure, then fail naming those over their limit."""
    over: list[str] = []
    for line in figures:
        print(json.dumps(line, ensure_ascii=False), flush=True)
        if "limit" in line and line["value"] > line["limit"]:
            over.append(f"{line['figure']}: {line['value']} {line['unit']}, limit {line['limit']}")
    assert not over, "over the limit: " + "; ".join(over)
