"""The records of a denominator that are not in its numerator: the failures, with which somebody can do something.
Told only where both sides count records of one table by the same key; sums of other tables are no part of it."""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboards.queries import evidence
from dashboards.queries.evidence import Evidence, Part
from dashboards.queries.narrowing import ALL, Narrowing

Cursor = duckdb.DuckDBPyConnection


def _sides(cursor: Cursor, counted: str, whole: str) -> tuple[Evidence, Evidence] | None:
    """The evidence of numerator and denominator; None where the one is no part of the other's records."""
    found = evidence.find(cursor, counted), evidence.find(cursor, whole)
    if found[0] is None or found[1] is None:
        return None
    is_one = (found[0].table, found[0].key) == (found[1].table, found[1].key)
    is_single = all(
        evidence.parts(cursor, measure)["measure_code"].tolist() == [measure] for measure in (counted, whole)
    )
    return (found[0], found[1]) if is_one and is_single and counted != whole else None


def is_told(cursor: Cursor, counted: Part, whole: Part) -> pd.DataFrame:
    """One row, `told`: whether what is counted and what is not are together all, so that the list says something.

    A numerator that is no part of its denominator (closed by filed, of those filed before too) has no such list.
    """
    if _sides(cursor, counted.measure, whole.measure) is None:
        return pd.DataFrame({"told": [False]})
    found = records(cursor, counted, whole, 1, 1)
    missing = int(found.iloc[0]["total_count"]) if len(found) else 0
    over, under = (int(evidence.totals(cursor, part).iloc[0]["record_count"]) for part in (counted, whole))
    return pd.DataFrame({"told": [over + missing == under and missing > 0]})


def records(
    cursor: Cursor, counted: Part, whole: Part, size: int, page: int, narrowed: Narrowing = ALL
) -> pd.DataFrame:
    """One page of the records as `evidence.records` has them; `page` counts from 1."""
    found = _sides(cursor, counted.measure, whole.measure)
    if found is None:
        return pd.DataFrame()
    inner, outer = found
    within = inner.condition().replace("$case_types", "$counted_types")
    condition = (
        f'{outer.condition()} and "{outer.key}" not in (select "{inner.key}" from core."{inner.table}" where {within})'  # noqa: S608 - names come from dim_measures, checked by find
    )
    statement = f"{outer.selection(condition, narrowed)} limit $size offset $start"
    named = {
        "counted_types": list(evidence.case_types(cursor, counted.case_scope)),
        "size": size,
        "start": size * (page - 1),
        **narrowed.values(),
    }
    return cursor.execute(statement, outer.bound(cursor, whole, statement, **named)).df()
