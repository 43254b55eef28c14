"""What was computed of each month, kept under the digest of everything that it was computed from.
Derived: who deletes it waits longer, no more. What is computed is said in leagues.py, where it is kept by who calls."""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy

from pipelines import keeping

Ints = npt.NDArray[np.int64]
Prints = npt.NDArray[np.int64]
SPARE = 2  # of each month what two states of its deliveries came to: a replay of the past does not push out the present
ENDING = ".month"
PACKED = np.dtype("<i4")


def by_month(
    frame: pd.DataFrame, month: str, columns: int, compute: Callable[[pd.DataFrame], Ints], folder: Path | None
) -> Ints:
    """Rows of `frame` × `columns`: for each value of `month` what `compute` makes of its rows, or made of equal ones.

    Equal rows in another order are other rows: `frame` comes in an order of its own. Without a folder all is computed.
    """
    found = np.full((len(frame), columns), -1, dtype=np.int64)
    months, values = pd.factorize(frame[month], sort=True)
    prints = None if folder is None else _prints(frame)
    names = []
    for number in range(len(values)):
        rows = np.flatnonzero(months == number)
        if folder is None or prints is None:
            found[rows] = compute(frame.iloc[rows])
            continue
        names.append(_name(frame, prints[rows]))
        known = _told(folder / names[-1], (len(rows), columns))
        found[rows] = compute(frame.iloc[rows]) if known is None else known
        if known is None:
            _keep(folder / names[-1], found[rows])
    if folder is not None:
        keeping.make_room(folder, ENDING, SPARE * len(names))
    return found


def _prints(frame: pd.DataFrame) -> Prints:
    """Rows × columns: the bits of numbers, eight bytes of the digest of each text; what is missing equals itself."""
    made = np.empty((len(frame), frame.shape[1]), dtype=np.int64)
    for place, column in enumerate(frame.columns):
        values = frame[column]
        if pd.api.types.is_numeric_dtype(values.dtype):
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
            numbers[np.isnan(numbers)] = np.nan
            made[:, place] = numbers.view(np.int64)
        else:
            codes, words = pd.factorize(values)
            made[:, place] = np.array([*map(_number, words), 0], dtype=np.int64)[codes]  # a missing one has code −1
    return made


def _number(word: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(word).encode()).digest()[:8], "big", signed=True)


def _name(frame: pd.DataFrame, prints: Prints) -> str:
    seen = hashlib.sha256(_code())
    seen.update(repr((list(frame.columns), prints.shape)).encode())
    seen.update(np.ascontiguousarray(prints).tobytes())
    return seen.hexdigest() + ENDING


@cache
def _code() -> bytes:
    """The digest of this package's text, and of what its last digits hang on."""
    seen = hashlib.sha256(repr([platform.machine(), np.__version__, scipy.__version__, pd.__version__]).encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        seen.update(file.read_bytes())
    return seen.digest()


def _told(file: Path, shape: tuple[int, int]) -> Ints | None:
    packed = keeping.told(file)
    if packed is None:
        return None
    return np.frombuffer(zlib.decompress(packed), dtype=PACKED).reshape(shape).astype(np.int64)


def _keep(file: Path, found: Ints) -> None:
    keeping.keep(file, zlib.compress(found.astype(PACKED).tobytes(), 1))
