"""A sheet of settings that somebody sent, before it is read: its name, its size, and what a workbook may hide.
What its rows have to say belongs to `checking`; where it lies and what becomes of it, to `handover`."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError, iterparse

from pipelines.settings.faults import Fault, fault
from pipelines.settings.tables import ENDINGS, Sheet, Table

MOST_BYTES, MOST_UNPACKED = 1_000_000, 20_000_000
MOST_ROWS, MOST_COLUMNS, MOST_MEMBERS = 20_000, 100, 200
HIDDEN = re.compile(r"vba|macro|externallink|embedding|activex|connections|querytable|oleobject|ctrlprop", re.I)
TEXT = (".xml", ".rels", ".vml")
OTHER = (".bin", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")
PLACE = re.compile(r"([A-Za-z]{0,9})(\d{1,9})")
FORMULA, SIGNED = ("=", "+", "-", "@"), re.compile(r"[+-]?[\d.,]+%?")
CHUNK = 1 << 16


class _SentError(Exception):
    """The word in messages.toml for what is wrong."""


def ending(name: str) -> str:
    """`.csv`, `.xlsx` or whatever else stands behind the last dot, in small letters."""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def name_faults(name: str, table: Table) -> list[Fault]:
    """What is wrong with the name under which a sheet was sent."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)[:80]
    strange = any(unicodedata.category(sign)[0] == "C" for sign in name)
    if not name or strange or name[0] in ".~" or re.search(r"[/\\:]", name) or len(name) > 120:
        return [fault("sent_name", shown)]
    if ending(name) not in ENDINGS:
        return [fault("sent_ending", shown)]
    stem = name.rpartition(".")[0]
    if not re.fullmatch(rf"({table.name}|{re.escape(table.zh)})([ _.(（-].*)?", stem):
        return [fault("sent_other", shown, table=f"{table.name} {table.zh}")]
    return []


def content_faults(name: str, data: bytes) -> list[Fault]:
    """What is wrong with the bytes, before anything reads them as a table."""
    if len(data) > MOST_BYTES:
        return [fault("sent_size", name, most=f"{MOST_BYTES:,}")]
    is_archive = data[:4] in (b"PK\x03\x04", b"PK\x05\x06")
    if ending(name) == ".csv":
        if is_archive or data[:4] == b"\xd0\xcf\x11\xe0" or b"\0" in data:
            return [fault("sent_ending", name)]
        if data.count(b"\n") + data.count(b"\r") > 2 * MOST_ROWS:
            return [_extent(name)]
        return []
    try:
        _look_into(data)
    except _SentError as wrong:
        said = str(wrong)
        return [_extent(name)] if said == "sent_extent" else [fault(said, name, most=f"{MOST_UNPACKED:,}")]
    except Exception:  # whatever a broken archive makes its reader say
        return [fault("sent_workbook", name)]
    return []


def formula_faults(sheet: Sheet) -> Iterator[Fault]:
    """Cells that a spreadsheet program would reckon with when somebody opens the sheet again."""
    for line, row in sheet.rows:
        for column, value in row.items():
            if value.startswith(FORMULA) and not SIGNED.fullmatch(value):
                yield fault("sent_formula", sheet.file, line, column, value[:80])


def _extent(name: str) -> Fault:
    return fault("sent_extent", name, rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS)


def _look_into(data: bytes) -> None:
    """_SentError for what an archive holds or would unpack to; its own word on its sizes is not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names or len(names) > MOST_MEMBERS or len(set(names)) < len(names):
            raise _SentError("sent_workbook")
        if any(HIDDEN.search(name) for name in names):
            raise _SentError("sent_hidden")
        left = MOST_UNPACKED
        for name in names:
            text = _unpacked(archive, name, left)
            left -= len(text)
            _look_at(name, text)


def _unpacked(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    found = io.BytesIO()
    with archive.open(name) as member:
        while part := member.read(CHUNK):
            found.write(part)
            if found.tell() > most:
                raise _SentError("sent_unpacked")
    return found.getvalue()


def _look_at(name: str, text: bytes) -> None:
    """A reader of workbooks makes room for every cell up to the last one named: one far out would fill the memory."""
    if ending(name) in OTHER and not text.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t\0").startswith(b"<"):
        return
    if ending(name) not in TEXT and not name.endswith("/"):
        raise _SentError("sent_workbook")
    if not text:
        return
    if b"<!" + b"DOCTYPE" in text[:4096].upper() or b"\0" in text:
        raise _SentError("sent_workbook")
    if b"macroenabled" in text.lower():
        raise _SentError("sent_hidden")
    try:
        for _, element in iterparse(io.BytesIO(text)):
            _look_at_place(element.tag.rpartition("}")[2], element.get("r", ""))
            element.clear()
    except ParseError as broken:
        raise _SentError("sent_workbook") from broken


def _look_at_place(tag: str, place: str) -> None:
    if tag not in ("c", "row") or not place:
        return
    found = PLACE.fullmatch(place)
    if found is None:
        raise _SentError("sent_extent")
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    if int(found[2]) > MOST_ROWS or column > MOST_COLUMNS:
        raise _SentError("sent_extent")
