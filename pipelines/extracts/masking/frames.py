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


def _looked_at(column: Column) -> pl.Expr:
    """Which texts have to be looked at, whoever is in their row."""
    text = pl.col(column.name)
    if is_identifier(column):
        nothing_inside = text.str.contains(DIGITS_ALONE) & ~text.str.contains(WITH_A_DAY)
        return ~nothing_inside & (text.str.contains(FOREIGN) | text.str.contains(SUSPECT))
    if is_number_of_a_case(column):
        return ~text.str.contains(case_numbers.NORMAL_FORM) | text.str.contains(SUSPECT)
    return text.is_not_null()


def _status(column: Column, text: str) -> str:
    return case_numbers.parse(text).status if is_number_of_a_case(column) else ""


def _by_form(frame: pl.DataFrame, column: Column, key: Key) -> pl.Series:
    """The column with every text that needs it replaced, one time for all rows that have it."""
    texts = frame[column.name]
    looked = frame.select(_looked_at(column).fill_null(value=False).alias("looked"))["looked"]
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


def _of_the_row(texts: pl.Series, names: Sequence[pl.Series], known: list[str]) -> pl.Series:
    """The texts without the names that stand in their own row."""
    places = texts.str.contains_any(known).fill_null(value=False).arg_true()
    if not len(places):
        return texts
    changed = []
    for place in places:
        text = str(texts[place])
        for name in persons_in(cell[place] for cell in names):
            text = text.replace(name, name[0] + "**")
        changed.append(text)
    return texts.scatter(places, changed)


def kept_frame(rules: Contract, frame: pl.DataFrame, key: Key) -> pl.DataFrame:
    """The frame with its texts as the lake keeps them; names still stand in clear beside them, as `_<column>`."""
    names = [frame[f"_{column.name}"] for column in rules.columns if column.personal == "name"]
    known = _all_names(names)
    for column in rules.columns:
        if column.personal or column.type not in ("text", "case_number"):
            continue
        raw = f"{column.name}_raw"
        for name in (column.name, raw) if raw in frame.columns else (column.name,):
            series = frame[name] if not known or is_identifier(column) else _of_the_row(frame[name], names, known)
            renamed = pl.DataFrame([series.alias(column.name)])
            frame = frame.with_columns(_by_form(renamed, column, key).alias(name))
    return frame
