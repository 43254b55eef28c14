"""Keys of records that were delivered without one: made of what tells the record, the same whenever it comes again.
Which columns that is, the contract says; a key holds no personal value in clear."""

from __future__ import annotations

import polars as pl

from pipelines.extracts.columns import Columns
from pipelines.extracts.contracts import Contract
from pipelines.extracts.conversions import noted
from pipelines.extracts.dress import MADE_HERE
from pipelines.extracts.masking import Key
from pipelines.extracts.persons import person_hashes, person_texts

DIGITS = 24


def _personal(rules: Contract, columns: Columns, kind: str) -> pl.Series:
    names = [column.name for column in rules.columns if column.personal == kind and column.name in rules.key_from]
    return columns.raw[names[0]] if names else pl.Series([None] * columns.raw.height, dtype=pl.String)


def derive_keys(rules: Contract, columns: Columns, key: Key) -> None:
    """Give a key to the rows without one that say enough: case number, person and date. Others stay without."""
    if not rules.key_from or not columns.raw[rules.key[0]].null_count():
        return
    name = rules.key[0]
    nowhere = pl.Series([None] * columns.raw.height, dtype=pl.String)
    person = person_texts(_personal(rules, columns, "name"), _personal(rules, columns, "id_number"), nowhere)
    plain = [columns.typed[part].cast(pl.String) for part in rules.key_from if not rules.column(part).personal]
    frame = pl.DataFrame([part.alias(str(place)) for place, part in enumerate([person, *plain])])
    texts = frame.select(pl.concat_str(pl.all(), separator="\x1f").alias("text"))["text"]  # null where a part is
    missing = columns.raw[name].is_null() & texts.is_not_null()
    if not missing.any():
        return
    places = missing.arg_true()
    hashes = person_hashes(key(), (f"{rules.kind}\0{text}" for text in texts.gather(places)))
    made = pl.Series(name, [f"{MADE_HERE}{(found or '')[:DIGITS]}" for found in hashes], dtype=pl.String)
    columns.raw = columns.raw.with_columns(columns.raw[name].scatter(places, made))
    columns.typed[name] = columns.typed[name].scatter(places, made)
    empty = pl.repeat("", missing.len(), eager=True)
    columns.notes.append(noted(name, empty, missing, {"": ("derived_key",)}))
