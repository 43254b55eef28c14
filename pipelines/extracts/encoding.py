"""The encoding of a delivered text file, found strictly: UTF-8 or UTF-16 by their mark, UTF-8, GB18030, nothing else.
What does not decode to the last byte is refused here; splitting the text into rows belongs to `reading`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from pipelines.extracts.messages import refusal

BLOCK = 4 << 20
CJK = re.compile("[\u4e00-\u9fff]")
# This many Chinese characters read as UTF-8 before the first bad byte mean that the text is UTF-8 and damaged:
# GB18030 text fails within its first few characters, and reading damaged UTF-8 as GB18030 gives mojibake.
CJK_THAT_PROVE_UTF8 = 4
_LABELS = {None: "UTF-8", "utf-8-sig": "UTF-8-BOM", "utf-16": "UTF-16"}


@dataclass(frozen=True)
class TextEncoding:
    """How to read a text file. `codec` is Python's name."""

    name: str
    codec: str
    quote_count: int
    ends_with_newline: bool


@dataclass
class _Scan:
    """What was met while decoding: rows begun, Chinese characters, quotes, the last byte."""

    rows: int = 1
    cjk: int = 0
    quotes: int = 0
    last: str = ""

    def add(self, text: str) -> None:
        self.last = text[-1:] or self.last
        self.rows += text.count("\n")
        self.quotes += text.count('"')
        if self.cjk < CJK_THAT_PROVE_UTF8:
            self.cjk += sum(1 for _ in islice(CJK.finditer(text), CJK_THAT_PROVE_UTF8))


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _decode(path: Path, codec: str, scan: _Scan) -> UnicodeDecodeError | None:
    """Decode the whole file into `scan`; the error at the first byte that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    with path.open("rb") as file:
        for block in _blocks(file):
            try:
                scan.add(decoder.decode(block))
            except UnicodeDecodeError as error:
                scan.add(error.object[: error.start].decode(codec, "ignore"))
                return error
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return error
    return None


def _marked(head: bytes) -> str | None:
    """The codec that a byte-order mark names."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return None
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else None


def _refuse_binary(path: Path, name: str) -> str | None:
    """Refuse UTF-16 without a mark, UTF-32 and NUL bytes; say which codec a byte-order mark names."""
    with path.open("rb") as file:
        rows = 1
        for number, block in enumerate(_blocks(file)):
            if number == 0:
                marked = _marked(block)
                if marked == "utf-16":
                    return marked
                head, nulls = block[:4096], block[:4096].count(0)
                if nulls and nulls * 3 > len(head):
                    raise refusal("utf16", name)
            place = block.find(b"\0")
            if place >= 0:
                raise refusal("nul_bytes", name, row=rows + block[:place].count(b"\n"))
            rows += block.count(b"\n")
    return marked


def detect(path: Path, name: str | None = None) -> TextEncoding:
    """The encoding of a text file that is not empty, after decoding all of it strictly.

    FileRefusedError: utf16, nul_bytes, damaged_text, truncated, unknown_encoding. `name` is what messages call it.
    """
    name = name or path.name
    marked = _refuse_binary(path, name)
    scan = _Scan()
    error = _decode(path, marked or "utf-8", scan)
    if error is None:
        label, codec = _LABELS[marked], marked or "utf-8"
    elif marked or scan.cjk >= CJK_THAT_PROVE_UTF8:
        if error.reason in ("unexpected end of data", "truncated data"):
            raise refusal("truncated", name, place=f"第 {scan.rows} 行", place_en=f"row {scan.rows}")
        raise refusal("damaged_text", name, row=scan.rows, encoding="UTF-16" if marked == "utf-16" else "UTF-8")
    else:
        label, codec, scan = "GB18030", "gb18030", _Scan()
        error = _decode(path, codec, scan)
        if error is not None and error.reason == "incomplete multibyte sequence" and scan.cjk >= CJK_THAT_PROVE_UTF8:
            raise refusal("truncated", name, place=f"第 {scan.rows} 行", place_en=f"row {scan.rows}")
        if error is not None:
            raise refusal("unknown_encoding", name, row=scan.rows)
    return TextEncoding(label, codec, scan.quotes, scan.last in ("\n", "\r"))
