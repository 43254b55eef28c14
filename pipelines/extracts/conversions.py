"""What was converted in accepted values: the list of conversions, and the notes of one file, counted and listed.
Which conversion a text needs is decided by the laws in `values` and by `columns`; nothing here changes a value."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import NamedTuple

import polars as pl

from pipelines.extracts.contracts import Contract
from pipelines.extracts.masking import Key, shown

TEXT = pl.String
LISTED: dict[str, type[pl.DataType]] = {
    "court_code": TEXT, "column_name": TEXT, "conversion": TEXT, "row_number": pl.Int32, "text": TEXT, "value": TEXT,
}  # fmt: skip


@dataclass(frozen=True)
class Conversion:
    """One way in which an accepted value may differ from its text: what was done and what spares it next time.

    `listed`: of how many values a file's notes show the row, for each court and column; counts are complete. Mere
    forms are shown by a few examples, what can change a meaning by every row a clerk could look at.
    """

    code: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    listed: int = 100


@cache
def conversions() -> Mapping[str, Conversion]:
    """All conversions there are, by code, in the order of conversions.toml."""
    text = (resources.files(__package__) / "conversions.toml").read_text(encoding="utf-8")
    return {code: Conversion(code, **said) for code, said in tomllib.loads(text).items()}


class Noted(NamedTuple):
    """The conversions in one column of a chunk: the places that were open, their texts, and the codes by text."""

    column: str
    places: pl.Series
    texts: pl.Series
    codes: Mapping[str, tuple[str, ...]]

    def frame(self, number: int) -> pl.DataFrame:
        """`place`, `text`, `conversions` (joined by spaces, null for none) and `column`, which is the number."""
        said = {found: " ".join(dict.fromkeys(found)) or None for found in set(self.codes.values())}
        frame = pl.DataFrame([self.places.alias("place"), self.texts.alias("text")])
        told = pl.lit(next(iter(said.values())), dtype=TEXT)
        if len(said) > 1:
            joined = {text: said[found] for text, found in self.codes.items()}
            told = pl.col("text").replace_strict(joined, return_dtype=TEXT, default=None)
        return frame.select("place", "text", told.alias("conversion"), pl.lit(number, pl.Int32).alias("column"))


class Count(NamedTuple):
    """How many accepted values of a court and column were converted in one way. `court_code` "": the case's court."""

    court_code: str
    column_name: str
    conversion: str
    rows: int


@dataclass
class NoteBook:
    """The notes of one file: complete counts, and rows up to the number that each conversion lists."""

    rules: Contract
    key: Key
    counted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    listed: list[tuple[object, ...]] = field(default_factory=list)

    def add(
        self,
        notes: Sequence[Noted],
        rows: pl.DataFrame,
        values: Mapping[str, pl.Series],
        hidden: Mapping[str, frozenset[int]],
    ) -> None:
        """Take the notes of a chunk. `rows` has place, row_number and court_code of its accepted rows; `hidden` are
        the places by column in which the lake does not keep what was read."""
        frame = pl.concat([note.frame(number) for number, note in enumerate(notes)]).drop_nulls("conversion")
        if frame["conversion"].str.contains(" ", literal=True).any():
            frame = frame.with_columns(pl.col("conversion").str.split(" ")).explode("conversion")
        most = max(conversion.listed for conversion in conversions().values())
        first = [pl.col(name).head(most) for name in ("place", "row_number", "text")]
        frame = frame.join(rows, on="place", how="inner", maintain_order="left")
        groups = frame.group_by("court_code", "column", "conversion", maintain_order=True)
        for court, number, conversion, *first_rows, count in groups.agg(*first, pl.len().alias("count")).iter_rows():
            column = notes[number].column
            key = (court or "", column, conversion)
            room = max(0, conversions()[conversion].listed - self.counted[key])
            self.counted[key] += count
            for place, row, text in list(zip(*first_rows, strict=True))[:room]:
                of, value = self.rules.column(column), str(values[column][place]) if column in values else text
                is_plain = not of.personal and place not in hidden.get(column, ())
                told = (text, value) if is_plain else (shown(of, text, self.key), shown(of, value, self.key))
                self.listed.append((court, column, conversion, row, *told))

    def counts(self) -> tuple[Count, ...]:
        """The complete counts, in order."""
        return tuple(Count(*key, rows) for key, rows in sorted(self.counted.items()))

    def rows(self) -> pl.DataFrame:
        """The rows listed, in order: the columns of `LISTED`, text and value masked where they are personal."""
        frame = pl.DataFrame(self.listed, schema=LISTED, orient="row")
        return frame.sort("row_number", "column_name", "conversion", maintain_order=True)
