"""Persons in odd places: no name and no identity number is kept in clear, whatever column, heading or name it is in.
What is kept stays useful: a clerk finds row, column and reason, identifiers join, case numbers and amounts are read."""

from __future__ import annotations

import json
from dataclasses import asdict

import polars as pl
import pytest

from pipelines.extracts import persons, receipts, rejects, schemas
from pipelines.extracts.masking import frames, shown_file, without_numbers
from pipelines.extracts.messages import Message
from tests.unit.extracts.conftest import Clerk, case, clerk_at, fund
from tests.unit.extracts.odd_places import (
    CHINESE,
    ENDINGS,
    NUMBER,
    ROWS,
    SECRETS,
    SHORT,
    SPACED,
    WIDE,
    files,
    named,
)


def deliver(clerk: Clerk) -> None:
    for kind, name, content in files():
        clerk.deliver(content, name, kind=kind)


def receive(clerk: Clerk) -> str:
    """Everything taken in; all that the receipts of both kinds say."""
    said = [str(clerk.receive(kind)) for kind in ("cases", "funds")]
    clerk.ledger("deliveries")
    return "\n".join(said)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clerk, str]:
    clerk = clerk_at(tmp_path_factory.mktemp("odd"))
    deliver(clerk)
    return clerk, receive(clerk)


def test_not_one_byte_that_is_kept_names_a_person(walked: tuple[Clerk, str]) -> None:
    clerk, said = walked
    assert named(clerk.layout.data) == []
    assert [secret for secret in SECRETS if secret in said] == []


def test_the_walk_would_find_them(walked: tuple[Clerk, str]) -> None:
    clerk, _ = walked
    found = {secret for _, secret in named(clerk.layout.landing, but=())}
    assert found == set(SECRETS)


def test_rows_in_every_format_come_out_alike(walked: tuple[Clerk, str]) -> None:
    clerk, _ = walked
    found = [r for r in receipts.of_month(clerk.layout, "cases", "2019-12") if r.row_count > 20]
    assert {receipt.format for receipt in found} == set(ENDINGS)
    assert len({(r.accepted_count, r.rejected_count, r.held_count) for r in found}) == 1
    accepted, rejected = found[0].accepted_count, found[0].rejected_count + found[0].held_count
    assert accepted + rejected == len(ROWS) + 1
    assert accepted >= 19
    assert rejected >= 8


WALLS = {
    "the sweep of every table": (schemas, "swept", lambda table: table),
    "what a rejected row shows": (rejects, "shown", lambda column, value, key: value),
    "what a broken row shows": (rejects, "shown_unread", lambda cell: cell),
    "names and identifiers in accepted texts": (persons, "kept_frame", lambda rules, frame, key: frame),
}


@pytest.mark.parametrize("wall", WALLS)
def test_each_wall_holds_something(clerk: Clerk, monkeypatch: pytest.MonkeyPatch, wall: str) -> None:
    module, name, nothing = WALLS[wall]
    monkeypatch.setattr(module, name, nothing)
    if wall == "the sweep of every table":
        monkeypatch.setattr(persons, "kept_frame", lambda rules, frame, key: frame)
    deliver(clerk)
    receive(clerk)
    assert named(clerk.layout.data) != []


def test_a_clerk_still_finds_what_to_mend(clerk: Clerk) -> None:
    clerk.deliver([ROWS["a name for a date"], case(2, 立案日期="2019-02-30", 案由="借款")], "a.csv", kind="cases")
    clerk.receive("cases")
    name, day = clerk.rejects("cases")
    assert (name["row_number"], name["header"], name["value"], name["reason_code"]) == (
        2,
        "立案日期",
        "王**",
        "not_a_date",
    )
    assert (day["row_number"], day["header"], day["value"]) == (3, "立案日期", "2019-02-30")
    assert "第 3 行，“立案日期”填“2019-02-30”" in day["reason_zh"]
    told = json.loads(day["row_text"])
    assert (told["案件标识"], told["案号"], told["申请执行标的金额"]) == ("C0002", "（2019）青0105执2号", "5000")
    assert (told["被执行人"], told["证件号码"], told["案由"]) == ("张**", "****", "借**")


