"""A month with persons in every kind of place, in every format, taken in with its feedback: nothing kept names one.
What becomes of it beyond reception is tested by a whole run."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.extracts import feedback
from pipelines.extracts.contracts import KINDS
from pipelines.extracts.masking import frames, values
from tests.unit.extracts.conftest import Clerk, clerk_at
from tests.unit.extracts.planted import MONTH, SECRETS, accepted, naming, plant

KEPT = ("lake", "rejects", "conversions", "feedback")


def taken_in(place: Path) -> tuple[Clerk, str]:
    clerk = clerk_at(place)
    plant(clerk.layout.data)
    said = [str(clerk.receive(kind, MONTH)) for kind in KINDS]
    clerk.ledger("deliveries")
    feedback.write(clerk.layout, [MONTH])
    return clerk, "\n".join(said)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clerk, str]:
    return taken_in(tmp_path_factory.mktemp("planted"))


def test_the_deliveries_name_them_all(walked: tuple[Clerk, str]) -> None:
    """So that the walk would find them."""
    assert {secret for _, secret in naming(walked[0].layout.data, ("landing",))} == set(SECRETS)


def test_nothing_that_is_kept_names_one(walked: tuple[Clerk, str]) -> None:
    clerk, said = walked
    assert all(any((clerk.layout.data / name).rglob("*.*")) for name in KEPT), "every place was written to"
    others = [path.name for path in clerk.layout.data.iterdir() if path.name != "landing"]
    assert naming(clerk.layout.data, others) == []
    assert [secret for secret in SECRETS if secret in said] == []


def test_the_rows_are_taken_in(walked: tuple[Clerk, str]) -> None:
    """Or nothing would have been tried."""
    assert [kind for kind in accepted() if not walked[0].lake(kind).height] == []


@pytest.mark.parametrize("wall", ["without_told_persons", "without_contacts", "_said_with"])
def test_each_wall_holds_something(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wall: str) -> None:
    monkeypatch.setattr(values, wall, lambda *given: given[-1])
    frames._kept_by_form.cache_clear()  # what the same texts became behind the wall
    try:
        clerk, _ = taken_in(tmp_path)
    finally:
        frames._kept_by_form.cache_clear()
    assert naming(clerk.layout.data, KEPT) != []
