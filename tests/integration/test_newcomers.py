"""A newcomer's walk by docs/how-to/set-up-a-province.md, from nothing to a pack with its letterhead, in three shapes.
Every command is one that the paper gives, as `make` would run it; what is set and delivered is in newcomers.py."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import duckdb
from docx import Document

from tests.integration.newcomers import SHAPES, Paper, counted, make, strangers, walk
from tests.integration.world import REPOSITORY, current
from tests.walking import contents

FIGURES = """
select strftime(period_month, '%Y-%m'), measure_code, sum(measure_value)::int
from performance.fct_court_measures
inner join core.dim_courts using (court_code)
where scope_code = 'own' and case_scope = 'all_enforcement' and province_code = $province
    and measure_code in ('new_cases', 'closed_cases', 'pending_cases')
group by all
"""
REFUSED = """
select distinct file_name, row_number
from rankings.rpt_rejected_rows inner join rankings.rpt_deliveries using (delivery_id)
where disposition in ('rejected', 'held') and rpt_rejected_rows.kind = 'cases'
"""


# What every court has, added up, beside what the one at the head has of all.
NOT_SUMMED = """
select period_month, measure_code, case_scope,
    sum(measure_value) filter (where scope_code = 'own') as own,
    sum(measure_value) filter (where scope_code = 'province') as whole
from performance.fct_court_measures
where measure_code in ('new_cases', 'closed_cases', 'pending_cases', 'opening_cases', 'suspended_cases')
group by all having own <> whole
"""
RANKED = """
select peer_group, window_code, period_month, indicator_code, count(distinct court_code)
from rankings.rpt_court_rankings where rank is not null group by all
"""
# Special courts by their league, in which none is ranked, and those that could be say why.
GROUPED = """
select peer_group, list(court_code order by court_code) from core.dim_courts
where peer_group in ('railway_basic', 'special_intermediate') group by all order by all
"""
UNRANKED = """
select peer_group, count(rank), count(score), bool_or(status = 'no_peers') from rankings.rpt_court_rankings
where court_code like 'CM%' or court_code like 'CR%' group by all order by all
"""
PEERS = [("basic",), ("high_own",), ("intermediate_own",)]


def changes() -> str:
    """What git sees that is not committed; empty outside of a clone."""
    asked = ["git", "status", "--porcelain"]
    return subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=False).stdout


def in_force(data: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(data / "published" / str(current(data)) / "enforcement.duckdb"), read_only=True)


def assert_is_theirs(data: Path, paper: Paper) -> None:
    """The pack is headed and signed by them, names their courts and nobody else's, and its month's figures are those
    of the delivered files."""
    name = "-".join(filter(None, [paper.month, "*", paper.province]))
    (file,) = (data / "packs" / str(current(data))).glob(f"{name}.docx")
    text = [paragraph.text for paragraph in Document(str(file)).paragraphs]
    assert text[0] == paper.letterhead and paper.letterhead in text[1:], text[:3] + text[-3:]
    with in_force(data) as connection:
        courts = connection.execute("select name_zh || short_name_zh, province_code from core.dim_courts").fetchall()
        province = paper.province or courts[0][1]
        refused = set(connection.execute(REFUSED).fetchall())
        figures = {(m, what): n for m, what, n in connection.execute(FIGURES, {"province": province}).fetchall()}
    whole = b"".join(piece for each in file.parent.glob(f"{file.stem}.*") for piece in contents(each)).decode(
        errors="replace"
    )
    own = [names for names, code in courts if code == province]
    assert [name for name in strangers(own) if name in whole] == []
    filed, closed, pending = counted(data, paper.files, refused)
    assert figures[paper.month, "new_cases"] == filed[paper.month] > 0
    assert figures[paper.month, "closed_cases"] == closed[paper.month] > 0
    assert figures[paper.month, "pending_cases"] == pending > 0


def test_an_intermediate_court_alone(city_tree: Path) -> None:
    for paper in SHAPES["city"].papers:
        assert_is_theirs(city_tree, paper)


def test_a_municipality_with_special_courts(tmp_path: Path) -> None:
    """No prefectures. Its papers do not call it a province; sums are to the case, and ranks are among three or more."""
    (paper,) = SHAPES["municipality"].papers
    data = walk(SHAPES["municipality"], tmp_path / "data")
    assert_is_theirs(data, paper)
    (page,) = data.glob(f"packs/*/{paper.month}-*.html")
    assert re.search("全省|本省|省内|各省", page.read_text(encoding="utf-8")) is None
    with in_force(data) as connection:
        assert connection.execute("select distinct peer_group from core.dim_courts order by 1").fetchall() == PEERS
        assert connection.execute(NOT_SUMMED).fetchall() == []
        ranked = connection.execute(RANKED).fetchall()
    assert ranked
    assert [row for row in ranked if row[-1] < 3] == []


def test_two_provinces_with_unequal_months(tmp_path: Path) -> None:
    before = changes()
    data = walk(SHAPES["two"], tmp_path / "data")
    for paper in SHAPES["two"].papers:
        assert_is_theirs(data, paper)
    assert changes() == before


def test_the_third_sample_from_nothing_to_a_pack_with_its_letterhead(tmp_path: Path) -> None:
    """Its first two months, of which the deliveries of one would not be compared with any before."""
    data, before = tmp_path / "data", changes()
    make(data, "sample", SAMPLE="coastal", CASES="900")
    for month in sorted((data / "landing").iterdir())[2:]:
        shutil.rmtree(month)
    make(data, "settings", CHECK="1")
    make(data, "run", SERVE="0")
    make(data, "bulletin", M="2025-01")
    assert_is_theirs(data, Paper("2025-01", "海滨省高级人民法院执行局"))
    with in_force(data) as connection:
        special = connection.execute(
            "select court_code from core.dim_courts where name_zh like '%海事%' or name_zh like '%铁路%' order by all"
        ).fetchall()
        ranked = connection.execute(RANKED).fetchall()
        grouped = connection.execute(GROUPED).fetchall()
        reasons = connection.execute(UNRANKED).fetchall()
    assert special == [("CM0",), ("CR0",), ("CR1",), ("CR2",)]
    assert grouped == [("railway_basic", ["CR1", "CR2"]), ("special_intermediate", ["CM0", "CR0"])]
    assert {group for group, *_ in ranked} == {"basic", "intermediate_own", "intermediate_jurisdiction"}
    assert reasons == [("railway_basic", 0, 0, True), ("special_intermediate", 0, 0, True)]
    (pack,) = data.glob("packs/*/2025-01-*.docx")
    said = [paragraph.text for paragraph in Document(str(pack)).paragraphs]
    assert [
        name for name in ("海事、铁路中级法院（本院）", "铁路运输法院") if not any(name in text for text in said)
    ] == []
    assert changes() == before
