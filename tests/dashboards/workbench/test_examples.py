"""Every example question is answered, and what it answers is what the pages say.
The snapshot is the small full one; a statement runs as the queue's worker runs it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboards import seal
from dashboards.app_pages.sql import queries
from dashboards.month import Month
from dashboards.queries import evidence, rankings
from dashboards.workbench import results, worker
from dashboards.workbench.examples import examples

MONTH, COURT = Month.parse("2019-12"), "T13"
# The small world has no requests in the month, and no lineage: it is not made by dbt.
MAY_BE_EMPTY = {"units", "lineage"}
CODES = [example.code for example in examples()]
Run = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def copied(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worker opens a file in a process of its own; in this one, under the same name, its locks would meet ours."""
    published = data_directories["full"] / "published"
    place = tmp_path_factory.mktemp("examples") / "enforcement.duckdb"
    shutil.copyfile(published / (published / "CURRENT").read_text(encoding="utf-8") / "enforcement.duckdb", place)
    return place


@pytest.fixture
def run(copied: Path, tmp_path: Path) -> Run:
    """`run("indicator")` gives the rows of that example; what is not an example's name is a statement."""

    filled = {example.code: example.filled(MONTH, COURT) for example in examples()}

    def answered(wanted: str) -> pd.DataFrame:
        statement = filled.get(wanted, wanted)
        result = tmp_path / "result.parquet"
        states = [seal.state(copied.stat())]
        answer = worker.run(worker.Job(str(copied), statement, str(result), 10_000, 1024, 1, 60_000, states=states))
        assert (answer.fault, answer.message) == ("", "")
        return results.read(result).to_pandas()

    return answered


def part(truth: duckdb.DuckDBPyConnection, side: str) -> evidence.Part:
    measure, scope = truth.execute(
        f"select {side}_measure, {side}_scope from core.dim_indicators where indicator_code = 'QX02'"
        " order by valid_from desc limit 1"
    ).fetchone()
    assert evidence.parts(truth, measure)["measure_code"].tolist() == [measure]
    return evidence.Part(measure, scope, COURT, "own", Month.parse("2019-01"), MONTH)


def test_there_are_at_least_twelve_and_each_is_named_once() -> None:
    assert len(CODES) >= 12
    assert len(set(CODES)) == len(CODES)


def test_no_place_to_fill_is_left_open() -> None:
    filled = "".join(example.filled(MONTH, COURT) for example in examples())
    assert not any(place in filled for place in ("{month}", "{court}", "{year}"))


@pytest.mark.parametrize("code", CODES)
def test_every_example_is_answered(run: Run, code: str) -> None:
    assert len(run(code)) > 0 or code in MAY_BE_EMPTY


def test_an_indicator_is_what_the_leaderboard_shows(run: Run, truth: duckdb.DuckDBPyConnection) -> None:
    shown = rankings.ranking(truth, "basic", "QH", MONTH, "ytd", "QX02").set_index("court_code")
    found = run("indicator").set_index("court_code").loc[shown.index]
    assert len(shown) >= 5
    for column in ("numerator", "denominator", "value"):
        assert found[column].astype(float).tolist() == pytest.approx(shown[column].astype(float).tolist()), column


def test_cases_are_those_that_the_page_lists(run: Run, truth: duckdb.DuckDBPyConnection) -> None:
    numerator, found = part(truth, "numerator"), run("cases")
    listed = evidence.records(truth, numerator, 100_000, 1)
    assert sorted(found["case_number"]) == sorted(listed["case_number"])
    assert float(found["counted"].sum()) == float(evidence.totals(truth, numerator).iloc[0]["total"])


def test_the_number_follows_from_its_cases(run: Run, truth: duckdb.DuckDBPyConnection) -> None:
    row = run("again").iloc[0]
    for side in ("numerator", "denominator"):
        assert float(row[side]) == float(evidence.totals(truth, part(truth, side)).iloc[0]["total"])
    assert float(row["value"]) == pytest.approx(float(row["published"]), abs=1e-6)


def test_a_ranking_is_the_leaderboards_row_by_row(run: Run, truth: duckdb.DuckDBPyConnection) -> None:
    shown = rankings.ranking(truth, "basic", "QH", MONTH, "rolling_12m", "COMPOSITE")
    found = run("ranking")
    assert len(shown) >= 5
    assert found["short_name_zh"].tolist() == shown["short_name_zh"].tolist()
    for column in ("rank", "rank_low", "rank_high", "value"):
        said = [frame[column].astype(float).tolist() for frame in (found, shown)]
        assert said[0] == pytest.approx(said[1], nan_ok=True), column


def test_opening_and_new_cases_are_closed_or_pending(run: Run) -> None:
    assert run("flow")["gap"].abs().max() == 0


def test_the_usage_that_stands_beside_a_macro_can_be_run(run: Run, truth: duckdb.DuckDBPyConnection) -> None:
    comments = queries.macros(truth)["comment"].tolist()
    usages = [found.group(0) for comment in comments if (found := re.search(r"from \w+\([^)]*\)", comment))]
    assert len(usages) == len(comments) >= 7
    assert [usage for usage in usages if run(usage).empty] == []
