"""Plays the court against an agency's server, for formats by which the court calls. Asks, errs, and freezes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from zhixing.gateway.adapters.caller import CallFault
from zhixing.gateway.conformance.cards import control, inquiry
from zhixing.gateway.conformance.exchange import Exchange, Tape
from zhixing.gateway.conformance.rules import Rule, Verdict, failed, not_exercised, passed
from zhixing.gateway.conformance.samples import RULING, STRANGER, Person, certificates, documents
from zhixing.gateway.domain.canonical import ControlItem, InquiryResult, Outcome, Request, Target
from zhixing.gateway.domain.messages import Body, ControlFeedback, InquiryFeedback
from zhixing.gateway.domain.storage import content_fingerprint
from zhixing.gateway.domain.values import Coded, When
from zhixing.gateway.profiles.called import (
    MOST_STEPS,
    Access,
    Answer,
    Call,
    CalledFormat,
    Done,
    Errand,
    Token,
    Wait,
    transcript_write,
)
from zhixing.gateway.profiles.safe_xml import Limits
from zhixing.kernel.clock import COURT_ZONE, now

Send = Callable[[Call], tuple[int, bytes]]
NOWHERE = "000000000000GB00000F00000000"
_MOST_WAITS = 20


@dataclass(slots=True)
class AgencyCalled:
    """One run. ``send`` makes a call and gives status and bytes, or raises CallFault; ``pause`` waits so many seconds."""

    wire: CalledFormat
    access: Access
    send: Send
    stamp: str
    person: Person | None
    pause: Callable[[float], None]
    tape: Tape = field(default_factory=Tape)
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    bodies: dict[str, Body | None] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, list[int]] = field(default_factory=dict)
    token: str = ""

    def work(self) -> None:
        """Every call of the script, in order. Raises CallFault when nothing at all can be reached."""
        if self.wire.has_login:
            answer = self._sent("login", self.wire.login(self.access))
            told = self.wire.token_read(answer) if answer else None
            self.token = told.text if isinstance(told, Token) else ""
            wrong = replace(self.access, password="conformance-wrong")  # noqa: S106
            self._sent("wrong_password", self.wire.login(wrong))
        asked = self._inquiry(1, self.person or STRANGER)
        self._converse("plain", asked)
        self._converse("again", asked)
        self._converse("stranger", self._inquiry(2, STRANGER))
        self._converse("nowhere", self._control(21))
        access = replace(self.access, token="conformance-wrong" if self.wire.has_login else "")
        step = self.wire.next_step(asked, access, ())
        if isinstance(step, Call) and self.wire.has_login:
            self._sent("wrong_token", step)
        step = self.wire.next_step(asked, self._entered(), ())
        if isinstance(step, Call):
            self._sent("cut", replace(step, content=step.content[: len(step.content) // 2]))
            self._sent("charset", replace(step, content=b"\xff\xfe" + step.content[::-1]))
            self._sent("no_address", replace(step, path=f"{step.path}-conformance"))
            self._sent("content_type", replace(step, headers={**step.headers, "Content-Type": "text/plain"}))

    def _entered(self) -> Access:
        return replace(self.access, token=self.token)

    def _sent(self, key: str, call: Call) -> Answer | None:
        exchange = Exchange(
            no=0, at=now(), operation=call.operation, request=call.kept or call.content, extension="txt"
        )
        exchange.action = key
        self.numbers.setdefault(key, []).append(self.tape.add(exchange).no)
        try:
            status, content = self.send(call)
        except CallFault as fault:
            self.notes[key] = str(fault)
            return None
        # What a login answers is a secret and stays out of the folder.
        exchange.response = b"" if key in ("login", "wrong_password") else content
        number = call.request_numbers[0] if call.request_numbers else ""
        answer = Answer(
            operation=call.operation, request_no=number, item=call.item, status=status, content=content
        )
        self.answers[key] = (*self.answers.get(key, ()), answer)
        return answer

    def _converse(self, key: str, errand: Errand) -> None:
        waits = 0
        self.answers[key] = ()
        for _ in range(MOST_STEPS):
            step = self.wire.next_step(errand, self._entered(), self.answers[key])
            match step:
                case Call():
                    answer = self._sent(key, step)
                    if answer is None:
                        return
                    fault = self.wire.fault_of(answer)
                    if fault is not None:
                        self.notes[key] = fault.sentence
                        return
                case Wait():
                    waits += 1
                    if waits > _MOST_WAITS:
                        self.notes[key] = f"要求再问 {waits} 次，仍没有结果"
                        return
                    self.pause(min(step.seconds, 5))
                    self.answers[key] = ()
                case Done():
                    self._read(key)
                    return
                case _:
                    self.notes[key] = f"本格式不能表达：{step.problems[0].sentence}"
                    self.bodies[key] = None
                    return

    def _read(self, key: str) -> None:
        raw = transcript_write(self.answers[key])
        read = self.wire.decode(raw, limits=Limits(max_bytes=40 * 1024 * 1024))
        self.bodies[key] = read.body
        if read.errors:
            self.notes[key] = read.errors[0].sentence

    def _errand(self, request: Request) -> Errand:
        number = request.request_no
        return Errand(
            request=request,
            documents=documents(f"WS{self.stamp}", number, "sound"),
            certificates=certificates(number, "sound"),
        )

    def _inquiry(self, serial: int, who: Person) -> Errand:
        return self._errand(inquiry(f"{self.stamp}{serial:06d}", who, document=f"WS{self.stamp}"))

    def _control(self, serial: int) -> Errand:
        day = self.access.moment.astimezone(COURT_ZONE).date()
        item = ControlItem(
            action=Coded.of("seize"),
            target=Target(unit_no=NOWHERE, right_class=Coded.of("house_ownership")),
            effective_from=When.of(day),
            effective_to=When.of(day + timedelta(days=365)),
            ruling_no=RULING,
        )
        return self._errand(control(f"{self.stamp}{serial:06d}", STRANGER, item))


# --- rules ------------------------------------------------------------------------------------------------


def _results(run: AgencyCalled, key: str) -> list[InquiryResult]:
    body = run.bodies.get(key)
    return list(body.results) if isinstance(body, InquiryFeedback) else []


def _shown(run: AgencyCalled, *keys: str) -> tuple[int, ...]:
    return tuple(no for key in keys for no in run.numbers.get(key, ()))


def _login(run: AgencyCalled) -> Verdict:
    if not run.wire.has_login:
        return not_exercised("本格式没有登录")
    told = run.notes.get("login", "没有得到令牌；请核对用户名和口令")
    return passed("", *_shown(run, "login")) if run.token else failed(told, *_shown(run, "login"))


def _wrong_password(run: AgencyCalled) -> Verdict:
    held = run.answers.get("wrong_password")
    if not held:
        return not_exercised(run.notes.get("wrong_password", "本格式没有登录"))
    if isinstance(run.wire.token_read(held[0]), Token):
        return failed("口令不对的登录得到了令牌", *_shown(run, "wrong_password"))
    return passed("", *_shown(run, "wrong_password"))


def _refused(key: str, note: str) -> Callable[[AgencyCalled], Verdict]:
    """No answer of the format: an HTTP error, an error code, or nothing that could be read as a result."""

    def judged(run: AgencyCalled) -> Verdict:
        held = run.answers.get(key)
        if key in run.notes and not held:
            return failed(f"没有应答就断开：{run.notes[key]}", *_shown(run, key))
        if not held:
            return not_exercised("没有轮到这一步")
        answer = held[0]
        if answer.status != 200 or run.wire.fault_of(answer) or run.wire.refuses_token(answer):
            return passed(f"HTTP {answer.status}", *_shown(run, key))
        body = run.wire.decode(transcript_write(held)).body
        results = body.results if isinstance(body, InquiryFeedback) else ()
        if body is None or (
            results and all(item.outcome in (Outcome.ERROR, Outcome.REFUSED) for item in results)
        ):
            return passed("", *_shown(run, key))
        return failed(note, *_shown(run, key))

    return judged


def _readable(run: AgencyCalled) -> Verdict:
    done = [key for key in ("plain", "again", "stranger") if run.bodies.get(key) is not None]
    bad = [key for key in ("plain", "again", "stranger") if run.bodies.get(key) is None]
    if bad:
        return failed(run.notes.get(bad[0], "没有得到可以解读的应答"), *_shown(run, bad[0]))
    return passed(f"{len(done)} 个请求", *_shown(run, *done))


def _found(run: AgencyCalled) -> Verdict:
    results = _results(run, "plain")
    if not results:
        return failed(run.notes.get("plain", "应答中没有查询结果"), *_shown(run, "plain"))
    if run.person is None:
        return not_exercised("没有给出测试权利人（--person）")
    if any(item.outcome != Outcome.FOUND for item in results):
        return failed("测试权利人没有查到财产", *_shown(run, "plain"))
    return passed(f"{sum(len(item.assets) for item in results)} 项", *_shown(run, "plain"))


def _stranger(run: AgencyCalled) -> Verdict:
    outcomes = {item.outcome for item in _results(run, "stranger")}
    if outcomes == {Outcome.NOT_FOUND}:
        return passed("", *_shown(run, "stranger"))
    return failed(run.notes.get("stranger", "查无此人时应答的不是查无"), *_shown(run, "stranger"))


def _same(run: AgencyCalled) -> Verdict:
    first, again = (
        [(item.outcome, content_fingerprint(item.assets)) for item in _results(run, key)]
        for key in ("plain", "again")
    )
    if not first or not again:
        return not_exercised("没有得到两次查询结果")
    if first != again:
        return failed("同一请求单号先后得到不同的结果", *_shown(run, "plain", "again"))
    return passed("", *_shown(run, "plain", "again"))


def _nowhere(run: AgencyCalled) -> Verdict:
    if "nowhere" not in run.bodies:
        return failed(run.notes.get("nowhere", "没有应答"), *_shown(run, "nowhere"))
    body = run.bodies["nowhere"]
    if body is None and not run.answers.get("nowhere"):
        return not_exercised(run.notes.get("nowhere", "本格式没有控制"))
    results = body.results if isinstance(body, ControlFeedback) else ()
    if not results:
        return failed(run.notes.get("nowhere", "没有控制结果"), *_shown(run, "nowhere"))
    if any(item.is_done for item in results):
        return failed("不存在的不动产单元反馈为已控制", *_shown(run, "nowhere"))
    return passed("", *_shown(run, "nowhere"))


RULES: tuple[Rule, ...] = (
    Rule(id="S-01", says="用户名、口令正确的登录得到令牌", place="登录", judge=_login),
    Rule(id="S-02", says="口令不对的登录得不到令牌", place="登录", judge=_wrong_password),
    Rule(id="S-03", says="令牌不对的调用被拒绝", place="令牌", judge=_refused("wrong_token", "令牌不对的调用得到了结果")),
    Rule(id="S-11", says="查询的应答可以解读", place="应答", judge=_readable),
    Rule(id="S-12", says="测试权利人查到财产", place="应答", judge=_found),
    Rule(id="S-13", says="查无此人时应答查无", place="应答", judge=_stranger),
    Rule(id="S-14", says="同一请求单号再次查询，结果相同", place="请求单号", judge=_same),
    Rule(id="S-21", says="不存在的财产反馈未控制", place="控制", judge=_nowhere),
    Rule(id="S-31", says="残缺的内容以错误应答，不断开", place="错误", judge=_refused("cut", "残缺的内容得到了结果")),
    Rule(id="S-32", says="字符集不对的内容以错误应答，不断开", place="错误", judge=_refused("charset", "字符集不对的内容得到了结果")),
    Rule(id="S-33", says="不存在的地址以错误应答", place="错误", judge=_refused("no_address", "不存在的地址得到了结果")),
    Rule(id="S-34", says="Content-Type 不对的调用被拒绝", place="错误", judge=_refused("content_type", "Content-Type 不对的调用得到了结果"), is_advice=True),
)  # fmt: skip
