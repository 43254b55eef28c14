"""The databases that a statement is asked of, handed to DuckDB under names without folders, and for reading only.
Which files they are, and whether their seals are whole, is decided by the worker."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from fsspec import AbstractFileSystem

SCHEME = "sealed"


class SealedFiles(AbstractFileSystem):
    """A file system of these files alone. Of DuckDB's own, every question for an open database tells its folder.

    PermissionError for writing, FileNotFoundError for every other name, a log beside a database among them.
    """

    protocol = SCHEME
    cachable = False

    def __init__(self, files: Iterable[Path]) -> None:
        super().__init__()
        self._files = {file.name: file for file in files}

    def _file(self, path: str) -> Path:
        name = path.removeprefix(f"{SCHEME}://")
        if name not in self._files:
            raise FileNotFoundError(name)
        return self._files[name]

    def _open(self, path: str, mode: str = "rb", **_: Any) -> BinaryIO:
        if mode != "rb":
            raise PermissionError(f"{path}: {mode}")
        return self._file(path).open("rb")

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Name, size in bytes, and that it is a file."""
        return {"name": path, "size": self._file(path).stat().st_size, "type": "file"}

    def exists(self, path: str, **_: Any) -> bool:
        """Whether it is one of the files."""
        return path.removeprefix(f"{SCHEME}://") in self._files

    def isfile(self, path: str) -> bool:
        """As `exists`: there are no folders."""
        return self.exists(path)

    def isdir(self, path: str) -> bool:
        """There are no folders."""
        return False

    def glob(self, path: str, **_: Any) -> list[str]:
        """The path itself, if it is one of the files: nothing is listed."""
        return [path] if self.exists(path) else []
