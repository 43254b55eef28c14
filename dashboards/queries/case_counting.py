"""In which numbers one case counts, in a month and its windows: on which side, and why not where it does not.
Records count by the rules of evidence; here they are asked of the records of one case, table by table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Any

import duckdb
import pandas as pd

from dashboards.month import Month
from dashboards.queries import evidence
from dashboards.queries import windows as spans
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
COUNTS = ("type_count", "last_month", "month_count", "counted_count")  # of each part, beside the table's record_count


@dataclass(frozen=True)
class _Counted:
    """A part of a measure in a case scope: where its records are, and of which case types they count."""

    of: Evidence
    case_types: tuple[str, ...]


def counting(
    cursor: Cursor, province: str, case_id: str, court: str, month: Month, windows: tuple[str, ...]
) -> pd.DataFrame:
    """One row per window and indicator in force: what its court's own number is, and how near the case comes to either
    side.

    window_code, indicator_code, value, unit; of each side `<side>_stage` (of STAGES), `<side>_month` (the latest in
    which a record of the case would count, null where there is none), `<side>_measure` and `<side>_scope`.
    """
    rows = records(SQL.frame(cursor, "indicators", court=court, month=month, windows=list(windows)))
    wanted = {(row[f"{side}_measure"], row[f"{side}_scope"]) for row in rows for side in SIDES}
    parts = _parts(cursor, {each for each in wanted if isinstance(each[0], str)})
    near = {}
    for window in windows:
        bounds = spans.bounds(cursor, province, month, window).iloc[0]
        asked = {"case_id": case_id, "first": bounds["first_month"], "last": bounds["last_month"]}
        near[window] = _near(cursor, parts, asked)
    for row in rows:
        for side in SIDES:
            named = row[f"{side}_measure"], row[f"{side}_scope"]
            row[f"{side}_stage"], row[f"{side}_month"] = near[row["window_code"]].get(named, (None, None))
    return pd.DataFrame(rows)


def _parts(cursor: Cursor, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[_Counted]]:
    """(measure, case scope) → what of the measure has records that name a case; no window changes that."""
    types = cache(partial(evidence.case_types, cursor))
    find = cache(partial(evidence.find, cursor))
    found: dict[tuple[str, str], list[_Counted]] = {}
    for measure, scope in sorted(wanted):
        known = [find(part) for part in evidence.parts(cursor, measure)["measure_code"]]
        found[measure, scope] = [_Counted(of, types(scope)) for of in known if of is not None and of.case_column]
    return found


def _near(
    cursor: Cursor, parts: Mapping[tuple[str, str], list[_Counted]], asked: Mapping[str, Any]
) -> dict[tuple[str, str], tuple[str, Any]]:
    """(measure, case scope) → the nearest stage of the measure's parts, and its month."""
    by_table: dict[str, dict[_Counted, None]] = {}
    for each in chain.from_iterable(parts.values()):
        by_table.setdefault(each.of.table, {})[each] = None
    stages = {each: stage for of_table in by_table.values() for each, stage in _stages(cursor, list(of_table), asked)}
    return {
        named: max(
            (stages[each] for each in of_measure), key=lambda stage: STAGES.index(stage[0]), default=(NO_LIST, None)
        )
        for named, of_measure in parts.items()
    }


def _stages(
    cursor: Cursor, counted: Sequence[_Counted], asked: Mapping[str, Any]
) -> Iterator[tuple[_Counted, tuple[str, Any]]]:
    statement = records_of(counted)
    bound = {**asked, **{f"types_{place}": list(each.case_types) for place, each in enumerate(counted)}}
    said = {name: value for name, value in bound.items() if re.search(rf"\${name}\b", statement)}
    row = records(cursor.execute(statement, said).df())[0]
    for place, each in enumerate(counted):
        yield each, _stage(each.of, row["record_count"], *(row[f"{name}_{place}"] for name in COUNTS))


def _stage(
    of: Evidence, record_count: int, type_count: int, last_month: Any, month_count: int, counted_count: int
) -> tuple[str, Any]:
    if counted_count:
        return COUNTED, last_month
    if not record_count:
        return NO_RECORD, None
    if not type_count:
        return OTHER_TYPE, None
    if of.rule not in DATED or of.rule.startswith("span"):
        return NOT_OPEN, last_month
    if pd.isna(last_month):
        return NOT_YET, None
    return (NOT_MET if month_count else OTHER_MONTH), last_month


def records_of(counted: Sequence[_Counted]) -> str:
    """The statement that counts the records of one case in a table, once for each part that it has records of: of the
    scope's types, the latest month, of the months, counted.

    One row, of as many records as one case has.
    """
    of = counted[0].of
    link = "case_id = $case_id"
    if of.case_column != "case_id":
        link = (
            "(case_number, court_code) in"
            " (select (case_number, court_code) from core.fct_enforcement_cases where case_id = $case_id)"
        )
    counts = "".join(f", {each}" for place, part in enumerate(counted) for each in _counts(part.of, place))
    return f'select count(*) as record_count{counts} from core."{of.table}" where {link}'  # noqa: S608 - names come from dim_measures, checked by find


def _counts(of: Evidence, place: int) -> Iterator[str]:
    kind = f"list_contains($types_{place}, case_type)" if of.is_case_based else "true"
    month = f'"{of.month_column}"' if of.rule in DATED else "filed_month"
    within = f"{month} between cast($first as date) and cast($last as date)"
    asked = kind, None, f"{kind} and {within}", f"{kind} and {of.months()}"
    for name, condition in zip(COUNTS, asked, strict=True):
        what = f"count(case when {condition} then 1 end)" if condition else f"max({month})"
        yield f"{what} as {name}_{place}"
