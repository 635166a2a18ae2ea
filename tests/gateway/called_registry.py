"""A simulated registry on a socket, and its agency and orders at the court. Everybody is invented."""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simworld import World
from simworld.catalog import BY_KEY
from simworld.config import Credentials, Settings
from simworld.institutions.books import insert
from simworld.institutions.called_realty import CalledRealty
from simworld.institutions.faults import FaultSettings
from zhixing.gateway.agencies import agency_register, outgoing_add
from zhixing.gateway.domain.canonical import ControlItem, Request, RequestKind, Subject, Target
from zhixing.gateway.domain.values import Coded, When
from zhixing.gateway.hooks import SealedPaper
from zhixing.gateway.models import Agency, Order
from zhixing.gateway.outbox import NewOrder, orders_write
from zhixing.kernel.clock import today
from zhixing.platform.crypto import new_subject

AGENCY = BY_KEY["called_realty"]
PASSWORD = "hidden-4711"
NAME, RESIDENT_ID = "郑小北", "130930199001010010"
UNIT = "130983000001GB00001F00010101"
PAPER = SealedPaper(id=uuid.uuid4(), title="协助执行通知书", content=b"%PDF-1.7 invented")
_serials = itertools.count(1)


@contextmanager
def registry_running(
    home: Path, world: World, *, faults: FaultSettings | None = None
) -> Iterator[CalledRealty]:
    """The registry, serving; the same home again has the same books."""
    credentials = Credentials(
        code=AGENCY.code,
        name=AGENCY.name,
        kind="realty",
        username="court",
        password=PASSWORD,
        listen="127.0.0.1:0",
    )
    settings = Settings(faults=faults or FaultSettings(scale=0.0), realty_receipts=False)
    registry = CalledRealty(
        AGENCY, credentials, court="http://127.0.0.1:9", home=home, world=world, settings=settings
    )
    stop = threading.Event()
    serving = threading.Thread(target=registry.run, args=(stop,), daemon=True)
    serving.start()
    try:
        yield registry
    finally:
        stop.set()
        serving.join(10)


def house_give(registry: CalledRealty, name: str, id_no: str, unit: str = UNIT) -> None:
    """Enter a house with one owner."""
    empty = dict.fromkeys(("mortgagee", "mortgage_cert", "mortgage_from", "mortgage_until", "mortgagor"), "")
    with registry.lock, registry.books.transaction() as db:
        insert(
            db, "units", number=unit, location="黄骅市信誉街 1 号", use="成套住宅", area="88.00", floors="6",
            completed="2010-06-01", land_until="2080-05-31", registered="2010-06-01", business_no="DJ2010000001",
            mortgage_fen=0, **empty,
        )  # fmt: skip
        insert(
            db, "holders", unit=unit, place=1, name=name, id_no=id_no, id_kind="1", share="100%",
            certificate="冀（2010）黄骅市不动产权第0000001号",
        )  # fmt: skip


def agency_make(url: str, moment: datetime, **settings: Any) -> Agency:
    """The registry as the court knows it."""
    agency = agency_register(
        code=AGENCY.code, name=AGENCY.name, kind="realty", profile="realty-rest-json", username="BDC0099",
        menu=["realty_local"], endpoint=url, settings={"username": "court", "seconds": 5, **settings},
    )  # fmt: skip
    outgoing_add(agency, PASSWORD, moment=moment)
    return agency


def orders_make(count: int, moment: datetime, *, kind: str = "inquiry", unit: str = UNIT) -> list[Order]:
    """Orders with real content and one paper, of a case that need not exist."""
    subject = new_subject()
    item = ControlItem(
        seq="1", object=Coded.of("real_estate"), action=Coded.of("seize"), target=Target(unit_no=unit),
        ruling_no="（2026）冀0930执1号之一", effective_from=When.of(today()),
        effective_to=When.of(today() + timedelta(days=900)),
    )  # fmt: skip
    content = Request(
        kind=RequestKind(kind),
        subject=Subject(name=NAME, id_type=Coded.of("resident_id"), id_no=RESIDENT_ID),
        items=(item,) if kind == "control" else (),
    )
    new = [
        NewOrder(
            agency_code=AGENCY.code, kind=kind, case_id=1, court_key=130930, reference=uuid.uuid4(),
            document_no=f"（2026）冀0930执{next(_serials)}号", documents=[PAPER.id], officers=[], subject=subject,
            content=content,
        )
        for _ in range(count)
    ]  # fmt: skip
    return orders_write(new, moment=moment)
