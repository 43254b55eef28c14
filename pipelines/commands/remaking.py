"""A snapshot made again from what it was made of: its deliveries, its settings, and what had been published before it.
Everything happens in a tree aside, of links into this one; what is said of the outcome belongs to `remake`."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines import snapshots
from pipelines.defs.ingestion.settling import settle
from pipelines.engines.building import on_duckdb
from pipelines.engines.comparison import unlike
from pipelines.extracts import loading, receipts
from pipelines.layout import Layout
from pipelines.publication.public_models import definitions_digest, read_dbt_manifest
from pipelines.publication.values import numbered
from pipelines.publication.values_schema import entries, open_ledger
from pipelines.settings.effective import are_own, digest
from pipelines.settings.provenance import FILE as IN_FORCE

LEDGER_FILES = ("masking.json", "person_key.json")
TARGET = "duckdb_target"  # where the build beside the warehouse leaves what dbt wrote


class NotToBeMadeError(Exception):
    """The snapshot cannot be made again; the message says why, in both languages."""


@dataclass(frozen=True)
class Remade:
    """What came of it. `unlike`: tables that are not row for row what the snapshot shows.

    `gone`: deliveries whose file lies in landing no longer, taken as they were last received. `is_by_same_models`:
    whether the models are those that made the snapshot.
    """

    unlike: tuple[str, ...]
    gone: int
    is_by_same_models: bool


def remake(where: Layout, snapshot_id: str) -> Remade:
    """Make a snapshot again aside, and compare it table by table, row by row. NotToBeMadeError."""
    said = _described(where, snapshot_id)
    with _aside(where) as aside:
        then = replace(where, data=aside, settings_dir=_settings(where, snapshot_id, said, aside), seeds_dir=None)
        gone = _deliveries(where, then, said)
        _published(where, then, snapshot_id, said)
        _compute(then)
        built = aside / snapshots.DATABASE
        on_duckdb(then, built)
        found = unlike(built, where.published / snapshot_id / snapshots.DATABASE)
        models = definitions_digest(read_dbt_manifest(aside / TARGET))
        return Remade(tuple(found), gone, said["definitions"]["digest"] == models)


@contextmanager
def _aside(where: Layout) -> Iterator[Path]:
    """A tree of its own on the same disk: links to files need that."""
    where.warehouse.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=where.warehouse, prefix=".remade-") as folder:
        yield Path(folder)


def _described(where: Layout, snapshot_id: str) -> dict[str, Any]:
    said = snapshots.described(where.published / snapshot_id) if snapshots.NAME.fullmatch(snapshot_id) else None
    if said is None:
        kept = ", ".join(snapshots.kept(where)) or "—"
        raise NotToBeMadeError(f"没有这个快照，现有 {kept} | there is no such snapshot; those kept: {kept}")
    if said.get("as_known_at"):
        raise NotToBeMadeError(
            "该快照只到某月为止所知，不另行重算 | that snapshot shows what was known at a month: it is not made again"
        )
    if "settings" not in said:
        raise NotToBeMadeError(
            "该快照由早先的版本发布，没有存下设置 | that snapshot is of an earlier version, which kept no settings"
        )
    return said


def _settings(where: Layout, snapshot_id: str, said: dict[str, Any], aside: Path) -> Path:
    """The settings that the snapshot was made with: its copy, or none where the samples' stood in for them."""
    folder = aside / "settings"
    folder.mkdir()
    if said["settings"]["is_own"]:
        for file in (where.published / snapshot_id / snapshots.SETTINGS).iterdir():
            if file.name != IN_FORCE:
                shutil.copyfile(file, folder / file.name)
        return folder
    then = replace(where, settings_dir=folder)
    if are_own(then) or digest(then) != said["settings"]["digest"]:
        raise NotToBeMadeError(
            "该快照用的是样例的名册，样例后来有改动 | that snapshot was made with the samples' register, since changed"
        )
    return folder


def _deliveries(where: Layout, then: Layout, said: dict[str, Any]) -> int:
    """The snapshot's deliveries: file, receipt, rows. How many files lie in landing no longer."""
    kept = [where.ledger / name for name in LEDGER_FILES if (where.ledger / name).exists()]
    for folder in (where.ledger / "looks", where.gate / "results", where.gate / "failing_rows"):
        kept += [file for file in folder.rglob("*") if file.is_file()]
    gone = 0
    for each in said["deliveries"]:
        place = each["kind"], str(each["extract_month"])[:7], each["delivery_id"]
        found = [of(where, *place) for of in (receipts.lake_file, receipts.rejects_file, receipts.conversions_file)]
        found += [where.ledger / copy / place[0] / place[1] / f"{place[2]}.json" for copy in receipts.FOLDERS]
        landed = where.landing / place[1] / place[0] / Path(each["file_name"]).name
        is_there = landed.is_file() and receipts.sha256(landed) == each["file_sha256"]
        gone += not is_there
        kept += [path for path in found if path.exists()] + [landed] * is_there
    for path in kept:
        _link(where, then, path)
    return gone


def _published(where: Layout, then: Layout, snapshot_id: str, said: dict[str, Any]) -> None:
    """What had been published before it: the entries of the ledger of values, and the settings of earlier snapshots."""
    open_ledger(then)
    before = min((n for n, name in map(_entry, entries(where)) if name == snapshot_id), default=None)
    for entry in entries(where):
        if before is None or _entry(entry)[0] < before:
            for file in entry.iterdir():
                _link(where, then, file)
    for other in snapshots.kept(where):
        folder = where.published / other
        if snapshots.turn(snapshots.described(folder) or {}) < snapshots.turn(said):
            made_with = (folder / snapshots.SETTINGS).glob("*")
            for file in (folder / snapshots.DATABASE, folder / snapshots.MANIFEST, *made_with):
                _link(where, then, file)


def _entry(path: Path) -> tuple[int, str]:
    return numbered(path.name)


def _link(where: Layout, then: Layout, file: Path) -> None:
    """The same file at its place in the tree aside. What is written there later is put in its place, never into it."""
    place = then.data / file.relative_to(where.data)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.link(file, place)


def _compute(then: Layout) -> None:
    """Receiving, ledger and gate, as a run would do them."""
    for kind, month in receipts.months(then):
        loading.receive_month(then, kind, month)
    loading.consolidate(then)
    settle(then)
