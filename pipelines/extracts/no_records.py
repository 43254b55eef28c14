"""Rows that say of themselves, in any column of text, that they are no record: totals, samples of a template, and
remarks that a row is void. Rows that are known for what they lack are told by `not_data`."""

from __future__ import annotations

import re

import polars as pl

from pipelines.extracts.columns import Columns, Fault
from pipelines.extracts.contracts import Column, contract
from pipelines.extracts.dress import is_identifier
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.masking import quoted
from pipelines.extracts.reading import Chunk
from pipelines.extracts.reading.words import (
    ROW_HINTS,
    SAMPLE,
    SAMPLE_CELL,
    SAMPLE_NUMBER,
    TOTAL,
    TOTAL_CELL,
    squeezed,
)
from pipelines.extracts.stacking import asked

MOST_BESIDE = 64  # columns outside of the contract
_VOID = re.compile(r"(?:已|此行|该行|此条|该条|本条|本行)?(?:作废|误录|错录|重复录入|重复登记|重复报送)[!。.]?")
# Of columns that the contract does not know, only cells that begin so are looked at.
_BESIDE = (
    r"^\s*[(（\[【]?\s*(?:本[月页院期年]|全院)?\s*(?:[合总小]\s*计|填?写?示\s*例|[样范]\s*例|填[写表]说明"
    r"|(?:已|此[行条]|该[行条]|本[行条])?(?:作废|[误错]录|重复))"
)


def _word(column: Column, text: str) -> str | None:
    """What a row is by one of its texts."""
    bare = squeezed(text)
    if TOTAL_CELL.fullmatch(bare):
        return TOTAL
    is_sample = SAMPLE_CELL.fullmatch(bare) or (is_identifier(column) and SAMPLE_NUMBER.fullmatch(bare))
    return SAMPLE if is_sample else None


def in_their_texts(header_map: HeaderMap, columns: Columns) -> dict[int, str]:
    """The places of rows that are a total or a sample by a text of any column, with the word for it."""
    found: dict[int, str] = {}
    for column in contract(header_map.kind).columns:
        if column.name not in columns.odd or column.type not in ("text", "case_number"):
            continue
        texts = columns.raw[column.name]
        hinted = texts.str.contains(ROW_HINTS).fill_null(value=False)
        words = {text: word for text in texts.filter(hinted).unique() if (word := _word(column, text))}
        if words:
            places = texts.is_in(list(words)).fill_null(value=False).arg_true()
            found |= {place: words[texts[place]] for place in places}
    return found


def _said_beside(header_map: HeaderMap, chunk: Chunk) -> list[tuple[int, pl.Series, list[int]]]:
    """The columns that no contract knows in which rows say what they are: place, texts, and which rows."""
    known = set(chunk.frame.columns)  # a stray cell at a sheet's corner makes sixteen thousand columns
    names = [str(place) for place in header_map.others[:MOST_BESIDE] if str(place) in known]
    answers = asked(chunk.frame, names, lambda texts: texts.str.contains(_BESIDE))
    said = [(int(each.name), chunk.frame[each.name], each.arg_true().to_list()) for each in answers if each.any()]
    return [found for found in said if 2 * len(found[2]) <= max(2, chunk.frame.height)]  # else it is no remark


def beside_their_texts(header_map: HeaderMap, chunk: Chunk) -> tuple[dict[int, str], list[Fault]]:
    """The places of rows that are a total or a sample by a cell outside of the contract's columns, and the faults of
    rows that such a cell calls void."""
    found: dict[int, str] = {}
    faults: list[Fault] = []
    for at, texts, places in _said_beside(header_map, chunk):
        for place in places:
            bare = squeezed(texts[place])
            if TOTAL_CELL.fullmatch(bare):
                found[place] = TOTAL
            elif SAMPLE_CELL.fullmatch(bare):
                found[place] = SAMPLE
            elif _VOID.fullmatch(bare.strip("()[]【】")):
                faults.append(Fault(place, None, "row_void", (("heading", quoted(chunk.headings[at])),)))
    return found, faults
