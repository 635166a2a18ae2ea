"""A bank at its front machine, by hand: what it finds in its folders and what it puts there. Everybody is invented."""

from __future__ import annotations

import io
import itertools
import uuid
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from zhixing.gateway.agencies import agency_register
from zhixing.gateway.domain.canonical import ControlItem, Request, RequestKind, Subject, Target
from zhixing.gateway.domain.values import Coded
from zhixing.gateway.hooks import SealedPaper
from zhixing.gateway.models import Agency, Order
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.platform.crypto import new_subject

BANK = "C1040313000093001"
PAPER = SealedPaper(id=uuid.uuid4(), title="协助查询通知书", content=b"%PDF-1.7 invented")
_serials = itertools.count(1)


def bank_make(root: Path, **columns: Any) -> Agency:
    """An agency whose front machine is a folder below this one."""
    (root / BANK).mkdir(exist_ok=True)
    given = {"endpoint": root.as_uri(), "settings": {}} | columns
    return agency_register(
        code=BANK, name="试点储蓄银行", kind="bank", profile="bank-file-zip", username="YH0009", password="test-only",
        menu=["deposit"], **given,
    )  # fmt: skip


def orders_make(count: int, moment: datetime, *, kind: str = "inquiry", name: str = "郑小北") -> list[Order]:
    """Orders with real content and one paper, of a case that need not exist."""
    subject = new_subject()
    item = ControlItem(
        seq="1",
        object=Coded.of("deposit"),
        action=Coded.of("freeze"),
        scope=Coded.of("funds"),
        target=Target(account_no="6228480639990000001"),
        ruling_no="（2026）冀0930执1号之一",
    )
    content = Request(
        kind=RequestKind(kind),
        subject=Subject(name=name, id_type=Coded.of("resident_id"), id_no="130930199001010010"),
        items=(item,) if kind == "control" else (),
    )
    new = [
        NewOrder(
            agency_code=BANK, kind=kind, case_id=1, court_key=130930, reference=uuid.uuid4(),
            document_no=f"（2026）冀0930执{next(_serials)}号", documents=[PAPER.id], officers=[], subject=subject,
            content=content,
        )
        for _ in range(count)
    ]  # fmt: skip
    return orders_write(new, moment=moment)


class BankSide:
    """The folders as the bank sees them."""

    def __init__(self, root: Path) -> None:
        self.root = root / BANK

    def names(self, folder: str) -> list[str]:
        """Files of a folder."""
        return sorted(path.name for path in (self.root / folder).iterdir())

    def opened(self, name: str) -> dict[str, str]:
        """Members of a package of the download folder, by prefix."""
        with zipfile.ZipFile(self.root / "download" / name) as archive:
            return {entry.split(BANK)[0]: archive.read(entry).decode() for entry in archive.namelist()}

    def put(self, name: str, content: bytes) -> None:
        """Leave a file in the upload folder."""
        (self.root / "upload").mkdir(exist_ok=True)
        (self.root / "upload" / name).write_bytes(content)

    def answer(
        self, batch: str, numbers: list[str], *, balance: str = "", refuse: tuple[str, ...] = ()
    ) -> str:
        """Feed a batch back: one QR per request, refusals in one QNA. Returns the package's name."""
        members = {}
        for place, number in enumerate(numbers, start=1):
            account = f'KHZH="622848063999000{place:04}" YE="{balance}"' if balance else 'KHZH="查无开户信息"'
            row = f'<zhxx BDHM="{number}" CCXH="1" {account} FKSJ="2026-11-24 10:00:00"/>'
            members[f"QR{BANK}{batch}{place:012}.xml"] = f"<zhxxList>{row}</zhxxList>"
        rows = "".join(f'<htxx BDHM="{number}" XCHTYY="无法律文书"/>' for number in refuse)
        if rows:
            members[f"QNA{BANK}{batch}.xml"] = f"<htxxList>{rows}</htxxList>"
        name = f"CXFK{BANK}{batch}.zip"
        self.put(name, packed(members))
        return name

    def froze(self, batch: str, number: str, *, amount: str = "100.00") -> str:
        """Feed a control request back with its receipt. Returns the package's name."""
        tail = f"{BANK}{batch}{number}.xml"
        result = f'<kzxx BDHM="{number}" CCXH="1" KZZT="1" SKJE="{amount}" KHZH="6228480639990000001"/>'
        receipt = f'<hzxx BDHM="{number}" WJMC="回执" WJLX="pdf" WSLB="回执" WSNR="JVBERi0x"/>'
        members = {
            f"QR{tail}": f"<kzxxList>{result}</kzxxList>",
            f"QRI{tail}": f"<hzxxList>{receipt}</hzxxList>",
        }
        name = f"KZFK{BANK}{batch}{number}.zip"
        self.put(name, packed(members))
        return name


def packed(members: dict[str, str]) -> bytes:
    """A ZIP made by the standard library alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content.encode())
    return out.getvalue()
