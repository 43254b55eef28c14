"""The public list of defaulters as it circulates: its headings, codes, wordings, joined grounds, rows without an id.
No value becomes another in silence: what is not known is rejected by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extracts.contracts import contract, vocabulary
from pipelines.extracts.values import UnreadableError, law, read_code
from tests.unit.extracts.conftest import Clerk, Row, csv_text

HANDED = Path(__file__).parent / "handed"
SIX = [term.value for term in vocabulary("ground")]
LISTED = {
    "案号": "（2019）青0105执1号", "执行法院": "西宁市城北区人民法院", "被执行人姓名/名称": "虚拟甲",
    "身份证号码/组织机构代码": "99000119800101001X", "失信被执行人行为具体情形": "违反财产报告制度的",
    "发布时间": "2019年12月03日",
}  # fmt: skip


def receive(clerk: Clerk, *rows: Row, name: str = "a.csv", kind: str = "defaulters") -> list[Row]:
    clerk.deliver(csv_text(rows), name, kind=kind)
    clerk.receive(kind)
    lake = clerk.lake(kind)
    return lake.sort("_row_number").to_dicts() if lake.height else []


def test_the_list_as_csv_that_was_handed_over_is_held_for_its_courts_alone(clerk: Clerk) -> None:
    name = "R1_public_list_as_csv.csv"
    clerk.deliver((HANDED / name).read_text().encode("gb18030"), name, kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.refused, receipt.accepted, receipt.rejected, receipt.held) == ([], 0, 0, 29)
    assert {row["reason_code"] for row in clerk.rejects("defaulters")} == {"court_unknown"}
    assert len(clerk.rejects("defaulters")) == 29
    assert "虚拟元电气" not in str(clerk.rejects("defaulters"))


def test_the_list_as_a_web_service_gives_it_is_taken_in(clerk: Clerk) -> None:
    name = "R2_baidu_list.json"
    clerk.deliver((HANDED / name).read_bytes(), name, kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.refused, receipt.accepted, receipt.rejected) == ([], 3, 0)
    kept = clerk.lake("defaulters").sort("_row_number").to_dicts()
    assert [row["party_kind"] for row in kept] == ["自然人", "法人", "自然人"]
    assert [row["ground"] for row in kept] == [SIX[4], SIX[5], SIX[5]]
    assert len({row["listing_id"] for row in kept}) == 3


def test_the_party_kinds_that_were_handed_over_come_out_as_the_kinds_they_are(clerk: Clerk) -> None:
    name = "18_party_kinds_defaulters.csv"
    text = (HANDED / name).read_text(encoding="utf-8-sig")
    clerk.deliver((HANDED / name).read_bytes(), name, kind="defaulters")
    assert clerk.receive("defaulters").rejected == 0
    given = [line.split(",")[5] for line in text.splitlines()[1:]]
    kept = clerk.lake("defaulters").sort("_row_number")["party_kind"].to_list()
    assert {kind: {g for g, k in zip(given, kept, strict=True) if k == kind} for kind in dict.fromkeys(kept)} == {
        "自然人": {"0", "580", "自然人", "个人", "公民", "个体工商户", "自然人（个体）"},
        "法人": {"1", "581", "法人", "单位", "企业法人", "法人或其他组织", "法人或者其他组织", "公司"},
        "非法人组织": {"其他组织", "非法人组织"},
    }


WORDINGS = [
    ("以伪造证据、暴力、威胁等方法妨碍、抗拒执行的", 0), ("伪造证据妨碍、抗拒执行", 0), ("暴力妨碍抗拒执行", 0),
    ("威胁妨碍、抗拒执行的", 0),
    ("以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行的", 1), ("虚假诉讼规避执行", 1), ("隐匿财产规避执行", 1),
    ("转移财产规避执行的", 1), ("其他规避执行", 1), ("违反财产报告制度的", 2), ("违反限制高消费令的", 3),
    ("违反限制消费令", 3),
    ("被执行人无正当理由拒不履行执行和解协议的", 4), ("无正当理由拒不履行执行和解协议", 4),
    ("其他有履行能力而拒不履行生效法律文书确定义务的", 5), ("有履行能力而拒不履行生效法律文书确定的义务", 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), WORDINGS)
def test_each_of_the_lists_wordings_is_its_ground(text: str, place: int) -> None:
    assert read_code(text, "ground") == SIX[place]


@pytest.mark.parametrize("mark", [",", "，", "；", ";", "、", " ", "\n", "|", ""])
@pytest.mark.parametrize(("first", "second"), [(9, 14), (1, 9), (14, 1), (10, 12)])
def test_joined_grounds_give_the_first_and_say_so(mark: str, first: int, second: int) -> None:
    text = WORDINGS[first][0] + mark + WORDINGS[second][0]
    reading = law(contract("defaulters").column("ground"))(text)
    assert (reading.value, reading.notes) == (SIX[WORDINGS[first][1]], ("first_of_several",))


@pytest.mark.parametrize(
    "text",
    [
        "未知情形,违反财产报告制度",
        "违反财产报告制度,未知情形",
        "不违反财产报告制度",
        "违反财产报告制度等",
        "36",
        "7",
        "其他",
    ],
)
def test_a_ground_that_is_not_known_is_no_other(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_code(text, "ground")


def test_a_missing_id_is_made_the_same_whenever_the_listing_comes_again(clerk: Clerk) -> None:
    (first,) = receive(clerk, LISTED)
    again = LISTED | {
        "身份证号码/组织机构代码": "9900011980****001X",
        "案号": "(2019)青0105执1号 ",
        "发布时间": "2019-12-03",
    }
    clerk.deliver(csv_text([LISTED | {"案号": "（2019）青0105执2号"}, again]), "b.csv", kind="defaulters")
    clerk.receive("defaulters")
    ids = clerk.lake("defaulters").sort("_row_number")["listing_id"].to_list()
    assert ids.count(first["listing_id"]) == 2
    assert len(set(ids)) == 2
    assert first["listing_id"].startswith("derived-")


@pytest.mark.parametrize(
    "changed", [{"案号": "（2019）青0105执3号"}, {"被执行人姓名/名称": "虚拟乙"}, {"发布时间": "2019-12-04"}]
)
def test_another_listing_gets_another_id(clerk: Clerk, changed: Row) -> None:
    first, second = receive(clerk, LISTED, LISTED | changed)
    assert first["listing_id"] != second["listing_id"]


def test_a_made_id_is_noted_and_holds_nobodys_name(clerk: Clerk) -> None:
    (row,) = receive(clerk, LISTED)
    notes = [note for note in clerk.conversions("defaulters") if note["conversion"] == "derived_key"]
    assert [(note["row_number"], note["value"]) for note in notes] == [(2, row["listing_id"])]
    assert "虚拟甲" not in str(notes) + str(clerk.tree())


def test_a_row_that_says_too_little_keeps_its_fault(clerk: Clerk) -> None:
    row = LISTED | {"被执行人姓名/名称": "", "身份证号码/组织机构代码": ""}
    assert receive(clerk, LISTED, row)[0]["listing_id"]
    assert [(row["column_name"], row["reason_code"]) for row in clerk.rejects("defaulters")] == [
        ("listing_id", "missing_value")
    ]


def test_the_same_listing_twice_in_a_file_is_one(clerk: Clerk) -> None:
    assert len(receive(clerk, LISTED, LISTED)) == 1
    assert [row["reason_code"] for row in clerk.rejects("defaulters")] == ["duplicate_key"]


def test_a_list_that_cannot_tell_its_records_is_refused(clerk: Clerk) -> None:
    row = {heading: value for heading, value in LISTED.items() if "姓名" not in heading and "证" not in heading}
    clerk.deliver(csv_text([row]), "a.csv", kind="defaulters")
    assert [refused.message.code for refused in clerk.receive("defaulters").refused] == ["missing_columns"]


def test_orders_against_consumption_get_their_id_the_same_way(clerk: Clerk) -> None:
    row = {"案号": "（2019）青0105执1号", "法院代码": "T14", "姓名": "虚拟甲", "发出日期": "2019-12-03"}
    kept = receive(clerk, row, row | {"姓名": "虚拟乙"}, kind="restrictions")
    assert len({order["restriction_id"] for order in kept}) == 2


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_control_characters_inside_texts_cost_nothing(clerk: Clerk, name: str) -> None:
    text = json.dumps(LISTED | {"duty": "一、甲。@二、乙。"}, ensure_ascii=False).replace("@", "\t")
    clerk.deliver(f"[{text}]" if name == "a.json" else text + "\n", name, kind="defaulters")
    assert clerk.receive("defaulters").accepted == 1


@pytest.mark.parametrize("kind", ["cases", "defaulters", "restrictions"])
@pytest.mark.parametrize(
    "heading",
    [
        "身份证号码",
        "公民身份号码",
        "身份证号码/组织机构代码",
        "统一社会信用代码/组织机构代码",
        "身份证号码/统一社会信用代码",
    ],
)
def test_a_persons_number_is_known_by_every_heading_in_every_kind(clerk: Clerk, kind: str, heading: str) -> None:
    """A number under a heading that is not known makes another person of everybody in the file, without a word."""
    row = {column.header: None for column in contract(kind).columns if column.required} | {
        "案件标识": "A1", "失信标识": "A1", "限消标识": "A1", "案号": "（2019）青0105执1号", "法院代码": "T14",
        "案件类型代字": "执", "立案日期": "2019-03-05", "发布日期": "2019-03-05", "发出日期": "2019-03-05",
    }  # fmt: skip
    name = "被执行人" if kind == "cases" else "姓名/名称"
    clerk.deliver([row | {name: "虚拟甲", "证件号码": "990105198001011234"}], "a.csv", kind=kind)
    clerk.deliver([row | {name: "虚拟甲", heading: "990105198001011234"}], "b.csv", kind=kind)
    clerk.receive(kind)
    hashes = clerk.lake(kind)["person_hash"].to_list()
    assert len(hashes) == 2
    assert len(set(hashes)) == 1


@pytest.mark.parametrize("envelope", ["RECORDS", "Data", "d", "content"])
def test_records_are_found_under_the_names_that_programs_export_them_with(clerk: Clerk, envelope: str) -> None:
    clerk.deliver(json.dumps({envelope: [LISTED]}), "a.json", kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.accepted, receipt.refused) == (1, [])


@pytest.mark.parametrize("call", ["callback({});", "/**/jQuery110_2019({})", "a.b({}) ;\n"])
def test_a_services_answer_to_a_script_is_read_without_its_call(clerk: Clerk, call: str) -> None:
    clerk.deliver(call.format(json.dumps([LISTED])), "a.json", kind="defaulters")
    receipt = clerk.receive("defaulters")
    assert (receipt.accepted, receipt.refused) == (1, [])


@pytest.mark.parametrize("name", ["{number}.{zh}", "{number}、{zh}", "({number}){zh}", "{camel}"])
def test_numbered_and_camel_case_headings_are_known(clerk: Clerk, name: str) -> None:
    values = {"fund_id": "F1", "case_id": "C1", "court_code": "T14", "received_date": "2019-12-03",
              "received_amount": "1.25"}  # fmt: skip
    row = {}
    for number, (column, value) in enumerate(values.items(), 1):
        first, *rest = column.split("_")
        camel = first + "".join(part.title() for part in rest)
        row[name.format(number=number, zh=contract("funds").column(column).header, camel=camel)] = value
    clerk.deliver(csv_text([row]), "a.csv", kind="funds")
    assert clerk.receive("funds").accepted == 1
