"""The simulated agencies: their codes, names and how their account numbers look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One assisting unit. `code` is the 17-character institution code used on the wire."""

    key: str
    kind: Literal["bank", "realty", "vehicle", "securities", "insurance", "payment", "housing_fund"]
    code: str
    name: str
    plain_name: str
    address: str
    phone: str
    postcode: str = "061400"
    card_prefix: str = ""
    corporate_prefix: str = ""
    # exchanges packages of files instead of calling the court
    has_front_machine: bool = False


AGENCIES: tuple[Agency, ...] = (
    Agency(
        key="abc",
        kind="bank",
        code="C1010313000093001",
        name="模拟农业银行孟村支行",
        plain_name="农业银行孟村支行",
        address="河北省沧州市孟村回族自治县孟村镇建设大街 12 号",
        phone="0317-6720012",
        card_prefix="622848",
        corporate_prefix="50086101040",
    ),
    Agency(
        key="ccb",
        kind="bank",
        code="C1010513000093001",
        name="模拟建设银行孟村支行",
        plain_name="建设银行孟村支行",
        address="河北省沧州市孟村回族自治县孟村镇和平路 36 号",
        phone="0317-6720036",
        card_prefix="621700",
        corporate_prefix="1305016920080",
    ),
    Agency(
        key="czb",
        kind="bank",
        code="C1096813000093001",
        name="模拟沧州银行",
        plain_name="沧州银行",
        address="河北省沧州市运河区解放西路 88 号",
        phone="0317-2020088",
        postcode="061000",
        card_prefix="623019",
        corporate_prefix="6201201090",
    ),
    Agency(
        key="psb",
        kind="bank",
        code="C1040313000093001",
        name="模拟邮政储蓄银行孟村支行",
        plain_name="邮政储蓄银行孟村支行",
        address="河北省沧州市孟村回族自治县孟村镇民族大街 58 号",
        phone="0317-6720058",
        card_prefix="621799",
        corporate_prefix="1000930010",
        has_front_machine=True,
    ),
    Agency(
        key="realty",
        kind="realty",
        code="R1130900000000001",
        name="模拟沧州市不动产登记中心",
        plain_name="沧州市不动产登记中心",
        address="河北省沧州市运河区永济西路 66 号",
        phone="0317-2020066",
        postcode="061000",
    ),
    Agency(
        key="called_realty",
        kind="realty",
        code="R1130983000000001",
        name="模拟黄骅市不动产登记中心",
        plain_name="黄骅市不动产登记中心",
        address="河北省沧州市黄骅市信誉街 88 号",
        phone="0317-2020083",
        postcode="061100",
    ),
    Agency(
        key="vehicle",
        kind="vehicle",
        code="G1130900000000001",
        name="模拟沧州车辆管理所",
        plain_name="沧州车辆管理所",
        address="河北省沧州市运河区海河西路 9 号",
        phone="0317-2020101",
        postcode="061000",
    ),
    Agency(
        key="securities",
        kind="securities",
        code="S1110000000000001",
        name="模拟证券登记结算公司",
        plain_name="证券登记结算公司",
        address="北京市西城区太平桥大街 17 号",
        phone="010-5050101",
        postcode="061000",
    ),
    Agency(
        key="insurance",
        kind="insurance",
        code="I1110000000000001",
        name="模拟人身保险信息平台",
        plain_name="人身保险信息平台",
        address="北京市西城区金融大街 15 号",
        phone="010-5050202",
        postcode="061000",
    ),
    Agency(
        key="payment",
        kind="payment",
        code="Z1330100000000001",
        name="模拟支付公司",
        plain_name="模拟支付公司",
        address="浙江省杭州市西湖区西溪路 556 号",
        phone="0571-2020303",
        postcode="061000",
    ),
    Agency(
        key="housing_fund",
        kind="housing_fund",
        code="H1130900000000001",
        name="模拟沧州市住房公积金管理中心",
        plain_name="沧州市住房公积金管理中心",
        address="河北省沧州市运河区御河西路 18 号",
        phone="0317-2020202",
        postcode="061000",
    ),
)
BY_KEY = {agency.key: agency for agency in AGENCIES}
BY_CODE = {agency.code: agency for agency in AGENCIES}
BANKS = tuple(agency for agency in AGENCIES if agency.kind == "bank" and not agency.has_front_machine)
# drawn apart, so that what people own at the other banks does not depend on them
FILE_BANKS = tuple(agency for agency in AGENCIES if agency.has_front_machine)


def agency_for(*, code: str, name: str, kind: str) -> Agency | None:
    """The simulated agency that a configured one stands for: by code, else by a telling part of its name."""
    if code in BY_CODE:
        return BY_CODE[code]
    if kind != "bank":
        return BY_KEY.get(kind)
    for word, key in (("农业银行", "abc"), ("建设银行", "ccb"), ("沧州银行", "czb"), ("邮政储蓄", "psb")):
        if word in name:
            return BY_KEY[key]
    return None
