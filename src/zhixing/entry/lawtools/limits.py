"""How often one address may compute: the tools are open to everybody, and a PDF costs the press some time."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

MOST, WINDOW_SECONDS = 60, 60


def too_many(request: HttpRequest) -> bool:
    """Counts this request; true beyond MOST in a window. Kept in memory, by the hash of the address."""
    address = request.META.get("REMOTE_ADDR", "")
    key = f"lawtools.{hashlib.sha256(address.encode()).hexdigest()[:16]}"
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it ran out between the two lines
        return False
