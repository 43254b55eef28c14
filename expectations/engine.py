"""Great Expectations on DuckDB: one context and one work file, suites validated with two canaries each.
Which tables and rules are validated is the caller's business; nothing here knows what a court is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.core.expect_table_row_count_to_be_between import ExpectTableRowCountToBeBetween
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

MUST_PASS = "canary: must pass"
MUST_FAIL = "canary: must fail"


class GateBrokenError(RuntimeError):
    """The gate itself did not work: nothing is known about the data, and nothing may go on as if it were."""


class Bench:
    """A Great Expectations context over the tables of one DuckDB work file."""

    def __init__(self, work_file: Path) -> None:
        self._context = gx.get_context(mode="ephemeral")
        self._context.variables.progress_bars = ProgressBarsConfig(globally=False)
        self._source = self._context.data_sources.add_sql("bench", connection_string=f"duckdb:///{work_file}")

    def validate(self, table: str, expectations: dict[str, Expectation]) -> dict[str, bool]:
        """Whether each named expectation holds for `table`. GateBrokenError if a canary is wrong or any raised."""
        asset = self._source.add_table_asset(table, table_name=table)
        batch = asset.add_batch_definition_whole_table("whole").get_batch()
        suite = gx.ExpectationSuite(name=table, expectations=_named({**expectations, **_canaries()}))
        found: dict[str, bool] = {}
        for result in batch.validate(suite, result_format="BOOLEAN_ONLY").results:
            name = _name_of(result)
            fault = _fault(result.exception_info)
            if fault:
                raise GateBrokenError(f"{table}: {name}: {fault}")
            found[name] = bool(result.success)
        if found.pop(MUST_PASS, None) is not True or found.pop(MUST_FAIL, None) is not False:
            raise GateBrokenError(f"{table}: the canaries did not sing: the gate cannot tell good from bad")
        if set(found) != set(expectations):
            raise GateBrokenError(f"{table}: no answer for {sorted(set(expectations) - set(found))}")
        return found

    def close(self) -> None:
        """Give the work file back."""
        self._source.get_execution_engine().engine.dispose()
        self._source.get_engine().dispose()


@contextmanager
def bench(work_file: Path) -> Iterator[Bench]:
    """A bench over `work_file`, its connections closed afterwards."""
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    event.listen(Engine, "after_cursor_execute", _buffer_rows)
    made = Bench(work_file)
    try:
        yield made
    finally:
        made.close()
        event.remove(Engine, "after_cursor_execute", _buffer_rows)


def _buffer_rows(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    """Great Expectations fetches after its connection went back to the pool, where DuckDB has no rows any more:
    without this every expectation fails with an exception that is easily taken for bad data."""
    if context is not None and cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())


def _name_of(result: ExpectationValidationResult) -> str:
    meta = result.expectation_config.meta if result.expectation_config else None
    if not meta:
        raise GateBrokenError("an answer without the name of its question")
    return str(meta["name"])


def _named(expectations: dict[str, Expectation]) -> list[Expectation]:
    for name, expectation in expectations.items():
        expectation.meta = {"name": name}
    return list(expectations.values())


def _canaries() -> dict[str, Expectation]:
    return {
        MUST_PASS: ExpectTableRowCountToBeBetween(min_value=0),
        MUST_FAIL: UnexpectedRowsExpectation(
            unexpected_rows_query="select 1 as awake where (select count(*) from {batch}) >= 0"
        ),
    }


def _fault(exception_info: dict) -> str | None:
    """The first message of `exception_info`, which is flat for one metric and nested by metric for several."""
    entries = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            return str(entry.get("exception_message"))
    return None
