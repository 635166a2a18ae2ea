"""Starts a run, waits until the script is done or time is over, judges it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zhixing.gateway.adapters.caller import CallFault, caller_open, place_read
from zhixing.gateway.adapters.court_client import CourtSilent, court_posting
from zhixing.gateway.conformance.agency import RULES as AGENCY_RULES
from zhixing.gateway.conformance.agency import AgencyPlayed
from zhixing.gateway.conformance.bank import SOAP_RULES, script_bank
from zhixing.gateway.conformance.called import RULES as CALLED_RULES
from zhixing.gateway.conformance.called import AgencyCalled
from zhixing.gateway.conformance.cards import Script
from zhixing.gateway.conformance.court import MOST_BYTES, CourtPlayed, listen
from zhixing.gateway.conformance.exchange import Tape
from zhixing.gateway.conformance.files import RULES as FOLDER_RULES
from zhixing.gateway.conformance.files import FolderPlayed
from zhixing.gateway.conformance.realty import RULES as REALTY_RULES
from zhixing.gateway.conformance.realty import script_realty
from zhixing.gateway.conformance.rest_court import RestCourtPlayed, listen_rest
from zhixing.gateway.conformance.rest_json import RULES as REST_RULES
from zhixing.gateway.conformance.rest_json import script_rest
from zhixing.gateway.conformance.rules import Judged, Outcome, Rule, judge_all
from zhixing.gateway.conformance.samples import Person
from zhixing.gateway.conformance.signed import public_read
from zhixing.gateway.profiles.bank_file_zip.profile import BankFileZip
from zhixing.gateway.profiles.base import Credentials, Wire
from zhixing.gateway.profiles.called import Access
from zhixing.gateway.profiles.registry import called_get, called_names, profile_get, wire_get
from zhixing.gateway.profiles.zhixing_rest_json.operations import BASE
from zhixing.gateway.profiles.zhixing_rest_json.operations import NAME as REST_JSON
from zhixing.kernel.clock import COURT_ZONE, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of a run. ``target``: host:port to listen on, or a folder; ``seconds``: longest time.

    ``public_key``: PEM of the agency's Ed25519 key where calls are signed; ``username`` is then its key id.
    ``settings``: names and texts of an agency that the court calls, such as ``ca`` or ``regioncode``.
    """

    profile: str
    dialect: str = ""
    target: str
    username: str = "conformance"
    password: str = "conformance"  # noqa: S105 — of the kit's own court, for test clients
    person: Person | None = None
    seconds: float = 300.0
    role: str = "court"
    code: str = ""
    public_key: bytes = b""
    settings: Mapping[str, str] = field(default_factory=dict)


class WrongTarget(ValueError):
    """对方地址写法不对。"""


Progress = Callable[[str], None]
_POLLED: dict[str, tuple[Callable[..., Script], tuple[Rule, ...]]] = {
    "bank-soap-gbk": (script_bank, SOAP_RULES),
    "realty-soap-utf8": (script_realty, REALTY_RULES),
}


def run_plan(plan: Plan, say: Progress = print) -> Outcome:
    """One run of any kind. Raises WrongTarget, UnknownProfile, OSError."""
    if plan.profile not in profiles_judged():
        raise WrongTarget(f"{plan.profile} 没有检验规则；可选：{'、'.join(profiles_judged())}。")
    if plan.role == "agency":
        return run_agency(plan, say)
    if plan.profile in called_names():
        return run_called(plan, say)
    if plan.profile == REST_JSON:
        return run_rest(plan, say)
    return run_folder(plan, say) if plan.profile == BankFileZip.name else run_polled(plan, say)


def profiles_judged() -> tuple[str, ...]:
    """Formats the kit has rules for."""
    return (*_POLLED, BankFileZip.name, REST_JSON, *called_names())


def run_polled(plan: Plan, say: Progress = print) -> Outcome:
    """Open the court on the port and wait for the agency's client. Raises WrongTarget, OSError (port taken)."""
    host, port = address_of(plan.target)
    profile = profile_get(plan.profile, plan.dialect)
    moment = now()
    make, rules = _POLLED[plan.profile]
    script = make(stamp=stamp_of(moment), person=plan.person, moment=moment)
    court = CourtPlayed(profile, script, username=plan.username, password=plan.password)
    server, _ = listen(court, host, port, profile.wsdl)
    say(f"检验用法院已启动：http://{host}:{server.server_port}/（WSDL 在同一地址后加 ?wsdl）。")
    say(f"请让贵单位的客户端以用户名 {plan.username} 轮询这一地址，最长等待 {plan.seconds:.0f} 秒。")
    began = time.monotonic()
    try:
        wait_done(script, began + plan.seconds, say)
    finally:
        server.shutdown()
        server.server_close()
    with court.tape.lock:
        judged = judge_all(rules, court)
    return _outcome(plan, profile, moment, began, judged, court.tape)


