"""Which profiles there are, and a profile by its name and dialect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

from zhixing.gateway.profiles.bank_file_zip import dialect as bank_file
from zhixing.gateway.profiles.bank_file_zip.profile import BankFileZip
from zhixing.gateway.profiles.bank_soap_gbk import dialect as bank
from zhixing.gateway.profiles.bank_soap_gbk.profile import BankSoapGbk
from zhixing.gateway.profiles.base import Profile, Wire
from zhixing.gateway.profiles.called import CalledFormat
from zhixing.gateway.profiles.context import Dialect
from zhixing.gateway.profiles.manual import Manual
from zhixing.gateway.profiles.realty_rest_json import dialect as realty_rest
from zhixing.gateway.profiles.realty_rest_json.profile import RealtyRestJson
from zhixing.gateway.profiles.realty_soap_utf8 import dialect as realty
from zhixing.gateway.profiles.realty_soap_utf8.profile import RealtySoapUtf8
from zhixing.gateway.profiles.zhixing_rest_json import dialect as rest_json
from zhixing.gateway.profiles.zhixing_rest_json.profile import ZhixingRestJson


class UnknownProfile(LookupError):
    """没有这种报文格式或版本，请在机构设置中改选。"""


# The first dialect of each is the default.
_DIALECTS: Mapping[str, tuple[Dialect, ...]] = {
    BankSoapGbk.name: (bank.GENERATION_2017PLUS, bank.GENERATION_2016, bank.POINT_TO_POINT_DIALECT),
    RealtySoapUtf8.name: (realty.PLAIN_LEAVES, realty.BASE64_LEAVES),
    BankFileZip.name: (
        bank_file.GENERATION_2017PLUS,
        bank_file.GENERATION_2016,
        bank_file.POINT_TO_POINT_DIALECT,
    ),
    ZhixingRestJson.name: (rest_json.V1,),
    Manual.name: (rest_json.V1,),
    RealtyRestJson.name: (realty_rest.CITY,),
}
# Formats by which agencies call the court over SOAP.
_CALLED: Mapping[str, Callable[[Dialect], Profile]] = {
    BankSoapGbk.name: BankSoapGbk,
    RealtySoapUtf8.name: RealtySoapUtf8,
}
# Formats whose server is the agency: the court calls.
_ASKED: Mapping[str, Callable[[Dialect], CalledFormat]] = {RealtyRestJson.name: RealtyRestJson}
# Formats that files or people carry, and our own.
_CARRIED: Mapping[str, Callable[[Dialect], Wire]] = {
    BankFileZip.name: BankFileZip,
    ZhixingRestJson.name: ZhixingRestJson,
    Manual.name: Manual,
}


def profiles_known() -> Mapping[str, tuple[str, ...]]:
    """Names of the dialects of each profile, default first."""
    return MappingProxyType({name: tuple(item.name for item in found) for name, found in _DIALECTS.items()})


@lru_cache(maxsize=64)
def profile_get(name: str, dialect: str = "") -> Profile:
    """The SOAP profile of this name, in this dialect (default: its first). Raises UnknownProfile."""
    chosen = _dialect(name, dialect, _CALLED)
    return _CALLED[name](chosen)


@lru_cache(maxsize=64)
def wire_get(name: str, dialect: str = "") -> Wire:
    """The format of this name, whatever carries it, in this dialect (default: its first). Raises UnknownProfile."""
    makers = {**_CARRIED, **_CALLED, **_ASKED}
    chosen = _dialect(name, dialect, makers)
    return makers[name](chosen)


@lru_cache(maxsize=64)
def called_get(name: str, dialect: str = "") -> CalledFormat:
    """The format of this name whose server is the agency (default: its first dialect). Raises UnknownProfile."""
    chosen = _dialect(name, dialect, _ASKED)
    return _ASKED[name](chosen)


def called_names() -> tuple[str, ...]:
    """Names of the formats whose server is the agency."""
    return tuple(_ASKED)


def _dialect(name: str, dialect: str, among: Mapping[str, object]) -> Dialect:
    if name not in among:
        raise UnknownProfile(f"{name}；可选：{'、'.join(among)}")
    dialects = _DIALECTS[name]
    chosen = next((item for item in dialects if item.name == dialect or not dialect), None)
    if chosen is None:
        raise UnknownProfile(f"{name} / {dialect}；可选：{'、'.join(item.name for item in dialects)}")
    return chosen
