"""The dbt project compiled once per test process: the SQL of every model, with its sources as tables of the test's own.
Running that SQL belongs to `engine`; what is put into the tables, to the tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.layout import Layout
from pipelines.settings.effective import seeds

ROOT = Path(__file__).resolve().parents[2]
COMPILE_SECONDS = 240  # about 15 are needed; a hung dbt must not take the suite with it
TARGETS = (
    "fct_court_indicators", "rpt_court_rankings", "rpt_gaming_checks", "rpt_saturated_indicators",
    "int_ranking_streaks", "rpt_delivery_coverage", "rpt_case_flows", "rpt_gaming_cases", "fct_cross_candidates",
    "dim_indicator_columns",
)  # fmt: skip
# Data tests whose own SQL is run on seeds that somebody has changed.
PROOFS = ("every_limit_that_a_model_names_holds_once_on_every_date_of_the_data", "limits_of_one_code_do_not_overlap")
# And in provinces whose courts come and go.
SERVED = (
    "every_stock_is_reproduced_by_its_cases", "inactive_stock_is_reproduced_by_its_suspensions",
    "inactive_stock_is_the_former_stock_plus_placed_less_reactivated_less_expired",
    "pending_cases_are_the_next_months_opening_cases", "scopes_add_up_what_their_courts_have",
    "distinct_defaulters_of_any_window_are_counted_person_by_person",
    "second_moments_are_no_smaller_than_sums_and_counts_allow",
    "ten_records_carry_all_of_a_sum_of_no_more_than_ten",
    "opening_plus_new_is_accepted_and_accepted_minus_closed_is_pending",
    "the_flow_of_every_window_ends_where_its_measures_end",
    "actual_suspended_and_pending_rates_add_up_to_one",
    "a_flagged_check_lists_every_case_that_it_counts_and_no_other",
    "pending_by_latest_state_differs_from_the_extracts_only_by_listed_cases",
    "pending_stock_becomes_the_next_opening_stock_but_for_the_exceptions_listed",
)  # fmt: skip
# What SERVED is asked of.
FOR_SERVED = ("fct_court_intervals", "rpt_delivery_coverage", "rpt_gaming_checks", "rpt_case_flows", "rpt_gaming_cases")
# Where a file of the lake is read, a table stands instead: read_parquet('@lake/_ledger/x.parquet') is "_ledger".x.
PLACES = {"ENFORCEMENT_LAKE": "@lake", "ENFORCEMENT_REJECTS": "@rejects", "ENFORCEMENT_PUBLISHED": "@published"}
READ = re.compile(r"read_parquet\('@lake/(?:(_\w+)/)?(\w+)(?:/\*\*/\*)?\.parquet'[^)]*\)")


@dataclass(frozen=True)
class Node:
    """A seed or a model. `sql` is the compiled text of a model, the Python of a Python model, empty for a seed."""

    name: str
    kind: str
    relation: str
    path: Path
    sql: str
    parents: tuple[str, ...]
    reads_lake: bool
    column_types: dict[str, str]


@dataclass(frozen=True)
class Project:
    """Seeds and models in an order in which they can be built, and the SQL of the data tests named above."""

    nodes: tuple[Node, ...]
    proofs: dict[str, str]

    def without(self, *names: str) -> Project:
        return Project(tuple(node for node in self.nodes if node.name not in names), self.proofs)

    def up_to(self, *names: str) -> Project:
        """Only what these models need."""
        by_name = {node.name: node for node in self.nodes}
        wanted, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                waiting += by_name[name].parents
        return Project(tuple(node for node in self.nodes if node.name in wanted), self.proofs)


def _manifest() -> dict[str, Any]:
    """`dbt compile` of what the targets need. dbt's own message when the project does not compile."""
    with tempfile.TemporaryDirectory() as target:
        command = [
            str(Path(sys.executable).with_name("dbt")), "--quiet", "--no-partial-parse", "compile",
            "--project-dir", "dbt_project", "--profiles-dir", "dbt_project", "--target-path", target,
            "--log-path", target, "--indirect-selection", "empty", "--select",
            *(f"+{name}" for name in TARGETS), *PROOFS, *SERVED,
        ]  # fmt: skip
        settings = {k: v for k, v in os.environ.items() if not k.startswith(("ENFORCEMENT_", "DBT_"))}
        tables = seeds(Layout(data=Path(_tables().name), key_file=Path(target)))
        settings |= {"ENFORCEMENT_SEEDS": os.path.relpath(tables, ROOT / "dbt_project")}
        settings |= PLACES | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=COMPILE_SECONDS)
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads((Path(target) / "manifest.json").read_text(encoding="utf-8"))


@cache
def _tables() -> tempfile.TemporaryDirectory[str]:
    """A tree for the tables in force, kept as long as the process: the engine reads the seeds from it."""
    return tempfile.TemporaryDirectory()


def _sql(raw: dict[str, Any]) -> str:
    sql = READ.sub(lambda hit: f'"{hit[1] or "lake"}"."{hit[2]}"', raw.get("compiled_code") or "")
    assert "@lake" not in sql, f"{raw['name']} reads the lake in a way that the tests do not know"
    return sql


def _node(raw: dict[str, Any], parents: list[str]) -> Node:
    is_seed = raw["resource_type"] == "seed"
    return Node(
        name=raw["name"],
        kind="seed" if is_seed else raw["language"],
        relation=raw["relation_name"].removeprefix('"memory".'),
        path=ROOT / "dbt_project" / raw["original_file_path"],
        sql=_sql(raw) if not is_seed and raw["language"] == "sql" else "",
        parents=tuple(name.split(".")[-1] for name in parents if not name.startswith("source.")),
        reads_lake=any(name.startswith("source.") for name in parents),
        column_types=raw["config"].get("column_types") or {},
    )


@cache
def project() -> Project:
    """The project's seeds and models below the targets, parents first."""
    raw = _manifest()["nodes"]
    ordered: dict[str, Node] = {}

    def add(unique_id: str) -> None:
        if unique_id in ordered or unique_id not in raw:
            return
        parents = raw[unique_id]["depends_on"].get("nodes", [])
        for parent in parents:
            add(parent)
        ordered[unique_id] = _node(raw[unique_id], parents)

    for name in TARGETS:
        add(f"model.enforcement.{name}")
    return Project(
        tuple(ordered.values()), {name: _sql(raw[f"test.enforcement.{name}"]) for name in (*PROOFS, *SERVED)}
    )
