"""Packages over a front machine: handed over whole, answered once, set aside or refused with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from file_bank import BANK, PAPER, BankSide, bank_make, orders_make, packed

from zhixing.gateway import front, hooks
from zhixing.gateway.adapters.front_machine import FrontMachineFault, LocalFolder
from zhixing.gateway.front import Visited
from zhixing.gateway.inbox import message_body
from zhixing.gateway.models import AgencyHealth, Inbound, Order, Outbound, Package
from zhixing.kernel.clock import COURT_ZONE
from zhixing.platform import scope

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=COURT_ZONE)


@pytest.fixture(autouse=True)
def as_system(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(hooks, "_papers", [lambda ids: {PAPER.id: PAPER} if PAPER.id in ids else {}])
    monkeypatch.setattr(front, "_half", {})
    with scope.system("test"):
        yield


@pytest.fixture
def bank(tmp_path: Path) -> BankSide:
    bank_make(tmp_path)
    return BankSide(tmp_path)


def visit(minutes: int = 0) -> Visited:
    return front.visit(BANK, moment=NOON + timedelta(minutes=minutes))


def sent(bank: BankSide, count: int = 2, kind: str = "inquiry") -> tuple[str, list[str]]:
    """Orders that the bank has: batch and request numbers."""
    orders = orders_make(count, NOON, kind=kind)
    visit()
    return Package.objects.get(kind=kind).batch_no, [order.request_no for order in orders]


def outcomes() -> dict[str, str]:
    return dict(Inbound.objects.values_list("request_no", "outcome"))


def test_a_batch_of_inquiries_is_one_package_with_requests_papers_and_cards(bank: BankSide) -> None:
    batch, numbers = sent(bank)
    assert bank.names("download") == [f"CXQQ{BANK}{batch}.zip"]
    opened = bank.opened(f"CXQQ{BANK}{batch}.zip")
    assert set(opened) == {"QA", "QI", "QC"}
    assert all(f'BDHM="{number}"' in opened["QA"] for number in numbers)
    assert 'XM="郑小北"' in opened["QA"]
    assert opened["QI"].count("<ws ") == 2, "one paper per document number"
    orders = Order.objects.filter(package_id=batch)
    assert {order.state for order in orders} == {"fetched"}
    assert {order.listed_at for order in orders} == {NOON}
    assert Outbound.objects.get().requests == numbers
    assert Package.objects.get().state == "delivered"
    assert len(batch) == 30
    assert visit(1) == Visited(), "what was delivered is not delivered again"


def test_a_complete_batch_takes_effect_per_request(bank: BankSide) -> None:
    batch, (first, second) = sent(bank)
    bank.answer(batch, [first], balance="12.30", refuse=(second,))
    assert visit(1).taken == 2
    assert outcomes() == {first: "accepted", second: "accepted"}
    assert bank.names("upload") == bank.names("taken") == []
    found = Inbound.objects.get(request_no=first)
    result = message_body(found, found.order)
    assert str(result.assets[0].detail.balance.value) == "12.30"
    refused = Inbound.objects.get(request_no=second)
    assert message_body(refused, refused.order).outcome_text == "无法律文书"
    assert Package.objects.get().state == "answered"
    assert {order.state for order in Order.objects.all()} == {"answered"}


def test_the_same_package_again_changes_nothing(bank: BankSide) -> None:
    batch, numbers = sent(bank)
    for minute in (1, 2):
        bank.answer(batch, numbers)
        visit(minute)
    assert Inbound.objects.count() == 2
    assert set(Inbound.objects.values_list("repeats", flat=True)) == {1}
    assert bank.names("download") == [f"CXQQ{BANK}{batch}.zip"], "a repetition is no failure"


def test_the_same_answers_packed_anew_are_a_repetition_too(bank: BankSide) -> None:
    batch, numbers = sent(bank)
    bank.answer(batch, numbers)
    visit(1)
    bank.answer(batch, numbers[::-1])
    assert visit(2).repeated == 2


def test_a_batch_with_an_unanswered_request_waits_and_is_told(bank: BankSide) -> None:
    batch, numbers = sent(bank)
    bank.answer(batch, numbers[:1])
    assert visit(1).refused == 2
    assert {order.state for order in Order.objects.all()} == {"fetched"}
    receipt = bank.opened(f"CXHZ{BANK}{batch}.zip")["QNR"]
    assert all(f'BDHM="{number}"' in receipt for number in numbers)
    assert "1 个请求单号没有反馈" in receipt
    assert outcomes() == {batch: "malformed"}, "kept for review, found by its batch"
    bank.answer(batch, numbers)
    assert visit(2).taken == 2


def test_a_different_second_answer_is_refused_with_a_receipt(bank: BankSide) -> None:
    batch, numbers = sent(bank, 1)
    bank.answer(batch, numbers)
    visit(1)
    bank.answer(batch, numbers, balance="5.00")
    assert visit(2).refused == 1
    assert "内容不同" in bank.opened(f"CXHZ{BANK}{batch}.zip")["QNR"]
    assert sorted(Inbound.objects.values_list("outcome", flat=True)) == ["accepted", "conflict"]


def test_requests_of_another_batch_are_unknown(bank: BankSide) -> None:
    batch, numbers = sent(bank, 1)
    bank.answer(batch, [*numbers, "20260304130930999999"])
    assert visit(1).taken == 1
    assert outcomes()["20260304130930999999"] == "unknown"
    receipt = bank.opened(f"CXHZ{BANK}{batch}.zip")["QNR"]
    assert "20260304130930999999" in receipt
    assert numbers[0] not in receipt


def test_an_unknown_batch_takes_no_effect(bank: BankSide) -> None:
    _, numbers = sent(bank, 1)
    other = "9" * 30
    bank.answer(other, numbers)
    assert visit(1).refused == 1
    assert "没有发给贵单位的批次号" in bank.opened(f"CXHZ{BANK}{other}.zip")["QNR"]
    assert {order.state for order in Order.objects.all()} == {"fetched"}


def test_each_control_request_is_answered_by_a_package_of_its_own(bank: BankSide) -> None:
    batch, (first, second) = sent(bank, 2, "control")
    bank.froze(batch, first)
    assert visit(1).taken == 1
    message = Inbound.objects.get()
    results, receipts = message_body(message, message.order)
    assert (results[0].is_done, len(receipts)) == (True, 1)
    assert {order.request_no: order.state for order in Order.objects.all()} == {
        first: "answered",
        second: "fetched",
    }
    assert Package.objects.get().state == "delivered"
    bank.froze(batch, second)
    visit(2)
    assert Package.objects.get().state == "answered"


def test_a_receipt_without_result_is_half_an_answer(bank: BankSide) -> None:
    batch, (number,) = sent(bank, 1, "control")
    name = f"KZFK{BANK}{batch}{number}.zip"
    receipt = f'<hzxxList><hzxx BDHM="{number}" WSNR="JVBERi0x"/></hzxxList>'
    bank.put(name, packed({f"QRI{BANK}{batch}{number}.xml": receipt}))
    assert visit(1).refused == 1
    assert "没有控制结果" in bank.opened(f"KZHZ{BANK}{batch}.zip")["QNR"]


def test_a_control_request_may_be_refused(bank: BankSide) -> None:
    batch, (number,) = sent(bank, 1, "control")
    refusal = f'<htxxList><htxx BDHM="{number}" XCHTYY="账户已销户"/></htxxList>'
    bank.put(f"KZFK{BANK}{batch}{number}.zip", packed({f"QNA{BANK}{batch}{number}.xml": refusal}))
    assert visit(1).taken == 1
    message = Inbound.objects.get()
    results, _ = message_body(message, message.order)
    assert (results[0].is_done, results[0].reason) == (False, "账户已销户")


def test_a_half_package_waits_until_it_is_whole(bank: BankSide) -> None:
    batch, numbers = sent(bank)
    whole = bank.root / "upload" / bank.answer(batch, numbers)
    content = whole.read_bytes()
    whole.write_bytes(content[:-20])
    assert visit(1) == Visited()
    assert Inbound.objects.count() == 0
    whole.write_bytes(content)
    assert visit(2).taken == 2


def test_a_half_package_that_nobody_finishes_is_told(bank: BankSide, tmp_path: Path) -> None:
    bank_make(tmp_path, settings={"half_seconds": 0})
    batch, numbers = sent(bank)
    whole = bank.root / "upload" / bank.answer(batch, numbers)
    whole.write_bytes(whole.read_bytes()[:-20])
    assert visit(1).refused == 2
    assert "无法解开的压缩包" in bank.opened(f"CXHZ{BANK}{batch}.zip")["QNR"]


@pytest.mark.parametrize("name", ["CXFK.tmp", ".CXFK.zip", "x.part", "~x.zip", "x.zip.filepart"])
def test_unfinished_files_are_left_alone(bank: BankSide, name: str) -> None:
    bank.put(name, b"x")
    assert visit() == Visited()
    assert bank.names("upload") == [name]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("readme.txt", "文件名不合规范"),
        (f"CXQQ{BANK}{'1' * 30}.zip", "由法院发出"),
        (f"CXFKC9999999999999999{'1' * 30}.zip", "机构代码"),
    ],
)
def test_foreign_files_are_set_aside_with_a_reason(bank: BankSide, name: str, reason: str) -> None:
    bank.put(name, b"x")
    assert visit().aside == 1
    assert bank.names("upload") == []
    assert reason in (bank.root / "aside" / f"{name}.reason.txt").read_text()
    assert (bank.root / "aside" / name).read_bytes() == b"x"


def test_a_link_is_not_followed(bank: BankSide, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"x")
    visit()
    (bank.root / "upload" / f"CXFK{BANK}{'1' * 30}.zip").symlink_to(secret)
    assert visit() == Visited()


def test_a_missing_front_machine_is_a_fault_and_orders_wait(bank: BankSide) -> None:
    bank.root.rename(bank.root.with_name("away"))
    orders_make(1, NOON)
    assert "不存在或未挂载" in visit().fault
    assert AgencyHealth.objects.get(pk=BANK).failures == 1
    assert Package.objects.get().state == "built"
    bank.root.with_name("away").rename(bank.root)
    assert visit().delivered == 1
    assert AgencyHealth.objects.get(pk=BANK).failures == 0


def test_a_batch_keeps_to_the_agencys_most_and_what_is_left_goes_next(bank: BankSide, tmp_path: Path) -> None:
    bank_make(tmp_path, orders_per_batch=2)
    orders_make(3, NOON)
    visit()
    visit(1)
    assert sorted(Order.objects.filter(package=package).count() for package in Package.objects.all()) == [
        1,
        2,
    ]


def test_an_order_the_format_cannot_say_does_not_hold_up_the_rest(bank: BankSide) -> None:
    fine, bad = orders_make(1, NOON)[0], orders_make(1, NOON, name="郑\x00小北")[0]
    visit()
    assert {order.request_no: order.state for order in Order.objects.all()} == {
        fine.request_no: "fetched",
        bad.request_no: "queued",
    }
    assert Order.objects.get(pk=bad.pk).not_before is not None


def test_the_number_of_statements_does_not_grow_with_the_batch(bank: BankSide) -> None:
    counts = []
    for size in (2, 12):
        orders = orders_make(size, NOON)
        with CaptureQueriesContext(connection) as built:
            visit()
        batch = Package.objects.latest("built_at", "batch_no").batch_no
        bank.answer(batch, [order.request_no for order in orders])
        with CaptureQueriesContext(connection) as took:
            assert visit(1).taken == size
        counts.append((len(built), len(took)))
        Package.objects.update(built_at=NOON - timedelta(days=1))
    assert counts[1][1] == counts[0][1]
    # Contents are opened one by one under their subject's key; all else is per batch.
    assert counts[1][0] - counts[0][0] <= 10


def test_a_file_that_may_not_be_read_holds_up_no_other(
    bank: BankSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, numbers = sent(bank, 2, "control")
    for number in numbers:
        bank.froze(batch, number)
    read = LocalFolder.read

    def denied(self: LocalFolder, folder: str, name: str, *, most: int) -> bytes:
        if numbers[0] in name:
            raise FrontMachineFault("PermissionError")
        return read(self, folder, name, most=most)

    monkeypatch.setattr(LocalFolder, "read", denied)
    assert visit(1).taken == 1
    monkeypatch.setattr(LocalFolder, "read", read)
    assert visit(2).taken == 1
