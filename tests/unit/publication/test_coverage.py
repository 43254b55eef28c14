"""A month of which too few courts delivered stops a publication, unless it is wanted or readers have it already.
How many are enough is reckoned by the models; here it is given."""

from __future__ import annotations

import json

import pytest

from pipelines.layout import Layout
from pipelines.publication import coverage, snapshot
from pipelines.publication.coverage import Coverage
from pipelines.publication.public_models import NotPublishableError
from tests.unit.publication.test_snapshot import deliver, layout

__all__ = ["layout"]  # the fixture


def of(month: str, delivered: int = 2, *, is_enough: bool = False) -> Coverage:
    return Coverage("QH", month, delivered, 5, 0.5, is_enough)


@pytest.mark.parametrize(
    ("found", "shown", "thin"),
    [
        (of("2019-03", is_enough=True), None, False),
        (of("2019-03"), None, True),
        (of("2019-03"), {"coverage": {}}, True),
        (of("2019-03"), {"coverage": {"QH 2019-02": [2, 5]}}, True),
        (of("2019-03"), {"coverage": {"QH 2019-03": [2, 5]}}, False),  # readers have it so
        (of("2019-03", 3), {"coverage": {"QH 2019-03": [2, 5]}}, False),
        (of("2019-03", 1), {"coverage": {"QH 2019-03": [2, 5]}}, True),  # a court less than they have
        (of("2019-03"), {"months": ["2019-03"]}, False),  # published before anybody asked
        (of("2019-04"), {"months": ["2019-03"]}, True),
    ],
)
def test_a_month_is_too_thin_unless_readers_have_it_with_as_few_courts(
    found: Coverage, shown: dict | None, thin: bool
) -> None:
    assert coverage.too_thin([found], shown) == ([found] if thin else [])


def test_what_stops_a_publication_names_months_and_counts_and_the_way_out() -> None:
    said = coverage.sentence([of("2019-03"), of("2019-04", 1)])
    zh, _, en = said.partition(" | ")
    for half in (zh, en):
        assert "QH 2019-03: 2/5" in half and "QH 2019-04: 1/5" in half and "FORCE=1" in half


@pytest.fixture
def thin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_coverage", lambda *_: [of("2019-03", is_enough=True), of("2019-04")])


def test_a_thin_month_leaves_everything_as_it_was(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    first = snapshot.publish(layout)
    deliver(layout, "b", "2019-04")
    monkeypatch.setattr(snapshot, "_coverage", lambda *_: [of("2019-03", is_enough=True), of("2019-04")])
    with pytest.raises(NotPublishableError, match="2019-04: 2/5"):
        snapshot.publish(layout)
    assert (snapshot.current(layout), snapshot.kept(layout)) == (first.snapshot_id, [first.snapshot_id])


@pytest.mark.usefixtures("thin")
def test_force_publishes_it_and_the_manifest_says_so_and_the_next_run_needs_no_force(layout: Layout) -> None:
    made = snapshot.publish(layout, force=True)
    said = json.loads((made.directory / "manifest.json").read_text(encoding="utf-8"))
    assert said["forced"] == ["QH 2019-04"]
    assert said["coverage"] == {"QH 2019-03": [2, 5], "QH 2019-04": [2, 5]}
    deliver(layout, "b", "2019-04")
    assert snapshot.publish(layout).is_new


@pytest.mark.usefixtures("thin")
def test_a_replay_of_the_past_asks_nobody(layout: Layout) -> None:
    assert snapshot.publish(layout, "2019-03").is_new
