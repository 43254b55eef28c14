"""Pages put in their places, month by month: what was written of a receipt is not written again while it stands.
What a page says belongs to `pages`, how it looks to `looks` and `workbook`."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.extracts import receipts
from pipelines.extracts.contracts import KINDS
from pipelines.extracts.feedback import looks, workbook
from pipelines.extracts.feedback.pages import Courts, Ground, Page, pages
from pipelines.extracts.in_force import DeliveriesInForce, reckon
from pipelines.extracts.receipts import NO_COURT, Receipt
from pipelines.extracts.receiving_context import current_register
from pipelines.holding import held
from pipelines.layout import Layout
from pipelines.settings.effective import seeds
from pipelines.whole_files import put_in_place

VERSION = 2  # raise it when pages say more, or say it otherwise
STEM = 40  # characters of a file's name in the name of its page: with the rest fewer bytes than a name may have
WRITERS = {"html": looks.html, "xlsx": workbook.xlsx}


@dataclass
class Written:
    """How many files were written by one call, of how many deliveries."""

    files: int = 0
    deliveries: int = 0


@dataclass
class _Month:
    """What was written for a month so far: delivery → the mark of what it was made from, and its files."""

    folder: Path
    known: dict[str, tuple[str, list[str]]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / "_written.json"

    def load(self) -> None:
        if self.path.exists():
            self.known = {name: (mark, files) for name, (mark, files) in json.loads(self.path.read_text()).items()}

    def save(self) -> None:
        put_in_place(self.path, json.dumps(self.known, ensure_ascii=False, indent=0, sort_keys=True).encode())

    def stands(self, identity: str) -> bool:
        return identity in self.known and all((self.folder / name).exists() for name in self.known[identity][1])


def write(layout: Layout, months: Iterable[str], kinds: Iterable[str] = KINDS) -> Written:
    """Write the pages of every file received for these months that are not there as they should be.

    What the ledger says of rows that leave their court to their case is taken as it stands. Pages of a file that is
    no more in force stay as they were.
    """
    ground, written = Ground(layout, current_register(seeds(layout)), _case_courts(layout)), Written()
    with held(layout.feedback / ".lock"):
        for name in months:
            month = _Month(layout.feedback / name)
            month.load()
            for kind in kinds:
                _write_kind(ground, month, receipts.of_month(layout, kind, name), written)
            if written.deliveries:
                month.save()
    return written


def _case_courts(layout: Layout) -> Mapping[str, str]:
    path = layout.ledger / "case_courts.parquet"
    table = pq.read_table(path) if path.exists() else None
    return dict(zip(*(column.to_pylist() for column in table.columns), strict=True)) if table else {}


def _write_kind(ground: Ground, month: _Month, found: list[Receipt], written: Written) -> None:
    in_force = reckon(found)
    settled = _settled(ground.layout, found)
    for receipt in found:
        courts = settled.get(receipt.delivery_id, receipt.courts)
        mark = _mark(receipt, courts)
        stands = month.stands(receipt.delivery_id)
        if stands and (month.known[receipt.delivery_id][0] == mark or _is_past(receipt, in_force)):
            continue
        files = [name for page in pages(ground, receipt, courts) for name in _written(month.folder, page)]
        for name in set(month.known.get(receipt.delivery_id, ("", []))[1]) - set(files):
            (month.folder / name).unlink(missing_ok=True)
        month.known[receipt.delivery_id] = mark, files
        written.files += len(files)
        written.deliveries += 1


def _mark(receipt: Receipt, courts: Courts) -> str:
    """Of all that pages are made from: the files beside a receipt change with it alone."""
    said = repr((VERSION, replace(receipt, is_withdrawn=False), sorted(courts.items())))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def _is_past(receipt: Receipt, in_force: DeliveriesInForce) -> bool:
    """Whether a later delivery has taken the place of this one for every court."""
    courts = receipt.accepted_courts
    return bool(courts) and all(in_force.superseded_by(receipt.delivery_id, court) for court in courts)


def _settled(layout: Layout, found: list[Receipt]) -> dict[str, Courts]:
    """delivery → its courts as the ledger settled them, where rows leave their court to their case."""
    asked = [receipt.delivery_id for receipt in found if NO_COURT in receipt.courts]
    path = layout.ledger / "delivery_courts.parquet"
    settled: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    if asked and path.exists():
        for row in pq.read_table(path, filters=pc.field("delivery_id").isin(asked)).to_pylist():
            counts = row["accepted_count"], row["rejected_count"]
            settled[row["delivery_id"]][row["court_code"] or NO_COURT] = counts
    return dict(settled)


def _written(folder: Path, page: Page) -> Iterable[str]:
    """Write one page in both forms; their names below the month's folder.

    Where all of a court's rows in a file of many courts were taken as they stood, the page alone says so: a province's
    month has hundreds of such, and their workbooks would have nothing to list.
    """
    receipt = page.receipt
    stem = re.sub(r"[^\w.-]+", "_", PurePosixPath(receipt.file_name).stem)[:STEM]
    for ending, made in WRITERS.items() if page.has_more_to_say else [("html", looks.html)]:
        name = f"{page.court}/{receipt.kind}_{stem}_{receipt.delivery_id[:8]}.{ending}"
        put_in_place(folder / name, made(page))
        yield name
