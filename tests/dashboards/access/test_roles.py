"""Every page as every role, with other courts' codes in the address: what is not theirs is nowhere on it.
That the file they are given holds nothing of others is in test_excerpts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import snapshot
from dashboards.access import audit, excerpts
from dashboards.shell import cached_queries
from dashboards.shell.navigation import NEEDS, PAGES
from dashboards.texts import LANGUAGES, texts
from tests.dashboards.shown import html

OpenAs = Callable[..., AppTest]
ADDRESSES = (("T13", "own"), ("T10", "jurisdiction"), ("T00", "province"))
OWN = ("T20", "T21", "T22")
ROLES = ("leader", "bureau", "analyst", "court", "auditor")
KEYS = ("case_id", "case_number", "item_id", "petition_id", "fund_id", "request_id", "listing_id", "entrustment_id",
        "restriction_id", "lot_id", "person_key")  # fmt: skip


def everything(app: AppTest) -> str:
    """All that a page sends to the browser, tables and charts too."""
    frames = [frame.value.to_csv() for frame in app.dataframe]
    charts = [chart.proto.spec for chart in app.get("plotly_chart")]
    return "\n".join([html(app), *frames, *charts, *(m.value for m in app.markdown)])


# One process may hold a file open with one configuration only, and the pages have it open.
AS_PAGES_DO = {"enable_external_access": "false"}


def foreign(database: Path) -> set[str]:
    """The identifiers of records that belong to other courts and to none of T20's."""
    found: set[str] = set()
    with duckdb.connect(str(database), read_only=True, config=AS_PAGES_DO) as connection:
        tables = connection.execute(
            "select c.schema_name, c.table_name, list(c.column_name) from duckdb_columns() as c"
            " inner join catalogue.dim_tables as t"
            " on t.schema_name = c.schema_name and t.table_name = c.table_name and t.readers = 'jurisdiction'"
            " group by all"
        ).fetchall()
        mine: set[str] = set()
        for schema, table, columns in tables:
            for key in set(KEYS) & set(columns):
                statement = f'select distinct cast("{key}" as varchar) from {schema}.{table} where '
                own = " or ".join(f"{c} in {OWN}" for c in columns if c.endswith("court_code"))
                mine |= {v for (v,) in connection.execute(statement + f"({own})").fetchall() if v}
                found |= {v for (v,) in connection.execute(statement + f"not ({own})").fetchall() if v}
    return found - mine


def named(identifiers: set[str], text: str) -> list[str]:
    """The identifiers that stand in the text as words of their own."""
    words = set(re.findall(r"[\w（）()-]+", text)) | set(re.findall(r"\w+", text))
    return sorted(i for i in identifiers if len(i) > 3 and i in words)


@pytest.mark.parametrize("who", ["court", "auditor"])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_another_courts_records(open_as: OpenAs, house: Path, page: str, who: str) -> None:
    if page in NEEDS:
        return
    strangers = foreign(next((house / "published").glob("*/enforcement.duckdb")))
    assert len(strangers) > 100
    asked = ADDRESSES if page in ("about", "court") else ADDRESSES[-1:]
    for court, scope in asked:
        app = open_as(who, page, court=court, scope=scope, indicator="QX02", lang="en")
        assert [e.message for e in app.exception] == []
        shown = everything(app)
        assert "Traceback" not in shown and "g-trouble" not in re.sub(r"<style>.*?</style>", "", shown, flags=re.S)
        assert named(strangers, shown) == [], (court, scope)


def test_the_same_test_finds_them_for_the_bureau(open_as: OpenAs, house: Path) -> None:
    strangers = foreign(next((house / "published").glob("*/enforcement.duckdb")))
    shown = everything(open_as("bureau", "about", court="T13", scope="own", indicator="QX02"))
    assert named(strangers, shown)


ALLOWED = {
    "audit": {"auditor"},
    "meeting": {"leader", "bureau", "analyst"},
    "settings": {"bureau"},
    "sql": {"bureau", "analyst", "court"},
}


def test_every_page_that_is_not_for_all_is_asked_for_below() -> None:
    assert set(ALLOWED) == set(NEEDS)


