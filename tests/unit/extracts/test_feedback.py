"""What courts get back: their own rows of every file, whole and with the remedy, and no row of another court.
Which rows are rejected, held and converted has its own tests."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from pipelines.extracts import receipts
from pipelines.extracts.feedback import write, writing
from pipelines.extracts.feedback.words import COUNTS
from pipelines.extracts.loading import consolidate
from tests.unit.extracts.conftest import FUNDS, MONTH, Clerk, Row, case, fund

OTHER, ABOVE = "T15", "T10"  # a court of the same district, and the court above both


def feedback(clerk: Clerk, *kinds: str) -> dict[str, str]:
    """Receive, reckon the ledger, write; gives the text of every page by its path without the file's mark."""
    for kind in kinds or ("funds",):
        clerk.receive(kind)
    consolidate(clerk.layout)
    write(clerk.layout, [MONTH])
    return texts(clerk)


def files(clerk: Clerk, ending: str) -> dict[str, Path]:
    root = clerk.layout.feedback / MONTH
    return {re.sub(r"_[0-9a-f]{8}\.", ".", p.relative_to(root).as_posix()): p for p in root.rglob(f"*.{ending}")}


def texts(clerk: Clerk) -> dict[str, str]:
    return {name: path.read_text(encoding="utf-8") for name, path in files(clerk, "html").items()}


def cells(path: Path) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(path)
    return [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def told(clerk: Clerk, name: str) -> list[list[Any]]:
    """The rows one by one, from the workbook."""
    return CalamineWorkbook.from_path(files(clerk, "xlsx")[name]).get_sheet_by_name("逐行 rows").to_python()[1:]


def faulty(number: int, **changed: Any) -> Row:
    return fund(number, 到账金额="五千", **changed)


def test_a_court_gets_its_counts_and_its_rows_with_the_remedy_in_both_forms(clerk: Clerk) -> None:
    rows = [fund(1), faulty(2), fund(3, 到账日期="2019/12/3"), fund(4, 法院代码="某某人民法院"), fund(5)]
    clerk.deliver(rows, "一月.csv")
    pages = feedback(clerk)
    assert set(pages) == {"T14/funds_一月.html"}
    assert set(files(clerk, "xlsx")) == {"T14/funds_一月.xlsx"}
    head = {row[0]: row[1] for row in cells(files(clerk, "xlsx")["T14/funds_一月.xlsx"])}
    counts = [head[name] for name in COUNTS]
    assert counts == [3, 1, 1, 1]
    listed = told(clerk, "T14/funds_一月.xlsx")
    assert [(row[0], row[1][:2], row[2], row[3]) for row in listed] == [
        (3, "退回", "到账金额", "五千"),
        (5, "暂存", "法院代码", listed[1][3]),
        (4, "换算", "到账日期", "2019/12/3"),
    ]
    for row in clerk.rejects():
        said = row["reason_zh"].partition("：")[2]
        assert said in pages["T14/funds_一月.html"] and row["remedy_zh"] in pages["T14/funds_一月.html"]
        assert [said, row["remedy_zh"]] in [line[5:7] for line in listed]


def test_no_court_sees_a_row_of_another(clerk: Clerk) -> None:
    rows = [
        fund(1),
        faulty(2),
        faulty(3, 法院代码=OTHER, 到账日期="2019-12-19"),
        fund(4, 法院代码=OTHER, 到账日期="2019/12/9"),
    ]
    held = fund(5, 法院代码="某某人民法院", 到账日期="2019/12/8")
    clerk.deliver([*rows, held], "全省.csv")
    pages = feedback(clerk)
    assert set(pages) == {f"{court}/funds_全省.html" for court in ("T14", OTHER, "_unassigned")}
    seen = {
        court: [row[0] for row in told(clerk, f"{court}/funds_全省.xlsx")] for court in ("T14", OTHER, "_unassigned")
    }
    assert seen == {"T14": [3], OTHER: [4, 5], "_unassigned": [6]}
    assert "2019/12/9" in pages[f"{OTHER}/funds_全省.html"] and "2019/12/9" not in pages["T14/funds_全省.html"]


@pytest.mark.parametrize("content", ["broken", "conflict"])
def test_a_row_that_may_be_anothers_is_for_the_bureau_alone(clerk: Clerk, content: str) -> None:
    lines = [",".join(FUNDS), ",".join(map(str, fund(1).values()))]
    lines.append(
        "F9,C9,T15,2019-12-03" if content == "broken" else ",".join(map(str, fund(2, 法院代码="T14 T15").values()))
    )
    clerk.deliver("\n".join(lines) + "\n", "a.csv")
    feedback(clerk)
    assert [row[0] for row in told(clerk, "_unassigned/funds_a.xlsx")] == [3]
    assert "没有退回或暂存的行" in texts(clerk)["T14/funds_a.html"]
    assert set(files(clerk, "xlsx")) == {"_unassigned/funds_a.xlsx"}, "a row taken as it stands makes no list"


def test_rows_that_leave_their_court_to_their_case_are_told_to_it(clerk: Clerk) -> None:
    clerk.deliver([case(1), case(2, 法院代码=OTHER, 案号="（2019）青0106执2号")], "a.csv", kind="cases")
    node = {"案件标识": "C0001", "节点代码": "N01", "起始时间": "2019-12-03 09:00:00"}
    rows = [
        node,
        node | {"案件标识": "C0002", "起始时间": "去年"},
        node | {"案件标识": "C0002", "起始时间": "2019/12/4 9:00"},
    ]
    clerk.deliver(rows, "n.csv", kind="nodes")
    feedback(clerk, "cases", "nodes")
    assert [row[0] for row in told(clerk, f"{OTHER}/nodes_n.xlsx")] == [3, 4]
    page = texts(clerk)["T14/nodes_n.html"]
    assert "没有退回或暂存的行" in page and "2019/12/4" not in page


def test_a_refused_file_is_told_to_the_court_that_its_name_names(clerk: Clerk) -> None:
    clerk.deliver("x,y\n1,2\n", "T14.csv")
    clerk.deliver("x,y\n1,2\n", "b.csv")
    pages = feedback(clerk)
    assert set(pages) == {"T14/funds_T14.html", "_unassigned/funds_b.html"}
    receipt = receipts.of_month(clerk.layout, "funds", MONTH)[0]
    assert receipt.refusal and receipt.refusal.remedy_zh in pages["T14/funds_T14.html"]


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1@", "@SUM(A1)", "<script>alert(1)</script>", "http://a.b/?c=d&e"])
def test_a_value_is_text_and_never_obeyed(clerk: Clerk, value: str) -> None:
    clerk.deliver([fund(1), fund(2, 到账日期=value)], "a.csv")
    page = feedback(clerk)["T14/funds_a.html"]
    with ZipFile(files(clerk, "xlsx")["T14/funds_a.xlsx"]) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not any("<f" in text for text in sheets), "a cell of the workbook is a formula"
    assert not any("hyperlink" in text for text in parts.values())
    tags: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, _: tags.add(tag)  # type: ignore[method-assign] # what a browser would make
    parser.feed(page)
    assert not tags & {"script", "a", "img"}


def test_prose_that_is_shown_whole_makes_no_part_of_the_page(clerk: Clerk) -> None:
    clerk.deliver([case(1, 案由="<img src=x onerror=a>\n合同")], "a.csv", kind="cases")
    page = feedback(clerk, "cases")["T14/cases_a.html"]
    assert "<img" not in page and "&lt;img src=x" in page


def test_what_a_court_above_others_delivers_may_hold_rows_of_those(clerk: Clerk) -> None:
    clerk.deliver([fund(1, 法院代码=ABOVE), fund(2, 法院代码="某某人民法院")], "a.csv")
    assert set(feedback(clerk)) == {f"{ABOVE}/funds_a.html", "_unassigned/funds_a.html"}
    assert [row[0] for row in told(clerk, "_unassigned/funds_a.xlsx")] == [3]


def test_persons_are_masked_as_in_the_stores(clerk: Clerk) -> None:
    rows = [
        case(1, 立案日期="去年", 承办人="张三丰"),
        case(2, 证件号码="'630105198001011234"),
        case(3, 立案日期="张三丰"),
    ]
    clerk.deliver(rows, "a.csv", kind="cases")
    page = feedback(clerk, "cases")["T14/cases_a.html"]
    shown = page + str(cells(files(clerk, "xlsx")["T14/cases_a.xlsx"]))
    assert "630105198001011234" not in shown and "张三" not in shown and "去" in shown


def test_what_stands_is_not_written_again_and_what_changed_is(clerk: Clerk) -> None:
    clerk.deliver([fund(1), faulty(2)], "a.csv", at=1_000)
    feedback(clerk)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in clerk.layout.feedback.glob("*/T14/*")}
    assert len(before) == 2
    assert write(clerk.layout, [MONTH]).files == 0
    assert {path: path.stat().st_mtime_ns for path in before} == {path: when for path, (when, _) in before.items()}
    next(iter(files(clerk, "xlsx").values())).unlink()
    assert write(clerk.layout, [MONTH]).files == 2
    assert {path: path.read_bytes() for path in before} == {path: content for path, (_, content) in before.items()}


