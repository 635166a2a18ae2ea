"""Calls the court in its JSON format: signs by RFC 9421 (Ed25519) and believes only answers the court signed.

Written from the interface document and the RFCs. The court's keys are fetched once and again when one is unknown.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from typing import Any

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from simworld.institutions.clock import ticks
from simworld.institutions.soap import CourtFaultError, CourtUnreachableError, dripping

BASE = "/gateway/v1"
_INPUT = re.compile(r'^court=(\(([^()]*)\);.*keyid="([^"]+)".*)$')


class SignedCaller:
    """Calls one court with one key. Not thread-safe: each institution has its own."""

    def __init__(self, court: str, key_id: str, private_key: str, timeout_seconds: float = 30.0) -> None:
        self.court, self.key_id = court, key_id
        self._key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key))
        self._client = httpx.Client(timeout=timeout_seconds, trust_env=False)
        self._court_keys: dict[str, Ed25519PublicKey] = {}

    def get(self, path: str) -> dict[str, Any]:
        """Ask for something. Raises as `post`."""
        return self._call("GET", path, b"")

    def post(
        self,
        path: str,
        body: bytes,
        *,
        drip_seconds: float = 0.0,
        skew_seconds: float = 0.0,
        key: Ed25519PrivateKey | None = None,
    ) -> dict[str, Any]:
        """Bring something. The rest is for faults: sent slowly, signed by a wrong clock, signed by another key.

        Raises: CourtUnreachableError: no connection, or an answer the court did not sign.
            CourtFaultError: the court refused; the text is its own.
        """
        return self._call("POST", path, body, drip_seconds=drip_seconds, skew_seconds=skew_seconds, key=key)

    def _call(
        self,
        method: str,
        path: str,
        body: bytes,
        *,
        drip_seconds: float = 0.0,
        skew_seconds: float = 0.0,
        key: Ed25519PrivateKey | None = None,
    ) -> dict[str, Any]:
        url = f"{self.court}{BASE}{path}"
        headers = self._signature(method, url, body, ticks() + skew_seconds, key or self._key)
        content = body or None
        if drip_seconds:
            headers["Content-Length"] = str(len(body))
            content = dripping(body, drip_seconds)
        try:
            answer = self._client.request(method, url, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise CourtUnreachableError(type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code == 429:
            raise CourtUnreachableError(f"HTTP {answer.status_code}")
        if not self._is_signed(answer, headers["Signature"]):
            raise CourtUnreachableError("answer is not signed by the court")
        try:
            told = json.loads(answer.content)
        except ValueError as error:
            raise CourtUnreachableError(f"HTTP {answer.status_code}, no JSON") from error
        if answer.status_code != 200:
            codes = " ".join(problem["code"] for problem in told.get("problems", []))
            raise CourtFaultError(f"{told.get('detail', '')} {codes}".strip())
        return told

    def _signature(
        self, method: str, url: str, body: bytes, created: float, key: Ed25519PrivateKey
    ) -> dict[str, str]:
        covered = {"@method": method, "@target-uri": url}
        headers = {}
        if body:
            digest = f"sha-256=:{_b64(hashlib.sha256(body).digest())}:"
            covered["content-digest"] = headers["Content-Digest"] = digest
            headers["Content-Type"] = "application/json"
        names = " ".join(f'"{name}"' for name in covered)
        parameters = (
            f'({names});created={int(created)};nonce="{secrets.token_urlsafe(18)}";keyid="{self.key_id}"'
        )
        lines = [f'"{name}": {value}' for name, value in covered.items()]
        base = "\n".join([*lines, f'"@signature-params": {parameters}'])
        headers["Signature-Input"] = f"mine={parameters}"
        headers["Signature"] = f"mine=:{_b64(key.sign(base.encode()))}:"
        return headers

    def _is_signed(self, answer: httpx.Response, asked_with: str) -> bool:
        """Whether the court signed status and content, as an answer to this very call."""
        read = _INPUT.match(answer.headers.get("Signature-Input", ""))
        digest = f"sha-256=:{_b64(hashlib.sha256(answer.content).digest())}:"
        if read is None or answer.headers.get("Content-Digest") != digest:
            return False
        values = {
            '"@status"': str(answer.status_code),
            '"content-digest"': digest,
            '"signature";req': asked_with,
        }
        covered = read[2].split(" ")
        if set(covered) != set(values):
            return False
        base = "\n".join(
            [*(f"{name}: {values[name]}" for name in covered), f'"@signature-params": {read[1]}']
        )
        key = self._court_key(read[3])
        try:
            raw = base64.b64decode(answer.headers["Signature"].removeprefix("court=:").removesuffix(":"))
            if key is not None:
                key.verify(raw, base.encode())
        except (InvalidSignature, ValueError):
            return False
        return key is not None

    def _court_key(self, name: str) -> Ed25519PublicKey | None:
        if name not in self._court_keys:
            try:
                told = self._client.get(f"{self.court}{BASE}/keys").json()
            except (httpx.HTTPError, ValueError) as error:
                raise CourtUnreachableError(type(error).__name__) from error
            for row in told.get("keys", []):
                key = load_pem_public_key(row["pem"].encode())
                if isinstance(key, Ed25519PublicKey):
                    self._court_keys[row["keyid"]] = key
        return self._court_keys.get(name)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
