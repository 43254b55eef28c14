"""What a statement's process is given, and what it says at its end.
Running the statement is in worker.py; starting and stopping the process in desk.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """`kept` rows at most are written. Limits: megabytes, threads, milliseconds.

    `province` is the file on which an excerpt's views look, '' for a whole snapshot. `result` and `shown` are files
    that are open for writing, by the number under which the process inherits them.
    """

    database: str
    statement: str
    kept: int
    memory_mb: int
    threads: int
    milliseconds: int
    province: str = ""
    result: int = -1
    shown: int = -1


@dataclass(frozen=True)
class Answer:
    """`fault` is empty for a result, else one of: syntax, not_a_question, too_big, too_long, refused, unsealed, no_room,
    failed. Fewer rows than asked for are kept when they fill answers.KEPT_BYTES.

    `is_whole` is False when the time ran out while the rest of the rows was counted; `is_cut` is True when cells longer
    than answers.LONGEST_CELL were cut. `is_confined` is False where the kernel could not confine the process.
    """

    fault: str = ""
    message: str = ""
    rows: int = 0
    kept: int = 0
    is_whole: bool = True
    seconds: float = 0.0
    is_cut: bool = False
    is_confined: bool = False
