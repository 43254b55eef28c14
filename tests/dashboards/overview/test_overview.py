"""The overview's figures against queries of their own: core cards, attention, grid and flow, ranked and not.
That it opens on every snapshot is tested with the pages; rules of attention with the parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.components import attention
from tests.dashboards.shown import headline, html

OpenPage = Callable[..., AppTest]


def said(app: AppTest) -> str:
    return unescape("\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body))


def test_a_core_card_shows_the_window_its_threshold_is_set_for(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    numerator, denominator = truth.execute(
        """
        select numerator, denominator from performance.fct_court_indicators
        where scope_code = 'province' and indicator_code = 'QX02' and window_code = 'rolling_36m'
          and period_month = date '2019-12-01' and is_in_force
        """
    ).fetchone()
    text = said(open_page("overview", lang="en"))
    core = text[text.index('class="g-cards g-core"') :]
    card = re.search(r"QX02</span>.*?<b>(.*?)</b>.*?n = [\d,]+ · ([^<]*)<", core)
    assert card
    assert card.group(1) == f"{100 * float(numerator) / float(denominator):.1f}%"
    assert card.group(2) == "Rolling 36 months"


def test_every_flagged_court_is_named_with_the_check_and_an_innocent_explanation(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    flagged = truth.execute(
        """
        select c.short_name_en, d.name_en, d.innocent_en
        from rankings.rpt_gaming_checks as g
        inner join core.dim_courts as c using (court_code)
        inner join core.dim_gaming_checks as d using (check_code)
        where g.period_month = date '2019-12-01' and g.flag <> 'none' and c.level = 'basic'
        """
    ).fetchall()
    rows = dict(
        re.findall(r'target="_self">([^<]+)</a><span>(.*?)</span></div>', said(open_page("overview", lang="en")))
    )
    assert flagged
    for court, check, innocent in flagged:
        plain = unescape(re.sub(r"<[^>]+>", "", rows[court]))
        assert f"Check '{check}'" in plain and innocent in plain


def test_every_court_that_needs_attention_can_be_found(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are shown at once: the others open below."""
    monkeypatch.setattr(attention, "MOST_CONCERNS", 1)
    bodies = [e.proto.body for e in open_page("overview").get("html") if '<div><a href="court?' in e.proto.body]
    counts = [body.count("<div><a ") for body in bodies]
    assert len(counts) == 2
    assert counts[0] == 1
    assert re.search(rf"{sum(counts)}家法院需要关注|共{sum(counts)}家", html(open_page("overview")))


def test_the_grid_shows_the_published_ranks(open_page: OpenPage, truth: duckdb.DuckDBPyConnection) -> None:
    ranks = truth.execute(
        """
        select rank from rankings.rpt_court_rankings
        where court_code = 'T13' and peer_group = 'basic' and window_code = 'rolling_12m'
          and period_month = date '2019-12-01' and rank is not null
          and (indicator_code = 'COMPOSITE' or indicator_code in (select indicator_code from core.dim_indicator_weights
                                                                  where weight > 0))
        """
    ).fetchall()
    row = re.search(r">Chengxi</a></th>(.*?)</tr>", said(open_page("overview", lang="en")))
    assert row
    shown = re.findall(r'<td class="g-s\d"[^>]*>(\d+)</td>', row.group(1))
    assert sorted(int(rank) for rank in shown) == sorted(rank for (rank,) in ranks)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_interval_mode_has_no_rank_and_no_order(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, lang: str
) -> None:
    app = open_page("overview", mode="interval", lang=lang)
    text = re.sub(r'<p class="g-mode">.*?</p>', "", said(app))  # the notice says that there are no ranks
    plain = re.sub(r"<[^>]+>", " ", text) + " ".join(re.findall(r'title="([^"]*)"', text))
    assert re.findall({"zh": r"第\d+[位名]|末位", "en": r"\brank \d+|last fifth"}[lang], plain) == []
    assert "COMPOSITE" not in text  # no column of the grid is made of ranks
    assert not any("rank" in e.value.columns for e in app.dataframe)
    question = f"select short_name_{lang} from core.dim_courts where level = 'basic' order by sort_order"
    official = [court for (court,) in truth.execute(question).fetchall()]
    listed = re.findall(r'<th class="g-court"><a[^>]*>([^<]+)</a>', text)
    assert listed == official
    named = re.findall(r'<div><a href="court[^>]*>([^<]+)</a><span>', text)
    assert named == [court for court in official if court in named]


