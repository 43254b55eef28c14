"""A tree that an earlier version left, taken over by this one: what it published is kept and read, what people wrote
is there, and its figures come out the same. How the tree was made is said in README.md."""

from __future__ import annotations

import tarfile
from datetime import date

import duckdb
import pytest

from dashboards.app_pages.meeting import minutes
from dashboards.month import Month
from dashboards.proceedings import decisions, objections
from pipelines.layout import Layout
from pipelines.publication import snapshot
from pipelines.publication.past_values import Question, value_as_of
from tests.golden.conftest import HERE
from tests.golden.test_past_values import run

TREE = HERE / "older" / "tree.tar.xz"
OLD = "2019-02-33db071f27"
KEY = "court_code, scope_code, window_code, period_month, indicator_code, definition_version"
BESIDE = f"""
select count(*), count(*) filter (was.value is distinct from now.value),
    count(*) filter (was.numerator is distinct from now.numerator or was.denominator is distinct from now.denominator)
from was.performance.fct_court_indicators as was
left join now.performance.fct_court_indicators as now using ({KEY})
"""

TOLD = """
select distinct cause_code, old_status || ' ' || new_status,
    indicator_code <> 'COMPOSITE' and old_value is distinct from new_value
from rankings.rpt_restatements
"""


@pytest.fixture(scope="module")
def taken_over(tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, bytes]:
    """The tree after one run of this version, and the old snapshot's manifest as it was before."""
    data = tmp_path_factory.mktemp("upgraded") / "data"
    with tarfile.open(TREE) as packed:
        packed.extractall(data, filter="data")
    said = (data / "published" / OLD / "manifest.json").read_bytes()
    run(data, "run", "--no-serve")
    return Layout(data=data, key_file=data / "key"), said


def database(layout: Layout, snapshot_id: str) -> str:
    return str(layout.published / snapshot_id / "enforcement.duckdb")


def test_its_figures_come_out_the_same(taken_over: tuple[Layout, bytes]) -> None:
    layout, _ = taken_over
    with duckdb.connect() as connection:
        for name, snapshot_id in (("was", OLD), ("now", str(snapshot.current(layout)))):
            connection.execute(f"attach '{database(layout, snapshot_id)}' as {name} (read_only)")
        count, *moved = connection.execute(BESIDE).fetchall()[0]
    assert count > 90_000
    assert moved == [0, 0]


def test_what_it_published_is_kept_and_readable(taken_over: tuple[Layout, bytes]) -> None:
    layout, said = taken_over
    assert set(snapshot.kept(layout)) == {OLD, str(snapshot.current(layout))} != {OLD}
    assert (layout.published / OLD / "manifest.json").read_bytes() == said
    assert snapshot.is_sound(layout.published / OLD)
    (value,) = value_as_of(layout, Question(date(2019, 1, 1), "T11", "QX01"), OLD)
    assert (value.numerator, value.denominator, value.value) == (3, 3, 1.0)
    assert (layout.packs / OLD / "2019-02-rank.xlsx").is_file()


def test_what_is_judged_otherwise_is_told_as_this_version_s_doing(taken_over: tuple[Layout, bytes]) -> None:
    """A court that never delivered is called not in service now, and no figure of it was ever there to be restated."""
    layout, _ = taken_over
    with duckdb.connect(database(layout, str(snapshot.current(layout))), read_only=True) as connection:
        told = connection.execute(TOLD).fetchall()
    assert {cause for cause, *_ in told} == {"recomputed", "peers_restated"}
    assert [row for row in told if row[2]] == []
    assert [row for row in told if "not_in_service" in row[1]] == []


def test_what_people_wrote_is_there(taken_over: tuple[Layout, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    layout, _ = taken_over
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(layout.data))
    (noted,) = minutes.notes("QH", Month.parse("2019-02"))
    assert (noted.court_code, noted.said, noted.snapshot_id) == ("T11", "三个月内压降超期未结案件", OLD)
    (objection,) = objections.objections("QH")
    assert (objection.about.court, objection.about.indicator, objection.state) == ("T11", "QX01", "filed")
    (decided,) = decisions.decisions("QH")
    assert decided.about.court == "T11"
