"""The ledger of published values: what every publication said that was not said before, appended and never changed.
What is asked of it later is in past_values.py; whether a month is closed is decided by dbt, not here."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines import ownership
from pipelines.layout import Layout
from pipelines.publication.values_schema import DIGESTS, SCHEMAS, entries, every, open_ledger

# Everything that the last publication showed, against everything that this one shows. A composite is a sum of
# doubles: its last digits depend on the order of addition, hence the tolerance of one in a million millions.
CHANGED = """
with latest as (
    from read_parquet($values)
    qualify row_number() over (
        partition by court_code, scope_code, window_code, period_month, indicator_code, definition_version
        order by sequence_number desc
    ) = 1
),
said as (from latest where is_present),
shown as (from performance.fct_published_values)
select
    coalesce(shown.province_code, said.province_code) as province_code,
    coalesce(shown.court_code, said.court_code) as court_code,
    coalesce(shown.scope_code, said.scope_code) as scope_code,
    coalesce(shown.window_code, said.window_code) as window_code,
    coalesce(shown.period_month, said.period_month) as period_month,
    coalesce(shown.indicator_code, said.indicator_code) as indicator_code,
    coalesce(shown.definition_version, said.definition_version) as definition_version,
    shown.numerator, shown.denominator, shown.value, shown.status, shown.rank, shown.ranked_count,
    shown.court_code is not null as is_present
from shown
full join said
    on shown.court_code = said.court_code
        and shown.scope_code = said.scope_code
        and shown.window_code = said.window_code
        and shown.period_month = said.period_month
        and shown.indicator_code = said.indicator_code
        and shown.definition_version = said.definition_version
where shown.court_code is null
    or said.court_code is null
    or shown.numerator is distinct from said.numerator
    or shown.denominator is distinct from said.denominator
    or (shown.value is null) <> (said.value is null)
    or abs(shown.value - said.value) > 1e-12 * greatest(abs(said.value), 1)
    or shown.status is distinct from said.status
    or shown.rank is distinct from said.rank
    or shown.ranked_count is distinct from said.ranked_count
order by all
"""
UNKNOWN_DELIVERIES = """
select delivery_id, court_code, kind, extract_month
from read_parquet($in_force)
where is_in_force
    and (delivery_id, court_code) not in (select (delivery_id, court_code) from read_parquet($deliveries))
order by all
"""
CLOSED_NOW = """
select province_code, period_month, closed_because
from performance.fct_month_closings
where is_closed and (province_code, period_month) not in (
    select (province_code, period_month) from read_parquet($closings)
)
order by all
"""


def record(layout: Layout, database: Path, manifest: Path) -> Path | None:
    """Append what the snapshot says that was not said before: the new entry's folder, or None if it says nothing new.

    Called before anybody can see the snapshot, so that nothing is ever shown that the ledger does not know. A killed
    publication leaves a whole entry or none; the next one goes on from what is there.
    """
    open_ledger(layout)
    described = json.loads(manifest.read_text(encoding="utf-8"))
    last = last_entry(layout)
    if last and last[1] == described["snapshot_id"]:
        return None
    number = last[0] + 1 if last else 1
    return _written(layout, database, described, f"{number:06d}-{described['snapshot_id']}")


def rewrite(layout: Layout, database: Path, manifest: Path, name: str) -> Path | None:
    """Write the entry of that name again, from the snapshot that it was made of and the entries before it.

    A delivery that was in force then and is not now counts as known then; all else is as it was.
    """
    return _written(layout, database, json.loads(manifest.read_text(encoding="utf-8")), name, before=name)


def _written(
    layout: Layout, database: Path, described: dict[str, Any], name: str, before: str | None = None
) -> Path | None:
    found = _news(layout, database, before)
    if found is None:
        return None
    if before:
        known = [each["delivery_id"] for each in described["deliveries"]]
        found["deliveries"] = found["deliveries"].filter(pc.is_in(found["deliveries"]["delivery_id"], pa.array(known)))
    found["publications"] = pa.Table.from_pylist([_publication(described)])
    return _append(layout, found, name)


def last_entry(layout: Layout) -> tuple[int, str] | None:
    """Number and snapshot of the last entry, None before the first."""
    names = [path.name for path in entries(layout)]
    return numbered(names[-1]) if names else None


def numbered(name: str) -> tuple[int, str]:
    """Number and snapshot of the entry of that name."""
    number, _, snapshot_id = name.partition("-")
    return int(number), snapshot_id


def _news(layout: Layout, database: Path, before: str | None = None) -> dict[str, pa.Table] | None:
    """What a snapshot says beside the entries (those `before` one of that name): new and changed values, deliveries and
    closings; None for a snapshot without a table of values."""
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as connection:
        held = connection.execute(
            "select count(*) from duckdb_tables() where table_name in ('fct_published_values', 'fct_month_closings')"
        ).fetchall()
        if held != [(2,)]:
            return None
        asked = {
            "values": (CHANGED, {"values": every(layout, "values", before)}),
            "deliveries": (
                UNKNOWN_DELIVERIES,
                {
                    "in_force": str(layout.ledger / "delivery_courts.parquet"),
                    "deliveries": every(layout, "deliveries", before),
                },
            ),
            "closings": (CLOSED_NOW, {"closings": every(layout, "closings", before)}),
        }
        return {
            part: connection.sql(query, params=parameters).to_arrow_table()
            for part, (query, parameters) in asked.items()
        }


def _publication(described: dict[str, Any]) -> dict[str, Any]:
    year, month = (int(part) for part in described["latest_month"].split("-"))
    return {
        "published_at": datetime.fromisoformat(described["published_at"]).astimezone(UTC).replace(tzinfo=None),
        "latest_month": date(year, month, 1),
        "code_version": described["code"]["version"],
        "code_commit": described["code"]["commit"],
        "definitions_digest": described["definitions"]["digest"],
        "deliveries_digest": hashlib.sha256(repr(described["deliveries"]).encode()).hexdigest(),
    }


def _append(layout: Layout, found: dict[str, pa.Table], name: str) -> Path:
    """Write the entry, with digests, into a folder that nobody looks at; it gets its name when it is whole."""
    number, snapshot_id = numbered(name)
    digests = {}
    aside = layout.published / f".values.{os.getpid()}"
    aside.mkdir()
    for part, table in found.items():
        schema = SCHEMAS[part]
        stamped = {
            "sequence_number": pa.repeat(number, table.num_rows),
            "snapshot_id": pa.repeat(snapshot_id, table.num_rows),
        } | {name: table[name] for name in table.column_names}
        whole = pa.table(stamped).select(schema.names).cast(schema)
        file = aside / f"{part}.parquet"
        pq.write_table(whole, file, compression="zstd")
        digests[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
        _sync(file)
    (aside / DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
    _sync(aside / DIGESTS)
    entry = layout.published_values / name
    aside.rename(entry)
    ownership.seal(entry)
    return entry


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