def test_interval_mode_counts_courts_by_their_published_status(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    expected = dict(truth.execute(
        """
        select interval_status, count(*) from rankings.rpt_court_rankings
        where indicator_code = 'QX24' and peer_group = 'basic' and window_code = 'rolling_12m'
          and period_month = date '2019-12-01' group by interval_status
        """
    ).fetchall())  # fmt: skip
    app = open_page("overview", mode="interval")
    table = next(e.value for e in app.dataframe if "too_few" in e.value.columns)
    row = table.iloc[0].to_dict()
    assert len(table) == 1
    assert {status: count for status, count in row.items() if isinstance(count, int) and count} == expected


def test_the_flow_of_the_province_ends_with_its_pending_cases(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection
) -> None:
    (pending,) = truth.execute("select count(*) from core.fct_enforcement_cases where closed_month is null").fetchone()
    app = open_page("overview", lang="en")
    assert "opening + new − closed = pending holds" in said(app)
    figure = next(e.proto.spec for e in app.get("plotly_chart"))
    assert f'"{pending:,}"' in figure


def test_the_first_month_is_compared_with_nothing(open_page: OpenPage) -> None:
    first = headline(open_page("overview", month="2018-01", window="month"))
    assert "没有上月可比" in first
    assert "0项核心指标" not in first and "改善" not in first


@pytest.mark.parametrize("lang, reason", [("zh", "文件被拒收"), ("en", "file refused")])
def test_what_was_sent_and_does_not_count_is_said_first(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, lang: str, reason: str
) -> None:
    gaps = truth.execute(
        f"""
        select c.short_name_{lang}, strftime(q.extract_month, '%Y-%m') from rankings.rpt_delivery_quality as q
        join core.dim_courts as c on c.court_code = q.court_code
        where q.gap_reason = 'refused' and q.is_expected
        """
    ).fetchall()
    assert gaps, "the small snapshot has a refused file"
    month = gaps[0][1]
    text = said(open_page("overview", month=month, lang=lang))
    notice = re.search(r'<div class="g-notice">([^<]*)</div>', text)
    assert notice and all(name in notice[1] for name, at in gaps if at == month)
    assert reason in notice[1]
    assert text.index("g-notice") < text.index("g-card")
    whole = truth.execute(
        "select max(strftime(m.period_month, '%Y-%m')) from core.dim_months as m where m.period_month not in "
        "(select extract_month from rankings.rpt_delivery_quality where gap_reason is not null)"
    ).fetchone()
    assert whole and reason not in said(open_page("overview", month=whole[0], lang=lang))


@pytest.mark.parametrize("page", ["overview", "meeting"])
def test_a_missed_target_is_said_with_its_n_and_counted_in_the_headline(
    open_page: OpenPage, truth: duckdb.DuckDBPyConnection, page: str
) -> None:
    found = truth.execute(
        """
        select d.short_name_en, f.value, d.target_value, f.case_count
        from performance.fct_court_indicators as f
        inner join core.dim_indicators as d using (indicator_code)
        where f.scope_code = 'province' and f.window_code = 'month' and f.period_month = date '2018-03-01'
          and d.target_value is not null and f.is_in_force and f.value is not null
        """
    ).fetchall()
    assert len(found) == 1
    name, value, target, n = found[0]
    extra = {"step": "targets"} if page == "meeting" else {}
    app = open_page(page, lang="en", window="month", month="2018-03", **extra)
    is_missed = value < target
    assert re.search(
        rf"{int(not is_missed)} of 1 indicators? with a target met, {int(is_missed)} missed", headline(app)
    )
    line = f"{100 * value:.2f}%, target ≥ {100 * target:.0f}%, n = {n:,}"
    assert (line in said(app)) == is_missed
    assert (f">{name}</a>" in said(app)) == is_missed or page == "overview"
