"""Whatever a file holds, its rows are accounted for, its values follow from its cells, or it is refused with words.
Many more are tried by `make soak SOAK=files`; the corpus keeps what was found."""

from __future__ import annotations

import itertools
import signal
import time
import tomllib
from pathlib import Path

import polars as pl
import pytest

from pipelines.extracts import receipts
from pipelines.extracts.loading import receive_alone
from pipelines.extracts.reading import apart
from pipelines.extracts.reading.headings import find_header
from tests.faults import judging, mutations
from tests.unit.extracts.conftest import case, csv_text, fund

CORPUS = Path(__file__).parent / "corpus"
EXPECTED = tomllib.loads((CORPUS / "expected.toml").read_text(encoding="utf-8"))
TRIED = range(900_000, 900_500)


def test_hostile_files_of_every_kind_and_format(tmp_path: Path) -> None:
    desks = {kind: judging.desk(tmp_path, kind) for kind in mutations.KINDS}
    broken, formats = {}, set()
    for seed in TRIED:
        kind, ending, content = mutations.made(seed)
        formats.add(ending)
        if found := judging.faults(desks[kind], f"f.{ending}", content):
            broken[seed] = kind, ending, found
    assert broken == {}
    assert formats >= set(mutations.FORMATS)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_was_found_once_is_told(tmp_path: Path, name: str) -> None:
    desk, expected = judging.desk(tmp_path, name.partition("_")[0]), EXPECTED[name]
    assert judging.faults(desk, name, (CORPUS / name).read_bytes()) == []
    receipt = receive_alone(desk, desk.layout.data / name)
    assert (receipt.refusal.code if receipt.refusal else None) == expected.get("refused")
    if receipt.refusal:
        return
    file = receipts.rejects_file(desk.layout, desk.kind, desk.month, receipt.delivery_id)
    rows = pl.read_parquet(file, hive_partitioning=False).to_dicts()
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(str(row["row_number"]), []).append(row["reason_code"])
    assert (receipt.accepted_count, told) == (expected["accepted"], expected["rejected"])


def test_every_file_of_the_corpus_is_expected_to_come_to_something() -> None:
    assert {path.name for path in CORPUS.iterdir()} == {*EXPECTED, "expected.toml"}


@pytest.mark.parametrize("mark", ["[", "(", '"', "年", "\\", "=", "是,", "　"])
@pytest.mark.parametrize("ending", ["csv", "json", "html"])
def test_a_text_of_a_hundred_thousand_of_the_same_takes_no_time(tmp_path: Path, ending: str, mark: str) -> None:
    content = (
        csv_text([fund(1), fund(2)]).encode() if ending == "csv" else b"<table><tr><td>" if ending == "html" else b"["
    )
    desk = judging.desk(tmp_path, "funds")
    many = mark.encode() * 100_000
    for text in (many, content + many, many + b"\r\n" + content):
        assert judging.faults(desk, f"f.{ending}", text) == []


def test_a_heading_of_brackets_alone_takes_no_time() -> None:
    rows = [("[" * 100_000, "到账"), ("案款标识", "金额")]
    started = time.process_time()
    find_header(rows, lambda cells: sum(cell in ("案款标识", "到账金额") for cell in cells))
    assert time.process_time() - started < 1


def test_line_breaks_that_somebody_typed_are_no_swallowed_lines(tmp_path: Path) -> None:
    desk = judging.desk(tmp_path, "cases")
    path = tmp_path / "f.csv"
    path.write_text(csv_text([case(1, 案由="借款\n（续, 1）\n, 2"), case(2)]), encoding="utf-8", newline="")
    assert receive_alone(desk, path).accepted_count == 2


def test_work_that_ends_its_process_or_takes_all_memory_is_known_not_to_end_well() -> None:
    import os

    assert apart.ends_well(lambda: None, 5)
    assert apart.ends_well(lambda: 1 / 0, 5), "an exception is met again by whoever does the work in earnest"
    assert not apart.ends_well(os.abort, 5)
    assert not apart.ends_well(lambda: bytearray(3 << 30), 5)
    assert apart.ends_well(signal.pause, 5), "a fork that waits for a thread it has not says nothing of the work"
    assert not apart.ends_well(lambda: [None for _ in itertools.count()], 1)
