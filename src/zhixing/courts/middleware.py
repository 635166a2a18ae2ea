"""One request, one transaction, one scope."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zhixing.courts import selectors
from zhixing.courts.models import Account
from zhixing.kernel.clock import today
from zhixing.platform import scope

# Machines talk to these; their views set their own scope by named rule.
MACHINE_PREFIXES = ("/gateway/", "/static/")
_party_scopes: list[Callable[[Account], scope.Scope]] = []


def register_party_scope(resolver: Callable[[Account], scope.Scope]) -> None:
    """The cases room tells here which cases a party may see (courts lies below it and cannot ask)."""
    _party_scopes[:] = [resolver]


class ScopeMiddleware:
    """Opens the transaction, finds the staff behind the login, sets the scope; rolls back on any error answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer inside one transaction."""
        request.staff, request.roles = None, frozenset()
        if request.path.startswith(MACHINE_PREFIXES):
            return self.get_response(request)
        with transaction.atomic():
            self._enter(request)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A view that failed leaves nothing half-done."""
        if transaction.get_connection().in_atomic_block:
            transaction.set_rollback(True)

    @staticmethod
    def _enter(request: HttpRequest) -> None:
        account = request.user
        if not account.is_authenticated:
            return
        if account.kind == Account.Kind.PARTY:
            for resolver in _party_scopes:
                scope.apply(resolver(account))
            return
        request.staff = selectors.staff_of(account)
        if request.staff is not None:
            request.roles = selectors.roles_of(request.staff, on=today())
            scope.apply(selectors.scope_of_staff(request.staff))
