"""Sixty values that could be read as another number, day, word or person, over kinds and formats: rejected with a
reason, or read in the one way that the contract states. Each stands for a kind of slip, not for a reported file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from pipelines.extracts.contracts import contract
from tests.unit.extracts import books
from tests.unit.extracts.conftest import Clerk, Row, case, file_bytes, fund
from tests.unit.extracts.test_old_formats import rows_of

NUMBER = "990001198001010019"


class Slip(NamedTuple):
    """A value in a column, in one format; the code it is rejected with, or what the lake keeps."""

    ending: str
    column: str
    value: str
    code: str = ""
    kept: str = ""


def staff(**changed: str) -> Row:
    return rows_of("staffing")[0] | changed


def listed(**changed: str) -> Row:
    return rows_of("defaulters")[0] | {"证件号码": NUMBER} | changed


def person(**changed: str) -> Row:
    return case(1, 被执行人="虚拟甲", 证件号码=NUMBER, 承办人="") | changed


KINDS: dict[str, Callable[..., Row]] = {
    "funds": lambda **changed: fund(1, **changed), "staffing": staff, "defaulters": listed, "cases": person,
}  # fmt: skip
AMOUNT, COUNT, RELEASES = "received_amount", "enforcement_staff_count", "single_release_count"
SLIPS: dict[str, list[Slip]] = {
    "funds": [
        Slip("csv", AMOUNT, "1\u03360\u03360\u03360\u03362000", "not_an_amount"),
        Slip("html", AMOUNT, "12¹", "not_an_amount"),
        Slip("ods", AMOUNT, "1000②", "not_an_amount"),
        Slip("json", AMOUNT, "١٢٣٤", "not_an_amount"),
        Slip("xlsx", AMOUNT, "1½", "not_an_amount"),
        Slip("xls", AMOUNT, "1/2", "not_an_amount"),
        Slip("html", AMOUNT, "壹仟元整", "not_an_amount"),
        Slip("xls", AMOUNT, "1000-2000", "not_an_amount"),
        Slip("csv", AMOUNT, "1000余", "not_an_amount"),
        Slip("ods", AMOUNT, "1000+500", "not_an_amount"),
        Slip("xlsx", AMOUNT, "500-", "not_an_amount"),
        Slip("json", AMOUNT, "(500)", "not_an_amount"),
        Slip("csv", AMOUNT, "-500", "negative_amount"),
        Slip("ods", AMOUNT, "1.2E+3", "scientific_notation"),
        Slip("html", AMOUNT, "1.234,50", "not_an_amount"),
        Slip("csv", AMOUNT, "12,3456", "not_an_amount"),
        Slip("xls", AMOUNT, "1'234", "not_an_amount"),
        Slip("json", AMOUNT, "1·5", "not_an_amount"),
        Slip("csv", AMOUNT, "1。5", "not_an_amount"),
        Slip("xlsx", AMOUNT, "5%", "not_an_amount"),
        Slip("html", AMOUNT, "5‰", "not_an_amount"),
        Slip("csv", AMOUNT, "1万2千", "not_an_amount"),
        Slip("ods", AMOUNT, "1万元500元", "not_an_amount"),
        Slip("xls", AMOUNT, "5元5角", "not_an_amount"),
        Slip("json", AMOUNT, "500美元", "not_an_amount"),
        Slip("csv", AMOUNT, "1OOO", "not_an_amount"),
        Slip("html", AMOUNT, "1000 2000", "two_numbers"),
        Slip("xls", AMOUNT, "1 234 567", kept="1234567.00"),
        Slip("json", AMOUNT, "1.25万", kept="12500.00"),
        Slip("ods", AMOUNT, "￥1,234.5", kept="1234.50"),
        Slip("csv", "received_date", "2019-12-03、2019-12-05", "not_a_date"),
        Slip("xlsx", "received_date", "2019-12-03至2019-12-05", "not_a_date"),
        Slip("html", "received_date", "2019-12-03/05", "not_a_date"),
        Slip("xls", "received_date", "12/03/2019", "not_a_date"),
        Slip("ods", "received_date", "19-12-03", "not_a_date"),
        Slip("json", "received_date", "民国108年12月3日", "not_a_date"),
        Slip("csv", "received_date", "2O19-12-03", "not_a_date"),
        Slip("xlsx", "received_date", "2019-12", "not_a_date"),
        Slip("html", "received_date", "2019-02-29", "not_a_date"),
        Slip("json", "received_date", "1575331200000", kept="2019-12-03"),
        Slip("ods", "deferral_approved", "是/否", "not_a_flag"),
        Slip("xls", "deferral_approved", "是？", "not_a_flag"),
        Slip("csv", "case_id", "3.90012E+19", "scientific_notation"),
        Slip("html", "case_id", "39001201901000000001、39001201901000000002", "two_identifiers"),
        Slip("xlsx", "fund_id", "F 0001", kept="F0001"),
    ],
    "staffing": [
        Slip("xlsx", COUNT, "12²", "not_an_integer"),
        Slip("ods", COUNT, "12①", "not_an_integer"),
        Slip("html", COUNT, "١٢", "not_an_integer"),
        Slip("csv", COUNT, "l2", "not_an_integer"),
        Slip("json", COUNT, "1.2万", "not_an_integer"),
        Slip("xls", COUNT, "3百", "not_an_integer"),
        Slip("html", COUNT, "12/100", "not_an_integer"),
        Slip("csv", COUNT, "12.0", kept="12"),
    ],
    "defaulters": [
        Slip("ods", RELEASES, "-1", "negative_count"),
        Slip("xlsx", RELEASES, "1/2", "not_an_integer"),
        Slip("xls", "party_kind", "自然人、法人", "not_in_vocabulary"),
        Slip("html", "grace_from_date", "2019-12-20至2020-03-20", "not_a_date"),
        Slip("csv", "person_name", "虚\u0336拟\u0336乙\u0336虚拟丙", "partly_struck"),
    ],
    "cases": [
        Slip("xlsx", "respondent_id_number", "99000119800101001¹", "number_length"),
        Slip("json", "respondent_id_number", "99000119800101001⑨", "number_length"),
        Slip("ods", "respondent_name", "虚拟甲;虚拟丙", "several_names"),
        Slip("xls", "original_case_number", "（2019）青0105执1号、2号", "two_identifiers"),
    ],
}
ALL = [(kind, slip) for kind, slips in SLIPS.items() for slip in slips]


def content(row: Row, ending: str) -> bytes:
    writers = {"xls": books.xls, "ods": books.ods, "html": books.html}
    return writers[ending](books.table([row])) if ending in writers else file_bytes([row], ending)


def test_there_are_sixty_and_every_format_has_its_share() -> None:
    endings = [slip.ending for _, slip in ALL]
    assert len(ALL) >= 60
    assert {ending for ending in endings if endings.count(ending) >= 8} == {"csv", "xlsx", "xls", "ods", "html", "json"}


@pytest.mark.parametrize(("kind", "slip"), ALL, ids=[f"{kind}-{at}" for at, (kind, _) in enumerate(ALL)])
def test_no_value_is_read_as_another_without_a_word(clerk: Clerk, kind: str, slip: Slip) -> None:
    row = KINDS[kind](**{contract(kind).column(slip.column).header: slip.value})
    clerk.deliver(content(row, slip.ending), f"a.{slip.ending}", kind=kind)
    receipt = clerk.receive(kind)
    assert (receipt.refused, receipt.accepted) == ([], int(not slip.code))
    rejected = [(each["column_name"], each["reason_code"]) for each in clerk.rejects(kind)]
    assert rejected == ([(slip.column, slip.code)] if slip.code else [])
    if slip.kept:
        assert [str(value) for value in clerk.lake(kind)[slip.column]] == [slip.kept]
        assert {each["column_name"] for each in clerk.conversions(kind)} == {slip.column}


FIELDS = {
    "<input value=1000>": "1000.00",
    "<input type=text value='1,000'>": "1000.00",
    "1000<input type=hidden value=2>": "1000.00",
    "<select><option>1000<option selected>2000</select>": "2000.00",
    "<select><option>1000<option>2000</select>": "1000.00",
    "1000<input value=2000>": "",
    "<input value=1000><input value=2000>": "",
    "<textarea>1000</textarea>": "1000.00",
}


@pytest.mark.parametrize("cell", FIELDS)
def test_fields_of_a_saved_form_are_read_as_the_page_shows_them(clerk: Clerk, cell: str) -> None:
    page = books.html(books.table([fund(1, 发放金额="@")])).replace(b"<td>@</td>", f"<td>{cell}</td>".encode())
    clerk.deliver(page, "a.xls")
    assert clerk.receive().accepted == int(bool(FIELDS[cell]))
    kept = [str(row["paid_amount"]) for row in clerk.lake().to_dicts()]
    assert kept == ([FIELDS[cell]] if FIELDS[cell] else [])
