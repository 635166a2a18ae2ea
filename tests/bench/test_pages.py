"""Server time of the pages."""

from __future__ import annotations

import re
import time

import httpx
import pytest
from bench_demo import Demo
from bench_figures import figure, quantile, report

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]

REQUESTS = 40
LIMIT_MS = 100


def test_every_page_within_its_limit(demo: Demo) -> None:
    report(demo.inside("pages"))


def test_a_page_over_http(demo: Demo) -> None:
    with httpx.Client(
        base_url=demo.runtime.web_url, trust_env=False, headers={"Referer": demo.runtime.web_url}
    ) as client:
        _log_in(client)
        taken = _times(client, "/")
        bare = _times(client, "/healthz")
    report(
        [
            figure("workbench over HTTP", quantile(taken, 0.95), "ms p95", limit=LIMIT_MS, peer=quantile(bare, 0.95),
                   peer_is="health answer over the same connection", p50=round(quantile(taken, 0.5), 1),
                   requests=REQUESTS),
        ]
    )  # fmt: skip


def _log_in(client: httpx.Client) -> None:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get("/login/").text)
    assert token is not None
    answer = client.post(
        "/login/",
        data={"csrfmiddlewaretoken": token[1], "username": "zhangwenqing", "password": "zhixing-demo"},
    )
    assert answer.status_code == httpx.codes.FOUND


def _times(client: httpx.Client, path: str) -> list[float]:
    # Both web processes meet the page before it is measured.
    for _ in range(8):
        client.get(path).raise_for_status()
    taken = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        client.get(path).raise_for_status()
        taken.append((time.perf_counter() - began) * 1000)
    return taken
