"""The sample on another engine: `make bench ENGINE=spark`. What the proof says of its own seconds, table by table.
Whether the tables are the same is judged by the proof; what DuckDB costs by itself is measured in __main__."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

SLOWEST = 20


def steps(sample: list[str], engine: str) -> dict[str, list[str]]:
    """The commands by the name of their step: the sample taken in and published, then proven on `engine`."""
    return {
        "samples": ["sample", *sample],
        "whole run": ["run", "--no-serve"],
        "both engines": ["prove", "--engine", engine],
    }


def told(data: Path, engine: str) -> Iterator[str]:
    """The slowest tables of the proof in `data`, and how many are equal; by which releases."""
    proof = json.loads(next(data.glob(f"proofs/*/{engine}.json")).read_text(encoding="utf-8"))
    timed = sorted(proof["tables"], key=lambda table: table["seconds"] or 0, reverse=True)
    for table in timed[:SLOWEST]:
        yield f"  {table['table']:<50} {table['rows']:>11,} rows {table['seconds'] or 0:>8.2f} s"
    yield f"{len(timed)} tables: {proof['equal']} equal, {len(proof['empty'])} without a row on either side"
    yield ", ".join(f"{name} {release}" for name, release in proof["versions"].items())
