"""Workbooks of Excel 97–2003 looked through for what the library does not tell: number formats, pages, notes, 1904.
Sectors are followed by [MS-CFB], records by [MS-XLS]; values are read by the library, in `workbook`."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.extracts.reading import formats
from pipelines.extracts.reading.grid import Around
from pipelines.extracts.reading.package import Seen
from pipelines.extracts.reading.source import ERROR, ODD_FORMAT, OPEN_FORMULA, SINCE_1904, Beside, Doubt
from pipelines.extracts.reading.struck.office_binary import Fonts, shared_texts

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # sector numbers from here on mark ends and holes
_NAMES = ("Workbook", "Book")
_BEGIN, _CLOSE, _SHEET, _DATES, _FORMAT, _STYLE = 0x809, 0x0A, 0x85, 0x22, 0x41E, 0xE0
_ROW, _HEIGHTLESS = 0x208, 0x20
_FONT, _SCRIPT_AT, _SHARED_TEXTS = 0x31, 8, 0xFC
_SHARED_TEXT, _LABEL, _RICH_LABEL = 0xFD, 0x204, 0xD6
_PAGES, _TEXT, _CONTINUED = (0x14, 0x15), 0x1B6, 0x3C
_NUMBER, _SHORT, _SHORTS, _FORMULA, _ERROR = 0x203, 0x27E, 0xBD, 0x06, 0x205
_WORDED = (_SHARED_TEXT, _LABEL, _RICH_LABEL, _ERROR)
_NO_NUMBER, _ERROR_STORED, _NOTHING_STORED = b"\xff\xff", 2, 3  # of the eight bytes of a formula's result
_EMPTY_TEXT = b"\x17\x00"  # "" in a formula, whose result may then be nothing
_CODES = re.compile(r"&\"[^\"]*\"|&[A-Z]|&\d+")
_BIFF8 = 0x0600


class NotFollowedError(ValueError):
    """A container whose sectors cannot be followed."""


def _chain(table: list[int], first: int) -> Iterator[int]:
    sector, left = first, len(table) + 1
    while sector < _END:
        if not left or sector >= len(table):
            raise NotFollowedError("sectors")
        yield sector
        sector, left = table[sector], left - 1


def _table(content: bytes, size: int) -> list[int]:
    """The table of sectors ([MS-CFB] 2.3): its own sectors stand in the header and in a chain after it."""
    count, following = struct.unpack_from("<I", content, 44)[0], struct.unpack_from("<I", content, 68)[0]
    listed = list(struct.unpack_from("<109I", content, 76))
    per = size // 4
    while following < _END and len(listed) <= count + per:
        more = struct.unpack_from(f"<{per}I", content, (following + 1) * size)
        listed, following = [*listed, *more[:-1]], more[-1]
    found: list[int] = []
    for sector in [each for each in listed if each < _END][:count]:
        found += struct.unpack_from(f"<{per}I", content, (sector + 1) * size)
    return found


def _stream(content: bytes) -> bytes:
    """The stream of the workbook's records."""
    if not content.startswith(_MAGIC):
        return content
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    table = _table(content, size)

    def whole(first: int) -> bytes:
        return b"".join(content[(sector + 1) * size : (sector + 2) * size] for sector in _chain(table, first))

    entries = whole(struct.unpack_from("<I", content, 48)[0])
    small_table = whole(struct.unpack_from("<I", content, 60)[0])
    small: bytes | None = None
    for at in range(0, len(entries) - 127, 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", errors="replace")
        first, bytes_long = struct.unpack_from("<II", entries, at + 116)
        if small is None:
            small = whole(first)  # the root entry comes first and holds the small sectors
        if name in _NAMES and bytes_long >= 4096:
            return whole(first)[:bytes_long]
        if name in _NAMES:
            links = list(struct.unpack(f"<{len(small_table) // 4}I", small_table))
            return b"".join(small[64 * sector : 64 * sector + 64] for sector in _chain(links, first))[:bytes_long]
    raise NotFollowedError("no workbook")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _text(body: bytes, at: int, wide: int = 2) -> str:
    """A text of [MS-XLS] 2.5.294: its length in `wide` bytes, a flag, and one byte or two a character."""
    length, is_wide = int.from_bytes(body[at : at + wide], "little"), body[at + wide] & 1
    begin = at + wide + 1
    if is_wide:
        return body[begin : begin + 2 * length].decode("utf-16-le", errors="replace")
    return body[begin : begin + length].decode("latin-1")


@dataclass
class _Look:
    """What has been seen on the way through the records."""

    is_new: bool = True  # of Excel 97 on; before it, texts are in the code page of their country
    day_zero: int = 0
    codes: dict[int, str] = field(default_factory=lambda: {**formats.BUILT_IN})
    used: list[int] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)
    fonts: Fonts = field(default_factory=lambda: Fonts(leaves_out=True))
    texts: list[bytes] = field(default_factory=list)  # the table of shared texts, and the records that continue it
    goes_on: bool = False

    def text(self, body: bytes, at: int, wide: int = 2) -> str:
        if self.is_new:
            return _text(body, at, wide)
        length = body[at]
        return body[at + 1 : at + 1 + length].decode("gb18030", errors="replace")

    def odd(self, style: int) -> str | None:
        code = self.codes.get(self.used[style]) if style < len(self.used) else None
        return code if code and formats.is_doubtful(code) else None

    def globally(self, kind: int, body: bytes) -> None:
        if kind == _BEGIN:
            self.is_new = struct.unpack_from("<H", body)[0] >= _BIFF8
        elif kind == _DATES:
            self.day_zero = SINCE_1904 if body[0] else 0
        elif kind == _FORMAT:
            self.codes[struct.unpack_from("<H", body)[0]] = self.text(body, 2)
        elif kind == _STYLE:
            self.used.append(struct.unpack_from("<H", body, 2)[0])
            self.fonts.of_styles.append(struct.unpack_from("<H", body)[0])
        elif kind == _FONT:
            self.fonts.font(body, _SCRIPT_AT)
        elif kind == _SHARED_TEXTS or (kind == _CONTINUED and self.goes_on):
            self.texts.append(body)
        elif kind == _SHEET:
            self.titles.append((struct.unpack_from("<I", body)[0], self.text(body, 6, 1)))
        self.goes_on = kind == _SHARED_TEXTS or (kind == _CONTINUED and self.goes_on)


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Row, column and style of the numbers in a record."""
    if kind in (_NUMBER, _SHORT, _FORMULA):
        yield struct.unpack_from("<HHH", body)
    elif kind == _SHORTS:
        row, first = struct.unpack_from("<HH", body)
        for place in range((len(body) - 6) // 6):
            yield row, first + place, struct.unpack_from("<H", body, 4 + 6 * place)[0]


def _lost(kind: int, body: bytes) -> str | None:
    """Why the result of a cell is not there: it is an error, or the program that wrote the formula stored none."""
    if kind == _ERROR:
        return ERROR if body[7] else None
    if kind != _FORMULA or body[12:14] != _NO_NUMBER:
        return None
    if body[6] == _ERROR_STORED:
        return ERROR
    return OPEN_FORMULA if body[6] == _NOTHING_STORED and _EMPTY_TEXT not in body[20:] else None


def _marked(kind: int, body: bytes, fonts: Fonts) -> Iterator[Doubt]:
    """The cells of a record whose text is struck out or raised."""
    places = list(_cells(kind, body)) or ([struct.unpack_from("<HHH", body)] if kind in _WORDED else [])
    for row, column, style in places:
        text = struct.unpack_from("<I", body, 6)[0] if kind == _SHARED_TEXT else None
        if code := fonts.of_cell(style, text):
            yield Doubt(row + 1, column, code)


def _lines(where: str, text: str) -> Iterator[Beside]:
    yield from (Beside(where, "", line) for line in _CODES.sub("\n", text).splitlines() if line.strip())


def _of_sheet(stream: bytes, begin: int, look: _Look) -> Seen:
    """What was seen of one sheet: its records end with the last one, charts on it stand in records of their own."""
    doubts: list[Doubt] = []
    said: list[Beside] = []
    unseen: list[int] = []
    depth, boxed = 0, False
    for kind, body in _records(stream[begin:]):
        depth += (kind == _BEGIN) - (kind == _CLOSE)
        if kind == _CLOSE and not depth:
            break
        if boxed and kind == _CONTINUED and body:
            said += _lines("note", body[1:].decode("utf-16-le" if body[0] & 1 else "latin-1", errors="replace"))
            boxed = False
        boxed = boxed or kind == _TEXT
        if kind in _PAGES and body:
            said += _lines("page", look.text(body, 0))
        if kind == _ROW and body[12] & _HEIGHTLESS:
            unseen.append(struct.unpack_from("<H", body)[0] + 1)
        if lost := _lost(kind, body):
            at = struct.unpack_from("<HH", body)
            doubts.append(Doubt(at[0] + 1, at[1], lost))
        doubts += () if look.fonts.is_plain else _marked(kind, body, look.fonts)
        for row, column, style in _cells(kind, body):
            if code := look.odd(style):
                doubts.append(Doubt(row + 1, column, ODD_FORMAT, (("format", code),)))
    return Seen(tuple(doubts), beside=tuple(said), unseen=tuple(unseen))


def looked_through(content: bytes) -> tuple[dict[str, Seen], Around]:
    """What was seen of each sheet, and of the whole. NotFollowedError, struct.error, IndexError for a damaged file."""
    stream, look = _stream(content), _Look()
    for kind, body in _records(stream):
        if kind == _CLOSE:
            break
        look.globally(kind, body)
    if not look.fonts.is_plain:
        look.fonts.texts += shared_texts(look.texts)
    return {title: _of_sheet(stream, begin, look) for begin, title in look.titles}, Around((), look.day_zero)
