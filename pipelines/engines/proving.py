"""Builds everything on DuckDB and on another engine from one lake, compares all tables, and writes the proof.
Where the proof is shown is the gallery's; how engines differ is mended in the dbt project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import chdir
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from pipelines.engines import building, comparison, session, sources
from pipelines.layout import Layout
from pipelines.publication import snapshot

BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Proof:
    """What was compared: `tables` in order of name; empty tables are equal, but prove nothing.

    `unlike`: tables of the current snapshot that are not those compared, because something arrived since.
    """

    engine: str
    file: Path
    tables: tuple[comparison.Compared, ...]
    unlike: tuple[str, ...] = ()

    @property
    def differing(self) -> tuple[comparison.Compared, ...]:
        return tuple(table for table in self.tables if not table.is_equal)

    @property
    def empty(self) -> tuple[str, ...]:
        return tuple(table.table for table in self.tables if table.is_equal and not table.rows)


def prove(layout: Layout, engine: str, address: str = "", tell: Callable[[str], None] = print) -> Proof:
    """Build twice and compare; the proof is `proofs/<current snapshot>/<engine>.json` of the data tree."""
    snapshot_id = snapshot.current(layout) or "unpublished"
    place = layout.data / "proofs" / f"{engine}.building"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    tell("DuckDB")
    building.on_duckdb(layout, place / "duckdb.db")
    # An embedded engine keeps its tables in the folder that the process stands in.
    with chdir(place), session.opened(engine, address) as opened:
        tell(engine)
        sources.register(opened, layout)
        built = building.on_engine(layout, opened, engine, place / "engine_target")
        compared = tuple(comparison.compare(place / "duckdb.db", opened))
    published = layout.published / snapshot_id / snapshot.DATABASE
    unlike = tuple(comparison.unlike(place / "duckdb.db", published)) if published.exists() else ()
    file = place.parent / snapshot_id / f"{engine}.json"
    file.parent.mkdir(exist_ok=True)
    said = _said(engine, compared, built) | {"snapshot_id": snapshot_id, "unlike_snapshot": unlike}
    file.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    shutil.rmtree(place)
    return Proof(engine, file, compared, unlike)


def _said(engine: str, compared: tuple[comparison.Compared, ...], built: building.Built) -> dict[str, Any]:
    seconds = {built.relations[name]: taken for name, taken in built.seconds.items() if name in built.relations}
    return {
        "engine": engine,
        "versions": {"duckdb": duckdb.__version__} | session.versions(engine),
        "proven_at": datetime.now(BEIJING).isoformat(timespec="seconds"),
        "equal": sum(table.is_equal and table.rows > 0 for table in compared),
        "empty": [table.table for table in compared if table.is_equal and not table.rows],
        "tables": [asdict(table) | {"seconds": seconds.get(table.table)} for table in compared],
    }