def run_rest(plan: Plan, say: Progress = print) -> Outcome:
    """Open the REST door on the port and wait for the agency's client. Raises WrongTarget, OSError (port taken)."""
    host, port = address_of(plan.target)
    public = public_read(plan.public_key)
    if public is None:
        raise WrongTarget(
            "没有给出公钥（--public-key），或者不是 Ed25519 公钥；应为 PEM 文件，公钥编号写在 --username。"
        )
    wire, moment = wire_get(plan.profile, plan.dialect), now()
    script = script_rest(stamp=stamp_of(moment), person=plan.person, moment=moment)
    court = RestCourtPlayed(wire, script, key_id=plan.username, public=public)
    server, _ = listen_rest(court, host, port)
    say(f"检验用法院已启动：http://{host}:{server.server_port}{BASE}（接口文档在 {BASE}/openapi.json）。")
    say(f"请让贵单位的客户端以公钥编号 {plan.username} 签名，轮询这一地址，最长等待 {plan.seconds:.0f} 秒。")
    began = time.monotonic()
    try:
        wait_done(script, began + plan.seconds, say)
    finally:
        server.shutdown()
        server.server_close()
    with court.tape.lock:
        judged = judge_all(REST_RULES, court)
    return _outcome(plan, wire, moment, began, judged, court.tape)


def run_called(plan: Plan, say: Progress = print) -> Outcome:
    """Call an agency's server. Nothing there is frozen. Raises WrongTarget: no address, or nobody answers there."""
    wire, moment, began = called_get(plan.profile, plan.dialect), now(), time.monotonic()
    access = Access(
        username=plan.username, password=plan.password, settings=dict(plan.settings), moment=moment
    )
    say(f"以用户名 {plan.username} 调用 {plan.target}；只查询，不控制任何存在的财产。")
    try:
        place = place_read(plan.target, plan.settings, most=MOST_BYTES)
        with caller_open(place) as caller:
            played = AgencyCalled(
                wire,
                access,
                lambda call: caller.call(call.method, call.path, call.headers, call.content),
                stamp_of(moment),
                plan.person,
                time.sleep,
            )
            played.work()
    except CallFault as fault:
        raise WrongTarget(f"不能调用该单位的接口：{fault}。") from fault
    if not played.answers or not any(played.answers.values()):
        raise WrongTarget(f"该单位的接口没有应答：{next(iter(played.notes.values()), '')}。")
    return _outcome(plan, wire, moment, began, judge_all(CALLED_RULES, played), played.tape)


def run_folder(plan: Plan, say: Progress = print) -> Outcome:
    """Put packages into a folder and take the feedback. Raises WrongTarget, OSError."""
    if len(plan.code) != 17 or not plan.code.isalnum():
        raise WrongTarget(f"机构代码（--code）为“{plan.code[:40]}”，应为 17 位字母和数字。")
    wire, moment = wire_get(plan.profile, plan.dialect), now()
    played = FolderPlayed(wire, Path(plan.target), code=plan.code, stamp=stamp_of(moment), person=plan.person)
    say(
        f"请求包放在 {plan.target}/download，反馈包取自 {plan.target}/upload，最长等待 {plan.seconds:.0f} 秒。"
    )
    began = time.monotonic()
    played.work(began + plan.seconds, say)
    return _outcome(plan, wire, moment, began, judge_all(FOLDER_RULES, played), played.tape)


def run_agency(plan: Plan, say: Progress = print) -> Outcome:
    """Play an agency against a court's service. Nothing there is answered. Raises WrongTarget: not there, or no SOAP."""
    if plan.profile not in _POLLED or not plan.target.startswith(("http://", "https://")):
        raise WrongTarget("扮演协助单位时，格式应为 SOAP 格式，--target 应为法院服务的 http(s) 地址。")
    profile, moment, began = profile_get(plan.profile, plan.dialect), now(), time.monotonic()
    say(f"以用户名 {plan.username} 调用 {plan.target}；只取不答，不改变法院的数据。")
    with court_posting(plan.target) as send:
        credentials = Credentials(username=plan.username, password=plan.password)
        played = AgencyPlayed(profile, credentials, send)
        try:
            played.work()
        except CourtSilent as error:
            raise WrongTarget(f"法院的服务连不上（{error}），应能以 POST 访问，请核对地址。") from error
    return _outcome(plan, profile, moment, began, judge_all(AGENCY_RULES, played), played.tape)


def _outcome(
    plan: Plan, wire: Wire, moment: datetime, began: float, judged: tuple[Judged, ...], tape: Tape
) -> Outcome:
    return Outcome(
        profile=wire.name,
        dialect=wire.dialect.name,
        role=plan.role,
        target=plan.target,
        started_at=moment.astimezone(COURT_ZONE).isoformat(timespec="seconds"),
        seconds=time.monotonic() - began,
        judged=judged,
        tape=tape,
    )


def wait_done(script: Script, until: float, say: Progress) -> None:
    """Wait until every card is settled, telling each one that is answered."""
    told: set[str] = set()
    while time.monotonic() < until and not script.is_done:
        for card in script.cards:
            if card.answers and card.key not in told:
                told.add(card.key)
                say(f"  已收到反馈：{card.tries}")
        time.sleep(0.1)


def address_of(target: str) -> tuple[str, int]:
    """Host and port. Raises WrongTarget."""
    host, _, port = target.removeprefix("http://").rstrip("/").rpartition(":")
    if not port.isdigit() or int(port) > 65535:
        raise WrongTarget(f"收到的是“{target[:60]}”，应为 主机:端口，例如 127.0.0.1:9700。")
    return host or "127.0.0.1", int(port)


def stamp_of(moment: datetime) -> str:
    """Fourteen digits of court time, so that each run has request numbers of its own."""
    return moment.astimezone(COURT_ZONE).strftime("%Y%m%d%H%M%S")
