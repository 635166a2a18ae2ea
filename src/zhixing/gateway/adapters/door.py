"""Whether institutions can reach us: a look at our own front door, as they see it."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

SECONDS = 3.0  # a door that takes longer to open is shut for a caller, too


def door_open(address: str) -> bool:
    """Whether somebody listens where agencies call us. Never raises."""
    parts = urlsplit(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        with socket.create_connection((parts.hostname or "", port), timeout=SECONDS):
            return True
    except (OSError, ValueError):
        return False
