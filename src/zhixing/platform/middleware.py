"""Health answer before anything else, so that a supervisor needs no session and no scope."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse


class HealthMiddleware:
    """`/healthz`: 200 when the database answers, 503 with a plain word otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer or pass on."""
        if request.path != "/healthz":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Exception:  # noqa: BLE001  any failure means: not healthy
            return HttpResponse("database away", status=503, content_type="text/plain")
        return HttpResponse("ok", content_type="text/plain")
