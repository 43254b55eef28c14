"""Counts the rows of a table that fail each rule, month by month, and says the same as Great Expectations expectations.
Both are made from one rule, so that the runner can hold them against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation

from expectations.rules import Rule


@dataclass
class Tally:
    """Rows checked by month, rows failed by rule and month, and what every expectation made of it should say.

    `by_court` holds rows checked by (month, court), `failed_by_court` rows failed by (rule, month, court).
    """

    checked: dict[str, int]
    failed: dict[tuple[str, str], int]
    failed_checks: set[tuple[str, str]]
    by_court: dict[tuple[str, str], int] = field(default_factory=dict)
    failed_by_court: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _holds: dict[str, bool] = field(default_factory=dict)

    def counts(self, rule_code: str, month: str) -> tuple[int, int]:
        """(checked, failed) rows of `month`."""
        return self.checked.get(month, 0), self.failed.get((rule_code, month), 0)

    def courts(self, rule_code: str, month: str) -> dict[str, tuple[int, int]]:
        """Court → (checked, failed) rows of `month`."""
        return {
            court: (checked, self.failed_by_court.get((rule_code, month, court), 0))
            for (of, court), checked in self.by_court.items()
            if of == month
        }

    def holds(self, name: str) -> bool:
        """What the expectation of that name should answer by our own count."""
        return self._holds[name]

    def expectations(self, table: str, rule: Rule) -> dict[str, Expectation]:
        """The rule as named expectations: each check with no tolerance, then each tolerance by month."""
        made: dict[str, Expectation] = {}
        for number, check in enumerate(rule.checks):
            name = f"{rule.code}.{number}.{check.column}"
            made[name] = check.expectation() if check.expectation else _no_row(check.fails)
            self._holds[name] = (rule.code, check.column) not in self.failed_checks
        for level, share, least in (("label", rule.label_above, 1), ("block", rule.block_above, rule.block_from)):
            if share:
                name = f"{rule.code}.{level}"
                made[name] = _no_month(rule.fails, share, least)
                self._holds[name] = not any(self._beyond(rule, month, share, least) for month in self.checked)
        return made

    def _beyond(self, rule: Rule, month: str, share: float, least: int) -> bool:
        checked, failed = self.counts(rule.code, month)
        return failed > share * checked and failed >= least


def judge(connection: duckdb.DuckDBPyConnection, kind: str, table: str, rules: Sequence[Rule]) -> Tally:
    """Put the failing rows of `table` into the table `failing` and count them."""
    connection.execute(
        """
        create table if not exists failing (
            judged varchar, kind varchar, extract_month date, rule_code varchar, severity varchar, court_code varchar,
            delivery_id varchar, row_number integer, record_key varchar, column_name varchar, value varchar
        )
        """
    )
    for rule in rules:
        for check in rule.checks:
            connection.execute(
                f"""
                insert into failing
                select
                    $table, $kind, _extract_month, $rule, $severity, court_code,
                    _delivery_id, _row_number, record_key, $column, cast({check.column} as varchar)
                from {table}
                where {check.fails}
                """,  # noqa: S608 - names come from our contracts and rules
                {"table": table, "kind": kind, "rule": rule.code, "severity": rule.worst, "column": check.column},
            )
    by_court = {(month, court): rows for month, court, rows in _checked(connection, table)}
    failed = {(code, month, court): rows for code, month, court, rows in _failed(connection, table)}
    checks = connection.execute("select distinct rule_code, column_name from failing where judged = $1", [table])
    checked_months: Counter[str] = Counter()
    failed_months: Counter[tuple[str, str]] = Counter()
    for (month, _), rows in by_court.items():
        checked_months[month] += rows
    for (code, month, _), rows in failed.items():
        failed_months[code, month] += rows
    return Tally(dict(checked_months), dict(failed_months), set(checks.fetchall()), by_court, failed)


def _checked(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str, int]]:
    query = f"select strftime(_extract_month, '%Y-%m'), court_code, count(*) from {table} group by 1, 2"  # noqa: S608 - names come from our contracts and rules
    return connection.execute(query).fetchall()


def _failed(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str, str, int]]:
    """Failed rows by rule, month and court, each row counted once for a rule."""
    return connection.execute(
        """
        select
            rule_code, strftime(extract_month, '%Y-%m'), court_code,
            count(distinct (delivery_id, row_number, record_key))
        from failing where judged = $1 group by 1, 2, 3
        """,
        [table],
    ).fetchall()


def _no_row(fails: str) -> Expectation:
    return UnexpectedRowsExpectation(unexpected_rows_query=f"select * from {{batch}} where {fails}")  # noqa: S608 - names come from our contracts and rules


def _no_month(fails: str, share: float, least: int) -> Expectation:
    """No month has more than `share` of its rows failing, where at least `least` fail."""
    return UnexpectedRowsExpectation(
        unexpected_rows_query=f"""
            select _extract_month from {{batch}}
            group by _extract_month
            having count(case when {fails} then 1 end) > {share} * count(*)
            and count(case when {fails} then 1 end) >= {least}
        """  # noqa: S608 - names come from our contracts and rules
    )
