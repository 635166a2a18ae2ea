"""更换法院签名密钥: the court signs by a new key from now; agencies find it by its key id in the list of keys."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from zhixing.acts.kinds import Act, ActContext, ActFields, Audience
from zhixing.courts.roles import Role
from zhixing.gateway.signatures import court_key_add


class RotateCourtKey(Act):
    """A new key signs at once. The ones before stay in the public list, so that answers on their way can be checked."""

    code = "gateway.rotate_court_key"
    title = "更换法院签名密钥"
    summary = "法院改用新的密钥对应答签名；协助单位按公钥编号自行取得新公钥。"
    law = ("cpl.253",)
    drafters = frozenset({Role.ADMIN})
    audience = Audience.INTERNAL
    case_bound = False
    offered = False

    class Fields(ActFields):
        """Why."""

        reason: str = Field(title="更换原因", min_length=4, max_length=200)

    def apply(self, ctx: ActContext) -> dict[str, Any]:
        """The private key is sealed by the keyring; only its name is told."""
        return {"name": court_key_add().name}
