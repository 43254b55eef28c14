"""An indicator that is defined otherwise since: nothing is said of rise or fall between the two definitions.
Changes within one definition belong to the judgement."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import duckdb
import pytest

from dashboards.bulletin import Pack, UnprovenTextError, charts, facts, make_pack
from dashboards.month import Month

Home = Callable[..., Path]
MOVED = re.compile(r"上升|下降|持平|[↑↓]")
# From the second month on the pipeline compares within the new definition; here its intervals are the old one's.
RESTORED = """
    update performance.fct_court_intervals as i
    set change_low = o.change_low, change_high = o.change_high, is_change_significant = o.is_change_significant
    from performance.fct_court_intervals as o
    where i.definition_version = '2' and o.definition_version = '1' and i.period_month > date '2019-06-01'
      and (o.court_code, o.scope_code, o.window_code, o.period_month, o.indicator_code)
          = (i.court_code, i.scope_code, i.window_code, i.period_month, i.indicator_code)
"""


def redefined(code: str, since: str) -> list[str]:
    """Statements that give the indicator a second definition from that day, as the pipeline publishes it."""
    later = f"indicator_code = '{code}' and period_month >= date '{since}'"
    return [
        f"""insert into core.dim_indicators by name
            select * replace ('2' as definition_version, date '{since}' as valid_from) from core.dim_indicators
            where indicator_code = '{code}'""",
        f"""update core.dim_indicators set superseded_from = date '{since}', valid_to = date '{since}' + 364
            where indicator_code = '{code}' and definition_version = '1'""",
        # Both are computed for a year; what is in force counts.
        f"""insert into performance.fct_court_indicators by name
            select * replace ('2' as definition_version) from performance.fct_court_indicators where {later}""",
        f"""update performance.fct_court_indicators set is_in_force = false
            where {later} and definition_version = '1'""",
        f"""insert into performance.fct_court_intervals by name
            select * replace ('2' as definition_version, cast(null as double) as change_low,
                              cast(null as double) as change_high, cast(null as boolean) as is_change_significant)
            from performance.fct_court_intervals where {later}""",
        f"update rankings.rpt_court_rankings set definition_version = '2' where {later}",
        f"update performance.fct_published_values set definition_version = '2' where {later}",
    ]


def paragraphs(pack: Pack) -> list[str]:
    return [p.text for p in docx.Document(str(pack.files["docx"])).paragraphs]


def line(pack: Pack, name: str) -> str:
    return next(p for p in paragraphs(pack) if re.match(rf"\d\. {name}", p))


def row(pack: Pack, name: str) -> list[str]:
    table = docx.Document(str(pack.files["docx"])).tables[0]
    return next(cells for cells in ([c.text for c in r.cells] for r in table.rows) if cells[0] == name)


def names(truth: duckdb.DuckDBPyConnection, code: str) -> tuple[str, str]:
    return truth.execute(
        "select name_zh, short_name_zh from core.dim_indicators where indicator_code = $code", {"code": code}
    ).fetchone()


@pytest.mark.parametrize("edition", ["rank", "interval"])
def test_between_two_definitions_nothing_rose_or_fell(
    home: Home, packs: dict[tuple[str, str], Pack], truth: duckdb.DuckDBPyConnection, edition: str
) -> None:
    name, short = names(truth, "QX02")
    before = packs[edition, "zh"]
    assert MOVED.search(line(before, name)) and MOVED.search("".join(row(before, short)))
    home("full", *redefined("QX02", "2019-12-01"))
    pack = make_pack(Month.parse("2019-12"), edition)
    said, cells = line(pack, name), row(pack, short)
    assert "上年同期口径不同，不作比较" in said and "上月口径不同，不作比较" in said
    assert not MOVED.search(said)
    assert cells[1:3] == row(before, short)[1:3]
    assert (cells[3:5], cells[6:8]) == (["—", "口径不同"], ["—", "口径不同"])
    assert any("1项口径不同，不作比较" in p for p in paragraphs(pack))
    notes = [p for p in paragraphs(pack) if "口径已变更" in p]
    assert len(notes) == 2 and all(short in note for note in notes)
    other, _ = names(truth, "QX10")
    assert line(pack, other) == line(before, other), "an indicator that kept its definition is compared as before"


def test_the_composite_of_another_definition_has_no_former_rank(home: Home) -> None:
    home("full", *redefined("QX02", "2019-12-01"))
    tables = docx.Document(str(make_pack(Month.parse("2019-12"), "rank").files["docx"])).tables
    ranked = [
        [c.text for c in r.cells] for r in next(t for t in tables if "综合" in [c.text for c in t.rows[0].cells]).rows
    ]
    column = ranked[1].index("上月")
    assert {cells[column] for cells in ranked[2:]} == {"—"}


def test_a_definition_changed_months_ago_is_compared_with_the_month_before(
    home: Home, truth: duckdb.DuckDBPyConnection
) -> None:
    """Only last year's figure follows the old definition."""
    home("full", *redefined("QX02", "2019-06-01"), RESTORED)
    said = line(make_pack(Month.parse("2019-12")), names(truth, "QX02")[0])
    assert "上年同期口径不同，不作比较" in said
    assert re.search(r"上月[\d.]+%", said)


def test_a_definition_of_the_middle_of_a_month_counts_from_the_next(
    home: Home, packs: dict[tuple[str, str], Pack], truth: duckdb.DuckDBPyConnection
) -> None:
    home("full", *redefined("QX02", "2019-12-15"))
    (name, _) = names(truth, "QX02")
    assert line(make_pack(Month.parse("2019-12")), name) == line(packs["rank", "zh"], name)


def test_a_rise_between_two_definitions_cannot_be_said(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the bulletin to forget the definitions, the check would not."""
    home("full", *redefined("QX02", "2019-12-01"))
    monkeypatch.setattr(facts, "_redefined", lambda figures, month: frozenset())
    with pytest.raises(UnprovenTextError, match="口径不同"):
        make_pack(Month.parse("2019-12"))


def test_the_line_of_a_chart_ends_where_the_definition_does() -> None:
    def lines(definitions: list[str]) -> int:
        values = [1.0, 2.0, 3.0, 4.0]
        panel = charts.Panel("甲", ("2019-09", "2019-12"), values, values, values, definitions, "4.0")
        return len(re.findall(r"stroke: #1a1a1a; stroke-width: 1.5", charts.small_multiples([panel])))

    assert (lines(["1"] * 4), lines(["1", "1", "2", "2"])) == (1, 2)


def test_the_overview_too_has_no_change_between_two_definitions(home: Home) -> None:
    from dashboards import snapshot
    from dashboards.queries import province_facts

    home("full", *redefined("QX02", "2019-12-01"))
    found = snapshot.find(snapshot.current_id())
    cursor = snapshot.connect(found).cursor()
    rows = province_facts.province_indicators(cursor, "T00", Month.parse("2019-12"), "month").set_index(
        "indicator_code"
    )
    compared = rows[["value_change", "same_month_last_year_value"]].notna().all(axis=1)
    assert not rows.loc["QX02", ["value_change", "same_month_last_year_value"]].notna().any()
    assert compared.sum() > 3
