"""What the counts of failing rows come to: the outcome of each rule on each month, and the courts that it holds back.
Tables and counts are made by batches and judging; what is held is decided in holding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from expectations import batches, scale
from expectations.holding import Held, held_alone, held_courts, own_share
from expectations.judging import Tally, judge
from expectations.results import Outcome, Tree
from expectations.rules import Rule
from expectations.suites import suite

Tables = dict[str, tuple[Rule, ...]]


def outcomes(tables: Tables, tallies: dict[str, Tally], month: str, held: Sequence[Held]) -> tuple[Outcome, ...]:
    """Every rule on one month. A rule blocks where it holds a court; rows that count for no court are labelled."""
    found = []
    holding = {each.rule_code for each in held if each.month == month}
    for table, rules in tables.items():
        for rule in rules:
            checked, failed = tallies[table].counts(rule.code, month)
            passed, severity, threshold = rule.verdict(checked, failed)
            if not passed and severity == "block" and rule.code not in holding:
                severity = "label"
            elif rule.code in holding and severity == "label":
                passed, severity, threshold = False, "block", own_share(rule)
            found.append(Outcome(rule.code, rule.zh, rule.en, severity, checked, failed, threshold, passed))
    return tuple(found)


def held_now(
    connection: duckdb.DuckDBPyConnection, kind: str, tables: Tables, tallies: dict[str, Tally], months: Sequence[str]
) -> list[Held]:
    """The courts whose last delivery is held, by every rule that holds it."""
    query = "select month, court_code, delivery_id from in_force where court_code is not null"
    delivered = {(month, court): delivery for month, court, delivery in connection.execute(query).fetchall()}
    found = _unreadable(connection, kind, next(iter(tables)))
    for table, rules in tables.items():
        for rule in rules:
            for month in months:
                counts = {court: pair for court, pair in tallies[table].courts(rule.code, month).items() if court}
                for court in sorted(held_courts(rule, counts)):
                    found.append(_held(kind, month, court, delivered[month, court], rule, counts[court]))
    return found


def held_before(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, held: Sequence[Held]) -> list[Held]:
    """Deliveries before the held ones that are held as well: each is looked at when the one after it cannot stand."""
    found: list[Held] = []
    turn, last = 1, list(held)
    while last:
        turn += 1
        standing = f"turn_{turn}"
        connection.execute(f"create table {standing} as select * exclude (turn) from received where false")  # noqa: S608 - the name is made of a number
        places = sorted({(each.month, each.court_code) for each in last})
        connection.executemany(
            f"insert into {standing} select * exclude (turn) from received"  # noqa: S608 - the name is made of a number
            " where turn = $1 and month = $2 and court_code = $3",
            [(turn, *place) for place in places],
        )
        last = _held_alone(connection, tree, kind, standing)
        found += last
    return found


def _held_alone(connection: duckdb.DuckDBPyConnection, tree: Tree, kind: str, standing: str) -> list[Held]:
    named = connection.execute(f"select month, court_code, delivery_id from {standing}").fetchall()  # noqa: S608 - the name is made of a number
    if not named:
        return []
    files = lake_files(tree, kind, [(month, delivery) for month, _, delivery in named])
    schema = batches.make_schema_table(connection, tree, kind, files, standing)
    sound = batches.sound_files(connection, schema, files)
    rows = batches.make_rows_table(connection, tree, kind, sound, standing)
    judge(connection, kind, schema, (batches.SCHEMA_KEPT,))
    tables = {rows: suite(kind)}
    if scale.scaled(kind):
        scale.make_amounts_table(connection, tree, kind, sound, standing)
        months = sorted({month for month, _, _ in named})
        tables[scale.make_scale_table(connection, kind, months, standing)] = scale.scale_rules(kind)
    found = _unreadable(connection, kind, schema)
    for table, rules in tables.items():
        tally = judge(connection, kind, table, rules)
        for month, court, delivery in sorted(named):
            for rule in rules:
                counts = tally.courts(rule.code, month).get(court, (0, 0))
                if held_alone(rule, *counts):
                    found.append(_held(kind, month, court, delivery, rule, counts))
    return found


def lake_files(tree: Tree, kind: str, deliveries: Sequence[tuple[str, str]]) -> list[str]:
    """The lake files of deliveries given as (month, delivery)."""
    names = sorted({(month, delivery) for month, delivery in deliveries})
    return [str(Path(tree.lake, kind, f"extract_month={month}", f"{delivery}.parquet")) for month, delivery in names]


def _unreadable(connection: duckdb.DuckDBPyConnection, kind: str, schema: str) -> list[Held]:
    """Every court of a delivery whose columns are not the contract's: its rows cannot be judged."""
    standing = schema.removeprefix(f"schema_{kind}_")
    rule = batches.SCHEMA_KEPT
    failed = f"count(case when {rule.fails} then 1 end)"
    found = connection.execute(
        f"""
        select standing.month, standing.court_code, standing.delivery_id, count(*), {failed}
        from {schema} as columns
        inner join {standing} as standing
            on columns._delivery_id = standing.delivery_id and columns._extract_month = standing.extract_month
        where standing.court_code is not null
        group by all having {failed} > 0 order by all
        """  # noqa: S608 - names come from our contracts and rules
    ).fetchall()
    return [_held(kind, month, court, delivery, rule, (n, bad)) for month, court, delivery, n, bad in found]


def _held(kind: str, month: str, court: str, delivery: str, rule: Rule, counts: tuple[int, int]) -> Held:
    return Held(kind, month, court, delivery, rule.code, rule.zh, rule.en, *counts)
