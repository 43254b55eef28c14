"""What an analyst gets in one line is what was published: every indicator of a court from the records behind it.
The macros are in the snapshot itself; the numbers are those worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

ASKED = ("T11", "2019-02")


@pytest.mark.parametrize("window", ["ytd"])
def test_numerator_and_denominator_follow_from_the_listed_records(snapshot: Any, window: str) -> None:
    court, month = ASKED
    published = snapshot.execute(
        """
        select f.indicator_code, f.numerator, f.denominator
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as i
            on i.indicator_code = f.indicator_code and i.definition_version = f.definition_version
        where f.is_in_force and f.court_code = ? and f.scope_code = 'own' and f.window_code = ?
          and f.period_month = cast(? || '-01' as date) and i.denominator_kind <> 'derived'
        order by f.indicator_code
        """,
        [court, window, month],
    ).fetchall()
    assert len(published) > 60
    wrong = []
    for code, numerator, denominator in published:
        for side, amount in (("numerator", numerator), ("denominator", denominator)):
            if amount is None:
                continue
            found = snapshot.execute(
                "select coalesce(sum(counted), 0), count(distinct counted_key), count(*)"
                " from court_cases(?, ?, ?, in_window := ?, at_month := ?)",
                [court, code, side, window, month],
            ).fetchone()
            shown = Decimal(found[1]) if found[1] else found[0]
            if shown != amount:
                wrong.append((code, side, amount, found))
    assert wrong == []
