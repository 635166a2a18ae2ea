"""How long each stage took, counted by hand."""

from __future__ import annotations

from datetime import date

from zhixing.command.stages import stage_spans


def spans(done: dict[str, date], **how: object) -> list[tuple[str, int, bool]]:
    """Code, days, now."""
    return [
        (s.code, s.days, s.is_now)
        for s in stage_spans(done, **({"until": date(2026, 3, 31), "is_open": True} | how))
    ]


def test_stage_lasts_from_its_entry_to_the_entry_of_a_later_one() -> None:
    done = {
        "cases.docket": date(2026, 3, 1),
        "cases.confirm_clues": date(2026, 3, 4),
        "cases.notice": date(2026, 3, 10),
        "inquiry.request": date(2026, 3, 21),
    }
    assert spans(done) == [
        ("docket", 0, False),
        ("assign", 3, False),
        ("notice", 6, False),
        ("declare", 11, False),
        ("inquiry", 10, True),
    ]


def test_stage_overtaken_by_a_later_one_took_no_time() -> None:
    done = {
        "cases.docket": date(2026, 3, 1),
        "inquiry.request": date(2026, 3, 2),
        "cases.notice": date(2026, 3, 5),
    }
    assert ("declare", 0, False) in spans(done) and ("inquiry", 29, True) in spans(done)


def test_closed_case_ends_on_its_day_and_stands_nowhere() -> None:
    done = {"cases.docket": date(2026, 3, 1)}
    assert spans(done, until=date(2026, 3, 9), is_open=False) == [("docket", 0, False), ("assign", 8, False)]


def test_case_without_an_act_has_no_stage() -> None:
    assert stage_spans({}, until=date(2026, 3, 31), is_open=True) == []
