"""Runs the gate: which months need judging, each suite over all of them at once, one result for every month.
Rules are in suites/, tables in batches.py, Great Expectations in engine.py; what a failure stops is not said here."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from expectations import batches, numbers, scale, verdicts
from expectations.claims import claims_known, make_claims_table
from expectations.engine import Bench, GateBrokenError, bench
from expectations.judging import Tally, judge
from expectations.results import (
    GateResult,
    Tree,
    all_results,
    consolidate,
    damaged,
    failing_file,
    month_date,
    read_result,
    write_result,
)
from expectations.rules import Rule
from expectations.suites import suite

__all__ = ["GateBrokenError", "GateResult", "all_results", "consolidate", "damaged", "run_gate", "run_gates"]


def run_gate(tree: Tree, kind: str, month: str) -> GateResult | None:
    """Judge one month (`YYYY-MM`) of `kind`; None if nothing is in force. GateBrokenError if the gate itself fails."""
    results = run_gates(tree, kind, [month])
    return results[0] if results else None


def run_gates(tree: Tree, kind: str, months: Iterable[str] | None = None) -> list[GateResult]:
    """Judge those months (None: all) of `kind` that have rows in force; what was judged before is not run again."""
    tree.gate.mkdir(parents=True, exist_ok=True)
    _clean_up(tree)
    work_file = tree.gate / f"work-{os.getpid()}-{kind}.duckdb"
    try:
        with duckdb.connect(str(work_file)) as connection:
            batches.make_in_force_table(connection, tree, kind)
            prints = _fingerprints(connection, kind, claims_known(connection, tree, kind))
        wanted = sorted(prints if months is None else prints.keys() & set(months))
        stored = {month: old for month in wanted if (old := read_result(tree, kind, month))}
        stale = [month for month in wanted if month not in stored or stored[month].fingerprint != prints[month]]
        found = stored | (_judge_months(tree, kind, stale, prints, work_file) if stale else {})
        return [found[month] for month in wanted]
    finally:
        work_file.unlink(missing_ok=True)


def _judge_months(
    tree: Tree, kind: str, months: Sequence[str], prints: dict[str, str], work_file: Path
) -> dict[str, GateResult]:
    started = time.monotonic()
    with duckdb.connect(str(work_file)) as connection:
        tables = _make_tables(connection, tree, kind, months)
        tallies = {table: judge(connection, kind, table, rules) for table, rules in tables.items()}
        held = verdicts.held_now(connection, kind, tables, tallies, months)
        held += verdicts.held_before(connection, tree, kind, held)
    with bench(work_file) as gx_bench:
        for table, rules in tables.items():
            _agree(gx_bench, table, rules, tallies[table])
    share = (time.monotonic() - started) / len(months)
    results = {}
    for month in months:
        outcomes = verdicts.outcomes(tables, tallies, month, held)
        of_month = tuple(each for each in held if each.month == month)
        results[month] = GateResult(kind, month, prints[month], outcomes, of_month, share)
    with duckdb.connect(str(work_file)) as connection:
        for result in results.values():
            _write_failing_rows(connection, tree, result)
            write_result(tree, result)
    return results


def _make_tables(
    connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, months: Sequence[str]
) -> dict[str, tuple[Rule, ...]]:
    """The tables to judge and the rules for each."""
    query = "select distinct month, delivery_id from in_force where list_contains($months, month) order by all"
    in_force = connection.execute(query, {"months": list(months)}).fetchall()
    files = verdicts.lake_files(tree, kind, in_force)
    schema = batches.make_schema_table(connection, tree, kind, files)
    sound = batches.sound_files(connection, schema, files)
    numbers.make_prefixes_table(connection)
    make_claims_table(connection, tree, kind)
    rows = batches.make_rows_table(connection, tree, kind, sound)
    volumes = batches.make_volumes_table(connection, kind, months)
    tables = {schema: (batches.SCHEMA_KEPT,), rows: suite(kind), volumes: (batches.VOLUME_USUAL,)}
    if scale.scaled(kind):
        scale.make_amounts_table(connection, tree, kind, [*sound, *_files_before(connection, tree, kind, months)])
        tables[scale.make_scale_table(connection, kind, months)] = scale.scale_rules(kind)
    return tables


def _files_before(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, months: Sequence[str]) -> list[str]:
    """The files in force of months that are not judged now, and that those judged are compared with."""
    query = """
        select distinct month, delivery_id from in_force
        where not list_contains($months, month) and month >= $earliest and month < $latest order by all
    """
    span = {"earliest": _months_before(min(months), scale.HISTORY_MONTHS), "latest": max(months)}
    found = connection.execute(query, {"months": list(months), **span}).fetchall()
    files = [file for file in verdicts.lake_files(tree, kind, found) if Path(file).exists()]
    return scale.readable(connection, kind, files)


def _agree(gx_bench: Bench, table: str, rules: Sequence[Rule], tally: Tally) -> None:
    """Great Expectations' word against our own count, rule by rule: if they differ, neither is to be trusted."""
    expectations = {name: made for rule in rules for name, made in tally.expectations(table, rule).items()}
    for name, holds in gx_bench.validate(table, expectations).items():
        if holds != tally.holds(name):
            raise GateBrokenError(
                f"{table}: {name}: Great Expectations says {holds}, the count of failing rows says otherwise"
            )


