"""Long numbers that a spreadsheet has rounded: it keeps fifteen digits and writes zeros for the rest.
Told from honest numbers that end in zeros by what the column's other numbers look like; nothing is mended here."""

from __future__ import annotations

from typing import NamedTuple

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


def _is_checked(number: str) -> bool:
    return check_mark(number[:17]) == number[17].upper()


def rounded(texts: pl.Series) -> pl.Series:
    """Which of a column's texts are rounded numbers.

    Zeros after the fifteenth digit of a number that stands for itself are chance once in a thousand: rounded is what
    ends so in a column where more do, or where the numbers carry a check mark and this one's is wrong. One with the
    right check mark is kept, unless the column has another number of the same fifteen digits.
    """
    numbers = texts.drop_nulls().unique()
    endings: dict[int, list[str]] = {}
    for number in numbers.filter(numbers.str.contains(ROUNDED)).to_list():
        endings.setdefault(len(number), []).append(number)
    found: set[str] = set()
    for length, ending in endings.items():
        alike = numbers.filter(numbers.str.contains(f"^[0-9]{{{length - 1}}}[0-9Xx]$"))
        others = alike.filter(~alike.is_in(ending))
        if length == 18:
            # A rounded number's check mark is right once in eleven times. Then the person's own number gives it away.
            heads = [number[:15] for number in ending]
            whole = set(others.str.head(15).filter(others.str.head(15).is_in(heads)).to_list())
            ending = [number for number in ending if not _is_checked(number) or number[:15] in whole]
        bound = _SIXTEEN if length == 16 else _SEVENTEEN if length == 17 else _LONGER
        if len(ending) >= bound.least and len(ending) > bound.share * alike.len():
            found |= set(ending)
        elif length == 18 and ending:
            checked = alike.filter(~alike.is_in(ending)).sort().head(50).to_list()
            if sum(map(_is_checked, checked)) > 0.9 * len(checked):
                found |= {number for number in ending if not _is_checked(number)}
    return (
        texts.is_in(list(found)).fill_null(value=False) if found else pl.repeat(value=False, n=texts.len(), eager=True)
    )
