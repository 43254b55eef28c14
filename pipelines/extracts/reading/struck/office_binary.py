"""Struck and raised texts of binary workbooks: fonts and runs as XLS ([MS-XLS]) and XLSB ([MS-XLSB]) write them.
Records are followed, and cells placed, by the readers of the two formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.extracts.reading.struck.marks import Run, doubt_of

_STRUCK_BIT = 0x08  # of a font's flags, in both formats
_OF_CELL = Run("x")  # a text without runs
_RICH, _EXTENDED, _WIDE = 0x08, 0x04, 0x01  # of the flags of an XLS text
_FIRST_TEXT, _RUN_BYTES = 8, 4
_LEFT_OUT = 4  # the number of a font that XLS never gives
_MOST_RUNS = 1 << 16


@dataclass
class Fonts:
    """The fonts of a workbook as (struck out, raised), the font of every style, the runs of its shared texts."""

    fonts: list[tuple[bool, bool]] = field(default_factory=list)
    of_styles: list[int] = field(default_factory=list)
    texts: list[tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=list)
    leaves_out: bool = False  # whether numbers of fonts pass over the fourth

    @property
    def is_plain(self) -> bool:
        return not any(map(any, self.fonts))

    def font(self, body: bytes, script_at: int) -> None:
        """Take a font's record: its flags stand at 2, how it stands to the line at `script_at`."""
        self.fonts.append((bool(body[2] & _STRUCK_BIT), struct.unpack_from("<H", body, script_at)[0] in (1, 2)))

    def _looks(self, number: int) -> tuple[bool, bool]:
        at = number - 1 if self.leaves_out and number > _LEFT_OUT else number
        return self.fonts[at] if at < len(self.fonts) else (False, False)

    def of_cell(self, style: int, text: int | None = None) -> str | None:
        """What is doubtful of a cell of a style, with a shared text or another value."""
        is_struck = self._looks(self.of_styles[style])[0] if style < len(self.of_styles) else False
        known = self.texts[text] if text is not None and text < len(self.texts) else ("x", ())
        return self.of_text(*known, is_struck)

    def of_text(self, text: str, runs: Sequence[tuple[int, int]], is_struck: bool) -> str | None:
        """What is doubtful of a text; `runs` are where each begins and its font."""
        if not runs:
            return doubt_of((_OF_CELL,), is_struck)
        starts = [*runs, (len(text), 0)]
        dressed = [Run(text[begin:end], *self._looks(font)) for (begin, font), (end, _) in pairwise(starts)]
        return doubt_of((Run(text[: runs[0][0]]), *dressed), is_struck)


class _Parts:
    """The bodies of a record and of those that continue it, read as one."""

    def __init__(self, bodies: Sequence[bytes]) -> None:
        self._bodies, self._number, self._at = bodies, 0, _FIRST_TEXT

    def _here(self) -> bytes:
        while self._number < len(self._bodies) and self._at >= len(self._bodies[self._number]):
            self._number, self._at = self._number + 1, 0
        return self._bodies[self._number] if self._number < len(self._bodies) else b""

    @property
    def is_over(self) -> bool:
        return not self._here()

    def take(self, count: int) -> bytes:
        found = b""
        while len(found) < count and (body := self._here()):
            piece = body[self._at : self._at + count - len(found)]
            found, self._at = found + piece, self._at + len(piece)
        return found

    def characters(self, count: int, is_wide: bool) -> str:
        """A text; where a record continues it, it says anew how wide its characters are."""
        found = ""
        while count > len(found) and not self.is_over:
            if found and not self._at:
                is_wide = bool(self.take(1)[0] & _WIDE)
            room = (len(self._here()) - self._at) >> is_wide
            piece = self.take(min(count - len(found), room) << is_wide)
            if not piece:
                break
            found += piece.decode("utf-16-le" if is_wide else "latin-1", errors="replace")
        return found


def _pairs(content: bytes) -> tuple[tuple[int, int], ...]:
    return tuple(struct.iter_unpack("<HH", content[: len(content) // _RUN_BYTES * _RUN_BYTES]))


def shared_texts(bodies: Sequence[bytes]) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """The shared texts of an XLS workbook with their runs: the body of its table, and of the records that continue."""
    parts = _Parts(bodies)
    while not parts.is_over:
        head = parts.take(3)
        if len(head) < 3:
            return
        length, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", parts.take(2))[0] if flags & _RICH else 0
        more = struct.unpack("<I", parts.take(4))[0] if flags & _EXTENDED else 0
        text = parts.characters(length, bool(flags & _WIDE))
        found = _pairs(parts.take(_RUN_BYTES * runs))
        parts.take(more)
        yield text, found


def rich_text(content: bytes, at: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text of XLSB with its runs, from the byte of its flags on."""
    length = struct.unpack_from("<I", content, at + 1)[0]
    end = at + 5 + 2 * length
    text = content[at + 5 : end].decode("utf-16-le", errors="replace")
    if not content[at] & 1:
        return text, ()
    count = min(struct.unpack_from("<I", content, end)[0], _MOST_RUNS)
    return text, _pairs(content[end + 4 : end + 4 + _RUN_BYTES * count])
