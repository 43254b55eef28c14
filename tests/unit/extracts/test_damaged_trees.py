"""What was derived and is damaged is made again from what it derives from; nothing that came in is lost by it.
Damage to delivered files belongs to the tests of refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.extracts import earlier, landing, single
from pipelines.extracts.intake import take_in
from pipelines.extracts.loading import KindReceipt, consolidate, mend
from pipelines.extracts.receipts import FOLDERS
from pipelines.extracts.schemas import LEDGER
from tests.unit.extracts.conftest import Clerk, case, fund

DAMAGE = {
    "cut short": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "altered": lambda _: b"{}",
}


def damage(path: Path, how: str) -> None:
    path.write_bytes(DAMAGE[how](path.read_bytes()))


def flip_a_value(path: Path) -> None:
    """A bit of a value in a page: the file is as long and reads as before, and says something else."""
    content, sound = path.read_bytes(), pq.ParquetFile(path).read()
    for place in range(4, len(content)):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            if not pq.ParquetFile(path).read().equals(sound):
                return
        except (OSError, pa.ArrowException):
            continue
    raise AssertionError("every flipped bit was noticed by the library")


def receipts_of(clerk: Clerk) -> tuple[Path, Path]:
    """The one receipt of the tree, and its copy."""
    first, copy = (list((clerk.layout.ledger / folder).rglob("*.json")) for folder in FOLDERS)
    assert (len(first), len(copy)) == (1, 1)
    return first[0], copy[0]


def told(receipt: KindReceipt) -> list[tuple[str, bool]]:
    return [(each.message.code, each.is_lost) for each in receipt.mended]


@pytest.fixture
def path(clerk: Clerk) -> Path:
    path = clerk.deliver([fund(1), fund(2), fund(3, 到账日期="?")], "西宁市城北区人民法院.csv")
    assert told(clerk.receive()) == []
    return path


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("which", range(len(FOLDERS)))
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_receipt_is_restored_from_its_copy_and_told(clerk: Clerk, how: str, which: int) -> None:
    receipt = receipts_of(clerk)[which]
    sound = receipt.read_bytes()
    damage(receipt, how)
    again = clerk.receive()
    assert (again.received, told(again)) == (0, [("receipt_again", False)])
    assert receipt.name in again.mended[0].message.zh and receipt.name in again.mended[0].message.en
    assert receipt.read_bytes() == sound
    assert told(clerk.receive()) == [], "mended, and told once"


@pytest.mark.usefixtures("path")
def test_a_receipt_of_a_version_that_made_no_copies_gets_one_without_a_word(clerk: Clerk) -> None:
    receipt, copy = receipts_of(clerk)
    copy.unlink()
    assert told(clerk.receive()) == []
    assert copy.read_bytes() == receipt.read_bytes()


def test_one_figure_altered_in_a_receipt_is_damage(clerk: Clerk, path: Path) -> None:
    path.unlink()
    receipt, _ = receipts_of(clerk)
    sound = receipt.read_bytes()
    receipt.write_bytes(sound.replace(b'"T14": [2, 1]', b'"T13": [2, 1]'))
    assert receipt.read_bytes() != sound
    assert told(clerk.receive()) == [("receipt_again", False)]
    assert receipt.read_bytes() == sound


@pytest.mark.parametrize("how", DAMAGE)
def test_a_receipt_without_a_whole_copy_is_written_again_from_landing(clerk: Clerk, path: Path, how: str) -> None:
    both = receipts_of(clerk)
    sound = both[0].read_bytes()
    for receipt in both:
        damage(receipt, how)
    again = clerk.receive()
    assert (again.received, told(again)) == (1, [("receipt_from_landing", False)])
    assert [receipt.read_bytes() for receipt in both] == [sound, sound]
    assert clerk.lake().height == 2


def test_the_rows_of_a_lost_receipt_stay_in_the_lake_and_the_loss_is_told_until_it_is_made_good(
    clerk: Clerk, path: Path
) -> None:
    content = path.read_bytes()
    for receipt in receipts_of(clerk):
        damage(receipt, "cut short")
    path.unlink()
    for _ in range(2):
        assert told(clerk.receive()) == [("receipt_lost", True)]
    assert clerk.lake().height == 2
    path.write_bytes(content)
    assert told(clerk.receive()) == [("receipt_from_landing", False)]
    assert told(clerk.receive()) == []


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("place", ["lake", "rejects"])
@pytest.mark.parametrize("how", [*DAMAGE, "gone", "value"])
def test_a_damaged_file_is_received_again_from_landing_and_told(clerk: Clerk, place: str, how: str) -> None:
    (file,) = (clerk.layout.data / place / "funds").glob("*/*.parquet")
    sound = file.read_bytes()
    if how == "value" and place == "lake":
        flip_a_value(file)
        assert clerk.lake().height == 2 and len(file.read_bytes()) == len(sound), "nothing but the checksum can tell"
    elif how == "gone":
        file.unlink()
    else:
        damage(file, "altered" if how == "value" else how)
    (mended,) = mend(clerk.layout)
    assert (mended.message.code, mended.is_lost) == ("file_again", False)
    assert file.name in mended.message.zh and "西宁市城北区人民法院.csv" in mended.message.en
    assert file.read_bytes() == sound
    assert mend(clerk.layout) == []


def test_a_file_that_cannot_be_received_again_is_set_aside_and_its_court_has_not_delivered(
    clerk: Clerk, path: Path
) -> None:
    content = path.read_bytes()
    (file,) = (clerk.layout.lake / "funds").glob("*/*.parquet")
    flip_a_value(file)
    path.unlink()
    (mended,) = mend(clerk.layout)
    assert (mended.message.code, mended.is_lost) == ("file_lost", True)
    assert clerk.lake().height == 0
    assert (clerk.layout.data / "damaged" / file.relative_to(clerk.layout.data)).exists(), "nothing is thrown away"
    for _ in range(2):
        clerk.receive()
        (gap,) = clerk.ledger("delivery_gaps")
        assert (gap["court_code"], gap["reason"], gap["said_code"]) == ("T14", "refused", "damaged_on_disk")
        assert "重新放入" in gap["remedy_zh"]
    path.write_bytes(content)
    assert clerk.receive().received == 1
    assert clerk.ledger("delivery_gaps") == []
    assert clerk.lake().height == 2


def test_an_earlier_delivery_stands_for_one_that_was_lost(clerk: Clerk, path: Path) -> None:
    later = clerk.deliver([fund(1, 到账金额="9")], "b.csv")
    clerk.receive()
    (row,) = (row for row in clerk.ledger("delivery_courts") if row["is_in_force"])
    damage(clerk.layout.lake / "funds" / "extract_month=2019-12" / f"{row['delivery_id']}.parquet", "cut short")
    later.unlink()
    clerk.receive()
    (gap,) = clerk.ledger("delivery_gaps")
    assert (gap["reason"], path.name in gap["said_zh"]) == ("correction_refused", True)
    assert [each["is_in_force"] for each in clerk.ledger("delivery_courts")] == [True]


def test_a_file_changed_while_it_is_read_is_refused_and_read_anew_by_the_next_run(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = clerk.deliver([fund(1)], "西宁市城北区人民法院.csv")

    def copying_goes_on(*arguments: Any) -> None:
        take_in(*arguments)
        clerk.deliver([fund(1), fund(2)], path.name)

    with monkeypatch.context() as patched:
        patched.setattr(single, "take_in", copying_goes_on)
        refused = clerk.receive().refused
    assert [each.message.code for each in refused] == ["changed_while_read"]
    assert clerk.lake().height == 0, "what was read is neither the one nor the other"
    assert [gap["court_code"] for gap in clerk.ledger("delivery_gaps")] == ["T14"]
    assert clerk.receive().refused == []
    assert clerk.ledger("delivery_gaps") == []
    assert clerk.lake().height == 2


def test_a_file_taken_away_since_it_was_listed_stops_nothing(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = clerk.deliver([fund(1)], "a.csv")
    clerk.deliver([fund(2)], "b.csv")
    listed = landing.files_of(clerk.layout, "2019-12", "funds")
    gone.unlink()
    monkeypatch.setattr(landing, "files_of", lambda *_: listed)
    assert clerk.receive().accepted == 1
    assert clerk.ledger("delivery_gaps") == []


def test_what_was_taken_in_stays_when_its_file_is_taken_away(clerk: Clerk, path: Path) -> None:
    path.unlink()
    clerk.receive()
    assert clerk.lake().height == 2
    assert clerk.ledger("delivery_gaps") == []


@pytest.mark.parametrize("name", LEDGER)
@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_table_of_the_ledger_is_reckoned_again(clerk: Clerk, name: str, how: str) -> None:
    clerk.deliver([case(1)], "a.csv", kind="cases")
    clerk.receive("cases")
    sound = clerk.ledger(name)
    damage(clerk.layout.ledger / f"{name}.parquet", how)
    (mended,) = consolidate(clerk.layout)
    assert (mended.place, mended.message.code) == (f"lake/_ledger/{name}.parquet", "table_again")
    assert clerk.ledger(name) == sound


def test_a_flipped_value_in_the_courts_of_cases_is_noticed(clerk: Clerk) -> None:
    """The one table of the ledger that is kept from run to run; the library reads it as if nothing were."""
    clerk.deliver([case(1)], "a.csv", kind="cases")
    clerk.receive("cases")
    sound, file = clerk.ledger("case_courts"), clerk.layout.ledger / "case_courts.parquet"
    flip_a_value(file)
    (mended,) = consolidate(clerk.layout)
    assert mended.message.code == "table_again"
    assert clerk.ledger("case_courts") == sound


def test_a_damaged_shape_of_the_lake_is_written_again(clerk: Clerk) -> None:
    clerk.ledger("deliveries")
    shape = clerk.layout.lake / "cases" / "_schema.parquet"
    sound = shape.read_bytes()
    damage(shape, "cut short")
    clerk.ledger("deliveries")
    assert shape.read_bytes() == sound


def test_a_damaged_mark_of_cleaning_stops_nothing_not_even_beside_a_damaged_lake(clerk: Clerk, path: Path) -> None:
    (file,) = (clerk.layout.lake / "funds").glob("*/*.parquet")
    sound = file.read_bytes()
    damage(file, "cut short")
    (clerk.layout.ledger / "masking.json").write_bytes(b"{")
    assert told(clerk.receive()) == [("file_again", False)]
    assert file.read_bytes() == sound
    assert json.loads((clerk.layout.ledger / "masking.json").read_text()) == {"version": earlier.VERSION}


def test_cleaning_does_not_pass_off_a_damaged_file_as_a_sound_one(clerk: Clerk, path: Path) -> None:
    (file,) = (clerk.layout.lake / "funds").glob("*/*.parquet")
    sound = clerk.lake().to_dicts()
    flip_a_value(file)
    (clerk.layout.ledger / "masking.json").write_bytes(b"")
    assert told(clerk.receive()) == [("file_again", False)]
    assert clerk.lake().to_dicts() == sound
    assert told(clerk.receive()) == []


def test_a_file_that_is_received_again_is_told_of_as_it_was(clerk: Clerk) -> None:
    """What is known of its time is kept, what its rows say is found again: in the order of the first time."""
    clerk.deliver([fund(1)], "a.csv")
    clerk.deliver([fund(2), fund(3, 到账日期="合计", 案款标识="合计")], "b.csv")
    clerk.receive()
    receipts = {path: path.read_bytes() for path in (clerk.layout.ledger / FOLDERS[0]).rglob("*.json")}
    codes = [[said["code"] for said in json.loads(text)["notices"]] for text in receipts.values()]
    assert max(codes, key=len)[0] == "order_by_name" and len(max(codes, key=len)) > 1
    for file in clerk.layout.lake.rglob("*.parquet"):
        if "_ledger" not in file.parts:
            file.unlink()
    assert [lost.message.code for lost in mend(clerk.layout)] == ["file_again", "file_again"]
    assert {path: path.read_bytes() for path in receipts} == receipts
