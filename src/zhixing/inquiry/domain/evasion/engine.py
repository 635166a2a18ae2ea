"""All rules over any number of cases at once."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from zhixing.inquiry.domain.evasion.columns import Limits
from zhixing.inquiry.domain.evasion.dealings import dealing_leads
from zhixing.inquiry.domain.evasion.holds import control_drops
from zhixing.inquiry.domain.evasion.relations import owned, related
from zhixing.inquiry.domain.evasion.relays import relays
from zhixing.inquiry.domain.evasion.transfers import capital_back, new_accounts, to_related


def search(tables: Mapping[str, pl.DataFrame], limits: Limits) -> pl.DataFrame:
    """Lines of FOUND by case and day. Tables as `columns.frames` makes them; their order plays no part."""
    cases, people, accounts = tables["cases"], tables["people"], tables["accounts"]
    dealings = tables["dealings"]
    close = related(people, tables["ties"])
    flows = owned(tables["flows"], accounts, people)
    found = [
        to_related(cases, flows, close, dealings, limits),
        relays(cases, flows, close, accounts, dealings, limits),
        capital_back(flows, close, dealings, limits),
        new_accounts(cases, accounts, flows, people, limits),
        control_drops(tables["holds"], flows),
        *dealing_leads(cases, dealings, close, flows, accounts, limits),
    ]
    told = pl.concat(found)
    return told.with_columns(evidence=pl.col("evidence").list.unique(maintain_order=True)).sort(
        "case", "on", "rule", "debtor", "other", pl.col("evidence").list.first(), nulls_last=True
    )
