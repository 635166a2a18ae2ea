"""How long each stage of a case took, from the first time each act was done. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhixing.law.nodes import stages


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpan:
    """One stage that a case reached. days: whole days from entering it to entering a later one, or to the day asked for."""

    code: str
    title: str
    entered_on: date
    days: int
    is_now: bool


def stage_spans(first_done: Mapping[str, date], *, until: date, is_open: bool) -> list[StageSpan]:
    """Stages in their order, each from its entry to the earliest entry of a later stage.

    Args:
        first_done: act code → day it first took effect.
        until: today for an open case, the day of closing otherwise.
        is_open: whether the last stage is where the case stands now.
    """
    entered = [
        (stage, min(days))
        for stage in stages()
        if (days := [first_done[code] for code in stage.entered_by if code in first_done])
    ]
    spans = []
    for no, (stage, day) in enumerate(entered):
        later = [start for _, start in entered[no + 1 :]]
        # Work may run ahead of the line (an inquiry before the report is due): such a stage took no time of its own.
        end = max(day, min(later, default=until))
        spans.append(
            StageSpan(
                code=stage.code,
                title=stage.title,
                entered_on=day,
                days=(end - day).days,
                is_now=is_open and no == len(entered) - 1,
            )
        )
    return spans
