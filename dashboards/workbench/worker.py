"""One statement in a process of its own: `python -m dashboards.workbench.worker`, a job as JSON on standard input.
Its answer is a Parquet file and a line of JSON; queueing and stopping it belong to queue.py."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dashboards import seal
from dashboards.snapshot import PROVINCE, REPOSITORY
from dashboards.workbench.confinement import confine, tell_no_places
from dashboards.workbench.questions import NotAQuestionError, question

NICE, OPEN_FILES = 10, 64
BESIDE_MB = 3072  # what Python and Arrow reserve beside DuckDB's own memory
BATCH = 2_048
LONGEST_CELL = 10_000  # characters of a text; a longer one is cut and says so
LONGEST_ROW = 1_000_000  # characters of a row of texts: of many columns, each may be shorter
BYTES_OF_A_CHARACTER = 4
MOST_COLUMNS = 1_000
LONGEST_MESSAGE = 4_000  # DuckDB quotes the value that it could not convert, however long it is
BYTES_OF_A_CELL = 8  # at least: a column of nothing takes none here, and as many cells as any other where it is shown
KEPT_BYTES = 64 << 20  # of an answer in memory, so that a file made of it stays a file that a spreadsheet opens
FILE_BYTES = 256 << 20
CUT = "…（已截断 | cut）"
OWN = "enforcement"  # as every client names the file that it opens


@dataclass(frozen=True)
class Job:
    """`kept` rows at most are written to `result`; all are counted. Limits: megabytes, threads, milliseconds.

    `province` is the file on which an excerpt's views look, '' for a whole snapshot. `states` are those of the files as
    whoever asks has verified them.
    """

    database: str
    statement: str
    result: str
    kept: int
    memory_mb: int
    threads: int
    milliseconds: int
    province: str = ""
    states: list[seal.State] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """`fault` is empty for a result, else one of: syntax, not_a_question, too_big, too_long, refused, failed.
    `is_whole` is False when the time ran out while the rest of the rows was counted; `is_cut` is True when texts longer
    than LONGEST_CELL, or less beside many columns, were cut and lists and bytes of such a size left out. Fewer rows
    than asked for are kept when they fill KEPT_BYTES."""

    fault: str = ""
    message: str = ""
    rows: int = 0
    kept: int = 0
    is_whole: bool = True
    seconds: float = 0.0
    is_cut: bool = False


def run(job: Job) -> Answer:
    """Runs the statement within its limits; whatever goes wrong is in the answer."""
    started = time.monotonic()
    try:
        asked = question(job.statement)
    except duckdb.Error as wrong:
        return Answer("syntax", str(wrong))
    except NotAQuestionError as other:
        return Answer("not_a_question", str(other))
    try:
        with _opened(job) as connection:
            answer = _written(connection, replace(job, statement=asked), started)
    except duckdb.OutOfMemoryException as wrong:
        return Answer("too_big", str(wrong))
    except duckdb.InterruptException as wrong:
        return Answer("too_long", str(wrong))
    except duckdb.PermissionException as wrong:
        return Answer("refused", str(wrong))
    except (duckdb.Error, MemoryError, pa.ArrowException, RuntimeError, OSError) as wrong:
        return Answer(_fault(str(wrong)), str(wrong))
    return replace(answer, seconds=round(time.monotonic() - started, 3))


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
    files = {OWN: job.database} | ({PROVINCE: job.province} if job.province else {})
    verified = dict(zip(files, job.states, strict=True))
    connection = duckdb.connect(config={"threads": job.threads})
    for name, file in files.items():
        place = _place(Path(file), verified[name])
        connection.execute(f"attach {place} as {name} (read_only)")
    for setting in (
        f"use {OWN}",
        "detach memory",
        "set secret_directory = ''",
        "set python_enable_replacements = false",
        "set temp_directory = ''",  # must come before the next: it is locked then
        "set enable_external_access = false",
        # Without external access DuckDB still opens an attached file's own path and its .wal*, for writing too.
        "set disabled_filesystems = 'LocalFileSystem'",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set allow_community_extensions = false",
        f"set memory_limit = '{int(job.memory_mb)}MB'",
        f"set max_execution_time = {int(job.milliseconds)}",
        "set lock_configuration = true",
    ):
        connection.execute(setting)
    return connection


def _place(file: Path, verified: seal.State) -> str:
    """The very file that was verified, whatever bears its name by now; its log would have to lie beside a number."""
    descriptor = seal.opened(file, verified)
    of_this_process = Path(f"/proc/self/fd/{descriptor}")
    place = str(of_this_process if of_this_process.exists() else file).replace("'", "''")
    return f"'{place}'"


def _written(connection: duckdb.DuckDBPyConnection, job: Job, started: float) -> Answer:
    """Counts all rows, until the time is up, and keeps the first of them."""
    reader: pa.RecordBatchReader = connection.sql(job.statement).to_arrow_reader(BATCH)
    if len(reader.schema) > MOST_COLUMNS:
        return Answer("too_big", f"{len(reader.schema)} > {MOST_COLUMNS} columns")
    rows = kept = size = 0
    is_whole, is_cut = True, False
    with pq.ParquetWriter(job.result, reader.schema, compression="zstd") as writer:
        for batch in reader:
            rows += batch.num_rows
            if kept == rows - batch.num_rows and kept < job.kept:
                part, has_cut = _cut(batch.slice(0, job.kept - kept))
                part = _within(part, KEPT_BYTES - size)
                writer.write_batch(part)
                kept, size, is_cut = kept + part.num_rows, size + weight(part), is_cut or has_cut
            elif time.monotonic() - started > job.milliseconds / 1000:
                is_whole = False
                break
    return Answer(rows=rows, kept=kept, is_whole=is_whole, is_cut=is_cut)


def _cut(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, bool]:
    """Texts no longer than a cell may be, nothing for lists and bytes that are, and whether there was such a cell."""
    longest, is_cut = min(LONGEST_CELL, LONGEST_ROW // max(1, batch.num_columns)), False
    for place, column in enumerate(batch.columns):
        if pa.types.is_string(column.type):
            lengths = pc.utf8_length(column)
            if (pc.max(lengths).as_py() or 0) <= longest:
                continue
            head = pc.binary_join_element_wise(pc.utf8_slice_codeunits(column, 0, longest), CUT, "")
            short = pc.if_else(pc.greater(lengths, longest), head, column)
        elif _is_of_any_size(column.type) and column.nbytes > longest:
            small = [column.slice(row, 1).nbytes <= longest * BYTES_OF_A_CHARACTER for row in range(len(column))]
            if all(small):
                continue
            short = column.take(pa.array([row if is_small else None for row, is_small in enumerate(small)], pa.int32()))
        else:
            continue
        batch, is_cut = batch.set_column(place, batch.schema.field(place), short), True
    return batch, is_cut


def _is_of_any_size(kind: pa.DataType) -> bool:
    return any(
        is_kind(kind) for is_kind in (pa.types.is_nested, pa.types.is_binary, pa.types.is_large_binary, _is_extension)
    )


def _is_extension(kind: pa.DataType) -> bool:
    return isinstance(kind, pa.BaseExtensionType)


def _within(batch: pa.RecordBatch, most: int) -> pa.RecordBatch:
    """As many of the first rows as fit into `most` bytes."""
    while batch.num_rows and weight(batch) > most:
        batch = batch.slice(0, batch.num_rows // 2)
    return batch


def weight(batch: pa.RecordBatch) -> int:
    """Bytes that its cells take wherever they are handled one by one."""
    return max(int(batch.nbytes), batch.num_rows * batch.num_columns * BYTES_OF_A_CELL)


def _without_places(answer: Answer, job: Job) -> Answer:
    """DuckDB's messages name files with their folders; where they lie is nobody's business here. Long ones are cut."""
    message = answer.message
    for file in filter(None, (job.database, job.province, job.result)):
        message = message.replace(str(Path(file).parent) + os.sep, "")
    return replace(answer, message=message[:LONGEST_MESSAGE])


def _confined(job: Job) -> None:
    """Beside what Python itself is made of: the databases for reading, and the result's own file for writing."""
    # DuckDB asks the system how much memory it may take, and aborts when it finds the file and cannot open it.
    system = ("/proc/self", "/proc/meminfo", "/sys/fs/cgroup", "/sys/devices/system", "/etc/localtime")
    python = (sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", *system)
    files = filter(None, (job.database, job.province))
    confine([Path(name) for name in (*python, *files)] + [REPOSITORY / "dashboards"], [Path(job.result)])


def limit(memory_mb: int) -> None:
    """The kernel's own limits for this process and what it starts: memory, files' size and number. None is taken back.

    The dashboards come first; and a core dump would hold data.
    """
    os.nice(NICE)
    limits = {
        resource.RLIMIT_AS: memory_mb << 20, resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: FILE_BYTES, resource.RLIMIT_NOFILE: OPEN_FILES,
    }  # fmt: skip
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Reads a job, limits this process, answers."""
    job = Job(**json.load(sys.stdin))
    _confined(job)
    tell_no_places()
    limit(job.memory_mb + BESIDE_MB)
    answer = _without_places(run(job), job)
    json.dump(asdict(answer), sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
