"""The manifest of a snapshot: from which deliveries, by which definitions and with which tools it was made.
Also the snapshot's id, a digest of that; copying tables and moving the pointer are not done here."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import duckdb

from pipelines.layout import REPOSITORY, Layout
from pipelines.publication.coverage import Coverage
from pipelines.publication.public_models import NotPublishableError

TOOLS = ("duckdb", "dbt-core", "dbt-duckdb", "dagster", "great-expectations", "streamlit", "polars", "pyarrow")


@dataclass(frozen=True)
class Content:
    """What a snapshot is made from. Equal contents have equal ids, whatever the order in which months arrived."""

    months: tuple[str, ...]
    deliveries: tuple[dict[str, Any], ...]
    gate: tuple[dict[str, Any], ...]
    gaps: tuple[dict[str, Any], ...]
    definitions: str
    as_known_at: str

    @property
    def latest_month(self) -> str:
        return self.as_known_at or self.months[-1]

    @property
    def snapshot_id(self) -> str:
        """`<latest month>-<ten hexadecimal digits of everything that determines the tables>`."""
        parts = (self.deliveries, self.gate, self.gaps, self.definitions, self.as_known_at)
        return f"{self.latest_month}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:10]}"


def read_content(layout: Layout, definitions: str, as_known_at: str) -> Content:
    """The content of the ledger and the gate as they are now. NotPublishableError if nothing was ever accepted."""
    deliveries = _rows(
        """
        select
            deliveries.* exclude (message_zh, message_en, remedy_zh, remedy_en),
            coalesce(courts.courts_in_force, 0) as courts_in_force
        from read_parquet($deliveries) as deliveries
        left join (
            select delivery_id, count(*) as courts_in_force
            from read_parquet($courts) where is_in_force group by delivery_id
        ) as courts on deliveries.delivery_id = courts.delivery_id
        order by deliveries.extract_month, deliveries.kind, deliveries.file_name, deliveries.delivery_id
        """,
        {
            "deliveries": str(layout.ledger / "deliveries.parquet"),
            "courts": str(layout.ledger / "delivery_courts.parquet"),
        },
    )
    months = sorted({row["extract_month"][:7] for row in deliveries if row["courts_in_force"]})
    if not months:
        raise NotPublishableError("nothing delivered has been accepted: there is nothing to publish")
    gate = _rows(
        """
        select rule_code, kind, extract_month, severity, checked_count, failed_count, threshold, passed
        from read_parquet($results) order by kind, extract_month, rule_code
        """,
        {"results": str(layout.gate / "results.parquet")},
    )
    gaps = _rows(
        """
        select
            strftime(extract_month, '%Y-%m') as month, kind, court_code, reason, file_name, kept_delivery_id, said_code
        from read_parquet($gaps) order by all
        """,
        {"gaps": str(layout.ledger / "delivery_gaps.parquet")},
    )
    return Content(tuple(months), tuple(deliveries), tuple(gate), tuple(gaps), definitions, as_known_at)


@dataclass(frozen=True)
class Spoken:
    """For how many courts a snapshot speaks, and the months published because somebody wanted them all the same."""

    coverage: tuple[Coverage, ...] = ()
    forced: tuple[Coverage, ...] = ()


def describe(
    content: Content, counts: dict[str, int], started: datetime, database: Path, spoken: Spoken, made_by: Path
) -> dict[str, Any]:
    """The manifest as it is written to manifest.json. `made_by` says which engine computed the models; DuckDB if
    there is no such file."""
    finished = datetime.now(UTC)
    return {
        "snapshot_id": content.snapshot_id,
        "latest_month": content.latest_month,
        "months": content.months,
        "as_known_at": content.as_known_at or None,
        "published_at": finished.isoformat(),
        "started_at": started.isoformat(),
        "finished_at": finished.isoformat(),
        "database": {"file": database.name, "bytes": database.stat().st_size, "sha256": sha256(database)},
        "tables": counts,
        "gaps": content.gaps,
        "coverage": {each.place: [each.delivered, each.expected] for each in spoken.coverage},
        "forced": [each.place for each in spoken.forced],
        "deliveries": content.deliveries,
        "gate": _gate_summary(content.gate),
        "definitions": {"digest": content.definitions, "versions": _definition_versions(database)},
        "code": {"version": _package_version(), "commit": _commit()},
        "engine": json.loads(made_by.read_bytes()) if made_by.exists() else {"name": "duckdb"},
        "tools": {name: metadata.version(name) for name in TOOLS},
    }


def _gate_summary(gate: Sequence[dict[str, Any]]) -> dict[str, Any]:
    failed = [row for row in gate if not row["passed"]]
    return {
        "rules_checked": len(gate),
        "rules_failed": len(failed),
        "blocked": sum(row["severity"] == "block" for row in failed),
        "failed": failed,
    }


def _definition_versions(database: Path) -> list[dict[str, Any]]:
    """Which version of each indicator's definition the snapshot holds, where it holds indicators."""
    with duckdb.connect(str(database), read_only=True) as connection:
        columns = connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'core' and table_name = 'dim_indicators'"
        ).fetchall()
        named = [
            name for (name,) in columns if name in ("indicator_code", "definition_version", "valid_from", "valid_to")
        ]
        if not named:
            return []
        rows = connection.table("core.dim_indicators").select(*(duckdb.ColumnExpression(name) for name in named))
        return sorted(
            ({key: _plain(value) for key, value in zip(named, row, strict=True)} for row in rows.fetchall()), key=repr
        )


def _rows(query: str, parameters: dict[str, str]) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        found = connection.execute(query, parameters)
        names = [column[0] for column in found.description or ()]
        return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in found.fetchall()]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def sha256(path: Path) -> str:
    """The checksum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _package_version() -> str:
    return str(tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def _commit() -> str | None:
    """The git commit of the code, with `+` when files differ from it; None where there is no git or no repository."""
    if not (REPOSITORY / ".git").exists():
        return None
    try:
        commit = _git("rev-parse", "HEAD")
        return commit + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
