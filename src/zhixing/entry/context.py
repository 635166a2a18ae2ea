"""Names every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame."""
    return {"shell": getattr(request, "shell", None), "staff": getattr(request, "staff", None)}
