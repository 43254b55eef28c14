"""What was sent by way of the pages: what is refused and why, what a run takes over, once, and what stops nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.layout import Layout
from pipelines.settings import handover, incoming
from pipelines.settings.effective import SAMPLES, load
from pipelines.settings.tables import tables
from tests.unit.settings.sheets_sent import GOOD, HEADERS, codes, handed, send, with_member, workbook


@pytest.fixture
def where(tmp_path: Path) -> Layout:
    layout = Layout(data=tmp_path / "data", key_file=tmp_path / "key")
    shutil.copytree(SAMPLES / "qinghai" / "settings", layout.settings)
    return layout


def test_a_sheet_that_holds_is_told_with_the_rows_it_changes_and_changes_nothing_yet(where: Layout) -> None:
    before = {path.name: path.read_bytes() for path in where.settings.iterdir()}
    one = send(where, workbook(), name="指标权重 (2).xlsx")
    assert codes(where, one) == []
    said = one.said("answer.json")
    assert said["row_count"] == 1 and "QX01 2026-01-01" in said["rows"][0]["zh"]
    assert {path.name: path.read_bytes() for path in where.settings.iterdir()} == before
    assert handover.take_over(where) == [], "nobody handed it over"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../etc/indicator_weights.csv", "sent_name"), ("..\\indicator_weights.csv", "sent_name"),
        ("/srv/indicator_weights.csv", "sent_name"), (".indicator_weights.csv", "sent_name"),
        ("indicator_weights\n.csv", "sent_name"), ("indicator_weights\u202evsc.csv", "sent_name"),
        ("C:indicator_weights.csv", "sent_name"), ("indicator_weights.xlsm", "sent_ending"),
        ("indicator_weights.exe", "sent_ending"), ("indicator_weights", "sent_ending"), ("courts.csv", "sent_other"),
        ("indicator_weightsX.csv", "sent_other"), ("法院名册.xlsx", "sent_other"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_the_sheets_is_refused_with_a_word(where: Layout, name: str, code: str) -> None:
    assert codes(where, send(where, name=name)) == [code]


HOSTILE = {
    "huge": ("a.csv", b"x" * (incoming.MOST_BYTES + 1), "sent_size"),
    "many lines": ("a.csv", b"\n" * 900_000, "sent_extent"),
    "a workbook called csv": ("a.csv", workbook(), "sent_ending"),
    "bytes": ("a.csv", bytes(range(256)), "sent_ending"),
    "no workbook": ("a.xlsx", b"PK\x03\x04 and nothing more", "sent_workbook"),
    "a text called xlsx": ("a.xlsx", GOOD.encode(), "sent_workbook"),
    "an old workbook": ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "sent_workbook"),
    "a macro": ("a.xlsx", with_member(workbook(), "xl/vbaProject.bin", b"Sub Auto_Open()"), "sent_hidden"),
    "a link": ("a.xlsx", with_member(workbook(), "xl/externalLinks/externalLink1.xml", b"<a/>"), "sent_hidden"),
    "a macro by its type": (
        "a.xlsx",
        with_member(workbook(), "xl/more.xml", b'<Override t="application/vnd.ms-excel.sheet.macroEnabled.main"/>'),
        "sent_hidden",
    ),
    "a bomb": ("a.xlsx", with_member(workbook(), "xl/media/image1.png", bytes(40_000_000)), "sent_unpacked"),
    "a bomb in many parts": (
        "a.xlsx",
        with_member(with_member(workbook(), "xl/a.png", bytes(15_000_000)), "xl/b.png", bytes(15_000_000)),
        "sent_unpacked",
    ),
    "a cell far out": ("a.xlsx", workbook((1_048_575, 16_383)), "sent_extent"),
    "a cell far to the right": ("a.xlsx", workbook((1, 101)), "sent_extent"),
    "entities": (
        "a.xlsx",
        with_member(workbook(), "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "sent_workbook",
    ),
    "a sheet under another name": (
        "a.xlsx",
        with_member(workbook(), "xl/a.png", b"  <worksheet><c r='A1'/></worksheet>"),
        "sent_workbook",
    ),
    "letters nobody knows": ("a.csv", HEADERS.encode() + b"\xff\xff\x80", "unreadable"),
    "a formula": ("a.csv", (HEADERS + '"=HYPERLINK(""http://x"")",3,2026-01-01,,true\n').encode(), "sent_formula"),
    "a command": ("a.csv", (HEADERS + "@SUM(1),3,2026-01-01,,true\n").encode(), "sent_formula"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_refused_with_a_word_and_stops_nothing(where: Layout, kind: str) -> None:
    name, data, code = HOSTILE[kind]
    one = handed(where, send(where, data, name=name.replace("a.", "indicator_weights.")))
    assert codes(where, one) == [code]
    assert [each.faults[0].code for each in handover.take_over(where)] == [code]
    assert load(where).faults == ()


def test_a_weight_below_zero_is_a_number_and_no_formula(where: Layout) -> None:
    assert codes(where, send(where, HEADERS + "QX01,-3,2026-01-01,,true\n")) == []


def test_what_is_handed_over_is_taken_over_once_and_it_is_known_by_whom(where: Layout) -> None:
    before = workbook()  # once: a workbook holds the second in which it was made
    (where.settings / "indicator_weights.xlsx").write_bytes(before)
    one = send(where, HEADERS + "QX01,4,2026-01-01,,true\n")
    assert codes(where, one) == []
    handed(where, one)
    assert [(each.sent.by, each.faults) for each in handover.take_over(where)] == [("wang", ())]
    mine = [path.name for path in where.settings.iterdir() if path.stem == "indicator_weights"]
    assert mine == ["indicator_weights.csv"], "one sheet a table"
    assert (where.settings / mine[0]).read_bytes() == one.data()
    assert (one.folder / "before.xlsx").read_bytes() == before
    taker = handover.takers(where)[one.sha256]
    assert (taker["sent_by"], taker["handed_over_by"]) == ("wang", "li")
    (where.settings / mine[0]).write_text(GOOD, encoding="utf-8")
    assert handover.take_over(where) == [], "once: what was changed by hand since then stays"
    assert (where.settings / mine[0]).read_text(encoding="utf-8") == GOOD


def test_a_run_that_was_killed_in_between_is_gone_on_with(where: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    (where.settings / "indicator_weights.xlsx").write_bytes(workbook())
    one = send(where, HEADERS + "QX01,4,2026-01-01,,true\n")
    handover.answer(where, one)
    handed(where, one)
    (where.settings / one.file).write_bytes(one.data())  # put there; the other not removed, nothing written down
    assert [each.code for each in load(where).faults] == ["twice"]
    assert [each.faults for each in handover.take_over(where)] == [()]
    assert load(where).faults == ()


def test_a_sheet_that_does_not_hold_is_refused_and_the_others_are_taken(where: Layout) -> None:
    bad = send(where, HEADERS + "QX99,3,2026-01-01,,true\n")
    good = send(where, "日期,是否上班,节假日,来源\n2026-03-03,false,,通知\n", "working_days")
    for one in (bad, good):
        handover.answer(where, one)
        handed(where, one)
    found = {each.sent.table.name: [fault.code for fault in each.faults] for each in handover.take_over(where)}
    assert found == {"indicator_weights": ["refers"], "working_days": []}
    assert load(where).faults == ()
    assert bad.said("outcome.json")["faults"][0]["remedy_zh"], "who sent it reads why"


def test_two_sheets_that_need_each_other_are_taken_in_whatever_order(where: Layout) -> None:
    members = "体系代码,项次,指标代码\nOWN26,1,QX01\n"
    sets = "体系代码,名称,英文名称,起始,排序\nOWN26,本院,Ours,2026-01-01,50\n"
    assert codes(where, send(where, members, "indicator_set_members")) == ["refers"]
    for content, table in ((members, "indicator_set_members"), (sets, "indicator_sets")):
        one = send(where, content, table)
        handover.answer(where, one)
        handed(where, one)
    assert [each.faults for each in handover.take_over(where)] == [(), ()]


def test_a_sheet_that_was_changed_meanwhile_is_not_overwritten(where: Layout) -> None:
    one = send(where)
    handover.answer(where, one)
    handed(where, one)
    (where.settings / "indicator_weights.csv").write_text(HEADERS + "QX02,5,2026-01-01,,true\n", encoding="utf-8")
    assert [each.faults[0].code for each in handover.take_over(where)] == ["sent_overtaken"]
    assert "QX02" in (where.settings / "indicator_weights.csv").read_text(encoding="utf-8")


def test_of_two_versions_of_a_sheet_the_first_is_taken(where: Layout) -> None:
    for weight in (3, 4):
        one = send(where, HEADERS + f"QX01,{weight},2026-01-01,,true\n")
        handover.answer(where, one)
        handed(where, one)
    assert [[fault.code for fault in each.faults] for each in handover.take_over(where)] in (
        [["sent_overtaken"], []], [[], ["sent_overtaken"]],
    )  # fmt: skip
    assert load(where).rows("indicator_weights")[0]["weight"] == "3"


@pytest.mark.parametrize("way", ["unchecked", "altered", "withdrawn", "not written down"])
def test_what_was_not_checked_or_is_not_what_was_sent_is_not_taken(where: Layout, way: str) -> None:
    one = handed(where, send(where))
    if way != "unchecked":
        handover.answer(where, one)
    if way == "altered":
        (one.folder / "sheet").write_text(GOOD.replace("QX01", "QX02"), encoding="utf-8")
    if way == "withdrawn":
        (one.folder / "withdrawn.json").write_text("{}", encoding="utf-8")
    if way == "not written down":
        (one.folder / "said.json").write_text("[]", encoding="utf-8")
    found = [[fault.code for fault in each.faults] for each in handover.take_over(where)]
    assert found == {"unchecked": [["sent_unchecked"]], "altered": [["sent_altered"]]}.get(way, [])
    assert not (where.settings / "indicator_weights.csv").exists()


def test_while_the_settings_do_not_hold_what_was_handed_over_waits_unless_it_mends_them(where: Layout) -> None:
    (where.settings / "indicator_weights.csv").write_text(HEADERS + "QX99,3,2026-01-01,,true\n", encoding="utf-8")
    days = send(where, "日期,是否上班,节假日,来源\n2026-03-03,false,,通知\n", "working_days")
    handover.answer(where, days)
    handed(where, days)
    assert handover.take_over(where) == []
    mending = send(where)
    handover.answer(where, mending)
    handed(where, mending)
    assert [each.faults for each in handover.take_over(where)] == [(), ()]
    assert load(where).faults == ()


def test_a_folder_that_cannot_be_written_into_refuses_and_stops_nothing(
    where: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = send(where)
    handover.answer(where, one)
    handed(where, one)

    def full(layout: Layout, each: handover.Sent) -> None:
        if layout.settings == where.settings:
            raise OSError("read-only file system")
        put(layout, each)

    put = handover._put
    monkeypatch.setattr(handover, "_put", full)
    assert [each.faults[0].code for each in handover.take_over(where)] == ["sent_unwritable"]


@pytest.mark.parametrize(
    "number", ["", ".", "..", "../settings", "20260101T000000-0000000g", "20260101T000000-00000000"]
)
def test_a_number_that_is_none_leads_nowhere(where: Layout, number: str) -> None:
    with pytest.raises(handover.NotSentError):
        handover.sent(where, number)


def test_every_table_can_be_sent_under_its_english_and_its_chinese_name() -> None:
    for table in tables().values():
        for stem in (table.name, table.zh, f"{table.zh} (3)", f"{table.name}_2026"):
            assert incoming.name_faults(f"{stem}.XLSX", table) == []
