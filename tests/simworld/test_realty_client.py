"""The registry on the wire: nine lists, seizures with rank, a rejection that comes later."""

from __future__ import annotations

import base64
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from simworld.institutions.clock import now
from simworld.institutions.faults import FaultSettings

HERO, HERO_ID = "马立群", "130930197403049617"


def request(tag: str, inner: str = "", number: str = "20261123130930000001", **more: str) -> str:
    fields = {
        "CXQQDH": number, "LB": "BDC", "XM": HERO, "ZJZL": "1", "ZJH": HERO_ID, "FYMC": "孟村回族自治县人民法院",
        "AH": "（2026）冀0930执123号", "CKH": "协助查封通知书", **more,
    }  # fmt: skip
    return f"<{tag}>{''.join(f'<{k}>{v}</{k}>' for k, v in fields.items())}{inner}</{tag}>"


def seizure(unit: str, measure: str = "11", **more: str) -> str:
    fields = {"KZCS": measure, "BDCQLLX": "3", "BDCDYH": unit, "CKWH": "（2026）冀0930执123号之二", **more}
    fields.setdefault("KSRQ", now().strftime("%Y/%m/%d"))
    fields.setdefault("JSRQ", (now() + timedelta(days=1095)).strftime("%Y/%m/%d"))
    inner = "".join(f"<{k}>{v}</{k}>" for k, v in fields.items())
    return f"<BDCQLLIST><BDCQL>{inner}</BDCQL></BDCQLLIST>"


def sent(court, operation: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(base64.b64decode(b)) for o, b in court.feedback if o == operation]


@pytest.fixture
def shop(world):
    return next(u.number for u in world.units_of(world.hero_debtor) if u.use == "商业服务")


def test_inquiry_returns_nine_lists_with_mortgage_and_holder(make, court, until):
    court.lists["cxBdcQL"].append(request("BDCCXQQ"))
    until(make("realty"), lambda: court.feedback)
    root = sent(court, "feedBdcQL")[0]
    assert root.tag == "Message"
    assert root.findtext("Head/RESPONSECODE") == "0000"
    answer = root.find("Data/BDCFKLIST/BDCCXJG")
    assert answer.findtext("RESULT") == "0000"
    names = [e.tag for e in answer][3:]
    assert names == [
        "TDSYQLIST", "JSYDSYQLIST", "FDCQLIST", "HYSYQLIST", "GJZWSYQLIST", "LQLIST", "DYAQLIST", "YGDJLIST", "CFDJLIST",
    ]  # fmt: skip
    houses = answer.findall("FDCQLIST/FDCQ")
    assert {h.findtext("JZMJ") for h in houses} == {"112.60", "86.40"}
    assert {h.findtext("QLRXXLIST/QLRXX/ZJH") for h in houses} == {HERO_ID}
    assert answer.findtext("DYAQLIST/DYAQ/BDBZZQSE") == "268000.00"


def test_company_is_found_by_name_or_number(make, court, until, world):
    unit = next(u for u in world.units if u.use == "工业")
    owner = world.owner(unit.owners[0].owner)
    court.lists["cxBdcQL"].append(request("BDCCXQQ", XM=owner.name, ZJZL="8", ZJH="0"))
    until(make("realty"), lambda: court.feedback)
    numbers = [e.text for e in sent(court, "feedBdcQL")[0].iter("BDCDYH")]
    assert unit.number in numbers


def test_leaves_are_written_as_the_court_writes_them(make, court, until):
    def b64(text):
        return base64.b64encode(text.encode()).decode()

    plain = {"CXQQDH": "Q1", "XM": HERO, "ZJZL": "1", "ZJH": HERO_ID}
    inner = "".join(f"<{k}>{b64(v)}</{k}>" for k, v in plain.items())
    court.lists["cxBdcQL"].append(f"<BDCCXQQ>{inner}</BDCCXQQ>")
    until(make("realty"), lambda: court.feedback)
    answer = sent(court, "feedBdcQL")[0].find("Data/BDCFKLIST/BDCCXJG")
    assert answer.findtext("CXQQDH") == b64("Q1")
    assert answer.findtext("FDCQLIST/FDCQ/JZMJ") == b64("112.60")


def test_seizure_is_registered_and_a_second_one_waits(make, court, until, shop):
    registry = make("realty")
    court.lists["kzBdcQL"].append(request("BDCKZQQ", seizure(shop), "Q1"))
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 1)
    first = sent(court, "feedkzBdcQL")[0].find("Data/BDCFKLIST/BDCKZJG/KZXXLIST/KZXX")
    assert (first.findtext("KZZT"), first.findtext("BDCDYH")) == ("1", shop)
    assert first.findtext("CFYWH").startswith("CF")
    assert first.findtext("CSJSRQ") == (now() + timedelta(days=1095)).strftime("%Y/%m/%d")
    court.lists["kzBdcQL"].append(request("BDCKZQQ", seizure(shop), "Q2"))
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 2)
    second = sent(court, "feedkzBdcQL")[1].find("Data/BDCFKLIST/BDCKZJG/KZXXLIST/KZXX")
    assert second.findtext("BEIZ").startswith("轮候查封，第2顺位")
    # lifting the first lets the second take effect
    lift = seizure(shop, "14", YCFYWH=first.findtext("CFYWH"), KSRQ="", JSRQ="")
    court.lists["kzBdcQL"].append(request("BDCKZQQ", lift, "Q3"))
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 3)
    states = [
        r["state"] for r in registry.books.rows("select state from seizures where unit = ? order by id", shop)
    ]
    assert states == ["lifted", "effective"]
    assert not registry.books.rows("select 1 from units where locked_by <> ''")


def test_renewal_by_seizure_number(make, court, until, shop):
    registry = make("realty")
    court.lists["kzBdcQL"].append(request("BDCKZQQ", seizure(shop), "Q1"))
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 1)
    number = next(sent(court, "feedkzBdcQL")[0].iter("CFYWH")).text
    court.lists["kzBdcQL"].append(
        request("BDCKZQQ", seizure(shop, "12", YCFYWH=number, JSRQ="2035/01/01"), "Q2")
    )
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 2)
    assert next(sent(court, "feedkzBdcQL")[1].iter("CSJSRQ")).text == "2035/01/01"


def test_unit_of_somebody_else_is_not_seized(make, court, until, world):
    other = next(u for u in world.units if all(s.owner != "P-HERO" for s in u.owners))
    court.lists["kzBdcQL"].append(request("BDCKZQQ", seizure(other.number), "Q1"))
    until(make("realty"), lambda: sent(court, "feedkzBdcQL"))
    row = next(sent(court, "feedkzBdcQL")[0].iter("KZXX"))
    assert (row.findtext("KZZT"), row.findtext("WNKZYY")) == ("2", "登记权利人与被执行人不一致，不予办理")


def test_acceptance_may_be_rejected_later(make, court, until, shop):
    registry = make("realty", faults=FaultSettings(forced={"Q1": "rejected_later"}, again_seconds=0.0))
    court.lists["kzBdcQL"].append(request("BDCKZQQ", seizure(shop), "Q1"))
    until(registry, lambda: len(sent(court, "feedkzBdcQL")) == 2)
    states = [next(root.iter("KZZT")).text for root in sent(court, "feedkzBdcQL")]
    assert states == ["1", "2"]
    assert "予以退回" in next(sent(court, "feedkzBdcQL")[1].iter("WNKZYY")).text
    assert registry.books.rows("select state from seizures where unit = ?", shop)[0]["state"] == "rejected"
