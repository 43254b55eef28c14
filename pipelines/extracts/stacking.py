"""Columns of one form laid end to end, asked one question, and parted again: a chunk of few rows costs what its
questions cost, not what its rows do. What is asked belongs to `cleaning` and `columns`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

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
