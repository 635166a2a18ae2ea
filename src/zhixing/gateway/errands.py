"""Orders as a called agency gets them: the request with its papers and cards, read for many orders at once."""

from __future__ import annotations

from zhixing.courts.models import Credential
from zhixing.gateway.enclosures import cards_of, paper_of, request_listed
from zhixing.gateway.hooks import papers_of
from zhixing.gateway.models import Agency, Order
from zhixing.gateway.profiles.called import Errand


def errands_of(orders: list[Order], agency: Agency) -> dict[str, Errand]:
    """Errands by request number. Two statements, however many orders."""
    ids = list(dict.fromkeys(pk for order in orders for pk in order.documents))
    papers = papers_of(ids) if ids else {}
    staff = {pk for order in orders for pk in order.officers}
    rows = Credential.objects.filter(staff_id__in=staff).select_related("staff")
    cards = {row.staff.pk: row for row in rows} if staff else {}
    return {
        order.request_no: Errand(
            request=request_listed(order, agency),
            documents=tuple(
                paper_of(papers[pk], no, document_no=order.document_no, request_no=order.request_no)
                for no, pk in enumerate((pk for pk in order.documents if pk in papers), start=1)
            ),
            certificates=tuple(
                cards_of(cards[pk], no, order.request_no)
                for no, pk in enumerate((pk for pk in order.officers if pk in cards), start=1)
            ),
        )
        for order in orders
    }
