"""Several provinces in one snapshot, not equally far: each speaks of its own courts and of its own newest month.
What the models make of them belongs to the tests of properties; what a province is called, to its page's tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.bulletin import pack
from dashboards.bulletin.facts import newest_month
from dashboards.outbox import news
from dashboards.queries import windows
from dashboards.shell.navigation import PAGES
from tests.dashboards import snapshots
from tests.dashboards.access.test_queries_by_role import QUERIES, VALUES
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
# What a caller picks its own courts from by their codes; and the months of a window, which no unknown province has.
OF_ALL = {"dimensions.courts", "dimensions.courts_of", "dimensions.last_deliveries", "published.figures",
          "recount.indicators", "proof.checks", "proof.intervals", "proof.limits", "windows.bounds"}  # fmt: skip
OCTOBER = ("2019-10", ["2019-10"])
NAMED = {"court", "courts", "scope", "number", "part", "counted", "whole", "case_number", "measure"}


@pytest.fixture
def two(data_directories: dict[str, Path], tmp_path: Path) -> Path:
    """QH to December 2019, XX to October."""
    data_directories["two"] = snapshots.build_two(tmp_path / "two", data_directories["full"])
    return data_directories["two"]


@pytest.fixture
def of_two(two: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    (file,) = two.glob("published/*/enforcement.duckdb")
    with duckdb.connect(str(file), read_only=True, config={"enable_external_access": "false"}) as connection:
        yield connection.cursor()


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_an_answer_about_a_province_names_no_court_of_another(truth: duckdb.DuckDBPyConnection, name: str) -> None:
    """Asked for a province that has no courts here, and for every court."""
    at = VALUES | {"province": ("ZZ",), "court": ("",)}
    names = list(inspect.signature(QUERIES[name]).parameters)[1:]
    is_of_one = bool(set(names) - at.keys()) or (NAMED & set(names) and "province" not in names)
    if name in OF_ALL or is_of_one:  # a record or a court that is asked for by its own key
        return
    for values in product(*(at[one] for one in names)):
        answer = QUERIES[name](truth, *values)
        columns = [column for column in getattr(answer, "columns", []) if column.endswith("court_code")]
        assert [answer[column].dropna().tolist() for column in columns if answer[column].notna().any()] == []


@pytest.mark.parametrize(("province", "newest"), [("QH", "2019-12"), ("XX", "2019-10")])
def test_pack_and_news_are_of_the_province_s_own_newest_month(
    of_two: duckdb.DuckDBPyConnection, province: str, newest: str
) -> None:
    assert str(newest_month(of_two, province)) == str(news.newest_month(of_two, province)) == newest


def test_a_window_begins_with_the_province_s_own_first_month(of_two: duckdb.DuckDBPyConnection) -> None:
    months = [windows.bounds(of_two, code, newest_month(of_two, code), "stat_year") for code in ("QH", "XX")]
    assert {str(found["history_month"].iloc[0]) for found in months} == {"2018-01"}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_province_behind_shows_its_own_newest_month(
    two: Path, open_page: OpenPage, page: str
) -> None:
    app = open_page(page, "two", province="XX", lang="en")
    assert app.query_params["month"] in OCTOBER
    assert "December 2019" not in html(app)


def test_a_month_of_the_other_province_in_the_address_gives_way(two: Path, open_page: OpenPage) -> None:
    assert open_page("overview", "two", province="XX", month="2019-12").query_params["month"] in OCTOBER
    assert open_page("overview", "two", province="QH", month="2019-12").query_params["month"] not in OCTOBER


def test_after_a_publication_every_province_has_a_pack(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(two))
    monkeypatch.setattr(pack, "make_pack", lambda *, snapshot_id, province: asked.append(province))
    pack.made_packs()
    assert asked == [None, "XX"]
