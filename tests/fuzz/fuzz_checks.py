"""What must hold for anything that comes: no crash, no hang, no effect, an answer in the format's own error form."""

from __future__ import annotations

import time
from random import Random
from typing import Any

from fuzz_bodies import message_sound
from fuzz_mutations import damaged

from zhixing.gateway.domain.canonical import AckResult, Rollback
from zhixing.gateway.domain.messages import AckList, RollbackList
from zhixing.gateway.profiles.base import Decoded, Wire
from zhixing.gateway.profiles.registry import profiles_known, wire_get
from zhixing.gateway.profiles.soap import read_envelope

# A message of these sizes takes a millisecond or so; a busy machine may stop us for a while.
LONGEST_SECONDS = 2.0


class Broken(AssertionError):
    """A rule does not hold; the message that broke it is ``raw``."""

    def __init__(self, what: str, raw: bytes) -> None:
        super().__init__(what)
        self.raw = raw


def judge(wire: Wire, raw: bytes) -> Decoded:
    """Decode one message and hold every rule against it. Raises Broken."""
    began = time.perf_counter()
    try:
        read = wire.decode(raw)
        _no_effect(read, raw)
        if hasattr(wire, "parse_call"):
            _soap(wire, raw)
        elif read.errors:
            _told(wire, read, raw)
    except Broken:
        raise
    except Exception as error:
        raise Broken(f"{type(error).__name__}: {error}", raw) from error
    if time.perf_counter() - began > LONGEST_SECONDS:
        raise Broken(f"took {time.perf_counter() - began:.1f} s", raw)
    return read


def _no_effect(read: Decoded, raw: bytes) -> None:
    if read.errors and read.body is not None:
        raise Broken("a message with errors has a body that could take effect", raw)
    if read.body is None and not read.errors:
        raise Broken("nothing was read and nothing was said to be wrong", raw)
    if len(read.problems) > 200:
        raise Broken(f"{len(read.problems)} problems", raw)
    for problem in read.problems:
        if not (problem.code and problem.sentence.endswith("。")):
            raise Broken("a problem without code or sentence", raw)


def _soap(wire: Any, raw: bytes) -> None:
    """An unusable call is refused by a fault, an error root or failed acknowledgements."""
    call = wire.parse_call(raw)
    if call.is_usable:
        return
    reply = wire.refuse(call)
    message = read_envelope(reply.content)
    if reply.errors or not hasattr(message, "texts"):
        raise Broken("the refusal is no SOAP message", raw)
    if call.operation is None:
        if not reply.is_fault:
            raise Broken("an unknown call must be answered by a fault", raw)
        return
    answer = wire.parse_reply(call.operation, reply.content).body
    if answer is None or not answer.error_message:
        raise Broken("the refusal says nothing", raw)
    if isinstance(answer, AckList) and any(ack.result is AckResult.SUCCESS for ack in answer.acks):
        raise Broken("a refused feedback is acknowledged as success", raw)


def _told(wire: Wire, read: Decoded, raw: bytes) -> None:
    """Formats without a call of their own: every readable request number can be named in a refusal."""
    if not read.request_numbers:
        return
    reason = read.errors[0].sentence[:200]
    refused = RollbackList(
        rollbacks=tuple(Rollback(request_no=number, reason=reason) for number in read.request_numbers[:50])
    )
    operation = {"bank-file-zip": "QNR"}.get(wire.name, "")
    made = wire.encode(refused, operation=operation)
    if made.errors and made.errors[0].code not in (
        "cannot_say",
        "control_character",
        "bad_number",
        "bad_value",
    ):
        raise Broken(f"the refusal cannot be written: {made.errors[0].sentence}", raw)


def wires() -> list[tuple[str, str]]:
    """Every format in every dialect."""
    return [(name, dialect) for name, dialects in profiles_known().items() for dialect in dialects]


def run(
    name: str, dialect: str = "", *, messages: int, seconds: float = 1e9, seed: int = 1
) -> tuple[int, int]:
    """Judge damaged messages until so many were malformed, or time is over. Returns malformed ones, and all.

    Damage may hit what nobody reads; such a message is sound and does not count.
    """
    dice, wire, until = Random(seed), wire_get(name, dialect), time.monotonic() + seconds
    malformed = done = 0
    sound = b""
    while malformed < messages and time.monotonic() < until:
        # Writing a sound message costs more than reading a damaged one, so each serves several times.
        if done % 20 == 0:
            sound = message_sound(wire, dice)
            judge(wire, sound)
        malformed += judge(wire, damaged(sound, dice)).body is None
        done += 1
    return malformed, done
