"""Passports and travel permits: forms without check digit (ID-08)."""

from __future__ import annotations

from dataclasses import replace

from zhixing.law.identifiers.forms import Checked, by_form, part_heads, part_title


def passport(value: str) -> Checked:
    """中国护照; parts name the kind of passport by its first letters."""
    checked = by_form("passport", value)
    if not checked.ok:
        return checked
    text = checked.normalised
    document = next((title for head, title in part_heads("passport") if text.startswith(head)), "")
    return replace(checked, parts={"document": document})


def hk_permit(value: str) -> Checked:
    """港澳居民来往内地通行证; the last two of eleven signs count the cards that were issued."""
    checked = by_form("hk_permit", value)
    if not checked.ok:
        return checked
    text = checked.normalised
    parts = {"holder": part_title("hk_permit", text[0]), "number": text[:9]}
    if len(text) == 11:
        parts["issue"] = text[9:]
    return replace(checked, parts=parts)
