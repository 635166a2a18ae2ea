"""The timetable of pricing and network auctions of one thing: by when, at what price, with what deposit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhixing.kernel.errors import Problem
from zhixing.kernel.money import yuan
from zhixing.law.book import LawBook, book
from zhixing.law.realisation.limits import (
    RoundLimits,
    applicant_deposit,
    first_round,
    no_surplus,
    sale_round,
    second_round,
)
from zhixing.law.realisation.prices import price_validity
from zhixing.law.realisation.result import Timetable, TimetableRow
from zhixing.law.steps import Step
from zhixing.law.terms import deadline, term_days

if TYPE_CHECKING:
    from decimal import Decimal

    from zhixing.law.realisation.reading import AuctionInput


def auction_timetable(given: AuctionInput, law_book: LawBook | None = None) -> Timetable:
    """The timetable from the reference price to the end of the sale, as if each round failed.

    Raises:
        NoRuleInForce: a day lies before the rules in force.
    """
    return _Maker(given, law_book or book()).make()


class _Maker:
    def __init__(self, given: AuctionInput, law_book: LawBook) -> None:
        self.given, self.book = given, law_book
        self.kind = "movable" if given.asset == "movable" else "other"
        self.rows: list[TimetableRow] = []
        self.steps: list[Step] = []
        self.problems: list[Problem] = []

    def make(self) -> Timetable:
        given = self.given
        self._pricing()
        first_on = self._first()
        first = first_round(given.reference_price, first_on, start=given.first_start, law_book=self.book)
        second_on = self._second(first_on)
        second = second_round(first.start, second_on, start=given.second_start, law_book=self.book)
        self._sale(second_on)
        rounds = (first, second, sale_round(second.start))
        self._prices(first_on, rounds)
        return Timetable(
            given=given,
            rows=tuple(self.rows),
            rounds=rounds,
            steps=tuple(self.steps),
            notes=(
                "时间表按每轮流拍推算；成交的，裁定在价款全额交付后十日内送达，标的物在裁定送达后十五日内移交。",
                "起拍价、降价幅度、增价幅度和保证金由合议庭评议确定。",
                "变卖期的日数据公开报道和一般理解，由法院确认。",
            ),
            problems=tuple(dict.fromkeys(self.problems)),
            book_hash=self.book.hash,
        )

    def _pricing(self) -> None:
        given = self.given
        if given.controlled_on:
            self._by("price_start", given.controlled_on, "price.start")
        self._by("sale_start", given.price_on, "sale.start")
        valid = price_validity(given.price_on, valid_until=given.valid_until, law_book=self.book)
        self.steps += valid.steps
        self._add("valid_until", "参考价有效期届满（一拍公告至迟）", "by", valid.notice_until, ("price.27",))
        self._add("sale_until", "不重新确定参考价即可拍卖", "by", valid.sale_until, ("price.27",))
        if given.notice_on > valid.notice_until:
            self._warn(
                "notice_on",
                f"一拍公告（{given.notice_on}）晚于参考价有效期（{valid.notice_until}），",
                "请重新确定参考价。",
                "price.27",
            )
        if given.auction_on and given.auction_on > valid.sale_until:
            self._warn(
                "auction_on",
                f"一拍（{given.auction_on}）超过有效期六个月（{valid.sale_until}），",
                "请重新确定参考价。",
                "price.27",
            )

    def _first(self) -> date:
        given = self.given
        self._before("tell_parties", given.notice_on, "auction.tell_parties")
        self._add("notice", "发布一拍公告", "on", given.notice_on, ("netauction.12",))
        earliest = self._earliest(given.notice_on, f"auction.notice_{self.kind}")
        first_on = given.auction_on or earliest
        self._add("first", "一拍开始", "on" if given.auction_on else "from", first_on, ("netauction.12",))
        self._not_too_soon("auction_on", "一拍", first_on, earliest, "netauction.12")
        self._end("first_end", "一拍竞价结束（无人出价为流拍）", first_on)
        return first_on

    def _second(self, first_on: date) -> date:
        given, unsold = self.given, self.day("first_end")
        latest = deadline(unsold, "auction.second", self.book)
        earliest = self._earliest(unsold, f"auction.second_notice_{self.kind}")
        self._add("second_latest", "同一平台二拍", "by", latest.due, latest.law)
        second_on = given.second_on or earliest
        self._add("second", "二拍开始", "on" if given.second_on else "from", second_on, ("netauction.26",))
        self._not_too_soon("second_on", "二拍", second_on, earliest, "netauction.26")
        if second_on > latest.due:
            self._warn(
                "second_on",
                f"二拍（{second_on}）晚于流拍后三十日（{latest.due}），",
                "请提前二拍日期。",
                "netauction.26",
            )
        self._before("second_notice", second_on, f"auction.second_notice_{self.kind}")
        self._end("second_end", "二拍竞价结束（无人出价为流拍）", second_on)
        return second_on

    def _sale(self, second_on: date) -> None:
        unsold = self.day("second_end")
        self._by("ask_setoff", unsold, "sale.ask_setoff")
        published = self._by("sale_publish", unsold, "sale.publish")
        days = term_days("sale.period", on=published, law_book=self.book)
        self._add(
            "sale_end", f"变卖期（{days} 日）届满", "by", published + timedelta(days=days), ("salenotice",)
        )

    def _prices(self, first_on: date, rounds: tuple[RoundLimits, ...]) -> None:
        given = self.given
        for limits in rounds:
            self.steps += limits.steps
            if limits.start < limits.floor:
                field = "first_start" if limits.round == "一拍" else "second_start"
                law = "netauction.10" if limits.round == "一拍" else "netauction.26"
                sentence = f"{limits.round}起拍价 {yuan(limits.start)} 元低于下限 {yuan(limits.floor)} 元，"
                self._warn(field, sentence, "请提高起拍价。", law)
        if given.priority or given.costs:
            for limits in rounds[:2]:
                held = no_surplus(
                    reserve=limits.start,
                    priority=given.priority,
                    costs=given.costs,
                    on=first_on,
                    law_book=self.book,
                )
                self.steps += held.steps
                if held.applies:
                    self._warn(
                        "priority", f"{limits.round}保留价不超过优先债权和执行费用 {yuan(held.must_exceed)} 元，申请执行人无剩余可得，",
                        "请在拍卖前通知申请执行人；五日内申请继续的，另定更高的保留价。", "auction.6",
                    )  # fmt: skip
        if given.applicant_claim is not None:
            self._applicant(rounds[0], given.applicant_claim)

    def _applicant(self, first: RoundLimits, claim: Decimal) -> None:
        _, step = applicant_deposit(first.deposit_most, claim)
        self.steps.append(step)

    def day(self, code: str) -> date:
        return next(row.day for row in self.rows if row.code == code)

    def _earliest(self, notice_on: date, term: str) -> date:
        return notice_on + timedelta(days=term_days(term, on=notice_on, law_book=self.book))

    def _end(self, code: str, title: str, start: date) -> None:
        entry = self.book.at(start).entry("realisation.bidding_hours")
        self._add(code, title, "from", start + timedelta(hours=entry.value), entry.source)

    def _by(self, code: str, start: date, term: str) -> date:
        found = deadline(start, term, self.book)
        self.steps += found.steps
        self.problems += found.problems
        self._add(code, found.title, "by", found.due, found.law)
        return found.due

    def _before(self, code: str, event: date, term: str) -> None:
        found = deadline(event, term, self.book)
        self._add(code, found.title, "by", found.due, found.law)

    def _add(self, code: str, title: str, bound: str, day: date, law: tuple[str, ...]) -> None:
        self.rows.append(TimetableRow(code=code, title=title, bound=bound, day=day, law=law))

    def _not_too_soon(self, field: str, what: str, day: date, earliest: date, law: str) -> None:
        if day < earliest:
            self._warn(
                field, f"{what}（{day}）早于公告期满后的 {earliest}，", "请推迟拍卖或者提前公告。", law
            )

    def _warn(self, field: str, sentence: str, mend: str, law: str) -> None:
        self.problems.append(
            Problem(
                code=f"auction.{field}", sentence=sentence, mend=mend, field=field, law=law, level="warning"
            )
        )
