"""What was converted in accepted values: the list of conversions, and the notes of one file, counted and listed.
Which conversion a text needs is decided by the laws in `values` and by `columns`; nothing here changes a value."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from pipelines.extracts.contracts import Contract
from pipelines.extracts.masking import Key, shown

LISTED = ("court_code", "column_name", "conversion", "row_number", "text", "value")


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
    """The conversions in one column of a chunk: the places that were open, their texts, and codes and results by
    text."""

    column: str
    places: np.ndarray
    texts: pl.Series
    codes: Mapping[str, tuple[str, ...]]
    results: Mapping[str, str] = {}  # what the texts became, where no typed value says it

    def by_code(self, owners: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
        """Each conversion with the owner of every value noted: -1 where it was not converted so."""
        said = {found: number for number, found in enumerate(dict.fromkeys(self.codes.values()))}
        if len(said) > 1:
            known = {text: said[found] for text, found in self.codes.items()}
            which = np.fromiter((known.get(text, -1) for text in self.texts), np.int64, self.texts.len())
        for found, number in said.items():
            mine = owners if len(said) == 1 else np.where(which == number, owners, -1)
            yield from ((code, mine) for code in dict.fromkeys(found))


def noted(
    column: str,
    texts: pl.Series,
    places: pl.Series,
    codes: Mapping[str, tuple[str, ...]],
    results: Mapping[str, str] | None = None,
) -> Noted:
    """The note of a column's texts at `places`, which is true where they are open."""
    return Noted(column, np.flatnonzero(places.to_numpy()), texts.filter(places), codes, results or {})


def _took_off(text: str, value: str, shown_value: str) -> str:
    """A hidden text with the marks that came off it; of its letters and digits no more is told than of its value."""
    before, _, after = text.partition(value) if value else ("", "", text)
    if len(before) + len(value) + len(after) > len(text):
        before, after = "", "".join(character for character in text if character not in value)
    return f"{_visible(before)}{shown_value}{_visible(after)}"


def _visible(marks: str) -> str:
    """Marks as they can be seen: what is invisible by its number; letters and digits never."""
    return "".join(
        mark if mark.isprintable() and mark != " " else f"<U+{ord(mark):04X}>" for mark in marks if not mark.isalnum()
    )


def _numbered(courts: pl.Series, known: Sequence[str | None]) -> np.ndarray:
    """The number of every row's court; most files are of one."""
    if len(known) < 2:
        return np.zeros(courts.len(), np.int64)
    order = {court: number for number, court in enumerate(known)}
    return np.fromiter((order[court] for court in courts.to_list()), np.int64, courts.len())


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
    listed: list[tuple[Any, ...]] = field(default_factory=list)

    def add(
        self,
        notes: Sequence[Noted],
        rows: pl.DataFrame,
        values: Mapping[str, pl.Series],
        hidden: Mapping[str, frozenset[int]],
    ) -> None:
        """Take the notes of a chunk. `rows` has _place, _row_number and court_code of its accepted rows; `hidden` are
        the places by column in which the lake does not keep what was read."""
        courts = rows["court_code"].unique(maintain_order=True).to_list()
        places = rows["_place"].to_numpy()
        size = 1 + max((int(at.max()) for at in (places, *(note.places for note in notes)) if at.size), default=0)
        owner, row_numbers = np.full(size, -1), np.zeros(size, np.int64)
        owner[places] = _numbered(rows["court_code"], courts)
        row_numbers[places] = rows["_row_number"].to_numpy()
        for note in notes:
            for code, owners in note.by_code(owner[note.places]):
                for number in np.unique(owners[owners >= 0]):
                    at = np.flatnonzero(owners == number)
                    key = (courts[number] or "", note.column, code)
                    room = max(0, conversions()[code].listed - self.counted[key])
                    self.counted[key] += len(at)
                    for place, *said in self._said(note, at[:room], values, hidden.get(note.column, frozenset())):
                        self.listed.append((courts[number], note.column, code, int(row_numbers[place]), *said))

    def _said(
        self, note: Noted, at: np.ndarray, values: Mapping[str, pl.Series], hidden: frozenset[int]
    ) -> Iterator[tuple[int, str, str]]:
        """Place, text and value of the values `at` of a note, as they may be shown."""
        of = self.rules.column(note.column)
        for number in at.tolist():
            place, text = int(note.places[number]), note.texts[number]
            typed = values[of.name][place] if of.name in values else note.results.get(text, text)
            value = "" if typed is None else str(typed)
            if text in note.results and not note.results[text]:  # a word for no value hides nobody
                yield place, text, ""
            elif not of.personal and place not in hidden and (of.type != "court" or value != text):
                yield place, text, value
            else:
                told, result = shown(of, text, self.key) or "", shown(of, value, self.key) or ""
                yield place, told if told != result else _took_off(text, value, result), result

    def counts(self) -> tuple[Count, ...]:
        """The complete counts, in order."""
        return tuple(Count(*key, rows) for key, rows in sorted(self.counted.items()))

    def columns(self) -> dict[str, Sequence[object]]:
        """The rows listed, in order, as columns: those of `LISTED`, text and value masked where they are personal."""
        row, column, conversion = (LISTED.index(name) for name in ("row_number", "column_name", "conversion"))
        rows = sorted(self.listed, key=lambda said: (said[row], said[column], said[conversion]))
        return {name: [said[place] for said in rows] for place, name in enumerate(LISTED)}
