"""Reference price, network auction, sale, set-off: ways, clocks and limits (DISP-01 to DISP-21)."""

from zhixing.law.realisation.limits import (
    applicant_deposit,
    default_deposit,
    first_round,
    no_surplus,
    sale_round,
    second_round,
    set_off,
)
from zhixing.law.realisation.prices import PriceFacts, network_price, price_validity, price_way, report_clocks
from zhixing.law.realisation.reading import AuctionInput, auction_read
from zhixing.law.realisation.result import Timetable
from zhixing.law.realisation.timetable import auction_timetable

__all__ = [
    "AuctionInput",
    "PriceFacts",
    "Timetable",
    "applicant_deposit",
    "auction_read",
    "auction_timetable",
    "default_deposit",
    "first_round",
    "network_price",
    "no_surplus",
    "price_validity",
    "price_way",
    "report_clocks",
    "sale_round",
    "second_round",
    "set_off",
]
