"""What a delivered text means as a date, an amount, a number, a flag or a code: one law per contract type.
An accepted value differs from its text only in the ways that conversions.toml lists; a law names those it took."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from pipelines.extracts.contracts import Column
from pipelines.extracts.values.moments import (
    CHINA,
    FIRST_YEAR,
    LAST_YEAR,
    day_law,
    moment_law,
    read_date,
    read_timestamp,
)
from pipelines.extracts.values.numbers import (
    ABSURD_AMOUNT,
    amount_law,
    integer_law,
    number_law,
    own_unit,
    read_amount,
    read_integer,
    read_number,
)
from pipelines.extracts.values.terms import FALSE, NO, TRUE, YES, code_law, flag_law, read_code, read_flag, spellings
from pipelines.extracts.values.texts import (
    DRESSED,
    EMPTY_DATE,
    EMPTY_FLAG,
    EMPTY_TEXT,
    EMPTY_VALUE,
    STRIPPED,
    WIDTH,
    Dress,
    Reading,
    UnreadableError,
    fold_width,
    undressed,
)

__all__ = [
    "ABSURD_AMOUNT",
    "CHINA",
    "DRESSED",
    "EMPTY_DATE",
    "EMPTY_FLAG",
    "EMPTY_TEXT",
    "EMPTY_VALUE",
    "FALSE",
    "FIRST_YEAR",
    "LAST_YEAR",
    "NO",
    "STRIPPED",
    "TRUE",
    "WIDTH",
    "YES",
    "Dress",
    "Law",
    "Reading",
    "UnreadableError",
    "fold_width",
    "law",
    "own_unit",
    "read_amount",
    "read_code",
    "read_date",
    "read_flag",
    "read_integer",
    "read_number",
    "read_timestamp",
    "spellings",
    "undressed",
]  # fmt: skip

Law = Callable[[str], Reading]
LAWS: dict[str, Callable[..., Reading]] = {
    "date": day_law,
    "timestamp": moment_law,
    "integer": integer_law,
    "flag": flag_law,
}


def law(column: Column, unit: str | None = None, day_zero: int = 0) -> Law:
    """The law of a column's type. KeyError for types that have none (text, case_number, court).

    `unit` is what the heading or title says of the column's amounts, e.g. 万元; `day_zero` by how many days a
    workbook's count of days begins after Excel's own.
    """
    if column.type in ("date", "timestamp") and day_zero:
        return partial(LAWS[column.type], day_zero=day_zero)
    if column.type == "code":
        return partial(code_law, name=column.vocabulary or "")
    if column.type in ("amount", "number"):
        return partial(amount_law if column.type == "amount" else number_law, unit=unit)
    return LAWS[column.type]
