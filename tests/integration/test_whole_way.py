"""From deliveries to a published snapshot by the commands that users type; then again, in another order, and killed.
The figures themselves are held by the golden world."""

from __future__ import annotations

import json
import os
import re

import duckdb

from tests.integration.conftest import Taken
from tests.integration.world import MONTHS, content, current, environment, new_tree, pipelines, run_and_kill

# They say what earlier publications showed, and when: here there were other publications before.
TOLD_BEFORE = {
    "performance.fct_published_values",
    "performance.fct_month_closings",
    "rankings.rpt_restatements",
    "catalogue.dim_tables",  # counts the rows of the others
}


def test_a_run_takes_everything_in_and_publishes(taken: Taken) -> None:
    assert taken.status == 0, taken.output[-4000:]
    assert current(taken.data).startswith("2016-06-")
    assert f"published: {current(taken.data)}" in taken.output


def test_the_rows_shown_add_up(taken: Taken) -> None:
    totals = next(line for line in taken.output.splitlines() if "合计" in line)
    files, rows, accepted, rejected, held, _, refused = (
        int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", totals)
    )
    assert rows == accepted + rejected + held > 1000
    assert files == sum(len(found) for _, _, found in os.walk(taken.data / "landing"))
    assert refused == 0


def test_nothing_is_asked_of_the_network(taken: Taken) -> None:
    refused = taken.data / "connections_refused"
    assert not refused.exists(), refused.read_text(encoding="utf-8")


def test_the_network_really_is_cut_off(taken: Taken) -> None:
    import subprocess
    import sys

    code = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=5)"
    env = environment(taken.data) | {"CONNECTIONS_REFUSED": os.devnull}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert "no network in this test" in done.stderr


def test_the_manifest_and_the_tables_speak_of_the_same_months_and_gate(taken: Taken) -> None:
    directory = taken.data / "published" / current(taken.data)
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["months"] == MONTHS
    with duckdb.connect(str(directory / "enforcement.duckdb"), read_only=True) as connection:
        judged = connection.execute("select count(*) from rankings.rpt_gate_results").fetchone()
        bare = connection.execute(
            """
            select schema_name, table_name, column_name from duckdb_columns() where not internal and comment is null
            union all
            select schema_name, table_name, '' from duckdb_tables() where comment is null
            """
        ).fetchall()
    assert judged == (manifest["gate"]["rules_checked"],)
    assert bare == []


def test_dagster_remembers_rows_by_month_and_every_check(taken: Taken) -> None:
    import sqlite3

    with sqlite3.connect(taken.data / "dagster" / "event_log.db") as connection:
        events = dict(
            connection.execute(
                "select asset_key, count(distinct partition) from event_logs"
                " where dagster_event_type = 'ASSET_MATERIALIZATION' group by asset_key"
            ).fetchall()
        )
        checks = connection.execute("select count(*) from asset_check_executions").fetchone()[0]
        cases = connection.execute(
            "select event from event_logs where asset_key = '[\"received\", \"cases\"]' and partition = '2016-04'"
            " and dagster_event_type = 'ASSET_MATERIALIZATION'"
        ).fetchone()[0]
    assert events['["received", "cases"]'] == events['["lake", "cases"]'] == len(MONTHS)
    assert checks > 100
    assert all(word in cases for word in ("accepted", "rejected", "held", "seconds"))


def test_killed_at_every_stage_and_started_again_it_ends_with_the_same_snapshot(taken: Taken) -> None:
    data = new_tree(taken.root / "killed", taken.landing, MONTHS)
    run_and_kill(data, "receive cases")
    run_and_kill(data, "gate funds")
    run_and_kill(data, "gate staffing", after=7.0)
    assert current(data) is None
    done = pipelines(data, "run", "--no-serve")
    assert done.returncode == 0, done.stdout[-4000:]
    assert current(data) == current(taken.data)
    assert content(data) == content(taken.data)


def test_months_in_another_order_end_with_the_same_snapshot(taken: Taken) -> None:
    data = new_tree(taken.root / "reordered", taken.landing, ["2016-03", "2016-06"])
    first = pipelines(data, "month", "2016-06")
    assert first.returncode == 0, first.stdout[-4000:]
    seen = current(data)
    new_tree(data, taken.landing, ["2016-05", "2016-04"])
    second = pipelines(data, "run", "--no-serve")
    assert second.returncode == 0, second.stdout[-4000:]
    assert current(data) == current(taken.data) != seen
    found, expected = content(data), content(taken.data)
    assert {name for name in expected if found[name] != expected[name]} <= TOLD_BEFORE
    assert found.keys() == expected.keys()
    assert (data / "published" / str(seen)).is_dir(), "what the meeting saw is kept"


def test_running_again_with_nothing_new_publishes_nothing_new(taken: Taken) -> None:
    data = taken.copy("again")
    done = pipelines(data, "run", "--no-serve")
    assert done.returncode == 0, done.stdout[-4000:]
    assert "unchanged" in done.stdout
    published = {path.name for path in (data / "published").iterdir() if path.is_dir()}
    assert published == {current(taken.data), "_values"}, "one snapshot, and the ledger of what was published"
