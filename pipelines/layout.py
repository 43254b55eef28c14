"""Where things are on disk: one frozen settings object, made from the environment when it is asked for.
Paths and the person-hash key's place belong here; reading and writing files belong to the work modules."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Layout:
    """The data tree of one installation. `data` is its root; every other path hangs below it, the key aside."""

    data: Path
    key_file: Path
    engine: str = ""  # what computes the models, when it is not DuckDB
    engine_address: str = ""
    lake_location: str = ""  # where the engine's workers read the lake, when they do not see this tree
    settings_dir: Path | None = None
    seeds_dir: Path | None = None  # for tables that are computed aside

    @property
    def landing(self) -> Path:
        return self.data / "landing"

    @property
    def lake(self) -> Path:
        return self.data / "lake"

    @property
    def ledger(self) -> Path:
        return self.lake / "_ledger"

    @property
    def gate(self) -> Path:
        return self.lake / "_gate"

    @property
    def rejects(self) -> Path:
        return self.data / "rejects"

    @property
    def conversions(self) -> Path:
        return self.data / "conversions"

    @property
    def feedback(self) -> Path:
        return self.data / "feedback"

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse"

    @property
    def warehouse_file(self) -> Path:
        return self.warehouse / "enforcement.duckdb"

    @property
    def made_by(self) -> Path:
        """What computed the warehouse's rows, when it was not DuckDB: name and releases."""
        return self.warehouse / "made_by.json"

    @property
    def dbt_target(self) -> Path:
        return self.warehouse / "dbt_target"

    @property
    def dagster_home(self) -> Path:
        return self.data / "dagster"

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def pointer(self) -> Path:
        return self.published / "CURRENT"

    @property
    def exports(self) -> Path:
        return self.data / "exports"

    @property
    def published_values(self) -> Path:
        return self.published / "_values"

    @property
    def packs(self) -> Path:
        """Meeting packs, a folder a snapshot: they are made after it was sealed."""
        return self.data / "packs"

    @property
    def documents(self) -> Path:
        """dbt's site on the models, a folder a snapshot, made after it was sealed."""
        return self.data / "documents"

    @property
    def dbt_project(self) -> Path:
        return REPOSITORY / "dbt_project"

    @property
    def catalogue(self) -> Path:
        """The national catalogue: the product's own tables, which hold no court."""
        return self.dbt_project / "seeds"

    @property
    def settings(self) -> Path:
        """The installation's settings: its courts, weights, sets, days off and names."""
        return self.settings_dir or self.data / "settings"

    @property
    def seeds(self) -> Path:
        """The tables in force: catalogue and settings combined, written by pipelines.settings."""
        return self.seeds_dir or self.warehouse / "seeds"

    @property
    def last_run(self) -> Path:
        """When the last run ended, and with which exit status."""
        return self.data / "last_run.json"

    @property
    def handover(self) -> Path:
        """Sheets of settings that were sent by way of the pages, a folder each, with what became of them."""
        return self.data / "handover"


def layout() -> Layout:
    """The layout of this process: `ENFORCEMENT_DATA_DIR` moves the tree, `ENFORCEMENT_KEY_FILE` the hash key,
    `ENFORCEMENT_SETTINGS_DIR` the settings.

    The key's default place is outside the repository and outside the data tree, so that neither a copy of the
    code nor a copy of the data lets anybody turn a hash back into a person. `ENFORCEMENT_ENGINE` and
    `ENFORCEMENT_ENGINE_ADDRESS` name another engine for the models, and where it is; `ENFORCEMENT_LAKE_LOCATION` says
    where its workers read the lake.
    """
    data = Path(os.environ.get("ENFORCEMENT_DATA_DIR") or REPOSITORY / "data").expanduser().resolve()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    key = os.environ.get("ENFORCEMENT_KEY_FILE")
    settings = os.environ.get("ENFORCEMENT_SETTINGS_DIR")
    return Layout(
        data=data,
        key_file=Path(key) if key else config / "enforcement-warehouse" / "person-hash.key",
        engine=os.environ.get("ENFORCEMENT_ENGINE", ""),
        engine_address=os.environ.get("ENFORCEMENT_ENGINE_ADDRESS", ""),
        lake_location=os.environ.get("ENFORCEMENT_LAKE_LOCATION", ""),
        settings_dir=Path(settings).expanduser().resolve() if settings else None,
    )
