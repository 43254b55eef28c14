"""What was derived and is damaged is made again from what it derives from; nothing that came in is lost by it.
Damage to delivered files belongs to the tests of refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.extracts.schemas import LEDGER
from tests.unit.extracts.conftest import Clerk, case, fund

DAMAGE = {
    "cut short": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "altered": lambda _: b"{}",
}


def damage(path: Path, how: str) -> None:
    path.write_bytes(DAMAGE[how](path.read_bytes()))


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_receipt_is_written_again_from_landing(clerk: Clerk, how: str) -> None:
    clerk.deliver([fund(1), fund(2)], "a.csv")
    clerk.receive()
    (receipt,) = (clerk.layout.ledger / "receipts" / "funds" / "2019-12").glob("*.json")
    sound = receipt.read_bytes()
    damage(receipt, how)
    assert clerk.receive().received == 1
    assert receipt.read_bytes() == sound
    assert clerk.lake().height == 2


def test_the_rows_of_a_damaged_receipt_stay_in_the_lake_when_its_file_is_gone_from_landing(clerk: Clerk) -> None:
    path = clerk.deliver([fund(1), fund(2)], "a.csv")
    clerk.receive()
    (receipt,) = (clerk.layout.ledger / "receipts" / "funds" / "2019-12").glob("*.json")
    damage(receipt, "cut short")
    path.unlink()
    clerk.receive()
    assert clerk.lake().height == 2


@pytest.mark.parametrize("name", LEDGER)
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_table_of_the_ledger_is_reckoned_again(clerk: Clerk, name: str, how: str) -> None:
    clerk.deliver([case(1)], "a.csv", kind="cases")
    clerk.receive("cases")
    sound = clerk.ledger(name)
    damage(clerk.layout.ledger / f"{name}.parquet", how)
    assert clerk.ledger(name) == sound


def test_a_damaged_shape_of_the_lake_is_written_again(clerk: Clerk) -> None:
    clerk.ledger("deliveries")
    shape = clerk.layout.lake / "cases" / "_schema.parquet"
    sound = shape.read_bytes()
    damage(shape, "cut short")
    clerk.ledger("deliveries")
    assert shape.read_bytes() == sound
