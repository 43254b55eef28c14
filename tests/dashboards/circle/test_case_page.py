"""A case's page under roles: a court opens its own cases and no others, and that it was opened is recorded.
What the page shows is tested beside the page."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import audit
from tests.dashboards.shown import headline

OpenAs = Callable[..., AppTest]


def number_of(truth: duckdb.DuckDBPyConnection, court: str) -> str:
    ((number,),) = truth.execute(
        "select min(case_number) from core.fct_enforcement_cases where court_code = $court and case_number in"
        " (select case_number from core.fct_enforcement_cases group by 1 having count(*) = 1)",
        {"court": court},
    ).fetchall()
    return str(number)


@pytest.mark.parametrize("who, own, is_shown", [
    ("court", "T21", True), ("court", "T13", False), ("other", "T21", False), ("bureau", "T13", True),
    ("auditor", "T21", False),
])  # fmt: skip
def test_a_court_opens_its_own_cases_and_no_others(
    open_as: OpenAs, truth: duckdb.DuckDBPyConnection, who: str, own: str, is_shown: bool
) -> None:
    number = number_of(truth, own)
    app = open_as(who, "case", number=number)
    assert ("可以查看的案件中没有" not in headline(app)) is is_shown
    assert bool(app.dataframe) is is_shown
    recorded = [line.what for line in audit.deeds(audit.months()[0], deed="cases")[0]] if audit.months() else []
    assert any("case · 1" in what for what in recorded) is is_shown
