"""Rows about inquiries over the network."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from zhixing.law.schema_row import Keys, Row


class MenuItem(Row):
    """One thing that a judge can ask for: of whom, what comes back, on which ground."""

    title: str
    group: str
    group_title: str
    order: int
    agencies: str
    agency_kind: str
    returns: str
    control: Literal[
        "freeze_and_transfer",
        "freeze",
        "partly_online",
        "seal_online",
        "file_seal",
        "publicity",
        "offline",
        "query_only",
    ]
    control_text: str
    asset_kinds: Keys = ()
    stage: Literal[1, 2]
    profile: str
    first_choice: bool = False
    needs_period: bool = False
    needs_reason: bool = False


class PaperSet(Row):
    """The electronic papers that an action over the network needs."""

    title: str
    papers: Keys
    shared: bool = False  # one paper may list persons of several cases
    sealed: bool = True  # each carries the electronic seal
    officers: int = Field(default=1, ge=1)  # whose certificates go with it


class ChannelFunction(Row):
    """What can be done over the network for a kind of asset, at which institutions, from when."""

    title: str
    asset: str
    institutions: Literal["national", "local", "all"]
    does: Literal["query", "freeze", "deduct"]
    detail: str = ""
