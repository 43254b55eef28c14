"""One file judged as receiving would judge it, in a tree of its own that is gone afterwards: nothing is taken in.
What is printed of it belongs to the caller; how rows are judged, to `intake`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from pipelines.extracts import landing, receipts
from pipelines.extracts.loading import receive_alone
from pipelines.extracts.messages import refusal
from pipelines.extracts.receiving_context import receiving_context
from pipelines.layout import Layout


@dataclass(frozen=True)
class Trial:
    """What would become of a file: its receipt, the rows of its rejects and conversions files, and those that would
    be taken, as the lake keeps them."""

    receipt: receipts.Receipt
    rejected: tuple[dict[str, Any], ...]
    converted: tuple[dict[str, Any], ...]
    taken: pl.DataFrame


def try_file(layout: Layout, path: Path, kind: str, month: str) -> Trial:
    """Judge a file as one delivered for `kind` and `month` (`YYYY-MM`). The tree of `layout` is not touched.

    Marks of hidden words are made with a key of this trial alone. FileRefusedError for a file that would not even be
    opened: a link, a queue, a name that receiving passes over.
    """
    if code := landing.strange(layout, path):
        raise refusal(code, path.name, folder=f"{month}/{kind}/{path.name}")
    if landing.is_ignored(path):
        raise refusal("passed_over", path.name)
    with TemporaryDirectory(prefix="check-") as folder:
        alone = Layout(data=Path(folder) / "data", key_file=Path(folder) / "key")
        receipt = receive_alone(receiving_context(alone, kind, month, None), path)
        place = alone, kind, month, receipt.delivery_id
        lake = receipts.lake_file(*place)
        taken = pl.read_parquet(lake, hive_partitioning=False, memory_map=False) if lake.exists() else pl.DataFrame()
        return Trial(receipt, _rows(receipts.rejects_file(*place)), _rows(receipts.conversions_file(*place)), taken)


def _rows(path: Path) -> tuple[dict[str, Any], ...]:
    return tuple(pq.ParquetFile(path).read().to_pylist()) if path.exists() else ()
