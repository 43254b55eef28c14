"""Libraries that panic on a damaged file: what they raise then is no `Exception`, and would end the whole run.
What a reader refuses by itself is said where it reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.extracts.messages import refusal

PANIC = "PanicException"  # each library in Rust has a class of that name of its own


@contextmanager
def panics_refuse(name: str) -> Iterator[None]:
    """Whatever panics within refuses the file. FileRefusedError (unreadable)."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise refusal("unreadable", name, detail=" ".join(str(error).split())[:200]) from error
