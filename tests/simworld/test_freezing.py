"""Sharing one balance among freezes; worked by hand."""

from __future__ import annotations

import pytest

from simworld.institutions.freezing import fen, share_out, yuan


@pytest.mark.parametrize(
    ("balance", "limits", "frozen", "excess"),
    [
        # enough money: all frozen, no excess
        (100_000, [60_000], [60_000], [0]),
        # less than the limit: the rest is excess that later deposits fill
        (41_206_55, [608_530_09], [41_206_55], [567_323_54]),
        # nothing there: an empty account is frozen up to the limit all the same
        (0, [50_000], [0], [50_000]),
        # an earlier unmet freeze takes everything, the later one waits
        (12_450_00, [50_000_00, 608_530_09], [12_450_00, 0], [37_550_00, 608_530_09]),
        # an earlier met freeze leaves the rest
        (80_000_00, [50_000_00, 40_000_00], [50_000_00, 30_000_00], [0, 10_000_00]),
        # three in a row, exactly used up
        (90, [40, 50, 1], [40, 50, 0], [0, 0, 1]),
    ],
)
def test_each_freeze_takes_what_earlier_ones_leave(balance, limits, frozen, excess):
    claims = share_out(balance, limits)
    assert [c.frozen for c in claims] == frozen
    assert [c.excess for c in claims] == excess


def test_amounts_are_read_exactly():
    assert fen("608,530.09") == 60853009
    assert fen("") == 0
    assert yuan(5) == "0.05"
    with pytest.raises(ValueError, match=r"12\.345"):
        fen("12.345")
