"""“Already fed back”: an ack that is a failure on the wire and a success in meaning."""

from __future__ import annotations

import re
from dataclasses import replace

from zhixing.gateway.domain.canonical import Ack, AckResult
from zhixing.gateway.domain.messages import AckList

_ALREADY = re.compile("已经?反馈|重复反馈|重复提交")


def says_already(message: str) -> bool:
    """Whether an ack's text means that the answer was given before, which clients count as success."""
    return _ALREADY.search(message) is not None


def known_already(acks: AckList) -> AckList:
    """Acks with such texts told apart from real failures."""

    def known(ack: Ack) -> Ack:
        is_already = ack.result is AckResult.FAIL and says_already(ack.message)
        return replace(ack, result=AckResult.ALREADY) if is_already else ack

    return replace(acks, acks=tuple(known(ack) for ack in acks.acks))


def with_already_text(acks: AckList, text: str) -> AckList:
    """Acks that say so in the words clients look for."""

    def told(ack: Ack) -> Ack:
        if ack.result is not AckResult.ALREADY or says_already(ack.message):
            return ack
        return replace(ack, message=f"{text}。{ack.message}" if ack.message else text)

    return replace(acks, acks=tuple(told(ack) for ack in acks.acks))