def _write_failing_rows(connection: duckdb.DuckDBPyConnection, tree: Tree, result: GateResult) -> None:
    """The rows behind every count: `block` in what is held, `label` in all else."""
    file = failing_file(tree, result.kind, result.month)
    if not any(outcome.failed_count for outcome in result.outcomes):
        file.unlink(missing_ok=True)
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    rows = connection.sql(
        """
        select * exclude (judged) replace (
            case
                when list_contains($blocking, concat_ws(' ', rule_code, delivery_id, court_code)) then 'block'
                else 'label'
            end as severity
        )
        from failing
        where extract_month = $month
        order by rule_code, delivery_id, row_number, column_name
        """,
        params={
            "month": month_date(result.month),
            "blocking": [f"{each.rule_code} {each.delivery_id} {each.court_code}" for each in result.held]
            + [f"{each.rule_code} {each.delivery_id}" for each in result.held],
        },
    )
    rows.write_parquet(str(aside), compression="zstd")
    aside.replace(file)


def _fingerprints(connection: duckdb.DuckDBPyConnection, kind: str, claims: dict[str, str]) -> dict[str, str]:
    """For each month of `kind` a digest of all that its result depends on: rules, rows, and the volumes before."""
    query = "select month, court_code, delivery_id, accepted_count from in_force order by all"
    in_force = connection.execute(query).fetchall()
    query = "select month, court_code, delivery_id, accepted_count, turn from received where turn > 1 order by all"
    earlier = connection.execute(query).fetchall()
    volume = batches.volumes().get(kind)
    own = (*suite(kind), batches.SCHEMA_KEPT, batches.VOLUME_USUAL, *scale.scale_rules(kind))
    rules = repr([_text(rule) for rule in own]) + repr(volume) + numbers.register().fingerprint
    months = sorted({row[0] for row in in_force})
    reach = max(volume.history_months if volume else 0, scale.HISTORY_MONTHS if scale.scaled(kind) else 0)
    prints = {}
    for month in months:
        earliest = _months_before(month, reach)
        seen = [row for row in in_force if earliest <= row[0] <= month]
        before = [row for row in earlier if row[0] == month]
        claimed = max(((at, known) for at, known in claims.items() if at <= month), default=("", ""))[1]
        prints[month] = hashlib.sha256((rules + repr(seen) + repr(before) + claimed).encode()).hexdigest()[:16]
    return prints


def _text(rule: Rule) -> tuple[object, ...]:
    checks = tuple((check.column, check.fails) for check in rule.checks)
    return rule.code, rule.zh, rule.en, checks, rule.label_above, rule.block_above, rule.block_from


def _months_before(month: str, count: int) -> str:
    total = int(month[:4]) * 12 + int(month[5:7]) - 1 - count
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def _clean_up(tree: Tree) -> None:
    """Remove work files of processes that were killed."""
    for file in tree.gate.glob("work-*"):
        pid = file.name.split("-")[1]
        if pid != str(os.getpid()) and not Path(f"/proc/{pid}").exists():
            file.unlink(missing_ok=True)
