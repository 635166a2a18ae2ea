"""The config file the court side writes for the outside world, and the settings made from it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path

from simworld.institutions.faults import FaultSettings

# kinds that sign each call instead of sending a password
SIGNING = ("vehicle", "securities", "insurance", "payment", "housing_fund")
KINDS = ("bank", "realty", *SIGNING)


class ConfigError(Exception):
    """配置文件有误。`problems` 逐条说明收到什么、应当是什么、怎样改。"""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What one agency uses to call the court. `statement_secret` signs bank statements; empty for registries.

    Kinds of `SIGNING` sign with `private_key` (Ed25519, Base64 of 32 bytes) under the key id `username`; no password.
    """

    code: str
    name: str
    kind: str
    username: str
    password: str = field(repr=False)
    statement_secret: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    # folder of its own on the front machine, for an agency that exchanges files
    front_machine: str = ""
    # host:port where an agency that the court calls answers
    listen: str = ""
    # older generation a bank speaks over SOAP; empty for the newest
    dialect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the outside world behaves. Times in seconds; `delays` by agency code, else `delay_seconds`."""

    seed: int = 1
    poll_seconds: float = 1.0
    delay_seconds: tuple[float, float] = (0.5, 2.5)
    delays: dict[str, tuple[float, float]] = field(default_factory=dict)
    backoff_cap_seconds: float = 5.0
    faults: FaultSettings = field(default_factory=FaultSettings)
    font_paths: tuple[str, ...] = ()
    realty_receipts: bool = True
    realty_leaf_base64: bool | None = None
    realty_key_form: str = "xml"

    def delay_for(self, code: str) -> tuple[float, float]:
        """Shortest and longest time an agency takes to answer."""
        return self.delays.get(code, self.delay_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole file."""

    agencies: tuple[Credentials, ...]
    settings: Settings
    sms_token: str = field(default="", repr=False)


def read_config(path: Path, *, seed: int, poll_seconds: float | None = None) -> Config:
    """Read the file.

    Raises: ConfigError: every problem found, not only the first.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise ConfigError(
            [f"配置文件 {path.name} 读不出：{type(error).__name__}；应为 UTF-8 的 JSON 文件。"]
        ) from error
    if not isinstance(data, dict):
        raise ConfigError([f"配置文件 {path.name} 应为一个 JSON 对象，实际是 {type(data).__name__}。"])
    problems: list[str] = []
    agencies = [_credentials(n, row, problems) for n, row in enumerate(data.get("agencies", []), start=1)]
    try:
        faults = FaultSettings.from_json(data.get("faults"))
        low, high = data.get("delay_seconds", (0.5, 2.5))
        delays = {code: (float(a), float(b)) for code, (a, b) in data.get("delays", {}).items()}
        settings = Settings(
            seed=seed,
            poll_seconds=float(poll_seconds or data.get("poll_seconds", 1.0)),
            delay_seconds=(float(low), float(high)),
            delays=delays,
            backoff_cap_seconds=float(data.get("backoff_cap_seconds", 5.0)),
            faults=faults,
            font_paths=tuple(data.get("font_paths", ())),
            realty_receipts=bool(data.get("realty_receipts", True)),
            realty_leaf_base64=data.get("realty_leaf_base64"),
            realty_key_form=_one_of(data.get("realty_key_form", "xml"), ("xml", "plain", "base64")),
        )
    except (TypeError, ValueError) as error:
        problems.append(f"配置项有误：{error}")
    if problems:
        raise ConfigError(problems)
    return Config(
        agencies=tuple(a for a in agencies if a), settings=settings, sms_token=str(data.get("sms_token", ""))
    )


def _one_of(value: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise ValueError(f"realty_key_form 为 {value!r}，应为 {'、'.join(words)}。")
    return value


def _credentials(number: int, row: object, problems: list[str]) -> Credentials | None:
    if not isinstance(row, dict):
        problems.append(f"agencies 第 {number} 项应为对象，实际是 {type(row).__name__}。")
        return None
    needed = ["code", "name", "kind", "username", "password"]
    if row.get("kind") == "bank":
        needed.append("statement_secret")
    if row.get("kind") in SIGNING:
        needed[-1] = "private_key"
    missing = [name for name in needed if not row.get(name)]
    if missing:
        problems.append(f"agencies 第 {number} 项缺少 {'、'.join(missing)}；请由法院端重新生成配置文件。")
    if row.get("kind") not in KINDS:
        problems.append(
            f"agencies 第 {number} 项 kind 为 {row.get('kind')!r}，应为 {'、'.join(KINDS)} 之一。"
        )
    if len(str(row.get("code", ""))) != 17:
        problems.append(f"agencies 第 {number} 项 code 为 {row.get('code')!r}，应为 17 位机构代码。")
    return Credentials(**{item.name: str(row.get(item.name, "")) for item in fields(Credentials)})
