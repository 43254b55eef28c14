"""Copies the records of the lake to where an engine's workers read them: a folder, `s3a://…`, `hdfs://…`.
Receiving writes to the tree's own lake alone; the tables over what was copied are made by sources.py."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from pyarrow import fs

from pipelines.layout import Layout

PLACED = "_placed.json"  # names begin with an underscore: engines pass over such files
PART = ".part"
PENDING = ""
SCHEMES = {"s3a": "s3", "s3n": "s3"}  # Spark's names of what the library calls s3


class LocationError(Exception):
    """The location cannot be used; the text says why and what to do, in Chinese and English."""


def place(layout: Layout) -> str:
    """The folder or address under which each kind of the lake has its folder, after what is new was copied there.

    Each file is written aside and then moved, so a reader meets whole files only. What was begun is noted first:
    a copy that was cut off is made again. LocationError if the location does not answer or holds others' files.
    """
    if not layout.lake_location:
        return str(layout.lake)
    try:
        system, root = _opened(layout.lake_location)
        _mirror(layout.lake, system, root)
    except (OSError, ValueError, ImportError, NotImplementedError) as problem:
        said = " ".join(str(problem).split())
        raise LocationError(
            f"湖的位置 {layout.lake_location} 不能使用（{said}），请检查 ENFORCEMENT_LAKE_LOCATION 和权限 | the lake's "
            f"location {layout.lake_location} cannot be used ({said}): check ENFORCEMENT_LAKE_LOCATION and its rights"
        ) from problem
    return layout.lake_location.rstrip("/")


def _opened(location: str) -> tuple[fs.FileSystem, str]:
    if "://" not in location:
        return fs.LocalFileSystem(), str(Path(location).expanduser().resolve())
    found: tuple[fs.FileSystem, str] = fs.FileSystem.from_uri(library_address(location))
    return found


def library_address(location: str) -> str:
    """The location as the library that copies names it: `s3://…` for `s3a://…`."""
    scheme, mark, rest = location.partition("://")
    return f"{SCHEMES.get(scheme, scheme)}{mark}{rest.rstrip('/')}"


def _mirror(lake: Path, system: fs.FileSystem, root: str) -> None:
    wanted = {file.relative_to(lake).as_posix(): file for file in _records(lake)}
    digests = {name: sha256(file.read_bytes()).hexdigest() for name, file in wanted.items()}
    system.create_dir(root, recursive=True)
    placed = _noted(system, root)
    lying = _lying(system, root)
    there = {name for name in lying if name.endswith(".parquet")}
    if strange := sorted(name for name in there if name not in placed and name not in digests):
        raise ValueError(f"{len(strange)} files that are not this lake's, e.g. {strange[0]}; use an empty place")
    due = [name for name, digest in digests.items() if name not in there or placed.get(name) != digest]
    gone = sorted((there - digests.keys()) | {name for name in lying if name.endswith(PART)})
    if due or gone:
        _note(system, root, placed | dict.fromkeys(due, PENDING))
        for name in gone:
            system.delete_file(f"{root}/{name}")
        for name in due:
            _copy(wanted[name], system, f"{root}/{name}")
        _note(system, root, digests)


def _records(lake: Path) -> list[Path]:
    kinds = [folder for folder in sorted(lake.iterdir()) if folder.is_dir() and not folder.name.startswith("_")]
    return [file for folder in kinds for file in sorted(folder.rglob("*.parquet"))]


def _lying(system: fs.FileSystem, root: str) -> set[str]:
    """The files under `root`, by their names within it."""
    found = system.get_file_info(fs.FileSelector(root, recursive=True))
    return {info.path.removeprefix(root).lstrip("/") for info in found if info.type == fs.FileType.File}


def _copy(file: Path, system: fs.FileSystem, to: str) -> None:
    folder, _, name = to.rpartition("/")
    system.create_dir(folder, recursive=True)
    aside = f"{folder}/_{name}{PART}"
    with system.open_output_stream(aside) as stream:
        stream.write(file.read_bytes())
    system.move(aside, to)


def _noted(system: fs.FileSystem, root: str) -> dict[str, str]:
    """What lies there of this lake: the digest by name, PENDING for what was begun."""
    if system.get_file_info(f"{root}/{PLACED}").type == fs.FileType.NotFound:
        return {}
    with system.open_input_stream(f"{root}/{PLACED}") as stream:
        try:
            return dict(json.loads(stream.read()))
        except ValueError:  # cut off by a machine that fell: everything is copied again
            return {}


def _note(system: fs.FileSystem, root: str, placed: dict[str, str]) -> None:
    aside = f"{root}/{PLACED}{PART}"
    with system.open_output_stream(aside) as stream:
        stream.write(json.dumps(placed, indent=0).encode())
    system.move(aside, f"{root}/{PLACED}")
