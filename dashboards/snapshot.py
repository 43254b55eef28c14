"""Finds the published snapshots and opens one of them for reading.
Questions to the data belong in queries; caching and sessions belong in the pages."""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboards import seal

DATABASE = "enforcement.duckdb"
PROVINCE = "province"  # the name under which an excerpt sees the tables that are for everybody
REPOSITORY = Path(__file__).resolve().parent.parent
# Ids come from the URL too: a path separator in one would leave the published directory.
SNAPSHOT_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.+-]{0,99}")
_opening = threading.Lock()


@lru_cache(maxsize=64)
def _manifest(file: Path, changed_at: int) -> dict[str, Any]:
    content = json.loads(file.read_text(encoding="utf-8"))
    return content if isinstance(content, dict) else {}


@dataclass(frozen=True)
class Snapshot:
    """One sealed set of tables. `published_at` is None when the manifest does not say.

    Of an excerpt, `province` is the file that holds what is the same for everybody; its own database has views on it.
    """

    snapshot_id: str
    directory: Path
    province: Path | None = None

    @property
    def database(self) -> Path:
        return self.directory / DATABASE

    def manifest(self) -> dict[str, Any]:
        """The manifest's content; empty when it is missing or not JSON. Not to be changed by the caller."""
        file = self.directory / "manifest.json"
        try:
            return _manifest(file, file.stat().st_mtime_ns)
        except (OSError, ValueError):
            return {}

    def called(self, entry: str, province: str, lang: str) -> str:
        """`name` or `letterhead` of a province in the installation's words; empty where its settings say none."""
        said = self.manifest().get("installation")
        if not isinstance(said, dict):
            return ""
        provinces = said.get("provinces", {})
        own = said if len(provinces) < 2 and entry != "name" else {}
        return str(provinces.get(province, {}).get(f"{entry}_{lang}") or own.get(f"{entry}_{lang}") or "")

    @property
    def default_window(self) -> str:
        """The window that pages show at first, as the installation has it; empty where it says none."""
        said = self.manifest().get("installation")
        return str(said.get("default_window", "")) if isinstance(said, dict) else ""

    @property
    def criteria_freeze(self) -> str:
        """Month and day (MM-DD) until which criteria of the next year may change; empty where no setting says it."""
        said = self.manifest().get("installation")
        return str(said.get("criteria_freeze", "")) if isinstance(said, dict) else ""

    def is_whole(self) -> bool:
        """Whether its database is as long as its manifest says, if that says it. Its bits are compared when opened."""
        said = self.manifest().get("database")
        length = said.get("bytes") if isinstance(said, dict) else None
        try:
            return length is None or self.database.stat().st_size == length
        except OSError:
            return False

    def published_at(self) -> datetime | None:
        """When the manifest says it was published."""
        said = self.manifest().get("published_at") or self.manifest().get("created_at")
        try:
            return datetime.fromisoformat(str(said)) if said else None
        except ValueError:
            return None


def published_directory() -> Path:
    """`<data>/published`, from ENFORCEMENT_DATA_DIR at the moment of asking."""
    data = os.environ.get("ENFORCEMENT_DATA_DIR")
    return (Path(data) if data else REPOSITORY / "data") / "published"


def packs_directory(snapshot: Snapshot) -> Path:
    """`<data>/packs/<id>`: the meeting packs made of a snapshot. Its own folder is sealed."""
    return published_directory().parent / "packs" / snapshot.snapshot_id


def documents_file(snapshot_id: str) -> Path:
    """dbt's site on the models of a snapshot; where an earlier version put it, if it is only there."""
    file = published_directory().parent.joinpath("documents", snapshot_id, "index.html")
    return file if file.is_file() else published_directory().joinpath(snapshot_id, "docs", "index.html")


def proofs(snapshot_id: str) -> list[dict[str, Any]]:
    """What other engines gave for a snapshot's tables (docs/engines.md), by engine; a file that is no proof is none."""
    found = []
    for file in sorted(published_directory().parent.joinpath("proofs", snapshot_id).glob("*.json")):
        try:
            found.append(dict(json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, TypeError, ValueError):
            continue
    return found


def current_id() -> str | None:
    """The id that CURRENT points to; where it is damaged, or leads to nothing that is whole, that of the newest whole
    snapshot. None when nothing was published."""
    said = pointed_id()
    found = find(said)
    return said if found is not None and found.is_whole() else next(iter(whole_ids()), said)


def pointed_id() -> str | None:
    """What CURRENT says, whether there is such a snapshot or not; None when it says nothing, or is not there."""
    try:
        text = (published_directory() / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text or None


def stands_in(source: Snapshot) -> bool:
    """Whether it is shown as current because the pointer is damaged, or leads to one that is not whole."""
    return source.snapshot_id == current_id() != pointed_id()


def whole_ids() -> list[str]:
    """The ids of whole snapshots, the last published first."""
    folders = published_directory().iterdir() if published_directory().is_dir() else ()
    found = [one for folder in folders if (one := find(folder.name)) and one.published_at() and one.is_whole()]
    return [one.snapshot_id for one in sorted(found, key=_order, reverse=True)]


def _order(snapshot: Snapshot) -> tuple[int, str]:
    """Its turn, which no clock sets back, and for those of earlier versions the time that their manifest says."""
    turn = snapshot.manifest().get("turn")
    return turn if isinstance(turn, int) else 0, str(snapshot.published_at())


def find(snapshot_id: str | None) -> Snapshot | None:
    """The snapshot of that id if it is still kept; None for an id that is malformed or gone."""
    if not snapshot_id or not SNAPSHOT_ID.fullmatch(snapshot_id):
        return None
    found = Snapshot(snapshot_id, published_directory() / snapshot_id)
    return found if found.database.is_file() else None


def connect(snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A read-only connection that cannot reach outside its files. Take a `cursor()` of it for every request.

    seal.BrokenSealError when the files are not as they were sealed.
    """
    verify(snapshot)
    if snapshot.province is None:
        return duckdb.connect(str(snapshot.database), read_only=True, config={"enable_external_access": "false"})
    with _opening:  # all connections of one process to one file share what is attached to it
        connection = duckdb.connect(str(snapshot.database), read_only=True)
        # With its schema: a macro of the same name, stored in the file, would answer in the function's place.
        known = connection.execute("select database_name from system.main.duckdb_databases()").fetchall()
        if (PROVINCE,) not in known:
            attach_province(connection, str(snapshot.province))
            connection.execute("set enable_external_access = false")
    return connection


def verify(snapshot: Snapshot) -> list[seal.State]:
    """seal.BrokenSealError unless the files are as they were sealed: a snapshot's by the digest in its manifest, an
    excerpt's by those beside its files, without which neither is opened. Their states, as they were looked at."""
    if snapshot.province is None:
        database = snapshot.manifest().get("database")
        return [seal.verify(snapshot.database, database.get("sha256") if isinstance(database, dict) else None)]
    return [seal.verify(file, seal.kept(file) or "") for file in (snapshot.database, snapshot.province)]


def attach_province(connection: duckdb.DuckDBPyConnection, file: str) -> None:
    """Under the name that the views of an excerpt use. Before external access is disabled: nothing is attached then."""
    quoted = file.replace("'", "''")
    connection.execute(f"attach '{quoted}' as {PROVINCE} (read_only)")
