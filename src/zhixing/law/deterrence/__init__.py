"""Deterrence: dishonest list, restriction of consumption, exit ban, fine, detention, refusal crime (rules DET-01 to DET-47).

Each question is answered with must, may or must not, the reasons, the span, who decides, and the clocks it starts.
A judge finds the facts; nothing here decides by itself (个人信息保护法第二十四条).
"""

from __future__ import annotations

from zhixing.law.deterrence.answers import ANSWERS, Clock, DeterrenceAnswer
from zhixing.law.deterrence.consumption import (
    ConsumptionInput,
    ExitBanInput,
    LiftInput,
    TemporaryInput,
    consumption_restriction,
    exit_ban,
    restriction_lift,
    temporary_lift,
)
from zhixing.law.deterrence.listing import ListingInput, dishonest_listing
from zhixing.law.deterrence.reading import (
    consumption_read,
    exit_ban_read,
    lift_read,
    listing_read,
    removal_read,
    sanction_read,
    temporary_read,
)
from zhixing.law.deterrence.refusal import RefusalInput, RefusalView, refusal_check, refusal_read
from zhixing.law.deterrence.removal import RemovalInput, dishonest_removal, reentry_from, remedy_clocks
from zhixing.law.deterrence.sanctions import Earlier, SanctionInput, sanction

__all__ = [
    "ANSWERS",
    "Clock",
    "ConsumptionInput",
    "DeterrenceAnswer",
    "Earlier",
    "ExitBanInput",
    "LiftInput",
    "ListingInput",
    "RefusalInput",
    "RefusalView",
    "RemovalInput",
    "SanctionInput",
    "TemporaryInput",
    "consumption_read",
    "consumption_restriction",
    "dishonest_listing",
    "dishonest_removal",
    "exit_ban",
    "exit_ban_read",
    "lift_read",
    "listing_read",
    "reentry_from",
    "refusal_check",
    "refusal_read",
    "remedy_clocks",
    "removal_read",
    "restriction_lift",
    "sanction",
    "sanction_read",
    "temporary_lift",
    "temporary_read",
]
