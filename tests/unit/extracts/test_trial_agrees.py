"""A file that is tried and the same file received come to the same: counts, refusals, notices, reasons and conversions.
For every input that was ever handed over, and for one file of each kind of fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from pipelines.extracts.contracts import KINDS, contract
from pipelines.extracts.messages import FileRefusedError
from pipelines.extracts.receipts import Receipt
from pipelines.extracts.trial import try_file
from tests.unit.extracts import test_names_beside as beside
from tests.unit.extracts import test_placeholders as placeholders
from tests.unit.extracts.conftest import MONTH, Clerk, case, file_bytes, fund

NUMBER = beside.NUMBER
HANDED = Path(__file__).parent / "handed"
NAMES = sorted(path.name for path in HANDED.iterdir() if path.suffix in (".csv", ".json", ".xlsx"))
KEYED = {"row_text", "value", "reason_zh", "reason_en", "text", "delivery_id"}  # marks of the trial's own key


def kind_of(name: str) -> str:
    return next((kind for kind in KINDS if kind in name), "defaulters")


def counted(receipt: Receipt) -> tuple[Any, ...]:
    numbers = receipt.accepted_count, receipt.rejected_count, receipt.held_count, receipt.no_data_count
    refused = receipt.refusal and (receipt.refusal.code, receipt.refusal.zh, receipt.refusal.en)
    notices = sorted((said.code, said.zh, said.en) for said in receipt.notices if not said.code.startswith("time_"))
    return receipt.status, receipt.row_count, numbers, refused, notices, receipt.courts, receipt.conversions


def plain(rows: Any) -> list[dict[str, Any]]:
    found = [{name: value for name, value in row.items() if name not in KEYED} for row in rows]
    return sorted(found, key=str)


def keyless(lake: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The rows of a lake file by their numbers, without what the tree's own key makes of them."""
    derived = pl.col(contract(kind).key[0]).str.replace("^derived-.*", "derived")
    return lake.drop("person_hash", "_delivery_id", strict=False).with_columns(derived).sort("_row_number")


def agree(clerk: Clerk, kind: str, path: Path) -> None:
    tried = try_file(clerk.layout, path, kind, MONTH)
    (receipt,) = clerk.receive(kind).deliveries
    assert counted(tried.receipt) == counted(receipt)
    assert plain(tried.rejected) == plain(clerk.rejects(kind))
    assert plain(tried.converted) == plain(clerk.conversions(kind))
    lake = clerk.lake(kind)
    assert tried.taken.height == lake.height == receipt.accepted_count
    if lake.height:
        assert_frame_equal(keyless(tried.taken, kind), keyless(lake, kind))


@pytest.mark.parametrize("name", NAMES)
def test_what_was_handed_over_comes_to_the_same(clerk: Clerk, name: str) -> None:
    kind = kind_of(name)
    agree(clerk, kind, clerk.deliver((HANDED / name).read_bytes(), name, kind=kind))


MADE: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "no identifiers": ("funds", [fund(n, 案件标识=text) for n, text in enumerate(placeholders.NUMBERS)]),
    "totals": ("cases", [case(n) | {head: text} for n, (head, text) in enumerate(placeholders.OUTSIDE.values())]),
    "persons": ("cases", [case(n, 保全案号="") | {h: t} for n, (h, t) in enumerate(placeholders.PERSONS.values())]),
    "several": ("defaulters", [beside.listing(n, name, NUMBER) for n, name in enumerate(beside.TABLE["several"])]),
    "marked": ("cases", [beside.of_case(n, name, NUMBER) for n, name in enumerate(beside.TABLE["marked"])]),
    "numbers": ("restrictions", [beside.restriction(n, "虚拟甲", text) for n, (text, _) in enumerate(beside.WRONG)]),
    "nothing": ("funds", [fund(1), dict.fromkeys(fund(1), "") | {"案款标识": "本月无案款"}]),
    "refused": ("funds", [{"甲": "1", "乙": "2"}]),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl", "parquet"])
@pytest.mark.parametrize("said", MADE)
def test_every_kind_of_fault_comes_to_the_same_in_every_format(clerk: Clerk, said: str, ending: str) -> None:
    kind, rows = MADE[said]
    columns = dict.fromkeys(name for row in rows for name in row)
    rows = [dict.fromkeys(columns, "") | row for row in rows]
    agree(clerk, kind, clerk.deliver(file_bytes(rows, ending), f"a.{ending}", kind=kind))


def test_a_file_that_receiving_passes_over_is_refused_by_the_trial(clerk: Clerk) -> None:
    path = clerk.deliver([fund(1)], ".a.csv")
    with pytest.raises(FileRefusedError):
        try_file(clerk.layout, path, "funds", MONTH)
    assert clerk.receive().files == 0
