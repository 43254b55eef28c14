"""A spreadsheet's marks taken off a chunk's texts before they are read: which columns have any, and what came off.
What counts as a mark is said in `values.texts`; what the bare texts mean belongs to `columns`."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import polars as pl

from pipelines.extracts.cleaning import TEXT_TYPES, empty_tokens
from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.conversions import Noted, noted
from pipelines.extracts.values import DRESSED, Dress, undressed


def changed(texts: pl.Series, places: pl.Series, results: Mapping[str, str | None]) -> pl.Series:
    """The texts with those at `places`, most often few of many, replaced by their results."""
    fresh = [results[text] for text in texts.filter(places)]
    at = pl.Series(np.flatnonzero(places.to_numpy()))
    return texts.clone().scatter(at, pl.Series(fresh, dtype=pl.String)) if fresh else texts


def told(results: Mapping[str, str], code: str) -> dict[str, tuple[str, ...]]:
    """Every text with the conversion's code, or with none if it came out as it was."""
    return {text: (code,) if result != text else () for text, result in results.items()}


def is_identifier(column: Column) -> bool:
    """Whether a column's texts are identifiers, in which no space, quote or `.0` is ever meant."""
    if column.type != "text":
        return column.type in TEXT_TYPES
    return column.name.endswith(("_id", "_number", "_code")) or column.personal == "id_number"


def dress_of(column: Column) -> Dress:
    """What may be around the texts of a column. Numbers and dates keep spaces and decimals: those are the laws'."""
    if is_identifier(column):
        return "identifier"
    return "prose" if column.type == "text" else "value"


def _may_be_dressed(name: str, column: Column, raw: pl.DataFrame, usual: pl.DataFrame) -> bool:
    """Whether a column has texts that are not in the usual form; of identifiers and prose none is known to be."""
    texts = raw[name]
    if texts.null_count() == texts.len():
        return False
    if column.type in TEXT_TYPES and column.type != "case_number":
        return True
    form = f"{column.name}_status" if column.type == "case_number" else column.name
    return usual[form].null_count() > texts.null_count()


def undressed_columns(kind: str, raw: pl.DataFrame, usual: pl.DataFrame) -> tuple[pl.DataFrame, list[Noted]]:
    """The chunk's texts without marks and the notes of what came off; `raw` itself if nothing did.

    `usual` has the values of texts in the usual form, which wear none.
    """
    notes: list[Noted] = []
    known = {name: contract(kind).column(name.split("#")[0]) for name in raw.columns}  # court_code#1: its name
    open_columns = {name: column for name, column in known.items() if _may_be_dressed(name, column, raw, usual)}
    worn = raw.select(pl.col(name).str.contains(DRESSED[dress_of(of)]) for name, of in open_columns.items())
    bare: list[pl.Series] = []
    for name, column in open_columns.items():
        if not worn[name].any():
            continue
        texts, places = raw[name], worn[name].fill_null(value=False)
        results = {text: undressed(text, dress_of(column)) for text in texts.filter(places).unique()}
        codes = told(results, "stripped_mark")
        if any(codes.values()):
            notes.append(noted(column.name, texts, places, codes))
            clean = {text: None if result in empty_tokens(column) else result for text, result in results.items()}
            bare.append(changed(texts, places, clean).alias(name))
    return raw.with_columns(bare) if bare else raw, notes
