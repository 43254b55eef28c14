"""Columns of one form laid end to end, asked one question, and parted again: a chunk of few rows costs what its
questions cost, not what its rows do. What is asked belongs to `cleaning` and `columns`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl


def stacked(frame: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """The columns `names` of a frame, one below the other; at least one."""
    return pl.concat([frame[name] for name in names]) if len(names) > 1 else frame[names[0]]


def parted(stack: pl.Series, names: Sequence[str]) -> list[pl.Series]:
    """The columns of a stack, as long as one another, under their names."""
    height = stack.len() // len(names)
    return [stack.slice(place * height, height).alias(name) for place, name in enumerate(names)]


def asked(frame: pl.DataFrame, names: Sequence[str], question: Callable[[pl.Series], pl.Series]) -> list[pl.Series]:
    """The answers of `question`, which keeps places, for every column; none for no columns."""
    return parted(question(stacked(frame, names)), names) if names else []


class Distinct:
    """A column's different texts, and which of them stands in every row: what is known of a text is looked up once."""

    def __init__(self, texts: pl.Series) -> None:
        encoded = texts.to_arrow().dictionary_encode()
        self.texts: list[str] = encoded.dictionary.to_pylist()
        self._rows = encoded.indices

    def spread(self, values: Mapping[str, Any], dtype: Any) -> pl.Series:
        """The value of every row's text; null where there is none, or no text."""
        found = pl.Series([values.get(text) for text in self.texts], dtype=dtype)
        if found.len() == 1 and not self._rows.null_count:
            return found.new_from_index(0, len(self._rows))
        return found.gather(pl.Series(self._rows))
