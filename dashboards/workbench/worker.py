"""One statement, asked of one snapshot behind every wall that DuckDB has; whatever goes wrong is in the answer.
The process that runs it gives up its rights in process.py; queueing and stopping it belong to desk.py."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import IO

import duckdb
import pyarrow as pa

from dashboards import seal
from dashboards.snapshot import PROVINCE, REPOSITORY
from dashboards.workbench import answers
from dashboards.workbench.job import Answer, Job
from dashboards.workbench.parse_tree import ForbiddenNameError
from dashboards.workbench.questions import NotAQuestionError, question

BATCH = 2_048
LONGEST_MESSAGE = 2_000


def run(job: Job, result: IO[bytes], shown: IO[bytes]) -> Answer:
    """Runs the statement within its limits and writes into the two files."""
    started = time.monotonic()
    answer = _asked(job, result, shown, started)
    message = _without_places(answer.message, job)[:LONGEST_MESSAGE]
    return replace(answer, message=message, seconds=round(time.monotonic() - started, 3))


def _asked(job: Job, result: IO[bytes], shown: IO[bytes], started: float) -> Answer:
    try:
        asked = question(job.statement)
        with _opened(job) as connection:
            return _written(connection, replace(job, statement=asked), result, shown, started)
    except duckdb.ParserException as wrong:
        return Answer("syntax", str(wrong))
    except NotAQuestionError as other:
        return Answer("not_a_question", str(other))
    except duckdb.OutOfMemoryException as wrong:
        return Answer("too_big", str(wrong))
    except duckdb.InterruptException as wrong:
        return Answer("too_long", str(wrong))
    except (duckdb.PermissionException, ForbiddenNameError) as wrong:
        return Answer("refused", str(wrong))
    except answers.TooWideError as wrong:
        return Answer("too_big", str(wrong))
    except seal.BrokenSealError as broken:
        return Answer("unsealed", str(broken))
    except (duckdb.Error, MemoryError, pa.ArrowException, RuntimeError, OSError) as wrong:
        return Answer(_fault(str(wrong)), str(wrong))


def _fault(message: str) -> str:
    """Errors that come out of a running stream have lost their class, not their words."""
    words = message.lower()
    if any(said in words for said in ("out of memory", "memory limit", "file too large", "malloc")):
        return "too_big"
    if "interrupt" in words or "execution time" in words:
        return "too_long"
    if "no space left" in words:
        return "no_room"
    return "refused" if "disabled" in words or "permission" in words else "failed"


def _opened(job: Job) -> duckdb.DuckDBPyConnection:
    """Behind the walls, within the limits. That the files are as they were sealed was seen by whoever asks."""
    limits = {
        "threads": str(job.threads),
        "memory_limit": f"{job.memory_mb}MB",
        "max_execution_time": str(job.milliseconds),
    }
    province = (PROVINCE, Path(job.province)) if job.province else None
    return seal.opened(Path(job.database), province, limits)


def _written(
    connection: duckdb.DuckDBPyConnection, job: Job, result: IO[bytes], shown: IO[bytes], started: float
) -> Answer:
    """Counts all rows, until the time is up, and keeps the first of them."""
    reader: pa.RecordBatchReader = connection.sql(job.statement).to_arrow_reader(BATCH)
    is_plan = job.statement.startswith("explain ")
    longest, longest_shown = (answers.LONGEST_PLAN,) * 2 if is_plan else (answers.LONGEST_CELL, answers.SHOWN_CELL)
    kept = answers.Kept(result, reader.schema, job.kept, longest)
    first = answers.Shown(shown, reader.schema, longest_shown)
    rows, is_whole = 0, True
    for batch in reader:
        rows += batch.num_rows
        if not kept.is_full:
            first.take(kept.take(batch))
        elif time.monotonic() - started > job.milliseconds / 1000:
            is_whole = False
            break
    for file in (kept, first):
        file.close()
    return Answer(rows=rows, kept=kept.rows, is_whole=is_whole, is_cut=kept.is_cut)


def _without_places(message: str, job: Job) -> str:
    """DuckDB's messages name files with their folders; where they lie is nobody's business here."""
    files = [Path(name) for name in (job.database, job.province) if name]
    folders = {str(folder) for file in files for folder in (file.parent, file.resolve().parent)}
    for folder in sorted({*folders, str(REPOSITORY), str(Path.home())}, key=len, reverse=True):
        if len(folder) > 1:
            message = message.replace(folder + os.sep, "").replace(folder, "…")
    return message
