"""Calls to agencies whose server is theirs: orders out, answers in, one conversation per order.

Order of saving, so that a death at any point neither loses nor doubles: orders are claimed for a few minutes and stay
queued; each call is recorded, then made outside any transaction, under a key by which the agency knows a repeated one;
what it answered is kept and judged in one transaction, which settles the order. Death before that lets the claim run
out: the conversation starts anew, the agency does nothing twice, and its answer is taken once.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from zhixing.gateway import inbox
from zhixing.gateway.adapters.caller import Caller, CallFault, caller_open, place_read
from zhixing.gateway.agencies import secrets_holding
from zhixing.gateway.domain.messages import request_numbers
from zhixing.gateway.domain.problems import WireProblem
from zhixing.gateway.errands import errands_of
from zhixing.gateway.models import Agency, Inbound, Order, OrderKind, OrderState, SecretKind
from zhixing.gateway.outbound import sent_once, sent_told
from zhixing.gateway.pace import call_failed, call_succeeded, circuit_closed, orders_put_off, orders_take
from zhixing.gateway.profiles.called import (
    Access,
    Answer,
    Call,
    CalledFormat,
    Errand,
    Token,
    Unsayable,
    Wait,
    transcript_write,
)
from zhixing.gateway.profiles.registry import called_get, called_names
from zhixing.platform import scope
from zhixing.platform.crashpoints import crash_after_commit, crash_here
from zhixing.platform.crypto import keyring

log = structlog.get_logger()
RULE = "gateway.calling"
# Longer than a visit can last: its last conversation may begin when VISIT_SECONDS are over.
CLAIM = timedelta(minutes=5)
VISIT_SECONDS, CONVERSATION_SECONDS = 30.0, 120.0
MOST_A_VISIT = 50
# Tokens by agency, user and address, with the end of their time on the monotonic clock; this process only.
_tokens: dict[tuple[str, str, str], tuple[str, float]] = {}
TOKEN_SECONDS = 600


@dataclass(slots=True)
class Called:
    """What one visit did."""

    answered: int = 0
    waiting: int = 0
    put_off: int = 0
    fault: str = ""


class _NoAnswer(Exception):
    """Nothing of use came; ``answer`` is what did come, if anything."""

    def __init__(self, told: str, *, code: str, answer: Answer | None = None) -> None:
        super().__init__(told)
        self.code, self.answer = code, answer


def agencies_called(*, moment: datetime) -> list[str]:
    """Codes of active agencies that the court calls and for which an order is due."""
    due = Order.objects.filter(
        Q(not_before=None) | Q(not_before__lte=moment), agency=OuterRef("pk"), state=OrderState.QUEUED
    )
    with scope.system(RULE):
        rows = Agency.objects.filter(Exists(due), profile__in=called_names(), is_active=True)
        return list(rows.exclude(endpoint="").values_list("code", flat=True))


def visit(code: str, *, moment: datetime) -> Called:
    """Carry what may go now. Faults of the agency are counted and told, never raised.

    Call it outside any transaction: what an agency was told cannot be rolled back, so each step commits first.
    """
    done = Called()
    with scope.system(RULE):
        agency = Agency.objects.filter(pk=code, is_active=True, profile__in=called_names()).first()
        if agency is None or not agency.endpoint or not circuit_closed(agency, moment):
            return done
        orders = [*_claim(agency, OrderKind.CONTROL, moment), *_claim(agency, OrderKind.INQUIRY, moment)]
        if not orders:
            return done
        errands = errands_of(orders, agency)
        access = _access(agency, moment)
    crash_here("calling.claimed")
    try:
        place = place_read(agency.endpoint, agency.settings, most=inbox.MOST_BYTES)
        with caller_open(place) as caller:
            _Visit(agency, access, caller, moment, done).carry_all(orders, errands)
    except CallFault as fault:
        done.fault = str(fault)
        with scope.system(RULE):
            call_failed(agency, moment)
            orders_put_off(orders, moment=moment)
            done.put_off += len(orders)
    if done.fault:
        log.warning("agency_call", agency=agency.code, fault=done.fault)
    return done


@transaction.atomic
def _claim(agency: Agency, kind: str, moment: datetime) -> list[Order]:
    """Orders that go now, kept from other visits for a while. They count as handed over for the quota from now."""
    orders = orders_take(agency, kind, moment=moment, most=MOST_A_VISIT)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(
        not_before=moment + CLAIM, listed_at=Coalesce("listed_at", moment)
    )
    crash_after_commit("calling.committed")
    return orders


def _access(agency: Agency, moment: datetime) -> Access:
    row = secrets_holding(agency, SecretKind.OUTGOING, moment=moment).first()
    password = keyring().unwrap(bytes(row.sealed or b""), agency.code.encode()).decode() if row else ""
    settings: Mapping[str, object] = agency.settings
    return Access(
        username=str(settings.get("username") or agency.username),
        password=password,
        settings={name: str(held) for name, held in settings.items()},
        moment=moment,
    )


class _Visit:
    """State of one visit."""

    def __init__(
        self, agency: Agency, access: Access, caller: Caller, moment: datetime, done: Called
    ) -> None:
        self.agency, self.access, self.caller, self.moment, self.done = agency, access, caller, moment, done
        self.format: CalledFormat = called_get(agency.profile, agency.dialect)

    def carry_all(self, orders: list[Order], errands: Mapping[str, Errand]) -> None:
        """One conversation after another, until the time is over or the agency fails too often."""
        began = time.monotonic()
        for place, order in enumerate(orders):
            with scope.system(RULE):
                is_closed = circuit_closed(self.agency, self.moment)
            if not is_closed or time.monotonic() - began > VISIT_SECONDS:
                self._give_back(orders[place:])
                return
            self._carry(order, errands[order.request_no])

    def _give_back(self, orders: list[Order]) -> None:
        """Claimed and not begun: the next visit may take them at once."""
        with scope.system(RULE):
            Order.objects.filter(pk__in=[order.pk for order in orders], state=OrderState.QUEUED).update(
                not_before=None
            )

    def _carry(self, order: Order, errand: Errand) -> None:
        try:
            answers = self._converse(errand, order)
            if answers is not None:
                self._take(order, answers)
        except _NoAnswer as none:
            self._failed(order, none)

    def _converse(self, errand: Errand, order: Order) -> tuple[Answer, ...] | None:
        """The answers of a conversation; None when it does not end now. Raises _NoAnswer."""
        answers: tuple[Answer, ...] = ()
        until = time.monotonic() + CONVERSATION_SECONDS
        self._token(fresh=False)
        while True:
            step = self.format.next_step(errand, self.access, answers)
            if isinstance(step, Wait):
                self._wait(order, step.seconds)
                return None
            if isinstance(step, Unsayable):
                self._unsayable(order, step.problems)
                return None
            if not isinstance(step, Call):
                return answers
            if time.monotonic() > until:
                raise _NoAnswer("整个办理过程超时", code="too_slow")
            answer = self._one(step)
            if self.format.has_login and self.format.refuses_token(answer):
                self._token(fresh=True)
                again = self.format.next_step(errand, self.access, answers)
                answer = self._one(again) if isinstance(again, Call) else answer
            if fault := self.format.fault_of(answer):
                raise _NoAnswer(fault.sentence, code=fault.code, answer=answer)
            answers += (answer,)

    def _one(self, call: Call) -> Answer:
        """Record, call, and hand over what came."""
        kept = call.kept or call.content
        with scope.system(RULE):
            sent = sent_once(
                self.agency,
                self.agency.profile,
                call.operation,
                call.request_numbers,
                kept,
                moment=self.moment,
            )
        crash_here("calling.recorded")
        headers = {**call.headers, **({"Idempotency-Key": call.key} if call.key else {})}
        try:
            status, content = self.caller.call(call.method, call.path, headers, call.content)
        except CallFault as fault:
            with scope.system(RULE):
                sent_told(sent, str(fault))
            raise _NoAnswer(str(fault), code="unreachable") from fault
        crash_here("calling.answered")
        number = call.request_numbers[0] if call.request_numbers else ""
        return Answer(
            operation=call.operation, request_no=number, item=call.item, status=status, content=content
        )

    def _token(self, *, fresh: bool) -> None:
        """Make sure the access holds a token, if the format wants one. Raises _NoAnswer."""
        if not self.format.has_login:
            return
        key = (self.agency.code, self.access.username, self.agency.endpoint)
        held = _tokens.get(key)
        if held is None or fresh or held[1] <= time.monotonic():
            _tokens.pop(key, None)
            self.access = replace(self.access, token="")
            told = self.format.token_read(self._one(self.format.login(self.access)))
            if not isinstance(told, Token):
                # The answer to a login is never kept.
                raise _NoAnswer(told.sentence, code=told.code)
            lasts = told.seconds or TOKEN_SECONDS
            held = _tokens[key] = (told.text, time.monotonic() + max(lasts - 5, 1))
        self.access = replace(self.access, token=held[0])

    # --- ends ---------------------------------------------------------------------------------------------

    def _take(self, order: Order, answers: tuple[Answer, ...]) -> None:
        """Keep the transcript and let it settle the order. Raises _NoAnswer when it says nothing of use."""
        raw = transcript_write(answers)
        read = self.format.decode(raw, operation=order.kind, limits=inbox.LIMITS)
        if read.body is None or read.errors:
            codes = "；".join(dict.fromkeys(problem.code for problem in read.errors)) or "unreadable"
            self._keep_malformed(order, raw, codes)
            raise _NoAnswer(f"应答不能使用：{codes}", code=codes)
        strangers = set(request_numbers(read.body)) - {order.request_no}
        try:
            content = inbox.part_of(read.body, order.request_no, order.kind)
        except LookupError:
            content = None
        if content is None or strangers:
            self._keep_malformed(order, raw, "other_request")
            raise _NoAnswer("应答说的是另一请求单号", code="other_request")
        with scope.system(RULE):
            inbox.message_take(
                agency=self.agency,
                profile_name=self.agency.profile,
                operation=order.kind,
                request_no=order.request_no,
                raw=raw,
                kind=order.kind,
                moment=self.moment,
                content=content,
                body=read.body,
            )
        crash_here("calling.taken")
        with scope.system(RULE):
            call_succeeded(self.agency, self.moment)
        self.done.answered += 1

    def _failed(self, order: Order, none: _NoAnswer) -> None:
        if none.answer is not None:
            self._keep_malformed(order, transcript_write([none.answer]), none.code)
        with scope.system(RULE):
            orders_put_off([order], moment=self.moment)
            call_failed(self.agency, self.moment)
        self.done.put_off += 1
        self.done.fault = str(none)

    def _keep_malformed(self, order: Order, raw: bytes, codes: str) -> Inbound:
        with scope.system(RULE):
            return inbox.message_take(
                agency=self.agency,
                profile_name=self.agency.profile,
                operation=order.kind,
                request_no=order.request_no,
                raw=raw[: inbox.MOST_BYTES],
                kind=order.kind,
                moment=self.moment,
                fault=codes,
            )

    def _wait(self, order: Order, seconds: int) -> None:
        """The agency has it and needs time. That is an answer: its circuit is whole."""
        with scope.system(RULE):
            Order.objects.filter(pk=order.pk, state=OrderState.QUEUED).update(
                not_before=self.moment + timedelta(seconds=min(max(seconds, 1), 86400))
            )
            call_succeeded(self.agency, self.moment)
        self.done.waiting += 1

    def _unsayable(self, order: Order, problems: tuple[WireProblem, ...]) -> None:
        with scope.system(RULE):
            orders_put_off([order], moment=self.moment)
        self.done.put_off += 1
        codes = [problem.code for problem in problems][:5]
        log.error("order_unsayable", agency=self.agency.code, request=order.request_no, codes=codes)
