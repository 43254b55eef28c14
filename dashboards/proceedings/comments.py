"""A court's own comment on a number of its own: one text a number and month, read by everybody who reads the number.
The bureau may say of it that the number is under examination; objections, which want a correction, are elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from dashboards.proceedings import numbers, store
from dashboards.proceedings.numbers import Key, Number
from dashboards.proceedings.store import NotPossibleError, Writer

KIND = "comment"
SAY, WITHDRAW, EXAMINE, SETTLE = "say", "withdraw", "examine", "settle"
UNDER_EXAMINATION = "under_examination"
LONGEST = 500  # characters: it stands beside a number, in a pack of a few pages


@dataclass(frozen=True)
class Comment:
    """The text in force, and `under_examination` or nothing as its status. `said` is empty once it is withdrawn."""

    thread: int
    about: Number
    said: str
    said_at: datetime
    status: str
    act: int  # the number of the act that the text stands in


def say(writer: Writer, own_courts: Collection[str], about: Number, said: str) -> None:
    """Put a text in the place of the one before. NotPossibleError: not_allowed, nothing_said, too_long."""
    if not writer.reader.may("object") or about.court not in own_courts:
        raise NotPossibleError("not_allowed")
    if not said.strip():
        raise NotPossibleError("nothing_said")
    if len(said.strip()) > LONGEST:
        raise NotPossibleError("too_long")
    _append(writer, SAY, about, said)


def withdraw(writer: Writer, own_courts: Collection[str], about: Number) -> None:
    """Take the text back: it stays in the history and is shown no more."""
    if not writer.reader.may("object") or about.court not in own_courts:
        raise NotPossibleError("not_allowed")
    _append(writer, WITHDRAW, about, "")


def examine(writer: Writer, about: Number, *, is_examined: bool) -> None:
    """The bureau says that the number is under examination, or that it is no more."""
    if not writer.reader.may("review"):
        raise NotPossibleError("not_allowed")
    _append(writer, EXAMINE if is_examined else SETTLE, about, "")


def comments(province: str) -> dict[Key, Comment]:
    """The comment in force of every number that has one."""
    found: dict[Key, Comment] = {}
    for act in store.acts(KIND, province):
        about = numbers.of(act.content)
        before = found.get(about.key)
        if act.deed in (SAY, WITHDRAW):
            status = before.status if before else ""
            found[about.key] = Comment(act.thread, about, str(act.content["said"]), act.happened_at, status, act.number)
        elif before:
            status = UNDER_EXAMINATION if act.deed == EXAMINE else ""
            found[about.key] = replace(before, status=status)
    return {key: comment for key, comment in found.items() if comment.said}


def _append(writer: Writer, deed: str, about: Number, said: str) -> None:
    known = comments(writer.province).get(about.key)
    if known is None and deed != SAY:
        raise NotPossibleError("unknown")
    thread = known.thread if known else None
    store.append(writer, KIND, deed, about.content, {"said": said}, thread)
