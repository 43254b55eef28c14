"""What is in the repository: its files, its Python modules and their imports.
Rules about them belong to the test modules."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("pipelines", "expectations", "dashboards", "grammar")
TEXT = {
    ".py", ".sql", ".yml", ".yaml", ".toml", ".md", ".csv", ".cfg", ".css", ".html", ".js", ".sh", ".txt", ".json", ""
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One Python file: `path` relative to the root, and its text."""

    path: str
    text: str

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def imports(self) -> set[str]:
        """Full dotted names of everything imported, at any depth of the file, relative imports resolved."""
        found: set[str] = set()
        package = self.module.split(".")
        if not self.path.endswith("__init__.py"):
            package = package[:-1]
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                found.add(".".join([*base, *([node.module] if node.module else [])]))
        return found


@cache
def files() -> tuple[str, ...]:
    """Every file that is, or would be, in version control; paths from the root. Golden deliveries are left out."""
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    return tuple(sorted(f for f in listed if f and (ROOT / f).is_file() and not f.startswith("tests/golden/landing/")))


def texts(*suffixes: str) -> list[tuple[str, str]]:
    """(path, text) of the files with one of these endings; of all text files when none is named."""
    wanted = set(suffixes) or TEXT
    return [(f, (ROOT / f).read_text(encoding="utf-8-sig")) for f in files() if Path(f).suffix in wanted]


def sources(*prefixes: str) -> list[Source]:
    """The Python files below any of these folders or files; all of them when none is named."""
    return [Source(f, text) for f, text in texts(".py") if not prefixes or f.startswith(prefixes)]
