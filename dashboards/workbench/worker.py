"""One statement in a process of its own: `python -m dashboards.workbench.worker`, a job as JSON on standard input.
Its answer is a Parquet file and a line of JSON; queueing and stopping it belong to desk.py."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboards.snapshot import attach_province

NICE = 10  # the dashboards come first
OPEN_FILES = 64
BATCH = 10_000
ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


@dataclass(frozen=True)
class Job:
    """`kept` rows at most are written to `result`; all are counted. Limits: megabytes, threads, milliseconds.

    `province` is the file on which an excerpt's views look, '' for a whole snapshot.
    """

    database: str
    statement: str
    result: str
    kept: int
    memory_mb: int
    threads: int
    milliseconds: int
    province: str = ""


@dataclass(frozen=True)
class Answer:
    """`fault` is empty for a result, else one of: syntax, not_a_question, too_big, too_long, refused, failed.
    `is_whole` is False when the time ran out while the rest of the rows was counted."""

    fault: str = ""
    message: str = ""
    rows: int = 0
    kept: int = 0
    is_whole: bool = True
    seconds: float = 0.0


def run(job: Job) -> Answer:
    """Runs the statement within its limits; whatever goes wrong is in the answer."""
    started = time.monotonic()
    try:
        statements = duckdb.extract_statements(job.statement)
    except duckdb.Error as wrong:
        return Answer("syntax", str(wrong))
    if len(statements) != 1 or statements[0].type not in ALLOWED:
        return Answer("not_a_question", f"{len(statements)} × {', '.join(s.type.name for s in statements)}")
    try:
        with _opened(job) as connection:
            rows, kept, is_whole = _written(connection, job, started)
    except duckdb.OutOfMemoryException as wrong:
        return Answer("too_big", str(wrong))
    except duckdb.InterruptException as wrong:
        return Answer("too_long", str(wrong))
    except duckdb.PermissionException as wrong:
        return Answer("refused", str(wrong))
    except (duckdb.Error, MemoryError, pa.ArrowException, RuntimeError) as wrong:
        return Answer(_fault(str(wrong)), str(wrong))
    return Answer(rows=rows, kept=kept, is_whole=is_whole, seconds=round(time.monotonic() - started, 3))


def _fault(message: str) -> str:
    """Errors that come out of a running stream have lost their class, not their words."""
    words = message.lower()
    if "out of memory" in words or "memory limit" in words:
        return "too_big"
    if "interrupt" in words or "execution time" in words:
        return "too_long"
    return "refused" if "disabled" in words or "permission" in words else "failed"


def _opened(job: Job) -> duckdb.DuckDBPyConnection:
    """Read-only, nothing outside the files within reach, no memory on disk, and last: none of this can be changed."""
    connection = duckdb.connect(job.database, read_only=True, config={"threads": job.threads})
    if job.province:
        attach_province(connection, job.province)
    for setting in (
        "set python_enable_replacements = false",
        "set temp_directory = ''",  # must come before the next: it is locked then
        "set enable_external_access = false",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set allow_community_extensions = false",
        f"set memory_limit = '{int(job.memory_mb)}MB'",
        f"set max_execution_time = {int(job.milliseconds)}",
        "set lock_configuration = true",
    ):
        connection.execute(setting)
    return connection


def _written(connection: duckdb.DuckDBPyConnection, job: Job, started: float) -> tuple[int, int, bool]:
    """Rows in all, rows written, and whether all were counted before the time was up."""
    reader: pa.RecordBatchReader = connection.sql(job.statement).to_arrow_reader(BATCH)
    rows = kept = 0
    is_whole = True
    with pq.ParquetWriter(job.result, reader.schema, compression="zstd") as writer:
        for batch in reader:
            rows += batch.num_rows
            if kept < job.kept:
                part = batch.slice(0, job.kept - kept)
                writer.write_batch(part)
                kept += part.num_rows
            elif time.monotonic() - started > job.milliseconds / 1000:
                is_whole = False
                break
    return rows, kept, is_whole


def main() -> None:
    """Reads a job, limits this process, answers."""
    job = Job(**json.load(sys.stdin))
    os.nice(NICE)
    # Beside DuckDB's own limit: what Python and Arrow take; and a core dump would hold data.
    size = (job.memory_mb + 3072) << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    answer = run(job)
    if answer.fault:
        Path(job.result).unlink(missing_ok=True)
    json.dump(asdict(answer), sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
