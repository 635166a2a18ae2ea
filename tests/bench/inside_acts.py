"""Docketing, acts that take effect, and the check of the journal. Writes cases behind those of the demo."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from bench_figures import figure, quantile
from django.conf import settings
from django.db import connection, transaction

from zhixing.acts.actors import Actor
from zhixing.acts.journal import chains_verify, entries_export
from zhixing.acts.services import act_submit
from zhixing.cases.intake import paper_receive
from zhixing.cases.services import filing_open
from zhixing.courts.models import Staff
from zhixing.courts.selectors import roles_of, scope_of_staff
from zhixing.kernel.clock import now, today
from zhixing.platform import scope
from zhixing.processes.demo.filing import docket_payload
from zhixing.processes.demo.materials import Material, materials_fetch

FIRST_CASE = 100_000  # numbers of the outside world's cases that the demo never reaches
PER_RUN = 40
RUNS = (1, 4)
OVERRIDES = {"docket.not_due": "测量", **{f"party.{n}.no_id": "测量" for n in range(6)}}


def measure() -> Iterator[dict[str, Any]]:
    """Docket rates, time of an act's commit, entries checked in a second."""
    materials = materials_fetch(first=FIRST_CASE, count=PER_RUN * len(RUNS))
    jobs = _filings(materials)
    cases: list[int] = []
    insert = 0.0
    with BareTable() as table:
        for no, width in enumerate(RUNS):
            share = jobs[no * PER_RUN : (no + 1) * PER_RUN]
            bare = _rate(_insert, [table] * 400, width)[0]
            rate, made = _rate(_docket, share, width)
            cases += made
            insert = insert or 1000 / bare
            yield figure(
                f"docket rate, {width} at once", rate, "cases/s", peer=bare, peer_is="bare INSERT and COMMIT",
                cases=len(share),
            )  # fmt: skip
    yield from _commits(cases, insert)
    yield _verify()


def _filings(materials: list[Material]) -> list[tuple[str, dict[str, Any]]]:
    """Papers received beforehand; what is measured begins when the clerk presses 立案."""
    clerk, moment = _staff("wangxiaonan"), now()
    jobs = []
    for no, material in enumerate(materials):
        with scope.using(scope_of_staff(clerk)):
            filing = filing_open(staff=clerk, moment=moment)
            name, text = next(iter(material.texts.items()))
            paper_receive(
                content=text.encode(), filename=f"{name}.txt", filing=filing, uploaded_by=clerk.name, moment=moment
            )  # fmt: skip
            jobs.append((f"bench:{os.getpid()}:{no}", docket_payload(material, str(filing.pk), moment)))
    return jobs


def _staff(username: str) -> Staff:
    with scope.system("bench.staff"):
        return Staff.objects.select_related("account", "court").get(account__username=username)


def _submit(username: str, code: str, case: int | None, payload: dict[str, Any], key: str) -> int:
    """One act as one request does it: scope, transaction, commit. Returns the case."""
    staff = _staff(username)
    with scope.using(scope_of_staff(staff)):
        actor = Actor.person(staff, roles_of(staff, on=today()))
        draft = act_submit(
            code=code, actor=actor, case_id=case, payload=payload, key=key, moment=now(),
            overrides=OVERRIDES if case is None else None,
        )  # fmt: skip
        return draft.case_id or 0


def _docket(job: tuple[str, dict[str, Any]]) -> int:
    return _submit("wangxiaonan", "cases.docket", None, job[1], job[0])


def _insert(table: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} (body) VALUES (%s)", ["x" * 1000])
    return 0


def _rate(work: Callable[[Any], int], jobs: list[Any], width: int) -> tuple[float, list[int]]:
    """Jobs a second in so many processes at once, each warmed up by nothing but its start; and their results."""
    connection.close()  # a connection must not be shared by two processes
    with ProcessPoolExecutor(width, mp_context=get_context("fork")) as pool:
        list(pool.map(_touch, range(width * 4)))
        began = time.perf_counter()
        results = list(pool.map(work, jobs))
        return len(jobs) / (time.perf_counter() - began), results


def _touch(_no: int) -> None:
    """Connect."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")


class BareTable:
    """A plain table of the owner's, open to the web's role; gone afterwards."""

    def __enter__(self) -> str:
        self._execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, body text NOT NULL)")
        self._execute(f"GRANT ALL ON bench_bare, bench_bare_id_seq TO {settings.APP_DB_ROLE}")
        return "bench_bare"

    def __exit__(self, *_: object) -> None:
        self._execute("DROP TABLE bench_bare")

    @staticmethod
    def _execute(statement: str) -> None:
        import psycopg

        with psycopg.connect(**settings.RUNTIME.owner_dsn(), autocommit=True) as owner:
            owner.execute(statement)  # pyright: ignore[reportArgumentType, reportCallIssue]: our own text


def _commits(cases: list[int], insert_ms: float) -> Iterator[dict[str, Any]]:
    """Each step of three on each new case: assign (no paper), notice (papers sealed), whereabouts (no paper)."""
    judge, clerk = _staff("zhangwenqing").pk, _staff("wangxiaonan").pk
    steps: tuple[tuple[str, str, dict[str, Any], str], ...] = (
        ("liuzhenguo", "cases.assign", {"judge": judge, "clerk": clerk}, "no paper"),
        ("wangxiaonan", "cases.notice", {"served_on": today().isoformat()}, "papers rendered and sealed"),
        ("wangxiaonan", "cases.whereabouts", {"whereabouts": "unknown", "evidence": "两次送达的记录附卷"}, "no paper"),
    )  # fmt: skip
    for username, code, payload, what in steps:
        taken = []
        for case in cases[:PER_RUN]:
            began = time.perf_counter()
            _submit(username, code, case, payload, f"bench:{code}:{case}")
            taken.append((time.perf_counter() - began) * 1000)
        yield figure(
            f"act commit: {code}", quantile(taken, 0.95), "ms p95", peer=insert_ms, peer_is="bare INSERT and COMMIT",
            p50=round(quantile(taken, 0.5), 1), acts=len(taken), papers=what,
        )  # fmt: skip


def _verify() -> dict[str, Any]:
    """All chains in one statement, against hashing the same entries without a database."""
    with scope.system("bench.verify"):
        lines = list(entries_export())
        best = 0.0
        for _ in range(3):
            began = time.perf_counter()
            chains, entries, faults = chains_verify()
            best = max(best, entries / (time.perf_counter() - began))
    assert not faults
    rows = [json.loads(line) for line in lines]
    told = [(bytes.fromhex(row.pop("prev_hash")), bytes.fromhex(row.pop("hash"))) for row in rows]
    began = time.perf_counter()
    for row, (prev, digest) in zip(rows, told, strict=True):
        text = "|".join(
            (str(row["chain"]), str(row["seq"]), row["kind"], row["code"], str(row["micros"]), row["body"])
        )
        assert hashlib.sha256(prev + text.encode()).digest() == digest
    plain = len(rows) / (time.perf_counter() - began)
    return figure(
        "journal verify", best, "entries/s", peer=plain, peer_is="hashlib over the same entries in memory",
        entries=entries, chains=chains,
    )  # fmt: skip
