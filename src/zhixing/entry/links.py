"""Addresses of pages in any room; a place that has no page in this installation gives an empty text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse


# A workbench names some two hundred addresses, most of them again at the next look; they never change while we run.
@lru_cache(maxsize=8192)
def page(name: str, *args: Any) -> str:
    """Address of a named page, or empty text."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
