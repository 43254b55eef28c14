"""Long numbers that a spreadsheet has rounded: it keeps fifteen digits and writes zeros for the rest.
Told from honest numbers that end in zeros by what the column's other numbers look like; nothing is mended here."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import polars as pl

# Which texts may have been rounded: asked of a whole column at once.
ROUNDED = "^[0-9]{15}0+$"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999
CHECK_MARKS = "10X98765432"


class _Bound(NamedTuple):
    """From which share of a column's numbers of one length, and from how many, zeros at the end are no chance."""

    share: float
    least: int


# Of honest numbers a tenth of sixteen digits, a hundredth of seventeen and a thousandth of eighteen ends like this.
_SIXTEEN, _SEVENTEEN, _LONGER = _Bound(0.99, 5), _Bound(0.2, 2), _Bound(0.05, 1)


def check_mark(first: str) -> str:
    """The eighteenth character of an identity number whose first seventeen digits are given."""
    return CHECK_MARKS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


# Of a person's number with a place of China and a day of birth; of others nobody knows what its mark should be.
_CHECKED = (
    "^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{4}(?:19|20)[0-9]{2}"
    "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$"
)


def marked_wrong(numbers: pl.Series) -> pl.Series:
    """Whether each identity number bears another check mark than its digits ask for; false for other numbers."""
    asked = numbers.str.contains(_CHECKED).fill_null(value=False)
    if not asked.any():
        return asked
    codes = np.frombuffer("".join(numbers.filter(asked)).encode(), np.uint8).reshape(-1, 18)
    sums = (codes[:, :17].astype(np.int64) - ord("0")) @ np.array(_WEIGHTS)
    marks = np.frombuffer(CHECK_MARKS.encode(), np.uint8)[sums % 11]
    return asked.scatter(asked.arg_true(), pl.Series(marks != codes[:, 17]))


def _is_checked(number: str) -> bool:
    return check_mark(number[:17]) == number[17].upper()


ROUND, MARK_WRONG = "rounded_number", "wrong_check_mark"


def _whole(ending: list[str], texts: pl.Series, names: pl.Series | None) -> set[str]:
    """Which numbers stand beside another one of the same first fifteen digits, under the same name where names are
    known: a rounded number's check mark is right once in eleven times, and then the person's own gives it away."""
    heads = pl.DataFrame({"text": texts, "head": texts.str.head(15), "name": texts if names is None else names})
    if names is None:
        heads = heads.with_columns(name=pl.lit(""))
    mine = heads.filter(pl.col("text").is_in(ending))
    own = heads.filter(~pl.col("text").str.contains(ROUNDED) & (pl.col("text").str.len_chars() == 18))
    return set(mine.join(own, on=["head", "name"], how="semi", nulls_equal=True)["text"].to_list())


def doubtful(texts: pl.Series, names: pl.Series | None = None) -> dict[str, str]:
    """A column's numbers that cannot be kept, and why.

    Zeros after the fifteenth digit of a number that stands for itself are chance once in a thousand: rounded is what
    ends so in a column where more do. Where the numbers carry a check mark and one's is wrong, that is what it is told
    as. One with the right check mark is kept, unless the column has the same person's number whole.
    """
    numbers = texts.drop_nulls().unique()
    endings: dict[int, list[str]] = {}
    for number in numbers.filter(numbers.str.contains(ROUNDED)).to_list():
        endings.setdefault(len(number), []).append(number)
    found: dict[str, str] = {}
    for length, ending in endings.items():
        alike = numbers.filter(numbers.str.contains(f"^[0-9]{{{length - 1}}}[0-9Xx]$"))
        if length == 18:
            right = [number for number in ending if _is_checked(number)]
            whole = _whole(right, texts, names) if right else set()
            ending = [number for number in ending if number in whole or number not in right]
        bound = _SIXTEEN if length == 16 else _SEVENTEEN if length == 17 else _LONGER
        if len(ending) >= bound.least and len(ending) > bound.share * alike.len():
            found |= dict.fromkeys(ending, ROUND)
        elif length == 18 and ending:
            checked = alike.filter(~alike.is_in(ending)).sort().head(50).to_list()
            if sum(map(_is_checked, checked)) > 0.9 * len(checked):
                found |= {number: MARK_WRONG for number in ending if not _is_checked(number)}
    return found
