"""The fixed first case: its people, its companies and everything they own, the same in every world."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from simworld.catalog import BY_KEY
from simworld.identifiers import luhn_digit, organisation_code, resident_id, unit_number, uscc
from simworld.records import Account, Company, EarlierFreeze, Mortgage, Person, Share, Unit

if TYPE_CHECKING:
    from simworld.population import World

JUDGMENT = "（2025）冀0930民初871号"
PRINCIPAL = "568000.00"
HERO_NAMES = frozenset({"马立群", "孟村回族自治县宏川管件制造有限公司"})
HERO_ID = resident_id("130930", date(1974, 3, 4), 961)
HERO_ORG = organisation_code("MA0HCG7K")
HERO_USCC = uscc("130930", HERO_ORG)
_HOME = "河北省沧州市孟村回族自治县孟村镇建设大街锦绣苑3号楼2单元501室"


def _card(prefix: str, tail: str) -> str:
    """A 19-digit card number with a given end that passes the Luhn check."""
    for middle in range(10**9):
        first = f"{prefix}{middle + 483000000:09d}{tail[:3]}"
        if luhn_digit(first) == tail[3]:
            return first + tail[3]
    raise ValueError(f"银行卡尾号 {tail} 无法构成有效卡号。")


def _human(key: str, name: str, sex: str, birth: date, sequence: int, **more: str) -> Person:
    fields = dict.fromkeys(
        ("old_id", "landline", "wechat", "qq", "alipay", "email", "passport", "employer", "plate"), ""
    )
    fields.update({"address": _HOME, "household": "H-HERO", "nation": "回族", "mobile": ""})
    fields.update(more)
    number = resident_id("130930", birth, sequence)
    return Person(
        key=key,
        name=name,
        sex=sex,
        birth=birth.isoformat(),
        resident_id=number,
        honesty="false",
        **fields,
    )  # type: ignore[arg-type]


def _people() -> list[Person]:
    company = "孟村回族自治县宏川管件制造有限公司"
    other = {"household": "H-HERO2", "address": "河北省沧州市盐山县盐山镇和平路118号"}
    return [
        _human(
            "P-HERO",
            "马立群",
            "男",
            date(1974, 3, 4),
            961,
            mobile="13831790174",
            landline="0317-6721974",
            wechat="wx_maliqun1974",
            qq="317930174",
            alipay="13831790174",
            email="maliqun@example.com",
            employer=company,
        ),
        _human("P-HERO-W", "丁桂兰", "女", date(1976, 8, 19), 962, mobile="15031790276"),
        _human("P-HERO-S", "马嘉辉", "男", date(1999, 5, 6), 971, mobile="18631790399", plate="冀JM18K3"),
        _human("P-HERO-N", "马立群", "男", date(1981, 11, 22), 933, mobile="13931781122", **other),
        _human(
            "P-HENGDA",
            "周建国",
            "男",
            date(1968, 10, 12),
            915,
            mobile="13903170915",
            household="H-HENGDA",
            address="河北省沧州市运河区南环街道朝阳街66号",
        ),
    ]


def _companies() -> list[Company]:
    hengda = organisation_code("MA07HD5P")
    return [
        Company(
            key="C-HERO",
            name="孟村回族自治县宏川管件制造有限公司",
            uscc=HERO_USCC,
            org_code=HERO_ORG,
            representative="P-HERO",
            representative_title="执行董事",
            address="河北省沧州市孟村回族自治县辛店镇工业大道28号",
            landline="0317-6788028",
            mobile="13831790174",
            email="hongchuan@example.com",
            founded="2012-04-18",
            capital="3000000.00",
            trade="管件制造",
            honesty="incomplete",
        ),
        Company(
            key="C-HENGDA",
            name="沧州恒达管道装备有限公司",
            uscc=uscc("130903", hengda),
            org_code=hengda,
            representative="P-HENGDA",
            representative_title="总经理",
            address="河北省沧州市运河区南环街道工业大道9号",
            landline="0317-2028109",
            mobile="13903170915",
            email="hengda@example.com",
            founded="2008-09-02",
            capital="20000000.00",
            trade="管道装备制造",
            honesty="honest",
        ),
    ]


def _deposit(bank: str, number: str, owner: str, id_no: str, kind: str, category: str, balance: str, **more):
    return Account(
        bank=bank,
        number=number,
        owner=owner,
        holder_id=id_no,
        kind=kind,  # type: ignore[arg-type]
        category=category,
        opened=more.pop("opened", "2014-06-12"),
        balance=balance,
        branch=BY_KEY[bank].name,
        **more,
    )


def _accounts(namesake: Person) -> list[Account]:
    me = ("P-HERO", HERO_ID)
    firm = ("C-HERO", HERO_USCC)
    yanshan = EarlierFreeze(
        authority="盐山县人民法院",
        doc_no="（2025）冀0925执402号",
        limit="50000.00",
        start="2025-11-20",
        end="2028-11-19",
    )
    back = _card("622848", "7727")
    return [
        _deposit("abc", _card("622848", "7719"), *me, "card", "借记卡", "286340.12"),
        _deposit("abc", back, *me, "cash_return", "理财产品回款资金账户", "0.00"),
        _deposit(
            "abc",
            "LC0317719745",
            *me,
            "wealth",
            "理财卡",
            "200000.00",
            opened="2025-10-15",
            linked=back,
            product_name="安心半年开放理财",
            product_no="AX6M08",
            product_type="非保本浮动收益",
            units="200000.00",
            unit_price="1.0000",
        ),
        _deposit("ccb", _card("621700", "3382"), *me, "current", "活期储蓄", "41206.55"),
        _deposit("czb", _card("623019", "0056"), *me, "wage", "借记卡（代发工资）", "14862.40"),
        _deposit("czb", _card("623019", "9043"), *me, "card", "借记卡", "12450.00", freezes=[yanshan]),
        _deposit("abc", "500861010400001127", *firm, "basic", "基本存款账户", "2316.38"),
        _deposit("czb", "62012010900032000", *firm, "migrant_wage", "农民工工资专用账户", "32000.00"),
        _deposit(
            "abc",
            _card("622848", "1181"),
            namesake.key,
            namesake.resident_id,
            "card",
            "借记卡",
            "88100.00",
        ),
        _deposit(
            "czb",
            _card("623019", "1182"),
            namesake.key,
            namesake.resident_id,
            "current",
            "活期储蓄",
            "5120.70",
        ),
    ]


def _units(namesake: Person) -> list[Unit]:
    county = "孟村回族自治县"
    return [
        Unit(
            number=unit_number("130930", 871, 3, 501),
            location=f"{county}孟村镇建设大街锦绣苑3-2-501",
            use="成套住宅",
            area="112.60",
            floors="11",
            completed="2014-11-30",
            land_until="2083-03-31",
            worth="610000.00",
            sole_residence=True,
            owners=[
                Share(owner="P-HERO", share="100%", certificate=f"冀（2015）{county}不动产权第0001871号")
            ],
            mortgage=Mortgage(
                mortgagee=BY_KEY["ccb"].name,
                amount="268000.00",
                certificate=f"冀（2015）{county}不动产证明第0000412号",
                start="2015-05-06",
                end="2035-05-05",
            ),
        ),
        Unit(
            number=unit_number("130930", 872, 6, 6),
            location=f"{county}城北工业园6号商铺",
            use="商业服务",
            area="86.40",
            floors="2",
            completed="2017-09-30",
            land_until="2056-12-31",
            worth="620000.00",
            sole_residence=False,
            owners=[
                Share(owner="P-HERO", share="100%", certificate=f"冀（2018）{county}不动产权第0002906号")
            ],
        ),
        Unit(
            number=unit_number("130925", 873, 1, 302),
            location="盐山县盐山镇和平路福康家园1-1-302",
            use="成套住宅",
            area="98.20",
            floors="6",
            completed="2010-09-30",
            land_until="2078-12-31",
            worth="398000.00",
            sole_residence=True,
            owners=[
                Share(owner=namesake.key, share="100%", certificate="冀（2016）盐山县不动产权第0004417号")
            ],
        ),
    ]


def add_hero(world: World) -> None:
    """Put the people of the first case in front of the population, with what they own.

    A drawn company that happens to bear one of the two fixed names is renamed, because names must stay telling.
    """
    people, companies = _people(), _companies()
    fixed = {c.name for c in companies}
    for company in world.companies:
        if company.name in fixed:
            company.name = company.name.replace("有限公司", "分销有限公司")
    namesake = next(p for p in people if p.key == "P-HERO-N")
    world.persons[:0] = people
    world.companies[:0] = companies
    world.accounts[:0] = _accounts(namesake)
    world.units[:0] = _units(namesake)
