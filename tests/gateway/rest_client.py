"""An agency that signs its calls by hand, from RFC 9421 and not from our code."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
import uuid
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.test import Client
from order_rows import KEY, agency_make

from zhixing.gateway.domain.canonical import InquiryScope, Request, Subject
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.models import Agency, AgencySecret
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.kernel.clock import now
from zhixing.platform.crypto import new_subject

ORIGIN = "http://testserver"


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class JsonAgency:
    """One agency with a key of its own and a Django client."""

    def __init__(self, client: Client, **columns: Any) -> None:
        self.client = client
        self.agency: Agency = agency_make(
            kind="vehicle", profile="zhixing-rest-json", menu=["vehicle"], **columns
        )
        self.key = Ed25519PrivateKey.generate()
        self.key_id = f"{self.agency.pk}.1"
        pem = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        AgencySecret.objects.create(
            agency=self.agency,
            kind="public_key",
            name=self.key_id,
            public=pem,
            valid_from=now() - timedelta(days=1),
        )

    def headers(self, method: str, path: str, body: bytes = b"", **changes: Any) -> dict[str, str]:
        """Signature headers; changes replace created, nonce, keyid, key, covered."""
        given = {
            "created": int(time.time()),
            "nonce": secrets.token_urlsafe(16),
            "keyid": self.key_id,
            "key": self.key,
            "covered": ["@method", "@target-uri"] + (["content-digest"] if body else []),
        } | changes
        digest = f"sha-256=:{b64(hashlib.sha256(body).digest())}:"
        values = {"@method": method, "@target-uri": f"{ORIGIN}{path}", "content-digest": digest}
        names = " ".join(f'"{name}"' for name in given["covered"])
        parameters = f'({names});created={given["created"]};nonce="{given["nonce"]}";keyid="{given["keyid"]}";alg="ed25519"'
        lines = [f'"{name}": {values[name]}' for name in given["covered"]]
        base = "\n".join([*lines, f'"@signature-params": {parameters}'])
        made = {
            "Signature-Input": f"sig1={parameters}",
            "Signature": f"sig1=:{b64(given['key'].sign(base.encode()))}:",
        }
        return made | ({"Content-Digest": digest} if body else {})

    def get(self, path: str, **changes: Any) -> Any:
        return self.client.get(path, headers=self.headers("GET", path, **changes))

    def post(self, path: str, told: Any, **changes: Any) -> Any:
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        headers = self.headers("POST", path, body, **changes)
        return self.client.post(path, data=body, content_type="application/json", headers=headers)

    def order(self, **more: Any) -> str:
        """The number of a new inquiry about an invented person."""
        subject = new_subject()
        content = Request(
            subject=Subject(name="郑小北", id_type=Coded.of("resident_id"), id_no="130930199001010010"),
            scope=InquiryScope(asset_kinds=("vehicle",)),
            ext={"zx.phone.1": "13000000000"},
        )
        new = NewOrder(
            agency_code=self.agency.pk,
            kind="inquiry",
            case_id=1,
            court_key=KEY,
            reference=uuid.uuid4(),
            document_no="（2026）冀0930执1号",
            documents=[],
            officers=[],
            subject=subject,
            content=content,
            **more,
        )
        return orders_write([new], moment=now())[0].request_no


def reply_holds(response: Any, public: Ed25519PublicKey, request_signature: str) -> None:
    """Raises InvalidSignature when the court's signature on its answer does not hold."""
    parameters = response.headers["Signature-Input"].removeprefix("court=")
    covered = parameters[1 : parameters.index(")")].split(" ")
    values = {
        '"@status"': str(response.status_code),
        '"content-digest"': response.headers["Content-Digest"],
        '"signature";req': request_signature,
    }
    digest = f"sha-256=:{b64(hashlib.sha256(response.content).digest())}:"
    assert response.headers["Content-Digest"] == digest
    assert '"@status"' in covered
    assert '"content-digest"' in covered
    base = "\n".join([*(f"{name}: {values[name]}" for name in covered), f'"@signature-params": {parameters}'])
    raw = response.headers["Signature"].removeprefix("court=:").removesuffix(":")
    public.verify(base64.b64decode(raw), base.encode())
