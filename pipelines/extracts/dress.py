"""A spreadsheet's marks taken off a chunk's texts before they are read: which columns have any, and what came off.
What counts as a mark is said in `values.texts`; what the bare texts mean belongs to `columns`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from itertools import pairwise

import numpy as np
import polars as pl

from pipelines.extracts.cleaning import TEXT_TYPES, empty_tokens
from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.conversions import Noted, noted
from pipelines.extracts.values import DRESSED, Dress, undressed

MADE_HERE = "derived-"  # a key that was made here and comes back with the product's own files


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
    """What may be around the texts of a column. Numbers and dates keep spaces and decimals: those are the laws'.

    Keys of the courts' own systems are compared without regard to the case of their letters: f1 and F1 are one.
    """
    if column.type == "text" and column.name.endswith(("_id", "_code")):
        return "key"
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


def _results(texts: list[str], dress: Dress) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """What the texts are without their marks, and the conversions that led there."""
    bare = {text: undressed(text, dress) for text in texts}
    codes = told(bare, "stripped_mark")
    if dress == "key":
        for text, result in bare.items():
            if not result.startswith(MADE_HERE) and result != result.upper():
                bare[text], codes[text] = result.upper(), (*codes[text], "letter_case")
    return bare, codes


_STRONG, _WEAK = re.compile(r"\s*[、，,;；|\r\n\t]\s*"), re.compile(r"\s*[/／~～&＆+＋]\s*|至|和|及|与|或|\s+")
# Which texts may hold two identifiers: asked of a whole column at once.
MAY_BE_JOINED = "[、，,;；|\r\n\t/／~～&＆+＋至和及与或 \u3000]|[0-9Xx]{30}"
LONGEST_NUMBER, WHOLE = 18, 8  # characters of a person's or a firm's number, and from how many a part is one


def _shape(text: str) -> str:
    """The kinds of characters of a text: F0001 and F0002 are alike."""
    return re.sub("[A-Za-zＡ-Ｚａ-ｚ]", "a", re.sub(r"\d", "9", text))


def _are_alike(one: str, other: str, is_strong: bool) -> bool:
    shapes = [_shape(text) for text in (one, other)]
    if is_strong and all(re.search(r"\d", text) for text in (one, other)):
        return True
    if is_strong:
        return re.sub(r"(.)\1+", r"\1", shapes[0]) == re.sub(r"(.)\1+", r"\1", shapes[1])
    prefix = re.match("[A-Za-z]*", one)
    is_prefixed = bool(prefix and prefix[0] and other.startswith(prefix[0]))
    return shapes[0] == shapes[1] and (is_prefixed or len(one) >= 6)


def holds_two(text: str, column: Column) -> bool:
    """Whether a cell holds two identifiers: parts that look alike, or more digits than one person's number has."""
    parts = {True: [part for part in _STRONG.split(text.strip()) if part],
             False: [part for part in _WEAK.split(text.strip()) if part]}  # fmt: skip
    if column.personal == "id_number":
        whole = [part for part in re.split(r"[^0-9A-Za-z*]+", text) if len(part) >= WHOLE]
        characters = sum(len(part) for part in re.split(r"[^0-9A-Za-z*]+", text))
        return characters > LONGEST_NUMBER and (len(whole) > 1 or bool(re.search(r"[\dXx]{30}", text)))
    return any(_are_alike(*pair, is_strong) for is_strong, found in parts.items() for pair in pairwise(found))


def joined(kind: str, raw: pl.DataFrame, odd: Set[str]) -> dict[str, list[int]]:
    """Column → the places of texts that hold two identifiers. References to cases have a grammar of their own.

    Only columns in `odd` are looked at.
    """
    found: dict[str, list[int]] = {}
    for column in contract(kind).columns:
        is_asked = column.type == "text" and is_identifier(column) and not column.name.endswith("case_number")
        if not is_asked or column.name not in odd:
            continue
        texts = raw[column.name]
        may = texts.str.contains(MAY_BE_JOINED).fill_null(value=False)
        if may.any():
            two = [text for text in texts.filter(may).unique() if holds_two(text, column)]
            if two:
                found[column.name] = texts.is_in(two).fill_null(value=False).arg_true().to_list()
    return found


def known_columns(kind: str, raw: pl.DataFrame, usual: pl.DataFrame) -> dict[str, Column]:
    """The columns of a chunk that may wear something, and what each is by contract; of court_code#1: as court_code.

    `usual` has the values of texts in the usual form, which wear none.
    """
    known = {name: contract(kind).column(name.split("#")[0]) for name in raw.columns}
    return {name: column for name, column in known.items() if _may_be_dressed(name, column, raw, usual)}


def undressed_columns(kind: str, raw: pl.DataFrame, odd: Set[str]) -> tuple[pl.DataFrame, list[Noted]]:
    """The chunk's texts without marks and the notes of what came off; `raw` itself if nothing did.

    Only columns in `odd` are looked at.
    """
    notes: list[Noted] = []
    open_columns = {name: contract(kind).column(name.split("#")[0]) for name in raw.columns if name in odd}
    if not open_columns:
        return raw, notes
    worn = raw.select_seq(pl.col(name).str.contains(DRESSED[dress_of(of)]) for name, of in open_columns.items())
    bare: list[pl.Series] = []
    for name, column in open_columns.items():
        if not worn[name].any():
            continue
        texts, places = raw[name], worn[name].fill_null(value=False)
        results, codes = _results(texts.filter(places).unique().to_list(), dress_of(column))
        for text, result in results.items():
            if result and result != text and result in empty_tokens(column):
                codes[text] = (*codes[text], "no_value")
        if any(codes.values()):
            notes.append(noted(column.name, texts, places, codes, results))
            clean = {text: None if result in empty_tokens(column) else result for text, result in results.items()}
            bare.append(changed(texts, places, clean).alias(name))
    return raw.with_columns(bare) if bare else raw, notes
