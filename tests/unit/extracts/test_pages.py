"""Pages as systems and Excel save them: what a browser shows is what is read; a number format is asked about.
Plain pages of every kind are tried in test_old_formats."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from html import escape

import pytest

from tests.unit.extracts.conftest import Clerk

FUND = {"案款标识": "390022019000000000078", "案件标识": "C1", "法院代码": "T14", "到账日期": "2019-12-03",
        "到账金额": "1234.50", "发放日期": "2019-12-20", "发放金额": "1234.50", "延缓发放审批": "否"}  # fmt: skip
AMOUNTS = ("到账金额", "发放金额")
HEADER = "<tr>" + "".join(f"<th>{heading}</th>" for heading in FUND) + "</tr>"
PLAIN = r'mso-number-format:"\#\,\#\#0\.00";'
WAN = r'mso-number-format:"0\.00\0022万元\0022"'


def page(rows: str, style: str = "", meta: str = '<meta charset="utf-8">') -> str:
    return f"<html><head>{meta}<style>{style}</style></head><body><table>{rows}</table></body></html>"


def row(cell: Callable[[str, str], str | None] = lambda heading, value: None) -> str:
    return "<tr>" + "".join(cell(*each) or f"<td>{escape(each[1])}</td>" for each in FUND.items()) + "</tr>"


def in_amounts(html: str) -> str:
    return row(lambda heading, value: html.format(value) if heading in AMOUNTS else None)


def judged(clerk: Clerk, content: str | bytes) -> tuple[list[str], list[str], list[str]]:
    """The amounts received, the reasons of rejected rows, the refusals."""
    clerk.deliver(content if isinstance(content, bytes) else content.encode(), "a.xls", kind="funds")
    receipt = clerk.receive("funds")
    lake, rejects = clerk.lake("funds"), clerk.rejects("funds")
    return (
        [str(value) for value in lake["received_amount"]] if lake.height else [],
        [str(row["reason_code"]) for row in rejects],
        [refused.message.code for refused in receipt.refused],
    )


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        (in_amounts("<td class=xl24>{}</td>"), f".xl24 {{{WAN};}}"),
        (in_amounts("<td class='a XL24'>{}</td>"), f".b, td.xl24 {{color:red;{WAN}}}"),
        (in_amounts(f"<td style='{WAN}'>{{}}</td>"), ""),
        (row(), f"td{{{WAN}}}"),
        (row().replace("<tr>", r"""<tr style='mso-number-format:"0\.00\,"'>"""), ""),
        (in_amounts(r"""<td style='mso-number-format:0\!\.0000' x:num="12345000">1234.5000</td>"""), ""),
    ],
    ids=["class", "one of several classes", "the cell's own", "every cell's", "the row's", "a drawn point"],
)
def test_a_number_format_that_shows_another_amount_is_asked_about(clerk: Clerk, rows: str, style: str) -> None:
    assert judged(clerk, page(HEADER + rows, style)) == ([], [], ["odd_format"])


@pytest.mark.parametrize(
    ("rows", "style"),
    [
        (in_amounts("<td class=xl25>{}</td>"), f".xl25{{{PLAIN}}} .xl24{{{WAN}}}"),
        (in_amounts('<td x:num="1234.5">1,234.50</td>'), ""),
        (row(lambda heading, value: f"<td class=xl24>{value}</td>" if "日期" in heading else None), f".xl24{{{WAN}}}"),
        (in_amounts("<td><p>{}</p></td>"), ""),
        (in_amounts("<td><table><tr><td>{}</td></tr></table></td>"), ""),
        (in_amounts("<td>&nbsp;<span>1234</span><b>.50</b><br></td>"), ""),
        (in_amounts("<td>1<b>23</b>4<span></span>.5<font color=red>0</font></td>"), ""),
        (in_amounts("<td><span>1</span><span>234.50</span></td>"), ""),
    ],
    ids=["plain", "rounded", "no amount", "a block", "a table of one cell", "pieces", "digits that meet", "elements"],
)
def test_what_a_browser_shows_as_one_number_is_read_as_it(clerk: Clerk, rows: str, style: str) -> None:
    assert judged(clerk, page(HEADER + rows, style)) == (["1234.50"], [], [])


@pytest.mark.parametrize(
    "two",
    ["<td><div>1000</div><div>2000</div></td>", "<td><p>1000</p>2000</td>", "<td>1000<br>2000</td>",
     "<td><table><tr><td>1000</td><td>2000</td></tr></table></td>", "<td><ul><li>1000</li><li>2000</li></ul></td>",
     "<td>1000<span class=old>2000</span></td>", "<td><b style='margin-left:9px'>1000</b>2000</td>",
     "<td>1000<span hidden>2000</span></td>", "<td><span id=x>1000</span><i>2000</i></td>"],
)  # fmt: skip
def test_two_numbers_one_below_the_other_are_not_one_of_eight_digits(clerk: Clerk, two: str) -> None:
    rows = row(lambda heading, value: two if heading == "到账金额" else None)
    assert judged(clerk, page(HEADER + rows)) == ([], ["two_numbers"], [])


def test_a_table_inside_a_table_that_lays_out_the_page_is_read(clerk: Clerk) -> None:
    inner = f"<table><tr><td>2019年12月案款</td></tr>{HEADER}{row()}</table>"
    assert judged(clerk, page(f"<tr><td>菜单</td><td>{inner}</td></tr>")) == (["1234.50"], [], [])


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_with_all_that_belongs_to_it_is_read(clerk: Clerk, coding: str) -> None:
    text = page(HEADER + row(), meta="").encode("gb18030")
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(coding, bytes)(text)
    head = (
        f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        f'Content-Type: text/html; charset="gb18030"\nContent-Transfer-Encoding: {coding}\n\n'
    )
    assert judged(clerk, head.encode() + body + b"\n--x--\n") == (["1234.50"], [], [])


def test_an_archive_without_a_page_is_refused(clerk: Clerk) -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    assert judged(clerk, head + b"--x\nContent-Type: image/png\n\na\n--x--\n") == ([], [], ["empty_file"])


@pytest.mark.parametrize("style", ["b{display:none}", "b{float:left}", "td b{position:absolute;left:9px}"])
def test_digits_that_a_style_may_set_apart_are_not_joined(clerk: Clerk, style: str) -> None:
    rows = row(lambda heading, value: "<td>1000<b>5</b></td>" if heading == "到账金额" else None)
    assert judged(clerk, page(HEADER + rows, style)) == ([], ["two_numbers"], [])
