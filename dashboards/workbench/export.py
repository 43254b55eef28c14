"""A result as a file to take along, made by `python -m dashboards.workbench.export` so that no page waits for it.
What the file looks like is in results.py; a workbook of 200,000 rows takes most of a minute and a gigabyte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import uuid
from pathlib import Path

from dashboards.snapshot import REPOSITORY
from dashboards.workbench import results, worker

SECONDS = 300.0
MEMORY_MB = 4096  # of what the process reserves; what it fills is a third of that for the largest answer that is kept
_one_at_a_time = threading.Lock()  # two large workbooks at once would take the memory of the dashboards


class NotMadeError(Exception):
    """The file could not be made: the result is gone, or time or memory ran out."""


def made(result: Path, kind: str, heading: list[str]) -> bytes:
    """`xlsx`, `csv` or `parquet`. NotMadeError when there is none."""
    if kind == "parquet":
        return _bytes(result)
    target = result.with_name(f"{result.stem}.{uuid.uuid4().hex}.{kind}")
    job = json.dumps({"result": str(result), "kind": kind, "heading": heading, "target": str(target)})
    try:
        with _one_at_a_time:
            subprocess.run(
                [sys.executable, "-m", "dashboards.workbench.export"],
                input=job,
                text=True,
                check=True,
                timeout=SECONDS,
                cwd=REPOSITORY,
                env={"PATH": os.defpath, "OMP_NUM_THREADS": "1"},
            )
        return _bytes(target)
    except (subprocess.SubprocessError, OSError) as failed:
        raise NotMadeError(kind) from failed
    finally:
        target.unlink(missing_ok=True)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as gone:
        raise NotMadeError(file.suffix) from gone


def main() -> None:
    """Reads a job from standard input and writes its file."""
    worker.limit(MEMORY_MB)
    job = json.load(sys.stdin)
    result, target = Path(job["result"]), Path(job["target"])
    content = results.as_csv(result) if job["kind"] == "csv" else results.as_workbook(result, job["heading"])
    target.touch(mode=0o600)
    target.write_bytes(content)


if __name__ == "__main__":
    main()