def test_feedback_of_a_file_that_was_replaced_stays(clerk: Clerk) -> None:
    clerk.deliver([fund(1), faulty(2)], "a.csv", at=1_000)
    feedback(clerk)
    first = {path: path.read_bytes() for path in clerk.layout.feedback.rglob("*.html")}
    clerk.deliver([fund(1), fund(2)], "a.csv", at=2_000)
    feedback(clerk)
    second = {path: path.read_bytes() for path in clerk.layout.feedback.rglob("*.html")}
    assert len(second) == 2 and first.items() <= second.items()


def test_when_pages_say_more_those_of_files_in_force_are_made_anew(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.deliver([fund(1), faulty(2)], "a.csv", at=1_000)
    feedback(clerk)
    old = set(clerk.layout.feedback.glob("*/T14/*"))
    clerk.deliver([fund(1), fund(2)], "a.csv", at=2_000)
    feedback(clerk)
    when = {path: path.stat().st_mtime_ns for path in clerk.layout.feedback.glob("*/T14/*")}
    monkeypatch.setattr(writing, "VERSION", writing.VERSION + 1)
    write(clerk.layout, [MONTH])
    anew = {path for path, before in when.items() if path.stat().st_mtime_ns != before}
    assert anew == set(when) - old and anew


def test_a_file_whose_name_is_hidden_is_not_named_in_every_row(clerk: Clerk) -> None:
    clerk.deliver([fund(1), faulty(2)], "卫云双的表.csv")
    (page,) = feedback(clerk).values()
    assert "第 3 行" not in page
    assert "卫云双" not in page


def test_a_question_ends_as_a_question(clerk: Clerk) -> None:
    row = {"到账金额（万元）" if name == "到账金额" else name: value for name, value in fund(1).items()}
    clerk.deliver("单位：元\n" + ",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n", "T14.csv")
    (page,) = feedback(clerk).values()
    assert "？请" in page
    assert "？。" not in page
    assert "?;" not in page
