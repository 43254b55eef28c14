"""The meeting's steps against independent queries, notes that come back next month, and the pack by its button.
The minutes' file and the pack's content have their own tests."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.app_pages.meeting import agenda, minutes
from dashboards.bulletin import FontsMissingError, NothingToReportError, UnprovenTextError
from dashboards.components import pack_button
from dashboards.findings import is_called
from dashboards.month import Month
from dashboards.texts import texts
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
CORE = ["QX02", "QX06", "QX10"]  # what the small world has of the core


@pytest.fixture(autouse=True)
def clean(data_directories: dict[str, Path]) -> Iterator[None]:
    yield
    for name in ("meeting", "packs"):
        shutil.rmtree(data_directories["full"] / name, ignore_errors=True)


def steps(app: AppTest) -> list[str]:
    return re.findall(r'<a href="meeting\?[^"]*step=([\w-]+)"[^>]* class="', html(app))


def sheets(app: AppTest) -> list[str]:
    return re.findall(r"<section><h3><a[^>]*>([^<]*)</a>", html(app))


def among_last(truth: duckdb.DuckDBPyConnection) -> list[str]:
    rows = truth.execute(
        """
        select c.name_zh from performance.fct_rank_intervals as r inner join core.dim_courts as c using (court_code)
        where r.peer_group = 'basic' and r.window_code = 'ytd' and r.period_month = date '2019-12-01'
          and r.indicator_code = 'COMPOSITE' and r.set_high > 6 and r.set_low > 3
        order by r.rank desc, c.sort_order
        """
    ).fetchall()
    return [name for (name,) in rows]


def test_the_steps_follow_the_months_facts(open_page: OpenPage) -> None:
    app = open_page("meeting", window="ytd")
    found = steps(app)
    assert found[0] == "overall"
    assert found[1] == "targets"
    assert found[2:5] == ["QX02", "QX06", "QX10"]
    assert found[5] == "courts-1"
    assert found[-5:] == ["improved", "worsened", "checks", "items", "decisions"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["rank", "interval"])
def test_every_step_opens_and_says_something(open_page: OpenPage, mode: str, lang: str) -> None:
    for step in steps(open_page("meeting", mode=mode, lang=lang, window="ytd")):
        app = open_page("meeting", mode=mode, lang=lang, window="ytd", step=step)
        assert [e.message for e in app.exception] == [], step
        visible = re.sub(r"<[^>]*>", " ", html(app))
        assert not re.search(r"\b(meeting|step|pack|bulletin)[._][a-z_]+\b", visible), step
        assert app.query_params["step"] in ([step], step)


def all_sheets(open_page: OpenPage, mode: str) -> list[str]:
    found = [step for step in steps(open_page("meeting", mode=mode, window="ytd")) if step.startswith("courts-")]
    return [name for step in found for name in sheets(open_page("meeting", mode=mode, window="ytd", step=step))]


def test_who_may_be_among_the_last_is_called_last_first(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected, called = among_last(truth), all_sheets(open_page, "rank")
    assert expected
    assert [name for name in called if name in expected] == expected
    assert f"{len(called)}家法院需要说明" in html(open_page("meeting", window="ytd", step="courts-1"))


def test_both_modes_call_the_same_courts(open_page: OpenPage) -> None:
    assert sorted(all_sheets(open_page, "interval")) == sorted(all_sheets(open_page, "rank"))


@pytest.mark.parametrize(
    "adverse, place, called",
    [
        (0, "surely_last", True),
        (0, "maybe_last", True),
        (0, "anywhere", False),
        (2, "anywhere", True),
        (1, "anywhere", False),
        (2, None, True),
        (6, "between", False),
        (6, "maybe_first", False),
    ],
)
def test_who_is_surely_not_among_the_last_is_not_called(adverse: int, place: str | None, *, called: bool) -> None:
    assert is_called(adverse, place) is called


def test_interval_mode_shows_no_rank_and_keeps_the_official_order(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    official = [
        name
        for (name,) in truth.execute("select name_zh from core.dim_courts order by sort_order, court_code").fetchall()
    ]
    for step in steps(open_page("meeting", mode="interval", window="ytd")):
        app = open_page("meeting", mode="interval", window="ytd", step=step)
        visible = re.sub(r"<[^>]*>", " ", html(app))
        assert not re.search(r"第\s*\d+\s*名|综合排名|后\s*\d+\s*位", visible), step
        named = [official.index(name) for name in sheets(app)]
        assert named == sorted(named)


@pytest.mark.parametrize("step, said", [("improved", "改善"), ("worsened", "变差")])
def test_all_changes_beyond_chance_are_counted_in_either_direction(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, step: str, said: str
) -> None:
    """Counted, however many are shown; an indicator of which less is better turns round."""
    (expected,) = truth.execute(
        """
        select count(*)
        from performance.fct_court_intervals as i
        inner join core.dim_courts as c using (court_code)
        inner join core.dim_indicators as d using (indicator_code)
        where c.level = 'basic' and i.scope_code = 'own' and i.window_code = 'month'
          and i.period_month = date '2019-12-01' and d.variant_of is null and d.indicator_code <> 'SX18'
          and d.direction in ('higher', 'lower')
          and case when (d.direction = 'higher') = $better then i.change_low > 0 else i.change_high < 0 end
        """,
        {"better": step == "improved"},
    ).fetchone()
    app = open_page("meeting", window="month", step=step)
    found = re.search(rf"(\d+)家法院(\d+)项指标的{said}", html(app))
    assert found and int(found.group(2)) == expected
    assert expected > 0
    compared, chance = re.search(r"逐项比较了(\d+)次，即使什么都没变，也会有约(\d+)项碰巧越过", html(app)).groups()
    assert int(compared) > expected
    assert int(chance) == round(int(compared) / 40)


def test_what_is_not_delivered_did_neither_improve_nor_deteriorate() -> None:
    row = {"is_change_significant": True, "direction": "higher", "value_change": 0.1, "strength": 3.0}
    frame = pd.DataFrame([{**row, "interval_status": status} for status in ("met", "not_delivered")])
    assert len(agenda.changed(frame, is_ranked=True, is_better=True)) == 1


def test_a_change_within_its_interval_is_called_none(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    rows = dict(
        truth.execute(
            """
            select indicator_code, is_change_significant from performance.fct_court_intervals
            where court_code = 'T00' and scope_code = 'province' and window_code = 'month'
              and period_month = date '2019-12-01'
            """
        ).fetchall()
    )
    for code in CORE:
        text = html(open_page("meeting", window="month", step=code))
        head = re.search(r"<h1>(.*?)</h1>", text)
        assert head and ("持平" in head.group(1)) is (rows[code] is False)
    assert {rows[code] for code in CORE} >= {False}


def test_flags_stand_with_their_innocent_explanation(open_page: OpenPage) -> None:
    text = html(open_page("meeting", step="checks"))
    assert "2家法院2项核查有标记" in text
    assert "申请人确实申请" in text and "集中执行行动" in text
    assert "不是结论" in text


def test_items_are_those_open_at_the_months_end(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    expected = truth.execute(
        """
        select count(*), count(*) filter (where due_date <= date '2019-12-31') from core.fct_rectifications
        where found_date <= date '2019-12-31' and coalesce(written_off_date, date '9999-12-31') > date '2019-12-31'
        """
    ).fetchone()
    app = open_page("meeting", step="items")
    assert f"未销号{expected[0]}项，逾期{expected[1]}项" in html(app)
    assert len(next(e.value for e in app.dataframe if "due" in e.value.columns)) == expected[0]


def test_what_is_noted_this_month_stands_with_the_court_next_month(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    court = among_last(truth)[0]
    (code,) = truth.execute("select court_code from core.dim_courts where name_zh = $name", {"name": court}).fetchone()
    app = open_page("meeting", month="2019-11", window="ytd", step="decisions")
    app.selectbox(key="note_court").set_value(code)
    app.text_area(key="note_said").set_value("=下月底前清理<b>完毕</b>")
    next(b for b in app.button if b.label == texts("zh")("meeting.save")).click().run()
    assert [e.message for e in app.exception] == []
    (note,) = minutes.notes("QH", Month.parse("2019-11"))
    assert (note.court_code, note.kind, note.period_month) == (code, minutes.ANSWER, Month.parse("2019-11"))
    next_month = html(open_page("meeting", month="2019-12", window="ytd", step="courts-1"))
    assert "2019年11月法院说明：=下月底前清理&lt;b&gt;完毕&lt;/b&gt;" in next_month
    assert "=下月底前清理" not in html(open_page("meeting", month="2019-10", window="ytd", step="decisions"))


def test_a_note_can_be_taken_back(open_page: OpenPage) -> None:
    open_page("meeting", step="decisions")
    minutes.note("QH", Month.parse("2019-12"), "T13", minutes.ANSWER, "误记", "20200105-0800-full")
    app = open_page("meeting", step="decisions")
    assert "误记" in html(app)
    next(b for b in app.button if b.label == texts("zh")("meeting.withdraw")).click().run()
    assert "误记" not in html(app)


def test_an_empty_note_is_refused_and_nothing_written(open_page: OpenPage, data_directories: dict[str, Path]) -> None:
    app = open_page("meeting", step="decisions")
    next(b for b in app.button if b.label == texts("zh")("meeting.save")).click().run()
    assert [w.value for w in app.warning] == [texts("zh")("meeting.note_empty")]
    assert not (data_directories["full"] / "meeting").exists()


@pytest.mark.parametrize("page", ["overview", "meeting"])
def test_the_pack_is_made_by_its_button_and_offered_in_four_files(
    open_page: OpenPage, data_directories: dict[str, Path], page: str
) -> None:
    app = open_page(page)
    assert not app.get("download_button") or "2019-12-rank-QH.docx" not in str(app.get("download_button"))
    app.button(key="pack_make").click().run(timeout=120)
    assert [e.message for e in app.exception] == []
    made = sorted(f.name for f in data_directories["full"].glob("packs/*/*"))
    assert made == [f"2019-12-rank-QH.{ending}" for ending in ("docx", "html", "pdf", "xlsx")]
    labels = {element.proto.label for element in app.get("download_button")}
    assert {texts("zh")(f"pack_file.{ending}") for ending in ("docx", "html", "pdf", "xlsx")} <= labels
    done = [texts("zh")(f"pack_step.{step}") for step in ("read", "write", "prove", "typeset")]
    assert [c.value for c in app.caption if c.value in done] == done


@pytest.mark.parametrize(
    "refusal, kind",
    [
        (NothingToReportError("2019-12 没有任何指标数字"), "nothing"),
        (FontsMissingError("没有可用的中文字体"), "fonts"),
        (UnprovenTextError(["“9” 应为“8”"]), "unproven"),
        (OSError(28, "No space left on device"), "disk"),
    ],
)
def test_a_pack_that_cannot_be_made_says_why_and_what_to_do(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, refusal: Exception, kind: str
) -> None:
    def refused(*_: object) -> None:
        raise refusal

    app = open_page("overview")
    monkeypatch.setattr(pack_button, "make_pack", refused)
    app.button(key="pack_make").click().run(timeout=60)
    assert [e.message for e in app.exception] == []
    assert [e.value for e in app.error] == [texts("zh")(f"pack_failure.{kind}")]
    assert any(str(refusal) in shown.value for shown in app.text)
    assert not {texts("zh")("pack_file.docx")} & {element.proto.label for element in app.get("download_button")}


def test_the_buttons_lead_on_and_back_and_have_the_arrow_keys(open_page: OpenPage) -> None:
    app = open_page("meeting", window="ytd")
    assert app.button(key="go_Left").disabled
    app.button(key="go_Right").click().run()
    assert app.query_params["step"] in (["targets"], "targets")
    app.button(key="go_Left").click().run()
    assert app.query_params["step"] in (["overall"], "overall")
    assert {app.button(key=f"go_{side}").proto.shortcut.lower() for side in ("Left", "Right")} == {"left", "right"}
