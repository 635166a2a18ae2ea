"""The simulated agencies: registered here, and told their credentials through one file."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from zhixing.gateway.agencies import agency_register

# Codes and names are those of the simulated institutions; menus say which items each answers.
AGENCIES = (
    {"code": "C1010313000093001", "name": "模拟农业银行孟村支行", "kind": "bank", "profile": "bank-soap-gbk"},
    {"code": "C1010513000093001", "name": "模拟建设银行孟村支行", "kind": "bank", "profile": "bank-soap-gbk"},
    {"code": "C1096813000093001", "name": "模拟沧州银行", "kind": "bank", "profile": "bank-soap-gbk"},
    {
        "code": "R1130900000000001",
        "name": "模拟沧州市不动产登记中心",
        "kind": "realty",
        "profile": "realty-soap-utf8",
    },
    {
        "code": "C1040313000093001",
        "name": "模拟邮政储蓄银行孟村支行",
        "kind": "bank",
        "profile": "bank-file-zip",
    },
)
# What the simulated agencies can really answer; the rest of the menu shows as not connected.
MENU = {"bank": ["deposit", "wealth", "transactions"], "realty": ["realty_local"]}


def agencies_seed(config_path: Path, *, sms_token: str) -> None:
    """Register the agencies with fresh secrets and write the file the outside world reads."""
    rows: list[dict[str, Any]] = []
    for no, agency in enumerate(AGENCIES, start=1):
        password, statement = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        own = _front_machine(config_path.parent, agency)
        username = f"{'YH' if agency['kind'] == 'bank' else 'BDC'}{no:04d}"
        agency_register(
            code=agency["code"],
            name=agency["name"],
            kind=agency["kind"],
            profile=agency["profile"],
            username=username,
            password=password,
            menu=MENU[agency["kind"]],
            statement_secret=statement,
            endpoint=own.parent.as_uri() if own else "",
        )
        rows.append(
            {
                "code": agency["code"],
                "name": agency["name"],
                "kind": agency["kind"],
                "username": username,
                "password": password,
                "statement_secret": statement,
                "front_machine": str(own or ""),
            }
        )
    config_path.parent.mkdir(parents=True, exist_ok=True)
    draft = config_path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"agencies": rows, "sms_token": sms_token}, ensure_ascii=False, indent=1))
    os.replace(draft, config_path)


def _front_machine(home: Path, agency: dict[str, str]) -> Path | None:
    """The agency's own folder on the front machine, made here; None for agencies that call the court."""
    if agency["profile"] != "bank-file-zip":
        return None
    own = home / "front_machine" / agency["code"]
    own.mkdir(parents=True, exist_ok=True)
    return own.resolve()
