"""Catalogue of what agencies do wrong, with probabilities. One request has at most one fault, fixed by the seed."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from random import Random
from typing import Literal

from simworld.hero import HERO_NAMES

Applies = Literal["inquiry", "control", "both"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault. `chance` is per request; `kinds` are the institutions that can show it."""

    name: str
    title: str
    chance: float
    applies: Applies
    kinds: tuple[str, ...] = ("bank", "realty")


CATALOGUE: tuple[Fault, ...] = (
    Fault("late", "迟延反馈", 0.06, "both"),
    Fault("twice", "同一反馈发送两次", 0.05, "both"),
    Fault("empty", "先发空反馈，再发真实反馈", 0.03, "inquiry"),
    Fault("wrong_person", "按同名误报他人财产", 0.03, "inquiry"),
    Fault("different_second", "先后两次反馈内容不同", 0.03, "inquiry"),
    Fault("truncated", "先发残缺报文", 0.02, "both"),
    Fault("bad_charset", "先发字符集错误的报文", 0.02, "both"),
    Fault("rejected_later", "受理后经审核退回", 0.08, "control", ("realty",)),
    # Only for drills: the demo stays calm.
    Fault("never", "办理后不反馈", 0.0, "both"),
    Fault("wrong_number", "先以不存在的请求单号反馈", 0.0, "both"),
    Fault("bad_base64", "先发不是 Base64 的报文", 0.0, "both"),
    Fault("huge", "先发过大的报文", 0.0, "both"),
    Fault("slow_drip", "极慢地发送报文", 0.0, "both"),
    Fault("clock_skew", "时钟偏差数日", 0.0, "inquiry"),
    # Of institutions that sign; the others among the faults above are shown by them as well when forced.
    Fault("expired_key", "先以失效的密钥签名", 0.0, "both", ()),
)
NAMES = tuple(fault.name for fault in CATALOGUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultSettings:
    """Switches. `chances` replaces single probabilities by fault name; `scale` multiplies the rest.

    `forced` maps a request number to the fault it gets whatever the dice say (for drills).
    """

    scale: float = 1.0
    chances: dict[str, float] | None = None
    forced: dict[str, str] | None = None
    late_seconds: tuple[float, float] = (20.0, 60.0)
    again_seconds: float = 6.0
    huge_bytes: int = 21 * 1024 * 1024
    drip_seconds: float = 5.0
    skew_days: float = 3.0

    @classmethod
    def from_json(cls, data: object) -> FaultSettings:
        """From the config file: false or "off", "default", "heavy", or an object with the fields above.

        Raises: ValueError: an unknown word or fault name.
        """
        if data in (False, "off"):
            return cls(scale=0.0)
        if data in (None, True, "default"):
            return cls()
        if data == "heavy":
            return cls(scale=3.0)
        if not isinstance(data, dict):
            raise ValueError(f"faults 为 {data!r}，应为 off、default、heavy 或一个对象。")
        chances = {k: float(v) for k, v in (data.get("chances") or {}).items()}
        forced = dict(data.get("forced") or {})
        unknown = sorted({*chances, *forced.values()} - set(NAMES) - {""})
        if unknown:
            raise ValueError(f"faults 中有不认识的故障：{'、'.join(unknown)}；可用：{'、'.join(NAMES)}。")
        low, high = data.get("late_seconds", (20.0, 60.0))
        return cls(
            scale=float(data.get("scale", 1.0)),
            chances=chances,
            forced=forced,
            late_seconds=(float(low), float(high)),
            again_seconds=float(data.get("again_seconds", 6.0)),
            huge_bytes=int(data.get("huge_bytes", cls.huge_bytes)),
            drip_seconds=float(data.get("drip_seconds", cls.drip_seconds)),
            skew_days=float(data.get("skew_days", cls.skew_days)),
        )


HUGE, DRIP = "@huge", "@drip"
"""Marks before a stored body (no Base64 begins like this): made huge, or sent slowly, at the time of sending."""


def spoiled(body: str, fault: str, request_no: str) -> list[str]:
    """Bodies to be sent for a SOAP message: the true one last, before it what the fault sends first."""
    match fault:
        case "wrong_number":
            return [renumbered(body, request_no), body]
        case "bad_base64":
            half = len(body) // 2
            return [f"{body[:half]}!*{body[half:]}", body]
        case "huge":
            return [HUGE, body]
        case "slow_drip":
            return [DRIP + body]
    return [body]


CHARSET, SKEWED, EXPIRED = "@gbk", "@skewed", "@expired"
"""Marks before a stored JSON body: sent in another charset, signed by a wrong clock, signed by a key that does not hold."""


def spoiled_json(body: str, fault: str, request_no: str) -> list[str]:
    """Bodies to be sent for a JSON message: the true one last, before it what the fault sends first."""
    match fault:
        case "empty":
            return [re.sub(r'"results": \[.*', '"results": []}', body, flags=re.DOTALL), body]
        case "truncated":
            return [body[: len(body) // 2], body]
        case "bad_charset":
            return [CHARSET + body, body]
        case "wrong_number":
            wrong = "".join("9" if sign.isdigit() else sign for sign in request_no)
            return [body.replace(request_no, wrong), body]
        case "bad_base64":
            receipt = '{"name": "回执", "content": "!*"}'
            if '"control_feedback"' in body:
                return [body[:-1] + f', "receipts": [{receipt}]}}', body]
        case "huge":
            return [HUGE, body]
        case "slow_drip":
            return [DRIP + body]
        case "clock_skew":
            return [SKEWED + body, body]
        case "expired_key":
            return [EXPIRED + body, body]
    return [body]


def renumbered(body: str, request_no: str) -> str:
    """A message about a request that does not exist, otherwise the same; the number may be wrapped in Base64."""
    wrong = "".join("9" if sign.isdigit() else sign for sign in request_no)
    content = base64.b64decode(body)
    for old, new in ((request_no, wrong), (_b64(request_no), _b64(wrong))):
        content = content.replace(old.encode(), new.encode())
    return base64.b64encode(content).decode("ascii")


def _b64(text: str) -> str:
    return base64.b64encode(text.encode("gbk")).decode("ascii")


def fault_for(
    settings: FaultSettings,
    *,
    seed: int,
    code: str,
    institution: str,
    kind: str,
    request_no: str,
    subject: str,
) -> str:
    """The fault of one request, empty for none. The fixed first case is always clean unless forced.

    Args: kind: inquiry or control. institution: bank or realty.
    """
    if settings.forced and request_no in settings.forced:
        return settings.forced[request_no]
    if subject.strip() in HERO_NAMES:
        return ""
    dice = Random(f"{seed}:fault:{code}:{kind}:{request_no}").random()
    for fault in CATALOGUE:
        if fault.applies not in (kind, "both") or institution not in fault.kinds:
            continue
        chance = (settings.chances or {}).get(fault.name, fault.chance * settings.scale)
        if dice < chance:
            return fault.name
        dice -= chance
    return ""
