"""Where Dagster keeps what happened: one SQLite file, written through one connection.
Named in dagster.yaml; nothing that counts is read back: the receipts and the gate's results are the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from dagster._core.storage.event_log import ConsolidatedSqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event


class OneConnectionEventLog(ConsolidatedSqliteEventLogStorage):
    """Dagster's own opens the file anew, and waits for the disk, for each of the thousands of events that thirteen
    kinds × forty-six months make: 33 s of processor time where this takes 6."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engine: Engine | None = None
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]
    ) -> OneConnectionEventLog:
        return cls(inst_data=inst_data, **config_value)

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        if self._engine is None:
            self._engine = create_engine(self._conn_string, connect_args={"timeout": 60})
            event.listen(self._engine, "connect", _do_not_wait_for_the_disk)
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def dispose(self) -> None:
        super().dispose()
        if self._engine is not None:
            self._engine.dispose()


def _do_not_wait_for_the_disk(connection: Any, _: object) -> None:
    """With its write-ahead log the file survives a killed process; only a power cut may lose the last events."""
    connection.execute("pragma synchronous = normal")


def set_aside_damaged(home: Path) -> list[Path]:
    """Move the files of Dagster's store that are damaged to `<home>/damaged`; Dagster makes new ones. Gives them."""
    found = [file for file in sorted(home.rglob("*.db")) if file.parent.name != "damaged" and not _is_whole(file)]
    for file in found:
        aside = home / "damaged"
        aside.mkdir(exist_ok=True)
        for part in (file, *file.parent.glob(f"{file.name}-*")):
            part.replace(aside / part.name)
    return found


def _is_whole(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("pragma quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as problem:
        return "locked" in str(problem)