@pytest.mark.parametrize("page", ALLOWED)
@pytest.mark.parametrize("who", ROLES)
def test_a_page_that_a_role_may_not_open_is_not_in_its_navigation(open_as: OpenAs, page: str, who: str) -> None:
    app = open_as(who, lang="en")
    assert (who in ALLOWED[page]) == any(link.proto.page == page for link in app.get("page_link"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ALLOWED)
@pytest.mark.parametrize("who", ROLES)
def test_at_its_direct_address_nothing_of_it_is_shown_and_why_is_said(
    open_as: OpenAs, page: str, who: str, lang: str
) -> None:
    app = open_as(who, page, lang=lang)
    assert [e.message for e in app.exception] == []
    t = texts(lang)
    is_told = t("door.not_allowed_title", page=t(f"page.{page}"), role=t(f"role.{who}")) in html(app)
    assert is_told == (who not in ALLOWED[page])
    if is_told:
        kinds = {element.type for element in app.main} - {"main"}
        assert kinds <= {"html", "page_link"}, "the sentence, and the way to a page that is open"
        assert not (app.dataframe or app.button or app.text_area or app.selectbox or app.get("plotly_chart"))
        turned = [(d.reader, d.what) for d in audit.deeds(audit.months()[0], deed="refused")[0]]
        assert (who, page) in turned


def test_a_court_reads_the_rankings_of_the_province_and_its_own_cases(open_as: OpenAs) -> None:
    def ranks(app: AppTest) -> list[str]:
        return next(e.value for e in app.dataframe if "rank" in e.value.columns)["rank"].astype(str).tolist()

    at = {"indicator": "QX02", "window": "ytd", "lang": "en"}
    assert ranks(open_as("court", "leaderboard", **at)) == ranks(open_as("leader", "leaderboard", **at))
    about = open_as("court", "about", court="T21", scope="own", **at)
    assert any("counted" in e.value.columns and len(e.value) for e in about.dataframe)
    assert "g-check g-below" not in html(about)
    assert "Records of your jurisdiction only" in html(about)


@pytest.mark.parametrize("court, scope", [("T00", "province"), ("T13", "own")])
def test_a_number_of_others_is_never_called_different(open_as: OpenAs, court: str, scope: str) -> None:
    about = html(open_as("court", "about", court=court, scope=scope, indicator="QX02", lang="en"))
    assert "g-check g-below" not in about
    assert "therefore not compared" in about


def test_totals_of_the_province_are_the_provinces_for_every_reader(open_as: OpenAs) -> None:
    def facts(who: str) -> dict[str, str]:
        found = re.findall(r'<div class="g-fact"><span>(.*?)</span><b>(.*?)</b>', html(open_as(who, lang="en")))
        return dict(found)

    whole, cut = facts("leader"), facts("court")
    assert "Defaulters (persons)" in whole and cut == whole


@pytest.mark.parametrize("page", ["overview", "checks"])
@pytest.mark.parametrize(
    "who, said", [("leader", ""), ("court", "for the courts of your jurisdiction only"), ("auditor", "are not counted")]
)
def test_a_count_of_flags_says_whose_it_holds(open_as: OpenAs, page: str, who: str, said: str) -> None:
    shown = html(open_as(who, page, lang="en"))
    assert ("Flags of checks are" in shown) == bool(said)
    assert said in shown


def test_the_excerpt_is_what_pages_and_the_desk_are_given(open_as: OpenAs, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    connect = snapshot.connect
    monkeypatch.setattr(snapshot, "connect", lambda of: (opened.append(of.database), connect(of))[1])
    cached_queries.forget()
    open_as("court", "about", court="T13")
    whole = snapshot.find(snapshot.current_id())
    assert whole is not None
    cut = excerpts.excerpt(whole, ["T20"])
    assert opened == [cut.database] != [whole.database]


@pytest.mark.parametrize(
    "name, may", [("leader", True), ("bureau", True), ("analyst", True), ("auditor", False), ("court", False)]
)
def test_the_pack_is_at_hand_on_the_overview_for_those_who_may_make_it(open_as: OpenAs, name: str, may: bool) -> None:
    app = open_as(name)
    assert [e.message for e in app.exception] == []
    assert [b.key for b in app.button if b.key == "pack_make"] == ["pack_make"] * may
