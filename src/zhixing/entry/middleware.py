"""The frame of each page, built once per request and only when a template asks for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zhixing.entry.shells import shell_of


class ShellMiddleware:
    """Puts a lazy Shell on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the frame at hand."""
        request.shell = SimpleLazyObject(lambda: shell_of(request))
        return self.get_response(request)
