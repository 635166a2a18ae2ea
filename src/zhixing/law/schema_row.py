"""What every row of every law table carries."""

from __future__ import annotations

from datetime import date  # pydantic reads the annotations at run time
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["verified", "from-knowledge", "default"]
Keys = tuple[str, ...]
Tier = Literal["T1", "T2", "T3", "T4"]
TermUnit = Literal["days", "working_days", "hours", "months", "years"]


class Row(BaseModel):
    """What every row of every table carries."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    code: str = Field(min_length=1)
    since: date = Field(alias="from")
    source: Keys = Field(min_length=1)
    status: Status
    rules: Keys = ()  # ids of the rulebooks, for the coverage page
    note: str = ""
