"""The simulated agencies: registered here, and told their credentials through one file."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from zhixing.gateway.agencies import agency_register, public_key_add
from zhixing.gateway.signatures import public_pem
from zhixing.kernel.clock import now

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
    *(
        {"code": code, "name": name, "kind": kind, "profile": "zhixing-rest-json"}
        for code, name, kind in (
            ("G1130900000000001", "模拟沧州车辆管理所", "vehicle"),
            ("S1110000000000001", "模拟证券登记结算公司", "securities"),
            ("I1110000000000001", "模拟人身保险信息平台", "insurance"),
            ("Z1330100000000001", "模拟支付公司", "payment"),
            ("H1130900000000001", "模拟沧州市住房公积金管理中心", "housing_fund"),
        )
    ),
)
# What the simulated agencies can really answer; the rest of the menu shows as not connected.
MENU = {
    "bank": ["deposit", "wealth", "transactions"],
    "realty": ["realty_local"],
    "vehicle": ["vehicle"],
    "securities": ["securities"],
    "insurance": ["insurance"],
    "payment": ["other_payment"],
    "housing_fund": ["housing_fund"],
}
# How user names begin, by kind; agencies that sign have their key's name instead.
PREFIX = {"bank": "YH", "realty": "BDC"}


def agencies_seed(config_path: Path, *, sms_token: str) -> None:
    """Register the agencies with fresh secrets and write the file the outside world reads."""
    rows: list[dict[str, Any]] = []
    for no, agency in enumerate(AGENCIES, start=1):
        password, statement = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        own = _front_machine(config_path.parent, agency)
        if agency["profile"] == "zhixing-rest-json":
            rows.append(_signing(agency))
            continue
        username = f"{PREFIX[agency['kind']]}{no:04d}"
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


def _signing(agency: dict[str, str]) -> dict[str, Any]:
    """An agency that signs: we keep its public key, the outside world its private one."""
    key, name = Ed25519PrivateKey.generate(), f"{agency['code']}.1"
    registered = agency_register(**agency, username=agency["code"], menu=MENU[agency["kind"]])
    public_key_add(registered, public_pem(key.public_key()), name=name, moment=now())
    raw = key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return {
        "code": agency["code"],
        "name": agency["name"],
        "kind": agency["kind"],
        "username": name,
        "private_key": base64.b64encode(raw).decode(),
    }


def _front_machine(home: Path, agency: dict[str, str]) -> Path | None:
    """The agency's own folder on the front machine, made here; None for agencies that call the court."""
    if agency["profile"] != "bank-file-zip":
        return None
    own = home / "front_machine" / agency["code"]
    own.mkdir(parents=True, exist_ok=True)
    return own.resolve()
