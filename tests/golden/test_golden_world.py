"""The product, run on the golden deliveries, publishes exactly the figures worked out by hand.
How a figure was reached is in README.md beside this file; that it agrees with the rows, in test_arithmetic."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.layout import Layout
from tests.benchmarks.stage import baseline
from tests.golden.expectations_by_hand import by_hand

Snapshot = duckdb.DuckDBPyConnection
HALF_A_MILLIONTH = 5e-7


def rows(snapshot: Snapshot, query: str, *values: object) -> list[tuple[object, ...]]:
    return snapshot.execute(query, list(values)).fetchall()


def test_every_indicator_is_the_one_worked_out_by_hand(snapshot: Snapshot) -> None:
    found = {
        row[:5]: row[5:]
        for row in rows(
            snapshot,
            """
            select court_code, scope_code, window_code, strftime(period_month, '%Y-%m'), indicator_code,
                   numerator, denominator, value, status
            from performance.fct_court_indicators
            """,
        )
    }
    wrong = []
    for row in by_hand("indicators"):
        key = tuple(row[k] for k in ("court_code", "scope_code", "window_code", "period_month", "indicator_code"))
        numerator, denominator, value, status = found.get(key, (None, None, None, "no such row"))
        same_sums = (numerator, denominator) == (Decimal(row["numerator"]), Decimal(row["denominator"]))
        same_value = (
            value is None
            if row["value"] == ""
            else value is not None and abs(float(value) - float(row["value"])) <= HALF_A_MILLIONTH
        )
        if not (same_sums and same_value and status == row["status"]):
            wrong.append((key, (row["numerator"], row["denominator"], row["value"], row["status"]),
                          (numerator, denominator, value, status)))  # fmt: skip
    assert not wrong


def test_the_case_flow_is_the_one_worked_out_by_hand(snapshot: Snapshot) -> None:
    found = {
        (court, scope, month, measure): value
        for court, scope, month, measure, value in rows(
            snapshot,
            """
            select court_code, case_scope, strftime(period_month, '%Y-%m'), measure_code, measure_value
            from performance.fct_court_measures
            where scope_code = 'own'
            """,
        )
    }
    wrong = []
    for row in by_hand("flow"):
        for measure in ("opening_cases", "new_cases", "closed_cases", "pending_cases"):
            value = found.get((row["court_code"], row["case_scope"], row["period_month"], measure), 0)
            if value != Decimal(row[measure]):
                wrong.append((row["court_code"], row["case_scope"], row["period_month"], measure, row[measure], value))
    assert not wrong


def test_ranks_ties_and_those_left_out_are_the_ones_worked_out_by_hand(snapshot: Snapshot) -> None:
    found = {
        row[:5]: row[5:]
        for row in rows(
            snapshot,
            """
            select peer_group, window_code, strftime(period_month, '%Y-%m'), indicator_code, court_code,
                   rank, ranked_count
            from rankings.rpt_court_rankings
            """,
        )
    }
    wrong = []
    for row in by_hand("ranks"):
        key = tuple(row[k] for k in ("peer_group", "window_code", "period_month", "indicator_code", "court_code"))
        expected = (int(row["rank"]) if row["rank"] else None, int(row["ranked_count"]))
        if found.get(key) != expected:
            wrong.append((key, expected, found.get(key, "no such row")))
    assert not wrong


def test_a_court_that_climbs_shows_its_rank_of_the_month_before(snapshot: Snapshot) -> None:
    found = rows(
        snapshot,
        """
        select court_code, rank, previous_rank, rank_change
        from rankings.rpt_court_rankings
        where indicator_code = 'QX05' and window_code = 'rolling_12m' and peer_group = 'basic'
            and period_month = date '2019-02-01' and court_code in ('T11', 'T12', 'T13')
        order by court_code
        """,
    )
    assert [row[:3] for row in found] == [("T11", 2, 1), ("T12", 1, 3), ("T13", 2, 1)]
    assert [abs(int(str(row[3]))) for row in found] == [1, 2, 1]
    assert {row[3] for row in found if row[0] in ("T11", "T13")} != {row[3] for row in found if row[0] == "T12"}


def test_the_composite_is_the_mean_of_the_points_of_the_ranked_indicators(snapshot: Snapshot) -> None:
    found = rows(
        snapshot,
        """
        select court_code, round(score, 3)
        from rankings.rpt_court_rankings
        where indicator_code = 'COMPOSITE' and window_code = 'rolling_12m' and peer_group = 'basic'
            and period_month = date '2019-02-01' and rank is not null
        order by court_code
        """,
    )
    assert [(court, float(str(score))) for court, score in found] == [("T11", 66.667), ("T12", 54.167), ("T13", 95.833)]


def test_the_vanished_case_is_listed_and_nobody_else(snapshot: Snapshot) -> None:
    found = rows(snapshot, "select distinct court_code, case_id from rankings.rpt_case_flow_exceptions")
    assert found == [("T13", "C11")]


def test_the_redelivery_is_told_record_by_record(snapshot: Snapshot) -> None:
    found = rows(
        snapshot,
        """
        select distinct change, record_key
        from rankings.rpt_redelivery_changes
        where kind = 'cases' and extract_month = date '2018-12-01' and court_code = 'T12'
        order by record_key
        """,
    )
    assert found == [("changed", "B04"), ("changed", "B05"), ("added", "B12"), ("removed", "B99")]


@pytest.mark.parametrize(
    "court, month, status",
    [("T13", "2019-01-01", "late"), ("T12", "2018-12-01", "redelivered"), ("T14", "2019-01-01", "not_delivered"),
     ("T11", "2019-01-01", "delivered")],
)  # fmt: skip
def test_every_delivery_has_its_standing(snapshot: Snapshot, court: str, month: str, status: str) -> None:
    found = rows(
        snapshot,
        """
        select status from rankings.rpt_delivery_quality
        where kind = 'cases' and court_code = ? and extract_month = cast(? as date)
        """,
        court,
        month,
    )
    assert found == [(status,)]


def test_the_half_closed_row_is_refused_and_the_rest_of_its_file_goes_in(snapshot: Snapshot) -> None:
    counts = rows(
        snapshot,
        """
        select row_count, accepted_count, rejected_count, held_count
        from rankings.rpt_deliveries
        where kind = 'cases' and extract_month = date '2019-01-01' and file_name like '%城东区法院.csv'
        """,
    )
    assert counts == [(10, 9, 1, 0)]
    reasons = rows(
        snapshot,
        """
        select distinct kind, extract_month, row_number, reason_code
        from rankings.rpt_rejected_rows
        """,
    )
    assert [(kind, str(month), number, code) for kind, month, number, code in reasons] == [
        ("cases", "2019-01-01", 11, "closed_without_mode")
    ]


def test_nothing_delivered_is_lost(snapshot: Snapshot) -> None:
    lost = rows(
        snapshot,
        """
        select file_name from rankings.rpt_deliveries
        where status = 'accepted' and row_count <> accepted_count + rejected_count + held_count
        """,
    )
    assert lost == []
    assert rows(snapshot, "select count(*) from rankings.rpt_deliveries where status = 'accepted'") == [(57,)]


def test_a_reported_figure_that_does_not_agree_is_shown_with_its_difference(snapshot: Snapshot) -> None:
    found = rows(
        snapshot,
        """
        select court_code, item_code, cast(reported_value as integer), cast(recomputed_value as integer), is_within
        from rankings.rpt_reported_figures
        where period_month = date '2019-02-01'
        order by court_code, item_code
        """,
    )
    assert len(found) == 8
    assert [row for row in found if not row[4]] == [("T12", "未结", 0, 1, False)]


def test_one_person_on_the_full_and_on_the_masked_list_is_one_person(snapshot: Snapshot) -> None:
    counts = rows(
        snapshot,
        """
        select count(*), count(distinct person_key)
        from core.fct_defaulter_listings
        where court_code = 'T11' and listing_id in ('K1', '700001')
        """,
    )
    assert counts == [(2, 1)]


def test_one_hand_written_query_over_the_lake_finds_the_same_sums(golden_data: Path) -> None:
    """Every court, scope, window, month and indicator, and not only those worked out by hand."""
    told = baseline(Layout(data=golden_data, key_file=golden_data / "key"))
    assert int(str(told["compared"])) > 20_000
    assert told["differing"] == 0


def test_no_name_and_no_number_of_a_person_is_kept_beyond_the_deliveries(golden_data: Path, snapshot: Snapshot) -> None:
    names = ("张甲", "李乙", "王丙", "6301021980")
    kept = {
        f"{schema}.{table}": snapshot.table(f"{schema}.{table}").fetchall()
        for schema, table in rows(snapshot, "select schema_name, table_name from duckdb_tables()")
    }
    for tree in ("lake", "rejects"):
        kept |= {str(f): duckdb.read_parquet(str(f)).fetchall() for f in (golden_data / tree).rglob("*.parquet")}
    assert len(kept) > 100
    assert [(place, name) for place, content in kept.items() for name in names if name in str(content)] == []
