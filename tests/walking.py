"""Every byte that a file holds, packed ones too: compressed files are opened, their bytes alone would hide the words.
Which words must not be among them is said by the tests that walk."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from pypdf import PdfReader


def contents(file: Path) -> Iterator[bytes]:
    """The file's bytes, and what is packed in them."""
    yield file.read_bytes()
    if file.suffix == ".parquet":
        with duckdb.connect() as connection:
            yield str(connection.read_parquet(str(file)).fetchall()).encode()
    elif file.suffix == ".duckdb":
        with duckdb.connect(str(file), read_only=True) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                yield str(connection.execute(f'from "{schema}"."{table}"').fetchall()).encode()
    elif file.suffix == ".pdf":
        yield "".join(page.extract_text() for page in PdfReader(file).pages).encode()
    elif zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            yield from (packed.read(name) for name in packed.namelist())
