"""The journal: append and verify. Nothing here changes an entry; the database would refuse."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zhixing.acts.actors import Actor
from zhixing.acts.models import EntryKind

GENESIS = bytes(32)


def chain_of(*, case_id: int | None, court_key: int) -> int:
    """Chain number: the case itself, or minus (court key + 1)."""
    return case_id if case_id is not None else -(court_key + 1)


def canonical(body: dict[str, Any]) -> str:
    """The text that is stored and hashed: sorted keys, no spaces, Chinese kept."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def entry_append(
    *,
    kind: EntryKind,
    code: str,
    case_id: int | None,
    court_key: int,
    moment: datetime,
    actor: Actor,
    audience: str,
    body: dict[str, Any],
) -> int:
    """Append one entry. Returns its seq. Locks: the chain, to the end of the transaction."""
    text = canonical({"actor": actor.label(), **body})
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO acts_entry (chain, seq, kind, code, case_id, court_key, moment, actor_name, audience, body,"
            " prev_hash, hash) VALUES (%s, 0, %s, %s, %s, %s, %s, %s, %s, %s, '', '') RETURNING seq",
            [
                chain_of(case_id=case_id, court_key=court_key),
                kind,
                code,
                case_id,
                court_key,
                moment,
                actor.name[:60],
                audience,
                text,
            ],
        )
        return cursor.fetchone()[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """Where a chain does not hold. what: 'hash' (entry changed), 'link' (entry missing or reordered), 'gap'."""

    chain: int
    seq: int
    what: str


_VERIFY = """
SELECT chain, seq, CASE
    WHEN seq <> row_number() OVER w THEN 'gap'
    WHEN prev_hash <> coalesce(lag(hash) OVER w, decode(repeat('00', 32), 'hex')) THEN 'link'
    WHEN hash <> zx_entry_hash(prev_hash, chain, seq, kind, code, moment, body) THEN 'hash' END AS fault
FROM acts_entry WHERE (%(chain)s::bigint IS NULL OR chain = %(chain)s)
WINDOW w AS (PARTITION BY chain ORDER BY seq)
"""


def chains_verify(*, chain: int | None = None) -> tuple[int, int, list[ChainFault]]:
    """Check one chain or all that the scope sees, in one statement. Returns (chains, entries, faults)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(DISTINCT chain), count(*),"  # noqa: S608  constant text
            f" coalesce(json_agg(json_build_array(chain, seq, fault)) FILTER (WHERE fault IS NOT NULL), '[]')"
            f" FROM ({_VERIFY}) AS checked",
            {"chain": chain},
        )
        chains, entries, faults = cursor.fetchone()
    rows = json.loads(faults) if isinstance(faults, str) else faults
    return chains, entries, [ChainFault(chain=c, seq=s, what=w) for c, s, w in rows]


def entries_export(*, chain: int | None = None) -> Iterator[str]:
    """One JSON line per entry, for the offline verifier; order by chain, seq."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT chain, seq, kind, code, (extract(epoch from moment) * 1000000)::bigint, body,"
            " encode(prev_hash, 'hex'), encode(hash, 'hex') FROM acts_entry"
            " WHERE (%(chain)s::bigint IS NULL OR chain = %(chain)s) ORDER BY chain, seq",
            {"chain": chain},
        )
        names = ("chain", "seq", "kind", "code", "micros", "body", "prev_hash", "hash")
        for row in cursor:
            yield json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)


def entry_hash(*, prev: bytes, chain: int, seq: int, kind: str, code: str, micros: int, body: str) -> bytes:
    """The hash of one entry, computed outside the database; the offline verifier uses the same formula."""
    text = "|".join((str(chain), str(seq), kind, code, str(micros), body))
    return hashlib.sha256(prev + text.encode()).digest()
