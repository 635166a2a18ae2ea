"""Starts institutions and services as threads of one process and stops them cleanly."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path

from simworld.catalog import agency_for
from simworld.config import Config, ConfigError, Credentials, read_config
from simworld.institutions.bank import Bank
from simworld.institutions.base import Institution
from simworld.institutions.called_realty import CalledRealty
from simworld.institutions.file_bank import FileBank
from simworld.institutions.json_agency import JsonAgency
from simworld.institutions.realty import Realty
from simworld.population import World
from simworld.services import Services

log = logging.getLogger("simworld")
STOP_SECONDS = 10.0


def world_of(home: Path, seed: int, size: int) -> World:
    """The world of this home: made once, then always the same, whatever seed is given later."""
    path = home / "world.json"
    if path.exists():
        return World.load(path)
    world = World(seed, size)
    world.dump(path)
    return world


def institution(
    credentials: Credentials, *, config: Config, court: str, home: Path, world: World
) -> Institution:
    """The client for one configured agency.

    Raises: ConfigError: no simulated agency has this code or name.
    """
    agency = agency_for(code=credentials.code, name=credentials.name, kind=credentials.kind)
    if agency is None:
        raise ConfigError(
            [f"没有与机构代码 {credentials.code} 对应的模拟机构；可用的见 `python -m simworld agencies`。"]
        )
    kind = {"bank": Bank, "realty": Realty}.get(agency.kind, JsonAgency)
    if credentials.front_machine:
        kind = FileBank
    if credentials.listen:
        kind = CalledRealty
    return kind(agency, credentials, court=court, home=home, world=world, settings=config.settings)


def is_wanted(credentials: Credentials, only: list[str]) -> bool:
    """Does `--only` name this agency? By kind (bank), by key (bank:abc, realty:realty) or by code (bank:C10…)."""
    agency = agency_for(code=credentials.code, name=credentials.name, kind=credentials.kind)
    key = agency.key if agency else ""
    names = {
        credentials.kind,
        key,
        credentials.code,
        f"{credentials.kind}:{key}",
        f"{credentials.kind}:{credentials.code}",
    }
    return not only or bool(names & set(only))


def run(
    *,
    home: Path,
    court: str,
    config_path: Path,
    seed: int,
    size: int,
    services_port: int,
    smtp_port: int,
    poll_seconds: float | None,
    only: list[str],
) -> int:
    """Run until SIGTERM or SIGINT; waits for the config file when the court side has not written it yet."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    home.mkdir(parents=True, exist_ok=True)
    world = world_of(home, seed, size)
    while not config_path.exists() and not stop.wait(0.5):
        log.debug("waiting_for_config")
    if stop.is_set():
        return 0
    config = read_config(config_path, seed=world.seed, poll_seconds=poll_seconds)
    institutions = [
        institution(credentials, config=config, court=court, home=home, world=world)
        for credentials in config.agencies
        if is_wanted(credentials, only)
    ]
    services = None
    if not only or "services" in only:
        services = Services(
            home=home, web_port=services_port, smtp_port=smtp_port, sms_token=config.sms_token
        )
        services.start()
        log.info("services web=%d smtp=%d", services_port, smtp_port)
    threads = [
        threading.Thread(target=i.run, args=(stop,), name=i.agency.key, daemon=True) for i in institutions
    ]
    for thread in threads:
        thread.start()
    log.info("started institutions=%d", len(threads))
    stop.wait()
    for thread in threads:
        thread.join(STOP_SECONDS)
    if services:
        services.stop()
    log.info("stopped")
    return 0
