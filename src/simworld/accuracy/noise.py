"""How agencies spoil what they write: identity numbers, names, amounts, days."""

from __future__ import annotations

from random import Random

from simworld.identifiers import is_resident_id, old_resident_id

_LOOKALIKES = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B"}
_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_HOMOPHONES = (
    "张章",
    "王汪",
    "李里",
    "陈沉",
    "刘留",
    "志治",
    "强墙",
    "海亥",
    "文闻",
    "玉裕",
    "明名",
    "华划",
    "丽利",
)
_VARIANTS = {
    "张": "張",
    "陈": "陳",
    "刘": "劉",
    "国": "國",
    "兰": "蘭",
    "华": "華",
    "丽": "麗",
    "马": "馬",
    "赵": "趙",
}
ID_NOISE = (
    ("plain", 0.90),
    ("full", 0.02),
    ("spaced", 0.02),
    ("old", 0.02),
    ("ocr", 0.03),
    ("masked", 0.005),
    ("typo", 0.005),
)


def pick(rng: Random, table: tuple[tuple[str, float], ...]) -> str:
    """One name of a table of shares."""
    return rng.choices([name for name, _ in table], [share for _, share in table])[0]


def identity(rng: Random, number: str) -> tuple[str, str]:
    """A number as an agency writes it, and the kind of noise; what does not fit this number stays plain."""
    kind = pick(rng, ID_NOISE)
    if kind == "full":
        return number.translate(_FULL), kind
    if kind == "spaced":
        return f"{number[:6]} {number[6:14]} {number[14:]}", kind
    if not is_resident_id(number):
        return number, "plain"
    if kind == "old" and number[6:8] == "19":
        return old_resident_id(number), kind
    if kind == "ocr":
        place = rng.choice([n for n, sign in enumerate(number[:17]) if sign in _LOOKALIKES] or [-1])
        return (number, "plain") if place < 0 else (_put(number, place, _LOOKALIKES[number[place]]), kind)
    if kind == "masked":
        return number[:6] + "*" * 10 + number[16:], kind
    if kind == "typo":
        place = rng.randrange(6, 17)
        return _put(number, place, rng.choice([d for d in "0123456789" if d != number[place]])), kind
    return number, "plain"


def _put(text: str, place: int, sign: str) -> str:
    return text[:place] + sign + text[place + 1 :]


def name(rng: Random, told: str) -> tuple[str, str]:
    """A name as it is written: variant characters, same sound, a space inside."""
    draw = rng.random()
    if draw < 0.03:
        return "".join(_VARIANTS.get(sign, sign) for sign in told), "variant"
    if draw < 0.05:
        for pair in _HOMOPHONES:
            if pair[0] in told:
                return told.replace(pair[0], pair[1], 1), "homophone"
    if draw < 0.07:
        return f"{told[0]}　{told[1:]}", "spaced"
    return told, "plain"


def spoiled(rng: Random, balance: str) -> dict[str, str]:
    """Fields that make a line unreadable."""
    return rng.choice(
        (
            {"balance": f"{balance}元"}, {"balance": f"{rng.randint(1, 90)}.5万元"}, {"balance": f"-{balance}"},
            {"currency": "XYZ"}, {"status": "查询异常"}, {"category": "查无开户信息"},
        )
    )  # fmt: skip
