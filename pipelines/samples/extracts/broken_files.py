"""Files that are broken as a whole, for tests of receiving: truncated, encrypted, empty, misnamed, a column missing.
A sample never contains one; wrong rows in sound files belong to `faults`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_OLE_HEADER = bytes.fromhex("d0cf11e0a1b11ae1")  # an encrypted workbook is an OLE container, not a zip


def truncated(source: Path, target: Path, kept: float = 0.6) -> Path:
    """The first part of a file, as after an interrupted copy: cut within a row, or within a zip's directory."""
    data = source.read_bytes()
    target.write_bytes(data[: max(1, int(len(data) * kept))])
    return target


def encrypted(target: Path) -> Path:
    """What a workbook protected by a password begins with."""
    target.write_bytes(_OLE_HEADER + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1024)
    return target


def empty(target: Path) -> Path:
    """A file of no bytes."""
    target.write_bytes(b"")
    return target


def header_only(source: Path, target: Path) -> Path:
    """A CSV with its header and no row."""
    target.write_bytes(source.read_bytes().split(b"\n", 1)[0] + b"\n")
    return target


def misnamed(source: Path, target: Path) -> Path:
    """The bytes of one format under the ending of another: give `target` another ending than `source`."""
    target.write_bytes(source.read_bytes())
    return target


def without_column(source: Path, target: Path, header: str, encoding: str) -> Path:
    """A CSV file that lacks one column."""
    lines = source.read_bytes().decode(encoding).splitlines()
    position = lines[0].lstrip("\ufeff").split(",").index(header)
    kept = [",".join(cells[:position] + cells[position + 1 :]) for cells in (line.split(",") for line in lines)]
    target.write_bytes(("\n".join(kept) + "\n").encode(encoding))
    return target


def mixed_encodings(source: Path, target: Path, encoding: str) -> Path:
    """A CSV whose second half is in another encoding, as when two files are pasted together."""
    lines = source.read_bytes().decode(encoding).splitlines(keepends=True)
    middle = max(1, len(lines) // 2)
    other = "utf-8" if encoding == "gb18030" else "gb18030"
    target.write_bytes("".join(lines[:middle]).encode(encoding) + "".join(lines[middle:]).encode(other))
    return target


BUILDERS: dict[str, Callable[..., Path]] = {
    "truncated": truncated,
    "encrypted": encrypted,
    "empty": empty,
    "header_only": header_only,
    "misnamed": misnamed,
    "without_column": without_column,
    "mixed_encodings": mixed_encodings,
}
