"""Addresses of pages in any room; a place that has no page in this installation gives an empty text."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def page(name: str, *args: Any) -> str:
    """Address of a named page, or empty text."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