def test_identifiers_that_are_numbers_stay_apart_and_join_over_extracts(clerk: Clerk) -> None:
    other = "630102197502021239"
    clerk.deliver([case(1, 案件标识=NUMBER), case(2, 案件标识=other), case(3, 案件标识="王丙1")], "a.csv", kind="cases")
    clerk.deliver([fund(n, 案件标识=text) for n, text in enumerate((NUMBER, other, "王丙1"))], "a.csv")
    assert (clerk.receive("cases").accepted, clerk.receive().accepted) == (3, 3)
    of_cases, of_funds = clerk.lake("cases")["case_id"].to_list(), clerk.lake()["case_id"].to_list()
    assert len(set(of_cases)) == 3
    assert of_cases == of_funds


def test_an_identifier_of_many_digits_that_is_no_persons_is_left_alone(clerk: Clerk) -> None:
    """Case systems number cases so."""
    ids = ["160400000012345", "201912030000000017", "(2019)青0105执1号", "QH-2019-000123"]
    clerk.deliver([fund(n, 案件标识=text) for n, text in enumerate(ids)], "a.csv")
    clerk.receive()
    assert clerk.lake()["case_id"].to_list() == ids


@pytest.mark.parametrize("text", [
    "（2019）青0105执恢12345号之一", "1,234,567,890,123.45", "123456789012.50元", "2019-12-03 2019-12-20",
    "20191203101112", "39002201600000000773",
    "2019-12-03 10:11:12", "13800138000、13900139000", "1000 2000 3000", "民间借贷纠纷", "行政非诉审查", "申请非诉执行",
])  # fmt: skip
def test_case_numbers_amounts_and_dates_stay_readable(text: str) -> None:
    assert without_numbers(text) == text


@pytest.mark.parametrize("number", [
    NUMBER, SHORT, WIDE, SPACED, CHINESE, "630102-19800101-1234", "630102 19800101 123x", "63010219800101123Ｘ",
    "6 3 0 1 0 2 1 9 8 0 0 1 0 1 1 2 3 4", "6301021980****1234", "990000198001010001", "123456789012345",
    "630102\u200b198001011234",
])  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "证件{}号", "张三({})", "a{}b", "，{}。", "{0}、{0}"])
def test_identity_numbers_are_masked_however_written(number: str, around: str) -> None:
    assert without_numbers(around.format(number)) == around.format("****")


@pytest.mark.parametrize(("name", "shown"), [
    ("2019-12/cases/海东市中级人民法院_执行案件_201912.csv", None), ("一月.csv", None), ("T14_cases_v2.xlsx", None),
    ("06_heading_1_funds.csv", None), ("linkage_activities/全省_联动工作_201912_称多县人民法院补报.csv", None),
    ("张三.csv", "张**.csv"), ("张三案款（更正）.csv", "张**案款（更正）.csv"), (f"{NUMBER}.csv", "****.csv"),
    ("Zhang San.csv", "Z**.csv"), ("zhang_san.csv", "z**.csv"), ("lisi.csv", "l**.csv"), ("案款.张三", "案款.张**"),
])  # fmt: skip
def test_a_file_is_named_by_known_words(name: str, shown: str | None) -> None:
    assert shown_file(name) == (shown or name)


def test_files_whose_names_look_alike_when_hidden_are_not_taken_for_one(clerk: Clerk) -> None:
    clerk.deliver([fund(1)], "张甲.csv")
    clerk.deliver([fund(2)], "张乙.csv")
    assert clerk.receive().received == 2
    assert clerk.receive().received == 0
    assert clerk.receive().accepted == 2
    assert len({row["file_name"] for row in clerk.ledger("deliveries")}) == 2


