"""JSON and JSONL: records as objects of headings and values, the public defaulter list's shapes included.
Numbers keep their digits as delivered; serialised Java dates become dates in Chinese time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import polars as pl

from pipelines.extracts.encoding import TextEncoding, detect
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading.parsing import DECODER, HALF, Repeated, beside, repeated_in, without_halves
from pipelines.extracts.reading.source import Beside, Broken, Chunk, Limits, Recognise, Source, text_frame
from pipelines.extracts.values import CHINA

LINES = 50_000  # records of a JSONL file taken at a time
ENVELOPES = ("data", "result", "results", "rows", "records", "list", "items", "content", "datas", "d")


# A service's answer to a script: a name, and the document in brackets behind it.
CALLED = re.compile(r"(?:/\*.*?\*/)?\s*[A-Za-z_$][\w$.]*\(\s*(?=[\[{])", re.DOTALL)


def _uncalled(text: str) -> str:
    """A document without the call that stands around it."""
    match = CALLED.match(text)
    return text[match.end() :].rstrip("; \r\n\t").removesuffix(")") if match else text


def _java_date(value: dict[str, Any]) -> str | None:
    """A serialised java.util.Date: year − 1900, month from 0, `time` in milliseconds; the moment in Chinese time."""
    try:
        if "time" in value:
            moment = datetime.fromtimestamp(0, CHINA) + timedelta(milliseconds=int(value["time"]))
        elif {"year", "month", "date"} <= value.keys():
            moment = datetime(int(value["year"]) + 1900, int(value["month"]) + 1, int(value["date"]), tzinfo=CHINA)
        else:
            return None
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=None).isoformat(sep=" ")


def value_text(value: Any) -> str | None:
    """One JSON value as text; nested values that are no dates come out as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) and (text := _java_date(value)):
        return text
    return json.dumps(value, ensure_ascii=False)


def _chunk(records: Iterable[tuple[int, Any]], broken: list[Broken]) -> Chunk:
    rows: list[int] = []
    objects: list[dict[str, Any]] = []
    known: dict[str, None] = {}
    for row, record in records:
        if isinstance(record, dict):
            known.update(dict.fromkeys(record))
        if twice := repeated_in(record):
            text = json.dumps(record, ensure_ascii=False)
            broken.append(Broken(row, "repeated_name", (text,), (("names", "、".join(twice)),)))
        elif isinstance(record, dict):
            rows.append(row)
            objects.append(record)
        else:
            broken.append(Broken(row, "not_an_object", (json.dumps(record, ensure_ascii=False),)))
    headings = tuple(known)
    frame = text_frame([[value_text(record.get(key)) for record in objects] for key in headings])
    return Chunk(headings, frame, pl.Series(rows, dtype=pl.Int32), broken)


def _records(document: Any, recognise: Recognise) -> list[Any] | None:
    """The list of records in a document: the document itself, or under the names that web services wrap lists in."""
    if isinstance(document, list):
        inner = [
            _records(part, recognise) for part in document if isinstance(part, dict) and not _is_record(part, recognise)
        ]
        if document and len(inner) == len(document) and all(part is not None for part in inner):
            return [record for part in inner for record in part or []]
        return document
    if isinstance(document, dict):
        if _is_record(document, recognise):
            return [document]
        held = [name for name in document if isinstance(document[name], list | dict)]
        for envelope in ENVELOPES:  # RECORDS is what Navicat writes
            for name in sorted((name for name in held if name.casefold() == envelope), reverse=True):
                return _records(document[name], recognise)
    return None


def _is_record(value: dict[str, Any], recognise: Recognise) -> bool:
    return recognise(tuple(value)) >= 2


def _refuse_syntax(error: json.JSONDecodeError, name: str) -> NoReturn:
    at_end = not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated")
    if at_end and not error.msg.startswith("Extra data"):
        raise refusal("truncated", name, place=f"第 {error.lineno} 行", place_en=f"line {error.lineno}") from error
    raise refusal("unreadable", name, detail=f"{error.msg} ({error.lineno}:{error.colno})") from error


def _source(format_name: str, encoding: TextEncoding, chunks: Iterator[Chunk], said: tuple[Beside, ...] = ()) -> Source:
    return Source(format_name, encoding.name, chunks, beside=said)


def _refuse_doubtful(document: Any, records: list[Any], name: str, recognise: Recognise) -> None:
    """Refuse a document that says something twice around its records, or holds others: repeated_name, several_lists."""
    kept = frozenset(id(record) for record in records)

    def look(node: Any) -> None:
        if id(node) in kept:
            return
        if isinstance(node, Repeated):
            raise refusal("repeated_name", name, names="、".join(node.names))
        others = (part for part in node if id(part) not in kept) if isinstance(node, list) else ()
        if any(isinstance(part, dict) and _is_record(part, recognise) for part in others):
            raise refusal("several_lists", name)
        for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            look(part)

    look(document)


def read_json(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a JSON document: a list of records, bare or in an envelope. FileRefusedError: truncated, unreadable, …"""
    encoding = detect(path, name)
    text = _uncalled(path.read_text(encoding=encoding.codec).strip())
    if HALF in text.lower():
        text = without_halves(text)
    try:
        document = DECODER.decode(text)
    except json.JSONDecodeError as error:
        _refuse_syntax(error, name)
    except RecursionError as error:
        raise refusal("unreadable", name, detail="nesting") from error
    records = _records(document, recognise)
    if records is None:
        raise refusal("not_as_named", name, found="JSON（不是记录列表 not a list of records）", ending=".json")
    _refuse_doubtful(document, records, name, recognise)
    return _source("json", encoding, iter([_chunk(enumerate(records, 1), [])]), beside(document, records))


def _lines(path: Path, name: str, encoding: TextEncoding) -> Iterator[Chunk]:
    records: list[tuple[int, Any]] = []
    broken: list[Broken] = []
    last_bad = 0
    with path.open(encoding=encoding.codec) as file:
        number = 0
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                records.append((number, DECODER.decode(without_halves(line.strip()))))
            except (json.JSONDecodeError, RecursionError):
                last_bad = number
                broken.append(Broken(number, "unreadable_line", (line.strip(),)))
            if len(records) >= LINES:
                yield _chunk(records, broken)
                records, broken = [], []
    if last_bad == number and not encoding.ends_with_newline:
        raise refusal("truncated", name, place=f"第 {number} 行", place_en=f"line {number}")
    if records or broken:
        yield _chunk(records, broken)


def read_jsonl(path: Path, name: str, recognise: Recognise, limits: Limits) -> Source:
    """Open a file of one JSON object a line. A line that does not parse is one broken row; row numbers are lines."""
    encoding = detect(path, name)
    with path.open(encoding=encoding.codec) as file:
        if file.read(64).lstrip().startswith("["):
            raise refusal("not_as_named", name, found="JSON", ending=".jsonl")
    return _source("jsonl", encoding, _lines(path, name, encoding))
