"""Number plates and vehicle identification numbers (GA 36, GB 16735; ID-11, ID-12)."""

from __future__ import annotations

from dataclasses import replace

from zhixing.law.identifiers.forms import Checked, by_form, energy_letters, form_of, part_title, upper

_SEPARATORS = str.maketrans("", "", "·・•.-")


def plate(value: str) -> Checked:
    """机动车号牌; parts tell the issuing place and, with 8 signs, what kind of new-energy plate it is."""
    checked = replace(by_form("plate", value, upper(value).translate(_SEPARATORS)), raw=value)
    if not checked.ok:
        return checked
    text = checked.normalised
    place = part_title("plate.authority", text[:2]) or part_title("plate.province", text[0])
    parts = {"authority": text[:2], "authority_name": place, "energy": "普通"}
    if len(text) == 8:
        small = not text[2].isdigit()
        letter = text[2] if small else text[7]
        parts |= {
            "energy": "新能源",
            "size": "小型" if small else "大型",
            "drive": "纯电动" if letter in energy_letters()[0] else "非纯电动",
        }
    return replace(checked, parts=parts)


def vin(value: str) -> Checked:
    """车辆识别代号. The check digit is only told: many makers do not follow it."""
    checked = by_form("vin", value)
    if not checked.ok:
        return checked
    text = checked.normalised
    return replace(
        checked,
        parts={
            "maker": text[:3],
            "description": text[3:8],
            "check_digit": "相符" if text[8] == vin_check_sign(text) else "不符（仅供参考）",
            "year_sign": text[9],
            "plant": text[10],
            "serial": text[11:],
        },
    )


def vin_check_sign(text: str) -> str:
    """The sign that the ninth place would have by the standard's sum modulo 11."""
    form = form_of("vin")
    # The row's alphabet is laid out in tens: a sign counts the last digit of its place in it.
    values = (form.alphabet.index(sign) % 10 for sign in text)
    total = sum(value * weight for value, weight in zip(values, form.weights, strict=True))
    return form.check_signs[total % 11]
