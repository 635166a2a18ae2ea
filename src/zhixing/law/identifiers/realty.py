"""Real-estate unit numbers and certificates (GB/T 37346; ID-13, ID-14)."""

from __future__ import annotations

import re
from dataclasses import replace

from zhixing.law.identifiers.divisions import division_name
from zhixing.law.identifiers.forms import Checked, by_form, part_title

_CERTIFICATE = re.compile(r"(.{1,3})[（(](\d{4})[）)](.{1,12})不动产权第(\d{5,9})号")
_NO_FIXTURE = "00000000"


def realty_unit(value: str) -> Checked:
    """不动产单元号 (28 signs); parts split it into division, cadastral district, parcel and building unit."""
    checked = by_form("realty_unit", value)
    text = checked.normalised
    if not checked.ok:
        return checked
    parts = {
        "division": text[:6],
        "division_name": division_name(text[:6]),
        "district": text[6:9],
        "subdistrict": text[9:12],
        "ownership": part_title("realty.owner", text[12]),
        "right": part_title("realty.right", text[13]),
        "parcel": text[:19],
        "parcel_serial": text[14:19],
        "fixture": text[19:20],
        "fixture_name": part_title("realty.fixture", text[19]),
        "unit": text[20:],
    }
    if text[20:] != _NO_FIXTURE:
        parts |= {"building": text[20:24], "room": text[24:]}
    return replace(checked, parts=parts)


def realty_certificate(value: str) -> Checked:
    """不动产权证号; parts name province, year, registry and serial."""
    checked = by_form("realty_certificate", value)
    found = _CERTIFICATE.fullmatch(checked.normalised) if checked.ok else None
    if found is None:
        return checked
    province, year, registry, serial = found.groups()
    return replace(
        checked,
        parts={"province": province, "year": year, "registry": registry, "serial": serial},
    )
