"""Rows rejected and held: each fault with place, reason and remedy, while the rest of the file goes in.
Counts add up whatever comes; personal values never appear in what is kept of a bad row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.extracts.conftest import Clerk, Row, case, clerk_at, csv_text, fund

FAULTS: dict[str, tuple[str, Row, str, str]] = {
    "no identifier": ("funds", {"案款标识": ""}, "missing_value", "案款标识"),
    "a required date left empty": ("funds", {"到账日期": " "}, "missing_value", "到账日期"),
    "a day that does not exist": ("funds", {"到账日期": "2019-02-29"}, "not_a_date", "到账日期"),
    "a year that cannot be": ("funds", {"发放日期": "2919-12-03"}, "absurd_date", "发放日期"),
    "words for an amount": ("funds", {"到账金额": "五千"}, "not_an_amount", "到账金额"),
    "a negative amount": ("funds", {"发放金额": "-1"}, "negative_amount", "发放金额"),
    "an amount in the wrong unit": ("funds", {"到账金额": "99999999999999"}, "absurd_amount", "到账金额"),
    "an amount Excel has rounded": ("funds", {"到账金额": "1.2E+11"}, "scientific_notation", "到账金额"),
    "an identifier Excel has rounded": ("funds", {"案款标识": "2.01912E+17"}, "scientific_notation", "案款标识"),
    "an unclear flag": ("funds", {"延缓发放审批": "待定"}, "not_a_flag", "延缓发放审批"),
    "a replacement character": ("funds", {"案件标识": "C\ufffd1"}, "damaged_text", "案件标识"),
    "a formula error": ("cases", {"案由": "#REF!"}, "damaged_text", "案由"),
    "an unknown case type": ("cases", {"案件类型代字": "司救执"}, "not_in_vocabulary", "案件类型代字"),
    "a closing date without mode": ("cases", {"结案日期": "2019-12-01"}, "closed_without_mode", "结案方式"),
    "a closing mode without date": ("cases", {"结案方式": "终本"}, "mode_without_date", "结案日期"),
}
HELD: dict[str, tuple[Row, str]] = {
    "an unknown court": ({"法院代码": "火星法院"}, "court_unknown"),
    "a homonym with another province's case": (
        {"法院代码": "城中区人民法院", "案号": "（2019）桂0202执1号"},
        "court_conflict",
    ),
    "no court and a number that does not tell": ({"法院代码": "", "案号": "见附件"}, "court_missing"),
    "a name no longer in use": ({"法院代码": "玉树县人民法院"}, "court_out_of_date"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_row_is_rejected_with_place_and_remedy_and_the_rest_goes_in(clerk: Clerk, fault: str) -> None:
    kind, changed, code, header = FAULTS[fault]
    make = case if kind == "cases" else fund
    clerk.deliver([make(1), make(2, **changed), make(3)], "十二月.csv", kind=kind)
    receipt = clerk.receive(kind)
    assert (receipt.accepted, receipt.rejected, receipt.held) == (2, 1, 0)
    (row,) = clerk.rejects(kind)
    assert (row["reason_code"], row["disposition"], row["row_number"], row["header"]) == (code, "rejected", 3, header)
    assert row["court_code"] == "T14"
    for text in ("十二月.csv", "第 3 行", header):
        assert text in row["reason_zh"]
    assert "row 3" in row["reason_en"]
    assert row["remedy_zh"]
    assert row["remedy_en"]
    value = changed.get(header, "").strip()
    assert row["value"] == (value or None)
    assert json.loads(row["row_text"])["法院代码"] == "T14"


@pytest.mark.parametrize("fault", HELD)
def test_a_row_whose_court_is_not_found_is_held(clerk: Clerk, fault: str) -> None:
    changed, code = HELD[fault]
    clerk.deliver([case(1), case(2, **changed)], "a.csv", kind="cases")
    receipt = clerk.receive("cases")
    assert (receipt.accepted, receipt.rejected, receipt.held) == (1, 0, 1)
    (row,) = clerk.rejects("cases")
    assert (row["reason_code"], row["disposition"], row["court_code"]) == (code, "held", None)


def test_a_row_with_an_unknown_court_and_a_bad_date_is_rejected_once(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院代码="火星法院", 到账日期="x", 发放日期="y")], "a.csv")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.rejected, receipt.held) == (1, 1, 0)
    assert {row["disposition"] for row in clerk.rejects()} == {"rejected"}
    assert [row["reason_code"] for row in clerk.rejects()] == ["court_unknown", "not_a_date", "not_a_date"]


def test_code_and_name_of_different_courts_are_held(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院名称="西宁市城北区人民法院"), fund(2, 法院名称="西宁市城东区人民法院")], "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.held) == (1, 1)
    assert "T14 — 西宁市城东区人民法院" in clerk.rejects()[0]["reason_zh"]


@pytest.mark.parametrize("number", ["见附件", "(2014)滨法执一字第01070号", "（2019）青0105执1号之一"])
def test_a_case_number_is_never_a_reason_to_drop_a_case(clerk: Clerk, number: str) -> None:
    clerk.deliver([case(1, 案号=number)], "a.csv", kind="cases")
    assert clerk.receive("cases").accepted == 1
    assert clerk.lake("cases")["case_number_raw"].to_list() == [number]
    assert clerk.lake("cases")["case_number_status"][0] in ("parsed", "legacy", "unparsed")


def test_the_first_of_two_rows_with_one_key_is_kept(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2), fund(1, 到账金额="9"), fund(1)], "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.rejected) == (2, 2)
    assert clerk.lake()["_row_number"].to_list() == [2, 3]
    assert [row["row_number"] for row in clerk.rejects()] == [4, 5]
    assert all("第 2 行" in row["reason_zh"] and "F0001" in row["reason_zh"] for row in clerk.rejects())


def test_a_bad_row_does_not_claim_its_key(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 到账日期="x"), fund(1)], "a.csv")
    assert clerk.receive().accepted == 1
    assert clerk.lake()["_row_number"].to_list() == [3]


@pytest.mark.parametrize("line", ["合计,2469", "合　计,,,,2469,,2000,", " 制表人：王五", "总计"])
def test_totals_and_signatures_below_the_table_are_not_data(clerk: Clerk, line: str) -> None:
    clerk.deliver(csv_text([fund(1), fund(2)]) + line, "a.csv")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.no_data, receipt.refused) == (3, 2, 1, [])
    assert clerk.rejects() == []
    (told,) = receipt.deliveries[0].notices
    assert told.code == "no_data_rows"
    assert "第 4 行" in told.zh


def test_a_header_repeated_inside_is_not_data(clerk: Clerk) -> None:
    clerk.deliver(csv_text([fund(1)]) + csv_text([fund(2)]), "a.csv")
    receipt = clerk.receive()
    assert (receipt.accepted, receipt.no_data, clerk.rejects()) == (2, 1, [])
    assert "第 3 行（表头）" in receipt.deliveries[0].notices[0].zh


def test_ragged_rows_are_rejected_with_their_numbers_and_fields(clerk: Clerk) -> None:
    lines = csv_text([fund(1), fund(2), fund(3)]).splitlines()
    lines[2] = "F0002,C0002"
    lines.insert(3, "F9,C9,T14,2019-12-03,1,234,50,,,否")
    clerk.deliver("\n".join(lines) + "\n", "a.csv")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.rejected) == (4, 2, 2)
    few, many = clerk.rejects()
    assert (few["row_number"], many["row_number"]) == (3, 4)
    assert "有 2 列，表头有 8 列" in few["reason_zh"]
    assert json.loads(many["row_text"])[:3] == ["F9", "C9", "T14"]


def test_a_broken_line_of_jsonl_costs_that_line_only(clerk: Clerk) -> None:
    lines = [json.dumps(fund(1)), '{"案款标识": "F2', "[1, 2]", json.dumps(fund(3))]
    clerk.deliver("\n".join(lines) + "\n", "a.jsonl")
    receipt = clerk.receive()
    assert (receipt.rows, receipt.accepted, receipt.rejected) == (4, 2, 2)
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [
        (2, "unreadable_line"),
        (3, "not_an_object"),
    ]


SECRETS = ("扎西多杰", "630105198001011234", "王法官", "李秘密")


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json", "a.jsonl", "a.parquet"])
def test_nothing_personal_is_kept_in_clear_anywhere(clerk: Clerk, name: str) -> None:
    person = {"被执行人": SECRETS[0], "证件号码": SECRETS[1], "承办人": SECRETS[2], "联系人": SECRETS[3]}
    rows = [
        case(1, **person),
        case(2, **person, 立案日期="x"),
        case(3, **person, 法院代码="火星法院"),
        case(1, **person),
    ]
    clerk.deliver(rows, name, kind="cases")
    assert clerk.receive("cases").rows == 4
    clerk.ledger("deliveries")
    kept = clerk.tree()
    shown = str(clerk.rejects("cases")) + str(clerk.lake("cases").to_dicts())
    for secret in SECRETS:
        assert secret not in shown
        assert not [path for path, content in kept.items() if secret.encode() in content]
    assert "扎**" in shown


@pytest.mark.parametrize("cut", [1, 3, 8])
def test_a_ragged_row_hides_whatever_may_be_personal(clerk: Clerk, cut: int) -> None:
    row = case(1, 被执行人="扎西多杰", 证件号码="630105198001011234")
    cells = [str(value) for value in row.values()]
    lines = [csv_text([row]).splitlines()[0], ",".join(cells[cut:]), ",".join([*cells, "x", "y"]), ""]
    clerk.deliver("\n".join(lines), "a.csv", kind="cases")
    clerk.receive("cases")
    shown = str(clerk.rejects("cases"))
    assert "扎西多杰" not in shown
    assert "630105198001011234" not in shown


VALUES: dict[str, Any] = {
    "案款标识": st.sampled_from(["F1", "F2", "F3", "", "1E+20"]),
    "法院代码": st.sampled_from(["T14", "T11", "西宁市城北区人民法院", "火星法院", ""]),
    "到账日期": st.sampled_from(["2019-12-03", "2019/1/2", "x", "", "43802"]),
    "到账金额": st.sampled_from(["1", "1,000", "-1", "", "3万元"]),
    "案件标识": st.sampled_from(["C1", "合计", ""]),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=12), st.sampled_from(["a.csv", "a.xlsx", "a.json"]))
def test_counts_add_up_whatever_is_delivered(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], name: str
) -> None:
    clerk = clerk_at(tmp_path_factory.mktemp("counts"))
    clerk.deliver(rows, name)
    receipt = clerk.receive()
    delivered = sum(1 for row in rows if any(row.values()))
    if receipt.refused:
        assert (delivered, receipt.refused[0].message.code) in ((0, "no_rows"), (0, "empty_file"))
        return
    by_disposition = {
        which: {row["row_number"] for row in clerk.rejects() if row["disposition"] == which}
        for which in ("rejected", "held")
    }
    assert receipt.rows == delivered
    assert receipt.accepted == clerk.lake().height
    assert (receipt.rejected, receipt.held) == (len(by_disposition["rejected"]), len(by_disposition["held"]))
    assert not by_disposition["rejected"] & by_disposition["held"]
