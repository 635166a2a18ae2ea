"""The least-burden plan of a screening without the web."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from zhixing.control.domain.burden import Holding, least_burden
from zhixing.kernel.clock import today
from zhixing.law.book import book
from zhixing.law.schemas import BurdenClass


def plan_of(items: list[dict[str, Any]], due: Decimal) -> dict[str, Any]:
    """The least-burden plan over the items of `screen_run`, as plain values; amounts are texts in yuan."""
    table = {rank.code: rank for rank in book().at(today()).rows("control_order", BurdenClass)}
    holdings = [
        Holding(
            id=item["item"], kind=item["class"], takeable=Decimal(item["available"] or 0), thing=item["thing"],
            hold=item["hold_reason"] or "", is_divisible=table[item["class"]].divisible,
        )
        for item in items
    ]  # fmt: skip
    burden = least_burden(holdings, due=due, order={code: rank.order for code, rank in table.items()})
    return {
        "due": f"{due:.2f}",
        "picks": [
            {"item": pick.id, "amount": f"{pick.amount:.2f}", "why": pick.why} for pick in burden.picks
        ],
        "left_out": [{"item": no, "why": why} for no, why in burden.left_out],
        "short": f"{burden.short:.2f}",
        "over": f"{burden.over:.2f}",
    }
