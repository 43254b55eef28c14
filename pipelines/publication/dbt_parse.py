"""The dbt project as dbt has read it, for all trees: kept under the digest of what was read, with marks where a tree's
own paths belong. Reading it takes six seconds of processor time; building and running dbt are not done here."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from pipelines import keeping
from pipelines.holding import held
from pipelines.layout import Layout
from pipelines.whole_files import put_in_place

READ = (".sql", ".yml", ".csv", ".md", ".py")
TOOLS = ("dbt-core", "dbt-duckdb")
# What stands for a tree's paths in what is kept. A seed's path is none of the environment's: it is told with the rest.
MARKS = {name: f"/mark-of-{name}" for name in ("ENFORCEMENT_LAKE", "ENFORCEMENT_REJECTS", "ENFORCEMENT_PUBLISHED")}
KEPT = 8  # a tree with settings of its own has seeds of its own
ENDING = ".parsed"


@dataclass(frozen=True)
class _Kept:
    """What dbt read: the path of the seeds as it saw them, its manifest.json, and its manifest in memory, packed."""

    seeds: str
    text: str
    packed: bytes

    def __bytes__(self) -> bytes:
        return b"\n".join([json.dumps([self.seeds, self.text]).encode(), self.packed])


def parsed(where: Layout) -> Any:
    """dbt's manifest of the project and of this tree's seeds; the tree's manifest.json is made to say the same.

    The environment is what `environment.prepare` makes it. RuntimeError with dbt's own words if it does not parse.
    """
    store = _store(where)
    kept = _told(store / _name(where))
    if kept is None:
        with held(store / ".parsing"):  # whoever has waited finds it made
            kept = _told(store / _name(where)) or _made(where, store)
    given = {mark: os.environ[name] for name, mark in MARKS.items()} | {kept.seeds: os.environ["ENFORCEMENT_SEEDS"]}
    _write_manifest(where, _replaced(kept.text, {_escaped(mark): _escaped(path) for mark, path in given.items()}))
    return _unpacked(kept.packed, given)


def _store(where: Layout) -> Path:
    """Beside the project, for all trees; in the tree where nothing can be written there."""
    shared = where.dbt_project / "target" / "parsed"
    with suppress(OSError):
        shared.mkdir(parents=True, exist_ok=True)
    return shared if os.access(shared, os.R_OK | os.W_OK | os.X_OK) else where.dbt_target


def _name(where: Layout) -> str:
    """The digest of everything that dbt reads, the tree's paths aside."""
    seen = hashlib.sha256(repr([metadata.version(tool) for tool in TOOLS]).encode())
    for place in (where.dbt_project, where.seeds):
        for file in sorted(path for path in place.rglob("*") if path.suffix in READ):
            name = file.relative_to(place)
            if name.parts[0] != "target" and not name.name.startswith("."):  # what dbt itself leaves there
                seen.update(repr((name.as_posix(), file.read_bytes())).encode())
    return seen.hexdigest() + ENDING


def _told(file: Path) -> _Kept | None:
    content = keeping.told(file)
    if content is None:
        return None
    header, _, packed = content.partition(b"\n")
    seeds, text = json.loads(header)
    return _Kept(seeds, text, packed)


def _made(where: Layout, store: Path) -> _Kept:
    """The project read by dbt; kept if nobody changed it meanwhile, and if there is room."""
    for left in where.dbt_target.glob(".parse-*"):
        shutil.rmtree(left, ignore_errors=True)
    name = _name(where)
    with tempfile.TemporaryDirectory(prefix=".parse-", dir=where.dbt_target) as aside:
        found = _read_by_dbt(where, Path(aside))
    if name == _name(where):
        with suppress(OSError):
            _keep(store, name, bytes(found))
    return found


def _read_by_dbt(where: Layout, aside: Path) -> _Kept:
    """dbt reads a copy of the seeds, whose path is like no other text of the project."""
    from dbt.cli.main import dbtRunner

    seeds = os.path.relpath(shutil.copytree(where.seeds, aside / "seeds"), where.dbt_project)
    command = ["--quiet", "parse", "--no-partial-parse", "--target-path", str(aside / "target")]
    with _environment(MARKS | {"ENFORCEMENT_SEEDS": seeds}):
        done = dbtRunner().invoke(command)
    if not done.success:
        raise RuntimeError(f"the dbt project does not parse: {done.exception}")
    text, packed = aside / "target" / "manifest.json", aside / "target" / "partial_parse.msgpack"
    return _Kept(seeds, text.read_text(encoding="utf-8"), packed.read_bytes())


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _keep(store: Path, name: str, content: bytes) -> None:
    """What nobody asked for longest makes room for it."""
    keeping.make_room(store, ENDING, KEPT - 1)
    keeping.keep(store / name, content)


def _write_manifest(where: Layout, text: str) -> None:
    file, content = where.dbt_target / "manifest.json", text.encode()
    if not file.exists() or file.read_bytes() != content:
        put_in_place(file, content, is_shared=True)


def _unpacked(packed: bytes, given: Mapping[str, str]) -> Any:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    made = Manifest.from_msgpack(packed, decoder=lambda data: _everywhere(extended_mashumuro_decoder(data), given))
    # What dbt itself makes of a manifest that it read from its own partial parse.
    made.build_parent_and_child_maps()
    made.build_group_map()
    made.build_flat_graph()
    return made


def _everywhere(value: Any, given: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _replaced(value, given)
    if isinstance(value, dict):
        return {_everywhere(key, given): _everywhere(each, given) for key, each in value.items()}
    return [_everywhere(each, given) for each in value] if isinstance(value, list) else value


def _replaced(text: str, given: Mapping[str, str]) -> str:
    for mark, path in given.items():
        if mark in text:
            text = text.replace(mark, path)
    return text


def _escaped(text: str) -> str:
    """As it stands within a string of dbt's JSON."""
    return json.dumps(text)[1:-1]
