"""`manual`: paper answers that a clerk types in. The bytes kept are JSON of `zhixing-rest-json`, so that they take its road."""

from __future__ import annotations

from zhixing.gateway.profiles.zhixing_rest_json.profile import ZhixingRestJson


class Manual(ZhixingRestJson):
    """Same messages, another carrier; the paper itself is kept beside them under ``paper`` (sha256)."""

    name: str = "manual"
