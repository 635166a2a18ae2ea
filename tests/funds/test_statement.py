"""Reading statement lines, and money arriving."""

from __future__ import annotations

from decimal import Decimal

import pytest
from funds_world import BANK, NOON, World, case_make, court_make, line

from zhixing.acts.models import Entry as JournalEntry
from zhixing.funds.domain.statement import case_numbers_in, lines_read, memo_shown, request_numbers_in
from zhixing.funds.models import Entry, Reason, StatementLine
from zhixing.funds.selectors import account_equation, case_equation
from zhixing.funds.services import statement_book, statement_receive
from zhixing.gateway.models import Agency

D = Decimal


@pytest.mark.parametrize(
    "text",
    [
        "（2026）冀0930执123号",
        "(2026)冀0930执123号案款",
        "付 2026 冀0930 执 123 号",
        "〔2026〕冀0930执00123号",
        "［２０２６］冀０９３０执１２３号",
    ],
)
def test_case_number_is_read_however_the_payer_wrote_it(text: str) -> None:
    assert case_numbers_in(text) == ["（2026）冀0930执123号"]


def test_request_number_is_twenty_digits_and_no_account_number() -> None:
    assert request_numbers_in("执行 20260304130930000017 款") == ["20260304130930000017"]
    assert request_numbers_in("6228480631234567890 2026030413093000001712") == []


def test_free_text_of_a_memo_is_never_shown() -> None:
    assert memo_shown("王德海欠款 13812345678 (2026)冀0930执5号") == "（2026）冀0930执5号"


def test_all_problems_of_bad_lines_are_told_and_good_ones_are_read() -> None:
    good, problems = lines_read(
        [
            line(),
            line(serial=""),
            line(amount="12.345"),
            line(amount="-5.00"),
            line(amount=12.3),
            line(at="gestern"),
        ]
    )
    assert len(good) == 1
    assert len(problems) == 5
    assert all(p.sentence.endswith("。") and p.mend for p in problems)


def test_line_for_the_case_account_is_claimed_by_the_system(world: World) -> None:
    sent = line(world.case)
    assert statement_receive(agency_code=BANK, lines=[sent], moment=NOON) == [sent["serial"]]
    equation = case_equation(world.case.pk)
    assert (equation.received, equation.releasable, equation.receipts) == (D("50000.00"), D("50000.00"), 1)
    assert equation.holds
    told = JournalEntry.objects.get(chain=world.case.pk, code="funds.receive", kind="effect")
    assert (told.audience, told.actor_name) == ("parties", "系统自动认领")
    assert "田文祥" not in told.body
    assert account_equation(world.case.court_key).holds


def test_same_serial_twice_is_one_line(world: World) -> None:
    sent = line(world.case)
    for _ in range(3):
        assert statement_receive(agency_code=BANK, lines=[sent, sent], moment=NOON) == [sent["serial"]]
    assert StatementLine.objects.count() == 1
    assert Entry.objects.filter(reason=Reason.RECEIVE).count() == 1


def test_same_serial_with_other_content_is_refused_and_changes_nothing(world: World) -> None:
    sent = line(world.case)
    statement_book(agency_code=BANK, lines=[sent], moment=NOON)
    result = statement_book(agency_code=BANK, lines=[sent | {"amount": "60000.00"}], moment=NOON)
    assert result.accepted == []
    assert [p.code for p in result.problems] == ["statement.changed"]
    assert case_equation(world.case.pk).received == D("50000.00")


def test_case_number_in_the_memo_is_enough(world: World) -> None:
    memo = world.case.number.replace("（", "(").replace("）", ")") + "执行款"
    assert statement_book(agency_code=BANK, lines=[line(memo=memo)], moment=NOON).claimed


def test_nothing_named_stays_in_suspense(world: World) -> None:
    result = statement_book(agency_code=BANK, lines=[line(memo="还款")], moment=NOON)
    assert (len(result.accepted), result.claimed) == (1, [])
    found = account_equation(world.case.court_key)
    assert (found.bank, found.suspense, found.cases) == (D("50000.00"), D("50000.00"), D("0.00"))


def test_two_cases_named_wait_for_a_person(world: World) -> None:
    other = case_make(court_make())
    result = statement_book(agency_code=BANK, lines=[line(world.case, memo=other.number)], moment=NOON)
    assert result.claimed == []


def test_closed_case_keeps_the_money_in_suspense_and_the_refusal_is_journalled(world: World) -> None:
    world.case.state, world.case.closed_on = "closed", NOON.date()
    world.case.save()
    result = statement_book(agency_code=BANK, lines=[line(world.case)], moment=NOON)
    assert (len(result.accepted), result.claimed) == (1, [])
    assert JournalEntry.objects.filter(chain=world.case.pk, kind="refused", code="funds.receive").exists()


def test_personal_data_of_the_payer_is_not_stored_in_clear(world: World) -> None:
    statement_book(agency_code=BANK, lines=[line(memo="田文祥还韩玉芬")], moment=NOON)
    stored = StatementLine.objects.get()
    assert (stored.payer_masked, stored.memo_masked) == ("田某 尾号7890", "")
    assert "田文祥".encode() not in bytes(stored.payer_sealed) + bytes(stored.memo_sealed)


@pytest.mark.parametrize(
    ("account", "region", "court"),
    [
        ("6230130921000000", "130930", 130921),
        ("6230999999000000", "130930", 130930),
        ("13090012", "130930", 130930),
    ],
)
def test_court_is_told_by_the_account_else_by_the_bank(
    world: World, account: str, region: str, court: int
) -> None:
    Agency.objects.filter(pk=BANK).update(region=region)
    statement_book(agency_code=BANK, lines=[line(account=account)], moment=NOON)
    assert StatementLine.objects.get().court_key == court


def test_line_of_no_court_is_told_and_not_accepted_the_others_are(world: World) -> None:
    Agency.objects.filter(pk=BANK).update(region="")
    good, bad = line(world.case), line(account="13090012")
    result = statement_book(agency_code=BANK, lines=[bad, good], moment=NOON)
    assert (result.accepted, [p.code for p in result.problems]) == ([good["serial"]], ["statement.no_court"])


@pytest.mark.parametrize(
    ("payer", "shown"),
    [
        ("河北鑫泰建材有限公司", "河北鑫泰建材有限公司 尾号7890"),
        ("阿依古丽·买买提", "阿某 尾号7890"),
        ("欧阳文", "欧阳某 尾号7890"),
        ("", "尾号7890"),
    ],
)
def test_only_organisations_are_named(world: World, payer: str, shown: str) -> None:
    statement_book(agency_code=BANK, lines=[line(payer=payer)], moment=NOON)
    assert StatementLine.objects.get().payer_masked == shown
