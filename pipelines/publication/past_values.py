"""Any published number again, as any snapshot showed it: from the ledger of values, the snapshot kept or not.
How values come into the ledger is in values.py; what is shown now is in the snapshot itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import duckdb

from pipelines.layout import Layout
from pipelines.publication.values_schema import every

# The last said no later than the publication asked for. What was withdrawn by then counts as not published.
AS_OF = """
with publications as (from read_parquet($publications)),
asked as (
    select max(sequence_number) as sequence_number from publications
    where $snapshot_id is null or snapshot_id = $snapshot_id
),
said as (
    select said.* from read_parquet($values) as said, asked
    where said.sequence_number <= asked.sequence_number
        and court_code = $court_code and scope_code = $scope_code and window_code = $window_code
        and period_month = $period_month and indicator_code = $indicator_code
    qualify row_number() over (partition by definition_version order by said.sequence_number desc) = 1
)
select
    said.court_code, said.scope_code, said.window_code, said.period_month, said.indicator_code,
    said.definition_version, said.numerator, said.denominator, said.value, said.status, said.rank, said.ranked_count,
    said.snapshot_id, publications.published_at, publications.code_version, publications.code_commit
from said
join publications on said.sequence_number = publications.sequence_number
where said.is_present
order by definition_version
"""
HISTORY = """
select
    said.court_code, said.scope_code, said.window_code, said.period_month, said.indicator_code,
    said.definition_version, said.numerator, said.denominator, said.value, said.status, said.rank, said.ranked_count,
    said.snapshot_id, publications.published_at, publications.code_version, publications.code_commit
from read_parquet($values) as said
join read_parquet($publications) as publications on said.sequence_number = publications.sequence_number
where said.is_present
    and court_code = $court_code and scope_code = $scope_code and window_code = $window_code
    and period_month = $period_month and indicator_code = $indicator_code
order by definition_version, said.sequence_number
"""


class UnknownSnapshotError(LookupError):
    """No publication of that name is in the ledger."""


@dataclass(frozen=True)
class Question:
    """One number of one court: which indicator (or COMPOSITE), which window ending with which month."""

    period_month: date
    court_code: str
    indicator_code: str
    window_code: str = "month"
    scope_code: str = "own"


@dataclass(frozen=True)
class PublishedValue:
    """A value as it was published. `snapshot_id` is the publication that first said it; `value` is not rounded."""

    court_code: str
    scope_code: str
    window_code: str
    period_month: date
    indicator_code: str
    definition_version: str
    numerator: Decimal
    denominator: Decimal
    value: float | None
    status: str
    rank: int | None
    ranked_count: int | None
    snapshot_id: str
    published_at: datetime
    code_version: str
    code_commit: str | None


def value_as_of(layout: Layout, question: Question, snapshot_id: str | None = None) -> list[PublishedValue]:
    """The value as the snapshot showed it (the latest if none is named), one per definition version computed then.

    UnknownSnapshotError if that snapshot was never published; an empty list if it did not show the value.
    """
    if snapshot_id is not None and snapshot_id not in publications(layout):
        raise UnknownSnapshotError(snapshot_id)
    return _ask(layout, AS_OF, question, {"snapshot_id": snapshot_id})


def history(layout: Layout, question: Question) -> list[PublishedValue]:
    """Everything that was ever published as this value, the first first."""
    return _ask(layout, HISTORY, question, {})


def publications(layout: Layout) -> list[str]:
    """The ids of all snapshots ever published, in order; one published again is named again."""
    found = duckdb.execute(
        "select snapshot_id from read_parquet($publications) order by sequence_number",
        {"publications": every(layout, "publications")},
    ).fetchall()
    return [snapshot_id for (snapshot_id,) in found]


def _ask(layout: Layout, query: str, question: Question, more: dict[str, str | None]) -> list[PublishedValue]:
    parameters = {
        "values": every(layout, "values"),
        "publications": every(layout, "publications"),
        **vars(question),
        **more,
    }
    with duckdb.connect() as connection:
        return [PublishedValue(*row) for row in connection.execute(query, parameters).fetchall()]
