"""Named statements of the SQL file beside a module of queries: read once, asked with their values bound.
Which values a statement takes and what an answer looks like is said by the module's functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


class Statements(dict[str, str]):
    """name → statement, of one file."""

    def frame(self, cursor: duckdb.DuckDBPyConnection, name: str, **values: Any) -> pd.DataFrame:
        """The answer to a statement. Months are dates, several values a tuple; `page` (of `size` rows) is from 1."""
        return cursor.execute(self[name], bound(values)).df()

    def tells(self, cursor: duckdb.DuckDBPyConnection, name: str) -> bool:
        """Whether a statement that counts tables or columns finds one: an older snapshot may be without."""
        found = cursor.execute(self[name]).fetchone()
        return bool(found and found[0])


def bound(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as DuckDB takes them: tuples as lists, a page as where it starts."""
    given = dict(values)
    if "page" in given:
        given["start"] = given["size"] * (given.pop("page") - 1)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}


@cache
def statements(module: str) -> Statements:
    """The statements of the file `<module>.sql` beside the given `__file__`. ValueError for a name given twice.

    Each statement follows its line `-- name: held` and ends at the next such line. What stands before the first is a
    remark on the file.
    """
    file = Path(module).with_suffix(".sql")
    _, *parts = NAME.split(file.read_text(encoding="utf-8"))
    found = Statements()
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        if name in found:
            raise ValueError(f"{file.name} names two statements {name}")
        found[name] = text.strip().removesuffix(";").rstrip()
    return found
