"""The process of one statement, `python -m dashboards.workbench.process`: a job as JSON on standard input, an answer as
JSON on standard output. What it may do is given up here, before any of DuckDB is loaded; asking is in worker.py."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import sysconfig
from dataclasses import asdict, replace
from pathlib import Path

from dashboards.workbench.confinement import Confinement, confine, end_with_parent
from dashboards.workbench.job import Job

NICE = 10  # the dashboards come first
OPEN_FILES = 64
FILE_BYTES = 256 << 20
# Beside DuckDB's own limit: what Python, Arrow and DuckDB's threads map, most of which is never touched.
MAPPED_MB = 3072
ROOT = Path(__file__).resolve().parents[1]
# DuckDB asks the system how much memory it may take, and aborts when it finds the file and cannot open it.
SYSTEM = ("/proc/self", "/proc/meminfo", "/sys/fs/cgroup", "/sys/devices/system", "/etc/localtime", "/etc/ld.so.cache")


def readable(job: Job) -> list[Path]:
    """What Python itself is made of, this package, and the databases; all of it for reading."""
    folders = {*sysconfig.get_paths().values(), sys.prefix, f"{sys.base_prefix}/lib", "/usr/lib", "/lib", "/lib64"}
    files = [name for name in (job.database, job.province) if name]
    return [Path(name) for name in (*sorted(folders), "/usr/local/lib", "/usr/share/zoneinfo", *SYSTEM, *files)] + [ROOT]


def limited(job: Job) -> None:
    """Memory, files and their sizes, and no core dump, which would hold data. The first to be ended when memory ends."""
    end_with_parent()
    os.nice(NICE)
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    size = (job.memory_mb + MAPPED_MB) << 20
    seconds = job.milliseconds // 1000 + 10
    for limit, most in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds * max(1, job.threads)),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        resource.setrlimit(limit, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an error that is told, not the end


def main() -> None:
    """Reads a job, gives up its rights, answers."""
    job = Job(**json.load(sys.stdin))
    limited(job)
    confined: Confinement = confine(readable(job))
    from dashboards.workbench import worker  # DuckDB's and Arrow's threads are begun when they are loaded

    with open(job.result, "wb") as result, open(job.shown, "wb") as shown:  # noqa: PTH123 - numbers, not paths
        answer = replace(worker.run(job, result, shown), is_confined=confined.is_whole)
    json.dump(asdict(answer), sys.stdout)
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