def test_extra_headings_are_counted_and_known_ones_named(clerk: Clerk) -> None:
    clerk.deliver([{"案件标识": "1", "张甲": "2", NUMBER: "3"}], "a.csv", kind="cases")
    (refused,) = clerk.receive("cases").refused
    assert "文件中的列是：案件标识，另有 2 列不在约定之内" in refused.message.remedy_zh
    assert "案件标识, and 2 that the contract does not know" in refused.message.remedy_en


def test_whose_a_file_is_is_known_of_accepted_and_of_refused_ones(clerk: Clerk) -> None:
    clerk.deliver([fund(1), fund(2, 法院代码="T11")], "a.csv")
    clerk.deliver(b"", "西宁市城北区人民法院_案款.csv")
    clerk.deliver(b"", "T11.csv")
    clerk.deliver(b"", "b.csv")
    clerk.receive()
    owners = {row["file_name"].rpartition("/")[2]: row["court_codes"] for row in clerk.ledger("deliveries")}
    assert owners == {"a.csv": "T11,T14", "西宁市城北区人民法院_案款.csv": "T14", "T11.csv": "T11", "b.csv": None}


OLD_REFUSAL = Message(
    "missing_columns", "文件“张甲.csv”缺少列", f"the file 张甲 {NUMBER}", "文件中的列是：王丙", "the columns are: 王丙"
)


def in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the version before wrote."""
    for module, name, nothing in WALLS.values():
        monkeypatch.setattr(module, name, nothing)
    monkeypatch.setattr("pipelines.extracts.loading.clean_earlier", lambda layout, key: None)
    monkeypatch.setattr("pipelines.extracts.single.shown_file", lambda name, key=None: name)


def test_what_an_earlier_version_wrote_in_clear_is_cleaned(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        in_clear(before)
        kept = {what: row for what, row in ROWS.items() if "party in it" not in what and "break" not in what}
        rows = [row | {"案由": ""} if "诉" in str(row["案由"]) else row for row in kept.values()]
        clerk.deliver(json.dumps(rows), "张甲.json", kind="cases")
        clerk.receive("cases")
        for path in (clerk.layout.ledger / "receipts").glob("*/*/*.json"):
            data = json.loads(path.read_text())
            data["extra_columns"] = ["张甲", NUMBER]
            del data["extra_column_count"], data["digest"]
            said = asdict(OLD_REFUSAL)
            path.write_text(json.dumps(data | {"refusal": said}, ensure_ascii=False), encoding="utf-8")
    assert {secret for _, secret in named(clerk.layout.data)} >= {"张甲", "王丙", NUMBER}
    (clerk.layout.gate / "cases").mkdir(parents=True)
    (clerk.layout.gate / "cases" / "2019-12.json").write_text(f"王丙 {NUMBER}")  # the gate quotes failing rows
    clerk.layout.landing.rename(clerk.layout.data.parent / "landing")  # nothing of it lies in landing any more
    clerk.deliver([fund(1)], "a.csv")
    clerk.receive()
    clerk.ledger("deliveries")
    assert named(clerk.layout.data) == []
    (receipt,) = receipts.of_month(clerk.layout, "cases", "2019-12")
    assert receipts.is_whole(clerk.layout, receipt)
    assert receipt.extra_column_count == 2
    assert len(clerk.rejects("cases")) >= 5


def test_a_name_is_hidden_in_its_own_row_and_the_texts_that_are_given_keep_it() -> None:
    names = [pl.Series(["金明双", "杨石磊"])]
    cause = pl.Series(["金明双的借款", "关于金明双的借款"])
    assert frames._of_the_row(cause, [0, 1], names).to_list() == ["金**的借款", "关于金明双的借款"]
    assert cause.to_list() == ["金明双的借款", "关于金明双的借款"]
