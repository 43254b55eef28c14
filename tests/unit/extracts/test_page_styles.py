"""What a page's styles strike out: every form of selector that is followed, and those that are asked about.
Which cells are struck out was looked up in a browser (Chromium's computed styles), page by page."""

from __future__ import annotations

import pytest
from lxml import html

from pipelines.extracts.reading.struck.css import rules_of
from tests.unit.extracts.conftest import FUNDS, Clerk, Row, fund

QUIRKS, STANDARD = "", "<!DOCTYPE html>"


def row(line: Row, tag: str = "<tr>", cells: str = "") -> str:
    return tag + "".join(f"<td{cells}>{value}</td>" for value in line.values()) + "</tr>"


def page(style: str, doctype: str = QUIRKS, head: str = "<style>{}</style>") -> str:
    """Rows 2 and 4 are sound; row 3 has a class, an id and an attribute, and each of its cells a class."""
    rows = (
        row(fund(1)),
        row(fund(2), '<tr class="row Void" id=r3 data-state="作废 x" lang="zh-CN">', ' class="c"'),
        row(fund(3)),
    )
    headings = "<tr>" + "".join(f"<th>{heading}</th>" for heading in FUNDS) + "</tr>"
    before = f'{doctype}<html><head><meta charset="utf-8">{head.format(style)}</head><body><table class=list>'
    return f"{before}{headings}{''.join(rows)}</table></body></html>"


STRUCK = [
    ".void td",
    "tr.void td",
    "tr.void>td",
    "tr.void > td",
    "table .void td",
    ".list tr.row.void td",
    "#r3",
    "#r3 td",
    "tr#r3>td",
    "[data-state]",
    '[data-state="作废 x"] td',
    "[data-state~=作废]",
    "[data-state^=作]",
    "[data-state$=x]",
    "[data-state*=废]",
    "[lang|=zh]",
    "tr[class] td",
    "tr[class~=row]",
    "tr.void, .other",
    ".other , tr.void td",
    "td.c",
    ".row .c",
    "tbody > tr.void",
    "table > tbody > .void > td",
    "tr:nth-child(3)",
    "tr:nth-child(3) td",
    "tr:nth-last-child(2)",
    ".void:not(.kept)",
    "tr.void:not(#r9)",
    "tr:not(:first-child):not(:last-child):not(:nth-child(2))",
    ":is(.void, .gone) td",
    ":where(.void)",
    "tr + tr + tr:not(:last-child)",
    "tr:nth-of-type(2n+1):not(:first-child)",
    "TR.Void",
    "*.void",
    ".void *",
    r"#\72 3",
    ".void td.c",
    "tr:has(td.c)",
    ".VOID",
    "#R3",
]
PLAIN = [
    "table > tr.void",
    ".gone td",
    "#r4",
    "[data-kept]",
    "[data-state=作废]",
    "td.void",
    ".void > tr",
    "tr.void:hover",
    ".void td:hover",
    ".void::before",
    "td > .void",
    ".void:not(.row)",
    ".void + table",
    "tr:nth-child(9)",
    ".void td span",
]
LINE = "text-decoration:line-through"
RULES = [
    f"tr.void{{{LINE}}}",
    f"tr.void {{ color:red; {LINE.upper()} ; }}",
    "tr.void{text-decoration-line:underline line-through}",
    "tr.void{text-decoration:red wavy line-through}",
    "tr.void{text-line-through:double}",
    "tr.void{text-decoration:line-through !important}",
    f"/* {{ */ tr.void{{{LINE}}}",
    f"<!-- tr.void{{{LINE}}} -->",
    f"@media screen {{ td{{color:red}} tr.void{{{LINE}}} }}",
    f"@import url(x.css); tr.void{{{LINE}}}",
    f"td{{color:red}} tr.void{{{LINE}}} td{{color:red}}",
    f"tr.void{{content:'}}';{LINE}}}",
    f"tr.void{{{LINE}}} tr{{text-decoration:none}}",
    "tr.void{text-decoration:none} #r3{text-decoration:line-through}",
    "tr.void{text-decoration:line-through!important} #r3{text-decoration:none}",
    f"tr{{text-decoration:none}} tr.void{{{LINE}}}",
    f"tr.void{{{LINE}}} .void td{{text-decoration:none}}",  # the line of a row goes through its cells all the same
]
NONE = [
    f"tr.void{{{LINE}}} tr.void{{text-decoration:none}}",
    f"tr.void{{{LINE}}} #r3{{text-decoration:none}}",
    f"tr.void{{{LINE}}} tr{{text-decoration:none!important}}",
    "tr.void{text-decoration:underline}",
    f"/* tr.void{{{LINE}}} */",
    f"tr.void{{{LINE};text-decoration:none}}",
]
UNKNOWN = [
    f"tr.void, tr:frobnicate{{{LINE}}}",
    f"@frobnicate {{ tr.void{{{LINE}}} }}",
    f"col.c || td{{{LINE}}}",
    f"tr.void:nth-child(2 of .row){{{LINE}}}",
    f"tr{{ &.void{{{LINE}}} }}",
    f"svg|tr{{{LINE}}}",
    f"tr:frobnicate{{{LINE}}}",
]


