"""A court in a group that the installation added: pages and circular call the group by its name, and it is not ranked.
How the models rank groups belongs to their own tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import duckdb
import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboards.bulletin import make_pack
from dashboards.month import Month
from tests.dashboards import snapshots
from tests.dashboards.shown import html

OpenPage = Callable[..., AppTest]
NAMES = {"zh": "矿区法院（本院）", "en": "Mining courts [own/cases]"}
GROUP = """
insert into core.dim_peer_groups by name select 'mining' as peer_group, 'own' as scope_code, 'basic' as level,
    'mining' as own_group, '矿区法院（本院）' as name_zh, 'Mining courts [own/cases]' as name_en, 9 as sort_order;
update core.dim_courts set peer_group = 'mining' where court_code = 'T86';
update core.dim_court_periods set peer_group = 'mining' where court_code = 'T86';
"""
UNRANKED = """
update rankings.rpt_court_rankings set rank = null, previous_rank = null, rank_change = null, ranked_count = 0,
    score = null, status = case when rank is null then status else 'no_peers' end
where peer_group = 'mining';
delete from performance.fct_court_scores where peer_group = 'mining';
"""


@pytest.fixture(scope="session")
def data_directories(data_directories: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`full` is the small snapshot in which T86 stands alone in a group of its own."""
    made = snapshots.build_full(
        tmp_path_factory.mktemp("special"), "20200105-0800-special", {"dimensions": GROUP, "indicators": UNRANKED}
    )
    snapshots.bear_out(made)
    return {**data_directories, "full": made}


@pytest.mark.parametrize("page", ["overview", "leaderboard", "wall", "meeting", "court", "trends", "supervision"])
def test_a_page_of_the_group_opens(open_page: OpenPage, page: str) -> None:
    for lang in ("zh", "en"):
        for mode in ("rank", "interval"):
            app = open_page(page, peer="mining", lang=lang, mode=mode)
            assert not app.exception


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_leaderboard_calls_the_group_by_its_name_and_ranks_nobody(open_page: OpenPage, lang: str) -> None:
    app = open_page("leaderboard", peer="mining", lang=lang, mode="rank", indicator="QX02")
    (choice,) = [box for box in app.selectbox if box.key == "peer" or NAMES[lang] in box.options]
    assert NAMES[lang] in choice.options
    ranks = [frame.value["rank"].dropna().tolist() for frame in app.dataframe if "rank" in frame.value.columns]
    assert not any(ranks)


def test_the_group_of_its_level_is_without_the_court(open_page: OpenPage) -> None:
    said = html(open_page("leaderboard", peer="basic", mode="rank", indicator="QX02"))
    assert "平安区" in said and "大柴旦" not in said


def test_its_courts_are_those_of_the_group(open_page: OpenPage) -> None:
    assert "大柴旦矿区" in html(open_page("court", peer="mining"))


@pytest.mark.parametrize("edition", ["rank", "interval"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_circular_shows_the_group_without_ranks_and_says_why(
    data_directories: dict[str, Path], monkeypatch: pytest.MonkeyPatch, edition: str, lang: str
) -> None:
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(data_directories["full"]))
    pack = make_pack(Month.parse("2019-12"), edition, lang)
    said = [paragraph.text for paragraph in docx.Document(str(pack.files["docx"])).paragraphs]
    assert [text for text in said if NAMES[lang] in text]
    why = {"zh": "同组可排名的法院过少，不排名次", "en": "Too few of the group can be ranked"}[lang]
    assert any(NAMES[lang] in text and why in text for text in said) == (edition == "rank")
    tabs = CalamineWorkbook.from_path(str(pack.files["xlsx"])).sheet_names
    assert {"zh": "4 矿区法院（本院）", "en": "4 Mining courts  own cases "}[lang].strip() in [t.strip() for t in tabs]


def test_a_snapshot_from_before_there_were_such_groups_is_read(
    data_directories: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its groups are levels: the table says nothing of own groups."""
    before = snapshots.build_full(tmp_path / "before")
    snapshots.bear_out(before)
    for file in before.glob("published/*/enforcement.duckdb"):
        with duckdb.connect(str(file)) as connection:
            connection.execute("alter table core.dim_peer_groups drop column own_group")
            connection.execute("alter table core.dim_court_periods drop column peer_group")
    monkeypatch.setenv("ENFORCEMENT_DATA_DIR", str(before))
    assert make_pack(Month.parse("2019-12"), "rank", "zh").claims > 0
