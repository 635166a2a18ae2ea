"""Posting to a court's service as an agency does, for the conformance kit. Django-free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx

SECONDS = 30.0


class CourtSilent(Exception):
    """法院的服务连不上。 The text is the kind of failure."""


@contextmanager
def court_posting(url: str) -> Iterator[Callable[[bytes], bytes]]:
    """A function that posts one message and gives back what the court answers. It raises CourtSilent."""
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
    with httpx.Client(timeout=SECONDS, trust_env=False) as client:

        def send(content: bytes) -> bytes:
            try:
                return client.post(url, content=content, headers=headers).content
            except httpx.HTTPError as error:
                raise CourtSilent(type(error).__name__) from error

        yield send
