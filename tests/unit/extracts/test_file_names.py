"""Names in the bytes of another encoding, as transfers from Chinese Windows leave them: taken in, and never in the way.
What masks names is held elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.extracts.landing import as_gbk, misplaced, openable, spelt
from tests.unit.extracts.conftest import MONTH, Clerk, case, file_bytes, fund
from tests.unit.extracts.test_redelivery import in_force

GBK = os.fsdecode("案款月报".encode("gbk"))
ESCAPED = r"\xb0\xb8\xbf\xee\xd4\xc2\xb1\xa8"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl", "parquet"])
def test_a_name_in_gbk_is_received_in_every_format_and_shown_escaped(clerk: Clerk, ending: str) -> None:
    clerk.deliver(file_bytes([fund(1)], ending), f"{GBK}.{ending}")
    clerk.deliver([fund(2, 法院代码="T11")], "b.csv")
    found = clerk.receive()
    assert (found.accepted, found.refused) == (2, [])
    receipt = next(receipt for receipt in found.deliveries if "\\x" in receipt.file_name)
    assert receipt.file_name == f"{MONTH}/funds/{ESCAPED}.{ending}"
    (told,) = [message for message in receipt.notices if message.code == "name_not_utf8"]
    assert "案款月报" in told.zh and "案款月报" in told.en and ESCAPED in told.zh
    assert in_force(clerk)[MONTH, "T14"] == f"{ESCAPED}.{ending}"


def test_a_refused_file_and_a_rejected_row_name_it_too(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 到账日期="x")], f"{GBK}.csv")
    clerk.deliver(b"", f"{GBK}2.csv")
    found = clerk.receive()
    assert [ESCAPED in refusal.message.zh for refusal in found.refused] == [True]
    assert [ESCAPED in row["reason_zh"] for row in clerk.rejects()] == [True]


def test_a_kind_with_persons_takes_it_in_once(clerk: Clerk) -> None:
    clerk.deliver([case(1)], f"{GBK}.csv", kind="cases")
    assert clerk.receive("cases").received == 1
    assert clerk.receive("cases").received == 0


def test_a_name_that_is_no_encoding_at_all_is_received(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], os.fsdecode(b"\xff\xfe\xff.csv"))
    (receipt,) = clerk.receive().deliveries
    assert (receipt.file_name, receipt.accepted_count) == (rf"{MONTH}/funds/\xff\xfe\xff.csv", 1)


@pytest.mark.parametrize("folder", [GBK, f"{MONTH}/{GBK}", f"{MONTH}/funds/{GBK}"])
def test_a_folder_in_gbk_is_reported_with_the_remedy(clerk: Clerk, folder: str) -> None:
    path = clerk.layout.landing / folder / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_text("x")
    clerk.deliver([fund(1)], "b.csv")
    (stray,) = misplaced(clerk.layout)
    assert ESCAPED in stray.message.zh and stray.message.remedy_zh and stray.message.remedy_en
    stray.message.zh.encode()
    assert clerk.receive().accepted == 1


def test_a_link_of_such_a_name_is_refused_and_told(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "b.csv")
    (clerk.layout.landing / MONTH / "funds" / f"{GBK}.csv").symlink_to("b.csv")
    (refused,) = clerk.receive().refused
    assert ESCAPED in refused.file_name and ESCAPED in refused.message.en


def test_names_in_utf8_are_left_as_they_are(tmp_path: Path) -> None:
    assert (spelt("案款.csv"), as_gbk("案款.csv")) == ("案款.csv", None)
    with openable(tmp_path / "案款.csv") as opened:
        assert opened == tmp_path / "案款.csv"
