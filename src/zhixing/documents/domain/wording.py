"""How days, amounts and persons are written in a Chinese court paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cn2an

from zhixing.kernel.text import chinese_numeral as han_number

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from zhixing.documents.domain.fields import Party

__all__ = [
    "amount_capital",
    "amount_figures",
    "day_han",
    "day_text",
    "document_number",
    "han_number",
    "party_lines",
    "term_text",
]

_HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def day_text(day: date) -> str:
    """Day in running text: 2026年3月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_han(day: date) -> str:
    """Day under the signature, in Chinese figures: 二〇二六年三月四日."""
    year = str(day.year).translate(_HAN_DIGITS)
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


def amount_figures(amount: Decimal) -> str:
    """Amount in yuan without separators, whole yuan without decimals: 567323.54, 45000."""
    text = f"{amount:.2f}"
    return text.removesuffix(".00")


def amount_capital(amount: Decimal) -> str:
    """Amount in the capital numerals of payment papers: 伍拾陆万柒仟叁佰贰拾叁元伍角肆分."""
    return str(cn2an.an2cn(f"{amount:.2f}", "rmb"))


def term_text(months: int) -> str:
    """Length of a measure: 36 → 三年, 18 → 一年六个月, 6 → 六个月."""
    years, rest = divmod(months, 12)
    parts = [f"{han_number(years)}年"] if years else []
    if rest:
        parts.append(f"{han_number(rest)}个月")
    return "".join(parts)


def document_number(case_number: str, ordinal: int = 0) -> str:
    """Number of a paper inside its case.

    Args:
        case_number: the case number, with full-width brackets.
        ordinal: 0 for the case number as it stands, 1 for 之一, 2 for 之二 and so on.
    """
    if ordinal < 0:
        raise ValueError(f"文书序号应为 0 或正整数，收到 {ordinal}。")
    return f"{case_number}之{han_number(ordinal)}" if ordinal else case_number


def party_lines(party: Party) -> list[str]:
    """The paragraphs that introduce a party at the head of a ruling, in the order of the court's sample papers."""
    facts = [party.name]
    if party.is_person:
        facts += [f for f in (party.sex, _born(party), party.ethnicity) if f]
        if party.address:
            facts.append(f"住{party.address}")
        if party.id_number:
            facts.append(f"{party.id_kind}{party.id_number}")
    else:
        if party.address:
            facts.append(f"住所地{party.address}")
        if party.id_number:
            facts.append(f"统一社会信用代码{party.id_number}")
    lines = [f"{party.role}：{'，'.join(facts)}。"]
    if party.representative:
        title = f"，{party.representative_title}" if party.representative_title else ""
        lines.append(f"{party.representative_role}：{party.representative}{title}。")
    if party.agent:
        lines.append(f"委托诉讼代理人：{party.agent}。")
    return lines


def _born(party: Party) -> str:
    return f"{day_text(party.born)}出生" if party.born else ""
