"""Older ways in which banks write the same answers, read from the published field tables of the two generations.

``2016`` knows nothing of what wealth products brought. ``point_to_point``, of one province, adds marks of its own and
takes the documents of an inquiry under an older operation name.
"""

from __future__ import annotations

from simworld.institutions.wire_bank import Node

NEWEST, OF_2016, POINT_TO_POINT = "2017plus", "2016", "point_to_point"
DIALECTS = (NEWEST, OF_2016, POINT_TO_POINT)
_LATER: dict[str, tuple[str, ...]] = {
    "jrxx": (
        "CPXSZL", "DQH", "JRCPBH", "LCZH", "ZJHKZH", "ZYQR", "TGR", "SYR", "CLR", "SHR", "TGZH", "ZCZJE"
    ),
    "djxx": ("ZCXH", "JRCPBH"),
    "qlxx": ("ZCXH", "JRCPBH"),
    "kzxx": ("JRCPBH", "LCZH", "SKSE"),
}  # fmt: skip
_OWN = {"zhxx": {"SFTZ": "0"}, "djxx": {"SFBDJ": "1"}, "glxx": {"GLZHMC": ""}}


def spoken(root: Node, dialect: str) -> Node:
    """The same answer as this dialect writes it."""
    if dialect in ("", NEWEST):
        return root
    later = _LATER.get(root.name, ())
    values = {code: value for code, value in root.values.items() if code not in later}
    if dialect == POINT_TO_POINT:
        values |= _OWN.get(root.name, {})
    return Node(root.name, values, [spoken(child, dialect) for child in root.children])
