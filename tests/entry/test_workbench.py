"""The workbench shows the most urgent of each kind and says how many more there are."""

from __future__ import annotations

from zhixing.entry.workbench import BRIEF, Group
from zhixing.entry.workbench.rows import Row


def group_of(count: int, late: int) -> Group:
    """A group of lines, late ones first as the page sorts them."""
    rows = [
        Row(
            kind="node",
            chip="todo",
            chip_text="",
            title=f"事项 {no}",
            button="办理",
            href="/",
            urgency=0 if no < late else 2,
        )
        for no in range(count)
    ]
    return Group(kind="node", title="节点到期", rows=rows)


def test_a_long_group_shows_its_first_lines_and_counts_the_rest() -> None:
    """Twenty lines, ten of them late: eight are drawn, two late ones are among the twelve that are not."""
    brief = group_of(20, late=10).brief()
    assert [row.title for row in brief.shown] == [f"事项 {no}" for no in range(BRIEF)]
    assert (brief.hidden, brief.hidden_late) == (12, 2)


def test_one_line_more_is_drawn_instead_of_a_link_to_it() -> None:
    """Nine lines: all nine. Ten: eight and a link."""
    assert group_of(BRIEF + 1, late=0).brief().hidden == 0
    assert group_of(BRIEF + 2, late=0).brief().hidden == 2


def test_a_chosen_kind_is_shown_whole() -> None:
    """Without a limit nothing is left out."""
    assert group_of(60, late=3).hidden == 0
