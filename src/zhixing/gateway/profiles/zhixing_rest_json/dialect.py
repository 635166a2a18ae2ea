"""Versions of the format. There is one; a second would stand beside it under its own path."""

from __future__ import annotations

from zhixing.gateway.profiles.context import Dialect

V1 = Dialect(name="v1", double_content=False)
