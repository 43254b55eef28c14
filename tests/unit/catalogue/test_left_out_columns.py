"""Every optional column of every contract, and every kind, left out by one court: what changes for it is said not to be
delivered. Whether a column that is there but empty was left out belongs to the models; what pages say, to their tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from pipelines.extracts.contracts import KINDS, contract
from tests.compiled.engine import Engine, Rows
from tests.compiled.project import project
from tests.properties.provinces import COURTS, Records
from tests.unit.catalogue.filled import filled, sent

Column = tuple[str, tuple[str, ...]]  # a kind, and columns that only come and go together
# What the definition itself counts by where the column says nothing: six months from filing, the limit in force (or the
# month assigned), times where no persons are stated.
INSTEAD = {
    ("cases", "term_due_date"): {"QX09", "QX19", "QX19_ALT1"},
    ("petitions", "due_date"): {"QX20"},
    ("linkage_activities", "person_count"): {"SX17"},
}
# A row that lacks it is of no court, or is refused without the other: no court can leave it out alone.
NOT_ALONE = {("nodes", "court_code"), ("cases", "closed_date"), ("cases", "closing_mode")}
FIGURES = """
    select court_code, scope_code, window_code, period_month, indicator_code, definition_version,
           numerator, denominator, status
    from performance.fct_court_indicators where scope_code in ('own', 'jurisdiction', 'province')
"""
CHECKED = "select court_code, check_code, period_month, trial_count, hit_count from {counted}"
NEEDED = "select distinct kind, column_name, indicator_code from core.dim_indicator_columns"
MEMBERS = {"T10": ("T10", "T11", "T12", "T13"), "T20": ("T20", "T21"), "T00": COURTS}
GONE = "not_delivered"


@dataclass(frozen=True)
class Told:
    """Figures and what checks counted in a month, by their keys; the court is the first of each."""

    figures: dict[tuple[Any, ...], tuple[Any, ...]]
    checks: dict[tuple[Any, ...], tuple[Any, ...]]

    def changed(self, whole: Told, court: str) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]]:
        """Key of a court's own figure, as it was with all columns, as it is now; where any of it differs."""
        for key, now in self.figures.items():
            if key[:2] == (court, "own") and whole.figures[key] != now:
                yield key, whole.figures[key], now


def columns() -> list[Column]:
    each = [(kind, (column.name,)) for kind in KINDS for column in contract(kind).columns if not column.required]
    return [(kind, names) for kind, names in each if (kind, names[0]) not in NOT_ALONE] + [
        ("cases", ("closed_date", "closing_mode"))
    ]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(project().up_to("fct_court_indicators", "int_gaming_counted", "dim_indicator_columns"), COURTS)


@pytest.fixture(scope="module")
def records() -> Records:
    return filled()


def told(engine: Engine, rows: dict[str, Rows]) -> Told:
    engine.build(rows)
    figures = {row[:6]: row[6:] for row in engine.rows(FIGURES)}
    counted = next(node.relation for node in engine.project.nodes if node.name == "int_gaming_counted")
    return Told(figures, {row[:3]: row[3:] for row in engine.rows(CHECKED.format(counted=counted))})


@pytest.fixture(scope="module")
def whole(engine: Engine, records: Records) -> Told:
    return told(engine, sent(records, {}))


@pytest.fixture(scope="module")
def without(engine: Engine, records: Records, whole: Told) -> dict[Column, tuple[str, Told]]:
    """Of every column the court that left it out, and what was told then: each court leaves out another at once."""
    left, found = columns(), {}
    for first in range(0, len(left), len(COURTS)):
        lots = dict(zip(COURTS, left[first : first + len(COURTS)], strict=False))
        now = told(engine, sent(records, lots))
        found |= {column: (court, now) for court, column in lots.items()}
    return found


def test_with_all_columns_every_figure_is_delivered(whole: Told) -> None:
    assert len(whole.figures) > 10_000
    assert {key[4] for key, (_, _, status) in whole.figures.items() if status == GONE} == set()


def test_no_figure_changes_for_want_of_a_column_without_being_said_not_to_be_delivered(
    whole: Told, without: dict[Column, tuple[str, Told]]
) -> None:
    wrong = [
        (kind, names, key[1:], before, now)
        for (kind, names), (court, made) in without.items()
        for key, before, now in made.changed(whole, court)
        if now[2] != GONE and key[4] not in INSTEAD.get((kind, names[0]), set())
    ]
    assert wrong == []


def test_nothing_else_is_said_not_to_be_delivered(
    engine: Engine, whole: Told, without: dict[Column, tuple[str, Told]]
) -> None:
    needed = set(engine.rows(NEEDED))
    said = {
        (kind, names, key[4])
        for (kind, names), (court, made) in without.items()
        for key, _, now in made.changed(whole, court)
        if now[2] == GONE
    }
    assert {
        (k, names, code) for k, names, code in said if not any((k, name, code) in needed for name in names)
    } == set()
    # And every need that the catalogue lists was seen here to be one.
    pairs = {("cases", ("closed_date", "closing_mode")): ("closed_date", "closing_mode")}
    seen = {(kind, name) for kind, names, _ in said for name in pairs.get((kind, names), names)}
    assert {(kind, name) for kind, name, _ in needed} - seen == set()


def test_a_jurisdiction_and_a_province_have_delivered_what_all_their_courts_have(
    without: dict[Column, tuple[str, Told]],
) -> None:
    for _, made in without.values():
        for key, (_, _, status) in made.figures.items():
            if key[1] != "own":
                owns = [made.figures.get((court, "own", *key[2:]), (0, 0, ""))[2] for court in MEMBERS[key[0]]]
                assert (status == GONE) == (GONE in owns), key


def test_a_check_that_goes_by_a_column_does_not_look_at_who_leaves_it_out(
    whole: Told, without: dict[Column, tuple[str, Told]]
) -> None:
    wrong = [
        (kind, names, key, whole.checks.get(key), now)
        for (kind, names), (court, made) in without.items()
        for key, now in made.checks.items()
        if key[0] == court and now != whole.checks.get(key)
    ]
    assert wrong == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("cases", "returns")])
def test_a_kind_that_a_court_never_delivered_is_not_nought(
    engine: Engine, records: Records, whole: Told, kind: str
) -> None:
    rows, court = sent(records, {}), "T11"
    ids = {case["case_id"] for case in records["cases"] if case["court_code"] == court}
    rows[kind] = [row for row in rows[kind] if row.get("court_code") != court and row.get("case_id") not in ids]
    for table in ("_ledger.deliveries", "_ledger.delivery_courts"):
        rows[table] = [row for row in rows[table] if row["delivery_id"].split("|")[1:] != [kind, court]]
    made = told(engine, rows)
    changed = list(made.changed(whole, court))
    assert changed
    assert [(key[1:], before, now) for key, before, now in changed if now[2] != GONE] == []
    assert {key[0] for key, (_, _, status) in made.figures.items() if status == GONE} == {court, "T10", "T00"}
