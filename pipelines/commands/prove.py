"""`make prove ENGINE=sail`: are the figures of another engine the same, table by table, value by value.
What is built and compared is said by pipelines.engines."""

from __future__ import annotations

import argparse

from pipelines.commands.ending import Words, told
from pipelines.commands.terminal import console, done, failed
from pipelines.engines import ENGINES, building, placing, proving, session
from pipelines.environment import prepare
from pipelines.layout import Layout

UNFIT = Words(
    "湖与现在的模型不合（升级后或部分删除后尚未运行过）",
    "the lake does not fit these models (no run was made since an upgrade, or since something was removed)",
    "请先 make run 再证明",
    "make run first, and prove again",
)
ASIDE = ("两边都未发布，不影响使用", "neither side was published, and nothing that is in use is touched")
HELP = "build on another engine too and compare every table, value by value"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which engine, and where its server is."""
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--address", default="", help="a server or a master (docs/engines.md)")


def run(where: Layout, *, engine: str = ENGINES[0], address: str = "") -> int:
    """0 when every table is the same, 1 with the tables that are not."""
    prepare(where)
    try:
        proof = proving.prove(where, engine, address, lambda word: console.print(f"… {word}"))
    except (session.NoEngineError, placing.LocationError) as problem:
        failed(str(problem))
        return 1
    except building.UnfitLakeError as problem:
        failed(told(where, UNFIT, str(problem)))
        return 1
    except building.BuildFailedError as problem:
        named = Words(f"{engine} 上有模型不能建成", f"a model does not build on {engine}", *ASIDE)
        failed(told(where, named, str(problem)))
        return 1
    for table in proof.differing:
        alone = f"DuckDB {table.only_duckdb} / {engine} {table.only_engine}"
        failed(f"{table.table}: {alone} · {table.problem or table.example}")
    if proof.unlike:
        failed(
            f"当前快照与现在的湖不同（{len(proof.unlike)} 张表），请先 make run | the current snapshot is not what the "
            f"lake gives now ({len(proof.unlike)} tables): run make run first: {', '.join(proof.unlike)}"
        )
    equal = len(proof.tables) - len(proof.differing) - len(proof.empty)
    said = (
        f"{engine}：{len(proof.tables)} 张表，{equal} 张逐值相同，{len(proof.empty)} 张两边皆空（未能比较），"
        f"{len(proof.differing)} 张不同 | {len(proof.tables)} tables: {equal} equal value by value, "
        f"{len(proof.empty)} empty on both sides (not compared), {len(proof.differing)} different · {proof.file}"
    )
    (failed if proof.differing else done)(said)
    return 1 if proof.differing else 0
