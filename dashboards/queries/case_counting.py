"""In which numbers one case counts, in a month and window: on which side, and why not where it does not.
Records count by the rules of evidence; here they are asked of the records of one case, table by table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries import evidence, windows
from dashboards.queries.evidence import DATED, Evidence
from dashboards.rows import records
from dashboards.statements import statements

Cursor = duckdb.DuckDBPyConnection
SQL = statements(__file__)

# How near a case comes to a measure, from nothing to counted.
NO_LIST, NO_RECORD, OTHER_TYPE, NOT_YET, OTHER_MONTH, NOT_OPEN, NOT_MET, COUNTED = (
    "no_list", "no_record", "other_type", "not_yet", "other_month", "not_open", "not_met", "counted"
)  # fmt: skip
STAGES = (NO_LIST, NO_RECORD, OTHER_TYPE, NOT_YET, OTHER_MONTH, NOT_OPEN, NOT_MET, COUNTED)
SIDES = ("numerator", "denominator")


def counting(cursor: Cursor, province: str, case_id: str, court: str, month: Month, window: str) -> pd.DataFrame:
    """One row per indicator in force: what its court's own number is, and how near the case comes to either side.

    indicator_code, value, unit; of each side `<side>_stage` (of STAGES), `<side>_month` (the latest in which a record
    of the case would count, null where there is none), `<side>_measure` and `<side>_scope`.
    """
    bounds = windows.bounds(cursor, province, month, window).iloc[0]
    span = {"first": bounds["first_month"], "last": bounds["last_month"]}
    rows = records(SQL.frame(cursor, "indicators", court=court, month=month, window=window))
    wanted = {(row[f"{side}_measure"], row[f"{side}_scope"]) for row in rows for side in SIDES}
    near = _near(cursor, {each for each in wanted if isinstance(each[0], str)}, {"case_id": case_id, **span})
    for row in rows:
        for side in SIDES:
            stage, last = near.get((row[f"{side}_measure"], row[f"{side}_scope"]), (None, None))
            row[f"{side}_stage"], row[f"{side}_month"] = stage, last
    return pd.DataFrame(rows)


def _near(
    cursor: Cursor, wanted: Iterable[tuple[str, str]], asked: Mapping[str, Any]
) -> dict[tuple[str, str], tuple[str, Any]]:
    """(measure, case scope) → the nearest stage of the measure's parts, and its month."""
    found: dict[tuple[str, str], tuple[str, Any]] = {}
    for measure, scope in sorted(wanted):
        parts = evidence.parts(cursor, measure)["measure_code"].tolist()
        stages = [_stage(cursor, evidence.find(cursor, part), scope, asked) for part in parts]
        found[measure, scope] = max(stages or [(NO_LIST, None)], key=lambda each: STAGES.index(each[0]))
    return found


def _stage(cursor: Cursor, of: Evidence | None, scope: str, asked: Mapping[str, Any]) -> tuple[str, Any]:
    if of is None or not of.case_column:
        return NO_LIST, None
    is_dated = of.rule in DATED
    statement = records_of(of)
    bound = {**asked, "case_types": list(evidence.case_types(cursor, scope))}
    said = {name: value for name, value in bound.items() if f"${name}" in statement}
    row = records(cursor.execute(statement, said).df())[0]
    if row["counted_count"]:
        return COUNTED, row["last_month"]
    if not row["record_count"]:
        return NO_RECORD, None
    if not row["type_count"]:
        return OTHER_TYPE, None
    if not is_dated or of.rule.startswith("span"):
        return NOT_OPEN, row["last_month"]
    if pd.isna(row["last_month"]):
        return NOT_YET, None
    return (NOT_MET if row["month_count"] else OTHER_MONTH), row["last_month"]


def records_of(of: Evidence) -> str:
    """The statement that counts the records of one case in a table: all, of the scope's types, of the months, counted.

    One row, of as many records as one case has.
    """
    link = "case_id = $case_id"
    if of.case_column != "case_id":
        link = (
            "(case_number, court_code) in"
            " (select (case_number, court_code) from core.fct_enforcement_cases where case_id = $case_id)"
        )
    kind = "list_contains($case_types, case_type)" if of.is_case_based else "true"
    month = f'"{of.month_column}"' if of.rule in DATED else "filed_month"
    return (
        f"select count(*) as record_count, count(case when {kind} then 1 end) as type_count, max({month}) as last_month"  # noqa: S608 - names come from dim_measures, checked by find
        f", count(case when {kind} and {month} between cast($first as date) and cast($last as date) then 1 end)"
        f" as month_count, count(case when {kind} and {of.months()} then 1 end) as counted_count"
        f' from core."{of.table}" where {link}'
    )
