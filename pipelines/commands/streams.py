"""What a command says goes to streams that may be narrow, full or closed: then words are lost, and no work.
What is said belongs to the commands; how it looks, to terminal.py."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

STANDARD = (0, 1, 2)


class Forgiving:
    """A text stream that never fails: letters that its encoding lacks are written out, what nobody takes is dropped.

    After the first failure all that goes to its descriptor is dropped, by whatever program it is written.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            self._let_go()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._let_go()

    def _let_go(self) -> None:
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            return

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def errors_into(file: TextIO) -> Iterator[None]:
    """What libraries say on the descriptor of errors goes into a file: a stack of theirs is no message to a clerk."""
    kept = os.dup(STANDARD[-1])
    os.dup2(file.fileno(), STANDARD[-1])
    try:
        yield
    finally:
        os.dup2(kept, STANDARD[-1])
        os.close(kept)


def forgive() -> None:
    """Make the standard streams of this process forgiving.

    A standard descriptor that was closed is opened on nothing: the next file that is opened would get its number, and
    what is said would be written into that file.
    """
    for number in STANDARD:
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        if not isinstance(stream, Forgiving):
            setattr(sys, name, Forgiving(stream))
