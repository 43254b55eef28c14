"""Which of the contract's columns a file has, as the ledger keeps it: what was not sent is told from what is empty.
What follows for figures belongs to the models."""

from __future__ import annotations

from pipelines.extracts.loading import consolidate
from tests.unit.extracts.conftest import Clerk, fund


def columns(clerk: Clerk) -> dict[str, str | None]:
    """File → its columns in the ledger, separated by commas."""
    consolidate(clerk.layout)
    rows = clerk.ledger("deliveries")
    return {row["file_name"].rpartition("/")[2]: row["delivered_columns"] for row in rows}


def test_a_file_has_the_columns_that_its_header_names_filled_or_not(clerk: Clerk) -> None:
    whole = fund(1, 发放日期="", 发放金额="")
    short = {heading: value for heading, value in fund(2).items() if heading != "发放日期"}
    clerk.deliver([whole], "whole.csv")
    clerk.deliver([short], "short.csv")
    clerk.receive()
    found = columns(clerk)
    assert found["whole.csv"] is not None and found["short.csv"] is not None
    assert set(found["whole.csv"].split(",")) - set(found["short.csv"].split(",")) == {"paid_date"}


def test_of_records_that_leave_out_what_is_empty_nothing_is_said(clerk: Clerk) -> None:
    clerk.deliver([{heading: value for heading, value in fund(1).items() if heading != "发放日期"}], "records.json")
    clerk.receive()
    assert columns(clerk) == {"records.json": None}


def test_a_refused_file_has_no_columns(clerk: Clerk) -> None:
    clerk.deliver([{"什么": "1"}], "none.csv")
    clerk.receive()
    assert columns(clerk) == {"none.csv": None}
