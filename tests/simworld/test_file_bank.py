"""The bank behind a front machine, seen from the court: what it reads, what it writes, and when."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions import file_bank
from simworld.institutions.faults import FaultSettings
from simworld.institutions.file_bank import FileBank

CODE = BY_KEY["psb"].code
BATCH = "202611241000001234567890123456"
FIRST, SECOND = "20261124130930000001", "20261124130930000002"
PAPER = b"%PDF-1.7 invented"
MD5 = hashlib.md5(PAPER, usedforsecurity=False).hexdigest().upper()
CONTENT = base64.b64encode(PAPER).decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "front"


@pytest.fixture
def bank(tmp_path: Path, folder: Path, world, court, monkeypatch):
    """A quick bank; called again it opens the same books, like a restart."""
    monkeypatch.setattr(file_bank, "PATIENCE_SECONDS", 0.0)
    made = []

    def build(**faults: object) -> FileBank:
        agency = BY_KEY["psb"]
        credentials = Credentials(
            code=agency.code, name=agency.name, kind="bank", username="YH04", password="x",
            statement_secret="y", front_machine=str(folder),
        )  # fmt: skip
        settings = Settings(
            poll_seconds=0.01,
            delay_seconds=(0.0, 0.0),
            faults=FaultSettings(scale=0.0, again_seconds=0.0, **faults),  # type: ignore[arg-type]
        )
        made.append(
            FileBank(agency, credentials, court=court.url, home=tmp_path, world=world, settings=settings)
        )
        return made[-1]

    yield build
    for one in made:
        one.close()


@pytest.fixture
def holder(world):
    """Somebody with an account at this bank."""
    account = next(row for row in world.accounts if row.bank == "psb" and not row.freezes)
    return world.owner(account.owner), account


def order(
    folder: Path, kind: str, requests: list[dict[str, str]], *, papers: bool = True, items: str = ""
) -> None:
    """Leave a package of the court in the download folder."""
    control = kind == "KZQQ"
    tag, root = ("kzqq", "kzqqList") if control else ("cxqq", "cxqqList")

    def element(name: str, values: dict[str, str], inner: str = "") -> str:
        attributes = "".join(f' {code}="{value}"' for code, value in values.items())
        return f"<{name}{attributes}>{inner}</{name}>"

    asked = "".join(element(tag, row, items) for row in requests)
    documents = "".join(
        element("ws", {"WSBH": row.get("WSBH", ""), "BDHM": row["BDHM"], "WSNR": CONTENT, "MD5": MD5})
        for row in requests
    )
    cards = "".join(element("zj", {"BDHM": row["BDHM"], "GZZBM": "1", "GZZ": CONTENT}) for row in requests)
    (folder / "download").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "download" / f"{kind}{CODE}{BATCH}.zip", "w") as packed:
        packed.writestr(f"QA{CODE}{BATCH}.xml", f"<{root}>{asked}</{root}>")
        packed.writestr(f"QI{CODE}{BATCH}.xml", f"<wsList>{documents if papers else ''}</wsList>")
        packed.writestr(f"QC{CODE}{BATCH}.xml", f"<zjList>{cards}</zjList>")


def asked(number: str, person) -> dict[str, str]:
    return {"BDHM": number, "XM": person.name, "DSRZJHM": person.resident_id, "WSBH": "（2026）冀0930执1号"}


def uploaded(folder: Path) -> dict[str, dict[str, etree._Element]]:
    """Packages in the upload folder, their members by name."""
    found = {}
    for path in sorted((folder / "upload").glob("*.zip")):
        with zipfile.ZipFile(path) as packed:
            found[path.name] = {name: etree.fromstring(packed.read(name)) for name in packed.namelist()}
    return found


def test_a_batch_is_answered_in_one_package_with_numbered_members(bank, folder, holder) -> None:
    person, account = holder
    nobody = {
        "BDHM": SECOND,
        "XM": "查无此人",
        "DSRZJHM": "130930199001010010",
        "WSBH": "（2026）冀0930执1号",
    }
    order(folder, "CXQQ", [asked(FIRST, person), nobody])
    bank().step()
    members = uploaded(folder)[f"CXFK{CODE}{BATCH}.zip"]
    assert list(members) == [f"QR{CODE}{BATCH}{number:012}.xml" for number in (1, 2)]
    rows = [row for root in members.values() for row in root.iter("zhxx")]
    assert {row.get("BDHM") for row in rows} == {FIRST, SECOND}
    assert account.number in {row.get("KHZH") for row in rows}
    assert "查无开户信息" in {row.get("KHZH") for row in rows}
    assert list((folder / "download").iterdir()) == [], "what is in the books needs no package any more"


def test_a_repeated_batch_is_not_carried_out_twice(bank, folder, holder) -> None:
    person, _ = holder
    one = bank()
    for _ in range(3):
        order(folder, "CXQQ", [asked(FIRST, person)])
        one.step()
    assert len(one.books.rows("select * from requests")) == 1
    assert len(one.books.rows("select * from deliveries where is_final = 1")) == 1


def test_a_request_without_papers_is_refused_in_the_batch(bank, folder, holder) -> None:
    person, _ = holder
    order(folder, "CXQQ", [asked(FIRST, person)], papers=False)
    bank().step()
    members = uploaded(folder)[f"CXFK{CODE}{BATCH}.zip"]
    told = members[f"QNA{CODE}{BATCH}.xml"].find("htxx")
    assert (told.get("BDHM"), told.get("XCHTYY"), told.get("XCHTBZ")) == (
        FIRST,
        "业务审核未通过",
        "无法律文书",
    )


def test_a_freeze_is_answered_by_a_package_of_its_own_with_a_receipt(bank, folder, holder) -> None:
    person, account = holder
    item = (
        f'<kzzhlist><kzzh CCXH="1" KZLX="1" KZCS="01" KZNR="1" KHZH="{account.number}" BZ="156" JE="10.00"'
        ' KSRQ="2026-11-24" JSRQ="2099-11-23" CKWH="（2026）冀0930执1号之一"/></kzzhlist>'
    )
    order(folder, "KZQQ", [asked(FIRST, person)], items=item)
    one = bank()
    one.step()
    members = uploaded(folder)[f"KZFK{CODE}{BATCH}{FIRST}.zip"]
    result = members[f"QR{CODE}{BATCH}{FIRST}.xml"].find("kzxx")
    assert (result.get("KZZT"), result.get("DJXE")) == ("1", "10.00")
    receipt = members[f"QRI{CODE}{BATCH}{FIRST}.xml"].find("hzxx")
    content = base64.b64decode(receipt.get("WSNR"))
    assert content.startswith(b"%PDF")
    assert hashlib.md5(content, usedforsecurity=False).hexdigest() == receipt.get("MD5")
    assert len(one.books.rows("select * from freezes where request_no = ?", FIRST)) == 1


def refuse(folder: Path, reason: str) -> None:
    with zipfile.ZipFile(folder / "download" / f"CXHZ{CODE}{BATCH}.zip", "w") as packed:
        packed.writestr(
            f"QNR{CODE}{BATCH}.xml", f'<htxxList><htxx BDHM="{FIRST}" XCHTYY="{reason}"/></htxxList>'
        )


@pytest.mark.parametrize(("reason", "again"), [("包不完整", 1), ("此前收到过内容不同的反馈", 0)])
def test_feedback_the_court_could_not_process_is_sent_again(bank, folder, holder, reason, again) -> None:
    person, _ = holder
    order(folder, "CXQQ", [asked(FIRST, person)])
    one = bank()
    one.step()
    (folder / "upload" / f"CXFK{CODE}{BATCH}.zip").unlink()
    refuse(folder, reason)
    one.step()
    assert len(uploaded(folder)) == again
    assert list((folder / "download").iterdir()) == []


@pytest.mark.parametrize("fault", ["empty", "truncated", "bad_charset"])
def test_a_broken_package_is_followed_by_the_true_one(bank, folder, holder, fault) -> None:
    person, _ = holder
    order(folder, "CXQQ", [asked(FIRST, person)])
    one = bank(forced={FIRST: fault})
    one.step()
    path = folder / "upload" / f"CXFK{CODE}{BATCH}.zip"
    first = path.read_bytes()
    path.unlink()
    one.step()
    assert path.read_bytes() != first
    rows = [row for root in uploaded(folder)[path.name].values() for row in root.iter("zhxx")]
    assert {row.get("BDHM") for row in rows} == {FIRST}


def test_a_restart_loses_and_doubles_nothing(bank, folder, holder) -> None:
    person, _ = holder
    order(folder, "CXQQ", [asked(FIRST, person)])
    one = bank()
    one.take_in()
    one.close()
    bank().step()
    assert list(uploaded(folder)) == [f"CXFK{CODE}{BATCH}.zip"]


def test_what_people_own_elsewhere_does_not_depend_on_this_bank(world) -> None:
    assert any(row.bank == "psb" for row in world.accounts)
    assert not any(row.bank == "psb" for row in world.accounts_of(world.hero_debtor))
