"""Versions of the bank format, and the names that differ between installations."""

from __future__ import annotations

from zhixing.gateway.profiles.context import Dialect

STAR = "star"
"""Fields of the larger field set (wealth products)."""
POINT_TO_POINT = "point_to_point"
"""Fields of the older provincial dialect."""

_SETTINGS = {
    # Never seen on the wire; read liberally, so only the written names are a choice.
    "document_root": "wsList",
    "document_row": "ws",
    "certificate_root": "zjList",
    "certificate_row": "zj",
    # How a document or request number is written as second argument: plain | base64.
    "key_form": "plain",
    # The sentence of an ack for an answer given twice; clients look for 已反馈.
    "already_text": "该请求单号已反馈，不能重复反馈",
}

GENERATION_2016 = Dialect(name="2016", settings=_SETTINGS)
GENERATION_2017PLUS = Dialect(name="2017plus", features=frozenset({STAR}), settings=_SETTINGS)
POINT_TO_POINT_DIALECT = Dialect(
    name="point_to_point", features=frozenset({POINT_TO_POINT}), settings=_SETTINGS
)

DIALECTS = {
    dialect.name: dialect for dialect in (GENERATION_2016, GENERATION_2017PLUS, POINT_TO_POINT_DIALECT)
}
