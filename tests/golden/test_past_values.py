"""A month delivered again after it was closed: the number changes, the old one can be had, the reason is named.
The golden deliveries are run once; here a copy of their tree gets one more file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.layout import Layout
from pipelines.publication import snapshot
from pipelines.publication.past_values import Question, UnknownSnapshotError, history, publications, value_as_of
from tests.golden.conftest import REPOSITORY, RUN_SECONDS

COURT, MONTH = "T11", date(2019, 1, 1)
QUESTION = Question(MONTH, COURT, "QX01")


def run(data: Path, *command: str) -> str:
    environment = os.environ | {
        "ENFORCEMENT_DATA_DIR": str(data),
        "ENFORCEMENT_KEY_FILE": str(data / "key"),
        "PYTHONPATH": str(REPOSITORY),
    }
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", *command],
        cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def told_again(golden_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Layout, str, str]:
    """The tree after the court delivered January again (A07 is now 终本, A08 is gone); snapshots before and after."""
    data = tmp_path_factory.mktemp("again") / "data"
    shutil.copytree(golden_data, data)
    layout = Layout(data=data, key_file=data / "key")
    before = snapshot.current(layout)
    folder = data / "landing" / "2019-01" / "cases"
    (old,) = [file for file in folder.iterdir() if "A07" in file.read_text(encoding="gb18030", errors="replace")]
    lines = old.read_text(encoding="gb18030").splitlines()
    kept = [line for line in lines if not line.startswith("A08")]
    new = [line.replace("终结执行,是", "终结本次执行程序,否") if line.startswith("A07") else line for line in kept]
    assert len(new) == len(lines) - 1
    assert new != kept
    (folder / "again.csv").write_text("\n".join(new) + "\n", encoding="utf-8")
    run(data, "run", "--no-serve")
    after = snapshot.current(layout)
    assert before is not None
    assert after is not None
    assert after != before
    return layout, before, after


def ask(layout: Layout, snapshot_id: str, query: str) -> list[tuple]:
    database = layout.published / snapshot_id / "enforcement.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_redelivery_changes_the_number_and_the_old_one_can_still_be_had(
    told_again: tuple[Layout, str, str],
) -> None:
    layout, before, after = told_again
    (old,), (new,) = value_as_of(layout, QUESTION, before), value_as_of(layout, QUESTION, after)
    assert (old.numerator, old.denominator, old.value) == (3, 3, 1.0)
    assert (new.numerator, new.denominator, new.value) == (1, 2, 0.5)
    assert value_as_of(layout, QUESTION) == [new]
    assert history(layout, QUESTION) == [old, new]
    assert publications(layout) == [before, after]
    with pytest.raises(UnknownSnapshotError):
        value_as_of(layout, QUESTION, "2019-02-0000000000")


def test_the_ledger_says_of_every_number_what_the_snapshot_said_to_the_last_digit(
    told_again: tuple[Layout, str, str],
) -> None:
    layout, *snapshots = told_again
    columns = "court_code, scope_code, window_code, period_month, indicator_code, definition_version"
    for position, snapshot_id in enumerate(snapshots, start=1):
        shown = ask(
            layout,
            snapshot_id,
            f"select {columns}, numerator, denominator, value, status, rank, ranked_count"
            " from performance.fct_published_values order by all",
        )
        said = duckdb.execute(
            """
            select court_code, scope_code, window_code, period_month, indicator_code, definition_version,
                numerator, denominator, value, status, rank, ranked_count
            from (
                from read_parquet($values) where sequence_number <= $position
                qualify row_number() over (
                    partition by court_code, scope_code, window_code, period_month, indicator_code, definition_version
                    order by sequence_number desc
                ) = 1
            )
            where is_present
            order by all
            """,
            {"values": str(layout.published_values / "*" / "values.parquet"), "position": position},
        ).fetchall()
        assert len(shown) > 1000
        assert said == shown


def test_the_restatement_names_old_and_new_value_the_file_and_the_cases(told_again: tuple[Layout, str, str]) -> None:
    layout, before, after = told_again
    assert ask(layout, before, "select * from rankings.rpt_restatements") == []
    assert ask(
        layout,
        after,
        """
        select old_value, new_value, cause_code, removed_count, changed_count, last_file_name, old_snapshot_id
        from rankings.rpt_restatements
        where court_code = 'T11' and scope_code = 'own' and window_code = 'month'
            and period_month = date '2019-01-01' and indicator_code = 'QX01'
        """,
    ) == [(1.0, 0.5, "redelivery", 1, 1, "2019-01/cases/again.csv", before)]
    assert ask(
        layout,
        after,
        """
        select case_id, change, changed_columns from rankings.rpt_restated_records
        where court_code = 'T11' and extract_month = date '2019-01-01' order by case_id
        """,
    ) == [("A07", "changed", "closing_mode,actual_closure"), ("A08", "removed", None)]


def test_a_value_is_official_restated_or_may_be_amended(told_again: tuple[Layout, str, str]) -> None:
    layout, before, after = told_again
    label = """
        select value_label from performance.fct_published_values
        where court_code = 'T11' and scope_code = 'own' and window_code = 'month' and indicator_code = 'QX01'
        order by period_month
    """
    closed = "select is_closed from performance.fct_month_closings order by period_month"
    months = [is_closed for (is_closed,) in ask(layout, before, closed)]
    assert months[:3] == [True, True, True]
    labels = ["official" if is_closed else "may_be_amended" for is_closed in months]
    assert [said for (said,) in ask(layout, before, label)] == labels
    labels[2] = "restated"
    assert [said for (said,) in ask(layout, after, label)] == labels


def test_running_again_adds_nothing_to_the_ledger(told_again: tuple[Layout, str, str]) -> None:
    layout, _, after = told_again
    entries = sorted(path.name for path in layout.published_values.iterdir())
    run(layout.data, "run", "--no-serve")
    assert snapshot.current(layout) == after
    assert sorted(path.name for path in layout.published_values.iterdir()) == entries


def test_the_command_tells_the_number_of_the_snapshot_asked_for(told_again: tuple[Layout, str, str]) -> None:
    layout, before, _ = told_again
    question = ("value", "--month", "2019-01", "--court", COURT, "--indicator", "QX01")
    as_of = run(layout.data, *question, "--asof", before)
    assert "1.0 = 3.00 ÷ 3.00" in as_of
    assert "0.5 = 1.00 ÷ 2.00" not in as_of
    ever = run(layout.data, *question)
    assert "1.0 = 3.00 ÷ 3.00" in ever
    assert "0.5 = 1.00 ÷ 2.00" in ever
