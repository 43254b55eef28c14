"""What a file's form may have lost: fen in single precision, the end of a line, the space between two numbers.
Never read on as if it were whole; told with the remedy."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest

from grammar.case_numbers import parse
from tests.unit.extracts.conftest import FUNDS, Clerk, case, csv_text, fund

BREAKS = ["\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1e"]
SPLIT = [
    "（2019）青0105执12 3号", "（2019）青0105执12　3号", "（2019）青0105执1 23号",
    "（2019）青0105执1 2号", "（2019）青0105执12\n3号", "（2019）青01 05执12号",
    "(2019)青0105执12\t3号", "（20 19）青0105执12号", "２０１９青０１０５执１２ ３号",
    "（2019）青0105执恢12  3号",
]  # fmt: skip
WHOLE = [
    "（2019）青0105执123号", "( 2019 ) 青 0105 执 123 号", "（2019） 青0105执123号",
    "（2019）青0105 执123号", "（2019）青0105执 123号", "（2019）青0105执123 号",
    " （2019）青0105执123号 ", "（ 2 0 1 9 ）青 0 1 0 5 执 1 2 3 号", "（2019）青0105\n执123号",
]  # fmt: skip


def single(**columns: list[Any]) -> bytes:
    rows = pl.DataFrame([fund(n) for n in range(len(next(iter(columns.values()))))])
    file = io.BytesIO()
    rows.with_columns(pl.Series(name, values, dtype=pl.Float32) for name, values in columns.items()).write_parquet(file)
    return file.getvalue()


def test_an_amount_in_single_precision_is_taken_as_far_as_its_fen_are_kept(clerk: Clerk) -> None:
    amounts = [0.1, 99999.99, 131071.99, 131072.01, 1234567.89, 5000000.0, -200000.0, None]
    clerk.deliver(single(到账金额=amounts), "a.parquet")
    clerk.receive()
    assert [str(each) for each in clerk.lake()["received_amount"]] == ["0.10", "99999.99", "131071.99"]
    told = {each["row_number"]: each["reason_code"] for each in clerk.rejects()}
    lost = dict.fromkeys((4, 5, 6, 7), "single_precision")
    assert told == lost | {8: "missing_value"}


def test_an_identifier_in_single_precision_is_taken_as_far_as_whole_numbers_are_kept(clerk: Clerk) -> None:
    clerk.deliver(single(案件标识=[1.0, 16777215.0, 16777216.0, 390020190.0]), "a.parquet")
    assert clerk.receive().accepted == 2
    assert clerk.lake()["case_id"].to_list() == ["1", "16777215"]
    assert {each["reason_code"] for each in clerk.rejects()} == {"single_precision"}


def test_double_precision_is_no_fault(clerk: Clerk) -> None:
    file = io.BytesIO()
    rows = pl.DataFrame([fund(1), fund(2)]).with_columns(pl.Series("到账金额", [1234567.89, 99999999.99]))
    rows.write_parquet(file)
    clerk.deliver(file.getvalue(), "a.parquet")
    assert clerk.receive().accepted == 2
    assert [str(each) for each in clerk.lake()["received_amount"]] == ["1234567.89", "99999999.99"]


@pytest.mark.parametrize("ending", ["a.csv", "a.txt", "a.tsv"])
@pytest.mark.parametrize("mark", BREAKS)
def test_lines_that_end_in_another_mark_refuse_the_file(clerk: Clerk, mark: str, ending: str) -> None:
    text = csv_text([fund(1), fund(2)]).replace("\r\n", mark)
    clerk.deliver(text.replace(",", "\t") if ending == "a.tsv" else text, ending)
    (refused,) = clerk.receive().refused
    assert refused.message.code == "line_ends"
    assert f"U+{ord(mark):04X}" in refused.message.zh


@pytest.mark.parametrize("mark", ["\r", "\n", "\r\n"])
def test_lines_that_end_as_lines_do_are_read(clerk: Clerk, mark: str) -> None:
    clerk.deliver(csv_text([fund(1), fund(2)]).replace("\r\n", mark))
    assert clerk.receive().accepted == 2


@pytest.mark.parametrize("mark", BREAKS)
def test_such_a_mark_within_a_value_costs_no_file(clerk: Clerk, mark: str) -> None:
    clerk.deliver([case(1, 案由=f"买卖{mark}合同纠纷"), case(2)], kind="cases")
    assert clerk.receive("cases").accepted == 2


@pytest.mark.parametrize("mark", BREAKS)
def test_rows_that_are_joined_by_such_a_mark_are_told(clerk: Clerk, mark: str) -> None:
    header, *rows = csv_text([fund(1), fund(2), fund(3)]).splitlines()
    clerk.deliver(f"{header}\r\n{rows[0]}{mark}{rows[1]}\r\n{rows[2]}\r\n")
    assert clerk.receive().accepted == 1
    assert [each["reason_code"] for each in clerk.rejects()] == ["ragged_row"]
    assert len(FUNDS) == header.count(",") + 1


@pytest.mark.parametrize("text", SPLIT)
def test_two_numbers_with_a_space_between_them_are_no_third(text: str) -> None:
    assert parse(text).status == "unparsed"
    assert parse(text).text != "（2019）青0105执123号"


@pytest.mark.parametrize("text", WHOLE)
def test_a_case_number_that_is_spaced_out_is_read(text: str) -> None:
    assert (parse(text).status, parse(text).text) == ("parsed", "（2019）青0105执123号")


def test_a_reference_to_two_numbers_with_a_space_between_them_is_asked_about(clerk: Clerk) -> None:
    clerk.deliver(
        [case(n, 首次执行案号=text) for n, text in enumerate((*SPLIT[:5], *WHOLE[:-1]))], "a.json", kind="cases"
    )
    assert clerk.receive("cases").accepted == len(WHOLE) - 1
    assert set(clerk.lake("cases")["original_case_number"]) == {"(2019)青0105执123号"}
    assert {each["reason_code"] for each in clerk.rejects("cases")} == {"two_identifiers"}
