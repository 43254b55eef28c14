"""The golden world ten years later, in years without a schedule of days off: the same figures, but for one case.
What was received is moved, so that receiving itself, which refuses months after today, is not asked again."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipelines.extracts.contracts import KINDS
from pipelines.extracts.schemas import LEDGER, lake_schema
from tests.compiled.engine import Engine
from tests.compiled.project import project

YEARS = 10
# Of what came into force since, a later version counts, or what nothing was delivered of before.
NEW_SINCE = {("QX20", "2"), ("QX24", "2"), ("QX26", "2"), *((f"SX{number}", "1") for number in range(37, 43))}
FIGURES = """
    select court_code, scope_code, window_code, period_month, indicator_code, definition_version,
           numerator, denominator, status
    from performance.fct_court_indicators
    where scope_code in ('own', 'jurisdiction', 'province')
"""


def moved(file: str, schema: pa.Schema) -> pa.Table:
    """The rows of the lake's files with every day, moment and year of a case number ten years on."""
    with duckdb.connect() as connection:
        rows = connection.sql(f"from read_parquet('{file}', union_by_name = true, hive_partitioning = false)")
        types = dict(zip(rows.columns, map(str, rows.types), strict=True))
        said = {name: _moved(name, types[name]) for name in rows.columns}
        chosen = ", ".join(f'{said.get(name, "null")} as "{name}"' for name in schema.names)
        return rows.project(chosen).to_arrow_table().cast(schema)


def _moved(name: str, kind: str) -> str:
    if kind.startswith(("DATE", "TIMESTAMP")):
        return f'cast("{name}" + interval {YEARS} year as {kind})'
    if name.endswith("case_number"):
        year = f"regexp_extract(\"{name}\", '（(20[0-9][0-9])）', 1)"
        later = f'replace("{name}", {year}, cast(try_cast({year} as integer) + {YEARS} as varchar))'
        return f'coalesce({later}, "{name}")'
    return f'"{name}"'


@pytest.fixture(scope="module")
def later(golden_data: Path) -> Engine:
    lake, engine = golden_data / "lake", Engine(project().up_to("fct_court_indicators", "dim_months"))
    rows = {
        kind: moved(f"{lake}/{kind}/**/*.parquet", lake_schema(kind))
        for kind in KINDS
        if any((lake / kind).rglob("*.parquet"))
    }
    engine.build(rows | {f"_ledger.{name}": moved(f"{lake}/_ledger/{name}.parquet", LEDGER[name]) for name in LEDGER})
    return engine


def test_every_month_is_counted_by_a_provisional_calendar(later: Engine) -> None:
    asked = "select strftime(period_month, '%Y-%m'), is_calendar_provisional from core.dim_months order by 1"
    assert later.rows(asked) == [(month, True) for month in ("2028-11", "2028-12", "2029-01", "2029-02")]


def test_figures_are_the_same_but_for_one_case_whose_term_ends_on_a_working_day(
    later: Engine, snapshot: duckdb.DuckDBPyConnection
) -> None:
    """A02 was filed on 1 June without a term: six months end on 1 December, in 2018 a Saturday, so that it was closed
    in time on Monday the 3rd; in 2028 a Friday, and the 3rd is too late. It was closed by T11, below T10."""
    before = {row[:6]: row[6:] for row in snapshot.execute(FIGURES).fetchall()}
    found = {row[:6]: row[6:] for row in later.rows(FIGURES)}
    now = {(*key[:3], key[3].replace(year=key[3].year - YEARS), *key[4:]): row for key, row in found.items()}
    assert {key[4:] for key in now.keys() - before.keys()} == NEW_SINCE
    assert before.keys() - now.keys() == set()
    changed = {key: (row, now[key]) for key, row in before.items() if now[key] != row}
    assert {(key[0], key[4]) for key in changed} == {(court, "QX09") for court in ("T00", "T10", "T11")}
    # Every window over December has the case, in the scopes of its court.
    assert {key[2:4] for key in before if key[4] == "QX09" and f"{key[3]:%Y-%m}" == "2018-12"} <= {
        key[2:4] for key in changed
    }
    assert {(was[0] - is_[0], was[1] == is_[1], was[2] == is_[2]) for was, is_ in changed.values()} == {(1, True, True)}
