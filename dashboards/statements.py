"""Reads named statements from the SQL file beside a module of queries, once.
Which values are bound and what an answer looks like is said by the module's functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


@cache
def statements(module: str) -> Mapping[str, str]:
    """name → statement, of the file `<module>.sql` beside the given `__file__`. ValueError for a name given twice.

    Each statement follows its line `-- name: held` and ends at the next such line. What stands before the first is a
    remark on the file.
    """
    file = Path(module).with_suffix(".sql")
    _, *parts = NAME.split(file.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        if name in found:
            raise ValueError(f"{file.name} names two statements {name}")
        found[name] = text.strip().removesuffix(";").rstrip()
    return MappingProxyType(found)
