"""Hiding part of an identifier, so that its owner knows it and a stranger learns nothing.

Identity numbers in public lists hide digits 11 to 14 (``1309301990****1234``, the practice of the
public debtor list); inside the court the middle of the serial is hidden instead, so that the birthday
stays readable to the judge (``130930199003****34``).
"""

from __future__ import annotations

_STARS = "****"
_COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "长孙",
        "慕容",
        "司徒",
        "夏侯",
        "宇文",
        "端木",
        "独孤",
        "南宫",
        "西门",
        "百里",
        "闻人",
        "申屠",
        "呼延",
        "轩辕",
        "太史",
        "淳于",
        "单于",
        "濮阳",
        "澹台",
        "公冶",
        "宗政",
        "钟离",
        "鲜于",
        "闾丘",
        "司空",
        "赫连",
        "拓跋",
        "万俟",
        "第五",
    ]
)


def surname_of(name: str) -> str:
    """The family name of a Chinese personal name: two characters when it is a compound one."""
    return name[:2] if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES else name[:1]


def mask_name(name: str) -> str:
    """Family name and 某 (法释〔2016〕19号第八条 style); names with a dot keep the first sign."""
    name = name.strip()
    if not name:
        return ""
    first = name.split("·", 1)[0][:1] if "·" in name else surname_of(name)
    return f"{first}某"


def mask_id(number: str, *, public: bool = False) -> str:
    """Hide four signs of an identity number, passport or organisation code.

    Args:
        number: the normalised number; 18 and 15 signs follow the rules above, others keep both ends.
        public: True for anything outside the court (digits 11–14 hidden), False for the judge's pages.
    """
    number = number.strip()
    if len(number) == 18:
        return number[:10] + _STARS + number[14:] if public else number[:12] + _STARS + number[16:]
    if len(number) == 15:
        return number[:8] + _STARS + number[12:]
    return _keep_ends(number, 2, 3)


def mask_account(number: str) -> str:
    """First and last four of a bank account or card: ``6217****6618``."""
    return _keep_ends(number.strip().replace(" ", ""), 4, 4)


def mask_phone(number: str) -> str:
    """First three and last four of a telephone number: ``138****6621``."""
    return _keep_ends(number.strip().replace(" ", "").replace("-", ""), 3, 4)


def mask_handle(handle: str) -> str:
    """Names of accounts on the net (WeChat, QQ, mail): first three and last sign stay."""
    handle = handle.strip()
    if "@" in handle:
        local, _, domain = handle.partition("@")
        return f"{_keep_ends(local, 2, 0)}@{domain}"
    return _keep_ends(handle, 3, 1)


def _keep_ends(text: str, head: int, tail: int) -> str:
    """Four signs are always hidden; short texts show fewer at their ends, the shortest none."""
    while head + tail > max(0, len(text) - len(_STARS)):
        head, tail = (head - 1, tail) if head >= tail else (head, tail - 1)
    return text[:head] + _STARS + (text[len(text) - tail :] if tail else "")
