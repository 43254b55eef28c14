"""The SQL page from the reader's side: asking, waiting, cancelling, faults in words, files, saving, and the log.
The queue, the worker and the lists of statements have tests of their own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import audit
from dashboards.access.readers import LOCAL, NotAllowedError
from dashboards.app_pages.sql import editor, result
from dashboards.snapshot import Snapshot
from dashboards.texts import texts
from dashboards.workbench import export, saved_queries
from dashboards.workbench.queue import Ticket
from dashboards.workbench.worker import Answer
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
SLOW = "select count(*) from range(100000000000) r(i) where i % 7 = sqrt(i)"
FAULTS = {
    "syntax": "selec 1",
    "not_a_question": "create table x (i int)",
    "refused": "select * from read_csv('x.csv')",
    "failed": "select nn from core.dim_courts",
}


class Seen:
    """As much of a view as words and a name need."""

    t, data = texts("en"), SimpleNamespace(reader=LOCAL, source=Snapshot("shown", Path("x")))


def ticket(app: AppTest) -> Ticket:
    return app.session_state["sql_asked"].ticket


def ask(app: AppTest, statement: str, button: str = "sql_run") -> AppTest:
    app.text_area("sql_text").set_value(statement).run()
    app.button(button).click().run()
    until = time.monotonic() + 120
    while ticket(app).ended_at is None:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.05)
    return app.run()


def logged(deed: str) -> list[str]:
    return [line.what for line in audit.deeds(f"{datetime.now(UTC):%Y-%m}", deed=deed, size=500)[0]]


def test_rows_are_those_of_the_snapshot(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    statement = "select court_code, short_name_zh from core.dim_courts order by court_code"
    app = ask(open_page("sql", lang="en"), statement)
    shown = next(e.value for e in app.dataframe if list(e.value.columns) == ["court_code", "short_name_zh"])
    expected = truth.execute(statement).fetchall()
    assert [tuple(row) for row in shown.values.tolist()] == expected
    assert f"Rows: {len(expected)}, all shown." in html(app)
    assert statement in logged("sql")


def test_a_long_result_says_how_much_of_it_is_shown(open_page: OpenPage) -> None:
    app = ask(open_page("sql", lang="en"), "select i as n, 'x' as c from range(7001) r(i)")
    assert "The first 5,000 of 7,001 rows" in html(app)
    assert "Files hold all 7,001 rows." in html(app)
    assert next(e.value for e in app.dataframe if list(e.value.columns) == ["n", "c"]).shape == (5000, 2)


def test_what_is_not_kept_or_not_counted_is_said() -> None:
    def count(answer: Answer) -> str:
        return result.count(Seen(), answer, 5000)  # type: ignore[arg-type]  # only its words are asked

    whole = count(Answer(rows=1_203_448, kept=200_000))
    assert "The first 5,000 of 1,203,448 rows;" in whole
    assert "Files hold the first 200,000 rows only." in whole
    assert "of more than 1,203,448 rows" in count(Answer(rows=1_203_448, kept=200_000, is_whole=False))
    assert "of more than" not in whole


def test_that_cells_were_cut_is_said_above_them() -> None:
    for answer in (Answer(rows=5, kept=5, is_cut=True), Answer(rows=9, kept=5, is_cut=True)):
        assert "too long are cut" in result.count(Seen(), answer, 5)  # type: ignore[arg-type]  # only its words are asked
    assert "too long are cut" not in result.count(Seen(), Answer(rows=5, kept=5), 5)  # type: ignore[arg-type]  # only its words are asked


def test_a_statement_of_a_megabyte_is_neither_asked_nor_kept(open_page: OpenPage) -> None:
    app = open_page("sql", lang="en")
    app.text_area("sql_text").set_value("select 1 -- " + "x" * 1_000_000).run()
    app = app.button("sql_run").click().run()
    assert "has 1,000,012 characters, of at most 100,000" in html(app)
    assert "sql_asked" not in app.session_state
    kept = logged("sql") + [entry.statement for entry in saved_queries.history("local")]
    assert not any("xxx" in statement for statement in kept)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_what_to_do(open_page: OpenPage, fault: str, lang: str) -> None:
    app = ask(open_page("sql", lang=lang), FAULTS[fault])
    t = texts(lang)
    assert t(f"sql_fault.{fault}") in html(app)
    assert t(f"sql_fault.{fault}_remedy", seconds=60, memory=1024) in unescape(html(app))
    assert [e.message for e in app.exception] == []


@pytest.mark.parametrize("fault, remedy", [("too_big", "add a limit"), ("too_long", "aggregate before joining")])
def test_too_big_says_how_to_shrink_it(open_page: OpenPage, fault: str, remedy: str) -> None:
    app = open_page("sql", lang="en")
    app.session_state["sql_seat"] = "seat"
    ended = Ticket("local seat", "select 1", "x", Path("x"), state="done", answer=Answer(fault), ended_at=1.0)
    app.session_state["sql_asked"] = editor.Asked(ended, "s")
    assert remedy in html(app.run())


def test_cancelling_from_the_page_stops_the_statement(open_page: OpenPage) -> None:
    app = open_page("sql", lang="en")
    app.text_area("sql_text").set_value(SLOW).run()
    app.button("sql_run").click().run()
    assert re.search(r"Waiting, \d+ before yours|Running for \d+ seconds \(at most 60\)", html(app))
    app.button("sql_cancel").click().run()
    until = time.monotonic() + 60
    while ticket(app).ended_at is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert ticket(app).state == "cancelled"
    assert "Cancelled; there is no result." in html(app.run())
    assert saved_queries.history("local")[0].fault == "cancelled"


def test_the_plan_is_shown_and_nothing_is_run(open_page: OpenPage) -> None:
    app = ask(open_page("sql"), "select level from core.dim_courts where court_code > 'T'", "sql_explain")
    assert any("dim_courts" in element.value for element in app.code)
    assert "explain select level from core.dim_courts where court_code > 'T'" in logged("sql")


def test_what_cannot_be_logged_is_not_asked(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise audit.AuditError("磁盘已满 | the disk is full")

    app = open_page("sql", lang="en")
    monkeypatch.setattr(audit, "record", full)
    app.button("sql_run").click().run()
    assert "sql_asked" not in app.session_state
    assert "the disk is full" in html(app)
    made: list[str] = []
    monkeypatch.setattr(export, "made", lambda *_: made.append("made"))
    with pytest.raises(audit.AuditError):
        result.taken(Seen(), editor.Asked(Ticket("local x", "select 1", "x", Path("x")), "s"), "csv", [])  # type: ignore[arg-type]  # only who reads is asked
    assert made == []


def test_an_answer_is_only_for_whoever_asked(open_page: OpenPage) -> None:
    """Not even for somebody into whose session it got."""
    app = ask(open_page("sql", lang="en"), "select 'only here' as x")
    asked = app.session_state["sql_asked"]
    asked.ticket.reader = "wang"
    with pytest.raises(NotAllowedError):
        result.taken(Seen(), asked, "csv", [])  # type: ignore[arg-type]  # only who reads is asked
    assert not [e for e in app.run().dataframe if list(e.value.columns) == ["x"]]


def test_a_file_is_logged_and_holds_the_rows(open_page: OpenPage) -> None:
    asked = ask(open_page("sql"), "select '=1+1' as x").session_state["sql_asked"]
    file = result.taken(Seen(), asked, "csv", [])  # type: ignore[arg-type]  # only who reads is asked
    assert file.decode("utf-8-sig").split() == ["x", "'=1+1"]
    assert "csv: select '=1+1' as x" in logged("export")


def test_a_saved_statement_has_an_address(open_page: OpenPage) -> None:
    app = open_page("sql", lang="en")
    app.text_area("sql_text").set_value("select 42 as kept").run()
    app.text_input("sql_name").set_value("forty-two").run()
    app.checkbox("sql_share").check().run()
    app.button("sql_save").click().run()
    (number,) = app.query_params["query"]
    assert f"number {number}" in html(app)
    again = open_page("sql", lang="en", query=number)
    assert again.text_area("sql_text").value == "select 42 as kept"
    listed = open_page("sql", lang="en", beside="saved")
    listed.button(f"sql_saved_{number}").click().run()
    assert listed.text_area("sql_text").value == "select 42 as kept"
    listed.button(f"sql_remove_{number}").click().run()
    assert saved_queries.find(int(number), "local") is None


def test_a_statement_that_is_not_shared_is_not_opened(open_page: OpenPage) -> None:
    open_page("sql")
    number = saved_queries.save("private", "somebody", "select 'secret'", is_shared=False)
    app = open_page("sql", lang="en", query=str(number))
    assert f"There is no statement number {number}" in html(app)
    assert "secret" not in app.text_area("sql_text").value


def test_an_example_is_filled_with_month_and_court(open_page: OpenPage) -> None:
    app = open_page("sql", beside="examples", court="T13", month="2019-06", lang="en")
    app.button("sql_example_cases").click().run()
    statement = app.text_area("sql_text").value
    assert "'T13'" in statement and "'2019-06'" in statement


def test_words_of_the_catalogue_go_to_the_end_of_the_statement(open_page: OpenPage) -> None:
    app = open_page("sql", schema="core", table="dim_courts")
    app.text_area("sql_text").set_value("select * from").run()
    app.button("sql_insert_table").click().run()
    assert app.text_area("sql_text").value == "select * from core.dim_courts"
    app = open_page("sql", beside="macros")
    app.text_area("sql_text").set_value("").run()
    app.button("sql_macro_indicator").click().run()
    assert app.text_area("sql_text").value == "from indicator('QX02', in_window := 'ytd')"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_catalogue_shows_every_column_with_its_comment(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, lang: str
) -> None:
    app = open_page("sql", schema="core", table="dim_courts", lang=lang)
    shown = next(e.value for e in app.dataframe if "meaning" in e.value.columns)
    rows = truth.execute(
        "select column_name, lower(data_type), split_part(comment, ' | ', ?) from duckdb_columns()"
        " where schema_name = 'core' and table_name = 'dim_courts' order by column_index",
        [1 if lang == "zh" else 2],
    ).fetchall()
    assert [tuple(row) for row in shown[["column", "type", "meaning"]].values.tolist()] == rows


def test_the_search_finds_columns_by_their_comment(open_page: OpenPage) -> None:
    app = open_page("sql", q="case_number core.fct_enforcement_cases")
    found = next(e.value for e in app.dataframe if "meaning" in e.value.columns)
    assert "case_number" in set(found["column"])
    assert set(found["table"]) == {"core.fct_enforcement_cases"}


def test_rows_that_another_reader_asked_for_are_not_shown(open_page: OpenPage) -> None:
    app = ask(open_page("sql", lang="en"), "select 'of the other' as x")
    assert "Rows: 1, all shown." in html(app)
    app.session_state["sql_seat"] = "another"
    assert "Rows: 1, all shown." not in html(app.run())


def test_a_statement_whose_reader_has_gone_is_in_the_history_with_its_end(open_page: OpenPage) -> None:
    app = open_page("sql", lang="en")
    app.text_area("sql_text").set_value("select 'nobody waits' as x").run()
    app.button("sql_run").click().run()
    gone = ticket(app)
    until = time.monotonic() + 120
    while gone.ended_at is None:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.05)
    entry = saved_queries.history("local")[0]
    assert (entry.statement, entry.row_count, entry.fault) == ("select 'nobody waits' as x", 1, "")


def test_a_statement_is_in_the_history_from_the_moment_it_is_asked(open_page: OpenPage) -> None:
    app = open_page("sql", lang="en", beside="history")
    app.text_area("sql_text").set_value(SLOW).run()
    app.button("sql_run").click().run()
    entry = saved_queries.history("local")[0]
    assert (entry.statement, entry.row_count, entry.fault) == (SLOW, None, "unanswered")
    listed = next(e.value for e in app.dataframe if "ended" in e.value.columns)
    assert "not answered" in listed["ended"].tolist()[0]
    app.button("sql_cancel").click().run()
