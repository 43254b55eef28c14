"""The way into a delivered file: size, ending and first bytes are checked, and the format's reader is called.
What stands inside belongs to the readers beside this module."""

from __future__ import annotations

from pathlib import Path

from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import columnar, delimited, objects, workbook
from pipelines.extracts.reading.source import MEGABYTE, Limits, Recognise, Source

READERS = {
    "csv": delimited.read,
    "xlsx": workbook.read,
    "json": objects.read_json,
    "jsonl": objects.read_jsonl,
    "parquet": columnar.read,
}
ZIP, OLE2, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
# An encrypted workbook is an OLE2 container with this stream; an old .xls is one without it.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def _content(head: bytes) -> str:
    """What the first bytes say a file is: a format's name, or `text`."""
    for magic, name in ((ZIP, "zip"), (OLE2, "ole2"), (PARQUET, "parquet"), (b"%PDF", "PDF"), (b"Rar!", "RAR")):
        if head.startswith(magic):
            return name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        return "HTML/XML"
    if text.startswith((b"{", b"[")):
        return "json"
    return "text"


EXPECTED = {"csv": "text", "json": "json", "jsonl": "json", "xlsx": "zip", "parquet": "parquet"}
SHOWN = {"zip": "Excel/ZIP", "ole2": "Excel 97–2003 (xls)", "parquet": "Parquet", "json": "JSON", "text": "text"}


def _check_content(path: Path, name: str, ending: str, size: int) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
        found = _content(head)
        if found == "ole2" and ending == "xlsx":
            file.seek(0)
            raise refusal("encrypted" if ENCRYPTED_STREAM in file.read(16 * MEGABYTE) else "old_excel", name)
    if found != EXPECTED[ending]:
        if EXPECTED[ending] == "json" and found == "text":
            found = "text"
        raise refusal("not_as_named", name, found=SHOWN.get(found, found), ending=f".{ending}")


def open_file(path: Path, recognise: Recognise, limits: Limits | None = None, name: str | None = None) -> Source:
    """Open a delivered file. `recognise` counts the known headings in a row; `name` is what messages call the file.

    FileRefusedError for whatever is wrong with the file as a whole; some of it only while chunks are drawn.
    """
    name, limits = name or path.name, limits or Limits()
    ending = path.suffix.lower().removeprefix(".")
    size = path.stat().st_size
    if ending == "xls":
        raise refusal("old_excel", name)
    if ending not in READERS:
        raise refusal("unknown_ending", name, ending=path.suffix or "（无）")
    if size == 0:
        raise refusal("empty_file", name)
    if size > limits.of(ending):
        shown = f"{size / MEGABYTE:,.1f} MB", f"{limits.of(ending) / MEGABYTE:,.1f} MB"
        raise refusal("too_large", name, size=shown[0], limit=shown[1])
    _check_content(path, name, ending, size)
    return READERS[ending](path, name, recognise, limits)
