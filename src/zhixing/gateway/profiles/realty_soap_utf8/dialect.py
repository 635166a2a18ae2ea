"""Versions of the registry format, and what differs between installations."""

from __future__ import annotations

from zhixing.gateway.profiles.context import Dialect

LEAF_BASE64 = "leaf_base64"
"""Leaf values are written as Base64 too. Read either way, whatever the dialect."""

_SETTINGS = {
    # Only the end of the namespace was seen; calls are read in any.
    "namespace": "http://ip.service.webService.ckw.tdh",
    # A constant in the known client; its algorithm is not visible.
    "digital_sign": "",
    # How a request number is written in wsbhinfo: xml | plain | base64.
    "key_form": "xml",
    "already_text": "该请求单号已反馈，不能重复反馈",
}

PLAIN_LEAVES = Dialect(name="plain_leaves", settings=_SETTINGS)
BASE64_LEAVES = Dialect(name="base64_leaves", features=frozenset({LEAF_BASE64}), settings=_SETTINGS)

DIALECTS = {dialect.name: dialect for dialect in (PLAIN_LEAVES, BASE64_LEAVES)}
