"""统一社会信用代码 and the organisation code inside it (GB 32100, GB 11714; ID-04 to ID-07)."""

from __future__ import annotations

from zhixing.law.identifiers.divisions import division_name
from zhixing.law.identifiers.forms import (
    Checked,
    broken,
    checksum_problem,
    fits,
    form_of,
    part_title,
    upper,
)


def uscc(value: str) -> Checked:
    """统一社会信用代码; parts name the registering authority, the body type, the division and the organisation code."""
    text, form = upper(value), form_of("uscc")
    if not fits(form, text):
        return broken("uscc", value, text, form)
    signs = form.alphabet
    total = sum(signs.index(sign) * weight for sign, weight in zip(text[:17], form.weights, strict=True))
    # Modulo once more: a remainder of 0 would otherwise ask for the sign with index 31, which does not exist.
    sound = text[17] == signs[(31 - total % 31) % 31]
    org = f"{text[8:16]}-{text[16]}"
    return Checked(
        kind="uscc",
        raw=value,
        normalised=text,
        ok=True,
        problems=() if sound else (checksum_problem("uscc", "统一社会信用代码", text),),
        checksum_ok=sound,
        parts={
            "head": text[:2],
            "authority": part_title("uscc.authority", text[0]),
            "body": part_title("uscc.head", text[:2]),
            "division": text[2:8],
            "division_name": division_name(text[2:8]),
            "org_code": org,
            # Codes issued after 2015 need not pass the old check: told, never a problem of its own.
            "org_code_check": "相符" if org_code(org).checksum_ok else "不符",
        },
    )


def org_code(value: str) -> Checked:
    """组织机构代码 (digits 9 to 17 of the unified code)."""
    text, form = upper(value).replace("-", ""), form_of("org_code")
    if not fits(form, text):
        return broken("org_code", value, text, form)
    pairs = zip(text[:8], form.weights, strict=True)
    rest = 11 - sum(form.alphabet.index(sign) * weight for sign, weight in pairs) % 11
    sound = text[8] == {10: "X", 11: "0"}.get(rest, str(rest))
    return Checked(
        kind="org_code",
        raw=value,
        normalised=f"{text[:8]}-{text[8]}",
        ok=True,
        problems=() if sound else (checksum_problem("org_code", "组织机构代码", text),),
        checksum_ok=sound,
    )
