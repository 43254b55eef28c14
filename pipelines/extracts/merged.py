"""Merged cells of data: what holds for every row is filled in and told, what could be a sum over the rows is refused.
Which cells are merged is found by the readers; merged headings belong to them too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from pipelines.extracts.contracts import contract
from pipelines.extracts.headers import HeaderMap
from pipelines.extracts.messages import Message, notice
from pipelines.extracts.reading import Chunk, Doubt, Span
from pipelines.extracts.values import STRIPPED

SUMMED = ("amount", "number", "integer")
SHOWN = 6  # merged cells that the notice names


def _columns(header_map: HeaderMap, span: Span) -> list[tuple[int, str]]:
    """The known columns that merged cells cover, by place."""
    at = {place: name for name, places in header_map.positions.items() for place in places}
    return [(place, at[place]) for place in range(span.left, span.right + 1) if place in at]


def _is_one_rows(header_map: HeaderMap, name: str) -> bool:
    """Whether a value belongs to one row alone: a sum cannot be shared out, and a key names one record."""
    rules = contract(header_map.kind)
    return rules.column(name).type in SUMMED or rules.key == (name,)


def _doubts(header_map: HeaderMap, span: Span, rows: list[int], covered: list[tuple[int, str]]) -> Iterator[Doubt]:
    across = len(covered) > 1
    for place, name in covered:
        if across or (len(rows) > 1 and _is_one_rows(header_map, name)):
            facts = (("first", span.top), ("last", span.bottom))
            code = "merged_across" if across else "merged_over_rows"
            yield from (Doubt(row, place, code, () if across else facts) for row in rows)


def _hidden(frame: pl.DataFrame, places: list[int], place: int) -> list[int]:
    """The rows in which another value lies under the merged cell: a format painted over cells leaves it there."""
    texts = [(frame[str(place)][at] or "").strip(STRIPPED) for at in places]
    return [at for at, text in zip(places[1:], texts[1:], strict=True) if text and text != texts[0]]


def _filled(frame: pl.DataFrame, places: list[int], place: int) -> pl.DataFrame:
    """The first row's value in all the rows given, where nothing stands."""
    name = str(place)
    texts = frame[name].to_list()
    for at in places[1:]:
        if not (texts[at] or "").strip(STRIPPED):
            texts[at] = texts[places[0]]
    return frame.with_columns(pl.Series(name, texts, dtype=pl.String))


def _of_merged(chunk: Chunk, span: Span, place: int, rows: list[int]) -> Iterator[Doubt]:
    """What is doubtful of a merged cell is so of every row that it holds for."""
    for doubt in chunk.doubts:
        if (doubt.row, doubt.place) == (span.top, place):
            yield from (doubt._replace(row=row) for row in rows)


def _holds(header_map: HeaderMap, cells: Sequence[str | None]) -> bool:
    """Whether a row holds anything in a known column."""
    return any((cells[place] or "").strip(STRIPPED) for places in header_map.positions.values() for place in places)


def unmerged(chunk: Chunk, header_map: HeaderMap, file: str) -> tuple[Chunk, list[Message]]:
    """The chunk with merged cells filled or doubted, and what the clerk is told of those that were filled.

    Rows that are empty but for merged cells stay empty. A remark or a unit in merged cells is its rows' without a word.
    """
    if not chunk.spans:
        return chunk, []
    place_of = {row: place for place, row in enumerate(chunk.rows)}
    frame, doubts, told = chunk.frame, list(chunk.doubts), []
    for span in sorted(chunk.spans):
        rows = [row for row in range(span.top, span.bottom + 1) if row in place_of]
        covered = _columns(header_map, span)
        if not covered and span.left in header_map.others and span.top in place_of:
            held = [row for row in rows if row == span.top or _holds(header_map, frame.row(place_of[row]))]
            frame = _filled(frame, [place_of[row] for row in held], span.left)
            doubts += _of_merged(chunk, span, span.left, held[1:])
        if not rows or not covered:
            continue
        doubted = list(_doubts(header_map, span, rows, covered))
        doubts += doubted
        if doubted or len(rows) < 2 or span.top not in place_of:
            continue
        doubts += _of_merged(chunk, span, covered[0][0], rows[1:])
        hidden = _hidden(frame, [place_of[row] for row in rows], covered[0][0])
        facts = (("first", span.top), ("last", span.bottom))
        doubts += [Doubt(chunk.rows[at], covered[0][0], "merged_over_others", facts) for at in hidden]
        if not hidden:
            frame = _filled(frame, [place_of[row] for row in rows], covered[0][0])
            told.append((header_map.headings[covered[0][1]], span.top, span.bottom))
    filled = replace(chunk, frame=frame, doubts=tuple(doubts))
    return filled, [_notice(told, file)] if told else []


def _notice(told: list[tuple[str, int, int]], file: str) -> Message:
    more = len(told) - SHOWN
    zh = "、".join(f"“{heading}”第 {top}–{bottom} 行" for heading, top, bottom in told[:SHOWN])
    en = ", ".join(f"{heading} rows {top}–{bottom}" for heading, top, bottom in told[:SHOWN])
    return notice(
        "merged_filled",
        file,
        cells=zh + (f" 等，另有 {more} 处" if more > 0 else ""),
        cells_en=en + (f" and {more} more" if more > 0 else ""),
    )
