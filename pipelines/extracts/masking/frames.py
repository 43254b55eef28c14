"""A chunk's accepted texts as the lake keeps them: the rare ones that need it are looked at one by one.
What one text becomes is said by `values`; the columns that hold persons are masked and hashed by `persons`."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pipelines.extracts import case_numbers
from pipelines.extracts.contracts import Column, Contract
from pipelines.extracts.masking.names import PLAIN, persons_in
from pipelines.extracts.masking.numbers import DIGITS_ALONE, SUSPECT, WITH_A_DAY
from pipelines.extracts.masking.values import Key, is_identifier, is_number_of_a_case, kept_text

FOREIGN = r"[^\x00-\x7f]"  # in an identifier: words, or digits of other widths


def _looked_at(column: Column, name: str) -> pl.Expr:
    """Which texts have to be looked at, whoever is in their row."""
    text = pl.col(name)
    if is_identifier(column):
        nothing_inside = text.str.contains(DIGITS_ALONE) & ~text.str.contains(WITH_A_DAY)
        looked = ~nothing_inside & (text.str.contains(FOREIGN) | text.str.contains(SUSPECT))
    elif is_number_of_a_case(column):
        looked = ~text.str.contains(case_numbers.NORMAL_FORM) | text.str.contains(SUSPECT)
    else:
        looked = text.is_not_null()
    return looked.fill_null(value=False)


def _status(column: Column, text: str) -> str:
    return case_numbers.parse(text).status if is_number_of_a_case(column) else ""


def _by_form(texts: pl.Series, looked: pl.Series, column: Column, key: Key) -> pl.Series:
    """The column with every text that needs it replaced, one time for all rows that have it."""
    found = texts.filter(looked).unique().to_list()
    changed = {
        text: kept for text in found if (kept := kept_text(column, text, key, (), _status(column, text))) != text
    }
    return texts.replace(list(changed), list(changed.values())) if changed else texts


def _all_names(names: Sequence[pl.Series]) -> list[str]:
    """Every single name of the chunk. Most cells are one plain name, and nothing has to be taken apart."""
    cells = pl.concat(names).drop_nulls().unique() if names else pl.Series([], dtype=pl.String)
    plain = cells.str.contains(PLAIN)
    return [name for name in cells.filter(plain).to_list() if len(name) > 1] + persons_in(cells.filter(~plain))


def _of_the_row(texts: pl.Series, places: Sequence[int], names: Sequence[pl.Series]) -> pl.Series:
    """The texts without the names that stand in their own row; `places` are the rows that may hold one."""
    changed = []
    for place in places:
        text = str(texts[place])
        for name in persons_in(cell[place] for cell in names):
            text = text.replace(name, name[0] + "**")
        changed.append(text)
    return texts.clone().scatter(places, changed)  # scatter writes into its series


def _without_own_names(frame: pl.DataFrame, texts: Sequence[str], names: Sequence[pl.Series]) -> list[pl.Series]:
    """Those of the columns `texts` that lose a name. One question for all: it costs as much to ask as to answer."""
    known = _all_names(names)
    if not known or not texts or not frame.height:
        return []
    stacked = pl.concat([frame[name] for name in texts])
    places: dict[int, list[int]] = {}
    for at in stacked.str.contains_any(known).fill_null(value=False).arg_true():
        places.setdefault(at // frame.height, []).append(at % frame.height)
    return [_of_the_row(frame[texts[of]], rows, names) for of, rows in places.items()]


def kept_frame(rules: Contract, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The frame with its texts as the lake keeps them; names still stand in clear beside them, as `_<column>`."""
    texts = {
        name: column
        for column in rules.columns
        if not column.personal and column.type in ("text", "case_number")
        for name in (column.name, f"{column.name}_raw")
        if name in frame.columns
    }
    names = [frame[f"_{column.name}"] for column in rules.columns if column.personal == "name"]
    free = [name for name, column in texts.items() if not is_identifier(column)]
    frame = frame.with_columns(_without_own_names(frame, free, names))
    looked = frame.select(_looked_at(column, name) for name, column in texts.items())
    return frame.with_columns(
        _by_form(frame[name], looked[name], column, key) for name, column in texts.items() if looked[name].any()
    )