def outcome(clerk: Clerk, content: str) -> list[tuple[int, str]] | str:
    clerk.deliver(content, "a.html")
    receipt = clerk.receive()
    if receipt.refused:
        return receipt.refused[0].message.code
    assert receipt.accepted + receipt.rejected == 3
    return [(row["row_number"], row["reason_code"]) for row in clerk.rejects()]


@pytest.mark.parametrize("selector", STRUCK)
def test_a_row_that_a_selector_reaches_is_struck_out(clerk: Clerk, selector: str) -> None:
    assert outcome(clerk, page(f"{selector}{{{LINE}}}")) == [(3, "struck_out")]


@pytest.mark.parametrize("selector", PLAIN)
def test_a_row_that_no_selector_reaches_is_read(clerk: Clerk, selector: str) -> None:
    assert outcome(clerk, page(f"{selector}{{{LINE}}}")) == []


@pytest.mark.parametrize("rules", RULES)
def test_rules_are_read_as_a_browser_does(clerk: Clerk, rules: str) -> None:
    assert outcome(clerk, page(rules)) == [(3, "struck_out")]


@pytest.mark.parametrize("rules", NONE)
def test_the_rule_that_holds_may_say_no_line(clerk: Clerk, rules: str) -> None:
    assert outcome(clerk, page(rules)) == []


@pytest.mark.parametrize("rules", UNKNOWN)
def test_a_selector_that_is_not_followed_is_asked_about(clerk: Clerk, rules: str) -> None:
    assert outcome(clerk, page(rules)) == "struck_by_style"


def test_styles_nested_without_end_refuse_the_page(clerk: Clerk) -> None:
    assert outcome(clerk, page(":not(" * 5_000 + ".gone" + ")" * 5_000 + f"{{{LINE}}}")) == "unreadable"


def test_what_takes_too_long_to_follow_is_asked_about() -> None:
    rows = "<tr><td></td></tr>" * 40_000
    of_rows = html.document_fromstring(f"<table>{rows}</table>")
    found, left = rules_of(f"tr:nth-child(3) td{{{LINE}}} tr:nth-child(4){{color:red}} td{{{LINE}}}").on(of_rows)
    assert left == ["tr:nth-child(3) td"]
    assert len(found) == 40_000


def test_a_selector_that_is_not_followed_may_say_anything_else(clerk: Clerk) -> None:
    assert outcome(clerk, page(f"tr:frobnicate{{color:red}} .gone{{{LINE}}}")) == []


@pytest.mark.parametrize(("doctype", "right"), [(QUIRKS, [(3, "struck_out")]), (STANDARD, [])])
def test_a_class_is_known_in_any_case_only_in_a_page_without_a_type(
    clerk: Clerk, doctype: str, right: list[tuple[int, str]]
) -> None:
    assert outcome(clerk, page(f".VOID{{{LINE}}}", doctype)) == right


@pytest.mark.parametrize(
    "head", ["<style>td{{color:red}}</style><style>{}</style>", '<style media="screen">{}</style>']
)
def test_every_style_of_a_page_counts(clerk: Clerk, head: str) -> None:
    assert outcome(clerk, page(f".void td{{{LINE}}}", head=head)) == [(3, "struck_out")]


def test_the_browsers_own_line_yields_to_a_rule(clerk: Clerk) -> None:
    content = page("del{text-decoration:none}").replace("<td>1234.50</td>", "<td><del>1234.50</del></td>", 1)
    assert outcome(clerk, content) == []
    content = page("del{text-decoration:none} td del{text-decoration:line-through}")
    content = content.replace("<td>1234.50</td>", "<td><del>1234.50</del></td>", 1)
    assert outcome(clerk, content) == [(2, "struck_out")]


@pytest.mark.parametrize("tag", ["table class=list", "body"])
def test_what_stands_around_strikes_all_out(clerk: Clerk, tag: str) -> None:
    content = page("").replace(f"<{tag}>", f"<{tag} style='{LINE}'>")
    assert outcome(clerk, content) == "struck_heading"


def test_a_rule_raises_a_piece_of_a_cell_but_no_cell(clerk: Clerk) -> None:
    style = ".note i{vertical-align:super} td{vertical-align:super}"
    content = page(style).replace("<td>1234.50</td>", "<td class=note>1234<i>1</i></td>", 1)
    assert outcome(clerk, content) == [(2, "partly_raised")]


def test_the_styles_of_a_saved_page_count(clerk: Clerk) -> None:
    """A page saved with all that belongs to it (MHTML) keeps its style sheet beside."""
    parts = [("text/html", page("")), ("text/css", f".void td{{{LINE}}}")]
    body = "".join(
        f"--b\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
        for kind, text in parts
    )
    content = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n{body}--b--\r\n'
    clerk.deliver(content, "a.xls")
    assert clerk.receive().accepted == 2
    assert [(row["row_number"], row["reason_code"]) for row in clerk.rejects()] == [(3, "struck_out")]
