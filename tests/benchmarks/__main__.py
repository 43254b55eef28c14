"""The benchmark: `make bench`, or `python -m tests.benchmarks --cases 1000000`. Not a test, and not run by pytest.
Each step runs in a process of its own in a data tree of its own, which is removed afterwards."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import psutil

from pipelines.engines import ENGINES
from tests.benchmarks import engines
from tests.benchmarks.measuring import Measured, measure

REPOSITORY = Path(__file__).resolve().parents[2]
STEPS = ("receiving", "gate", "dbt", "publication", "baseline")
# The aim of the sample on two cores: the whole run in under three minutes and 3 GB.
AIM_SECONDS, AIM_MB = 180, 3072


def arguments() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    made.add_argument("--sample", default="qinghai", choices=("qinghai", "g_region"))
    made.add_argument("--cases", type=int, help="size of the sample; the published number if not given")
    made.add_argument("--engine", choices=ENGINES, help="the sample on this engine too, instead of step by step")
    made.add_argument("--json", type=Path, default=None, help="where to write the figures")
    made.add_argument("--within", type=Path, default=None, help="folder for the data tree (default: the system's)")
    return made.parse_args()


def settings(data: Path) -> dict[str, str]:
    return os.environ | {
        "ENFORCEMENT_DATA_DIR": str(data), "ENFORCEMENT_KEY_FILE": str(data / "key"), "PYTHONPATH": str(REPOSITORY),
    }  # fmt: skip


def run_steps(data: Path, sample: str, cases: int | None) -> list[Measured]:
    """Every step once, then the whole run in a second tree with the same deliveries."""
    size = ["--cases", str(cases)] if cases else []
    python = [sys.executable, "-m"]
    steps = data / "steps"
    done = [
        _say(
            measure("samples", [*python, "pipelines", "sample", "--sample", sample, *size], REPOSITORY, settings(steps))
        )
    ]
    for step in STEPS:
        done.append(_say(measure(step, [*python, "tests.benchmarks.stage", step], REPOSITORY, settings(steps))))
    whole = data / "whole"
    shutil.copytree(steps / "landing", whole / "landing", copy_function=_link)
    done.append(_say(measure("whole run", [*python, "pipelines", "run", "--no-serve"], REPOSITORY, settings(whole))))
    return done


def _link(source: str, target: str) -> None:
    os.link(source, target)


def _say(measured: Measured) -> Measured:
    clock = f"{measured.seconds:>9.2f} s {measured.cpu_seconds:>9.2f} s cpu"
    print(f"{measured.step:<12} {clock} {measured.peak_mb:>9.1f} MB", flush=True)
    return measured


def told(done: list[Measured], step: str) -> dict[str, float]:
    output = next(m.output for m in done if m.step == step)
    return json.loads(output.strip().splitlines()[-1])


def figures(done: list[Measured], cases: int | None, sample: str) -> dict[str, object]:
    """Everything measured, with the ratios that are asked for."""
    seconds = {m.step: m.seconds for m in done}
    received, query = told(done, "receiving"), told(done, "baseline")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "sample": sample,
        "cases": cases or "as published",
        "machine": {"cores": os.cpu_count(), "memory_gb": round(psutil.virtual_memory().total / 2**30, 1),
                    "python": platform.python_version(), "duckdb": duckdb.__version__},
        "steps": [m.plain() for m in done],
        "rows_received": received["rows"],
        "files_received": received["files"],
        "rows_per_second": round(received["rows"] / seconds["receiving"]),
        "dbt_build_seconds": seconds["dbt"],
        "hand_written_query_seconds": query["query_seconds"],
        "dbt_to_query_ratio": round(seconds["dbt"] / query["query_seconds"], 1),
        "sums_compared": query["compared"],
        "sums_differing": query["differing"],
    }  # fmt: skip


def on_engine(data: Path, asked: argparse.Namespace) -> int:
    """The sample on DuckDB and on another engine; RuntimeError with the proof's own words if a table differs."""
    size = ["--sample", asked.sample, *(["--cases", str(asked.cases)] if asked.cases else [])]
    for step, command in engines.steps(size, asked.engine).items():
        _say(measure(step, [sys.executable, "-m", "pipelines", *command], REPOSITORY, settings(data)))
    print("\n".join(engines.told(data, asked.engine)))
    return 0


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=asked.within) as folder:
        if asked.engine:
            return on_engine(Path(folder), asked)
        done = run_steps(Path(folder), asked.sample, asked.cases)
    found = figures(done, asked.cases, asked.sample)
    whole = done[-1]
    print(
        f"\nreceived     {found['rows_received']:,} rows of {found['files_received']:,} files, "
        f"{found['rows_per_second']:,} rows/s"
    )
    print(
        f"dbt build    {found['dbt_build_seconds']} s against {found['hand_written_query_seconds']} s by hand: "
        f"× {found['dbt_to_query_ratio']}"
    )
    print(f"sums         {found['sums_compared']:,} compared, {found['sums_differing']:,} differ")
    print(
        f"whole run    {whole.seconds} s (aim {AIM_SECONDS}), {whole.peak_mb} MB (aim {AIM_MB}) for the sample's size"
    )
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
