"""Notes on a court and a month that everybody sees on its trends: what happened there, said once, by the bureau.
Events of the whole province belong to the settings; what a court says of its own number, to comments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboards.month import Month
from dashboards.proceedings import store
from dashboards.proceedings.store import Act, NotPossibleError, Writer

KIND = "annotation"
LONGEST = 120  # characters: it stands beside a chart


@dataclass(frozen=True)
class Annotation:
    """`thread` is its number; `said_at` is UTC."""

    thread: int
    court: str
    month: Month
    said: str
    said_at: datetime


def note(writer: Writer, court: str, month: Month, said: str) -> int:
    """Put a note; its number. NotPossibleError: not_allowed, nothing_said, too_long."""
    if not writer.reader.may("notes"):
        raise NotPossibleError("not_allowed")
    if not said.strip():
        raise NotPossibleError("nothing_said")
    if len(said.strip()) > LONGEST:
        raise NotPossibleError("too_long")
    return store.append(writer, KIND, "note", {"court": court, "month": str(month)}, {"said": said})


def withdraw(writer: Writer, one: Annotation) -> None:
    """Take a note back: it stays in the history and is shown no more. NotPossibleError: not_allowed, too_late."""
    if not writer.reader.may("notes"):
        raise NotPossibleError("not_allowed")

    def check(acts: Sequence[Act]) -> None:
        if len(acts) > 1:
            raise NotPossibleError("too_late")

    content = {"court": one.court, "month": str(one.month)}
    store.append(writer, KIND, "withdraw", content, {}, one.thread, check)


def in_force(province: str) -> list[Annotation]:
    """Those in force, the oldest first."""
    return [_folded(acts[0]) for acts in store.threads(KIND, province).values() if len(acts) == 1]


def _folded(act: Act) -> Annotation:
    said = act.content
    return Annotation(act.thread, said["court"], Month.parse(said["month"]), said["said"], act.happened_at)
