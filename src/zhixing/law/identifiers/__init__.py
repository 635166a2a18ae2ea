"""Identifiers: form and check digit of numbers that name persons, accounts and things (rules ID-01 to ID-15).

A broken form is an error. A broken check digit is only a warning with override, because genuine codes
exist that fail it (ID-06). Nothing here ever says that a number belongs to anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhixing.law.identifiers.accounts import bank_card, landline, luhn, mobile
from zhixing.law.identifiers.divisions import division_name
from zhixing.law.identifiers.forms import Checked, by_form, kinds
from zhixing.law.identifiers.organisations import org_code, uscc
from zhixing.law.identifiers.realty import realty_certificate, realty_unit
from zhixing.law.identifiers.residents import (
    foreigner_residence,
    residence_permit,
    resident_id,
    resident_id_15,
)
from zhixing.law.identifiers.travel import hk_permit, passport
from zhixing.law.identifiers.vehicles import plate, vin

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = [
    "Checked",
    "bank_card",
    "check",
    "division_name",
    "foreigner_residence",
    "hk_permit",
    "kinds",
    "landline",
    "luhn",
    "mobile",
    "org_code",
    "passport",
    "plate",
    "realty_certificate",
    "realty_unit",
    "residence_permit",
    "resident_id",
    "resident_id_15",
    "uscc",
    "vin",
]

_DATED: dict[str, Callable[..., Checked]] = {
    "resident_id": resident_id,
    "resident_id_15": resident_id_15,
    "residence_permit": residence_permit,
    "foreigner_residence": foreigner_residence,
}
_SPECIAL: dict[str, Callable[[str], Checked]] = {
    "uscc": uscc,
    "org_code": org_code,
    "passport": passport,
    "hk_permit": hk_permit,
    "bank_card": bank_card,
    "mobile": mobile,
    "landline": landline,
    "plate": plate,
    "vin": vin,
    "realty_unit": realty_unit,
    "realty_certificate": realty_certificate,
}


def check(kind: str, value: str, *, on: date | None = None) -> Checked:
    """Check an identifier of a named kind.

    Args:
        kind: one of `kinds()`.
        value: as it was written.
        on: today's court date, to refuse birthdays in the future; not checked when left out.

    Raises:
        UnknownRule: no such kind.
    """
    dated = _DATED.get(kind)
    if dated is not None:
        return dated(value, on=on)
    special = _SPECIAL.get(kind)
    return special(value) if special else by_form(kind, value)
