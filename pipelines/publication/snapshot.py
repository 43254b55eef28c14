"""Publishes a snapshot: made aside, sealed, named, and only then pointed to; what retention.py says is kept.
What is in it is copied by copying.py and described by manifest.py."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines import ownership
from pipelines.layout import Layout
from pipelines.publication import copying, coverage, manifest, public_models, retention, settling, values
from pipelines.publication.public_models import NotPublishableError
from pipelines.settings import effective as settings
from pipelines.settings import handover, provenance, trial
from pipelines.settings.installation import names
from pipelines.snapshots import DATABASE, MANIFEST, SETTINGS, current, described, kept, pointed, turn

__all__ = ["DATABASE", "MANIFEST", "broken", "current", "is_sound", "kept", "publish", "set_aside"]


@dataclass(frozen=True)
class Published:
    """The snapshot that is current after publishing. `is_new` is False when the same content was there already.

    `told`: what was found damaged, in both languages.
    """

    snapshot_id: str
    directory: Path
    is_new: bool
    tables: dict[str, int]
    told: tuple[str, ...] = ()


def publish(layout: Layout, as_known_at: str = "", *, force: bool = False) -> Published:
    """Publish the warehouse's public tables. NotPublishableError leaves everything as it was.

    `as_known_at` is the dbt variable the warehouse was built with: '' for everything delivered, or `YYYY-MM`.
    `force` publishes also months of which too few courts have delivered, and the manifest says so.
    """
    started = datetime.now(UTC)
    layout.published.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(layout)
    settling.settle(layout, kept(layout))
    dbt = public_models.read_dbt_manifest(layout.dbt_target)
    content = manifest.read_content(layout, public_models.definitions_digest(dbt), as_known_at)
    directory = layout.published / content.snapshot_id
    covered = _coverage(layout, dbt)
    thin = [] if as_known_at else coverage.too_thin(covered, _current_manifest(layout))
    if thin and not force:
        raise NotPublishableError(coverage.sentence(thin))
    told = _damage(layout, directory)
    is_new = not is_sound(directory)
    if is_new:
        set_aside(layout, directory)
        _make(layout, content, dbt, started, manifest.Spoken(tuple(covered), tuple(thin)))
    if not as_known_at:  # a replay of the past publishes nothing new
        values.record(layout, directory / DATABASE, directory / MANIFEST)
    _point_to(layout, content.snapshot_id)
    trial.prove(layout)
    _prune(layout)
    described = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    return Published(content.snapshot_id, directory, is_new, described["tables"], tuple(told))


def _damage(layout: Layout, directory: Path) -> list[str]:
    """What is said of a damaged pointer, and of damage to the very snapshot that is being published."""
    told = []
    if layout.pointer.exists() and current(layout) != pointed(layout):
        told.append(f"{layout.pointer} 已损坏，重新写入 | {layout.pointer} is damaged, and is written again")
    if directory.exists() and not is_sound(directory):
        told.append(f"{directory} 已损坏，移至旁边重新生成 | {directory} is damaged: set aside, and made again")
    return told


def is_sound(directory: Path) -> bool:
    """Whether a snapshot is whole, and its database is to the last bit what its manifest says."""
    said = described(directory)
    return said is not None and said["database"].get("sha256") in (None, manifest.sha256(directory / DATABASE))


def broken(layout: Layout) -> list[str]:
    """The names of folders that should be snapshots and are not whole."""
    folders = [path for path in layout.published.iterdir() if path.is_dir() and path.name[0] not in "._"]
    return sorted(folder.name for folder in folders if described(folder) is None)


def set_aside(layout: Layout, path: Path) -> None:
    """Move something damaged, if it is there, to where nothing reads it: it may be worth a second look."""
    if path.exists():
        aside = layout.data / "damaged" / path.relative_to(layout.data)
        if aside.exists():
            ownership.remove(aside)
        aside.parent.mkdir(parents=True, exist_ok=True)
        ownership.unseal(path)  # a folder that is closed cannot be moved by its owner
        path.rename(aside)


def _next_turn(layout: Layout) -> int:
    """One more than that of the latest, which has the highest."""
    latest = next(iter(kept(layout)), None)
    return turn(described(layout.published / latest) or {}) + 1 if latest else 1


def _coverage(layout: Layout, dbt: dict[str, Any]) -> list[coverage.Coverage]:
    is_reckoned = any(model.full_name == coverage.TABLE for model in public_models.public_models(dbt))
    return coverage.read(layout.warehouse_file) if is_reckoned else []


def _current_manifest(layout: Layout) -> dict[str, Any] | None:
    return described(layout.published / str(current(layout)))


def _make(
    layout: Layout, content: manifest.Content, dbt: dict[str, Any], started: datetime, spoken: manifest.Spoken
) -> None:
    """Write the snapshot into a folder of its own that nobody looks at, and give it its name when it is whole."""
    aside = layout.published / f".{content.snapshot_id}.{os.getpid()}"
    aside.mkdir()
    database = aside / DATABASE
    counts = copying.copy_tables(layout.warehouse_file, database, public_models.public_models(dbt), dbt)
    described = manifest.describe(content, counts, started, database, spoken, layout.made_by)
    described["turn"] = _next_turn(layout)
    described["settings"] = _keep_settings(layout, aside / SETTINGS)
    described["installation"] = names(settings.files(layout))
    (aside / MANIFEST).write_text(json.dumps(described, ensure_ascii=False, indent=1), encoding="utf-8")
    for file in (database, aside / MANIFEST):
        _sync(file)
    ownership.seal(aside)
    aside.rename(layout.published / content.snapshot_id)


def _keep_settings(layout: Layout, folder: Path) -> dict[str, Any]:
    """A copy of the settings that the snapshot was made with; their digests."""
    folder.mkdir()
    digests: dict[str, str] = {}
    for file in settings.files(layout):
        kept = folder / (file.name if file.name not in digests else f"{file.parent.parent.name}-{file.name}")
        kept.write_bytes(file.read_bytes())
        digests[kept.name] = manifest.sha256(kept)
    provenance.write(layout, folder)
    ownership.seal(folder)
    by = {name: taker for name, digest in digests.items() if (taker := handover.takers(layout).get(digest))}
    said = {"digest": settings.digest(layout), "files": digests, "is_own": settings.are_own(layout)}
    return {**said, "handed_over": by}


def _point_to(layout: Layout, snapshot_id: str) -> None:
    if pointed(layout) == snapshot_id:
        return
    aside = layout.published / f".CURRENT.{os.getpid()}"
    aside.write_text(snapshot_id + "\n", encoding="utf-8")
    _sync(aside)
    aside.replace(layout.pointer)


def _prune(layout: Layout) -> None:
    """Remove what nothing holds any more; a reader that opens one meanwhile reads on: its file lives until then."""
    names, now = kept(layout), current(layout)
    manifests = {name: described(layout.published / name) or {} for name in names}
    in_order = sorted(names, key=lambda name: name != now)  # the current one counts among the last in any case
    for snapshot_id in retention.to_remove(layout, in_order, manifests, DATABASE):
        doomed = layout.published / f".{snapshot_id}.doomed"
        (layout.published / snapshot_id).rename(doomed)
        ownership.remove(doomed)
        settling.forget(layout, snapshot_id)


def _clear_leftovers(layout: Layout) -> None:
    """What a killed run left behind: folders and pointers that never got their name, snapshots half removed.

    A snapshot has its manifest from the moment it has its name: one without was damaged, and is left for a look.
    """
    for path in layout.published.glob(".*"):
        if path.is_dir():
            ownership.remove(path)
        else:
            path.unlink()


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
