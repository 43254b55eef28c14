"""The way into a delivered file: size, ending and first bytes are checked, and the format's reader is called.
What stands inside belongs to the readers beside this module."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipelines.extracts.masking import known_ending
from pipelines.extracts.messages import refusal
from pipelines.extracts.reading import columnar, delimited, markup, objects, workbook
from pipelines.extracts.reading.source import MEGABYTE, Limits, Recognise, Source

Reader = Callable[[Path, str, Recognise, Limits], Source]

ZIP, OLE2, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00")  # a bare stream of records
BEFORE_95 = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2, 3 and 4: no library reads them
# An encrypted workbook is an OLE2 container with this stream; an old workbook is one without it.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# Ending → the contents it may have, the usual one first, each with its reader. Case systems save pages, and
# tables of tabs, under the ending of a workbook.
TEXT: dict[str, Reader] = {"text": delimited.read}
PAGE: dict[str, Reader] = {"HTML/XML": markup.read}
ZIPPED: dict[str, Reader] = {"zip": workbook.read}
OLD: dict[str, Reader] = {"ole2": workbook.read_old}
READERS: dict[str, dict[str, Reader]] = {
    "csv": TEXT, "tsv": TEXT, "txt": TEXT,
    "xlsx": ZIPPED | OLD, "xlsm": ZIPPED | OLD, "xlsb": ZIPPED | OLD, "ods": ZIPPED,
    "xls": OLD | ZIPPED | PAGE | TEXT, "et": OLD | ZIPPED | PAGE | TEXT,
    "html": PAGE, "htm": PAGE,
    "json": {"json": objects.read_json}, "jsonl": {"json": objects.read_jsonl},
    "parquet": {"parquet": columnar.read},
}  # fmt: skip
SHOWN = {"zip": "Excel/ZIP", "ole2": "Excel 97–2003 (xls)", "parquet": "Parquet", "json": "JSON", "text": "text"}
SHOWN_ZH = {
    "text": "文本",
    "HTML/XML": "网页或 XML 表格",
    "zip": "新版 Excel 工作簿",
    "ole2": "旧版 Excel 工作簿（xls）",
}


def _content(head: bytes) -> str:
    """What the first bytes say a file is: a format's name, or `text`."""
    for magic, name in ((ZIP, "zip"), (OLE2, "ole2"), (PARQUET, "parquet"), (b"%PDF", "PDF"), (b"Rar!", "RAR")):
        if head.startswith(magic):
            return name
    if head.startswith(BIFF):
        return "ole2"
    if head.startswith(BEFORE_95):
        return "before 95"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not head.startswith(codecs.BOM_UTF32_LE):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(
        (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<!--", b"<div", markup.ARCHIVED)
    ):
        return "HTML/XML"
    if text.startswith((b"{", b"[")) or objects.CALLED.match(text.decode("utf-8", "replace")):
        return "json"
    return "text"


def _checked_content(path: Path, name: str, ending: str) -> str:
    """What a file holds, if its ending may hold that. FileRefusedError (encrypted, too_old, not_as_named)."""
    with path.open("rb") as file:
        head = file.read(1024)
        found = _content(head)
        if found == "ole2" and "ole2" in READERS[ending]:
            file.seek(0)
            if ENCRYPTED_STREAM in file.read(16 * MEGABYTE):
                raise refusal("encrypted", name)
    if found == "before 95":
        raise refusal("too_old", name)
    if found not in READERS[ending]:
        raise refusal("not_as_named", name, found=SHOWN.get(found, found), ending=f".{ending}")
    return found


def open_file(path: Path, recognise: Recognise, limits: Limits | None = None, name: str | None = None) -> Source:
    """Open a delivered file. `recognise` counts the known headings in a row; `name` is what messages call the file.

    FileRefusedError for whatever is wrong with the file as a whole; some of it only while chunks are drawn.
    """
    name, limits = name or path.name, limits or Limits()
    ending = path.suffix.lower().removeprefix(".")
    size = path.stat().st_size
    if ending not in READERS:
        raise refusal(
            "unknown_ending", name, ending=f".{known_ending(path.name)}" if known_ending(path.name) else "（无）"
        )
    if size == 0:
        raise refusal("empty_file", name)
    if size > limits.of(ending):
        shown = f"{size / MEGABYTE:,.1f} MB", f"{limits.of(ending) / MEGABYTE:,.1f} MB"
        raise refusal("too_large", name, size=shown[0], limit=shown[1])
    found = _checked_content(path, name, ending)
    source = READERS[ending][found](path, name, recognise, limits)
    if found == next(iter(READERS[ending])):
        return source
    facts = (("found", SHOWN.get(found, found)), ("found_zh", SHOWN_ZH.get(found, found)))
    return replace(source, told=(*source.told, ("read_as", facts)))
